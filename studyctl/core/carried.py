"""What a learner's progress becomes in Anki: the row of each card, and the rows of its log.

State without a log would not last, since Anki tells states anew from its log whenever it likes;
so both go together, every answer under the moment at which it was given. Where that moment is
taken in the package, the next free millisecond serves, and a `shifted` event remembers it, so
that the answer is known when it comes back. Numbers and units are Anki's own, as measured.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from studyctl.core.answers import Log, Review
from studyctl.core.events import Event, Fact, fact
from studyctl.core.memory import LEARNING_STEPS, Memory, State
from studyctl.core.time import from_iso, to_iso

FACTOR = 2500  # of a card, which FSRS does not use
NEW, LEARNING, REVIEW, RELEARNING = range(4)  # types of cards, and of answers but for the last
MANUAL = 4  # the kind of a row that is no answer

Key = tuple[str, int]  # the guid of a note, and the ord of a card in it


class CardRow(NamedTuple):
    """The schedule of a card; `due` is a day of the collection, a time in seconds, or a position."""

    type: int
    queue: int
    due: int
    interval: int
    factor: int
    reps: int
    lapses: int
    left: int
    data: str


class LogRow(NamedTuple):
    """A row of the review log; `id` is its moment in ms, intervals are in days, or in seconds if negative."""

    id: int
    ease: int
    interval: int
    last_interval: int
    factor: int
    ms: int
    kind: int


class Carried(NamedTuple):
    """A card's schedule and log."""

    card: CardRow
    log: tuple[LogRow, ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """The options of the decks: parameters of FSRS, desired retention, and limits."""

    parameters: tuple[float, ...]
    retention: float
    new_per_day: int


@dataclass(slots=True)
class Progress:
    """All that is carried; `created` is the study day, and second, at which the collection begins."""

    day: int
    created: int
    rollover: int
    west: int  # minutes west of UTC
    preset: Preset
    cards: dict[Key, Carried] = field(default_factory=dict)
    shifts: list[Fact] = field(default_factory=list)


def carry(
    progress: Progress,
    logs: Iterable[Log],
    places: Mapping[str, tuple[Key, int]],
    retention: Mapping[str, float],
    suspended: set[str],
    moments: Moments,
) -> None:
    """Fill in the cards of `logs`; `places` gives each card's key and position."""
    for log in sorted(logs, key=lambda log: log.card):
        place = places.get(log.card)
        if place is None:
            continue
        key, position = place
        rows = tuple(_rows(log, moments))
        memory = log.memory
        wanted = retention.get(log.card.partition("/")[0], progress.preset.retention)
        row = _card(memory, position, progress, wanted, suspended=log.card in suspended)
        progress.cards[key] = Carried(row, rows)
    progress.shifts += moments.shifts
    for card in sorted(suspended & places.keys()):
        if places[card][0] not in progress.cards:
            key, position = places[card]
            progress.cards[key] = Carried(CardRow(NEW, -1, position, 0, 0, 0, 0, 0, ""), ())


def _card(
    memory: Memory | None, position: int, progress: Progress, retention: float, *, suspended: bool
) -> CardRow:
    queue = -1 if suspended else None
    if memory is None:
        return CardRow(NEW, queue or NEW, position, 0, 0, 0, 0, 0, "")
    data = json.dumps(
        {
            "pos": position,
            "s": round(memory.stability, 4),
            "d": round(memory.difficulty, 3),
            "dr": round(retention, 2),
            "decay": round(progress.preset.parameters[20], 3),
            "lrt": memory.last_ms // 1000,
        },
        separators=(",", ":"),
    )
    kind = {State.LEARNING: LEARNING, State.REVIEW: REVIEW, State.RELEARNING: RELEARNING}[memory.state]
    if memory.due_ms is None:
        due, days = memory.due_day - progress.day, max(1, memory.due_day - memory.last_day)
        own, left = REVIEW, 0
    else:
        due, days = memory.due_ms // 1000, 1 if kind == RELEARNING else 0
        own, left = LEARNING, 1 if kind == RELEARNING else len(LEARNING_STEPS) - (memory.step or 0)
    return CardRow(
        kind, own if queue is None else queue, due, days, FACTOR, memory.reviews, memory.lapses, left, data
    )


def _rows(log: Log, moments: Moments) -> Iterator[LogRow]:
    """The log of a card: its answers, and a row for every reset between them."""
    interval = 0
    for number, segment in enumerate(log.segments):
        if number:
            yield LogRow(moments.free(log.card, log.resets[number - 1]), 0, 0, 0, 0, 0, MANUAL)
            interval = 0
        before: State | None = None
        for review, memory in segment:
            now = _interval(review, memory)
            factor = int(1000 * ((memory.difficulty - 1) / 9 + 0.1))
            kind = {State.REVIEW: 1, State.RELEARNING: 2}.get(before, 0) if before is not None else 0
            moment = moments.of(log.card, review.at)
            yield LogRow(moment, review.rating, now, interval, factor, review.ms or 0, kind)
            interval, before = now, memory.state


def _interval(review: Review, memory: Memory) -> int:
    if memory.due_ms is not None:
        return -max(1, (memory.due_ms - review.at) // 1000)
    return max(1, memory.due_day - review.day)


def shifts(events: Iterable[Event], living: Callable[[str], str]) -> dict[tuple[str, int], int]:
    """Answers that stand in Anki under another moment than their own: (card, answered) -> sent."""
    told: dict[tuple[str, int], int] = {}
    for event in events:
        if event.do == "shifted":
            with suppress(ValueError):
                answered, sent = (from_iso(str(event.facts.get(key))) for key in ("answered", "sent"))
                told[living(str(event.facts["card"])), answered] = sent
    return told


class Moments:
    """Who has which millisecond in Anki, where no two answers of a collection may share one.

    Answers that came from Anki keep theirs, for they have it there; of the others the first by the
    card's id does. `known` are shifts that were recorded before: (card, answered) -> sent.
    """

    def __init__(
        self,
        answers: Mapping[str, Iterable[int]],
        pulled: Iterable[tuple[str, int]],
        known: Mapping[tuple[str, int], int],
    ) -> None:
        self.shifts: list[Fact] = []
        self._known = dict(known)
        self._owner = {at: card for card, at in pulled}
        for (card, _), sent in known.items():
            self._owner.setdefault(sent, card)
        for card in sorted(answers):
            for at in answers[card]:
                self._owner.setdefault(at, card)

    def of(self, card: str, at: int) -> int:
        """The moment under which an answer stands in Anki: its own if it has it."""
        if (card, at) not in self._known:
            moment = at if self._owner.get(at, card) == card else self.free(card, at)
            if moment != at:
                self.shifts.append(fact("shifted", card=card, answered=to_iso(at), sent=to_iso(moment)))
            self._known[card, at] = moment
        return self._known[card, at]

    def answered(self, card: str, sent: int) -> int:
        """The moment of the answer that stands in Anki under another one."""
        return next((at for (name, at), it in self._known.items() if (name, it) == (card, sent)), sent)

    def free(self, card: str, at: int) -> int:
        """The first moment from `at` on that nobody has, which is the card's from now on."""
        while at in self._owner:
            at += 1
        self._owner[at] = card
        return at
