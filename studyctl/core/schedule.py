"""From goals, hours and reviews to a plan that holds: the loop that ties the parts together.

What there is for study before a date depends on the reviews in the weeks before it, which
depend on what is learnt when: so order and load are computed in turns until the order stands
still, which takes two to four rounds. Every round chooses among alternatives anew, guards the
dates with the room that the last round left, and lays the order into weeks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from studyctl.core import conflict
from studyctl.core.calendar import Away, Calendar, Hours, WeekHours
from studyctl.core.choice import choose, decided
from studyctl.core.deadlines import Week, room
from studyctl.core.goals import Target, dues_of, sequence, with_side_roads
from studyctl.core.order import Work
from studyctl.core.pace import P90, Pace
from studyctl.core.plan import Giving, Plan, lay
from studyctl.core.refresh import Refresh
from studyctl.core.standing import Standing
from studyctl.core.time import from_date

ROUNDS = 5
HORIZON = 560  # weeks that a date may be away


@dataclass(frozen=True)
class Time:
    """The learner's time as a planner asks for it: hours of study up to any day, reviews taken off."""

    calendar: Calendar
    today: int
    reserve: float
    reviews: Sequence[float] = ()  # hours a week from this one on; the last one goes on

    @cached_property
    def _kept(self) -> dict[tuple[tuple[Away, ...], float | None], list[Week]]:
        return {}

    def room(self, day: int, away: Sequence[Away], hours: float | None) -> float:
        """The hours of study up to the end of a day, with these days away and so many hours a week."""
        key = (tuple(away), hours)
        if key not in self._kept:
            self._kept[key] = []
        weeks = self._kept[key]
        if not weeks or weeks[-1].calendar.start + 6 < day:
            weeks[:] = self._weeks(away, hours, day)
        return room(weeks, day)

    def _weeks(self, away: Sequence[Away], hours: float | None, day: int) -> list[Week]:
        calendar = replace(self.calendar, away=tuple(away))
        if hours is not None:
            calendar = replace(calendar, hours=Hours.weekly(hours))
        count = min(HORIZON, max(1, (day - self.today) // 7 + 2))
        weeks = islice(calendar.weeks(self.today), count)
        return [Week(week, self._study(week, at)) for at, week in enumerate(weeks)]

    def _study(self, week: WeekHours, at: int) -> float:
        if week.note:
            return 0.0
        review = self.reviews[min(at, len(self.reviews) - 1)] if self.reviews else 0.0
        return max(0.0, week.hours * (1.0 - self.reserve) - review)


class Reach(NamedTuple):
    """The study days on which a plan is through with some topics: likely, and in four of five cases between.

    None stands for never.
    """

    finish: int | None = None
    soon: int | None = None
    slow: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan, the outline with its choices, why dates fail if they do, and how sure the end is."""

    plan: Plan
    work: Work
    verdict: conflict.Verdict | None
    late: tuple[tuple[str, int], ...]  # goals that come after their date, with the study day
    soon: int | None  # the finish if all goes well (P10)
    slow: int | None  # and if it does not (P90)
    refreshes: tuple[Refresh, ...] = ()  # what has to be refreshed before something begins, the first first
    left_out: tuple[int, ...] = ()  # side roads that would put a date at risk
    soon_finishes: Mapping[int, int] = field(
        default_factory=dict
    )  # topic -> study day, as in a plan, if all goes well
    slow_finishes: Mapping[int, int] = field(default_factory=dict)

    def way(self, topics: Iterable[int]) -> list[int]:
        """What is left to learn on the way to these topics, by the alternatives that the plan takes."""
        return self.work.outline.closure(topics, self.work.learnt)

    def reach(self, topics: Iterable[int]) -> Reach:
        """When the plan is through with these topics and all on the way to them."""
        left = self.way(topics)
        return Reach(
            *(_last(one, left) for one in (self.plan.finishes, self.soon_finishes, self.slow_finishes))
        )


def _last(finishes: Mapping[int, int], topics: Sequence[int]) -> int | None:
    days = [finishes[topic] for topic in topics if topic in finishes]
    return max(days) if days and len(days) == len(topics) else None


def schedule(
    standing: Standing,
    work: Work,
    wanted: Sequence[Target],
    *,
    area: str | None,
    calendar: Calendar,
    today: int,
    giving: Callable[[], Giving],
    pace: Pace,
) -> Schedule:
    """The plan for the goals; `giving` makes what the learner has to give, anew for every round."""
    dated = sorted((one for one in wanted if one.by), key=lambda one: (one.by or date.max, one.id))
    reserve = giving().reserve
    time = Time(calendar, today, reserve)
    order: list[int] | None = None
    for _ in range(ROUNDS):
        rooms = {one.id: _room(time, one) for one in dated}
        served, out = with_side_roads(work, wanted, rooms)
        dues = dues_of(served, rooms)
        found = choose(work, [one.topics for one in served], dues)
        chosen = replace(work, outline=decided(work.outline, found.choice))
        told = sequence(chosen, served, area, dues)
        if told == order:
            break
        order = told
        plan = lay(standing, work.hours, order, calendar.weeks(today), giving())
        time = Time(calendar, today, reserve, [week.review_minutes / 60 for week in plan.weeks])
    late = _late(plan, chosen, dated)
    if late and any(one.side_roads for one in wanted):  # reviews of side roads take room as well
        bare = schedule(
            standing,
            work,
            [replace(one, side_roads=()) for one in wanted],
            area=area,
            calendar=calendar,
            today=today,
            giving=giving,
            pace=pace,
        )
        return replace(bare, left_out=tuple(topic for one in wanted for topic in one.side_roads))
    verdict = None
    if late:
        problem = conflict.Problem(work, dated, calendar.away, time.room, calendar.hours.a_week)
        verdict = conflict.judge(problem)
        other = _earliest_first(standing, chosen, wanted, dated, (area, calendar, today, giving))
        if len(other.late) < len(late):
            order, plan, late = other
    soon, slow = (
        _shifted(standing, chosen, order or [], calendar, today, giving, pace, deviations)
        for deviations in (-P90, P90)
    )
    return Schedule(
        plan,
        chosen,
        verdict,
        late,
        soon.finish,
        slow.finish,
        left_out=tuple(out),
        soon_finishes=soon.finishes,
        slow_finishes=slow.finishes,
    )


def _room(time: Time, target: Target) -> float:
    assert target.by is not None
    return time.room(from_date(target.by), time.calendar.away, None)


def _late(plan: Plan, work: Work, dated: Sequence[Target]) -> tuple[tuple[str, int], ...]:
    """The goals that the plan reaches after their date, or never."""
    told = []
    for target in dated:
        assert target.by is not None
        days = [plan.finishes.get(topic) for topic in work.outline.closure(target.topics, work.learnt)]
        last = max((day if day is not None else _NEVER for day in days), default=0)
        if last > from_date(target.by):
            told.append((target.id, last))
    return tuple(told)


_NEVER = 1 << 30


class _Laid(NamedTuple):
    """An order, the plan that it comes to, and the goals that this reaches too late."""

    order: list[int]
    plan: Plan
    late: tuple[tuple[str, int], ...]


def _earliest_first(
    standing: Standing,
    work: Work,
    wanted: Sequence[Target],
    dated: Sequence[Target],
    rest: tuple[str | None, Calendar, int, Callable[[], Giving]],
) -> _Laid:
    """The plan that serves dates strictly in their order."""
    area, calendar, today, giving = rest
    order: list[int] = []
    learnt = bytearray(work.learnt)
    for target in [*dated, *(one for one in wanted if not one.by)]:
        for topic in sequence(replace(work, learnt=bytearray(learnt)), [target], area):
            learnt[topic] = 1
            order.append(topic)
    plan = lay(standing, work.hours, order, calendar.weeks(today), giving())
    return _Laid(order, plan, _late(plan, work, dated))


def _shifted(
    standing: Standing,
    work: Work,
    order: Sequence[int],
    calendar: Calendar,
    today: int,
    giving: Callable[[], Giving],
    pace: Pace,
    deviations: float,
) -> Plan:
    """The plan if the learner is so many standard deviations slower than expected."""
    factor = pace.at(deviations, len(order)) / pace.ratio
    hours = [one * factor for one in work.hours]
    return lay(standing, hours, order, calendar.weeks(today), giving())
