"""`status`: one screen that says what today asks for, what that keeps, and one good thing that is true."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import lives
import pytest
from conftest import Studyctl
from lives import at


@pytest.fixture
def life(studyctl: Studyctl, tmp_path: Path) -> Studyctl:
    return lives.live(studyctl, tmp_path)


def test_it_fits_a_small_terminal_whatever_there_is(life: Studyctl):
    life.ok("goal", "add", "all", "--by", "2025-09-30")
    for topic in ("t20", "t21", "t22"):
        life.ok("goal", "add", topic)
    life.ok("start", "t23")
    life.ok("stuck", "--because", "t1")
    told = life.ok("status", now=at(lives.DAYS + 40)).out
    lines = told.splitlines()
    assert len(lines) <= 24
    assert all(len(line) <= 80 for line in lines)
    assert "\x1b" not in told


def fading(life: Studyctl) -> tuple[str, date]:
    """The topic that fades first if reviews stop, and on which day."""
    topics = life.ok("topics", "--json", now=at(lives.DAYS)).json["topics"]
    days = [(one["knowledge"]["fades_on"], one["id"]) for one in topics if one["recall"]]
    day, topic = min((day, topic) for day, topic in days if day)
    return topic, date.fromisoformat(day)


def test_todays_minutes_say_what_they_keep(life: Studyctl):
    topic, day = fading(life)
    soon = f"{day - timedelta(days=20)}T20:00:00+00:00"
    told = life.ok("status", "--json", now=soon).json
    assert told["today"]["minutes_due"] == told["minutes_due"] > 0
    assert topic in told["today"]["keeps"]
    assert [] == life.ok("status", "--json", now=at(lives.DAYS)).json["today"]["keeps"]


def test_what_faded_since_last_week_is_told_once_it_did(life: Studyctl):
    topic, day = fading(life)
    before, then, later = (
        life.ok("status", "--json", now=f"{day + timedelta(days=shift)}T20:00:00+00:00").json["faded_lately"]
        for shift in (-1, 0, 30)
    )
    assert topic in [one["topic"] for one in then]
    assert all(one["now"] < 0.70 <= one["before"] for one in then)
    assert topic not in [one["topic"] for one in (*before, *later)]


def test_the_next_deadline_is_the_nearest_one(small: Studyctl):
    assert small.ok("status", "--json").json["deadline"] is None
    small.ok("goal", "add", "products", "--by", "2027-06-01")
    small.ok("goal", "add", "julia", "--by", "2027-01-31")
    told = small.ok("status", "--json").json["deadline"]
    assert ("julia", "2027-01-31") == (told["goal"], told["by"])
    assert "julia by 31 Jan 2027, in 69 days" in small.ok("status").out
    small.ok("know", "julia")
    assert "products" == small.ok("status", "--json").json["deadline"]["goal"]


def test_goals_have_a_range_in_which_they_are_reached(small: Studyctl):
    small.ok("goal", "add", "arithmetic")
    (goal,) = small.ok("status", "--json").json["goals"]
    early, late = goal["finish_between"]
    assert early <= goal["finish"] <= late


def test_a_streak_is_told_where_there_is_one_and_nothing_where_it_broke(small: Studyctl):
    for day in (20, 21, 22):
        small.ok("log", "numbers", "20", now=f"2026-11-{day}T20:00:00+00:00")
    assert "3 days in a row" in small.ok("status").out
    for word in ("streak", "row", "broke", "lost"):
        assert word not in small.ok("status", now="2026-12-20T20:00:00+00:00").out


def test_the_good_news_is_true(small: Studyctl):
    told = small.ok("status", "--json").json
    ready = sum(one["ready"] for one in small.ok("topics", "--json").json["topics"])
    assert {"kind": "ready", "text": f"{ready} topics can be begun today."} == told["good_news"]
    small.ok("done", "numbers")
    assert "Learnt in the last seven days: numbers." in small.ok("status").out


def test_the_stack_of_detours_is_shown(small: Studyctl):
    small.ok("start", "products")
    small.ok("stuck", "--because", "sums")
    small.ok("stuck", "--because", "numbers")
    told = small.ok("status").out
    assert "numbers, for sums" in told
    assert "sums, for products" in told
    assert ["sums", "numbers"] == [one["topic"] for one in small.ok("status", "--json").json["detours"]]


def test_the_hours_of_this_week_are_those_of_the_log(small: Studyctl):
    """Also for a session that began on Sunday night and ended on Monday."""
    small.ok("log", "numbers", "120", now="2026-11-23T05:00:00+00:00")
    small.ok("log", "sums", "60", now="2026-11-23T12:00:00+00:00")
    weeks = {one["week"]: one["hours"] for one in small.ok("log", "--json").json["weeks"]}
    assert {"2026-11-16": 2.0, "2026-11-23": 1.0} == weeks
    assert 1.0 == small.ok("status", "--json").json["hours_this_week"]


def test_a_goal_has_an_end_whichever_alternative_the_plan_takes(small: Studyctl):
    """`products` needs Python or Julia; the plan takes what is shorter, and that stands second."""
    julia = Path(small.options[-1]) / "topics/code/julia.yaml"
    julia.write_text(julia.read_text().replace("hours: 5", "hours: 1"))
    small.ok("goal", "add", "products")
    plan = small.ok("plan", "--json").json
    (goal,) = small.ok("status", "--json").json["goals"]
    assert (plan["finish"], plan["finish_between"]) == (goal["finish"], goal["finish_between"])
    report = small.ok("report", "--json").json
    (goal,) = report["week"]["goals"]
    assert (plan["finish"], plan["finish_between"]) == (goal["finish"], goal["finish_between"])
    assert report["burn_up"]["total"] == report["burn_up"]["ahead"][-1]["likely"] == 13.0


def test_a_curriculum_without_topics_promises_none(studyctl: Studyctl, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    studyctl.options = ["--no-builtin", "--curriculum", str(tmp_path / "empty")]
    assert studyctl.ok("status", "--json").json["good_news"] is None
    assert "can be begun" not in studyctl.ok("status").out
    assert studyctl.ok("report", "--html", "-").out


def test_what_was_known_once_is_counted_and_its_years_are_told(small: Studyctl):
    small.ok("know", "products", "--once", "2016")
    assert "; 4 known once" in small.ok("status").out
    told = small.ok("why", "products").out
    assert "products (6 h): known once, in 2016\n" in told
    assert "  three questions tell what is left: studyctl place products\n" in told


def test_new_cards_are_told_apart_from_due_ones(small: Studyctl):
    small.ok("know", "sums")
    assert "5 new cards to review" in small.ok("status").out
    assert "Reviews  5 new, about" in small.ok("next").out
    small.ok("rate", "sums/two-and-two", "again")
    later = "2026-11-24T20:00:00+00:00"
    assert "1 card and 4 new to review" in small.ok("status", now=later).out
    assert "Reviews  1 due, 4 new, about" in small.ok("next", now=later).out


def test_what_was_studied_today_is_no_time_left_for_study(small: Studyctl):
    small.ok("config", "set", "hours_per_week", "{mon: 2}")
    assert "1 h 50 min for study" in small.ok("status").out, "a tenth is kept free"
    small.ok("log", "numbers", "60", now="2026-11-23T20:01:00+00:00")
    assert "50 min for study" in small.ok("status", now="2026-11-23T20:02:00+00:00").out
    small.ok("log", "numbers", "60", now="2026-11-23T20:03:00+00:00")
    assert "for study" not in small.ok("status", now="2026-11-23T20:04:00+00:00").out
