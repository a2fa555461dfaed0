"""Hours by day, week, area and topic, and the days on which there were none."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.learner import Session
from studyctl.core.time import HOUR, day_start
from studyctl.core.timesheet import Gap, Spent, between, gaps, sheet, summed, total


def session(day: int, topic: str, hours: float = 1.0, at: float = 16) -> Session:
    start = day_start(day, 0) + round(at * HOUR)
    return Session(topic, start, start + round(hours * HOUR), 0)


def test_a_session_belongs_to_the_study_day_on_which_it_began():
    told = sheet([session(100, "sums", at=19), session(100, "sums", at=22, hours=3)])
    assert {(100, "sums"): Spent(study=4.0)} == told  # the second one ended on the next day


def test_reviews_stand_beside_study():
    told = sheet([session(100, "sums")], reviews={(100, "sums"): 30.0, (101, "products"): 6.0})
    assert Spent(1.0, 0.5) == told[100, "sums"]
    assert Spent(0.0, 0.1) == told[101, "products"]
    assert 1.6 == total(told).hours


def test_only_the_days_that_were_asked_for():
    told = sheet([session(day, "sums") for day in (99, 100, 106, 107)])
    assert [100, 106] == [day for day, _ in between(told, 100, 106)]


def test_a_gap_has_three_days_or_more():
    assert (Gap(3, 5), Gap(9, 12)) == gaps({1, 2, 6, 8, 13}, 1, 13)
    assert () == gaps({1, 2, 3}, 1, 5)
    assert 4 == gaps({1}, 1, 5)[0].days


def test_what_is_before_and_after_counts_as_well():
    assert (Gap(1, 3), Gap(5, 9)) == gaps({4}, 1, 9)
    assert (Gap(1, 9),) == gaps(set(), 1, 9)


@given(st.sets(st.integers(0, 60)), st.integers(0, 20), st.integers(20, 60))
def test_gaps_are_just_the_days_without_anything(days: set[int], first: int, last: int):
    found = {day for one in gaps(days, first, last, least=1) for day in range(one.first, one.last + 1)}
    assert found == set(range(first, last + 1)) - days


@given(
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from("abc"), st.floats(0.1, 3)), max_size=30),
    st.dictionaries(st.tuples(st.integers(0, 30), st.sampled_from("abc")), st.floats(0, 90), max_size=10),
)
def test_however_hours_are_grouped_their_sum_is_the_same(rows, reviews):
    told = sheet([session(day, topic, hours) for day, topic, hours in rows], reviews=reviews)
    for key in (lambda day, topic: day, lambda day, topic: topic, lambda day, topic: day // 7):
        parts = summed(told, key)
        assert abs(sum(one.hours for one in parts.values()) - total(told).hours) < 1e-9
