"""What the memories of its cards say about a topic.

*Recall* is the mean retrievability of its seen cards, *mastery* the share of its cards that
were seen times recall. A topic that was learnt has *faded* once its recall falls under 0.70,
and stays faded until it is 0.85 again; it was *forgotten* as often as such a fading was
confirmed by a card or a quiz that then failed. Between two reviews recall only falls, so the moments
just before and just after a review decide everything.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from studyctl.core.memory import Memory, State, retrievability

FADED = 0.70
FRESH = 0.85


class Fade(NamedTuple):
    """How a topic's recall went, up to its last review or quiz."""

    faded: bool = False  # it had faded, and has not been fresh again
    forgotten: int = 0  # fadings that a lapse or a quiz confirmed
    failed: bool = False  # the last quiz found it gone, and it has not been fresh again
    relearnt: int = 0  # forgettings after which it was fresh again

    @property
    def lost(self) -> bool:
        """Whether it is forgotten now: by a lapse or a quiz, and not fresh since."""
        return self.failed or self.forgotten > self.relearnt


class Reviewed(NamedTuple):
    """One review of a topic's card as it matters here: the memory is the one after it."""

    card: str
    day: int
    rating: int
    memory: Memory


class Probed(NamedTuple):
    """A quiz about a topic as it matters here."""

    at: int  # ms
    day: int
    passed: bool


def fade(
    reviews: Iterable[Reviewed],
    learnt_on: int | None = None,
    decay: float | None = None,
    quizzes: Iterable[Probed] = (),
) -> Fade:
    """Whether a topic had faded after its last review, and how often it was forgotten.

    `reviews` are those of all its cards in time order. Before the study day `learnt_on`
    nothing can fade, since nothing was learnt; None means that it was learnt from the start.
    A failed quiz confirms a fading, and says of its own that the topic is gone until its
    recall is good again.

    The recalls of all cards are added up once a day; within it, each review moves the sum by its own card.
    """
    curve = (decay,) if decay is not None else ()
    seen: dict[str, Memory] = {}
    total = 0.0  # of the chances of recall
    summed: int | None = None  # the study day on which they add up to that
    faded = confirmed = failed = False
    forgotten = relearnt = 0
    tests = deque(sorted(quizzes))

    def chance(memory: Memory, day: int) -> float:
        return retrievability(memory.stability, day - memory.last_day, *curve)

    def recall(day: int) -> float:
        nonlocal total, summed
        if summed != day:
            total, summed = sum(chance(memory, day) for memory in seen.values()), day
        return total / len(seen)

    def take(card: str, day: int, memory: Memory) -> Memory | None:
        """Let a memory take the place of the one before, which is returned."""
        nonlocal total, summed
        before = seen.get(card)
        if summed == day:
            total += chance(memory, day) - (chance(before, day) if before else 0.0)
        else:
            summed = None
        seen[card] = memory
        return before

    def falls(day: int) -> bool:
        learnt = learnt_on is None or day > learnt_on
        return bool(seen) and learnt and not faded and recall(day) < FADED

    def test(one: Probed) -> None:
        nonlocal faded, confirmed, failed, forgotten
        if falls(one.day):
            faded, confirmed = True, False
        failed = not one.passed
        if failed and faded and not confirmed:
            confirmed = True
            forgotten += 1

    for card, day, rating, memory in reviews:
        while tests and tests[0].at <= memory.last_ms:
            test(tests.popleft())
        if falls(day):
            faded, confirmed = True, False
        before = take(card, day, memory)
        if faded and not confirmed and rating == 1 and before and before.state is State.REVIEW:
            confirmed = True
            forgotten += 1
        if (faded or failed) and recall(day) >= FRESH:
            relearnt += faded and confirmed
            faded = failed = False
    for one in tests:
        test(one)
    return Fade(faded, forgotten, failed, relearnt)


def is_faded(*, learnt: bool, recall: float | None, before: bool) -> bool:
    """Whether a topic has faded now, given its recall now and whether it had at its last review."""
    if not learnt or recall is None:
        return False
    return recall < FADED or (before and recall < FRESH)


def mastery(*, seen: int, cards: int, recall: float | None) -> float:
    """The share of cards seen times their recall, 0..1; 0 for a topic without cards."""
    return seen / cards * recall if cards and recall is not None else 0.0
