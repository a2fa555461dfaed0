"""`anki pull --edits`: a correction made in Anki becomes a patch for one's own curriculum."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Studyctl, write_curriculum
from connect import AnkiConnect, Desk, served

from studyctl.cli import places
from studyctl.core.time import from_iso

NOW = "2026-11-23T20:00:00+00:00"
TEXTS = {
    "topics/maths/texts.yaml": r"""
        title: Texts
        summary: Texts of all kinds. One can read them.
        hours: 2
        objectives: [{id: read, text: Read}]
        cards:
          - {id: formula, objective: read, q: "What is $\\sin' x$ of a *smooth* function?", a: "$\\cos x$"}
          - id: long
            objective: read
            q: |
              Which is the longest formula,
              written in two lines?
            a: '$a + b + c + d + e + f + g + h = i + j + k + l + m + n + o + p + q + r + s$, by far.'
          - id: code
            objective: read
            q: What does it print?
            a: |
              It prints:

              ```python
              print(1 < 2)
              ```
            extra: A comparision.
          - {id: typed, objective: read, q: "What is two and two?", a: "4", typed: true}
          - {id: gaps, objective: read, cloze: "In $2 + 3 = 5$, {{c1::2}} and {{c2::thre}} are summands."}
          - {id: list, objective: read, q: "Name *two* things.", a: "- one_thing\n- another\n- a \\$5 bill"}
        """,
}


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A curriculum in the place of the built-in one."""
    folder = write_curriculum(tmp_path / "small", {"areas.yaml": "maths: {title: Maths}\n"} | TEXTS)
    usual = places.data_folder
    monkeypatch.setattr(places, "data_folder", lambda name: folder if name == "curriculum" else usual(name))
    return folder


@pytest.fixture
def learner(studyctl: Studyctl, shipped: Path) -> Studyctl:
    studyctl.ok("know", "texts", now=NOW)
    return studyctl


@pytest.fixture
def desk() -> Desk:
    return Desk(from_iso(NOW) // 1000)


@pytest.fixture
def anki(desk: Desk, learner: Studyctl) -> Iterator[AnkiConnect]:
    with served(desk) as connect:
        learner.ok("anki", "push", "--url", connect.url)
        yield connect


def guid(studyctl: Studyctl, card: str) -> str:
    return next(one["guid"] for one in studyctl.ok("cards", "--json").json["cards"] if one["id"] == card)


def change(studyctl: Studyctl, desk: Desk, card: str, field: str, old: str, new: str) -> None:
    name = guid(studyctl, card)
    text = desk.note(name)["fields"][field]
    assert old in text, text
    desk.edit(name, **{field: text.replace(old, new)})


def pulled(studyctl: Studyctl, anki: AnkiConnect, *args: str) -> dict:
    return studyctl.ok("anki", "pull", "--connect", "--edits", "--json", "--url", anki.url, *args).json


@pytest.mark.parametrize(
    ("card", "field", "old", "new", "key", "wanted"),
    [
        ("formula", "Front", "smooth", "very smooth", "q", "What is $\\sin' x$ of a *very smooth* function?"),
        ("formula", "Back", r"\cos x", r"\cos(x)", "a", r"$\cos(x)$"),
        (
            "long", "Back", "by far", "so far", "a",
            "$a + b + c + d + e + f + g + h = i + j + k + l + m + n + o + p + q + r + s$, so far.",
        ),
        ("code", "Extra", "comparision", "comparison", "extra", "A comparison."),
        ("code", "Back", "It prints:", "It writes:", "a", "It writes:\n\n```python\nprint(1 < 2)\n```\n"),
        ("typed", "Back", "4", "four", "a", "four"),
        ("gaps.c1", "Text", "thre}}", "three}}", "cloze", "In $2 + 3 = 5$, {{c1::2}} and {{c2::three}} are summands."),
        ("list", "Back", "another", "another &lt;one&gt;", "a", "- one_thing\n- another \\<one>\n- a \\$5 bill"),
        ("list", "Front", "Name", "<b>Name</b>", "q", "**Name** *two* things."),
    ],
)  # fmt: skip
def test_an_edit_changes_what_was_edited_and_nothing_else(
    learner: Studyctl,
    anki: AnkiConnect,
    desk: Desk,
    card: str,
    field: str,
    old: str,
    new: str,
    key: str,
    wanted: str,
):
    change(learner, desk, f"texts/{card}", field, old, new)
    (one,) = pulled(learner, anki)["edits"]
    assert (f"texts/{card.partition('.')[0]}", key, wanted) == (one["note"], one["key"], one["after"])
    path = learner.home / "curriculum" / "topics" / "maths" / "texts.yaml"
    assert not path.exists()
    told = pulled(learner, anki, "--apply")
    assert [str(path)] == told["applied"]
    learner.ok("check")
    assert {"edits": [], "unclear": []} == {
        name: pulled(learner, anki)[name] for name in ("edits", "unclear")
    }
    pushed = learner.ok("anki", "push", "--json", "--url", anki.url).json
    assert ([], []) == (pushed["conflicts"], pushed["edits"])
    assert [] == pulled(learner, anki)["edits"]


def test_nothing_edited_means_no_patch_whatever_the_markup(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    name = guid(learner, "texts/formula")
    text = desk.note(name)["fields"]["Front"]
    desk.edit(name, Front=f"<div>{text}</div><br>")
    told = pulled(learner, anki)
    assert ([], [], []) == (told["edits"], told["unclear"], told["files"])


def test_the_patch_can_be_applied_by_patch_as_well(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    change(learner, desk, "texts/code", "Extra", "comparision", "comparison")
    change(learner, desk, "texts/gaps.c1", "Text", "thre}}", "three}}")
    told = learner.ok("anki", "pull", "--connect", "--edits", "--url", anki.url)
    assert "2 texts corrected in Anki; add --apply" in told.err
    folder = learner.home / "curriculum"
    folder.mkdir(parents=True)
    subprocess.run(["patch", "-p1", "-s"], cwd=folder, input=told.out, text=True, check=True)
    assert "id: gaps" in (folder / "topics" / "maths" / "texts.yaml").read_text("utf-8")
    learner.ok("check")
    assert [] == pulled(learner, anki)["edits"]


def test_a_file_that_is_there_keeps_its_comments_and_its_other_cards(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    path = learner.home / "curriculum" / "topics" / "maths" / "texts.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "# mine\npatch: true\ncards:\n"
        "  - id: code   # the second one\n    extra: A comparision.  # look it up\n"
        "  - {id: formula, extra: 'Here, too.'}\n",
        "utf-8",
    )
    learner.ok("anki", "push", "--url", anki.url)
    change(learner, desk, "texts/code", "Extra", "comparision", "comparison")
    change(learner, desk, "texts/formula", "Front", "smooth", "nice")
    change(learner, desk, "texts/typed", "Front", "two and two", "2 and 2")
    assert 3 == len(pulled(learner, anki, "--apply")["edits"])
    assert path.read_text("utf-8") == (
        "# mine\npatch: true\ncards:\n"
        "  - id: code   # the second one\n    extra: A comparison.  # look it up\n"
        "  - {id: formula, extra: 'Here, too.', q: \"What is $\\\\sin' x$ of a *nice* function?\"}\n"
        "  - id: typed\n    q: What is 2 and 2?\n"
    )


def test_what_cannot_be_followed_is_only_shown(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    change(learner, desk, "texts/gaps.c1", "Text", "{{c2::thre}}", "three")  # a card would be gone
    change(learner, desk, "texts/code", "Extra", "comparision.", '<img src="paste-1.png">')
    change(learner, desk, "texts/typed", "Topic", "Texts", "My texts")
    told = pulled(learner, anki, "--apply")
    assert ([], []) == (told["edits"], told["applied"])
    assert {"texts/gaps", "texts/code"} == {one["note"] for one in told["unclear"]}
    assert ["texts/typed (Topic)"] == told["others"]


def test_what_changed_on_both_sides_is_no_edit(
    learner: Studyctl, anki: AnkiConnect, desk: Desk, shipped: Path
):
    change(learner, desk, "texts/typed", "Front", "two and two", "2 and 2")
    path = shipped / "topics" / "maths" / "texts.yaml"
    path.write_text(
        path.read_text("utf-8").replace("What is two and two?", "How much is two and two?"), "utf-8"
    )
    told = pulled(learner, anki)
    assert ([], ["texts/typed"]) == (told["edits"], told["conflicts"])


def test_edits_come_out_of_a_file_as_well(learner: Studyctl, anki: AnkiConnect, desk: Desk, tmp_path: Path):
    change(learner, desk, "texts/typed", "Front", "two and two", "2 and 2")
    path = tmp_path / "deck.apkg"
    desk.exportPackage("studyctl", str(path), includeSched=True)
    (one,) = learner.ok("anki", "pull", str(path), "--edits", "--json").json["edits"]
    assert "What is 2 and 2?" == one["after"]


def test_notes_with_another_note_type_are_counted_and_not_compared(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    desk.db.execute("UPDATE notes SET mid = 5 WHERE guid = ?", (guid(learner, "texts/list"),))
    told = learner.ok("anki", "pull", "--connect", "--edits", "--url", anki.url, now=NOW)
    assert "1 note with another note type in Anki, not compared: texts/list" in " ".join(told.err.split())
    assert ["texts/list"] == pulled(learner, anki)["foreign"]


def test_a_dry_run_writes_nothing(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    change(learner, desk, "texts/typed", "Front", "two and two", "2 and 2")
    learner.ok("anki", "pull", "--connect", "--edits", "--apply", "--dry-run", "--url", anki.url)
    assert not (learner.home / "curriculum").exists()


def test_a_topic_of_a_folder_that_comes_later_is_to_be_edited_there(
    learner: Studyctl, anki: AnkiConnect, desk: Desk, shipped: Path, tmp_path: Path
):
    """An own version of it in HOME would have no effect."""
    later = write_curriculum(tmp_path / "later", TEXTS)
    learner.options = ["--curriculum", str(later)]
    change(learner, desk, "texts/typed", "Front", "two and two", "2 and 2")
    told = learner.ok("anki", "pull", "--connect", "--edits", "--apply", "--json", "--url", anki.url)
    assert ([], ["texts/typed"]) == (told.json["applied"], [one["note"] for one in told.json["unclear"]])
    assert str(later / "topics" / "maths" / "texts.yaml") in told.err
    assert not (learner.home / "curriculum").exists()


def test_a_correction_that_the_curriculum_refuses_is_not_written(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    path = learner.home / "curriculum" / "topics" / "maths" / "texts.yaml"
    path.parent.mkdir(parents=True)
    broken = "patch: true\nhours: many\ncards:\n  - {id: code, extra: A comparision.}\n"
    path.write_text(broken, "utf-8")
    change(learner, desk, "texts/typed", "Front", "two and two", "2 and 2")
    told = learner.ok("anki", "pull", "--connect", "--edits", "--apply", "--json", "--url", anki.url)
    assert [] == told.json["applied"]
    assert broken == path.read_text("utf-8")
    assert "is left as it was" in told.err
