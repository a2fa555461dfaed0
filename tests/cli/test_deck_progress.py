"""`deck build --with-progress`: what a package carries, told by the package itself."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from conftest import Studyctl

AT = 1_794_000_000_000  # in November 2026
DAY = 86_400_000


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
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


def rate(studyctl: Studyctl, *answers: tuple[str, str, int], **how: str) -> None:
    from studyctl.core.time import to_iso

    lines = [json.dumps({"card": card, "rating": rating, "at": to_iso(at)}) for card, rating, at in answers]
    studyctl.ok("rate", "--stdin", stdin="\n".join(lines), **how)


def events(studyctl: Studyctl, do: str) -> list[dict]:
    texts = [path.read_text("utf-8") for path in sorted((studyctl.home / "journal").glob("*.jsonl"))]
    told = [json.loads(line) for text in texts for line in text.splitlines()]
    return [event for event in told if event["do"] == do]


def build(studyctl: Studyctl, folder: Path, name: str = "deck.apkg", **how: str) -> Path:
    studyctl.ok("deck", "build", "--all", "--with-progress", "-o", name, **how)
    return folder / name


def test_the_same_journal_makes_the_same_bytes_wherever_and_whenever(small: Studyctl, folder: Path):
    rate(small, ("numbers/after-two", "good", AT), ("sums/parts.c1", "again", AT + DAY))
    small.ok("cards", "--suspend", "sums/two-and-two")
    first = build(small, folder).read_bytes()
    assert first == build(small, folder, "again.apkg", now="2027-03-01T07:00:00+09:00").read_bytes()


def test_of_two_cards_answered_at_one_millisecond_one_goes_under_the_next(small: Studyctl, folder: Path):
    answers = [("numbers/after-two", "good", AT), ("numbers/after-three", "hard", AT)]
    rate(small, *answers, ("sums/two-and-two", "good", AT + 1))
    path = build(small, folder)
    assert [AT, AT + 1, AT + 2] == [at for (at,) in rows(path, "SELECT id FROM revlog ORDER BY id")]
    (shift,) = events(small, "shifted")
    assert "numbers/after-two" == shift["card"]  # numbers/after-three comes first by its id
    build(small, folder, "again.apkg")
    assert 1 == len(events(small, "shifted"))
    assert path.read_bytes() == (folder / "again.apkg").read_bytes()


def test_what_went_under_another_moment_is_known_when_it_comes_back(small: Studyctl, folder: Path):
    rate(small, ("numbers/after-two", "good", AT), ("numbers/after-three", "hard", AT))
    path = build(small, folder)
    before = small.ok("cards", "--json").json
    told = small.ok("anki", "pull", str(path), "--json").json
    assert {"seen": 2, "new": 0, "duplicate": 2} == told["reviews"]
    assert before == small.ok("cards", "--json").json


def test_a_shifted_answer_that_another_device_has_pulled_before_counts_once(
    small: Studyctl, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    """The file with the event arrives after the pull."""
    rate(small, ("numbers/after-two", "good", AT), ("numbers/after-three", "hard", AT))
    path = build(small, folder)
    desk = small.home / "journal" / "desk.jsonl"
    kept = desk.read_text()
    before = small.ok("cards", "--json").json
    desk.unlink()
    monkeypatch.setenv("STUDYCTL_DEVICE", "laptop")
    assert 2 == small.ok("anki", "pull", str(path), "--json").json["reviews"]["new"]
    desk.write_text(kept)
    assert before == small.ok("cards", "--json").json


def test_answers_that_came_from_anki_keep_their_moment(small: Studyctl, folder: Path, tmp_path: Path):
    rate(small, ("numbers/after-two", "good", AT))
    other = build(small, folder)
    desk = small.home / "journal" / "desk.jsonl"
    desk.unlink()
    small.ok("anki", "pull", str(other))
    rate(small, ("numbers/after-three", "hard", AT))  # would be the first by its id
    path = build(small, folder)
    sql = "SELECT r.id FROM revlog r, cards c, notes n WHERE r.cid = c.id AND c.nid = n.id AND n.flds LIKE ?"
    by_card = {
        name: [at for (at,) in rows(path, sql.replace("?", f"'%numbers/{name}%'"))]
        for name in ("after-two", "after-three")
    }
    assert {"after-two": [AT], "after-three": [AT + 1]} == by_card


def test_a_reset_goes_along_and_comes_back_as_the_same(small: Studyctl, folder: Path):
    rate(small, ("numbers/after-two", "good", AT), ("numbers/after-two", "good", AT + DAY))
    reset = {
        "v": 1, "id": "r1", "at": "2026-11-08T20:00:00.000Z", "offset": 0, "batch": "r", "do": "reset",
        "card": "numbers/after-two",
    }  # fmt: skip
    (small.home / "journal" / "phone.jsonl").write_text(json.dumps(reset) + "\n")
    rate(small, ("numbers/after-two", "hard", AT + 5 * DAY))
    before = small.ok("cards", "--json").json
    path = build(small, folder)
    log = rows(path, "SELECT ease, type, lastIvl FROM revlog ORDER BY id")
    assert [3, 3, 0, 2] == [ease for ease, _, _ in log]
    assert [0, 0, 4, 0] == [kind for _, kind, _ in log]
    assert 1 == small.ok("anki", "pull", str(path), "--json").json["resets"]
    assert before == small.ok("cards", "--json").json


def test_new_cards_come_in_the_order_of_the_plan(small: Studyctl, folder: Path):
    small.ok("know", "numbers")
    small.ok("goal", "add", "python")
    path = build(small, folder)
    order = [
        flds.split("\x1f")[5].partition("/")[0]
        for (flds,) in rows(path, "SELECT flds FROM notes JOIN cards ON nid = notes.id ORDER BY due, ord")
    ]
    assert ["numbers", "python", "sums", "products"] == list(dict.fromkeys(order))


def test_cards_of_topics_that_are_not_open_yet_are_left_out_and_not_suspended(small: Studyctl, folder: Path):
    small.ok("know", "numbers")
    small.ok("cards", "--suspend", "numbers/after-two")
    told = small.ok("deck", "build", "--with-progress", "-o", "deck.apkg", "--json").json
    assert (2, 1, {"locked": 5}) == (told["cards"], told["with_progress"], told["left_out"])
    assert [(-1,), (0,)] == rows(folder / "deck.apkg", "SELECT queue FROM cards ORDER BY queue")


def test_the_screen_says_what_to_tick(small: Studyctl):
    rate(small, ("numbers/after-two", "good", AT))
    told = small.ok("deck", "build", "--all", "--with-progress").out
    assert 'With the progress of 1 card: tick "import any learning progress"' in told
