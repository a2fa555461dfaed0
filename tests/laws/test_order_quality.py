"""How good the order is: against the exact optimum of small graphs and a proven bound of large ones.

The optimum of Σ value × completion time with prerequisites comes from dynamic programming over
all sets of learnt topics; the bound is the two-dimensional Gantt chart over Sidney blocks
(Goemans & Williamson 2000), each block a closed set of greatest density, found by cuts.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from statistics import mean

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from studyctl.core import conflict
from studyctl.core.calendar import Away
from studyctl.core.choice import choose, decided
from studyctl.core.deadlines import Due, Guard
from studyctl.core.goals import Target, sequence
from studyctl.core.order import Work, by_goals
from studyctl.core.outline import Line, Outline
from studyctl.core.time import to_date


def layered(count: int, seed: int, *, groups: int = 0) -> Work:
    """A graph in layers, as curricula are: up to three prerequisites from the layers just below."""
    dice = random.Random(seed)
    layers = max(3, round(count**0.5))
    layer = sorted(dice.randrange(layers) for _ in range(count))
    requires, any_of = [], []
    for topic in range(count):
        below = [other for other in range(topic) if 1 <= layer[topic] - layer[other] <= 2]
        requires.append(tuple(sorted(dice.sample(below, min(len(below), dice.randint(0, 3))))))
        alternatives = [other for other in below if other not in requires[-1]]
        few = groups > 0 and len(alternatives) > 1 and dice.random() < groups / count
        any_of.append((tuple(dice.sample(alternatives, 2)),) if few else ())
    hours = [round(dice.uniform(1, 12)) for _ in range(count)]
    lines = [Line(f"t{n}", "", f"a{n % 5}", "concept", hours[n], 0) for n in range(count)]
    value = [dice.choice([0.6, 0.8, 1.0, 1.2, 1.4]) for _ in range(count)]
    graph = Outline(lines, requires, any_of, [()] * count, [{}] * count)
    return Work(graph, hours, value, bytearray(count), focus=0.0)


def cost(work: Work, order: list[int]) -> float:
    clock = total = 0.0
    for topic in order:
        clock += work.hours[topic]
        total += work.value[topic] * clock
    return total


def optimum(work: Work) -> float:
    """The least cost of any order, by dynamic programming over sets of learnt topics."""
    count = len(work.hours)
    needs = [sum(1 << need for need in work.outline.requires[topic]) for topic in range(count)]
    clock = [
        sum(work.hours[topic] for topic in range(count) if have >> topic & 1) for have in range(1 << count)
    ]
    best = [float("inf")] * (1 << count)
    best[0] = 0.0
    for have in range(1 << count):
        if best[have] == float("inf"):
            continue
        for topic in range(count):
            then = have | 1 << topic
            if then != have and needs[topic] & ~have == 0:
                best[then] = min(best[then], best[have] + work.value[topic] * clock[then])
    return best[-1]


def densest(work: Work, left: set[int]) -> set[int]:
    """The closed subset of `left` with the most value an hour, by Dinkelbach's iteration over cuts."""
    scale = 10_000
    density = 0.0
    chosen = set(left)
    while True:
        gain = {topic: work.value[topic] - density * work.hours[topic] for topic in left}
        places = {topic: at for at, topic in enumerate(sorted(left))}
        source, sink = len(left), len(left) + 1
        rows, columns, caps = [], [], []
        for topic, at in places.items():
            rows.append(source if gain[topic] > 0 else at)
            columns.append(at if gain[topic] > 0 else sink)
            caps.append(round(abs(gain[topic]) * scale))
            for need in work.outline.requires[topic]:
                if need in left:
                    rows.append(at)
                    columns.append(places[need])
                    caps.append(2**30)
        graph = csr_matrix((np.array(caps, dtype=np.int32), (rows, columns)), shape=(sink + 1, sink + 1))
        flow = maximum_flow(graph, source, sink).flow
        rest = (graph - flow).tocsr()
        rest.data = np.maximum(rest.data, 0)
        rest.eliminate_zeros()
        reached = set(breadth_first_order(rest, source, return_predecessors=False).tolist())
        told = {topic for topic, at in places.items() if at in reached}
        if not told:
            return chosen
        better = sum(work.value[one] for one in told) / sum(work.hours[one] for one in told)
        if better <= density + 1e-7:
            return chosen
        density, chosen = better, told


def bound(work: Work) -> float:
    """What no order can be cheaper than."""
    left = set(range(len(work.hours)))
    clock = total = 0.0
    while left:
        block = densest(work, left)
        value = sum(work.value[topic] for topic in block)
        hours = sum(work.hours[topic] for topic in block)
        own = sum(work.value[topic] * work.hours[topic] for topic in block)
        total += value * clock + (value * hours + own) / 2
        clock += hours
        left -= block
    return total


def test_small_graphs_are_within_two_per_cent_of_the_optimum():
    ratios = []
    for seed in range(20):
        work = layered(13, seed)
        ratios.append(cost(work, by_goals(work, [range(13)])) / optimum(work))
    assert min(ratios) >= 1 - 1e-9
    assert mean(ratios) <= 1.02


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_hundred_topics_are_within_six_per_cent_of_the_bound(seed: int):
    work = layered(300, seed)
    ratio = cost(work, by_goals(work, [range(300)])) / bound(work)
    assert 1 - 1e-3 <= ratio <= 1.06


def reachable(work: Work, dues: list[tuple[int, float]]) -> bool:
    """Whether some order meets every date: over all sets of topics that could be learnt in time."""
    outline, due = work.outline, dict(dues)

    @cache
    def clock(have: int) -> float:
        return sum(work.hours[topic] for topic in range(len(work.hours)) if have >> topic & 1)

    goals = sum(1 << topic for topic in due)
    stack, met = [0], {0}
    while stack:
        have = stack.pop()
        if have & goals == goals:
            return True
        for topic in range(len(work.hours)):
            then = have | 1 << topic
            if then in met:
                continue
            if not all(have >> need & 1 for need in outline.requires[topic]):
                continue
            if not all(any(have >> other & 1 for other in group) for group in outline.any_of[topic]):
                continue
            if topic in due and clock(then) > due[topic] + 1e-9:
                continue
            met.add(then)
            stack.append(then)
    return False


def instance(seed: int) -> tuple[Work, list[tuple[int, float]]]:
    dice = random.Random(seed)
    work = layered(9, seed, groups=4)
    goals = dice.sample(range(4, 9), 3)
    dues = []
    for topic in goals:
        needed = sum(work.hours[one] for one in work.outline.closure([topic], work.learnt))
        dues.append((topic, needed * dice.uniform(0.8, 2.2)))
    return work, sorted(dues, key=lambda due: due[1])


def test_dates_that_can_be_met_are_met_and_others_are_known_to_be_lost():
    """500 random instances with alternatives, against the search through all sets of topics."""
    feasible = 0
    for seed in range(500):
        work, dues = instance(seed)
        wanted = [Target(f"g{topic}", (topic,)) for topic, _ in dues]
        told = [Due(f"g{topic}", (topic,), hours) for topic, hours in dues]
        found = choose(work, [one.topics for one in wanted], told)
        chosen = Work(decided(work.outline, found.choice), work.hours, work.value, work.learnt, work.focus)
        guard = Guard(chosen, told)
        truth = reachable(work, dues)
        assert truth == found.feasible == guard.feasible, seed
        if not truth:
            continue
        feasible += 1
        clock, done = 0.0, {}
        for topic in sequence(chosen, [*wanted, Target("rest", tuple(range(9)))], None, told):
            clock += work.hours[topic]
            done[topic] = clock
        assert all(done[topic] <= hours + 1e-6 for topic, hours in dues), seed
    assert 100 < feasible < 450


def test_a_conflict_is_minimal_and_every_repair_repairs():
    """Each part of a conflict can be kept if any other goes; each single repair is enough."""
    lost = 0
    for seed in range(300):
        work, dues = instance(seed)
        wanted = [Target(f"g{topic}", (topic,), to_date(MONDAY + round(hours))) for topic, hours in dues]
        away = [Away(MONDAY + 3, MONDAY + 3 + seed % 5)]
        problem = conflict.Problem(work, wanted, away, days_of_study, 7.0)
        verdict = conflict.judge(problem)
        if verdict is None:
            assert problem.holds()
            continue
        lost += 1
        goals = [one for one in wanted if one.id in verdict.goals]
        assert not problem.holds(goals, verdict.away)
        for one in goals:
            assert problem.holds([other for other in goals if other is not one], verdict.away)
        for gone in verdict.away:
            assert problem.holds(goals, [other for other in verdict.away if other != gone])
        assert verdict.certificate.needed > verdict.certificate.available
        repairs = verdict.repairs
        if repairs.hours_a_week is not None:
            assert problem.holds(hours=repairs.hours_a_week)
            assert not problem.holds(hours=repairs.hours_a_week - 0.1)
        for name in repairs.drop:
            assert problem.holds([one for one in wanted if one.id != name])
        for name, day in repairs.later:
            for shift, good in ((0, True), (-1, False)):
                moved = [replace(one, by=to_date(day + shift)) if one.id == name else one for one in wanted]
                assert problem.holds(moved) is good
    assert 50 < lost < 280


MONDAY = 20_783


def days_of_study(day: int, away: Sequence[Away], hours: float | None) -> float:
    """An hour a day, or a seventh of what a week has; none while away."""
    free = sum(not any(one.first <= at <= one.last for one in away) for at in range(MONDAY, day + 1))
    return free * (hours or 7.0) / 7
