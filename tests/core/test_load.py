"""What reviewing costs."""

from __future__ import annotations

import math

import pytest

from studyctl.core.load import USUAL_SECONDS, Load, curve, slowness


def test_a_card_costs_what_the_curve_says():
    load = Load(0.90)
    load.add(1)
    total = 0.0
    for _ in range(52):
        total += load.minutes()
        load.week()
    assert 2.65 * math.log(1 + 52 / 29) == pytest.approx(total)


def test_ages_that_are_counted_together_change_the_load_by_less_than_a_hundredth():
    load, exact = Load(0.90), [0] * 600
    a, b, _ = curve(0.90)
    for week in range(600):
        cards = (week * 7) % 40
        exact[week] = cards
        if week > 10:
            truth = sum(
                count * a * math.log((b + week - born) / (b + week - born - 1))
                for born, count in enumerate(exact[:week])
            )
            assert truth == pytest.approx(load.minutes(), rel=0.01)
        load.week()
        load.add(cards)


def test_a_higher_retention_costs_more_and_between_two_it_is_between():
    minutes = []
    for retention in (0.70, 0.80, 0.88, 0.90, 0.95, 0.99):
        load = Load(retention)
        load.add(100)
        minutes.append(load.minutes())
    assert minutes == sorted(minutes)


def test_own_seconds_count_as_they_gather():
    assert 1.0 == slowness(0, 0.0)
    assert 1.5 == slowness(50, 2 * USUAL_SECONDS)
    assert 1.9 < slowness(5_000, 2 * USUAL_SECONDS) < 2.0


def test_seven_days_cost_the_same_however_weeks_cut_them():
    whole, parts = Load(0.90), Load(0.90)
    for load in (whole, parts):
        load.add(100, 3.0)
    told = 0.0
    for part in (2 / 7, 5 / 7):
        told += parts.minutes(part)
        parts.week(part)
    assert whole.minutes() == pytest.approx(told)
    whole.week()
    assert whole.minutes() == pytest.approx(parts.minutes())
