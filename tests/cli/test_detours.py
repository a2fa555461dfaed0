"""Stuck, back and park, as a learner uses them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import CURRICULUM, Studyctl, write_curriculum

EVENING = "2026-11-23T{}:00+00:00"


def at(clock: str) -> str:
    return EVENING.format(clock)


def state(studyctl: Studyctl, topic: str) -> str:
    topics = studyctl.ok("topics", "--json").json["topics"]
    return next(one["state"] for one in topics if one["id"] == topic)


def stack(studyctl: Studyctl, now: str | None = None) -> list[tuple[str, str]]:
    told = studyctl.ok("back", "--list", "--json", now=now).json["stack"]
    return [(one["from"], one["topic"]) for one in told]


def talk(studyctl: Studyctl, *args: str, says: list[str], now: str | None = None) -> str:
    """A command with somebody at the terminal who types these lines."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("studyctl.cli.quiz.on_terminal", lambda: True)
        return studyctl.ok(*args, stdin="\n".join(says) + "\n", now=now).out


@pytest.fixture
def twice(small: Studyctl) -> Studyctl:
    """Two detours on each other: from products to sums, from sums to numbers."""
    small.ok("start", "products", now=at("20:00"))
    small.ok("stuck", "--because", "sums", "--note", "page 9", now=at("20:40"))
    small.ok("stuck", "--because", "numbers", now=at("21:00"))
    return small


def test_start_on_something_too_hard_says_what_helps_then(small: Studyctl):
    assert "When it gets too hard: studyctl stuck" in small.ok("start", "products").out
    assert "stuck" not in small.ok("start", "numbers").out


def test_the_evening_of_two_detours(twice: Studyctl):
    assert [("products", "sums"), ("sums", "numbers")] == stack(twice, at("21:10"))
    assert ("detoured", "detoured", "studying") == tuple(
        state(twice, one) for one in ("products", "sums", "numbers")
    )
    told = twice.ok("done", "numbers", now=at("21:20")).out
    assert "It was a detour from sums." in told
    told = twice.ok("back", now=at("21:20")).out
    assert "numbers: 20 min of 3 h, learnt" in told
    assert "Back at sums, 21:20; you left at 21:00, after 20 min." in told
    assert "You are still on a detour from products." in told
    told = twice.ok("back", now=at("21:40")).out
    assert "If you have it now: studyctl done sums" in told
    assert "Back at products, 21:40; you left at 20:40, after 40 min." in told
    assert "You were at: page 9" in told
    assert [] == stack(twice)
    hours = twice.ok("log", "--json", now=at("22:00")).json["days"][0]["topics"]
    assert {"products": 1.0, "sums": 0.6667, "numbers": 0.3333} == hours


def test_next_shows_the_detour(twice: Studyctl):
    told = twice.ok("next", "--json", now=at("21:10")).json
    detour = told["detour"]
    assert ("numbers", "sums", 2, 10.0) == tuple(detour[key] for key in ("topic", "from", "depth", "minutes"))
    assert "detour" == told["suggestions"][0]["kind"]
    screen = twice.ok("next", now=at("21:10")).out
    assert "Detour   1  numbers, for sums\n            10 min of 3 h · by you · 2nd step back  " in screen
    assert 1 == screen.count("numbers")


def test_the_stack_shows_depth_time_and_why(twice: Studyctl):
    told = twice.ok("back", "--list", now=at("21:10")).out.splitlines()
    assert told[0].startswith("products")
    assert told[0].endswith("left at 20:40, after 40 min")
    assert "  left at: page 9" == told[1]
    assert told[2].startswith("└─ sums")
    assert told[2].endswith("by you  20 min of 3 h")
    assert told[3].startswith("   └─ numbers")
    assert told[3].endswith("by you  10 min of 3 h  ← here")


def test_without_a_terminal_the_likeliest_is_shown_with_its_evidence(small: Studyctl):
    small.ok("know", "python")
    small.ok("start", "sums")
    told = small.ok("stuck").out
    assert "Most likely in the way of sums:" in told
    assert "not learnt; practised by 50 % of this topic" in told
    assert "Detour to numbers" in told, "one is clear"
    assert "by the odds" in small.ok("back", "--list").out


def test_where_none_is_clear_nothing_is_opened(small: Studyctl):
    small.ok("start", "products")
    told = small.ok("stuck").out
    assert (
        "That is not sure enough to open a detour by itself; the likeliest:\nstudyctl stuck --because "
        in told
    )
    assert [] == stack(small)


def test_stuck_at_a_root_looks_elsewhere(small: Studyctl):
    small.ok("start", "numbers")
    assert "Nothing underneath numbers seems to be in the way" in small.ok("stuck").out


def test_a_quiz_finds_the_culprit_and_rates_nothing(small: Studyctl):
    small.ok("know", "sums", "python")
    small.ok("start", "products")
    told = talk(small, "stuck", says=["y", "n", "n", "where x"])
    assert "would tell (about 3 min)" in told
    assert "sums it is: 0 of 2." in told
    assert "You left products at: where x" in told
    assert [("products", "sums")] == stack(small)
    assert "by quiz, 0 of 2" in small.ok("back", "--list").out
    cards = small.ok("cards", "--json").json["cards"]
    assert {0} == {one["reviews"] for one in cards}
    small.ok("undo")
    assert [] == stack(small)
    assert "studying" == state(small, "products")
    lines = (small.home / "journal" / "desk.jsonl").read_text().splitlines()
    assert ["probed", "probed", "detoured"] == [
        json.loads(line)["do"] for line in lines if "prob" in line or "detour" in line
    ]


def test_a_passed_quiz_clears_and_the_learner_chooses(small: Studyctl):
    small.ok("know", "sums", "python")
    small.ok("start", "products")
    told = talk(small, "stuck", says=["y", "", "y", "", "y", "n", "python", ""])
    assert "sums: 2 of 2, so probably not that." in told
    assert [("products", "python")] == stack(small)


def test_one_can_stay(small: Studyctl):
    small.ok("start", "products")
    assert "Then go on" in talk(small, "stuck", says=["n", "0"])
    assert [] == stack(small)


def test_stopping_a_quiz_leaves_everything_as_it_is(small: Studyctl):
    small.ok("know", "sums", "python")
    small.ok("start", "products")
    talk(small, "stuck", says=["y", "q", "0"])
    assert [] == stack(small)


def test_a_quiz_that_was_broken_off_settles_nothing(small: Studyctl):
    small.ok("know", "sums", "python")
    small.ok("start", "products")
    for says in (["y", "", "y", "q", "0"], ["y", "n", "q", "0"]):
        told = talk(small, "stuck", says=says)
        assert "probably not that" not in told
        assert "it is:" not in told
        assert "Then go on" in told
        assert [] == stack(small)


def test_what_makes_no_sense_is_refused(twice: Studyctl, small: Studyctl):
    told = twice("stuck", "--because", "products", now=at("21:10"))
    assert (2, "error: you left products for a detour and are on it\ntry: studyctl back\n") == (
        told.code,
        told.err,
    )
    assert "numbers is where you are" in twice("stuck", "--because", "numbers", now=at("21:10")).err
    assert "did you mean 'sums'?" in twice("stuck", "--because", "smus", now=at("21:10")).err


def test_without_a_topic_there_is_nothing_to_be_stuck_at(small: Studyctl):
    for verb in ("stuck", "back", "park"):
        told = small(verb)
        assert (2, True) == (told.code, "\ntry: studyctl " in told.err), verb
    assert not small.home.exists()


def test_back_without_a_detour_goes_on_where_one_was(small: Studyctl):
    small.ok("start", "numbers", now=at("20:00"))
    assert 2 == small("back", now=at("20:10")).code, "its clock runs"
    small.ok("stop", "--note", "exercise 12", now=at("20:30"))
    told = small.ok("back", now="2026-11-25T20:00:00+00:00").out
    assert "Back at numbers, 20:00; you were here on Monday.\nYou were at: exercise 12\n" == told


def test_each_step_can_be_taken_back(twice: Studyctl):
    twice.ok("undo")
    assert [("products", "sums")] == stack(twice)
    twice.ok("back", now=at("21:10"))
    twice.ok("undo")
    assert [("products", "sums")] == stack(twice)
    twice.ok("park", now=at("21:20"))
    assert ("parked", "studying") == (state(twice, "sums"), state(twice, "products"))
    assert "parked sums" in twice.ok("undo").out
    assert [("products", "sums")] == stack(twice)
    assert "detour from products to sums" in twice.ok("undo").out
    assert ([], "studying") == (stack(twice), state(twice, "products"))


def test_parked_topics_are_not_suggested_until_they_are_started(small: Studyctl):
    small.ok("start", "numbers")
    told = small.ok("park", "--note", "after the holidays", now=at("20:30")).out
    assert told.startswith("Parked numbers after 0.5 h.")
    assert "numbers" not in {one["topic"] for one in small.ok("next", "--json").json["suggestions"]}
    assert "numbers, today: after the holidays" in small.ok("back", "--list").out
    assert "parked already" in small.ok("park", "numbers").out
    later = at("20:40")
    assert "You left it at: after the holidays" in small.ok("start", "numbers", now=later).out
    assert "studying" == state(small, "numbers")


def test_what_is_learnt_is_not_put_aside(small: Studyctl):
    small.ok("done", "numbers")
    assert 2 == small("park", "numbers").code


def test_a_parked_detour_says_where_it_came_from(twice: Studyctl):
    told = twice.ok("park", now=at("21:10")).out
    assert "It was a detour from sums: studyctl start sums" in told
    assert [("products", "sums")] == stack(twice)


def test_deep_detours_offer_another_way(small: Studyctl):
    small.ok("start", "products", now=at("20:00"))
    for minute, topic in enumerate(("sums", "numbers", "python", "julia"), 1):
        told = small.ok("stuck", "--because", topic, now=at(f"20:{minute:02d}")).out
    assert "That is the 4th step back; perhaps another way is shorter:" in told
    assert "put products aside for now: studyctl park products" in told
    assert small.ok("back", "--list", "--json").json["another_way"]


def test_a_box_used_up_twice_offers_alternatives(small: Studyctl):
    small.ok("start", "products", now=at("08:00"))
    small.ok("stuck", "--because", "python", now=at("09:00"))
    small.ok("stop", now=at("12:00"))
    small.ok("start", "python", now=at("12:00"))
    told = small.ok("next", now=at("15:00")).out
    assert "the box is used up" in told
    assert "instead of python: julia" in told


def test_changes_of_area_are_shown_and_not_scolded(small: Studyctl):
    small.ok("start", "numbers", now=at("18:00"))
    small.ok("start", "python", now=at("19:00"))
    small.ok("start", "products", now=at("20:00"))
    small.ok("stop", now=at("21:00"))
    line = "This month: 1 change of area, about 1 h of finding back in · 1 step back or\nforth along"
    for verb in (("log",), ("back", "--list")):
        assert line in small.ok(*verb, now=at("21:00")).out
    assert {"jumps": 1, "steps_back": 1} == small.ok("log", "--json", now=at("21:00")).json["switches"]


def without(folder: Path, *names: str) -> list[str]:
    """Options for the small curriculum without some topics, those that need them mended."""
    files = {
        name: text.replace('requires: [{topic: sums, why: "a product is a repeated sum"}]', "")
        for name, text in CURRICULUM.items()
        if not any(name.endswith(f"{gone}.yaml") for gone in names) and "tracks" not in name
    }
    return ["--no-builtin", "--curriculum", str(write_curriculum(folder, files))]


def test_a_detour_into_a_topic_that_has_vanished(twice: Studyctl, tmp_path: Path):
    twice.options = without(tmp_path / "other", "numbers", "sums")
    assert "numbers (no longer in the curriculum)" in twice.ok("next", now=at("21:10")).out
    assert "sums (no longer in the curriculum)" in twice.ok("back", "--list", now=at("21:10")).out
    told = twice.ok("back", now=at("21:10")).out
    assert "sums is no longer in the curriculum." in told
    assert "Back at products" in told
    assert [] == stack(twice)


def test_a_detour_from_a_topic_that_has_vanished(small: Studyctl, tmp_path: Path):
    small.ok("start", "products", now=at("20:00"))
    small.ok("stuck", "--because", "numbers", now=at("20:10"))
    small.options = without(tmp_path / "other", "sums", "products")
    told = small.ok("back", now=at("20:20")).out
    assert "products is no longer in the curriculum." in told
    assert "The detour is closed." in told
    assert [] == stack(small)


def test_a_long_note_and_a_hostile_one_are_harmless(small: Studyctl):
    small.ok("start", "products")
    small.ok("stuck", "--because", "sums", "--note", "\x1b[2Jx" * 50)
    assert "\x1b" not in small.ok("back", "--list").out
    assert "\x1b" not in small.ok("back").out
