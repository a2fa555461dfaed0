"""Why a topic is where it is: what it needs, what it serves, and what keeps it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studyctl.core.goals import Target
from studyctl.core.plan import Plan
from studyctl.core.standing import Standing


@dataclass(frozen=True, slots=True)
class Need:
    """A prerequisite with where it stands; `group` holds its alternatives, if it has any."""

    topics: tuple[int, ...]
    met: bool


@dataclass(frozen=True, slots=True)
class Explanation:
    """The facts about one topic that a plan or a suggestion rests on."""

    topic: int
    needs: tuple[Need, ...]
    missing: tuple[int, ...]  # everything below it that is not learnt, in the order of learning
    unlocks: tuple[int, ...]
    goals: tuple[tuple[str, int, float], ...]  # goal, steps left to it, hours left to it
    place: int | None  # its place in the plan, from 1
    week: int | None  # the Monday of the first week in which it is planned
    finish: int | None  # the study day on which the plan finishes it
    before: tuple[int, ...]  # what the plan does just before it


def explain(standing: Standing, topic: int, wanted: Sequence[Target], plan: Plan | None) -> Explanation:
    """All that is to be said about why a topic is planned where it is, or is not planned."""
    outline = standing.outline
    needs = [Need((need,), bool(standing.learnt[need])) for need in outline.requires[topic]]
    needs += [
        Need(tuple(group), any(standing.learnt[other] for other in group)) for group in outline.any_of[topic]
    ]
    missing = tuple(other for other in outline.closure([topic], standing.learnt) if other != topic)
    goals = []
    for target in wanted:
        closure = outline.closure(target.topics, standing.learnt)
        if topic in closure:
            goals.append((target.id, len(closure), sum(standing.hours[one] for one in closure)))
    place = week = finish = None
    before: tuple[int, ...] = ()
    if plan is not None:
        order = list(dict.fromkeys(item.topic for one in plan.weeks for item in one.items))
        if topic in order:
            place = order.index(topic) + 1
            before = tuple(order[max(0, place - 3) : place - 1])
            week = next(one.start for one in plan.weeks if any(item.topic == topic for item in one.items))
            finish = plan.finishes.get(topic)
    return Explanation(
        topic,
        tuple(needs),
        missing,
        tuple(standing.unlocks(topic)),
        tuple(goals),
        place,
        week,
        finish,
        before,
    )
