"""On which day a card comes back, of the days on which it might as well."""

from __future__ import annotations

from collections import Counter

import pytest
from fsrs.scheduler import FUZZ_RANGES
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.due_days import AS_TOLD, CONTROL, RANGES, DueDays, fuzz, is_control, sibling
from studyctl.core.memory import Memory, State, interval

MONDAY = 20_001 - (20_001 + 3) % 7
WEEKEND = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0)
days = st.integers(1, 36_500)
cards = st.from_regex(r"[a-z]{1,8}/[a-z]{1,8}(\.c[1-9])?", fullmatch=True)


def weekday(day: int) -> int:
    return (day + 3) % 7


def test_the_ranges_are_the_librarys():
    assert [tuple(one.values()) for one in FUZZ_RANGES] == list(RANGES)
    assert (8, 12) == fuzz(10)
    assert (2, 4) == fuzz(3)
    assert (2, 2) == fuzz(2)


@given(cards, st.integers(1, 99), days)
def test_a_card_comes_back_within_the_fuzz_range_on_the_same_day_every_time(card, reviews, length):
    due = DueDays().day(card, reviews, MONDAY, length, 1.0)
    low, high = fuzz(length)
    assert low <= due - MONDAY <= high
    assert due == DueDays().day(card, reviews, MONDAY, length, 1.0)
    assert MONDAY + length == AS_TOLD.day(card, reviews, MONDAY, length, 1.0)


def test_equal_cards_are_spread_evenly_over_the_range():
    due = Counter(DueDays().day(f"t{n % 30}/c{n}", 3, MONDAY, 30, 1.0) - MONDAY for n in range(6000))
    low, high = fuzz(30)
    assert set(range(low, high + 1)) == set(due)
    mean = 6000 / (high - low + 1)
    assert all(0.8 * mean < count < 1.2 * mean for count in due.values())


def test_one_card_takes_another_day_after_another_review():
    assert 1 < len({DueDays().day("t/a", count, MONDAY, 30, 1.0) for count in range(9)})


def test_days_off_get_no_cards_and_lighter_ones_fewer():
    off = Counter(weekday(DueDays(WEEKEND).day(f"t/c{n}", 3, MONDAY, 30, 1.0)) for n in range(2000))
    assert set(off) <= {5, 6}
    half = (0.5, *(1.0,) * 6)
    told = Counter(weekday(DueDays(half).day(f"t/c{n}", 3, MONDAY, 200, 1.0)) for n in range(7000))
    assert 0.35 * told[1] < told[0] < 0.65 * told[1]


def test_where_every_day_is_off_the_range_still_holds():
    due = DueDays((0.0,) * 7).day("t/a", 1, MONDAY, 10, 1.0)
    assert 8 <= due - MONDAY <= 12


def test_siblings_never_come_back_on_one_day():
    assert (1, 0, None) == (sibling("t/a.c1"), sibling("t/a.c2"), sibling("t/a"))
    for length in (3, 5, 10, 40, 300):
        for n in range(200):
            first, second = (DueDays().day(f"t/n{n}.c{one}", 3, MONDAY, length, 1.0) for one in (1, 2))
            assert first != second


def memory(state: State = State.REVIEW) -> Memory:
    return Memory(state, None, 40.0, 5.0, MONDAY + 40, None, 0, MONDAY, 4, 0)


def test_only_the_due_day_changes_and_only_in_review():
    told = DueDays().settled("t/abc", memory())
    assert told._replace(due_day=MONDAY + 40) == memory()
    assert memory(State.LEARNING) == DueDays().settled("t/abc", memory(State.LEARNING))


def test_an_eased_card_comes_back_at_its_lower_retention_but_for_the_control_group():
    easing = DueDays(None, {"t": 0.8})
    names = [f"t/c{n}" for n in range(500)]
    control = [name for name in names if is_control(name)]
    assert 0.6 * len(names) / CONTROL < len(control) < 1.4 * len(names) / CONTROL
    later = MONDAY + round(interval(40.0, 0.8))
    assert later > MONDAY + 40
    for name in names:
        due = easing.settled(name, memory()).due_day
        assert due == (MONDAY + 40 if name in control else later)
    assert MONDAY + 40 == easing.settled("other/c1", memory()).due_day


@pytest.mark.parametrize("length", [1, 2])
def test_short_intervals_stay_as_they_are(length):
    assert MONDAY + length == DueDays(WEEKEND).day("t/a", 1, MONDAY, length, 1.0)
