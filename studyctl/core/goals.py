"""Where the learner wants to go, as topics with a value: the input of every plan.

A goal is a track or a topic. Its *targets* are the topics that it names; their prerequisites
come along without a value of their own. Goals are served one after the other, the one with the
most value for each hour first; a goal with a date is served in time, whatever comes before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from studyctl.core.choice import choose
from studyctl.core.deadlines import Due, Guard
from studyctl.core.learner import Goal
from studyctl.core.order import Work, by_goals, density
from studyctl.core.standing import Standing
from studyctl.core.time import LAST_YEAR

NEUTRAL = 3  # the interest that changes nothing
NO_ROADS: Mapping[str, Sequence[str]] = MappingProxyType({})
INTEREST = 0.2  # what a step of interest adds to the value of a topic


@dataclass(frozen=True, slots=True)
class Target:
    """A goal with the topic numbers that it names; without any it is not in the curriculum now.

    `side_roads` are topics that come along where they put no date at risk, in the order of the track.
    """

    id: str
    topics: tuple[int, ...]
    by: date | None = None
    value: float = 1.0
    side_roads: tuple[int, ...] = ()

    def from_here(self, learnt: Sequence[int]) -> Target:
        """The goal as it is now: side roads are topics like others when no date is ahead of them."""
        ahead = tuple(topic for topic in self.side_roads if not learnt[topic])
        if self.by and not all(learnt[topic] for topic in self.topics):
            return replace(self, side_roads=ahead)
        return replace(self.having(*self.side_roads), by=None if ahead else self.by, side_roads=())

    def having(self, *more: int) -> Target:
        """The goal with more topics."""
        return replace(self, topics=tuple(dict.fromkeys((*self.topics, *more))))


def targets(
    goals: Mapping[str, Goal],
    number: Mapping[str, int],
    tracks: Mapping[str, Sequence[str]],
    side_roads: Mapping[str, Sequence[str]] = NO_ROADS,
) -> list[Target]:
    """The goals of a learner in the order in which they were added.

    `tracks` gives the topics of each track, `side_roads` the rest of it.
    """
    told = []
    for goal in sorted(goals.values(), key=lambda goal: (goal.added, goal.id)):
        names = tracks.get(goal.id, (goal.id,))
        topics = tuple(number[name] for name in names if name in number)
        roads = side_roads.get(goal.id, ()) if goal.side_roads else ()
        aside = tuple(number[name] for name in roads if name in number)
        told.append(Target(goal.id, topics, _date(goal.by), goal.value, aside))
    return told


def _date(text: str | None) -> date | None:
    """The date of a goal; one that is further away than any plan is none."""
    try:
        when = date.fromisoformat(text) if text else None
    except ValueError:
        return None
    return when if when is not None and when.year <= LAST_YEAR else None


def interests(
    standing: Standing, interest: Mapping[str, float], tracks: Mapping[str, Sequence[str]]
) -> list[float]:
    """The value of each topic by interest: its own, its track's or its area's; 1 where nothing is said."""
    by_track = {topic: interest[track] for track in tracks if track in interest for topic in tracks[track]}
    told = []
    for line in standing.outline.lines:
        wanted = interest.get(line.id, by_track.get(line.id, interest.get(line.area, NEUTRAL)))
        told.append(1.0 + INTEREST * (wanted - NEUTRAL))
    return told


def with_side_roads(
    work: Work, wanted: Sequence[Target], rooms: Mapping[str, float]
) -> tuple[list[Target], list[int]]:
    """The goals with each side road that leaves every date possible, and the side roads that do not.

    `rooms` are the hours of study up to the date of each dated goal. Taking a topic in never makes
    room for another one, so taking them in one after the other needs no second thoughts; for every
    one the search decides again which alternatives to take.
    """
    told = list(wanted)
    out: list[int] = []
    for at, target in enumerate(wanted):
        for topic in target.side_roads:
            tried = told[at].having(topic)
            goals = [*told[:at], tried, *told[at + 1 :]]
            if choose(work, [one.topics for one in goals], dues_of(goals, rooms)).feasible:
                told[at] = tried
            else:
                out.append(topic)
    return told, out


def dues_of(wanted: Sequence[Target], rooms: Mapping[str, float]) -> list[Due]:
    """The dated goals in the order of their dates, with the hours of study up to each."""
    dated = sorted((one for one in wanted if one.by), key=lambda one: (one.by or date.max, one.id))
    return [Due(one.id, one.topics, rooms[one.id]) for one in dated]


def ranked(work: Work, wanted: Sequence[Target], area: str | None) -> list[Target]:
    """The goals, those first that hold the most value for each hour."""

    def rank(target: Target) -> tuple[float, date]:
        closure = work.outline.closure(target.topics, work.learnt)
        return (-target.value * density(work, closure, set(target.topics), area), target.by or date.max)

    return sorted(wanted, key=rank)


def sequence(
    work: Work, wanted: Sequence[Target], area: str | None, dues: Sequence[Due] = (), limit: int | None = None
) -> list[int]:
    """All that the goals need, in the order in which it is best learnt; ends after `limit` topics.

    Goals are served one at a time, the densest first; as soon as a topic would put a date of
    `dues` (in the order of their dates) at risk, the goal of that date is served in between.
    """
    guard = Guard(work, dues)
    learnt = bytearray(work.learnt)
    told: list[int] = []

    def learn(topic: int) -> None:
        learnt[topic] = 1
        guard.take(topic)
        told.append(topic)

    left = [target for target in wanted if target.topics]
    while left and (limit is None or len(told) < limit):
        here = work.outline.lines[told[-1]].area if told else area
        now = replace(work, learnt=bytearray(learnt))
        first = ranked(now, left, here)[0] if len(left) > 1 else left[0]
        left.remove(first)
        cap = limit - len(told) if limit is not None else None
        for topic in by_goals(now, [first.topics], here, cap):
            while not learnt[topic] and not guard.allows(topic) and (at := guard.urgent) is not None:
                here = work.outline.lines[told[-1]].area if told else area
                for served in by_goals(replace(work, learnt=bytearray(learnt)), [dues[at].topics], here, cap):
                    learn(served)
                guard.reach(at)
            if not learnt[topic]:
                learn(topic)
    return told
