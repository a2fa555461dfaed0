"""How many hours there are: per weekday, in dated periods, and none while away.

Weeks are ISO weeks and begin on Monday; days are study days (`studyctl.core.time`), plain
numbers without a clock, so no daylight saving can touch them. Every eighth week is a *skip
week*: nothing new is planned in it, so that one lost week does not overturn a plan. *Away*
are days without study; reviews that fit are still done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from studyctl.core.time import monday, to_date

SKIP_EVERY = 8  # weeks


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours for study by weekday (Monday first), and other ones in `periods` (first, last, by weekday)."""

    days: tuple[float, ...]
    periods: tuple[tuple[date, date, tuple[float, ...]], ...] = ()

    @classmethod
    def weekly(cls, hours: float) -> Hours:
        """The same number of hours every week, spread evenly over its days."""
        return cls((hours / 7,) * 7)

    def of(self, day: int) -> float:
        """The hours of one study day; of overlapping periods the one that begins last counts."""
        if not self.periods:
            return self.days[(day + 3) % 7]  # 1970-01-01 was a Thursday
        when = to_date(day)
        best: tuple[date, tuple[float, ...]] | None = None
        for first, last, days in self.periods:
            if first <= when <= last and (best is None or first >= best[0]):
                best = (first, days)
        return (best[1] if best else self.days)[when.weekday()]

    @property
    def a_week(self) -> float:
        """The hours of a week in which no period counts."""
        return sum(self.days)


class Away(NamedTuple):
    """Days without study, from the first to the last, both included."""

    first: int
    last: int


class WeekHours(NamedTuple):
    """One week: its Monday, the first day that counts, and the hours of each day from there on.

    `note` is ``away`` when all of its days are, ``skip`` for a skip week, else empty.
    """

    start: int
    first: int
    days: tuple[float, ...]
    note: str = ""

    @property
    def hours(self) -> float:
        """The hours of the week."""
        return sum(self.days)

    @property
    def part(self) -> float:
        """How much of a whole week it is, in days: of the first one only what is left counts."""
        return len(self.days) / 7

    def day(self, share: float) -> int:
        """The study day by which a share of the week's hours is spent."""
        goal = share * self.hours - 1e-9
        spent = accumulate(self.days)
        return self.first + next((at for at, sum_ in enumerate(spent) if sum_ >= goal), len(self.days) - 1)

    def share(self, day: int) -> float:
        """The share of the week's hours that is spent by the end of a study day."""
        if day < self.first or not self.hours:
            return 0.0
        return min(1.0, sum(self.days[: day - self.first + 1]) / self.hours)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The learner's time: hours, days away, and since when every eighth week is a skip week."""

    hours: Hours
    away: Sequence[Away] = ()
    since: int | None = None  # a study day of the first week; None: no skip weeks
    spent: float = 0.0  # hours that were studied today already

    def weeks(self, today: int) -> Iterator[WeekHours]:
        """The weeks from now on; of the first one only what is left counts."""
        start = monday(today)
        while True:
            first = max(start, today)
            week = self._week(start, first)
            if first == today and self.spent:
                week = week._replace(days=(max(0.0, week.days[0] - self.spent), *week.days[1:]))
            yield week
            start += 7

    def _week(self, start: int, first: int) -> WeekHours:
        days = range(first, start + 7)
        gone = [self.is_away(day) for day in days] if self.away else [False] * len(days)
        hours = tuple(0.0 if out else self.hours.of(day) for day, out in zip(days, gone, strict=True))
        note = "away" if all(gone) else "skip" if self._is_skip(start) else ""
        return WeekHours(start, first, hours, note)

    def is_away(self, day: int) -> bool:
        """Whether a study day is one without study."""
        return any(one.first <= day <= one.last for one in self.away)

    def _is_skip(self, start: int) -> bool:
        if self.since is None:
            return False
        return (start - monday(self.since)) // 7 % SKIP_EVERY == SKIP_EVERY - 1
