"""Start, stop, done, know, log and undo, as a learner uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Studyctl


def state(studyctl: Studyctl, topic: str, **how: str) -> str:
    topics = studyctl.ok("topics", "--json", **how).json["topics"]
    return next(one["state"] for one in topics if one["id"] == topic)


def test_a_topic_can_be_started_whatever_is_missing_and_that_is_said(small: Studyctl):
    told = small.ok("start", "products").out
    assert "Started products (6 h), 20:00." in told
    assert "Not learnt yet, in the order in which it would help:" in told
    assert told.index("numbers") < told.index("sums")
    assert "a product is a repeated sum" in told
    assert "studying" == state(small, "products")


def test_a_number_takes_the_suggestion_of_next(small: Studyctl):
    first = small.ok("next", "--json").json["suggestions"][0]["topic"]
    assert f"Started {first} " in small.ok("start", "1").out


def test_a_number_that_next_does_not_show_is_an_error(small: Studyctl):
    told = small("start", "9")
    assert (2, "") == (told.code, told.out)
    assert "no number 9\ntry: studyctl next" in told.err


def test_the_clock_survives_between_commands(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-23T20:00:00+00:00")
    told = small.ok("stop", now="2026-11-23T20:45:00+00:00").out
    assert "Stopped numbers after 45 min; 0.8 h in all.\n" == told
    assert "studying" == state(small, "numbers")


def test_a_forgotten_clock_stops_counting_at_the_cap(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-23T20:00:00+00:00")
    told = small.ok("stop", now="2026-11-24T08:00:00+00:00").out
    assert "after 3 h, where a forgotten clock stops; 3 h in all." in told
    assert "When it really was: studyctl log --ended '2026-11-23 23:00'" in told


def test_a_forgotten_clock_swallows_no_other_evening(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-23T20:00:00+00:00")
    assert "is running since 20:00" in small.ok("start", "numbers", now="2026-11-23T22:00:00+00:00").out
    told = small.ok("start", "numbers", now="2026-11-24T20:00:00+00:00").out
    assert "Stopped numbers after 3 h, where a forgotten clock stops." in told
    assert "studyctl log --ended '2026-11-23 23:00'" in told
    small.ok("stop", now="2026-11-24T21:30:00+00:00")
    log = small.ok("log", "--json", now="2026-11-24T21:30:00+00:00").json
    assert [3.0, 1.5] == [one["hours"] for one in log["sessions"]]


def test_the_command_that_corrects_a_forgotten_clock_means_that_session(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-23T18:00:00+00:00")
    small.ok("stop", now="2026-11-23T20:00:00+00:00")
    small.ok("start", "sums", now="2026-11-23T21:00:00+00:00")
    told = small.ok("start", "numbers", now="2026-11-24T20:00:00+00:00").out
    command = told.partition("studyctl log --ended '")[2].partition("'")[0]
    assert "sums on 23 Nov: 3 h" in small.ok("log", "--ended", command, now="2026-11-24T20:00:00+00:00").out


def test_stop_can_say_when_it_really_was(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-23T20:00:00+00:00")
    told = small.ok("stop", "--at", "20:30", "--note", "page 9", now="2026-11-23T23:00:00+00:00").out
    assert "after 30 min" in told


def test_stop_before_the_start_or_in_the_future_is_refused(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-23T20:00:00+00:00")
    late = "2026-11-23T20:10:00+00:00"
    assert "19:30 is not between the start at 20:00 and now" in small("stop", "--at", "19:30", now=late).err
    assert "has not been yet" in small("stop", "--at", "2026-11-23T21:00:00+00:00", now=late).err
    assert "is no time" in small("stop", "--at", "soon", now=late).err
    assert 2 == small("stop", "--at", "soon", now=late).code


def test_stop_without_a_clock_says_what_to_do(small: Studyctl):
    told = small("stop")
    assert (2, "error: no clock is running\ntry: studyctl start TOPIC\n") == (told.code, told.err)


def test_done_makes_cards_available_and_shows_what_is_unlocked(small: Studyctl):
    told = small.ok("done", "numbers").out
    assert "Done numbers." in told
    assert "2 cards of it, at 10 new ones a day" in told
    assert "Unlocked: sums" in told
    assert 2 == small.ok("next", "--json").json["reviews"]["due"]


def test_done_records_the_exit_test(small: Studyctl):
    assert "exit test 1 of 1" in small.ok("done", "numbers", "--result", "1/1").out
    for wrong in ("2/1", "x", "0/0"):
        assert 2 == small("done", "numbers", "--result", wrong).code


def test_done_without_a_name_means_the_topic_whose_clock_runs(small: Studyctl):
    assert 2 == small("done").code
    small.ok("start", "numbers")
    small.ok("done", now="2026-11-23T21:00:00+00:00")
    assert "done" == state(small, "numbers")


def test_know_takes_what_it_needs_along_and_shows_it(small: Studyctl):
    told = small.ok("know", "sums").out
    assert "Known: sums" in told
    assert "and with it what it needs: numbers" in told
    assert "known" == state(small, "numbers")


def test_know_only_means_just_that(small: Studyctl):
    small.ok("know", "sums", "--only")
    assert ("known", "new") == (state(small, "sums"), state(small, "numbers"))


def test_knowing_something_once_is_a_state_of_its_own(small: Studyctl):
    small.ok("know", "sums", "--once", "2016")
    assert "once" == state(small, "sums")
    topics = {one["id"]: one for one in small.ok("topics", "--json").json["topics"]}
    assert 1 == topics["sums"]["forgotten"]
    assert not topics["products"]["ready"]


def test_a_year_that_is_none_is_refused(small: Studyctl):
    assert 2 == small("know", "sums", "--once", "2096").code


def test_knowing_many_topics_is_no_wall_of_cards(studyctl: Studyctl):
    studyctl.ok("know", "linear-regression")
    topics = studyctl.ok("topics", "--state", "known", "--json").json["topics"]
    assert 24 == len(topics)
    assert 10 == studyctl.ok("next", "--json").json["reviews"]["due"]


def test_log_adds_minutes_and_shows_them_by_day_week_and_area(small: Studyctl):
    small.ok("log", "numbers", "90")
    told = small.ok("log").out
    assert "Mon 23 Nov" in told
    assert "numbers 1.5 h" in told
    assert "Maths" in told
    assert 1.5 == small.ok("log", "--json").json["days"][0]["hours"]


def test_log_refuses_what_is_no_time(small: Studyctl):
    for minutes in ("0", "-5", "9999", "nan"):
        assert 2 == small("log", "numbers", "--", minutes).code, minutes
    assert 2 == small("log", "numbers").code


def test_undo_takes_back_the_last_command_whole(small: Studyctl):
    small.ok("know", "sums")
    small.ok("undo")
    assert "new" == state(small, "sums")
    assert "new" == state(small, "numbers")


def test_undo_goes_further_back_each_time(small: Studyctl):
    small.ok("done", "numbers")
    small.ok("start", "sums")
    small.ok("undo")
    assert ("done", "new") == (state(small, "numbers"), state(small, "sums"))
    small.ok("undo")
    assert "new" == state(small, "numbers")
    assert "nothing to undo" in small.ok("undo").out


def test_names_may_be_short_but_never_guessed(small: Studyctl):
    small.ok("start", "num")
    assert "studying" == state(small, "numbers")
    told = small("start", "p")
    assert (2, "error: 'p' is the beginning of 2 topics: products, python\n") == (told.code, told.err)
    told = small("start", "nubmers")
    assert "did you mean 'numbers'?" in told.err


def test_every_event_has_its_command_as_a_batch(small: Studyctl):
    small.ok("know", "sums")
    lines = [json.loads(line) for line in (small.home / "journal" / "desk.jsonl").read_text().splitlines()]
    assert ["known", "known"] == [line["do"] for line in lines]
    assert 1 == len({line["batch"] for line in lines})
    assert {1} == {line["v"] for line in lines}


def test_the_day_on_which_one_was_here_turns_when_days_do(small: Studyctl, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("STUDYCTL_DAY_STARTS_AT", "0")
    small.ok("start", "numbers", now="2026-11-23T01:00:00+00:00")
    small.ok("stop", now="2026-11-23T02:00:00+00:00")
    assert "you were here today" in small.ok("next").out


def test_a_clock_that_was_put_back_meanwhile_still_stops(small: Studyctl):
    small.ok("start", "numbers", now="2026-11-22T20:00:00+00:00")
    told = small.ok("stop", now="2026-11-22T19:00:00+00:00").out
    assert "Stopped numbers after 0 min; 0 h in all." in told
    assert 2 == small("stop", now="2026-11-22T19:10:00+00:00").code, "no clock runs"


def test_answers_of_a_clock_that_was_a_year_ahead_bind_no_later_ones(small: Studyctl):
    small.ok("know", "sums", now="2026-11-20T20:00:00+00:00")
    small.ok("rate", "sums/two-and-two", "good", now="2027-11-22T20:00:00+00:00")
    small.ok("undo", now="2026-11-23T20:00:00+00:00")
    for card in ("sums/two-and-two", "sums/parts.c1"):
        told = small.ok("rate", card, "good", "--json", now="2026-11-23T20:05:00+00:00").json
        assert told["at"].startswith("2026-11-23T20:05:00"), told


def test_undo_takes_nothing_back_that_went_into_a_package(
    small: Studyctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    small.ok("know", "sums")
    small.ok("rate", "sums/two-and-two", "good", now="2026-11-23T20:01:00+00:00")
    small.ok("deck", "build", "sums", now="2026-11-23T20:02:00+00:00")
    assert "written" in (small.home / "journal" / "desk.jsonl").read_text()
    assert "sums/two-and-two: good" in small.ok("undo", now="2026-11-23T20:03:00+00:00").out
    assert "known sums" in small.ok("undo", now="2026-11-23T20:04:00+00:00").out
    assert "nothing to undo" in small.ok("undo", now="2026-11-23T20:05:00+00:00").out
