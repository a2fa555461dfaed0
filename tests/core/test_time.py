"""Instants, study days and weeks."""

from __future__ import annotations

from datetime import date

import pytest

from studyctl.core.time import (
    HOUR,
    Instant,
    day_start,
    from_date,
    from_iso,
    local_iso,
    monday,
    offset_of,
    study_day,
    to_date,
    to_iso,
)


def test_half_past_one_at_night_still_belongs_to_yesterday():
    night = from_iso("2026-11-24T01:30:00+01:00")
    assert date(2026, 11, 23) == to_date(study_day(night, 60))
    assert date(2026, 11, 24) == to_date(study_day(night, 60, day_starts_at=0))


def test_the_study_day_is_the_learners_own():
    evening = from_iso("2026-11-23T20:00:00Z")
    assert date(2026, 11, 23) == to_date(study_day(evening, 60))
    assert date(2026, 11, 24) == to_date(study_day(evening, 13 * 60))


@pytest.mark.parametrize("offset", [-720, -570, 0, 60, 345, 840])
@pytest.mark.parametrize("hour", [0, 4, 23])
def test_a_study_day_begins_where_the_day_before_ends(offset, hour):
    day = from_date(date(2026, 11, 23))
    begin = day_start(day, offset, hour)
    assert day == study_day(begin, offset, hour)
    assert day - 1 == study_day(begin - 1, offset, hour)
    assert day == study_day(begin + 24 * HOUR - 1, offset, hour)


def test_weeks_begin_on_monday():
    for number in range(7):
        assert date(2026, 11, 23) == to_date(monday(from_date(date(2026, 11, 23 + number))))


@pytest.mark.parametrize(
    ("text", "ms"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:00.120Z", 120),
        ("1970-01-01T01:00:00.120999+01:00", 120),
        ("1970-01-01T00:00Z", 0),
        ("1970-01-01T01:00+0100", 0),
        ("1969-12-31T23:59:59.999Z", -1),
    ],
)
def test_a_moment_is_read_to_the_millisecond(text, ms):
    assert ms == from_iso(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-11-23",
        "2026-11-23T20:00",
        "2026-02-30T20:00Z",
        "20261123T200000Z",
        "２０26-11-23T20:00Z",
    ],
)
def test_a_moment_without_its_offset_is_none(text):
    with pytest.raises(ValueError, match=r"."):
        from_iso(text)


def test_moments_are_written_as_they_are_read():
    for ms in (0, 1, 999, 1_795_000_000_123, -1):
        assert ms == from_iso(to_iso(ms))
    assert "2026-11-18T11:06:40.007Z" == to_iso(1_795_000_000_007)


def test_a_moment_is_shown_as_the_learners_clock_shows_it():
    assert "1970-01-01T05:45:00.007+05:45" == local_iso(Instant(7, 345))


def test_an_offset_is_known_only_where_a_clock_was_named():
    assert offset_of("2026-11-23T20:00:00Z") is None
    assert 0 == offset_of("2026-11-23T20:00:00+00:00")
    assert -570 == offset_of("2026-11-23T20:00:00,5-09:30")
