"""What a plan had laid into a week, what moved, and a ledger that adds up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layered import layered

from studyctl.core.calendar import Calendar, Hours
from studyctl.core.goals import Target
from studyctl.core.learner import Learner, Record
from studyctl.core.mastery import Fade
from studyctl.core.memory import TopicMemory
from studyctl.core.outline import Line, Outline
from studyctl.core.plan import Item, Plan, Week
from studyctl.core.standing import Standing
from studyctl.core.time import from_date
from studyctl.core.timesheet import Spent
from studyctl.core.week import by_area, ledger, moves, planned

MONDAY = from_date(date(2026, 11, 23))
CALENDAR = Calendar(Hours.weekly(7))
PLAN = Plan(
    weeks=(
        Week(MONDAY, (Item(0, "learn", 3.0, True), Item(1, "learn", 2.5, False)), 60.0, 7.0),
        Week(MONDAY + 7, (Item(1, "learn", 5.0, True),), 42.0, 7.0),
    ),
    finish=MONDAY + 13,
    finishes={0: MONDAY + 3, 1: MONDAY + 13},
    starts={0: MONDAY, 1: MONDAY + 3},
)


def test_a_whole_week_has_all_that_was_laid_into_it():
    told = planned(PLAN, CALENDAR, MONDAY, MONDAY + 6)
    assert {0: 3.0, 1: 2.5} == told.study
    assert (1.0, 7.0) == (told.reviews, pytest.approx(told.available))


def test_a_part_of_a_week_has_its_first_items():
    told = planned(PLAN, CALENDAR, MONDAY, MONDAY + 3)
    assert {0: pytest.approx(3.0), 1: pytest.approx(5.5 * 4 / 7 - 3)} == told.study
    assert pytest.approx(4 / 7) == told.reviews


def test_days_over_two_weeks_take_of_both():
    told = planned(PLAN, CALENDAR, MONDAY, MONDAY + 8)
    assert pytest.approx(2.5 + 5 * 2 / 7) == told.study[1]
    assert pytest.approx(9.0) == told.available


def test_without_a_plan_there_are_hours_but_nothing_was_planned():
    told = planned(None, CALENDAR, MONDAY, MONDAY + 6)
    assert ({}, 0.0, pytest.approx(7.0)) == told


def test_hours_by_area_are_a_tree_whose_branches_add_up():
    done = {(1, "a1"): Spent(2.0, 0.5), (2, "a2"): Spent(1.0), (2, "gone"): Spent(0.5)}
    told = by_area({"a1": 1.0, "b1": 4.0}, done, {"a1": "a", "a2": "a", "b1": "b"})
    assert ["b", "a", ""] == [one.area for one in told]
    assert ["a1", "a2"] == [row.topic for row in told[1].topics]
    assert (1.0, Spent(3.0, 0.5)) == (told[1].planned, told[1].spent)


OUTLINE = layered(40, areas=3, seed=3)


def standing(states: dict[int, str], recalls: dict[int, float], hours: dict[int, float]) -> Standing:
    names = [line.id for line in OUTLINE.lines]
    topics = {
        names[topic]: Record(state=state, learnt=state in ("done", "known"), hours=hours.get(topic, 0.0))
        for topic, state in states.items()
    }
    memories = {names[topic]: TopicMemory(5, 0, recall) for topic, recall in recalls.items()}
    return Standing(OUTLINE, Learner(topics, (), None, {}), memories, lambda _: Fade(), 0)


numbers = st.integers(0, 39)
states = st.dictionaries(numbers, st.sampled_from(["studying", "done", "known", "parked"]), max_size=30)
standings = st.builds(
    standing,
    states,
    st.dictionaries(numbers, st.floats(0.2, 1.0), max_size=30),
    st.dictionaries(numbers, st.floats(0, 8), max_size=15),
)
goals = st.lists(st.lists(numbers, min_size=1, max_size=6), max_size=3).map(
    lambda some: [Target(f"g{at}", tuple(topics)) for at, topics in enumerate(some)]
)


def test_what_another_alternative_spared_was_not_learnt():
    lines = [Line(name, name, "x", "concept", 2.0, 0) for name in ("python", "julia", "sums")]
    outline = Outline(lines, [(), (), ()], [(), (), ((0, 1),)], [()] * 3, [{}] * 3)
    before, now = (
        Standing(outline, Learner(topics, (), None, {}), {}, lambda _: Fade(), 0)
        for topics in ({}, {"julia": Record(state="done", learnt=True)})
    )
    wanted = [Target("g", (2,))]
    told = ledger(before, now, (wanted, wanted), (1.0, 1.0))
    assert [("other", -2.0, ("python",))] == [tuple(one) for one in told.entries]


@settings(max_examples=150)
@given(standings, standings, goals, goals, st.floats(0.5, 3), st.floats(0.5, 3))
def test_the_entries_of_a_ledger_are_the_whole_difference(before, now, old, new, slow, slower):
    told = ledger(before, now, (old, new), (slow, slower))
    assert told.now == pytest.approx(told.before + sum(one.hours for one in told.entries), abs=1e-6)


@given(standings, goals, st.floats(0.5, 3))
def test_where_nothing_happened_nothing_is_in_the_ledger(one, wanted, pace):
    told = ledger(one, one, (wanted, wanted), (pace, pace))
    assert all(abs(entry.hours) < 1e-9 for entry in told.entries)
    assert ((), (), ()) == moves(one, one)


@given(standings, standings)
def test_no_topic_moves_in_two_ways(before, now):
    told = moves(before, now)
    some = [*told.learnt, *told.faded, *told.rescued]
    assert len(some) == len(set(some))
