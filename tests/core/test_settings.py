"""What the settings may hold, and the words for what they may not."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from studyctl.core.settings import SETTINGS
from studyctl.core.time import from_date


def test_hours_of_a_week_of_weekdays_and_of_periods():
    hours = SETTINGS["hours_per_week"].read
    assert [1.0] * 7 == list(hours(7).days)
    assert (1.0, 0.0, 0.0, 0.0, 0.0, 3.0, 0.0) == hours({"mon": 1, "sat": 3}).days
    told = hours(
        [
            {"hours": 14},
            {"from": "2026-12-01", "to": "2026-12-24", "hours": 7},
            {"from": "2026-12-20", "to": "2026-12-31", "hours": {"sat": 5}},
        ]
    )
    of = {day: told.of(from_date(date(2026, 12, day))) for day in (1, 19, 20, 26, 31)}
    assert {1: 1.0, 19: 1.0, 20: 0.0, 26: 5.0, 31: 0.0} == of, "the period that begins last counts"
    assert 2.0 == told.of(from_date(date(2027, 1, 1)))
    assert 14 == told.a_week


def test_without_a_default_there_are_six_hours_outside_of_periods():
    told = SETTINGS["hours_per_week"].read([{"from": "2026-12-01", "to": "2026-12-24", "hours": 0}])
    assert (0, 6) == (
        told.of(from_date(date(2026, 12, 24))),
        round(7 * told.of(from_date(date(2026, 12, 25)))),
    )


@pytest.mark.parametrize(
    ("key", "value", "what"),
    [
        ("hours_per_week", 169, "hours of a week"),
        ("hours_per_week", -1, "hours of a week"),
        ("hours_per_week", {"mon": 25}, "hours of a day"),
        ("hours_per_week", {"monday": 1}, "weekdays are mon, tue"),
        ("hours_per_week", [3], "each period is"),
        ("hours_per_week", [{"from": "2026-12-01", "to": "2026-12-24"}], "each period is"),
        ("hours_per_week", [{"from": "2026-12-24", "to": "2026-12-01", "hours": 1}], "before it begins"),
        ("hours_per_week", [{"from": "soon", "to": "2026-12-01", "hours": 1}], "'soon' is no date such as"),
        ("hours_per_week", [{"from": "2026-12-01", "hours": 1}], "None is no date such as"),
        ("desired_retention", 0.2, "a desired retention"),
        ("desired_retention", {"code": 1.0}, "a desired retention"),
        ("smooth", 1, "is true or false, not 1"),
        ("cards_from", "later", "is done or start, not 'later'"),
        ("hours_per_week", [{"hours": [{"hours": 3}]}], "hours of a week is a number"),
        ("interest", 3, "is a map such as"),
        ("interest", {"code": 9}, "9"),
        ("new_per_day", 2.5, "2.5"),
    ],
)
def test_what_is_no_value_is_said(key: str, value: Any, what: str):
    with pytest.raises(ValueError, match=re.escape(what)):
        SETTINGS[key].read(value)
