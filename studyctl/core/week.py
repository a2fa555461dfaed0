"""The facts of a week: what was planned and done, what moved, and why the end of the plan did.

A *week* is any run of study days, as a rule the last seven. It is told by two standings, one on its
first morning and one now, and the plans that each of them leads to; nothing has to be kept for it.

The *ledger* says why a plan drifts. The hours that were left on the first morning and those that are
left now differ by what was learnt and worked on, by what has faded or was taken up again, by the
pace that is known better now, by goals that came or went, and by whatever else changed, such as
another alternative that was taken; its entries add up to the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from studyctl.core.calendar import Calendar
from studyctl.core.goals import Target
from studyctl.core.plan import Plan
from studyctl.core.standing import Standing
from studyctl.core.timesheet import Sheet, Spent, summed

LITTLE = 0.05  # hours; less is not worth a line


class Planned(NamedTuple):
    """What a plan had laid into some days: hours of study by topic, of reviews, and all that there were."""

    study: Mapping[int, float]
    reviews: float
    available: float

    @property
    def hours(self) -> float:
        """Study and reviews."""
        return sum(self.study.values()) + self.reviews


def planned(plan: Plan | None, calendar: Calendar, first: int, last: int) -> Planned:
    """What a plan that was made on the morning of `first` had laid into the days up to `last`.

    The study of a week comes in the order of its items, spread over its days as their hours are.
    """
    study: dict[int, float] = {}
    reviews = available = 0.0
    weeks = list(plan.weeks) if plan else []
    for number, week in enumerate(calendar.weeks(first)):
        if week.start > last:
            break
        share = week.share(last)
        available += share * week.hours
        if number >= len(weeks):
            continue
        reviews += share * weeks[number].review_minutes / 60
        left = share * sum(item.hours for item in weeks[number].items)
        for item in weeks[number].items:
            part = min(left, item.hours)
            if part > 0:
                study[item.topic] = study.get(item.topic, 0.0) + part
            left -= part
    return Planned(study, reviews, available)


class TopicHours(NamedTuple):
    """The hours of a topic in a week; `planned` is study only."""

    topic: str
    planned: float
    spent: Spent


class AreaHours(NamedTuple):
    """The hours of an area in a week, and of its topics."""

    area: str
    planned: float
    spent: Spent
    topics: tuple[TopicHours, ...]


def by_area(plan: Mapping[str, float], done: Sheet, area: Mapping[str, str]) -> tuple[AreaHours, ...]:
    """Hours planned and spent as a tree, the areas with the most hours first.

    `plan` gives planned hours by topic, `area` the area of each; a topic without one stands under ``""``.
    """
    spent = summed(done, lambda _day, topic: topic)
    topics: dict[str, list[TopicHours]] = {}
    for name in sorted({*plan, *spent}):
        one = TopicHours(name, plan.get(name, 0.0), spent.get(name, Spent()))
        topics.setdefault(area.get(name, ""), []).append(one)
    told = []
    for name, some in topics.items():
        rows = sorted(some, key=lambda one: (-max(one.planned, one.spent.hours), one.topic))
        total = Spent(sum(one.spent.study for one in some), sum(one.spent.reviews for one in some))
        told.append(AreaHours(name, sum(one.planned for one in some), total, tuple(rows)))
    return tuple(sorted(told, key=lambda one: (-max(one.planned, one.spent.hours), one.area)))


class Moves(NamedTuple):
    """Topics, by number, that came to another standing."""

    learnt: tuple[int, ...]
    faded: tuple[int, ...]
    rescued: tuple[int, ...]


def moves(before: Standing, now: Standing) -> Moves:
    """What was learnt, what faded, and what had faded and is there again."""
    topics = range(len(now.outline.lines))
    return Moves(
        learnt=tuple(one for one in topics if now.known[one] and not before.known[one]),
        faded=tuple(one for one in topics if now.faded[one] and before.known[one] and not before.faded[one]),
        rescued=tuple(one for one in topics if before.faded[one] and now.known[one] and not now.faded[one]),
    )


class Entry(NamedTuple):
    """An entry of the ledger: what changed the hours that are left, by how much, and through which topics or goals."""

    what: str  # learnt, worked, pace, goals, faded, again, other
    hours: float
    names: tuple[str, ...] = ()


class Ledger(NamedTuple):
    """From the hours that were left to those that are left now."""

    before: float
    now: float
    entries: tuple[Entry, ...]

    def of(self, *what: str) -> float:
        """The sum of some entries."""
        return sum(one.hours for one in self.entries if one.what in what)


def ledger(
    before: Standing,
    now: Standing,
    goals: tuple[Sequence[Target], Sequence[Target]],
    pace: tuple[float, float],
) -> Ledger:
    """Why the hours that are left have changed; `goals` and `pace` are those of before and of now."""
    outline = now.outline
    names = [line.id for line in outline.lines]
    old, new = (tuple(topic for one in some for topic in one.topics) for some in goals)
    was = before.hours_at(pace[0])
    at_pace = before.hours_at(pace[1])
    hours = now.hours_at(pace[1])
    first = outline.closure(old, before.learnt)
    start = sum(was[topic] for topic in first)
    faster = sum(at_pace[topic] for topic in first)
    wanted = outline.closure(new, before.learnt)
    chosen = sum(at_pace[topic] for topic in wanted)
    left = outline.closure(new, now.learnt)
    inside, ahead = set(wanted), set(left)
    gone = [topic for topic in wanted if topic not in ahead]
    learnt = [topic for topic in gone if now.learnt[topic]]
    spared = [topic for topic in gone if not now.learnt[topic]]
    worked = [topic for topic in left if topic in inside and abs(hours[topic] - at_pace[topic]) > LITTLE / 10]
    back = [topic for topic in left if topic not in inside and before.learnt[topic]]
    faded = [topic for topic in back if now.known[topic]]
    again = [topic for topic in back if not now.known[topic]]
    more = [topic for topic in left if topic not in inside and not before.learnt[topic]]
    told = (
        Entry("learnt", -sum(at_pace[topic] for topic in learnt), tuple(names[topic] for topic in learnt)),
        Entry(
            "worked",
            sum(hours[topic] - at_pace[topic] for topic in left if topic in inside),
            tuple(names[topic] for topic in worked),
        ),
        Entry("pace", faster - start),
        Entry("goals", chosen - faster, _changed(*goals)),
        Entry("faded", sum(hours[topic] for topic in faded), tuple(names[topic] for topic in faded)),
        Entry("again", sum(hours[topic] for topic in again), tuple(names[topic] for topic in again)),
        Entry(
            "other",
            sum(hours[topic] for topic in more) - sum(at_pace[topic] for topic in spared),
            tuple(names[topic] for topic in (*more, *spared)),
        ),
    )
    kept = tuple(one for one in told if one.hours or one.names)
    return Ledger(start, sum(hours[topic] for topic in left), kept)


def _changed(old: Sequence[Target], new: Sequence[Target]) -> tuple[str, ...]:
    before, after = {one.id for one in old}, {one.id for one in new}
    return (*sorted(after - before), *sorted(before - after))


class GoalMove(NamedTuple):
    """When a goal was going to be reached, and when it is now, as study days; None: never."""

    goal: str
    by: int | None
    before: int | None
    now: int | None
    soon: int | None  # if all goes well
    slow: int | None  # and if it does not

    @property
    def days(self) -> int | None:
        """By how many days it moved; later is positive."""
        return self.now - self.before if self.now is not None and self.before is not None else None
