"""The plan: an order of topics laid into weeks, reviews paid first.

Of each week's hours a reserve stays free; the reviews of that week come off the rest, and
what is left is study. A topic may span weeks. When it is finished its cards begin to come,
at most `new_per_day` of them, and add to the reviews of all later weeks; so a plan that adds
topics also adds what it costs to keep them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studyctl.core.calendar import WeekHours
from studyctl.core.load import Load
from studyctl.core.standing import Standing

PATIENCE = 520  # weeks without an hour of study after which a plan is given up
LITTLE = 1e-6  # hours that are nothing
SCRAP = 0.1  # hours at the end of a week with which nothing new is begun


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
class Plan:
    """Weeks up to the last topic; `finish` is the study day on which that is done."""

    weeks: tuple[Week, ...]
    finish: int | None
    finishes: Mapping[int, int]  # topic number -> the study day on which it is finished
    starts: Mapping[int, int]  # topic number -> the study day on which it is begun


@dataclass(frozen=True, slots=True)
class Giving:
    """What the learner has to give: the load of the cards seen, and how new ones come."""

    load: Load
    reserve: float = 0.1
    new_per_day: int = 10
    waiting: int = 0  # cards that are available and were not seen yet
    most: float = math.inf  # minutes of reviews a week, where maintenance has set them
    overdue: float = 0.0  # minutes of reviews that are due beyond what the load of a week foresees


def lay(
    standing: Standing,
    hours: Sequence[float],
    order: Sequence[int],
    weeks: Iterator[WeekHours],
    giving: Giving,
) -> Plan:
    """Lay an order of topics into weeks, reviews first; `hours` are those that each topic still takes."""
    lines = standing.outline.lines
    left = {topic: hours[topic] for topic in order}
    queue = list(reversed(order))
    waiting, overdue = float(giving.waiting), giving.overdue
    laid: list[Week] = []
    finishes: dict[int, int] = {}
    starts: dict[int, int] = {}
    idle = 0
    while queue and idle < PATIENCE:
        week = next(weeks)
        new = min(waiting, float(len(week.days) * giving.new_per_day))
        usable = week.hours * (1.0 - giving.reserve)
        asked = giving.load.minutes(week.part) + giving.load.first_sight(new) + overdue
        asked = min(asked, giving.most * week.part) / 60.0
        review = min(asked, usable)
        overdue = min(overdue, 60.0 * (asked - review))
        study = 0.0 if week.note else usable - review
        free = study
        items: list[Item] = []
        come = 0
        while queue and free > LITTLE:
            topic = queue[-1]
            if items and free < SCRAP < left[topic] and topic not in starts:
                break
            part = min(left[topic], free)
            starts.setdefault(topic, week.day((study - free) / study + LITTLE))
            left[topic] -= part
            free -= part
            finished = left[topic] <= LITTLE
            items.append(Item(topic, standing.kind(topic), part, finished))
            if finished:
                queue.pop()
                finishes[topic] = week.day((study - free) / study)
                come += 0 if standing.learner.learnt(lines[topic].id) else lines[topic].cards
        idle = 0 if items else idle + 1
        laid.append(Week(week.start, tuple(items), review * 60.0, week.hours, week.note))
        giving.load.week(week.part)
        giving.load.add(new)
        waiting += come - new
    while laid and not laid[-1].items:
        laid.pop()
    finish = max(finishes.values()) if finishes and not queue else None
    return Plan(tuple(laid), finish, finishes, starts)
