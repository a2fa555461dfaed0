"""Side roads come along where they put no date at risk."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.choice import choose
from studyctl.core.goals import Target, dues_of, targets, with_side_roads
from studyctl.core.learner import Goal
from studyctl.core.order import Work
from studyctl.core.outline import Line, Outline

SOON, LATE = date(2027, 1, 1), date(2027, 6, 1)


def work(hours: list[float], requires: dict[int, list[int]] | None = None) -> Work:
    count = len(hours)
    lines = [Line(f"t{n}", f"T{n}", "a", "concept", hours[n], 0) for n in range(count)]
    needs = [tuple((requires or {}).get(n, ())) for n in range(count)]
    return Work(
        Outline(lines, needs, [()] * count, [()] * count, [{}] * count),
        hours,
        [1.0] * count,
        bytearray(count),
    )


def test_a_side_road_that_fits_is_taken_and_one_that_does_not_is_named():
    goal = Target("g", (0,), SOON, side_roads=(1, 2, 3))
    told, out = with_side_roads(work([2, 3, 4, 1]), [goal], {"g": 7})
    assert ((0, 1, 3), [2]) == (told[0].topics, out)


def test_what_a_side_road_needs_counts_as_well():
    goal = Target("g", (0,), SOON, side_roads=(1,))
    assert [1] == with_side_roads(work([2, 1, 5], {1: [2]}), [goal], {"g": 7})[1]


def test_another_goals_date_is_not_put_at_risk():
    one, other = Target("one", (0,), SOON, side_roads=(1,)), Target("other", (2,), LATE)
    assert [1] == with_side_roads(work([2, 3, 4]), [one, other], {"one": 9, "other": 8})[1]


def test_without_a_date_ahead_side_roads_are_topics_like_others():
    assert Target("g", (0, 1)) == Target("g", (0,), side_roads=(1,)).from_here(bytearray(2))


def test_once_the_path_is_learnt_its_date_is_met_and_the_side_roads_remain():
    goal = Target("g", (0,), SOON, side_roads=(1,))
    assert goal == goal.from_here(bytearray([0, 0]))
    assert Target("g", (0, 1)) == goal.from_here(bytearray([1, 0]))


def test_only_a_goal_that_wants_them_has_side_roads():
    number, tracks, roads = {"a": 0, "b": 1}, {"t": ("a",)}, {"t": ("b", "gone")}
    wanted, plain = Goal("t", None, 1.0, 5, side_roads=True), Goal("t", None, 1.0, 5)
    assert (1,) == targets({"t": wanted}, number, tracks, roads)[0].side_roads
    assert () == targets({"t": plain}, number, tracks, roads)[0].side_roads


@given(st.lists(st.integers(1, 9), min_size=3, max_size=8), st.integers(0, 30), st.integers(0, 30), st.data())
def test_all_dates_that_held_still_hold_and_nothing_more_would_fit(
    hours: list[int], first: int, second: int, data: st.DataObject
):
    topics = list(range(len(hours)))
    needs = {n: [data.draw(st.integers(0, n - 1))] for n in topics[1:] if data.draw(st.booleans())}
    here = work([float(hour) for hour in hours], needs)
    goals = [Target("one", (0,), SOON, side_roads=tuple(topics[2:])), Target("two", (1,), LATE)]
    rooms = {"one": float(first), "two": float(first + second)}

    def feasible(wanted: list[Target]) -> bool:
        return choose(here, [one.topics for one in wanted], dues_of(wanted, rooms)).feasible

    told, out = with_side_roads(here, goals, rooms)
    assert feasible(told) == feasible(goals)
    assert {*told[0].topics, *out} == {0, *topics[2:]}
    for topic in out:
        assert not feasible([told[0].having(topic), told[1]])
