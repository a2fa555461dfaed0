"""What a collection of Anki says: its cards, and its review log row by row.

Anki keeps two things that matter here: *cards*, known by the *guid* of their note and an `ord`
in it, and the *log*, one row for each answer ever given. A row is not always an answer: Anki logs
there too that a card was reset, that a due date was set by hand, and much else. `meaning` tells
which is which; the table was measured on Anki 26.9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

FIRST_MOMENT = 1_000_000_000_000  # ms; September 2001, years before there was an Anki
LEARN, REVIEW, RELEARN, FILTERED, MANUAL, RESCHEDULED = range(6)  # kinds of rows, by Anki's numbers


class Meaning(Enum):
    """What a row of the review log tells; the values are the words of `anki pull --json`."""

    ANSWER = "answer"
    RESET = "reset"
    CRAM = "cram"
    MANUAL = "manual"
    RESCHEDULED = "rescheduled"
    UNREADABLE = "unreadable"


class Row(NamedTuple):
    """A row of the review log: `id` is its moment in ms, `card` Anki's own number of the card.

    `ease` is 1 to 4 for an answer and 0 for what was none, `ms` the time it took; `interval` is in
    days, or in seconds if negative. With FSRS, `factor` tells the difficulty.
    """

    id: int
    card: int
    ease: int
    interval: int
    factor: int
    ms: int
    kind: int


class Held(NamedTuple):
    """A card as a collection holds it; `changed` is when it last did, in ms.

    `handed` is the time of change with which a package of ours handed it over as suspended, if one did.
    """

    guid: str
    ord: int
    new: bool
    suspended: bool
    changed: int
    handed: int | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection as it was read; `cards` are by Anki's own numbers, `log` is in the order of time.

    `offset` is the UTC offset in minutes that the collection counts its days with, `rollover` the
    hour at which they turn; both are None where it does not say. `strange` are note types that
    bear a number of ours and are not ours, by name.
    """

    cards: Mapping[int, Held]
    log: Sequence[Row]
    offset: int | None = None
    rollover: int | None = None
    strange: Sequence[str] = ()

    @property
    def has_history(self) -> bool:
        """Whether it tells anything of the past; a package that was exported without scheduling does not."""
        return bool(self.log) or any(held.suspended or not held.new for held in self.cards.values())


def _meanings() -> dict[tuple[int, int, bool], Meaning]:
    told = {(0, MANUAL, False): Meaning.RESET, (0, MANUAL, True): Meaning.MANUAL}
    for weighty in (False, True):
        told[0, RESCHEDULED, weighty] = Meaning.RESCHEDULED
        for ease in range(1, 5):
            told |= {(ease, kind, weighty): Meaning.ANSWER for kind in (LEARN, REVIEW, RELEARN)}
            told[ease, FILTERED, weighty] = Meaning.ANSWER if weighty else Meaning.CRAM
    return told


MEANINGS: Mapping[tuple[int, int, bool], Meaning] = _meanings()
"""What rows mean, by ease, kind, and whether their factor is anything but 0."""


def meaning(row: Row) -> Meaning:
    """What a row of the review log tells."""
    return MEANINGS.get((row.ease, row.kind, row.factor != 0), Meaning.UNREADABLE)
