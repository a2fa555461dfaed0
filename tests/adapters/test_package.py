"""The .apkg file, looked at with sqlite3 and zipfile."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

from studyctl.adapters.package import package, stable_id
from studyctl.core.notes import NOTE_TYPES, Look, Note

LOOKS = {
    "basic": Look("{{Front}}", "{{FrontSide}}<hr id=answer>{{Back}}", ".card {}"),
    "cloze": Look("{{cloze:Text}}", "{{cloze:Text}}", ".card {}"),
    "typed": Look("{{Front}} {{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}", ".card {}"),
}
TYPES = {it.name: 100 for it in NOTE_TYPES.values()}


def note(number: int, kind: str = "basic", **how) -> Note:
    front = "{{c1::a}} {{c3::b}}" if kind == "cloze" else f"Question {number}"
    fields = (front, "Answer", "", "Topic", "Book", f"t/c{number}", "", "")
    made = Note(
        f"t/c{number}", f"guid{number}", kind, fields, (0, 2) if kind == "cloze" else (0,),
        ("studyctl::area::t",), "studyctl::Area", number,
    )  # fmt: skip
    return replace(made, **how)


def packed(*notes: Note, media: dict[str, Path] | None = None, **times: int) -> bytes:
    written = {one.id: 1_000 + one.position for one in notes} | TYPES | times
    return package(notes, LOOKS, written, media)


def database(data: bytes) -> sqlite3.Connection:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(archive.read("collection.anki2"))
    return connection


def rows(data: bytes, sql: str) -> list[tuple]:
    connection = database(data)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_every_note_has_its_own_time_fields_and_tags():
    data = packed(note(1), note(2, "cloze"), note(3, "typed"))
    told = rows(data, "SELECT guid, mid, mod, tags, flds FROM notes ORDER BY mod")
    assert [("guid1", 1001), ("guid2", 1002), ("guid3", 1003)] == [(row[0], row[2]) for row in told]
    assert [NOTE_TYPES[kind].id for kind in ("basic", "cloze", "typed")] == [row[1] for row in told]
    assert " studyctl::area::t " == told[0][3]
    assert note(1).fields == tuple(told[0][4].split("\x1f"))


def test_the_cards_are_those_that_the_note_names():
    data = packed(note(1), note(2, "cloze"))
    told = rows(
        data, "SELECT guid, ord, due, cards.mod FROM cards JOIN notes ON nid = notes.id ORDER BY due, ord"
    )
    assert [("guid1", 0, 1, 1001), ("guid2", 0, 2, 1002), ("guid2", 2, 2, 1002)] == told


def test_ids_are_made_from_the_guid_and_lie_in_the_past():
    small = rows(packed(note(2, "cloze")), "SELECT id, nid, ord FROM cards ORDER BY ord")
    large = rows(packed(note(1), note(2, "cloze"), note(3)), "SELECT id, nid, ord FROM cards ORDER BY ord")
    assert set(small) <= set(large)
    assert [stable_id("card/guid2/0"), stable_id("card/guid2/2")] == [row[0] for row in small]
    assert {stable_id("note/guid2")} == {row[1] for row in small}
    for number in range(1000):
        assert 1_735_689_600_000 <= stable_id(str(number)) < 1_771_000_000_000  # 2025, and the January after


def test_note_types_have_their_own_times_and_ids():
    data = packed(note(1), note(2, "cloze"), **{"studyctl basic": 77})
    ((models,),) = rows(data, "SELECT models FROM col")
    told = json.loads(models)
    basic = told[str(NOTE_TYPES["basic"].id)]
    assert ("studyctl basic", 77, 0) == (basic["name"], basic["mod"], basic["type"])
    assert list(NOTE_TYPES["basic"].fields) == [field["name"] for field in basic["flds"]]
    cloze = told[str(NOTE_TYPES["cloze"].id)]
    assert (100, 1, LOOKS["cloze"].back) == (cloze["mod"], cloze["type"], cloze["tmpls"][0]["afmt"])


def test_there_is_one_deck_for_each_name_with_a_stable_id():
    data = packed(note(1), note(2, deck="studyctl::Other"), note(3))
    ((decks,),) = rows(data, "SELECT decks FROM col")
    names = {deck["name"]: int(number) for number, deck in json.loads(decks).items()}
    assert {"Default", "studyctl::Area", "studyctl::Other"} == set(names)
    assert stable_id("deck/studyctl::Area") == names["studyctl::Area"]


def test_the_same_notes_give_the_same_bytes_in_whatever_order_they_come():
    notes = [note(number, "cloze" if number % 3 else "basic") for number in range(50)]
    assert packed(*notes) == packed(*notes) == packed(*reversed(notes))


def test_the_archive_is_deflated_and_tells_nothing_of_this_machine(tmp_path: Path):
    (tmp_path / "a.svg").write_text("<svg/>" * 100)
    data = packed(*map(note, range(200)), media={"studyctl-1.svg": tmp_path / "a.svg"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert ["collection.anki2", "media", "0"] == archive.namelist()
        assert {"0": "studyctl-1.svg"} == json.loads(archive.read("media"))
        assert b"<svg/>" * 100 == archive.read("0")
        for entry in archive.infolist():
            assert (1980, 1, 1, 0, 0, 0) == entry.date_time
            assert zipfile.ZIP_DEFLATED == entry.compress_type
        assert len(data) < len(archive.read("collection.anki2")) / 4
        assert str(tmp_path).encode() not in data


def test_text_that_is_not_latin_survives():
    data = packed(replace(note(1), fields=("日本 é ∑ 𝔸", *note(1).fields[1:])))
    assert [("日本 é ∑ 𝔸",)] == rows(data, "SELECT substr(flds, 1, instr(flds, char(31)) - 1) FROM notes")


def test_ten_thousand_notes_have_ten_thousand_ids():
    """Ids that would be equal are moved apart."""
    data = packed(*map(note, range(10_000)))
    assert [(10_000, 10_000)] == rows(data, "SELECT count(DISTINCT id), count(*) FROM notes")
