"""`anki pull FILE`: answers come home once, whatever else the collection holds."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from conftest import Studyctl

from studyctl.core.handed import handed, labelled

DAY = 86_400_000
START = 1_795_000_000_000  # in November 2026


@pytest.fixture
def collection(small: Studyctl, tmp_path: Path):
    """A collection with the cards of `sums` and a log that a test writes."""
    cards = small.ok("cards", "--json").json["cards"]

    def make(
        rows: list[tuple[int, str, int, int, int]],
        *,
        suspended: tuple[str, ...] = (),
        rollover: int = 4,
        handed: tuple[int, int] | None = None,
    ) -> Path:
        """`handed`: seconds at which CARD was handed over suspended, and at which it changed."""
        path = tmp_path / "collection.anki2"
        path.unlink(missing_ok=True)
        db = sqlite3.connect(path)
        db.executescript(
            "CREATE TABLE col (id, conf, models); CREATE TABLE notes (id, guid, flds, tags);"
            "CREATE TABLE cards (id, nid, ord, type, queue, mod, data);"
            "CREATE TABLE revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type);"
        )
        db.execute("INSERT INTO col VALUES (1, ?, '{}')", (f'{{"rollover": {rollover}, "localOffset": 0}}',))
        number = {}
        for at, card in enumerate([*cards, {"id": "foreign", "guid": "foreign", "ord": 0}], 1):
            number[card["id"]] = at
            db.execute("INSERT INTO notes VALUES (?, ?, 'x', '')", (at, card["guid"]))
            queue = -1 if card["id"] in suspended else 2
            sent, changed = handed if handed and card["id"] == CARD else (0, START // 1000)
            data = labelled('{"pos":1}', sent) if sent else "{}"
            row = (at, at, card["ord"], queue, changed, data)
            db.execute("INSERT INTO cards VALUES (?, ?, ?, 2, ?, ?, ?)", row)
        for at, card, ease, kind, factor in rows:
            row = (at, number.get(card, 999), -1, ease, 1, 0, factor, 5000, kind)
            db.execute("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", row)
        db.commit()
        db.close()
        return path

    return make


NOW = "2026-11-30T20:00:00+00:00"
CARD = "sums/two-and-two"


def memory(studyctl: Studyctl, card: str = CARD) -> dict[str, object]:
    cards = studyctl.ok("cards", "--json", now=NOW).json["cards"]
    return next(one for one in cards if one["id"] == card)


def test_every_counting_answer_comes_once_and_a_second_pull_brings_none(small: Studyctl, collection):
    path = collection(
        [
            (START, CARD, 3, 0, 300),
            (START + 1, CARD, 3, 3, 0),  # cram
            (START + DAY, CARD, 3, 1, 300),
            (START + DAY + 1, CARD, 0, 4, 1),  # a due date set by hand
            (START + DAY + 2, CARD, 0, 5, 0),  # rescheduled
            (START + DAY + 3, "foreign", 3, 1, 300),
            (START + DAY + 4, "gone", 3, 1, 300),
            (START + 900 * DAY, CARD, 3, 1, 300),  # in the future
        ]
    )
    told = small.ok("anki", "pull", str(path), "--json", now=NOW).json
    assert {"seen": 4, "new": 2, "duplicate": 0} == told["reviews"]
    assert {"cram": 1, "manual": 1, "rescheduled": 1, "unknown": 1, "deleted": 1, "future": 1} == {
        name: count for name, count in told["ignored"].items() if count
    }
    assert 2 == memory(small)["reviews"]
    again = small.ok("anki", "pull", str(path), "--json", now=NOW).json
    assert {"seen": 4, "new": 0, "duplicate": 2} == again["reviews"]


@pytest.mark.usefixtures("plain_days")  # two cards may come back on different days
def test_states_equal_those_of_the_same_answers_in_the_terminal(small: Studyctl, collection):
    rows = [(START + at * DAY, CARD, ease, 1, 300) for at, ease in enumerate((3, 3, 1, 4))]
    small.ok("anki", "pull", str(collection(rows)), now=NOW)
    lines = [
        f'{{"card": "numbers/after-two", "rating": "{name}", "at": "{at}"}}'
        for name, at in zip(("good", "good", "again", "easy"), _moments(START, 4), strict=True)
    ]
    small.ok("rate", "--stdin", stdin="\n".join(lines))
    pulled, here = memory(small), memory(small, "numbers/after-two")
    for key in ("stability", "difficulty", "due", "lapses", "reviews", "state"):
        assert pulled[key] == here[key]


def _moments(start: int, count: int) -> list[str]:
    from studyctl.core.time import to_iso

    return [to_iso(start + at * DAY) for at in range(count)]


def test_a_reset_makes_the_card_new_and_its_answers_count_as_stored(small: Studyctl, collection):
    path = collection([(START, CARD, 3, 0, 300), (START + DAY, CARD, 0, 4, 0)])
    told = small.ok("anki", "pull", str(path), "--json", now=NOW).json
    assert (1, 1) == (told["reviews"]["new"], told["resets"])
    assert "new" == memory(small)["state"]


def test_an_answer_that_was_given_here_is_not_counted_twice(small: Studyctl, collection):
    small.ok(
        "rate", "--stdin", stdin=f'{{"card": "{CARD}", "rating": "good", "at": "{_moments(START, 1)[0]}"}}'
    )
    told = small.ok("anki", "pull", str(collection([(START, CARD, 3, 0, 300)])), "--json", now=NOW).json
    assert {"seen": 1, "new": 0, "duplicate": 1} == told["reviews"]


def test_an_undone_answer_stays_undone(small: Studyctl, collection):
    path = collection([(START, CARD, 3, 0, 300)])
    small.ok("anki", "pull", str(path), now=NOW)
    small.ok("undo", now=NOW)
    assert 0 == small.ok("anki", "pull", str(path), "--json", now=NOW).json["reviews"]["new"]
    assert "new" == memory(small)["state"]


def test_suspending_travels_home_and_only_when_it_changed(small: Studyctl, collection):
    rows = [(START, CARD, 3, 0, 300)]
    small.ok("anki", "pull", str(collection(rows, suspended=(CARD,))), now=NOW)
    assert memory(small)["suspended"]
    small.ok("cards", "--unsuspend", CARD, now=NOW)
    small.ok("anki", "pull", str(collection(rows, suspended=(CARD,))), now=NOW)
    assert not memory(small)["suspended"]


def test_a_card_that_arrived_suspended_and_was_taken_back_there_is_taken_back_here(
    small: Studyctl, collection
):
    sent = START // 1000
    small.ok("cards", "--suspend", CARD, now="2026-11-24T20:00:00+00:00")

    def pulled(changed: int, **how) -> tuple[int, int]:
        path = collection([(START, CARD, 3, 0, 300)], handed=(sent, changed), **how)
        told = small.ok("anki", "pull", str(path), "--json", now=NOW).json
        return told["suspended"], told["unsuspended"]

    taken_back = sent + 10 * 86_400
    assert (0, 0) == pulled(sent, suspended=(CARD,))
    assert (0, 0) == pulled(sent)  # imported without its progress
    assert memory(small)["suspended"]
    assert (0, 1) == pulled(taken_back)
    assert not memory(small)["suspended"]
    assert (0, 0) == pulled(taken_back)
    small.ok("cards", "--suspend", CARD, now=NOW)
    assert (0, 0) == pulled(taken_back)
    assert memory(small)["suspended"]  # what was done here later holds
    assert (1, 0) == pulled(taken_back + 60, suspended=(CARD,))


@pytest.mark.parametrize(
    "data",
    ["", "studyctl", "[]", '{"cd": 3}', '{"cd": "[studyctl]"}', '{"cd": "{\\"studyctl\\":true}"}', None],
)
def test_custom_data_of_others_is_no_label(data):
    assert handed(data) is None


def test_the_label_keeps_what_else_a_card_s_data_says():
    told = json.loads(labelled('{"pos":4,"s":2.5}', 1_795_000_000))
    assert {"pos": 4, "s": 2.5, "cd": '{"studyctl":1795000000}'} == told
    assert len(told["cd"]) <= 100
    assert 1_795_000_000_000 == handed(json.dumps(told))


def test_another_hour_of_the_day_is_said_with_the_command_that_adopts_it(small: Studyctl, collection):
    told = small.ok("anki", "pull", str(collection([(START, CARD, 3, 0, 300)], rollover=6)), now=NOW)
    assert "try: studyctl config set day_starts_at 6" in told.err


def test_dry_run_and_no_history_change_nothing(small: Studyctl, collection):
    assert (
        1
        == small.ok(
            "anki", "pull", str(collection([(START, CARD, 3, 0, 300)])), "--dry-run", "--json", now=NOW
        ).json["reviews"]["new"]
    )
    assert not small.home.exists()


def test_ids_in_the_wrong_unit_and_answers_to_come_are_left_out(small: Studyctl, collection):
    rows = [
        (START // 1000, CARD, 3, 0, 300),  # seconds
        (START * 1000, CARD, 3, 0, 300),  # microseconds
        (START + 30 * DAY, CARD, 3, 0, 300),
        (START, CARD, 7, 0, 300),  # no rating of Anki's
    ]
    path = collection(rows)
    told = small.ok("anki", "pull", str(path), "--json", now=NOW).json
    assert {"seen": 0, "new": 0, "duplicate": 0} == told["reviews"]
    assert {"future": 2, "unreadable": 2} == {name: count for name, count in told["ignored"].items() if count}
    later = small.ok("anki", "pull", str(path), "--json", now="2027-03-01T20:00:00+00:00").json
    assert 1 == later["reviews"]["new"]


def test_two_notes_of_one_guid_are_one_card_and_are_named(small: Studyctl, collection):
    path = collection([(START, CARD, 3, 0, 300), (START + DAY, "numbers/after-two", 3, 0, 300)])
    with sqlite3.connect(path) as db:
        guid = next(one["guid"] for one in small.ok("cards", "--json").json["cards"] if one["id"] == CARD)
        other = next(
            one for one in small.ok("cards", "--json").json["cards"] if one["id"] == "numbers/after-two"
        )
        db.execute("UPDATE notes SET guid = ? WHERE guid = ?", (guid, other["guid"]))
    db.close()
    told = small.ok("anki", "pull", str(path), "--json", now=NOW)
    assert {"seen": 2, "new": 2, "duplicate": 0} == told.json["reviews"]
    assert "1 note of one guid twice" in told.err
    assert 2 == memory(small)["reviews"]
    assert 0 == small.ok("anki", "pull", str(path), "--json", now=NOW).json["reviews"]["new"]


def test_a_card_whose_topic_is_gone_keeps_what_the_journal_holds_and_comes_alive_again(
    small: Studyctl, collection, tmp_path: Path
):
    small.ok("anki", "pull", str(collection([(START, CARD, 3, 0, 300)])), now=NOW)
    path = collection([(START, CARD, 3, 0, 300), (START + DAY, CARD, 3, 1, 300)])
    topic = tmp_path / "small" / "topics" / "maths" / "sums.yaml"
    text = topic.read_text()
    topic.unlink()
    told = small.ok("anki", "pull", str(path), "--json", now=NOW)
    assert {"seen": 2, "new": 0, "duplicate": 1} == told.json["reviews"]
    assert (1, 1) == (told.json["ignored"]["unknown"], told.json["cards"]["lost"])
    assert f"kept in the journal: {CARD}" in told.err
    topic.write_text(text)
    assert 1 == memory(small)["reviews"]
    assert 1 == small.ok("anki", "pull", str(path), "--json", now=NOW).json["reviews"]["new"]
    assert 2 == memory(small)["reviews"]


def test_a_file_that_is_none_is_a_usage_error(small: Studyctl, tmp_path: Path):
    assert 2 == small("anki", "pull", str(tmp_path / "nothing.apkg")).code
    (tmp_path / "text").write_text("x")
    told = small("anki", "pull", str(tmp_path / "text"))
    assert 1 == told.code
    assert "is neither a package nor a collection of Anki" in told.err
