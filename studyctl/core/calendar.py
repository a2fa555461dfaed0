"""How many hours there are: per weekday, and otherwise in dated periods.

Weeks are ISO weeks and begin on Monday; days are study days (`studyctl.core.time`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from studyctl.core.time import monday, to_date


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


def weeks(hours: Hours, today: int) -> Iterator[tuple[int, float]]:
    """The Monday and the hours of this week and all later ones; of this week only what is left of it."""
    start = monday(today)
    while True:
        yield start, sum(hours.of(day) for day in range(max(start, today), start + 7))
        start += 7
