"""Leeches lead somewhere: to what they stand on, to their source, to another wording, or out of the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Studyctl

from studyctl.adapters.overlay import write_patch
from studyctl.core.curriculum import Card
from studyctl.core.leeches import Failures

CARD = "sums/two-and-two"


@pytest.fixture
def leech(small: Studyctl) -> Studyctl:
    """A card that failed four times in its first weeks."""
    small.ok("know", "sums")
    for day, rating in enumerate(("again", "good", "again", "again", "good", "again"), 1):
        small.ok("rate", CARD, rating, "--at", f"2026-11-{day:02d}T20:00:00Z")
    return small


def test_four_failures_in_the_first_weeks_or_six_lapses_make_a_leech():
    assert Failures(4, 0).is_leech
    assert Failures(0, 6).is_leech
    assert not Failures(3, 5).is_leech
    assert "forgotten 6 times" == str(Failures(4, 6))
    assert "failed 4 times in its first 4 weeks" == str(Failures(4, 2))


def test_a_leech_is_told_with_what_it_stands_on_and_what_can_be_done(leech: Studyctl):
    told = leech.ok("why", CARD).out
    assert "a leech: failed 4 times in its first 4 weeks" in told
    assert "numbers" in told
    assert "studyctl cards --rewrite" in told
    assert "--suspend" in told
    assert leech.ok("why", CARD, "--json").json["leech"]
    assert not leech.ok("why", "sums/parts.c1", "--json").json.get("leech")


def test_cards_lists_them(leech: Studyctl):
    assert [CARD] == [one["id"] for one in leech.ok("cards", "--state", "leech", "--json").json["cards"]]
    told = leech.ok("cards").out
    assert "leech" in told
    assert f"studyctl why {CARD}" in told


def test_failures_that_were_undone_make_no_leech(leech: Studyctl):
    leech.ok("undo")
    assert [] == leech.ok("cards", "--state", "leech", "--json").json["cards"]


def test_a_card_is_reworded_in_the_learners_own_curriculum_and_keeps_its_history(leech: Studyctl):
    told = leech.ok("cards", "--rewrite", CARD).out
    path = leech.home / "curriculum/topics/maths/sums.yaml"
    assert str(path) in told.replace("\n", "")
    text = path.read_text()
    assert "patch: true" in text
    assert "What is two and two?" in text
    path.write_text(text.replace("What is two and two?", "How many are two pairs?"))

    before = leech.ok("cards", "--topic", "sums", "--json").json["cards"]
    assert 6 == next(one["reviews"] for one in before if one["id"] == CARD)

    assert 0 == leech("check", str(leech.home / "curriculum")).code


def test_a_patch_that_is_there_is_added_to_and_its_comments_stay(tmp_path: Path):
    first = Card("one", "sums", "add", q="What is: two?", a='a "2"')
    second = Card("two", "sums", "add", cloze="In $2 + 3$, {{c1::2}} and {{c2::3}}.\n\nMore.")
    path = write_patch(tmp_path, "maths", "sums", first)
    path.write_text(path.read_text() + "# mine\n")
    assert path == write_patch(tmp_path, "maths", "sums", second)
    assert path == write_patch(tmp_path, "maths", "sums", first)
    import yaml

    told = yaml.safe_load(path.read_text())
    assert [first.id, second.id] == [one["id"] for one in told["cards"]]
    assert second.cloze == told["cards"][1]["cloze"]
    assert first.a == told["cards"][0]["a"]
    assert "# mine" in path.read_text()


def test_a_file_whose_cards_are_not_at_its_end_is_left_alone(tmp_path: Path):
    folder = tmp_path / "topics/maths"
    folder.mkdir(parents=True)
    text = "patch: true\ncards: [{id: x, drop: true}]\nhours: 3\n"
    (folder / "sums.yaml").write_text(text)
    write_patch(tmp_path, "maths", "sums", Card("one", "sums", "add", q="What?", a="That"))
    assert text == (folder / "sums.yaml").read_text()


def test_a_file_without_cards_gets_some(tmp_path: Path):
    folder = tmp_path / "topics/maths"
    folder.mkdir(parents=True)
    (folder / "sums.yaml").write_text("patch: true\nhours: 3")
    write_patch(tmp_path, "maths", "sums", Card("one", "sums", "add", q="What?", a="That"))
    assert "hours: 3\ncards:\n  - id: one\n" in (folder / "sums.yaml").read_text()
