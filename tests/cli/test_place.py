"""Placement, probes of one topic, and what was known once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Studyctl
from test_detours import state, talk


def answers(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n")
    return str(path)


def right(topic: str, told: bool = True) -> dict[str, object]:
    return {"topic": topic, "right": told}


def kinds(studyctl: Studyctl) -> list[str]:
    lines = (studyctl.home / "journal" / "desk.jsonl").read_text().splitlines()
    return [json.loads(line)["do"] for line in lines]


def test_answers_from_a_file_place_everything(studyctl: Studyctl, tmp_path: Path):
    path = answers(tmp_path, right("linear-regression"), right("svd"), right("entropy", False))
    told = studyctl.ok("place", "--track", "first-model", "--answers", path, "--json").json
    assert 3 == told["questions"]
    assert "vectors-and-dot-product" in told["known"]
    everything = told["known"] + told["unsure"] + told["unknown"]
    assert 24 == len(everything) == len(set(everything))
    assert "known" == state(studyctl, "vectors-and-dot-product")
    assert "placed" == kinds(studyctl)[-1]


def test_one_answer_does_not_make_half_the_curriculum_known(studyctl: Studyctl, tmp_path: Path):
    path = answers(tmp_path, right("naive-sets", False))
    told = studyctl.ok("place", "--answers", path, "--json").json
    assert [] == told["known"]
    assert len(told["unsure"]) > 300


def test_a_placement_is_one_batch_and_can_be_taken_back(studyctl: Studyctl, tmp_path: Path):
    path = answers(tmp_path, right("linear-regression"))
    studyctl.ok("place", "--track", "first-model", "--answers", path)
    assert "known" == state(studyctl, "python-basics")
    studyctl.ok("undo")
    assert "new" == state(studyctl, "python-basics")
    assert "nothing to undo" in studyctl.ok("undo").out


def test_no_rating_is_invented(studyctl: Studyctl, tmp_path: Path):
    studyctl.ok("place", "--track", "first-model", "--answers", answers(tmp_path, right("linear-regression")))
    assert "reviewed" not in kinds(studyctl)
    assert 10 == studyctl.ok("next", "--json").json["reviews"]["due"], "new_per_day of them are asked"


def test_what_is_unsure_is_offered_first_as_a_probe(studyctl: Studyctl, tmp_path: Path):
    studyctl.ok("goal", "add", "first-model")
    path = answers(tmp_path, right("projections-and-least-squares"), right("linear-regression", False))
    unsure = studyctl.ok("place", "--answers", path, "--json").json["unsure"]
    first = studyctl.ok("next", "--json").json["suggestions"][0]
    assert first["topic"] in unsure
    assert f"perhaps known: three questions tell, studyctl place {first['topic']}" in first["why"]


def test_bad_answers_are_named_by_line(small: Studyctl, tmp_path: Path):
    for line, says in (
        ('{"topic": "numbers"}', ":2: not a line such as"),
        ("nonsense", ":2: not a line such as"),
        ('{"topic": "nubmers", "right": true}', "did you mean 'numbers'?"),
    ):
        told = small("place", "--answers", answers(tmp_path, right("numbers"), line))
        assert (2, True) == (told.code, says in told.err), told.err
    assert 1 == small("place", "--answers", str(tmp_path / "none")).code
    assert not small.home.exists()


def test_answers_come_through_a_pipe_as_well(small: Studyctl):
    told = small.ok("place", "--answers", "-", "--json", stdin='{"topic": "products", "right": true}\n').json
    assert {"numbers", "sums"} <= set(told["known"])


def test_without_a_terminal_place_says_so(small: Studyctl):
    told = small("place")
    assert (2, "error: place asks on a terminal, and this is none\ntry: studyctl place --answers FILE\n") == (
        told.code,
        told.err,
    )
    assert "studyctl know numbers" in small("place", "numbers").err
    assert not small.home.exists()


def test_a_placement_can_be_stopped_and_gone_on_with(small: Studyctl):
    told = talk(small, "place", says=["n", "q"])
    assert "1 of at most 40" in told
    assert "Stopped after 1 question. studyctl place goes on." in told
    told = talk(small, "place", says=["n"] * 9)
    assert "Going on after 1 question; what you said is kept." in told
    assert "unknown" in told
    assert "placed" == kinds(small)[-1]


def test_a_placement_can_begin_anew(small: Studyctl):
    talk(small, "place", says=["n", "q"])
    assert "1 of at most 40" in talk(small, "place", "--again", says=["q"])


def test_topics_without_cards_are_told_by_ones_own_word(small: Studyctl):
    told = talk(small, "place", "--track", "julia", says=["y", "y"])
    assert "Could you explain this to somebody now?" in told
    assert "known" == state(small, "julia")


def test_three_questions_decide_about_one_topic(small: Studyctl):
    assert "numbers: 2 of 2, so it is known now." in talk(small, "place", "numbers", says=["", "y", "", "y"])
    assert "known" == state(small, "numbers")
    assert "sums: 0 of 2, so it is still to learn." in talk(small, "place", "sums", says=["n", "n"])
    assert "new" == state(small, "sums")
    small.ok("undo")
    small.ok("undo")
    assert "new" == state(small, "numbers")


def test_what_three_questions_decided_is_not_overruled_by_a_placement(small: Studyctl, tmp_path: Path):
    talk(small, "place", "sums", says=["n", "n"])
    path = answers(tmp_path, right("products"), right("python"))
    told = small.ok("place", "--answers", path, "--json", now="2026-11-23T20:10:00+00:00").json
    assert "sums" not in told["known"]


def test_a_placement_without_answers_records_nothing(small: Studyctl, tmp_path: Path):
    small.ok("know", "numbers")
    (tmp_path / "none.jsonl").write_text("\n")
    told = small("place", "--answers", str(tmp_path / "none.jsonl"))
    assert (2, "") == (told.code, told.out)
    assert "holds no answer" in told.err
    talk(small, "place", says=["n", "q"])
    before = kinds(small)
    assert 2 == small("place", "--again", "--answers", str(tmp_path / "none.jsonl")).code
    assert before == kinds(small), "what was answered before is still there"


def test_what_goes_on_with_a_placement_is_said_in_full(small: Studyctl):
    told = talk(small, "place", "--track", "arithmetic", says=["n", "q"])
    assert "studyctl place --track arithmetic goes on." in told


def test_a_learnt_topic_that_fails_its_questions_comes_back(small: Studyctl):
    small.ok("goal", "add", "products")
    small.ok("know", "sums", "python")
    later = "2026-11-24T20:00:00+00:00"
    told = talk(small, "place", "sums", says=["n", "n"], now=later)
    assert "it comes back into the plan as a refresh" in told
    topics = {one["id"]: one for one in small.ok("topics", "--json", now=later).json["topics"]}
    assert (True, False) == (topics["sums"]["faded"], topics["products"]["ready"])
    first = small.ok("next", "--json", now=later).json["suggestions"][0]
    assert ("sums", "refresh") == (first["topic"], first["kind"])
    assert "a quiz found it gone, 0 of 2" in first["why"]
    items = [item for week in small.ok("plan", "--json", now=later).json["weeks"] for item in week["items"]]
    assert ["sums", "products"] == list(dict.fromkeys(item["topic"] for item in items))
    assert "refresh" == items[0]["kind"]
    assert "a quiz found it gone (0 of 2)" in small.ok("why", "sums", now=later).out
    small.ok("done", "sums", now="2026-11-25T20:00:00+00:00")
    topics = {one["id"]: one for one in small.ok("topics", "--json", now=later).json["topics"]}
    assert not topics["sums"]["faded"], "it was learnt again"


def test_a_topic_without_cards_has_no_questions(small: Studyctl):
    assert "julia has no cards to ask" in small("place", "julia").err


def test_knowing_something_once_begins_with_questions(small: Studyctl):
    told = talk(small, "know", "sums", "--once", "2016", says=["y", "", "y", "", "y"])
    assert "Three questions tell what is left" in told
    assert ("known", 1) == (state(small, "sums"), forgotten(small, "sums"))
    told = small.ok("know", "products", "--once", "2017").out
    assert "Three questions tell what is left of it: studyctl place products" in told
    assert any(
        "known once, in 2017: three questions tell, studyctl place python" in one["why"]
        for one in small.ok("next", "--json").json["suggestions"]
    )


def forgotten(studyctl: Studyctl, topic: str) -> int:
    topics = studyctl.ok("topics", "--json").json["topics"]
    return next(one["forgotten"] for one in topics if one["id"] == topic)


@pytest.mark.parametrize(
    "args", [("--track", "arithmetik"), ("--questions", "0"), ("numbers", "--track", "sums")]
)
def test_what_makes_no_sense_is_refused(small: Studyctl, args: tuple[str, ...]):
    assert 2 == small("place", *args, stdin="").code
