"""Coming back after weeks or years: what is still there, and how to begin again gently.

A *gap* is a stretch of more than two weeks without any study. The *backlog* is what is due after
it, which feels like a wall and is a few hours. FSRS is too hopeful about cards that are long
overdue (79 % predicted, 65 % recalled, on one learner's reviews), so its word is not taken there:
a *probe*, a few such cards of each area, comes first, and what it finds corrects the rest of the
area. *Believed* recall is what the model says, corrected.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from studyctl.core.calendar import Calendar
from studyctl.core.refresh import LATE, LATE_SHARE

LONG = 14  # study days; a longer gap is one to come back from
LASTS = 42  # study days after which nobody is coming back any more
HOPE = 0.651 / 0.793  # recalled for predicted, of cards that are two weeks overdue or more
TRUST = 8.0  # answers of a probe that count as much as that
ENOUGH = 3  # answers of a probe in an area
SHARE = 0.5  # of the study hours that a backlog may take
FIRST = 15  # minutes of the first session


class Gap(NamedTuple):
    """Study days: the last one before the gap, and the first one after it (None: it still lasts)."""

    last: int
    back: int | None = None

    def days(self, today: int) -> int:
        """How long it was, or is."""
        return (today if self.back is None else self.back) - self.last


def gap(days: Iterable[int], today: int) -> Gap | None:
    """The gap that a learner is in, or comes back from now; `days` are those with study, in any order."""
    known = sorted(day for day in set(days) if day <= today)
    if not known:
        return None
    if today - known[-1] > LONG:
        return Gap(known[-1])
    for place in range(bisect_left(known, today - LASTS), len(known)):
        if place and known[place] - known[place - 1] > LONG:
            return Gap(known[place - 1], known[place])
    return None


class Overdue(NamedTuple):
    """A due card: its topic's area, the model's recall, and whether that is too late to be believed."""

    card: str
    topic: str
    area: str
    recall: float
    late: bool


class Found(NamedTuple):
    """What a probe found in an area: answers, how many were recalled, how many were predicted."""

    answers: int = 0
    recalled: int = 0
    predicted: float = 0.0

    @property
    def factor(self) -> float:
        """By what the model's recall of long overdue cards is corrected."""
        return (TRUST * HOPE + self.recalled) / (TRUST + self.predicted)


NOTHING = Found()


def is_late(days_overdue: int, stability: float) -> bool:
    """Whether a card is so long overdue that the model is not believed."""
    return days_overdue > max(LATE, LATE_SHARE * stability)


def believed(recall: float, late: bool, found: Found) -> float:
    """The recall to reckon with."""
    return min(1.0, recall * found.factor) if late else recall


def probe(cards: Sequence[Overdue], found: Mapping[str, Found]) -> list[str]:
    """The cards to ask first: of each area as many long overdue ones as are still wanted.

    They come from different topics where that is possible, and are spread over what the model
    believes, from the surest down, so that a first session begins with something that is there.
    """
    by_area: dict[str, list[Overdue]] = defaultdict(list)
    for one in cards:
        if one.late:
            by_area[one.area].append(one)
    rows: list[list[str]] = []
    for area, late in sorted(by_area.items()):
        wanted = ENOUGH - found.get(area, NOTHING).answers
        if wanted > 0:
            rows.append(_spread(late, wanted))
    return [row[place] for place in range(ENOUGH) for row in rows if place < len(row)]


def _spread(cards: Sequence[Overdue], wanted: int) -> list[str]:
    ranked = sorted(cards, key=lambda one: (-one.recall, one.card))
    count = min(wanted, len(ranked))
    told: list[str] = []
    met: set[str] = set()
    for place in range(count):
        part = ranked[len(ranked) * place // count : len(ranked) * (place + 1) // count]
        one = next((one for one in part if one.topic not in met), part[0])
        met.add(one.topic)
        told.append(one.card)
    return told


def minutes(cards: Iterable[Overdue], found: Mapping[str, Found], passed: float, failed: float) -> float:
    """The minutes that these cards take, with the seconds of a passed and of a failed review."""
    total = 0.0
    for one in cards:
        chance = believed(one.recall, one.late, found.get(one.area, NOTHING))
        total += chance * passed + (1 - chance) * failed
    return total / 60


def clear_by(backlog: float, calendar: Calendar, today: int, limit: int = 3_652) -> int | None:
    """The study day by which so many minutes are done with half of the study hours; None: not in ten years."""
    left = backlog
    for day in range(today, today + limit):
        if not calendar.is_away(day):
            left -= 60 * SHARE * calendar.hours.of(day)
        if left <= 0:
            return day
    return None


def order(
    topics: Iterable[int], needs: Callable[[int], Sequence[int]], before: int | None, place: Mapping[int, int]
) -> list[int]:
    """In which order to learn again: what the old next topic stands on first, each after its own needs.

    `place` is the curriculum's order, in which each topic comes after what it needs.
    """
    below = set(needs(before)) if before is not None else set()
    return sorted(topics, key=lambda topic: (topic not in below, place[topic]))
