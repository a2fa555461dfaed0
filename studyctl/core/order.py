"""In which order topics are best learnt: the densest closure first, one area at a time.

The *closure* of a topic is what is left to learn up to it; its *density* is the value in it
for each hour that it costs, the hours of changing between areas included. Taking the densest
closure again and again comes within a few per cent of the best order that there is, keeps few
things open at once, and puts finish lines where one can see them. `focus` says how heavily a
change of area counts.

The idea is that of Sidney's decomposition for 1|prec|Σ wC (Sidney 1975; Chekuri & Motwani
1999), made greedy; `flow_down` is its linear-time cousin for very large graphs.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyctl.core.outline import Outline

SET_UP = 1.0  # hours that a change of area costs; no field estimate exists
LEAST = 1e-9  # hours; nothing is divided by less
LARGE = 1_500  # topics; a larger closure is ordered by `flow_down`


@dataclass(frozen=True, slots=True)
class Work:
    """What is left to do, by topic number: its hours, its value, and what is learnt already."""

    outline: Outline
    hours: Sequence[float]
    value: Sequence[float]
    learnt: bytearray
    focus: float = 3.0


def by_goals(
    work: Work, goals: Sequence[Sequence[int]], area: str | None = None, limit: int | None = None
) -> list[int]:
    """All that the goals need, in order: goal by goal as given, each by its densest closures.

    `area` is where the learner is now. What an earlier goal has brought is not asked for
    again. With a `limit` the order ends as soon as it has so many topics.
    """
    learnt = bytearray(work.learnt)
    told: list[int] = []
    for goal in goals:
        todo = work.outline.closure(goal, learnt)
        wanted = {topic for topic in goal if not learnt[topic]}
        needs = _needs_within(work.outline.open_needs(learnt), todo)
        ordering = _flow_down if len(todo) > LARGE else _densest
        part = ordering(work, todo, needs, wanted, area, None if limit is None else limit - len(told))
        for topic in part:
            learnt[topic] = 1
        told += part
        if told:
            area = work.outline.lines[told[-1]].area
        if limit is not None and len(told) >= limit:
            break
    return told


def density(work: Work, todo: Sequence[int], wanted: set[int], area: str | None) -> float:
    """The value of the wanted topics for each hour of `todo`, changes of area counted."""
    lines = work.outline.lines
    areas = {lines[topic].area for topic in todo} - {area}
    hours = sum(work.hours[topic] for topic in todo) + work.focus * SET_UP * len(areas)
    return sum(work.value[topic] for topic in todo if topic in wanted) / max(hours, LEAST)


def _needs_within(needs: Sequence[Sequence[int]], todo: Sequence[int]) -> dict[int, list[int]]:
    inside = set(todo)
    return {topic: [need for need in dict.fromkeys(needs[topic]) if need in inside] for topic in todo}


def _densest(
    work: Work,
    todo: Sequence[int],
    needs: Mapping[int, Sequence[int]],
    wanted: set[int],
    area: str | None,
    limit: int | None,
) -> list[int]:
    """`todo` ordered: again and again the wanted topic with the densest closure, and that closure.

    What is left of each closure is kept as sums, so that learning a topic costs one step for
    each closure that holds it. The heap is lazy: the density without changes of area bounds
    the one with them from above.
    """
    lines = work.outline.lines
    closures = _closures(todo, needs, wanted)
    left = {goal: _Left() for goal in closures}
    holders: dict[int, list[int]] = defaultdict(list)  # topic -> the goals whose closure holds it
    for goal, closure in closures.items():
        for topic in closure:
            holders[topic].append(goal)
            left[goal].add(work.hours[topic], work.value[topic] * (topic in wanted), lines[topic].area)
    heap = [(-left[goal].bound(), goal) for goal in closures]
    heapq.heapify(heap)
    place = {topic: number for number, topic in enumerate(todo)}
    told: list[int] = []
    done: set[int] = set()
    while left and (limit is None or len(told) < limit):
        best = _best(heap, left, area, work.focus)
        run = sorted((topic for topic in closures[best] if topic not in done), key=place.__getitem__)
        changed: set[int] = set()
        for topic in _area_runs(work, run, needs, area):
            done.add(topic)
            told.append(topic)
            area = lines[topic].area
            for goal in holders[topic]:
                left[goal].take(work.hours[topic], work.value[topic] * (topic in wanted), area)
            changed.update(holders[topic])
        changed -= done
        for goal in done & left.keys():
            del left[goal]
        for goal in changed:
            heapq.heappush(heap, (-left[goal].bound(), goal))
    return told


def _closures(
    todo: Sequence[int], needs: Mapping[int, Sequence[int]], wanted: set[int]
) -> dict[int, set[int]]:
    """The closure of each wanted topic within `todo`, each built from those of its needs."""
    told: dict[int, set[int]] = {}
    for topic in todo:
        told[topic] = {topic}.union(*(told[need] for need in needs[topic]))
    return {topic: closure for topic, closure in told.items() if topic in wanted}


class _Left:
    """What is left of a closure: hours, value, and how many topics of each area."""

    __slots__ = ("areas", "hours", "value")

    def __init__(self) -> None:
        self.hours = self.value = 0.0
        self.areas: dict[str, int] = {}

    def add(self, hours: float, value: float, area: str) -> None:
        self.hours += hours
        self.value += value
        self.areas[area] = self.areas.get(area, 0) + 1

    def take(self, hours: float, value: float, area: str) -> None:
        self.hours -= hours
        self.value -= value
        self.areas[area] -= 1
        if not self.areas[area]:
            del self.areas[area]

    def bound(self) -> float:
        return self.value / max(self.hours, LEAST)

    def density(self, area: str | None, focus: float) -> float:
        changes = len(self.areas) - (area in self.areas)
        return self.value / max(self.hours + focus * SET_UP * changes, LEAST)


def _best(heap: list[tuple[float, int]], left: Mapping[int, _Left], area: str | None, focus: float) -> int:
    """The goal with the densest closure; of equal ones the first in the curriculum."""
    best, value = -1, -1.0
    back: list[tuple[float, int]] = []
    while heap and (-heap[0][0] >= value or best < 0):
        bound, goal = heapq.heappop(heap)
        if goal not in left or (back and back[-1] == (bound, goal)) or -bound != left[goal].bound():
            continue  # an entry from before something was learnt
        back.append((bound, goal))
        here = left[goal].density(area, focus)
        if here > value or (here == value and goal < best):
            best, value = goal, here
    for entry in back:
        heapq.heappush(heap, entry)
    return best


def _area_runs(
    work: Work, todo: Sequence[int], needs: Mapping[int, Sequence[int]], area: str | None
) -> list[int]:
    """A closure ordered so that what is ready in the current area comes first.

    Of several, one that is helped by nothing else here goes before one that is.
    """
    lines, helps = work.outline.lines, work.outline.helps
    place = {topic: number for number, topic in enumerate(todo)}
    done: set[int] = set()
    waiting = {topic: sum(need in place for need in needs[topic]) for topic in todo}
    dependents: dict[int, list[int]] = defaultdict(list)
    ready: dict[str, list[tuple[bool, int, int]]] = {}

    def open_up(topic: int) -> None:
        unhelped = any(other in place and other not in done for other in helps[topic])
        heapq.heappush(ready.setdefault(lines[topic].area, []), (unhelped, place[topic], topic))

    for topic in todo:
        for need in needs[topic]:
            dependents[need].append(topic)
        if not waiting[topic]:
            open_up(topic)
    told: list[int] = []
    while ready:
        if area not in ready:  # go where most can be done without another change
            area = max(sorted(ready), key=lambda name: sum(work.hours[topic] for *_, topic in ready[name]))
        *_, topic = heapq.heappop(ready[area])
        if not ready[area]:
            del ready[area]
        told.append(topic)
        done.add(topic)
        for other in dependents[topic]:
            waiting[other] -= 1
            if not waiting[other]:
                open_up(other)
    return told


def pull(
    work: Work, todo: Sequence[int], needs: Mapping[int, Sequence[int]], wanted: set[int]
) -> dict[int, float]:
    """How much each topic is worth an hour when what it leads to is counted, in linear time.

    A topic passes its value on to its needs where that raises theirs; `todo` is in an order
    in which each topic follows its needs.
    """
    value = {topic: work.value[topic] if topic in wanted else 0.0 for topic in todo}
    hours = {topic: max(work.hours[topic], LEAST) for topic in todo}
    for topic in reversed(todo):
        for need in needs[topic]:
            if value[topic] / hours[topic] > value[need] / hours[need]:
                value[need] += value[topic] / len(needs[topic])
                hours[need] += hours[topic] / len(needs[topic])
    return {topic: value[topic] / hours[topic] for topic in todo}


def _flow_down(
    work: Work,
    todo: Sequence[int],
    needs: Mapping[int, Sequence[int]],
    wanted: set[int],
    area: str | None,  # noqa: ARG001 (areas are too small a matter for graphs of this size)
    limit: int | None,
) -> list[int]:
    """`todo` ordered by what each topic is worth an hour, needs first."""
    worth = pull(work, todo, needs, wanted)
    waiting = {topic: len(needs[topic]) for topic in todo}
    dependents: dict[int, list[int]] = defaultdict(list)
    for topic in todo:
        for need in needs[topic]:
            dependents[need].append(topic)
    heap = [(-worth[topic], topic) for topic in todo if not waiting[topic]]
    heapq.heapify(heap)
    told: list[int] = []
    while heap and (limit is None or len(told) < limit):
        _, topic = heapq.heappop(heap)
        told.append(topic)
        for other in dependents[topic]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(heap, (-worth[other], other))
    return told
