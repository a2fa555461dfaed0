"""`import FILE --area A`: an old deck becomes topics of one's own, its history part of the journal."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from conftest import Studyctl

START = 1_794_000_000_000  # in November 2026
DAY = 86_400_000
NOW = "2026-11-30T20:00:00+00:00"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 50
BASIC = {
    "name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
    "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}],
}  # fmt: skip
CLOZE = {
    "name": "Cloze", "type": 1, "flds": [{"name": "Text", "ord": 0}],
    "tmpls": [{"name": "C", "ord": 0, "qfmt": "{{cloze:Text}}", "afmt": "{{cloze:Text}}"}],
}  # fmt: skip
NOTES = [
    # guid, type, fields, deck, number of cards
    ("g:1", 1, ("What is <b>two</b> and two?", "four"), "Old::Adding", 1),
    ("g2", 1, ("Shown: <img src='a b.png'>", "a plot"), "Old::Pictures", 1),
    ("g3", 2, ("{{c1::Rome}} is in {{c2::Italy}}.",), "Old::Places", 2),
    ("g4", 1, ("listen", "[sound:x.mp3]"), "Old::Adding", 1),
]


def package(
    path: Path,
    notes=NOTES,
    *,
    rows=(),
    media: dict[str, bytes] | None = None,
    extra: dict[str, bytes] | None = None,
) -> Path:
    """A package of the old form; cards are numbered from 1 on in the order of the notes."""
    file = path.with_suffix(".db")
    file.unlink(missing_ok=True)
    db = sqlite3.connect(file)
    db.executescript(
        "CREATE TABLE col (id, conf, models, decks);"
        "CREATE TABLE notes (id integer primary key, guid, mid, tags, flds);"
        "CREATE TABLE cards (id integer primary key, nid, did, ord, type, queue, mod, odid, data);"
        "CREATE TABLE revlog (id integer primary key, cid, usn, ease, ivl, lastIvl, factor, time, type);"
    )
    decks = {name: number for number, name in enumerate(dict.fromkeys(one[3] for one in notes), 1)}
    told = {str(number): {"name": name} for name, number in decks.items()}
    models = {"1": BASIC, "2": CLOZE}
    db.execute(
        "INSERT INTO col VALUES (1, ?, ?, ?)", ('{"localOffset": 0}', json.dumps(models), json.dumps(told))
    )
    card = 0
    for number, (guid, kind, fields, deck, count) in enumerate(notes, 1):
        db.execute("INSERT INTO notes VALUES (?, ?, ?, ' ', ?)", (number, guid, kind, "\x1f".join(fields)))
        for ord_ in range(count):
            card += 1
            db.execute(
                "INSERT INTO cards VALUES (?, ?, ?, ?, 2, 2, 1, 0, '')", (card, number, decks[deck], ord_)
            )
    db.executemany("INSERT INTO revlog VALUES (?, ?, -1, ?, 1, 0, 300, 5000, ?)", rows)
    db.commit()
    db.close()
    media = {"a b.png": PNG} if media is None else media
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(file, "collection.anki2")
        archive.writestr("media", json.dumps({str(number): name for number, name in enumerate(media)}))
        for number, data in enumerate(media.values()):
            archive.writestr(str(number), data)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    file.unlink()
    return path


ROWS = [(START, 1, 3, 0), (START + DAY, 1, 3, 1), (START + 1, 3, 1, 0), (START + 2, 5, 3, 0)]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    return package(tmp_path / "old.apkg", rows=ROWS)


def test_decks_become_topics_and_answers_come_along(small: Studyctl, deck: Path):
    told = small.ok("import", str(deck), "--area", "old", "--json", now=NOW).json
    assert {"adding": 1, "pictures": 1, "places": 2} == {one["id"]: one["cards"] for one in told["topics"]}
    assert (4, 0, 1) == (told["imported"], told["known"], told["pictures"])
    assert {"seen": 4, "new": 3, "duplicate": 0} == told["reviews"]
    assert [
        {"guid": "g4", "ord": 0, "begins": "listen", "why": "its answer has no words and no picture"}
    ] == told["left_out"]
    cards = {one["id"].partition("/")[0]: one for one in small.ok("cards", "--json", now=NOW).json["cards"]}
    assert ("g:1", 0, 2) == (cards["adding"]["guid"], cards["adding"]["ord"], cards["adding"]["reviews"])
    topics = {one["id"]: one for one in small.ok("topics", "--json").json["topics"]}
    assert ("old", 0.5) == (topics["places"]["area"], topics["places"]["hours"])


def test_what_is_written_has_no_errors_and_pictures_are_copied(small: Studyctl, deck: Path):
    small.ok("import", str(deck), "--area", "old")
    folder = small.home / "curriculum" / "topics" / "old"
    assert 0 == small("check", str(small.home / "curriculum")).code
    (picture,) = (folder / "media").iterdir()
    assert PNG == picture.read_bytes()
    assert f"![](media/{picture.name})" in (folder / "pictures.yaml").read_text()
    assert "cloze: '{{c1::Rome}} is in {{c2::Italy}}.'" in (folder / "places.yaml").read_text()


def test_a_second_import_adds_nothing_and_changes_no_file(small: Studyctl, deck: Path):
    small.ok("import", str(deck), "--area", "old", now=NOW)
    path = small.home / "curriculum" / "topics" / "old" / "places.yaml"
    path.write_text(path.read_text().replace("title: Places", "title: My places"))
    before = {file: file.read_bytes() for file in small.home.rglob("*") if file.is_file()}
    told = small.ok("import", str(deck), "--area", "old", "--json", now=NOW).json
    assert ([], 0, 4) == (told["topics"], told["imported"], told["known"])
    assert 0 == told["reviews"]["new"]
    assert before == {file: file.read_bytes() for file in small.home.rglob("*") if file.is_file()}


def test_later_answers_come_with_a_pull_and_later_notes_with_an_import(
    small: Studyctl, tmp_path: Path, deck: Path
):
    small.ok("import", str(deck), "--area", "old", now=NOW)
    notes = [*NOTES, ("g5", 1, ("new?", "new!"), "Old::Places", 1)]
    later = package(tmp_path / "later.apkg", notes, rows=[*ROWS, (START + 2 * DAY, 4, 3, 0)])
    assert {"seen": 5, "new": 1, "duplicate": 3} == small.ok(
        "anki", "pull", str(later), "--json", now=NOW
    ).json["reviews"]
    told = small.ok("import", str(later), "--area", "old", "--json", now=NOW).json
    assert [("old-places", 1)] == [(one["id"], one["cards"]) for one in told["topics"]]


def test_imported_cards_are_asked_and_not_built_into_decks(small: Studyctl, deck: Path, tmp_path: Path):
    small.ok("import", str(deck), "--area", "old", now=NOW)
    assert "due now" in small.ok("cards", "--topic", "adding", now="2027-06-01T20:00:00+00:00").out
    told = small("deck", "build", "places", "--all", "-o", str(tmp_path / "x.apkg"))
    assert (1, True) == (told.code, "no cards" in told.err)


def test_a_dry_run_writes_nothing(small: Studyctl, deck: Path):
    told = small.ok("import", str(deck), "--area", "old", "--dry-run", now=NOW)
    assert "Would write 4 cards in 3 topics" in told.out
    assert "3 answers would come along" in told.out
    assert not small.home.exists()


def test_the_screen_fits_and_says_what_stays_behind(small: Studyctl, deck: Path):
    told = small.ok("import", str(deck), "--area", "old", now=NOW).out
    assert "1 card: its answer has no words and no picture" in told
    assert "studyctl know" in told
    assert max(len(line) for line in told.splitlines() if str(small.home) not in line) <= 80


def test_undo_takes_the_answers_back_and_an_import_does_not_bring_them_again(small: Studyctl, deck: Path):
    small.ok("import", str(deck), "--area", "old", now=NOW)
    small.ok("undo", now=NOW)
    assert 0 == small.ok("import", str(deck), "--area", "old", "--json", now=NOW).json["reviews"]["new"]
    assert 0 == sum(one["reviews"] for one in small.ok("cards", "--json", now=NOW).json["cards"])


def test_ids_that_are_taken_are_left_to_their_owners(small: Studyctl, tmp_path: Path):
    path = package(
        tmp_path / "x.apkg", [("g", 1, ("q?", "a"), "Numbers", 1), ("h", 1, ("r?", "b"), "X::Sums", 1)]
    )
    told = small.ok("import", str(path), "--area", "maths", "--json").json
    assert ["maths-numbers", "x-sums"] == sorted(one["id"] for one in told["topics"])


def test_media_can_neither_climb_out_nor_be_anything_but_a_picture(small: Studyctl, tmp_path: Path):
    fields = "<img src='../../evil.png'><img src='/etc/passwd'><img src='x.png'><img src='s.svg'> and?"
    media = {
        "../../evil.png": PNG,
        "/etc/passwd": b"root",
        "x.png": b"MZ",
        "s.svg": b"<svg><script>1</script></svg>",
    }
    path = package(
        tmp_path / "x.apkg", [("g", 1, (fields, "a"), "D", 1)], media=media, extra={"../../../evil": b"x"}
    )
    told = small.ok("import", str(path), "--area", "odd", "--json").json
    folder = small.home / "curriculum" / "topics" / "odd" / "media"
    names = sorted(one.name for one in folder.iterdir())
    assert 2 == len(names)
    assert all(name.startswith("anki-") for name in names)
    assert {"picture": 2} == told["lost"]
    assert not list(tmp_path.parent.glob("evil*"))
    assert 0 == small("check", str(small.home / "curriculum")).code


@pytest.mark.parametrize(
    ("area", "what"),
    [
        ("Old!", "cannot be the id"),
        ("sums", "is the id of something else already"),
        ("../x", "cannot be the id"),
    ],
)
def test_an_area_that_cannot_be_one_is_a_usage_error(small: Studyctl, deck: Path, area: str, what: str):
    told = small("import", str(deck), "--area", area)
    assert (2, True) == (told.code, what in told.err)
    assert not small.home.exists()


def test_what_is_no_deck_is_said(small: Studyctl, tmp_path: Path):
    assert 2 == small("import", str(tmp_path / "none.apkg"), "--area", "old").code
    path = tmp_path / "text.apkg"
    path.write_text("x")
    told = small("import", str(path), "--area", "old")
    assert (1, True) == (told.code, "is neither a package nor a collection" in told.err)
    path = package(tmp_path / "broken.apkg", [("g", 9, ("q", "a"), "D", 1)])
    told = small.ok("import", str(path), "--area", "old")
    assert "1 note without a note type" in told.err
