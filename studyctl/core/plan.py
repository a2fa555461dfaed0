"""The plan: an order of topics laid into weeks, reviews paid first.

Of each week's hours a reserve stays free; the reviews of that week come off the rest, and
what is left is study. A topic may span weeks. When it is finished its cards begin to come,
at most `new_per_day` of them, and add to the reviews of all later weeks; so a plan that adds
topics also adds what it costs to keep them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from studyctl.core.calendar import WeekHours
from studyctl.core.goals import Target
from studyctl.core.load import Load
from studyctl.core.standing import Standing
from studyctl.core.time import to_date

PATIENCE = 520  # weeks without an hour of study after which a plan is given up
LITTLE = 1e-6  # hours that are nothing


@dataclass(frozen=True, slots=True)
class Item:
    """A topic, or a part of it, in one week."""

    topic: int
    kind: str
    hours: float
    finished: bool


@dataclass(frozen=True, slots=True)
class Week:
    """One week: what to study in which order, what the reviews take, and what there is."""

    start: int  # its Monday, as a study day
    items: tuple[Item, ...]
    review_minutes: float
    hours_available: float
    note: str = ""  # away, skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """A goal that cannot be met, in numbers and in words."""

    goal: str
    needed_hours: float
    available_hours: float
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Weeks up to the last topic; `finish` is the study day on which that is done."""

    weeks: tuple[Week, ...]
    finish: int | None
    finishes: Mapping[int, int]  # topic number -> the study day on which it is finished
    conflicts: tuple[Conflict, ...] = ()

    @property
    def feasible(self) -> bool:
        """Whether every goal is met, and in time."""
        return not self.conflicts


@dataclass(frozen=True, slots=True)
class Pace:
    """What the learner has to give: the load of the cards seen, and how new ones come."""

    load: Load
    reserve: float = 0.1
    new_per_day: int = 10
    waiting: int = 0  # cards that are available and were not seen yet


def lay(standing: Standing, order: Sequence[int], weeks: Iterator[WeekHours], pace: Pace) -> Plan:
    """Lay an order of topics into weeks, reviews first."""
    lines = standing.outline.lines
    left = {topic: standing.hours[topic] for topic in order}
    queue = list(reversed(order))
    waiting = float(pace.waiting)
    laid: list[Week] = []
    finishes: dict[int, int] = {}
    idle = 0
    while queue and idle < PATIENCE:
        week = next(weeks)
        new = min(waiting, 7.0 * pace.new_per_day)
        usable = week.hours * (1.0 - pace.reserve)
        review = min((pace.load.minutes() + pace.load.first_sight(new)) / 60.0, usable)
        study = 0.0 if week.note else usable - review
        free = study
        items: list[Item] = []
        come = 0
        while queue and free > LITTLE:
            topic = queue[-1]
            part = min(left[topic], free)
            left[topic] -= part
            free -= part
            finished = left[topic] <= LITTLE
            items.append(Item(topic, standing.kind(topic), part, finished))
            if finished:
                queue.pop()
                finishes[topic] = week.day((study - free) / study)
                come += lines[topic].cards if standing.kind(topic) == "learn" else 0
        idle = 0 if items else idle + 1
        laid.append(Week(week.start, tuple(items), review * 60.0, week.hours, week.note))
        pace.load.week()
        pace.load.add(new)
        waiting += come - new
    while laid and not laid[-1].items:
        laid.pop()
    finish = max(finishes.values()) if finishes and not queue else None
    return Plan(tuple(laid), finish, finishes)


def judge(plan: Plan, standing: Standing, wanted: Sequence[Target]) -> Plan:
    """The plan with what it fails to meet: goals that come after their date, or never."""
    conflicts = []
    for target in wanted:
        closure = standing.outline.closure(target.topics, standing.learnt)
        if not closure:
            continue
        needed = sum(standing.hours[topic] for topic in closure)
        days = [plan.finishes.get(topic) for topic in closure]
        if any(day is None for day in days):
            text = f"{target.id} needs {needed:.0f} h, and there are no hours left for study"
            conflicts.append(Conflict(target.id, needed, _study(plan.weeks, None), text))
            continue
        last = to_date(max(day for day in days if day is not None))
        if target.by and last > target.by:
            there = _study(plan.weeks, target.by)
            text = (
                f"by {_words(target.by)} {target.id} and what comes before it need more than "
                f"the {there:.0f} h that there are; it would be {_words(last)}"
            )
            conflicts.append(Conflict(target.id, needed, there, text))
    return Plan(plan.weeks, plan.finish, plan.finishes, tuple(conflicts))


def _study(weeks: Iterable[Week], by: date | None) -> float:
    """The hours of study in the weeks up to a date; the week of the date counts by its days."""
    told = 0.0
    for week in weeks:
        start = to_date(week.start)
        share = 1.0 if by is None else min(max(((by - start).days + 1) / 7, 0.0), 1.0)
        told += share * sum(item.hours for item in week.items)
    return told


def _words(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def in_order(plan: Plan) -> Iterator[int]:
    """The topics of a plan in the order of study, each once."""
    topics = [item.topic for week in plan.weeks for item in week.items]
    yield from topics[:1]
    for before, topic in pairwise(topics):
        if topic != before:
            yield topic
