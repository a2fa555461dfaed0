"""Why dates cannot all be met, and what would mend it.

The *certificate* is one sum that anybody can check: what the goals up to a date need, and what
there is. The *minimal conflict* names goals and days away of which none can be kept without
another going (QuickXplain, Junker 2004). A *repair* is the smallest single change after which
all dates hold: a later date, more hours a week, a goal less, days away less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from studyctl.core.calendar import Away
from studyctl.core.choice import choose, decided
from studyctl.core.deadlines import Due
from studyctl.core.goals import Target
from studyctl.core.order import Work
from studyctl.core.time import from_date

FARTHEST = 3_650  # days that a date is moved at most
MOST_HOURS = 168.0


@dataclass(frozen=True, slots=True)
class Problem:
    """The dates that are wanted, what they take, and the time there is.

    `room` gives the hours of study up to a study day, with these days away and this many hours
    a week (None: as they are).
    """

    work: Work
    dated: Sequence[Target]
    away: Sequence[Away]
    room: Callable[[int, Sequence[Away], float | None], float]
    hours_a_week: float

    def holds(
        self,
        dated: Sequence[Target] | None = None,
        away: Sequence[Away] | None = None,
        hours: float | None = None,
    ) -> bool:
        """Whether all dates can be met, with the choices that suit them best."""
        goals = sorted(self.dated if dated is None else dated, key=_date)
        gone = self.away if away is None else away
        dues = [Due(goal.id, goal.topics, self.room(_day(goal), gone, hours)) for goal in goals]
        return choose(self.work, [], dues).feasible


def _date(target: Target) -> tuple[int, str]:
    return (_day(target), target.id)


def _day(target: Target) -> int:
    assert target.by is not None
    return from_date(target.by)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The first date that fails: the goals up to it, what they need, what there is."""

    goals: tuple[str, ...]
    day: int
    needed: float
    available: float


@dataclass(frozen=True, slots=True)
class Repairs:
    """Single changes that would mend it: each is enough."""

    hours_a_week: float | None
    later: tuple[tuple[str, int], ...]  # goal -> the first study day that would do
    drop: tuple[str, ...]
    shorter: tuple[tuple[Away, int | None], ...]  # days away -> their last day instead; None: none at all
    days_short: int  # how much earlier it would have had to begin


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why the dates cannot all be met, and what would mend it."""

    certificate: Certificate
    goals: tuple[str, ...]  # the minimal conflict
    away: tuple[Away, ...]
    repairs: Repairs


def judge(problem: Problem) -> Verdict | None:
    """What stands in the way of the dates; None if they can all be met."""
    if not problem.dated or problem.holds():
        return None
    goals, away = _minimal(problem)
    return Verdict(_certificate(problem), goals, away, _repairs(problem, goals, away))


def _certificate(problem: Problem) -> Certificate:
    """The first date up to which the goals need more than there is, with the cheapest choices."""
    goals = sorted(problem.dated, key=_date)
    for count in range(1, len(goals) + 1):
        upto = goals[:count]
        if problem.holds(upto):
            continue
        outline = decided(problem.work.outline, choose(problem.work, [one.topics for one in upto]).choice)
        topics = [topic for one in upto for topic in one.topics]
        closure = outline.closure(topics, problem.work.learnt)
        needed = sum(problem.work.hours[topic] for topic in closure)
        last = _day(upto[-1])
        return Certificate(
            tuple(one.id for one in upto), last, needed, problem.room(last, problem.away, None)
        )
    raise AssertionError("every date holds")


def _minimal(problem: Problem) -> tuple[tuple[str, ...], tuple[Away, ...]]:
    """A conflict of which no part can be left out, by QuickXplain; earlier goals are kept rather."""
    soft: list[Target | Away] = [*sorted(problem.dated, key=_date), *problem.away]

    def holds(parts: Sequence[Target | Away]) -> bool:
        goals = [part for part in parts if isinstance(part, Target)]
        return problem.holds(goals, [part for part in parts if isinstance(part, Away)])

    def explain(base: list[Target | Away], fresh: bool, parts: list[Target | Away]) -> list[Target | Away]:
        if fresh and not holds(base):
            return []
        if len(parts) == 1:
            return parts
        half = len(parts) // 2
        second = explain(base + parts[:half], bool(parts[:half]), parts[half:])
        first = explain(base + second, bool(second), parts[:half])
        return first + second

    told = explain([], False, soft)
    return (
        tuple(part.id for part in told if isinstance(part, Target)),
        tuple(part for part in told if isinstance(part, Away)),
    )


def _first(low: int, high: int, good: Callable[[int], bool]) -> int | None:
    """The first number in low..high that is good, where all after it are; None if none is."""
    if not good(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if good(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _repairs(problem: Problem, goals: Sequence[str], away: Sequence[Away]) -> Repairs:
    dated = list(problem.dated)
    tenths = _first(
        round(problem.hours_a_week * 10) + 1,
        round(MOST_HOURS * 10),
        lambda number: problem.holds(hours=number / 10),
    )
    later, drop = [], []
    for target in dated:
        if target.id not in goals:
            continue
        others = [one for one in dated if one is not target]
        if problem.holds(others):
            drop.append(target.id)

        def moved(days: int, target: Target = target, others: list[Target] = others) -> bool:
            assert target.by is not None
            return problem.holds([*others, replace(target, by=target.by + timedelta(days=days))])

        days = _first(1, FARTHEST, moved)
        if days is not None:
            later.append((target.id, _day(target) + days))
    shorter: list[tuple[Away, int | None]] = []
    for gone in away:
        rest = [one for one in problem.away if one != gone]
        if not problem.holds(away=rest):
            continue
        length = gone.last - gone.first + 1
        less = _first(
            0,
            length - 1,
            lambda cut, gone=gone, rest=rest: problem.holds(
                away=[*rest, Away(gone.first, gone.last - 1 - cut)]
            ),  # type: ignore[misc]
        )
        last = gone.last - 1 - less if less is not None else gone.first - 1
        shorter.append((gone, last if last >= gone.first else None))
    return Repairs(
        tenths / 10 if tenths else None, tuple(later), tuple(drop), tuple(shorter), _short(problem)
    )


def _short(problem: Problem) -> int:
    """How many days earlier everything would have had to begin, at the usual hours of a week; 0: it is over."""
    certificate = _certificate(problem)
    if certificate.available <= 0:
        return 0
    a_day = problem.hours_a_week / 7
    return round((certificate.needed - certificate.available) / a_day) if a_day else 0
