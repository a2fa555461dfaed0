"""Coming back after a break: what is found, what is believed, and where to begin."""

from __future__ import annotations

import pytest

from studyctl.core.calendar import Away, Calendar, Hours
from studyctl.core.comeback import (
    ENOUGH,
    HOPE,
    NOTHING,
    Found,
    Gap,
    Overdue,
    believed,
    clear_by,
    gap,
    minutes,
    order,
    probe,
)

TODAY = 20_000


def test_more_than_two_weeks_without_study_are_a_gap():
    assert gap([TODAY - 15], TODAY) == Gap(TODAY - 15)
    assert gap([TODAY - 14], TODAY) is None
    assert gap([], TODAY) is None


def test_after_the_gap_one_is_still_coming_back_for_some_weeks():
    assert gap([TODAY - 200, TODAY - 20, TODAY - 8], TODAY) == Gap(TODAY - 200, TODAY - 20)
    assert gap([TODAY - 200, *range(TODAY - 50, TODAY)], TODAY) is None
    assert 180 == Gap(TODAY - 200, TODAY - 20).days(TODAY)


def test_a_clock_that_was_ahead_is_no_gap():
    assert gap([TODAY - 3, TODAY + 400], TODAY) is None
    assert gap([TODAY + 400], TODAY) is None


def test_long_overdue_cards_are_believed_less_until_a_probe_says_otherwise():
    assert believed(0.8, False, NOTHING) == 0.8
    assert believed(0.8, True, NOTHING) == pytest.approx(0.8 * HOPE)
    good, bad = Found(6, 6, 4.8), Found(6, 1, 4.8)
    assert believed(0.8, True, bad) < 0.8 * HOPE < believed(0.8, True, good) <= 1.0


def overdue(card: str, area: str, recall: float, late: bool = True) -> Overdue:
    return Overdue(card, card[0], area, recall, late)


def test_a_probe_asks_some_late_cards_of_each_area_from_the_surest_down():
    cards = [overdue(f"{topic}{n}", "x", n / 10) for topic in "abc" for n in range(1, 9)]
    cards += [overdue("z1", "y", 0.5), overdue("f1", "y", 0.9, late=False)]
    asked = probe(cards, {})
    assert ENOUGH + 1 == len(asked)
    assert 3 == len({card[0] for card in asked if card != "z1"})
    assert "z1" == asked[1]
    assert "f1" not in asked


def test_an_area_that_was_asked_enough_is_not_asked_again():
    cards = [overdue(f"a{n}", "x", 0.5) for n in range(9)]
    assert [] == probe(cards, {"x": Found(3, 2, 2.1)})
    assert 1 == len(probe(cards, {"x": Found(2, 2, 1.1)}))


def test_forgotten_cards_take_longer():
    sure, gone = [overdue("a", "x", 1.0, late=False)], [overdue("a", "x", 0.0, late=False)]
    assert minutes(sure, {}, 12, 30) == pytest.approx(0.2)
    assert minutes(gone, {}, 12, 30) == pytest.approx(0.5)


def test_a_backlog_is_clear_when_half_of_the_hours_are_spent():
    week = Calendar(Hours.weekly(7))
    assert TODAY == clear_by(30, week, TODAY)
    assert TODAY + 9 == clear_by(300, week, TODAY)
    away = Calendar(Hours.weekly(7), [Away(TODAY, TODAY + 6)])
    assert TODAY + 16 == clear_by(300, away, TODAY)
    assert clear_by(300, Calendar(Hours.weekly(0)), TODAY) is None


def test_what_the_old_next_topic_stands_on_is_learnt_again_first():
    needs = {9: [3, 5]}
    place = {topic: topic for topic in range(10)}
    assert [3, 5, 1, 4] == order([1, 3, 4, 5], lambda topic: needs.get(topic, []), 9, place)
    assert [1, 3, 4, 5] == order([1, 3, 4, 5], lambda topic: needs.get(topic, []), None, place)
