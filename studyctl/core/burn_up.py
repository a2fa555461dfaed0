"""The burn-up of the goals: the hours that they take in all, those that are learnt, and when the two meet.

Hours are the authors' estimates, which no pace moves, so that a line only goes up by learning and its
ceiling only moves when goals do. A topic counts from the day on which it was first learnt. The
plan goes on from there, as it is expected to, and as it would if all went well or did not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from studyctl.core.choice import decided
from studyctl.core.outline import Outline

POINTS = 160  # on a line at most


class Step(NamedTuple):
    """A week of the past: hours learnt of the goals that there were, and the hours of those in all."""

    day: int
    learnt: float
    total: float


class Ahead(NamedTuple):
    """Hours learnt on a day to come: as expected, if all goes well, and if it does not."""

    day: int
    likely: float
    soon: float
    slow: float


def own_way(outline: Outline, learnt: Collection[int]) -> Outline:
    """The outline in which of alternatives those stand first that were learnt."""
    return decided(
        outline,
        {
            (topic, at): other
            for topic, groups in enumerate(outline.any_of)
            for at, group in enumerate(groups)
            for other in [one for one in group if one in learnt][:1]
        },
    )


def behind(
    outline: Outline,
    goals: Sequence[tuple[int, tuple[int, ...]]],
    learnt: Mapping[int, int],
    days: Sequence[int],
) -> list[Step]:
    """The past on these days; `goals` are the topics that were wanted from a day on, in the order of days.

    `learnt` gives the study day on which a topic was first learnt.
    """
    nothing = bytearray(len(outline.lines))
    starts = [day for day, _ in goals]
    closures: dict[tuple[int, ...], list[int]] = {}
    told = []
    for day in days:
        at = bisect_right(starts, day) - 1
        if at < 0:
            continue
        wanted = goals[at][1]
        if wanted not in closures:
            closures[wanted] = outline.closure(wanted, nothing)
        hours = [(outline.lines[topic].hours, learnt.get(topic)) for topic in closures[wanted]]
        done = sum(one for one, when in hours if when is not None and when <= day)
        told.append(Step(day, done, sum(one for one, _ in hours)))
    return told


def ahead(
    outline: Outline,
    today: int,
    start: float,
    topics: Sequence[int],
    finishes: tuple[Mapping[int, int], Mapping[int, int], Mapping[int, int]],
) -> list[Ahead]:
    """What the plan comes to, from `start` hours today; `finishes` are those likely, soon and slow."""
    curves = [_curve(outline, topics, one) for one in finishes]
    last = max((days[-1] for days, _ in curves if days), default=None)
    if last is None:
        return []
    step = max(7, -(-(last - today) // POINTS))
    told = []
    for day in [*range(today, last, step), last]:
        likely, soon, slow = (start + _at(curve, day) for curve in curves)
        told.append(Ahead(day, likely, soon, slow))
    return told


def _curve(
    outline: Outline, topics: Sequence[int], finishes: Mapping[int, int]
) -> tuple[list[int], list[float]]:
    ends = sorted((finishes[topic], outline.lines[topic].hours) for topic in topics if topic in finishes)
    return [day for day, _ in ends], list(accumulate(hours for _, hours in ends))


def _at(curve: tuple[list[int], list[float]], day: int) -> float:
    days, sums = curve
    at = bisect_right(days, day)
    return sums[at - 1] if at else 0.0
