"""`deck list`, `deck build`, and what they say when something is wrong."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from conftest import Studyctl, write_curriculum


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Decks are built into the folder in which one stands."""
    made = tmp_path / "here"
    made.mkdir()
    monkeypatch.chdir(made)
    return made


def rows(path: Path, sql: str) -> list[tuple]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def times(path: Path) -> dict[str, int]:
    return {fields.split("\x1f")[5]: mod for fields, mod in rows(path, "SELECT flds, mod FROM notes")}


def written(studyctl: Studyctl) -> list[str]:
    """The notes of all `written` events."""
    texts = [path.read_text("utf-8") for path in sorted((studyctl.home / "journal").glob("*.jsonl"))]
    events = [json.loads(line) for text in texts for line in text.splitlines()]
    return [event["note"] for event in events if event["do"] == "written"]


def test_on_an_empty_home_there_is_nothing_to_build_and_the_next_step_is_said(
    studyctl: Studyctl, folder: Path
):
    told = studyctl("deck", "build")
    assert 1 == told.code
    assert "not learnt yet" in told.err
    assert "; studyctl deck list has tracks\ntry: studyctl deck build TRACK --all\n" in told.err
    assert [] == list(folder.iterdir())
    assert not studyctl.home.exists()


def test_the_hint_names_what_was_asked_for(small: Studyctl):
    told = small("deck", "build", "sums")
    assert (1, True) == (told.code, "try: studyctl deck build sums --all\n" in told.err)


def test_something_without_cards_makes_no_deck(small: Studyctl, folder: Path):
    told = small("deck", "build", "julia", "--all")
    assert (1, True) == (told.code, "no cards" in told.err)
    assert [] == list(folder.iterdir())


def test_all_cards_of_a_track(small: Studyctl, folder: Path):
    told = small.ok("deck", "build", "arithmetic", "--all", "--json").json
    assert {
        "path": "studyctl-arithmetic.apkg", "decks": 1, "notes": 5, "cards": 6, "with_progress": 0,
        "left_out": {"locked": 0}, "version": 1,
    } == told  # fmt: skip
    path = folder / told["path"]
    assert [(5,)] == rows(path, "SELECT count(*) FROM notes")
    assert [(6,)] == rows(path, "SELECT count(*) FROM cards")
    order = rows(path, "SELECT flds FROM notes JOIN cards ON nid = notes.id WHERE ord = 0 ORDER BY due")
    assert [
        "numbers/after-two",
        "numbers/after-three",
        "sums/two-and-two",
        "sums/parts",
        "products/two-times-three",
    ] == [fields.split("\x1f")[5] for (fields,) in order]


def test_only_what_is_learnt_goes_in(small: Studyctl, folder: Path):
    small.ok("know", "sums")
    told = small.ok("deck", "build", "--json").json
    assert (4, 5, {"locked": 2}) == (told["notes"], told["cards"], told["left_out"])
    assert {"numbers", "sums"} == {name.split("/")[0] for name in times(folder / "studyctl-everything.apkg")}
    assert "Left out: 2 cards" in small.ok("deck", "build").out


def test_several_recipes_make_one_deck_file_and_a_topic_is_one_too(small: Studyctl, folder: Path):
    told = small.ok("deck", "build", "numbers", "code", "numbers", "--all", "--json").json
    assert ("studyctl-deck.apkg", 3, 2) == (told["path"], told["notes"], told["decks"])
    assert (folder / "studyctl-deck.apkg").exists()
    assert "studyctl-maths.apkg" == small.ok("deck", "build", "maths", "--all", "--json").json["path"]
    assert "studyctl-numbers.apkg" == small.ok("deck", "build", "numb", "--all", "--json").json["path"]


def test_the_same_state_gives_the_same_bytes(small: Studyctl, folder: Path):
    small.ok("deck", "build", "--all", "-o", "one.apkg")
    small.ok("deck", "build", "--all", "-o", "two.apkg", now="2027-03-01T07:00:00+09:00")
    assert (folder / "one.apkg").read_bytes() == (folder / "two.apkg").read_bytes()


def test_a_dry_run_writes_nothing(small: Studyctl, folder: Path):
    told = small.ok("deck", "build", "--all", "--dry-run")
    assert "Would write studyctl-everything.apkg: 6 notes, 7 cards, in 2 decks." in told.out
    assert 6 == small.ok("deck", "build", "--all", "--dry-run", "--json").json["notes"]
    assert [] == list(folder.iterdir())
    assert not small.home.exists()


def test_own_notes_are_stamped_once_and_again_when_their_text_changes(
    small: Studyctl, folder: Path, tmp_path: Path
):
    path = folder / "studyctl-numbers.apkg"
    small.ok("deck", "build", "numbers", "--all")
    first = times(path)
    assert {1_795_464_000} == set(first.values())  # 2026-11-23T20:00Z, the first build
    assert {"numbers/after-two", "numbers/after-three"} == set(written(small))
    small.ok("deck", "build", "numbers", "--all", now="2026-12-01T20:00:00+00:00")
    assert first == times(path)

    topic = tmp_path / "small" / "topics" / "maths" / "numbers.yaml"
    topic.write_text(topic.read_text().replace("a: four", "a: IV"))
    small.ok("deck", "build", "numbers", "--all", now="2026-12-02T20:00:00+00:00")
    assert {"numbers/after-two": 1_795_464_000, "numbers/after-three": 1_796_241_600} == times(path)
    assert 3 == len(written(small))


def test_the_built_in_curriculum_has_its_times_from_the_ledger(studyctl: Studyctl, folder: Path):
    studyctl.ok("deck", "build", "--all")
    assert [] == (written(studyctl) if studyctl.home.exists() else [])
    assert max(times(folder / "studyctl-everything.apkg").values()) < 1_800_000_000


def test_a_patch_of_a_built_in_card_is_stamped_and_so_is_its_end(
    studyctl: Studyctl, folder: Path, tmp_path: Path
):
    patch = write_curriculum(
        tmp_path / "own",
        {"topics/computing/python-basics.yaml": "patch: true\ncards: [{id: slice, extra: My own hint.}]\n"},
    )
    path = folder / "studyctl-python-basics.apkg"
    studyctl.ok("deck", "build", "python-basics", "--all")
    shipped = times(path)
    studyctl.options = ["--curriculum", str(patch)]
    studyctl.ok("deck", "build", "python-basics", "--all", now="2026-12-01T20:00:00+00:00")
    patched = times(path)
    assert (
        ["python-basics/slice"]
        == [name for name in shipped if shipped[name] != patched[name]]
        == written(studyctl)
    )
    studyctl.options = []
    studyctl.ok("deck", "build", "python-basics", "--all", now="2026-12-02T20:00:00+00:00")
    assert times(path)["python-basics/slice"] > patched["python-basics/slice"]


def test_pictures_of_a_topic_go_along(small: Studyctl, folder: Path, tmp_path: Path):
    media = tmp_path / "small" / "topics" / "code" / "media"
    media.mkdir()
    (media / "line.svg").write_text("<svg/>")
    topic = media.parent / "python.yaml"
    topic.write_text(topic.read_text().replace("prints a line?", "prints this? ![A line](media/line.svg)"))
    small.ok("deck", "build", "python", "--all")
    with zipfile.ZipFile(folder / "studyctl-python.apkg") as archive:
        assert {"0": "studyctl-d4dc56669143034f.svg"} == json.loads(archive.read("media"))
        assert b"<svg/>" == archive.read("0")
    ((fields,),) = rows(folder / "studyctl-python.apkg", "SELECT flds FROM notes")
    assert '<img src="studyctl-d4dc56669143034f.svg" alt="A line">' in fields


def test_a_renamed_topic_keeps_its_guids(small: Studyctl, folder: Path, tmp_path: Path):
    topics = tmp_path / "small" / "topics" / "maths"
    small.ok("deck", "build", "numbers", "--all")
    before = rows(folder / "studyctl-numbers.apkg", "SELECT guid FROM notes ORDER BY guid")
    text = (topics / "numbers.yaml").read_text()
    (topics / "numbers.yaml").unlink()
    (topics / "counting.yaml").write_text(text + "was: [numbers]\n")
    small.ok("deck", "build", "counting", "--all")
    assert before == rows(folder / "studyctl-counting.apkg", "SELECT guid FROM notes ORDER BY guid")
    assert "studyctl-counting.apkg" == small.ok("deck", "build", "numbers", "--all", "--json").json["path"]


@pytest.mark.parametrize(
    ("args", "what"),
    [
        (["nosuch"], "no recipe, track, area or topic 'nosuch'"),
        (["arithmetics"], "did you mean 'arithmetic'?"),
        (["-o", "."], ". is a folder"),
        (["-o", "none/x.apkg"], "there is no folder none"),
        (["-o", "/dev/null"], "/dev/null is no ordinary file"),
        (["-o", "x.txt"], "Anki imports no x.txt, only what ends in .apkg"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error(small: Studyctl, folder: Path, args: list[str], what: str):
    told = small("deck", "build", "--all", *args)
    assert 2 == told.code
    assert f"error: {what}" in told.err or what in told.err
    assert "try: " in told.err
    assert [] == list(folder.iterdir())


def test_a_folder_without_rights_is_a_sentence(
    small: Studyctl, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """A fake of the failing disk: tests may run as root, who has all rights."""
    from studyctl.adapters import whole_file

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(whole_file, "write", full)
    told = small("deck", "build", "--all")
    assert (1, "error: studyctl-everything.apkg cannot be written: No space left on device") == (
        told.code, told.err.splitlines()[-2],
    )  # fmt: skip
    assert [] == list(folder.iterdir())


def test_the_list_counts_topics_and_cards(small: Studyctl):
    small.ok("know", "numbers")
    told = {one["id"]: one for one in small.ok("deck", "list", "--json").json["recipes"]}
    assert ["everything", "lifeline", "arithmetic", "maths", "code"] == list(told)
    assert {
        "id": "arithmetic", "kind": "track", "title": "Arithmetic", "topics": ["numbers", "products", "sums"],
        "cards": 6, "available": 2, "locked": 4, "minutes_per_day": 0.03,
    } == told["arithmetic"]  # fmt: skip
    assert ("recipe", 7) == (told["everything"]["kind"], told["everything"]["cards"])
    screen = small.ok("deck", "list").out
    assert "studyctl deck build arithmetic --all" in screen
    assert max(map(len, screen.splitlines())) <= 80


def test_the_lifeline_holds_a_few_cards_of_many_topics(studyctl: Studyctl, folder: Path):
    told = studyctl.ok("deck", "build", "lifeline", "--all", "--json").json
    assert 0 < told["notes"] <= told["cards"] <= 330
    topics = {
        fields.split("\x1f")[5].split("/")[0]
        for (fields,) in rows(folder / told["path"], "SELECT flds FROM notes")
    }
    assert len(topics) > 40
    studyctl.ok("know", "precalculus", "--only")
    some = studyctl.ok("deck", "build", "lifeline", "--json").json
    assert 0 < some["cards"] < 12
    assert some["cards"] + some["left_out"]["locked"] == told["cards"]


def test_deck_alone_shows_its_help(small: Studyctl):
    told = small("deck")
    assert (2, True) == (told.code, "deck build" in told.out)


def test_the_ledger_is_checked_without_being_changed(studyctl: Studyctl):
    before = {path: path.stat().st_mtime_ns for path in Path(__file__).parents[2].glob("decks/ledger/*")}
    studyctl("deck", "ledger", "--check")
    assert before == {
        path: path.stat().st_mtime_ns for path in Path(__file__).parents[2].glob("decks/ledger/*")
    }
