"""Where the learner wants to go, as topics with a value: the input of every plan.

A goal is a track or a topic. Its *targets* are the topics that it names; their prerequisites
come along without a value of their own. Dated goals come first, by date; the others by how
much value they hold for each hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from studyctl.core.fold import Goal
from studyctl.core.order import Work, by_goals, density
from studyctl.core.standing import Standing

NEUTRAL = 3  # the interest that changes nothing
INTEREST = 0.2  # what a step of interest adds to the value of a topic


@dataclass(frozen=True, slots=True)
class Target:
    """A goal with the topic numbers that it names; without any it is not in the curriculum now."""

    id: str
    topics: tuple[int, ...]
    by: date | None = None
    value: float = 1.0


def targets(
    goals: Mapping[str, Goal], number: Mapping[str, int], tracks: Mapping[str, Sequence[str]]
) -> list[Target]:
    """The goals of a learner in the order in which they were added; `tracks` gives the topics of each."""
    told = []
    for goal in sorted(goals.values(), key=lambda goal: (goal.added, goal.id)):
        names = tracks.get(goal.id, (goal.id,))
        topics = tuple(number[name] for name in names if name in number)
        told.append(Target(goal.id, topics, _date(goal.by), goal.value))
    return told


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


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


def work_of(standing: Standing, value: Sequence[float], focus: float) -> Work:
    """What is left to do, for the planner."""
    return Work(standing.outline, standing.hours, value, standing.learnt, focus)


def ranked(work: Work, wanted: Sequence[Target], area: str | None) -> list[Target]:
    """The goals in the order in which they are served: dated ones by date, then the densest."""

    def rank(target: Target) -> tuple[date, float]:
        closure = work.outline.closure(target.topics, work.learnt)
        held = target.value * density(work, closure, set(target.topics), area)
        return (target.by or date.max, -held)

    return sorted(wanted, key=rank)


def sequence(work: Work, wanted: Sequence[Target], area: str | None, limit: int | None = None) -> list[int]:
    """All that the goals need, in the order in which it is best learnt; at most `limit` topics."""
    told: list[int] = []
    learnt = bytearray(work.learnt)
    left = [target for target in wanted if target.topics]
    while left and (limit is None or len(told) < limit):
        now = replace(work, learnt=learnt)
        first = ranked(now, left, area)[0] if len(left) > 1 else left[0]
        left.remove(first)
        for topic in by_goals(now, [first.topics], area, None if limit is None else limit - len(told)):
            learnt[topic] = 1
            told.append(topic)
        if told:
            area = work.outline.lines[told[-1]].area
    return told
