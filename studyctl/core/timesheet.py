"""Where the hours went: study and reviews by day, week, area and topic, and the days on which there was neither.

A session belongs to the study day on which it began. Hours are as they were logged; nobody is
told what they should have been.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from studyctl.core.learner import Session
from studyctl.core.time import study_day

GAP = 3  # days without anything from which on it is worth a line

Key = TypeVar("Key", bound=Hashable)


class Spent(NamedTuple):
    """Hours of study and of reviews."""

    study: float = 0.0
    reviews: float = 0.0

    @property
    def hours(self) -> float:
        """Both."""
        return self.study + self.reviews

    def plus(self, other: Spent) -> Spent:
        """The hours of two together."""
        return Spent(self.study + other.study, self.reviews + other.reviews)


Sheet = Mapping[tuple[int, str], Spent]  # (study day, topic) -> hours


def sheet(
    sessions: Iterable[Session],
    day_starts_at: int = 4,
    reviews: Mapping[tuple[int, str], float] | None = None,
) -> dict[tuple[int, str], Spent]:
    """The hours by study day and topic; `reviews` gives minutes of reviews by the same."""
    told: dict[tuple[int, str], Spent] = {}
    for one in sessions:
        key = (study_day(one.start, one.offset, day_starts_at), one.topic)
        told[key] = told.get(key, Spent()).plus(Spent(study=one.hours))
    for key, minutes in (reviews or {}).items():
        told[key] = told.get(key, Spent()).plus(Spent(reviews=minutes / 60))
    return dict(sorted(told.items()))


def between(told: Sheet, first: int, last: int) -> dict[tuple[int, str], Spent]:
    """The part of a sheet from one study day to another, both included."""
    return {key: spent for key, spent in told.items() if first <= key[0] <= last}


def summed(told: Sheet, by: Callable[[int, str], Key]) -> dict[Key, Spent]:
    """The hours of each group; `by` gives that of a day and a topic."""
    sums: dict[Key, Spent] = {}
    for (day, topic), spent in told.items():
        key = by(day, topic)
        sums[key] = sums.get(key, Spent()).plus(spent)
    return sums


def total(told: Sheet) -> Spent:
    """All hours of a sheet together."""
    return Spent(sum(one.study for one in told.values()), sum(one.reviews for one in told.values()))


class Gap(NamedTuple):
    """Days without study and without reviews, from the first to the last."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many."""
        return self.last - self.first + 1


def gaps(days: Collection[int], first: int, last: int, least: int = GAP) -> tuple[Gap, ...]:
    """The gaps of at least so many days between two study days, both included."""
    told = []
    edges = [first - 1, *sorted({day for day in days if first <= day <= last}), last + 1]
    for before, after in itertools.pairwise(edges):
        if after - before - 1 >= least:
            told.append(Gap(before + 1, after - 1))
    return tuple(told)
