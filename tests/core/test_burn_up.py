"""The hours of the goals: learnt, wanted, and when the two meet."""

from __future__ import annotations

from dataclasses import replace

from studyctl.core.burn_up import Step, ahead, behind, own_way
from studyctl.core.outline import Line, Outline

NOTHING = [()] * 3
OUTLINE = Outline(
    [Line("a", "A", "x", "concept", 2.0, 0), Line("b", "B", "x", "concept", 3.0, 0), Line("c", "C", "x", "concept", 5.0, 0)],
    [(), (0,), (0,)], NOTHING, NOTHING, [{}, {}, {}],
)  # fmt: skip


def test_what_a_goal_needs_counts_from_the_day_on_which_it_was_learnt():
    told = behind(OUTLINE, [(0, (1,))], {0: 10, 2: 5}, [0, 7, 14])
    assert [Step(0, 0.0, 5.0), Step(7, 0.0, 5.0), Step(14, 2.0, 5.0)] == told


def test_the_ceiling_moves_when_goals_do():
    told = behind(OUTLINE, [(0, (1,)), (7, (1, 2)), (14, ())], {0: 1, 2: 5}, [-1, 3, 7, 14])
    assert [Step(3, 2.0, 5.0), Step(7, 7.0, 10.0), Step(14, 0.0, 0.0)] == told


def test_the_plan_goes_on_from_today_and_ends_where_the_slow_one_does():
    told = ahead(OUTLINE, 100, 2.0, [1, 2], ({1: 110, 2: 130}, {1: 105, 2: 120}, {1: 120, 2: 160}))
    assert (100, 2.0, 2.0, 2.0) == told[0]
    assert (160, 10.0, 10.0, 10.0) == told[-1]
    assert all(one.slow <= one.likely <= one.soon for one in told)
    assert [] == ahead(OUTLINE, 100, 2.0, [], ({}, {}, {}))


def test_of_alternatives_the_one_that_was_learnt_is_on_the_way():
    """Else the hours that are learnt would never come to those in all."""
    either = replace(OUTLINE, requires=[(), (), ()], any_of=[(), (), ((0, 1),)])
    learnt = {1: 3, 2: 5}
    assert [Step(7, 5.0, 7.0)] == behind(either, [(0, (2,))], learnt, [7])
    assert [Step(7, 8.0, 8.0)] == behind(own_way(either, learnt), [(0, (2,))], learnt, [7])
