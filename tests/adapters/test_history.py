"""What the journal says, in whatever order and shape its files arrive."""

from __future__ import annotations

import json
import os
import sqlite3
import sys

import pytest
from journals import DAY, START, Home, answer, everything, line, may_write_everywhere, undone

from studyctl.adapters import history_bulk, history_fold, journal_reader
from studyctl.adapters.journal import JournalError
from studyctl.core.events import Fact, fact
from studyctl.core.memory import State
from studyctl.core.time import study_day, to_date, to_iso

TODAY = study_day(START, 0)


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


def reviews(home: Home) -> dict[str, int]:
    return {card: memory.reviews for card, memory in home.history().memories().items()}


def fresh(home: Home) -> dict:
    """All that the journal says to somebody without a cache."""
    return everything(
        Home(home.folder, home.device, home.now, home.offset, home.settings, home.aliases, None).history()
    )


# reading files


def test_reading_writes_nothing_in_the_home(home):
    home.folder = home.folder / "empty"
    home.cache = None
    history = home.history()
    assert everything(history)["memories"] == {}
    assert [] == history.last_batch()
    assert () == history.notices()
    assert not home.folder.exists()


def test_every_file_counts_conflict_copies_included(home):
    one, two = line(card="t/a"), line(card="t/b", at=START + 1)
    home.write(one, name="phone.jsonl")
    home.write(one, two, name="phone.sync-conflict-20261123-201503-ABCDEFG.jsonl")
    assert {"t/a": 1, "t/b": 1} == reviews(home)


def test_other_files_of_the_folder_are_left_alone(home):
    home.write(line(), name=".phone.jsonl")
    home.write(line(), name="phone.jsonl.tmp")
    (home.files / "folder.jsonl").mkdir()
    (home.files / "nowhere.jsonl").symlink_to(home.files / "gone")
    assert {} == reviews(home)
    assert () == home.history().notices()


def test_a_torn_last_line_is_ignored_until_it_is_whole(home):
    whole = json.dumps(line(card="t/b")).encode() + b"\n"
    path = home.write(line(card="t/a"))
    for cut in range(len(whole) - 1):
        data = path.read_bytes()
        path.write_bytes(data + whole[:cut])
        history = home.history()
        assert ["t/a"] == list(history.memories())
        assert () == history.notices()
        path.write_bytes(data)
    path.write_bytes(data + whole)
    assert {"t/a": 1, "t/b": 1} == reviews(home)


def test_a_last_line_that_lacks_only_its_newline_counts_once(home):
    path = home.write(line(card="t/a"), end="")
    assert {"t/a": 1} == reviews(home)
    home.write("", line(card="t/b"))
    assert {"t/a": 1, "t/b": 1} == reviews(home)
    assert fresh(home) == everything(home.history())
    path.write_bytes(path.read_bytes().replace(b"}\n", b"} x\n", 1))
    assert {"t/b": 1} == reviews(home)


def test_a_whole_last_line_that_goes_on_after_all_is_read_again(home):
    path = home.write(line(card="t/a"), end="")
    assert {"t/a": 1} == reviews(home)
    with path.open("ab") as file:
        file.write(b"garbage\n")
    assert {} == reviews(home)
    assert 1 == len(home.history().notices())


DAMAGE = {
    "it is no JSON": b'{"v": 1, "id": "x", "at": "2026-11-2',
    "it is no UTF-8": b'{"v": 1, "id": "\xff"}',
    "it is no event": b"[1, 2]",
    "'id' is None": line() | {"id": None},
    "'id' is '\\ud800'": line() | {"id": "\ud800"},
    "'at' is 'yesterday'": line() | {"at": "yesterday"},
    "'at' is '2026-02-30T00:00:00.000Z'": line() | {"at": "2026-02-30T00:00:00.000Z"},
    "'at' is 1795000000000": line() | {"at": START},
    "'offset' is 9000": line() | {"offset": 9000},
    "'do' is ''": line() | {"do": ""},
    "'v' is '1'": line() | {"v": "1"},
    "'card' is 7": line() | {"card": 7},
    "'rating' is 5": line() | {"rating": 5},
    "'rating' is 3.0": line() | {"rating": 3.0},
    "'rating' is True": line() | {"rating": True},
    "'ms' is -1": line() | {"ms": -1},
    "'ms' is 1e+300": line() | {"ms": 1e300},
    "'at' is '0001-01-01T00:00:00.000Z'": line() | {"at": "0001-01-01T00:00:00.000Z"},
    "'at' is '1969-12-31T23:59:59.999Z'": line() | {"at": "1969-12-31T23:59:59.999Z"},
    "'at' is '9999-12-31T23:59:59.999Z'": line() | {"at": "9999-12-31T23:59:59.999Z"},
    "it is no JSON ": line("logged", topic="t", minutes=float("inf")),
    "it is no JSON  ": b'{"v": 1, "id": "x", "at": "2026-11-20T10:00:00Z", "do": "logged", "topic": "t", "minutes": 1e999}',
    "'minutes' is 1e+300": line("logged", topic="t", minutes=1e300),
    "'minutes' is '5'": line("logged", topic="t", minutes="5"),
    "'box' is -100000000.0": line("detoured", topic="t", box=-1e8),
    "'topic' is ['t']": line("started", topic=["t"]),
    "'value' is True": line("goal-added", goal="t", value=True),
    "'year' is 1999.5": line("once", topic="t", year=1999.5),
    "'first' is '2026-02-30'": line("away", first="2026-02-30", last="2026-03-01"),
    "'batch' is []": line("parked", topic="t") | {"batch": []},
    "'parameters' is [1000000000000": line("tuned", parameters=[10**400] * 21),
    "'topic' is ' '": line("logged", topic=" ", minutes=5),
    "'offset' is 1440": line("started", topic="t") | {"offset": 1440},
    "'right' is 1": line("probed", topic="t", card="t/a", right=1),
}


@pytest.mark.parametrize("what", DAMAGE)
@pytest.mark.parametrize("more", [0, 200])
def test_a_damaged_line_in_the_middle_is_reported_with_its_place_and_passed_over(home, what, more):
    """Few lines are read as JSON, many by the expression for usual lines; both must say the same."""
    rest = [line(card="t/c", at=START + n) for n in range(more)]
    path = home.write(line(card="t/a"), DAMAGE[what], line(card="t/b"), *rest)
    history = home.history()
    assert {"t/a", "t/b"} | ({"t/c"} if more else set()) == set(history.memories())
    (notice,) = history.notices()
    assert notice.startswith(f"{path}:2: damaged line, passed over: {what.strip()}")
    assert [] == history.events()
    assert history.notices() == home.history().notices()


def test_many_damaged_lines_are_not_a_wall_of_text(home):
    home.write(*["}{"] * 50)
    told = home.history().notices()
    assert 4 == len(told)
    assert told[-1].endswith(": 47 more damaged lines, passed over: 4 to 50")
    home.write(*(line(card="t/a", at=START + n) if n % 2 else "}{" for n in range(60)), name="other.jsonl")
    places = ", ".join(str(n) for n in range(7, 46, 2))
    assert home.history().notices()[3].endswith(f": 27 more damaged lines, passed over: {places} and 7 more")


def test_lines_that_a_damaged_line_spans_are_not_taken_together(home):
    home.write('{"v": 1, "id": "x",', '"at": "2026-11-23T20:15:03.120Z", "do": "started", "topic": "t"}')
    assert [] == home.history().events()
    assert 2 == len(home.history().notices())


def test_blank_lines_windows_line_ends_and_a_byte_order_mark_do_no_harm(home):
    path = home.write("", "  ", line(card="t/a"), line(card="t/b"), end="\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(line(card="t/c")).encode() + b"\r\n" + path.read_bytes())
    assert {"t/a": 1, "t/b": 1, "t/c": 1} == reviews(home)
    assert () == home.history().notices()


def test_a_file_of_zeros_or_nested_without_end_is_only_damaged(home):
    home.write(b"\0" * 5000, b"[" * 100_000, name="zeros.jsonl")
    home.write(line(card="t/a"))
    assert {"t/a": 1} == reviews(home)


def test_kinds_keys_and_lines_of_a_newer_version_are_kept_and_reported(home):
    home.write(
        line("paused", reason="sun"),
        line("started", topic="t", mood="good"),
        line(card="t/a", mood="bad"),
        line("reviewed", rating=9) | {"v": 2},
        line("started", topic="u") | {"v": 3},
    )
    history = home.history()
    assert {"t/a": 1} == reviews(home)
    assert ["paused", "started", "started"] == [event.do for event in history.events()]
    (told,) = history.notices()
    assert (
        "kept as it is: key 'mood' of 'reviewed', key 'mood' of 'started', kind 'paused' and 2 more" in told
    )
    assert {"reason": "sun"} == history.events()[0].facts


def test_a_message_never_steers_a_terminal(home):
    home.write(line("\x1b[31mred"), line(**{"\x1b]0;x\x07": 1}), name="\x1b[2J.jsonl")
    assert "\x1b" not in "".join(home.history().notices())


@pytest.mark.skipif(may_write_everywhere(), reason="rights mean nothing to root")
def test_a_file_that_cannot_be_read_is_reported(home):
    home.write(line(card="t/a"), name="one.jsonl")
    home.write(line(card="t/b"), name="two.jsonl").chmod(0)
    assert ["t/a"] == list(home.history().memories())
    assert "two.jsonl cannot be read (Permission denied)" in home.history().notices()[0]


@pytest.mark.skipif(may_write_everywhere(), reason="rights mean nothing to root")
def test_a_folder_that_cannot_be_read_is_an_error_with_the_next_step(home):
    home.write(line(card="t/a"))
    home.files.chmod(0)
    try:
        with pytest.raises(JournalError, match="cannot be read") as error:
            home.history()
    finally:
        home.files.chmod(0o700)
    assert "studyctl config" in error.value.hint


# files that change


def test_only_what_is_new_is_read(home):
    path = home.write(line(card="t/a"), line(card="t/b"))
    history = home.history()
    marks = []
    with path.open("ab") as file:
        file.write(json.dumps(line(card="t/c")).encode() + b"\n")
    from studyctl.adapters import journal_reader

    parse = journal_reader.parse
    try:
        journal_reader.parse = lambda text, first, harvest: (
            marks.append((first, text.count("\n"))) or parse(text, first, harvest)
        )
        history.sync()
        history.sync()
    finally:
        journal_reader.parse = parse
    assert [(3, 1)] == marks
    assert {"t/a", "t/b", "t/c"} == set(history.memories())


@pytest.mark.parametrize(
    "change",
    [
        lambda path, lines: path.unlink(),
        lambda path, lines: path.write_bytes(b""),
        lambda path, lines: path.write_bytes(b"".join(lines[:2])),
        lambda path, lines: path.write_bytes(b"".join(lines[1:])),
        lambda path, lines: path.write_bytes(b"".join([*lines[:1], *lines[2:], *lines[:1]])),
        lambda path, lines: path.write_bytes(b"".join(lines).replace(b'"rating": 1', b'"rating": 4')),
        lambda path, lines: replaced(path, b"".join([*lines, json.dumps(line(card="t/z")).encode() + b"\n"])),
        lambda path, lines: replaced(path, b"".join([lines[0], *lines[2:]] * 2)),
        lambda path, lines: replaced(path, b"".join(lines)),
        lambda path, lines: path.rename(path.with_name("renamed.jsonl")),
    ],
    ids=["gone", "empty", "shorter", "beginning", "middle", "byte", "grown", "replaced", "same", "renamed"],
)
def test_a_file_that_vanishes_shrinks_or_is_replaced_is_read_anew(home, change):
    names = ["t/a", "t/b", "u/a", "t/a"]
    path = home.write(*(line(card=card, rating=1, at=START + n * DAY) for n, card in enumerate(names)))
    home.write(line(card="t/b", at=START + 9 * DAY), line("suspended", card="t/b"), name="tablet.jsonl")
    home.history()
    change(path, path.read_bytes().splitlines(keepends=True))
    assert fresh(home) == everything(home.history())


def replaced(path, data: bytes) -> None:
    """As a sync program does it: a new file is renamed over the old one."""
    path.with_suffix(".tmp").write_bytes(data)
    path.with_suffix(".tmp").replace(path)


def test_what_another_process_records_is_there_after_the_next_look(home):
    one, two = home.history(), home.history()
    one.record([answer("t/a")])
    two.sync()
    assert one.memories() == two.memories()


# which events count


def test_equal_ids_are_one_event_and_the_line_that_sorts_first_counts(home):
    same = line(card="t/a", rating=4, id="same")
    for first, second in [("one", "two"), ("two", "one")]:
        home.write(same, name=f"{first}.jsonl")
        home.write(same | {"card": "t/b", "rating": 1}, name=f"{second}.jsonl")
        assert {"t/a": 1} == reviews(home)
        for path in home.files.iterdir():
            path.unlink()
    home.write(same | {"rating": 2}, name="one.jsonl")
    assert 4 > home.history().replay("t")[0][0].rating
    home.write(same | {"rating": 1}, name="two.jsonl")
    assert 1 == home.history().replay("t")[0][0].rating


def test_copies_of_other_events_count_once_the_one_that_sorts_first(home):
    home.write(line("started", topic="b", id="same", batch="b"), name="one.jsonl")
    home.history()
    home.write(line("started", topic="a", id="same", batch="b"), name="two.jsonl")
    assert ["a"] == [event.facts["topic"] for event in home.history().events()]
    home.write(
        line("done", id="same", topic="x", batch="b"),
        line(card="t/a", id="same", batch="c"),
        name="three.jsonl",
    )
    assert (["x"], {}) == ([event.facts["topic"] for event in home.history().events()], reviews(home))


def test_two_reviews_of_a_card_at_one_millisecond_are_one(home):
    home.write(line(card="t/a", id="b-here"), name="one.jsonl")
    home.write(line(card="t/a", id="a-there", rating=1), name="two.jsonl")
    home.write(line(card="t/b", id="c-other"), name="three.jsonl")
    assert {"t/a": 1, "t/b": 1} == reviews(home)
    ((review, _), _) = home.history().replay("t")
    assert "a-there" == review.id


def test_undoing_either_of_them_undoes_both(home):
    mine = home.rate("t/a")
    ways = ({"events": [mine.id]}, {"events": ["anki:x:0:1"]}, {"reviews": [["t/a", to_iso(mine.at)]]})
    for number, names in enumerate(ways):
        other = Home(home.folder / str(number))
        other.write(home.own.read_bytes().strip())
        assert {"t/a": 1} == reviews(other)
        other.write(line("undone", **names), name="two.jsonl")
        other.write(line(card="t/a", id="anki:x:0:1", at=mine.at), name="three.jsonl")
        assert {} == reviews(other)
        assert other.history().is_undone(mine)


def test_an_undone_event_stays_undone_whenever_it_arrives(home):
    home.write(line("undone", events=["s", "r"]), name="early.jsonl")
    home.history()
    home.write(line("started", topic="t", id="s"), line(card="t/a", id="r"), name="late.jsonl")
    assert ([], {}) == (home.history().events(), reviews(home))


def test_undoing_a_suspension_asks_the_card_again(home):
    history = home.history()
    (event,) = history.record([fact("suspended", card="t/a")])
    assert {"t/a"} == history.suspended()
    history.record([undone(event)])
    assert set() == history.suspended()


def test_nonsense_in_an_undone_event_undoes_nothing(home):
    home.rate("t/a")
    home.write(
        line("undone", events="x", reviews={"t/a": 1}),
        line(
            "undone",
            events=[1, None, ["x"], "\ud800"],
            reviews=[1, [], ["t/a"], ["t/a", "soon"], [1, 2], [None, START]],
        ),
    )
    assert {"t/a": 1} == reviews(home)


def test_a_reset_makes_a_card_new_and_keeps_its_history(home):
    home.rate("t/a", 1, ms=5000)
    history = home.history()
    history.record([fact("reset", card="t/a")])
    assert history.memory("t/a") is None
    assert ({}, [TODAY], 1) == (history.by_topic(START, TODAY), history.days(), history.introduced(TODAY))
    assert (1, 5.0) == history.seconds()
    home.now += DAY
    home.rate("t/a", 4)
    assert (1, 0) == (home.history().memory("t/a").reviews, home.history().memory("t/a").lapses)
    assert 1 == len(home.history().replay("t"))


def test_a_reset_of_an_undone_batch_brings_the_memory_back(home):
    home.rate("t/a")
    history = home.history()
    before = history.memories()
    (reset,) = history.record([fact("reset", card="t/a")])
    history.record([undone(reset)])
    assert before == history.memories()


# what memories depend on


def test_a_renamed_topic_or_card_keeps_its_history(home):
    home.rate("old/a")
    home.now += 10 * 60_000
    home.rate("new/a")
    home.rate("new/was-b")
    assert {"old/a": 1, "new/a": 1, "new/was-b": 1} == reviews(home)
    home.aliases = ({"old": "new"}, {"new/was-b": "new/b"})
    assert {"new/a": 2, "new/b": 1} == reviews(home)
    assert fresh(home) == everything(home.history())
    assert {"new"} == set(home.history().by_topic(START, TODAY))
    home.aliases = ({}, {})
    assert {"old/a": 1, "new/a": 1, "new/was-b": 1} == reviews(home)


def test_reviews_under_an_earlier_and_a_later_name_at_one_moment_are_one(home):
    home.aliases = ({"old": "new"}, {})
    home.write(line(card="old/a"), line(card="new/a"))
    assert {"new/a": 1} == reviews(home)
    assert START == home.history().record([answer("old/a", at=START)])[0].at
    assert not home.own.read_bytes()
    home.write(line("undone", events=[], reviews=[["old/a", START]]))
    assert {} == reviews(home)


def test_another_desired_retention_moves_only_what_is_due(home):
    for _ in range(3):
        home.rate("t/a")
        home.rate("u/a")
        home.now += 3 * DAY
    before = home.history().memories()
    home.settings = {"retention": lambda topic: 0.8 if topic == "t" else 0.9}
    after = home.history().memories()
    assert before["u/a"] == after["u/a"]
    assert before["t/a"].due_day < after["t/a"].due_day
    assert before["t/a"]._replace(due_day=0) == after["t/a"]._replace(due_day=0)


def test_another_hour_at_which_the_day_turns_counts_all_days_anew(home):
    home.now = START - START % DAY + 2 * 3_600_000
    home.rate("t/a", 4)
    assert [TODAY - 1] == home.history().days()
    home.settings = {"day_starts_at": 1}
    assert [TODAY] == home.history().days()
    assert TODAY == home.history().memory("t/a").last_day
    assert fresh(home) == everything(home.history())


def test_the_day_of_a_review_is_the_learners_there_and_then(home):
    home.write(line(card="t/a", at=START, offset=720), line(card="t/b", at=START, offset=-720))
    assert [TODAY - 1, TODAY] == home.history().days()


# what is told


def test_what_is_due_is_neither_suspended_nor_buried(home):
    for card in ("t/a", "t/b", "t/c", "u/a"):
        home.rate(card, 1)
    history = home.history()
    tomorrow = to_date(TODAY + 1).isoformat()
    history.record([fact("suspended", card="t/a"), fact("buried", card="t/b", until=tomorrow)])
    later = home.now + 60_000
    assert {"t/c", "u/a"} == {card for card, _ in history.due(later, TODAY)}
    assert {"t/b", "t/c", "u/a"} == {card for card, _ in history.due(later + DAY, TODAY + 1)}
    assert ({"t/a"}, {"t/b"}, set()) == (
        history.suspended(),
        history.buried(TODAY),
        history.buried(TODAY + 1),
    )
    told = history.by_topic(later, TODAY)
    assert (3, 1, 1.0) == tuple(told["t"])
    assert (1, 1, 1.0) == tuple(told["u"])
    history.record([fact("unsuspended", card="t/a")])
    assert 3 == len(history.due(later, TODAY))


def test_a_card_may_be_suspended_before_it_was_seen(home):
    history = home.history()
    history.record([fact("suspended", card="t/a"), fact("buried", card="t/b", until="1970-01-01")])
    assert ({"t/a"}, set(), None, {}) == (
        history.suspended(), history.buried(0), history.memory("t/a"), history.by_topic(START, TODAY),
    )  # fmt: skip


def test_recall_of_a_topic_is_the_mean_over_its_seen_cards(home):
    from studyctl.core.memory import retrievability

    home.rate("t/a", 4)
    home.rate("t/b", 1)
    history = home.history()
    day = TODAY + 30
    wanted = [retrievability(memory.stability, 30) for memory in history.memories().values()]
    assert pytest.approx(sum(wanted) / 2, rel=1e-15) == history.by_topic(START, day)["t"].recall


def test_recall_needs_no_sqlite_that_knows_powers(home, monkeypatch):
    home.rate("t/a", 4)
    with_it = home.history().by_topic(START, TODAY + 30)
    monkeypatch.setattr("studyctl.adapters.history.has_pow", lambda db: False)
    assert with_it == home.history().by_topic(START, TODAY + 30)


def test_times_are_capped_at_a_minute_and_unknown_ones_left_out(home):
    for ms in (10_000, 600_000, None):
        home.rate("t/a", ms=ms)
    assert (2, 35.0) == home.history().seconds()


def test_replay_tells_each_answer_with_the_memory_after_it(home):
    for rating in (1, 3, 3, 4):
        home.rate("t/a", rating)
        home.rate("t/b", rating)
        home.rate("u/a", rating)
    history = home.history()
    told = history.replay("t")
    assert 8 == len(told)
    assert [review.at for review, _ in told] == sorted(review.at for review, _ in told)
    assert {history.memory("t/a"), history.memory("t/b")} == {memory for _, memory in told[-2:]}
    assert State.LEARNING is told[0][1].state


def test_the_last_batch_is_this_devices_and_in_the_order_of_its_file(home):
    history = home.history()
    history.record([fact("started", topic="a")])
    last = history.record([fact("stopped", topic="a"), answer("t/a", at=START - 10 * DAY)])
    home.write(line("started", at=START + DAY, topic="x"))
    assert last == history.last_batch()
    history.record([undone(*last)])
    assert ["started"] == [event.do for event in history.last_batch()]
    history.record([undone(*history.last_batch())])
    assert [] == history.last_batch()


def test_a_batch_that_others_wrote_between_is_still_one(home):
    history = home.history()
    (first,) = history.record([answer("t/a")])
    history.record([answer("t/x")])
    history.record([answer("t/b")], first.batch)
    assert {"t/a", "t/b"} == {event.facts["card"] for event in history.last_batch()}


def test_the_last_batch_is_found_in_a_long_file_with_damage(home):
    history = home.history()
    history.record([fact("stopped", topic="t", note="x" * 200_000)])
    with home.own.open("ab") as file:
        file.write(b"\n{torn\n" * 10)
    assert ["stopped"] == [event.do for event in history.last_batch()]


# one by one or as arrays


def many(home: Home, count: int) -> None:
    """A journal that has everything in it, of several devices."""
    for number in range(count):
        card = f"t{number % 7}/c{number % 31}"
        at = START + number * 7_000_000 + (number % 3) * 3_600_000
        kind = number % 97
        name = "phone.jsonl" if number % 3 else "tablet.jsonl"
        if kind == 5:
            home.write(line("reset", card=card, at=at), name=name)
        elif kind == 11:
            home.write(line("suspended", card=card, at=at), name=name)
        elif kind == 17:
            home.write(line("undone", at=at, events=[f"n{number - 2}"]), name=name)
        else:
            told = line(
                card=card, at=at, rating=1 + number % 4, id=f"n{number}", ms=number % 70_000, offset=60
            )
            home.write(told, name=name)
            if kind == 23:
                home.write(told | {"id": f"anki:{number}"}, name="copy.jsonl")
    home.aliases = ({"t6": "t0"}, {"t1/c1": "t1/c8"})


def test_arrays_and_single_steps_give_the_same_to_the_last_bit(home, monkeypatch):
    many(home, 600)
    monkeypatch.setattr(history_fold, "MANY", 10**9)
    one_by_one = fresh(home)
    monkeypatch.setattr(history_fold, "MANY", 0)
    for narrow in (1, 8, 1000):
        monkeypatch.setattr(history_bulk, "_NARROW", narrow)
        assert one_by_one == fresh(home)
        many_cards = Home(home.folder, aliases=home.aliases, cache=f"{narrow}.sqlite")
        assert one_by_one == everything(many_cards.history())


def test_a_large_journal_is_read_as_a_small_one_is(home, monkeypatch):
    """The rows come without indexes first, and the answers need not be read again."""
    many(home, 400)
    small = fresh(home)
    monkeypatch.setattr("studyctl.adapters.history_intake._MUCH", 1)
    monkeypatch.setattr(history_fold, "MANY", 0)
    assert small == everything(home.history())
    many(home, 10)
    assert fresh(home) == everything(home.history())


def test_cards_with_very_many_answers_are_no_trouble(home):
    home.write(*(line(card="t/a", at=START + n * 60_000, rating=1 + n % 4) for n in range(3000)))
    assert {"t/a": 3000} == reviews(home)


def test_a_small_history_is_told_without_numpy(home):
    import subprocess

    code = """if True:
        import sys
        from pathlib import Path
        from journals import Home
        home = Home(Path(sys.argv[1]))
        for number in range(20):
            home.rate(f"t/{number % 4}")
        home.history().by_topic(home.now, 20_800)
        assert not {"numpy", "rich", "yaml", "networkx", "genanki"} & set(sys.modules)
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code, str(home.folder)], check=True, env=environment)


def test_a_record_that_cannot_reach_the_cache_is_recorded_all_the_same(home):
    history = home.history()
    home.rate("t/a")

    class Broken(sqlite3.Connection):
        def execute(self, sql, *values):
            raise sqlite3.OperationalError("database or disk is full")

    history._db = sqlite3.connect(home.folder / "cache.sqlite", factory=Broken, isolation_level=None)
    history.record([answer("t/b")])
    assert {"t/a", "t/b"} == set(history.memories())
    assert {"t/a": 1, "t/b": 1} == reviews(home)


def test_a_pull_from_anki_that_comes_again_adds_nothing(home):
    rows = [
        Fact("reviewed", {"card": f"t/{n}", "rating": 3}, START + n, f"anki:g{n}:0:{START + n}", 60)
        for n in range(5)
    ]
    history = home.history()
    first = history.record(rows)
    size = home.own.stat().st_size
    assert [event.id for event in first] == [event.id for event in history.record(rows)]
    assert size == home.own.stat().st_size


def of_anki(count: int) -> list[Fact]:
    """Answers as a pull brings them: some untimed, one of them twice."""
    facts = []
    for n in range(count):
        card, at = f"t{n % 7}/c{n % 40}", START - (count - n) * 3_600_000
        told = {"card": card, "rating": 1 + n % 4} | ({} if n % 5 == 0 else {"ms": n % 90_000})
        facts.append(Fact("reviewed", told, at, f"anki:{card}:0:{at}", 60 - n % 2 * 120))
    return [*facts, facts[-1]]


def rows(home: Home) -> list[list[tuple]]:
    db = sqlite3.connect(home.folder / home.cache)
    tables = ("review", "event", "memory", "card_name", "journal_notice", "journal_file")
    told = [db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]  # in their order
    db.close()
    return told


@pytest.mark.parametrize("before", ["nothing", "a line", "half a line", "a line of another"])
def test_what_was_written_just_now_makes_the_rows_that_reading_it_makes(home, monkeypatch, before):
    monkeypatch.setattr("studyctl.adapters.history_intake._MANY", 10)
    if before != "nothing":
        home.history()
        home.write(line(card="t1/c1"), name="desk.jsonl", end="" if before == "half a line" else "\n")
    parsed = []
    real = journal_reader.parse
    monkeypatch.setattr(journal_reader, "parse", lambda *told: parsed.append(1) or real(*told))
    history = home.history()
    parsed.clear()
    if before == "a line of another":
        home.write(line(card="t1/c2"), name="desk.jsonl")  # it comes in between
    history.record(of_anki(60))
    assert bool(parsed) == (before in {"half a line", "a line of another"})
    told = rows(home)
    reading = Home(home.folder, cache="reading.sqlite")
    reading.history()
    assert rows(reading) == told


def test_many_facts_of_which_some_are_no_answers_are_read(home, monkeypatch):
    monkeypatch.setattr("studyctl.adapters.history_intake._MANY", 10)
    history = home.history()
    history.record([*of_anki(30), Fact("reset", {"card": "t1/c1"}, START, "anki:g:0:1", 60)])
    told = everything(history)
    assert told == everything(Home(home.folder, cache="reading.sqlite").history())
    assert 1 == len(told["events"])


def test_damaged_lines_of_the_own_file_are_nothing_to_undo(home):
    home.rate("t/a")
    damaged = [value for value in DAMAGE.values() if isinstance(value, dict)]
    home.write(*damaged, b"[" * 3000, name="desk.jsonl")
    assert ["t/a"] == [event.facts["card"] for event in home.history().last_batch()]


def test_a_cache_in_which_an_event_is_damaged_is_made_anew(home):
    home.history().record([fact("started", topic="t"), fact("stopped", topic="t")])
    db = sqlite3.connect(home.folder / home.cache, isolation_level=None)
    db.execute("UPDATE event SET line = '{'")
    db.close()
    assert ["started", "stopped"] == [event.do for event in home.history().events()]
