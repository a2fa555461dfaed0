"""Dates that hold, and choices that make them hold."""

from __future__ import annotations

from studyctl.core.choice import choose, decided
from studyctl.core.deadlines import Due, Guard
from studyctl.core.order import Work
from studyctl.core.outline import Line, Outline


def work(
    hours: list[float], requires: dict[int, list[int]], any_of: dict[int, list[list[int]]] | None = None
) -> Work:
    count = len(hours)
    lines = [Line(f"t{n}", f"T{n}", "a", "concept", hours[n], 0) for n in range(count)]
    graph = Outline(
        lines,
        [tuple(requires.get(n, ())) for n in range(count)],
        [tuple(map(tuple, (any_of or {}).get(n, ()))) for n in range(count)],
        [()] * count,
        [{}] * count,
    )
    return Work(graph, hours, [1.0] * count, bytearray(count))


def test_slack_is_what_the_backup_leaves_over():
    guard = Guard(work([2, 3, 4], {1: [0]}), [Due("a", [1], 6), Due("b", [2], 10)])
    assert [1, 1] == guard.slack
    assert guard.feasible


def test_what_a_date_needs_itself_is_always_allowed():
    guard = Guard(work([2, 3], {1: [0]}), [Due("a", [1], 5)])
    assert guard.allows(0)


def test_anything_else_is_allowed_while_slack_lasts():
    guard = Guard(work([2, 3, 1], {1: [0]}), [Due("a", [1], 6)])
    assert guard.allows(2)
    guard.take(2)
    assert not guard.allows(2)
    assert 0 == guard.urgent


def test_a_date_that_is_served_risks_nothing_any_more():
    guard = Guard(work([2, 9], {}), [Due("a", [0], 2)])
    assert not guard.allows(1)
    guard.take(0)
    assert guard.allows(1)
    assert guard.urgent is None


def test_the_cheapest_alternative_is_chosen():
    told = choose(work([5, 2, 1], {}, {2: [[0, 1]]}), [[2]])
    assert {(2, 0): 1} == told.choice


def test_an_alternative_that_is_needed_anyhow_costs_nothing():
    told = choose(work([5, 2, 1, 1], {3: [0]}, {2: [[1, 0]]}), [[3], [2]])
    assert {(2, 0): 0} == told.choice


def test_choices_of_two_groups_may_only_fit_together():
    """Alone each group prefers its own cheap way; only the shared way fits before the date."""
    # 0 shared (5 h), 1 and 2 own ways (4 h each), 3 needs (1 or 0), 4 needs (2 or 0), 5 needs both
    one = work([5, 4, 4, 1, 1, 0], {5: [3, 4]}, {3: [[1, 0]], 4: [[2, 0]]})
    assert not choose(one, [], [Due("goal", [5], 6)]).feasible
    told = choose(one, [], [Due("goal", [5], 7)])
    assert told.feasible
    assert {(3, 0): 0, (4, 0): 0} == told.choice


def test_a_choice_is_the_first_alternative_of_the_decided_outline():
    one = work([5, 2, 1], {}, {2: [[0, 1]]})
    graph = decided(one.outline, {(2, 0): 1})
    assert [1, 2] == graph.closure([2], bytearray(3))
    assert graph.is_ready(2, bytearray([1, 0, 0]))
