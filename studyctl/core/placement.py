"""Placement: what somebody knows already, from about forty questions.

Who knows a topic mostly knows what it stands on, so one answer says something about many
topics. A *library* of plausible learners is drawn on the prerequisite graph itself; the mean
and covariance of what they know make every answer an update of all topics at once (kriging),
and the next question is about the topic that is closest to a half: it halves what is open.
At the end each topic is *known*, *unknown* or *unsure*.

The library comes from a fixed seed, so the same answers always lead to the same questions.
Arrays are by place in `topics`: float64 of shape (n,) and (n, n).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from studyctl.core.learner import Answer
from studyctl.core.outline import Outline
from studyctl.core.problems import UsageError

QUESTIONS = 40
MOST = 1_500  # topics that can be placed at once
SEED = 20_261_123
LEARNERS = 3_000
FLIPPED = 0.02  # share of topics in which a learner is unlike the graph
RIDGE = 0.02
OPEN = 0.02  # chance from either end at which a topic is not worth a question any more
KNOWN, UNKNOWN = 0.75, 0.25
LEFT = 0.75  # share of a topic's variance that may be left where answers about others have settled it

Array = NDArray[np.float64]


class Noise(NamedTuple):
    """How far an answer can be trusted: `slip` if it is wrong, `guess` if it is right by accident."""

    slip: float
    guess: float


CARD = Noise(0.10, 0.10)
WORD = Noise(0.05, 0.25)  # what people say of themselves claims too much
DECIDED = Noise(0.05, 0.05)  # what the journal says


class Verdict(NamedTuple):
    """What a placement came to: topic numbers in the order of the curriculum."""

    known: tuple[int, ...]
    unsure: tuple[int, ...]
    unknown: tuple[int, ...]


def library(needs: Sequence[Sequence[int]], areas: Sequence[str], size: int = LEARNERS) -> NDArray[np.bool_]:
    """What plausible learners know, one a row: closures of goals in random order, up to a random share.

    `needs` are places; each topic comes after what it needs. Areas are liked unevenly.
    """
    count = len(needs)
    dice = np.random.default_rng(SEED)
    closures: list[int] = []  # as bits
    for topic, below in enumerate(needs):
        bits = 1 << topic
        for need in below:
            bits |= closures[need]
        closures.append(bits)
    depth = np.array([bits.bit_count() for bits in closures]) / max(1, count)
    names = {name: number for number, name in enumerate(dict.fromkeys(areas))}
    area = np.array([names[name] for name in areas], dtype=np.intp)
    rows = []
    wanted = dice.uniform(0.0, 1.0, size) * count
    for share in wanted:
        liked = dice.exponential(1.0, len(names))[area]
        order = np.argsort(dice.exponential(1.0, count) / (liked + 1e-3) + dice.uniform(0, 6) * depth)
        bits = 0
        for topic in order.tolist():
            if bits.bit_count() >= share:
                break
            bits |= closures[topic]
        rows.append(bits.to_bytes((count + 7) // 8, "little"))
    packed = np.frombuffer(b"".join(rows), dtype=np.uint8).reshape(size, -1)
    known = np.unpackbits(packed, axis=1, count=count, bitorder="little").astype(bool)
    return known ^ (dice.random(known.shape) < FLIPPED)


@dataclass(slots=True)
class Placement:
    """A placement under way: what is believed of each topic, and what was asked."""

    topics: Sequence[int]
    needs: Sequence[Sequence[int]]
    mean: Array
    cov: Array
    asked: dict[int, bool]  # place -> whether it was answered right
    open: Array  # the variance of each topic before any answer, without RIDGE

    @classmethod
    def of(cls, outline: Outline, scope: Iterable[int]) -> Placement:
        """A placement over the topics in `scope`; UsageError if there are more than `MOST`."""
        inside = set(scope)
        topics = [topic for topic in outline.order if topic in inside]
        if len(topics) > MOST:
            what = f"{len(topics)} topics are too many to place at once; {MOST} are the most"
            raise UsageError(what, "studyctl place --track TRACK")
        place = {topic: at for at, topic in enumerate(topics)}
        needs = [[place[need] for need in outline.needs[topic] if need in place] for topic in topics]
        needs = [[need for need in below if need < at] for at, below in enumerate(needs)]  # cycles are cut
        drawn = library(needs, [outline.lines[topic].area for topic in topics]).astype(np.float64)
        mean = drawn.mean(axis=0)
        around = drawn - mean
        cov = around.T @ around / len(drawn)
        open_ = cov.diagonal().copy()
        return cls(topics, needs, mean, cov + RIDGE * np.eye(len(topics)), {}, open_)

    def answer(self, topic: int, right: bool, noise: Noise = CARD) -> None:
        """Take in an answer about a topic number; one outside the scope says nothing."""
        if topic not in self._place:
            return
        at = self._place[topic]
        self.asked[at] = right
        sharp = 1.0 - noise.slip - noise.guess
        value = (float(right) - noise.guess) / sharp  # so that its expectation is the state
        spread = (noise.slip * (1 - noise.slip) + noise.guess * (1 - noise.guess)) / 2 / sharp**2
        column = self.cov[:, at].copy()
        gain = column / (column[at] + spread)
        self.mean = self.mean + gain * (value - self.mean[at])
        self.cov -= np.outer(gain, column)

    @property
    def _place(self) -> Mapping[int, int]:
        return {topic: at for at, topic in enumerate(self.topics)}

    def next(self) -> int | None:
        """The topic number to ask about; None once nothing is open any more."""
        far = np.abs(self.mean - 0.5)
        far[list(self.asked)] = np.inf
        at = int(far.argmin()) if len(far) else 0
        return self.topics[at] if len(far) and far[at] < 0.5 - OPEN else None

    def chances(self) -> Array:
        """How likely each topic is known, by place: the mean, drawn halfway to where the graph holds."""
        above, under = self.mean.copy(), self.mean.copy()
        for at in range(len(self.needs) - 1, -1, -1):
            for need in self.needs[at]:
                above[need] = max(above[need], above[at])
        for at, below in enumerate(self.needs):
            for need in below:
                under[at] = min(under[at], under[need])
        told: Array = np.clip(0.5 * self.mean + 0.25 * (above + under), 0.01, 0.99)
        return told

    def _heard(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Of which topics answers speak, by place: that they are known, and that they are not.

        A right answer speaks of all underneath, a wrong one of all above, and both of what they
        made much surer.
        """
        right, wrong = np.zeros((2, len(self.topics)), dtype=np.bool_)
        for at, was_right in self.asked.items():
            (right if was_right else wrong)[at] = True
        for at in range(len(self.needs) - 1, -1, -1):
            if right[at]:
                right[list(self.needs[at])] = True
        for at, below in enumerate(self.needs):
            wrong[at] |= any(wrong[need] for need in below)
        settled = self.cov.diagonal() - RIDGE <= LEFT * self.open
        settled[list(self.asked)] = False  # these speak for themselves
        return right | settled, wrong | settled

    def verdict(self) -> Verdict:
        """Every topic as known, unsure or unknown; one of which no answer told anything is unsure."""
        chances = self.chances()
        right, wrong = self._heard()

        def those(mask: NDArray[np.bool_]) -> tuple[int, ...]:
            return tuple(sorted(self.topics[at] for at in np.flatnonzero(mask).tolist()))

        known, unknown = (chances >= KNOWN) & right, (chances <= UNKNOWN) & wrong
        return Verdict(those(known), those(~(known | unknown)), those(unknown))


def resumed(
    placement: Placement,
    number: Mapping[str, int],
    decided: Mapping[int, bool],
    answers: Mapping[str, Answer],
) -> Placement:
    """The placement with what the journal says: topics that are decided already, and the answers so far."""
    for topic, known in decided.items():
        placement.answer(topic, known, DECIDED)
    for name, told in answers.items():
        if name in number:
            placement.answer(number[name], told.right, CARD if told.card else WORD)
    return placement
