"""`anki push` and `anki pull --connect`: what was done here goes to the running Anki, and comes back once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CURRICULUM, Studyctl, write_curriculum
from connect import AnkiConnect, Desk, served

from studyctl.core.time import from_iso, to_iso

NOW = "2026-11-23T20:00:00+00:00"
AT = from_iso("2026-11-20T19:00:00Z")
DAY = 86_400_000
TWO, THREE, SUM = "numbers/after-two", "numbers/after-three", "sums/two-and-two"


@pytest.fixture
def desk() -> Desk:
    return Desk(from_iso(NOW) // 1000)


@pytest.fixture
def anki(desk: Desk) -> Iterator[AnkiConnect]:
    with served(desk) as connect:
        yield connect


@pytest.fixture
def learner(small: Studyctl) -> Studyctl:
    """Somebody who knows `numbers`, and nothing else yet."""
    small.ok("know", "numbers", now="2026-11-01T20:00:00+00:00")
    return small


def push(studyctl: Studyctl, anki: AnkiConnect, *args: str, **how: str) -> dict:
    return studyctl.ok("anki", "push", "--url", anki.url, "--json", *args, **how).json


def did(told: dict, do: str) -> list[str]:
    return [one.get("note") or one["card"] for one in told["actions"] if one["do"] == do]


def guid(studyctl: Studyctl, card: str) -> str:
    return next(one["guid"] for one in studyctl.ok("cards", "--json").json["cards"] if one["id"] == card)


def rate(studyctl: Studyctl, *answers: tuple[str, str, int]) -> None:
    lines = [json.dumps({"card": card, "rating": rating, "at": to_iso(at)}) for card, rating, at in answers]
    studyctl.ok("rate", "--stdin", stdin="\n".join(lines))


def events(studyctl: Studyctl, do: str) -> list[dict]:
    texts = [path.read_text("utf-8") for path in sorted((studyctl.home / "journal").glob("*.jsonl"))]
    told = [json.loads(line) for text in texts for line in text.splitlines()]
    return [event for event in told if event["do"] == do]


def rewrite(studyctl: Studyctl, name: str, old: str, new: str) -> None:
    """Change a text of the small curriculum."""
    folder = Path(studyctl.options[-1])
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


# new notes


def test_notes_of_what_was_learnt_arrive_once_and_a_second_push_has_nothing_to_do(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    told = push(learner, anki)
    assert [THREE, TWO] == sorted(did(told, "add"))
    assert 2 == desk.count("notes") == desk.count("cards")
    assert [] == push(learner, anki)["actions"]
    learner.ok("know", "sums")
    assert ["sums/parts", SUM] == sorted(did(push(learner, anki), "add"))
    assert (4, 5) == (desk.count("notes"), desk.count("cards"))


def test_a_dry_run_prints_the_same_actions_and_does_nothing(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    rate(learner, (TWO, "good", AT))
    learner.ok("cards", "--suspend", THREE)
    before = (learner.home / "journal" / "desk.jsonl").read_bytes()
    tried = push(learner, anki, "--dry-run")
    assert before == (learner.home / "journal" / "desk.jsonl").read_bytes()
    assert 0 == desk.count("notes")
    reading = {"requestPermission", "findCards", "getDecks", "exportPackage"}
    assert {name for name, _ in anki.asked} <= reading
    assert tried["actions"] == push(learner, anki)["actions"]


def test_new_notes_bring_the_progress_that_was_made_before(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    rate(learner, (TWO, "good", AT), (TWO, "good", AT + DAY))
    learner.ok("cards", "--suspend", THREE)
    push(learner, anki)
    assert [AT, AT + DAY] == [row[0] for row in desk.rows(guid(learner, TWO))]
    assert -1 == desk.card(guid(learner, THREE))["queue"]
    assert [] == push(learner, anki)["actions"]
    learner.ok("cards", "--unsuspend", THREE, now="2026-11-23T20:05:00+00:00")
    told = push(learner, anki, now="2026-11-23T20:06:00+00:00")
    assert [THREE] == did(told, "unsuspend")
    assert 0 == desk.card(guid(learner, THREE))["queue"]
    assert not told["pulled"]["suspended"]


# texts


def test_only_the_field_that_changed_here_is_sent_and_tags_of_the_person_stay(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    desk.edit(guid(learner, TWO), tags=("mine", "marked"))
    rewrite(
        learner,
        "topics/maths/numbers.yaml",
        "a: three}\n  - {id: after-three",
        "a: 'III'}\n  - {id: after-three",
    )
    told = push(learner, anki)
    assert [{"do": "update", "note": TWO, "fields": ["Back"]}] == told["actions"]
    note = desk.note(guid(learner, TWO))
    assert "III" == note["fields"]["Back"]
    assert {"mine", "marked", "studyctl::maths::numbers"} == set(note["tags"])
    assert [] == push(learner, anki)["actions"]


def test_an_edit_in_anki_stays_whatever_else_changes_here(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    desk.edit(guid(learner, TWO), Back="three (3)")
    rewrite(learner, "topics/maths/numbers.yaml", "Which number comes after two?", "What comes after two?")
    told = push(learner, anki)
    assert [{"do": "update", "note": TWO, "fields": ["Front"]}] == told["actions"]
    assert [TWO] == told["edits"]
    fields = desk.note(guid(learner, TWO))["fields"]
    assert ("What comes after two?", "three (3)") == (fields["Front"], fields["Back"])
    assert ([], [TWO]) == ((again := push(learner, anki))["actions"], again["edits"])


def conflict(studyctl: Studyctl, anki: AnkiConnect, desk: Desk) -> None:
    push(studyctl, anki)
    desk.edit(guid(studyctl, TWO), Back="theirs")
    rewrite(
        studyctl,
        "topics/maths/numbers.yaml",
        "a: three}\n  - {id: after-three",
        "a: ours}\n  - {id: after-three",
    )


def test_a_conflict_is_listed_and_nothing_is_guessed(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    conflict(learner, anki, desk)
    told = push(learner, anki)
    assert [] == told["actions"]
    (one,) = told["conflicts"]
    assert {"note": TWO, "field": "Back", "agreed": "three", "ours": "ours", "theirs": "theirs"} == one
    assert "theirs" == desk.note(guid(learner, TWO))["fields"]["Back"]
    shown = learner.ok("anki", "push", "--url", anki.url).out
    assert f"studyctl anki push {TWO} --theirs, or --ours" in shown


def test_ours_settles_a_conflict_and_the_journal_keeps_what_gave_way(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    conflict(learner, anki, desk)
    assert [] == push(learner, anki, "--ours", THREE)["actions"]  # another note
    assert [TWO] == did(push(learner, anki, "--ours"), "update")
    assert "ours" == desk.note(guid(learner, TWO))["fields"]["Back"]
    assert [{"Back": "theirs"}] == [one["replaced"] for one in events(learner, "agreed") if "replaced" in one]
    again = push(learner, anki)
    assert ([], []) == (again["actions"], again["conflicts"])


def test_theirs_settles_a_conflict_and_makes_an_edit_of_it(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    conflict(learner, anki, desk)
    told = push(learner, anki, TWO, "--theirs")
    assert [] == told["actions"]
    again = push(learner, anki)
    assert ([], [], [TWO]) == (again["actions"], again["conflicts"], again["edits"])
    assert "theirs" == desk.note(guid(learner, TWO))["fields"]["Back"]


def test_without_an_agreement_an_earlier_text_of_ours_is_no_edit(
    learner: Studyctl, anki: AnkiConnect, desk: Desk, tmp_path: Path
):
    """The first push after years of packages."""
    path = tmp_path / "deck.apkg"
    learner.ok("deck", "build", "numbers", "-o", str(path), now="2026-11-02T20:00:00+00:00")
    desk.importPackage(str(path))
    rewrite(learner, "topics/maths/numbers.yaml", "Which number comes after two?", "What comes after two?")
    desk.edit(guid(learner, THREE), Back="four!")
    told = push(learner, anki)
    assert [{"do": "update", "note": TWO, "fields": ["Front"]}] == told["actions"]
    assert ([], [THREE]) == (told["conflicts"], told["edits"])


def test_without_any_clue_a_difference_is_a_conflict(
    learner: Studyctl, anki: AnkiConnect, desk: Desk, tmp_path: Path
):
    path = tmp_path / "deck.apkg"
    learner.ok("deck", "build", "numbers", "-o", str(path), now="2026-11-02T20:00:00+00:00")
    desk.importPackage(str(path))
    desk.clock = from_iso("2026-11-03T20:00:00Z") // 1000
    desk.edit(guid(learner, TWO), Back="theirs")
    rewrite(
        learner,
        "topics/maths/numbers.yaml",
        "a: three}\n  - {id: after-three",
        "a: ours}\n  - {id: after-three",
    )
    learner.ok("deck", "build", "numbers", "-o", str(path), now="2026-11-10T20:00:00+00:00")
    (one,) = push(learner, anki)["conflicts"]
    assert (TWO, None) == (one["note"], one["agreed"])


def test_a_renamed_topic_gets_its_new_tag_and_id_and_keeps_all_else(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    name = guid(learner, TWO)
    desk.edit(name, tags=("mine",))
    folder = Path(learner.options[-1]) / "topics" / "maths"
    (folder / "numbers.yaml").rename(folder / "integers.yaml")
    rewrite(learner, "topics/maths/integers.yaml", "title: Numbers\n", "title: Numbers\nwas: [numbers]\n")
    rewrite(learner, "topics/maths/sums.yaml", "topic: numbers", "topic: integers")
    told = push(learner, anki)
    assert (
        ["integers/after-three", "integers/after-two"]
        == sorted(did(told, "tag"))
        == sorted(did(told, "update"))
    )
    note = desk.note(name)
    assert {"mine", "studyctl::maths::integers"} == set(note["tags"])
    assert "integers/after-two" == note["fields"]["CardId"]
    assert [] == push(learner, anki)["actions"]


def test_a_picture_comes_along_with_the_text_that_shows_it(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    media = Path(learner.options[-1]) / "topics" / "maths" / "media"
    media.mkdir()
    (media / "line.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    rewrite(learner, "topics/maths/numbers.yaml", "a: four", 'a: "![A line](media/line.svg)"')
    assert [THREE] == did(push(learner, anki), "update")
    (name,) = desk.media
    assert name in desk.note(guid(learner, THREE))["fields"]["Back"]


# what left, what was deleted


def test_a_note_that_left_is_suspended_and_tagged_and_one_that_returns_is_taken_back(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    name = guid(learner, THREE)
    line = '  - {id: after-three, objective: count, q: "Which number comes after three?", a: four}\n'
    rewrite(learner, "topics/maths/numbers.yaml", line, "retired: [after-three]\n")
    assert [THREE] == did(push(learner, anki), "leave")
    assert -1 == desk.card(name)["queue"]
    assert "studyctl::left" in desk.note(name)["tags"]
    assert [] == push(learner, anki)["actions"]
    rewrite(learner, "topics/maths/numbers.yaml", "retired: [after-three]\n", line)
    learner.ok("anki", "pull", "--connect", "--url", anki.url)
    assert not next(one for one in learner.ok("cards", "--json").json["cards"] if one["id"] == THREE)[
        "suspended"
    ]
    assert [THREE] == did(push(learner, anki), "return")
    assert 0 == desk.card(name)["queue"]
    assert "studyctl::left" not in desk.note(name)["tags"]
    assert [] == push(learner, anki)["actions"]


def test_notes_of_a_folder_that_is_not_read_now_are_left_alone(
    learner: Studyctl, anki: AnkiConnect, desk: Desk, tmp_path: Path
):
    push(learner, anki)
    other = write_curriculum(
        tmp_path / "other", {"topics/code/python.yaml": CURRICULUM["topics/code/python.yaml"]}
    )
    learner.options = ["--no-builtin", "--curriculum", str(other)]
    told = push(learner, anki)
    assert ([], sorted([TWO, THREE])) == (told["actions"], sorted(told["gone"]))


def test_nothing_leaves_while_a_file_has_errors(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    rewrite(learner, "topics/maths/numbers.yaml", "title: Numbers", "titel: Numbers")
    told = push(learner, anki)
    assert ([], 2) == (told["actions"], len(told["gone"]))


def test_a_note_that_was_deleted_in_anki_stays_deleted(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    number = desk.note(guid(learner, TWO))["id"]
    desk.db.execute("DELETE FROM notes WHERE id = ?", (number,))
    desk.db.execute("DELETE FROM cards WHERE nid = ?", (number,))
    told = push(learner, anki)
    assert ([], [TWO]) == (told["actions"], told["deleted"])


# answers


def test_answers_of_the_terminal_arrive_under_their_moments_with_the_schedule_they_make(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    rate(learner, (TWO, "good", AT), (TWO, "easy", AT + DAY))
    told = push(learner, anki)
    assert [{"do": "schedule", "card": TWO}, {"do": "answers", "card": TWO, "count": 2}] == told["actions"]
    rows = desk.rows(guid(learner, TWO))
    assert [(AT, 3), (AT + DAY, 4)] == [(row[0], row[3]) for row in rows]
    memory = next(one for one in learner.ok("cards", "--json").json["cards"] if one["id"] == TWO)
    card = desk.card(guid(learner, TWO))
    due = (desk._created() + card["due"] * 86_400) * 1000
    assert to_iso(due)[:10] == memory["due"][:10]
    data = json.loads(card["data"])
    assert (None, (AT + DAY) // 1000) == (data["memory_state"], data["last_review_time"])
    assert (2, 2, 2) == (card["type"], card["queue"], card["reps"])
    pulled = learner.ok("anki", "pull", "--connect", "--url", anki.url, "--json").json
    assert {"seen": 2, "new": 0, "duplicate": 2} == pulled["reviews"]
    assert [] == push(learner, anki)["actions"]


def test_answers_of_both_sides_are_told_together(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    rate(learner, (TWO, "good", AT))
    number = desk.card(guid(learner, TWO))["id"]
    desk.insertReviews([[AT + DAY, number, -1, 3, 5, 1, 500, 4000, 1]])
    told = push(learner, anki)
    assert 1 == told["pulled"]["reviews"]["new"]
    assert [AT, AT + DAY] == [row[0] for row in desk.rows(guid(learner, TWO))]
    assert 2 == desk.card(guid(learner, TWO))["reps"]


def test_earlier_answers_that_come_later_are_no_reset_in_anki(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    """Another device's journal arrives after the first answer of this one was sent."""
    push(learner, anki)
    rate(learner, (TWO, "good", AT))
    push(learner, anki)
    rate(learner, *((TWO, "good", AT - days * DAY) for days in (14, 11, 5)))
    push(learner, anki)
    rows = desk.rows(guid(learner, TWO))
    assert [0, 0, 0, 0] == [row[-1] for row in rows]
    pulled = learner.ok("anki", "pull", "--connect", "--url", anki.url, "--json").json
    assert (4, 0) == (pulled["reviews"]["duplicate"], pulled["resets"])
    rate(learner, (TWO, "good", AT + 2 * DAY))
    push(learner, anki)
    assert 1 == desk.rows(guid(learner, TWO))[-1][-1]


def test_a_moment_that_is_taken_by_a_card_of_others_is_passed_over_once_for_all(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    desk.insertReviews([[AT, 999, -1, 3, 1, 0, 0, 0, 0], [AT + 1, 999, -1, 3, 1, 0, 0, 0, 0]])
    rate(learner, (TWO, "good", AT), (THREE, "good", AT + DAY))
    push(learner, anki)
    assert [AT + 2] == [row[0] for row in desk.rows(guid(learner, TWO))]
    assert [AT + DAY] == [row[0] for row in desk.rows(guid(learner, THREE))]
    assert [] == push(learner, anki)["actions"]
    pulled = learner.ok("anki", "pull", "--connect", "--url", anki.url, "--json").json
    assert 0 == pulled["reviews"]["new"]


def test_undo_takes_back_what_is_here_and_the_next_push_doubles_nothing(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    desk.insertReviews([[AT, 999, -1, 3, 1, 0, 0, 0, 0]])
    rate(learner, (TWO, "good", AT))
    push(learner, anki)
    learner.ok("undo")  # the rating, since the push recorded only under which moment it went
    assert [] == push(learner, anki)["actions"]
    assert [AT + 1] == [row[0] for row in desk.rows(guid(learner, TWO))]
    memory = next(one for one in learner.ok("cards", "--json").json["cards"] if one["id"] == TWO)
    assert 0 == memory["reviews"]


def test_a_push_is_one_batch(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    number = desk.card(guid(learner, TWO))["id"]
    desk.insertReviews([[AT, number, -1, 3, 5, 1, 500, 4000, 1]])
    rewrite(learner, "topics/maths/numbers.yaml", "Which number comes after two?", "What comes after two?")
    learner.ok("know", "sums", now="2026-11-23T20:01:00+00:00")
    push(learner, anki, now="2026-11-23T20:02:00+00:00")
    batches = {one["batch"] for do in ("reviewed", "agreed") for one in events(learner, do)}
    assert 2 == len(batches)


def test_answers_of_a_card_in_a_filtered_deck_wait(learner: Studyctl, anki: AnkiConnect, desk: Desk):
    push(learner, anki)
    number = desk.card(guid(learner, TWO))["id"]
    desk.db.execute("UPDATE cards SET odid = did, odue = due WHERE id = ?", (number,))
    rate(learner, (TWO, "good", AT))
    desk.insertReviews([[AT + DAY, number, -1, 3, 5, 1, 500, 4000, 1]])
    told = push(learner, anki)
    assert ([], [TWO], 1) == (told["actions"], told["away"], told["pulled"]["reviews"]["new"])
    desk.db.execute("UPDATE cards SET odid = 0, odue = 0 WHERE id = ?", (number,))
    assert [TWO] == did(push(learner, anki), "answers")


def test_suspending_travels_there_and_what_was_done_there_comes_home(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    push(learner, anki)
    learner.ok("cards", "--suspend", TWO)
    desk.suspend([desk.card(guid(learner, THREE))["id"]])
    told = push(learner, anki)
    assert ([TWO], 1) == (did(told, "suspend"), told["pulled"]["suspended"])
    assert -1 == desk.card(guid(learner, TWO))["queue"]
    asleep = {one["id"] for one in learner.ok("cards", "--json").json["cards"] if one["suspended"]}
    assert {TWO, THREE} == asleep
    assert [] == push(learner, anki)["actions"]


# trouble


def fail_at(anki: AnkiConnect, action: str, fault: str | bytes | int, number: int = 1) -> None:
    """Let the request for an action fail, the `number`-th one."""
    counted = {"left": number}

    def faults(asked: str) -> str | bytes | int | None:
        if asked == action:
            counted["left"] -= 1
            if not counted["left"]:
                return fault
        return None

    anki.faults = faults


STEPS = [
    ("multi", 1), ("addTags", 1), ("suspend", 1), ("importPackage", 1), ("exportPackage", 2), ("multi", 2),
    ("insertReviews", 1), ("multi", 3), ("suspend", 2), ("sync", 1),
]  # fmt: skip


@pytest.mark.parametrize("fault", ["unheard", "lost", "half"])
@pytest.mark.parametrize(("action", "number"), STEPS)
def test_a_second_push_finishes_what_the_first_one_could_not(
    learner: Studyctl, anki: AnkiConnect, desk: Desk, action: str, number: int, fault: str
):
    """Everything at once: a text, a note that left, new notes, answers, a suspension."""
    push(learner, anki)
    four = guid(learner, THREE)
    line = '  - {id: after-three, objective: count, q: "Which number comes after three?", a: four}\n'
    rewrite(learner, "topics/maths/numbers.yaml", line, "retired: [after-three]\n")
    rewrite(learner, "topics/maths/numbers.yaml", "Which number comes after two?", "What comes after two?")
    learner.ok("know", "sums")
    rate(learner, (TWO, "good", AT), (TWO, "good", AT + DAY), (SUM, "again", AT + 1))
    learner.ok("cards", "--suspend", TWO)
    fail_at(anki, action, fault, number)
    told = learner("anki", "push", "--url", anki.url, "--sync")
    assert (1, True) == (told.code, told.err.startswith("error: Anki broke off")), told
    anki.faults = lambda _: None
    push(learner, anki, "--sync")
    assert (5, 4) == (desk.count("cards"), desk.count("notes") - 0)
    assert [AT, AT + DAY] == [row[0] for row in desk.rows(guid(learner, TWO))]
    assert [AT + 1] == [row[0] for row in desk.rows(guid(learner, SUM))]
    assert "What comes after two?" == desk.note(guid(learner, TWO))["fields"]["Front"]
    assert (2, -1) == (desk.card(guid(learner, TWO))["reps"], desk.card(guid(learner, TWO))["queue"])
    assert (-1, True) == (desk.card(four)["queue"], "studyctl::left" in desk.note(four)["tags"])
    assert [] == push(learner, anki)["actions"]
    assert desk.synced


def test_an_edit_gives_way_for_certain_even_if_the_push_breaks_off(
    learner: Studyctl, anki: AnkiConnect, desk: Desk
):
    conflict(learner, anki, desk)
    fail_at(anki, "multi", "unheard")
    assert 1 == learner("anki", "push", "--url", anki.url, "--ours").code
    anki.faults = lambda _: None
    assert [TWO] == did(push(learner, anki), "update")
    assert "ours" == desk.note(guid(learner, TWO))["fields"]["Back"]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (b"<html>", "is not AnkiConnect"),
        (b'{"result": 1}', "is not AnkiConnect"),
        (b"[1, 2]", "is not AnkiConnect"),
        (b"\xff\xfe", "is not AnkiConnect"),
        (b'{"result": [["x"]], "error": null}', "cannot be understood"),
        (403, "does not admit this program"),
        (500, "HTTP status 500"),
        (302, "HTTP status 302"),
        ("half", "broke off in the midst of findCards"),
        ("silent", "did not finish findCards in 0.2 s"),
        ("endless", "did not finish findCards in 0.2 s"),
    ],
)
def test_wrong_and_late_answers_end_with_one_clear_error(
    learner: Studyctl, anki: AnkiConnect, fault: str | bytes | int, said: str
):
    fail_at(anki, "findCards", fault)
    told = learner("anki", "push", "--url", anki.url, "--timeout", "0.2")
    assert (1, "") == (told.code, told.out)
    assert said in told.err
    assert "\ntry: " in told.err


def test_anki_that_is_closed_is_said_so(learner: Studyctl):
    for args in (("push",), ("pull", "--connect")):
        told = learner("anki", *args, "--url", "http://127.0.0.1:9")
        assert 1 == told.code
        assert "error: Anki does not answer at http://127.0.0.1:9\ntry: start Anki" in told.err


def test_permission_is_asked_for(learner: Studyctl, anki: AnkiConnect):
    anki.permission = "denied"
    told = learner("anki", "push", "--url", anki.url)
    assert (1, True) == (told.code, "error: Anki has not given permission\ntry: allow it" in told.err)


def test_an_old_addon_is_told_to_be_updated(learner: Studyctl, anki: AnkiConnect):
    anki.version = 5
    assert "speaks version 5, and 6 is needed" in learner("anki", "push", "--url", anki.url).err


def test_no_open_profile_is_said_so(learner: Studyctl, anki: AnkiConnect):
    fail_at(anki, "findCards", b'{"result": null, "error": "collection is not available"}')
    assert "no profile is open in Anki" in learner("anki", "push", "--url", anki.url).err


def test_the_key_goes_only_to_an_addon_that_wants_one_and_into_no_text(
    learner: Studyctl, anki: AnkiConnect, monkeypatch: pytest.MonkeyPatch
):
    anki.key = "s3cret"
    told = learner("anki", "push", "--url", anki.url)
    assert (1, True) == (
        told.code,
        "error: AnkiConnect wants its key\ntry: set STUDYCTL_ANKI_KEY" in told.err,
    )
    monkeypatch.setenv("STUDYCTL_ANKI_KEY", "wr0ng")
    told = learner("anki", "push", "--url", anki.url)
    assert "does not take the key" in told.err
    assert "wr0ng" not in told.err + told.out
    monkeypatch.setenv("STUDYCTL_ANKI_KEY", "s3cret")
    assert did(push(learner, anki), "add")
    anki.key = None  # an add-on without a key refuses every key
    assert [] == push(learner, anki)["actions"]


def test_a_deck_that_anki_does_not_have_is_said_so(learner: Studyctl, anki: AnkiConnect):
    told = learner("anki", "pull", "--connect", "--deck", "Spanish", "--url", anki.url)
    assert (1, True) == (told.code, "error: Anki has no deck 'Spanish'" in told.err)


def test_proxies_are_not_asked(learner: Studyctl, anki: AnkiConnect, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert did(push(learner, anki), "add")


@pytest.mark.parametrize(
    "args",
    [
        ("push", "--ours", "--theirs"),
        ("push", TWO),
        ("push", "numbers/after-tow", "--ours"),
        ("push", "--url", "file:///etc/passwd"),
        ("pull",),
        ("pull", "x.apkg", "--connect"),
        ("pull", "x.apkg", "--url", "http://127.0.0.1:1"),
        ("pull", "--connect", "--apply"),
    ],
)
def test_what_makes_no_sense_is_a_matter_of_usage(learner: Studyctl, args: tuple[str, ...]):
    assert 2 == learner("anki", *args).code
