"""`log`: where the hours went, gaps, a spreadsheet, and the stop that was forgotten."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from conftest import Studyctl


@pytest.fixture
def weeks(small: Studyctl) -> Studyctl:
    """Some sessions over two weeks; one clock was forgotten."""
    small.ok("log", "numbers", "60", now="2026-11-10T20:00:00+00:00")
    small.ok("log", "sums", "30", now="2026-11-16T20:00:00+00:00")
    small.ok("start", "sums", now="2026-11-21T18:00:00+00:00")
    small.ok("start", "python", now="2026-11-22T18:00:00+00:00")
    small.ok("stop", "--note", "=HYPERLINK(1)", now="2026-11-22T19:30:00+00:00")
    return small


def test_hours_by_day_week_area_and_topic(weeks: Studyctl):
    told = weeks.ok("log", "--json").json
    assert {"numbers": 1.0, "sums": 3.5, "python": 1.5} == {
        one["topic"]: one["hours"] for one in told["topics"]
    }
    assert {"maths": 4.5, "code": 1.5} == {one["area"]: one["hours"] for one in told["areas"]}
    assert [("2026-11-09", 1.0), ("2026-11-16", 5.0)] == [
        (one["week"], one["hours"]) for one in told["weeks"]
    ]
    screen = weeks.ok("log", "--by", "topic", "--by", "area").out
    assert screen.index("By topic") < screen.index("By area")
    assert "By week" not in screen
    assert 2 == weeks("log", "--by", "mood").code


def test_gaps_are_told_and_reviews_are_none(weeks: Studyctl):
    told = weeks.ok("log", "--json").json["gaps"]
    assert [("2026-11-11", 5), ("2026-11-17", 4)] == [(one["first"], one["days"]) for one in told]
    assert "Without study or reviews: 17 Nov to 20 Nov, 11 Nov to 15 Nov" in weeks.ok("log").out


def test_only_from_a_day_on(weeks: Studyctl):
    told = weeks.ok("log", "--since", "2026-11-16", "--json").json
    assert 3 == len(told["sessions"])
    for since in ("soon", "2027-01-01"):
        assert 2 == weeks("log", "--since", since).code
    assert "No hours since 2026-11-23" in weeks.ok("log", "--since", "2026-11-23").out


def test_a_spreadsheet_has_every_session_and_no_formula(weeks: Studyctl, tmp_path: Path):
    path = tmp_path / "hours.csv"
    weeks.ok("log", "--csv", str(path))
    rows = list(csv.DictReader(io.StringIO(path.read_text())))
    assert 4 == len(rows)
    assert "'=HYPERLINK(1)" == rows[3]["note"]
    assert ("yes", "3.0000") == (rows[2]["clock_forgotten"], rows[2]["hours"])
    assert path.read_text() == weeks.ok("log", "--csv", "-").out
    told = weeks("log", "--csv", str(tmp_path / "no" / "where.csv"))
    assert 2 == told.code


def test_a_forgotten_stop_is_said_afterwards(weeks: Studyctl):
    assert "ended by the cap" in weeks.ok("log").out
    told = weeks.ok("log", "--ended", "2026-11-21 19:15").out
    assert "sums on 21 Nov: 1 h 15 min, not 3 h; 1.8 h in all.\n" == told
    assert "ended by the cap" not in weeks.ok("log").out
    assert {"sums": 1.75} == {
        one["topic"]: one["hours"]
        for one in weeks.ok("log", "--json").json["topics"]
        if one["topic"] == "sums"
    }
    assert "sums" in weeks.ok("undo").out
    assert "ended by the cap" in weeks.ok("log").out


def test_an_end_that_cannot_have_been_is_refused(weeks: Studyctl):
    for when, why in (
        ("soon", "is no time"), ("2026-11-30 19:00", "has not been yet"), ("2026-11-01 10:00", "no session began"),
        ("2026-11-19 10:00", "more than a day earlier"),
    ):  # fmt: skip
        told = weeks("log", "--ended", when)
        assert 2 == told.code, when
        assert why in told.err


def test_minutes_of_another_day_are_logged_there(weeks: Studyctl):
    told = weeks.ok("log", "numbers", "45", "--ended", "2026-11-14 21:30").out
    assert told.startswith("Logged 45 min of numbers")
    days = {one["date"]: one["hours"] for one in weeks.ok("log", "--json").json["days"]}
    assert 0.75 == days["2026-11-14"]
    assert "numbers" in weeks.ok("undo").out
    for when in ("soon", "2026-11-30 19:00"):
        told = weeks("log", "numbers", "45", "--ended", when)
        assert (2, "") == (told.code, told.out)
        assert "try: studyctl log numbers 45 --ended 21:30" in told.err


def test_a_clock_that_still_runs_is_stopped_at_that_time(small: Studyctl):
    small.ok("start", "sums", now="2026-11-23T10:00:00+00:00")
    told = small.ok("log", "--ended", "11:30").out
    assert "sums on 23 Nov: 1 h 30 min; 1.5 h in all.\n" == told
    assert 2 == small("stop").code


def test_what_is_said_of_a_clock_that_runs_counts_beyond_the_cap(small: Studyctl):
    small.ok("start", "sums", now="2026-11-23T10:00:00+00:00")
    told = small.ok("log", "--ended", "15:00").out
    assert "sums on 23 Nov: 5 h; 5 h in all.\n" in told
    assert "session_cap" in told
    assert "ended by the cap" not in small.ok("log").out
    small.ok("undo")
    assert "sums, 3 h on the clock" in small.ok("status").out


def test_a_clock_that_runs_for_days_was_not_stopped_today(small: Studyctl):
    small.ok("start", "sums", now="2026-11-20T10:00:00+00:00")
    told = small("log", "--ended", "15:00")
    assert (2, "") == (told.code, told.out)
    assert "more than a day earlier" in told.err


def test_days_before_one_began_are_no_gap(weeks: Studyctl):
    told = weeks.ok("log", "--since", "2020-01-01", "--json").json["gaps"]
    assert ["2026-11-11", "2026-11-17"] == [one["first"] for one in told]
    gaps = weeks.ok("report", "--since", "2026-10-01", "--json", "--week").json["week"]["gaps"]
    assert told == gaps


def test_nobody_is_nagged_about_it_while_studying(weeks: Studyctl):
    for words in (["status"], ["next"], ["start", "numbers"], ["stop"]):
        told = weeks.ok(*words).out
        assert "cap" not in told
        assert "forgot" not in told


def test_a_year_fits_into_sixty_columns_and_its_hours_are_in_the_json(weeks: Studyctl):
    told = weeks.ok("log", "--year").out
    rows = told.splitlines()
    assert all(len(row) <= 72 for row in rows)
    assert "█" in next(row for row in rows if row.startswith("Sun"))
    assert "█" not in next(row for row in rows if row.startswith("Mon"))
    hours = sum(one["hours"] for one in weeks.ok("log", "--json").json["with_reviews"])
    assert f"{hours:.1f}".removesuffix(".0") + " h on 4 days" in told


def test_every_session_with_its_note(weeks: Studyctl):
    rows = weeks.ok("log", "--sessions").out.splitlines()
    assert "python: =HYPERLINK(1)" in rows[0]
    assert "sums (ended by the cap)" in rows[1]
