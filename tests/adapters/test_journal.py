"""The journal's own file: what is recorded is on the disk, once, and nothing is ever lost."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading

import pytest
from journals import START, Home, answer, line, may_write_everywhere

from studyctl.adapters.journal import JournalError
from studyctl.adapters.journal_events import read_events
from studyctl.core.events import Fact, fact
from studyctl.core.time import to_iso


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


def lines(home: Home) -> list[dict]:
    return [json.loads(text) for text in home.own.read_bytes().splitlines()]


def test_an_event_is_a_line_of_the_devices_own_file(home):
    (event,) = home.journal().append([answer("chain-rule/statement", 3, ms=7200)]).events
    (told,) = lines(home)
    assert ["v", "id", "at", "offset", "batch", "do", "card", "rating", "ms", "model"] == list(told)
    assert (1, event.id, to_iso(START), 0, event.batch, "reviewed") == tuple(told.values())[:6]
    assert [event] == list(read_events(home.own))


def test_the_facts_of_one_command_are_one_batch_in_their_order(home):
    home.journal().append([fact("stopped", topic="a"), fact("started", topic="b")])
    home.journal().append([fact("done", topic="b")])
    told = lines(home)
    assert 2 == len({one["batch"] for one in told})
    assert ["stopped", "started", "done"] == [one["do"] for one in sorted(told, key=lambda one: one["id"])]


def test_ids_are_ordered_as_written_even_when_the_clock_stands_still(home):
    for number in range(300):
        home.journal().append([fact("logged", topic="t", minutes=number)])
    told = lines(home)
    assert [one["minutes"] for one in sorted(told, key=lambda one: (one["at"], one["id"]))] == list(
        range(300)
    )


def test_a_review_comes_a_millisecond_after_every_other_of_the_file(home):
    home.journal().append([answer("t/a"), answer("t/b"), fact("started", topic="t")])
    home.journal().append([answer("t/a")])
    assert [START, START + 1, START, START + 2] == [event.at for event in read_events(home.own)]


def test_a_clock_that_goes_backwards_moves_no_review_behind_another(home):
    home.rate("t/a")
    home.now -= 3_600_000
    assert START + 1 == home.rate("t/a").at


@pytest.mark.parametrize("cached", [True, False])
def test_answers_after_a_clock_that_was_far_ahead_are_a_millisecond_apart(home, cached):
    def answers(*cards: str) -> list[int]:
        facts = [answer(card) for card in cards]
        told = home.history().record(facts) if cached else home.journal().append(facts).events
        return [event.at for event in told]

    home.now += 3 * 86_400_000
    assert [START + 3 * 86_400_000] == answers("t/a")
    home.now = START
    assert [START, START + 1] == answers("t/b", "t/a")
    home.now -= 60_000
    assert [START + 2] == answers("t/c")


def test_a_moment_that_another_device_used_for_the_card_is_passed_over(home):
    home.write(line(card="t/a", at=START), line(card="t/a", at=START + 1), line(card="t/b", at=START + 2))
    assert START + 2 == home.rate("t/a").at
    assert 3 == home.history().memory("t/a").reviews


def test_a_moment_that_was_given_is_kept(home):
    home.rate("t/a")
    assert START - 5 == home.rate("t/a", at=START - 5).at
    assert START - 5 == home.rate("t/b", at=START - 5).at
    assert START + 1000 == home.rate("t/b", at=START + 1000).at
    home.now = START
    assert START + 1001 == home.rate("t/c").at


@pytest.mark.parametrize("cached", [True, False])
def test_the_same_answer_at_a_given_moment_is_recorded_once(home, cached):
    append = home.history().record if cached else lambda facts: home.journal().append(facts).events
    (first,) = append([answer("t/a", 3, at=START)])
    again, twice, other = append(
        [answer("t/a", 3, at=START), answer("t/a", 1, at=START), answer("t/b", 3, at=START)]
    )
    assert (first.id, 3) == (again.id, again.facts["rating"]) == (twice.id, twice.facts["rating"])
    assert first.id != other.id
    assert 2 == len(lines(home))


def test_twice_in_one_batch_is_once(home):
    first, second = home.journal().append([answer("t/a", 3, at=START), answer("t/a", 3, at=START)]).events
    assert first == second
    assert 1 == len(lines(home))


def test_an_event_that_brings_its_own_id_is_recorded_once(home):
    reset = Fact("reset", {"card": "t/a"}, at=START, id="anki:abc:0:1")
    for told in (home.journal().append([reset]).events, home.history().record([reset])):
        assert "anki:abc:0:1" == told[0].id
    assert 1 == len(lines(home))


def test_what_another_device_recorded_is_answered_and_not_recorded_again(home):
    phone = Home(home.folder, device="phone", cache="phone.sqlite")
    first = phone.rate("t/a", at=START)
    assert first.id == home.rate("t/a", at=START).id
    assert 0 == home.own.stat().st_size


def test_a_torn_last_line_is_ended_before_the_next_event(home):
    home.rate("t/a")
    whole = home.own.read_bytes()
    for cut in range(1, len(whole)):
        home.own.write_bytes(whole + whole[:cut])
        home.journal().append([answer("t/b")])
        told = home.own.read_bytes()
        assert told.startswith(whole + whole[:cut])
        assert {"t/a", "t/b"} == {event.facts["card"] for event in read_events(home.own)}


def test_text_of_any_kind_comes_back_as_it_was(home):
    for text in ("Müller\n„Σ“", "\u2028\u0085\x00", "\ud800", '"\\', "🙂" * 1000):
        home.journal().append([fact("stopped", topic="t", note=text)])
        assert text == list(read_events(home.own))[-1].facts["note"]
    assert 5 == home.own.read_bytes().count(b"\n")


@pytest.mark.parametrize(
    "impossible",
    [
        Fact("logged", {"topic": "t", "minutes": float("inf")}),
        Fact("logged", {"topic": "t", "minutes": 5}, at=-1),
        Fact("logged", {"topic": "t", "minutes": 5}, offset=24 * 60),
        Fact("started", {"topic": " "}),
    ],
)
def test_what_a_reader_would_pass_over_is_never_written(home, impossible):
    with pytest.raises(JournalError, match="nothing was recorded"):
        home.journal().append([fact("started", topic="t"), impossible])
    assert not home.own.exists() or not home.own.read_bytes()


def test_nothing_to_record_writes_nothing(home):
    assert [] == home.journal().append([]).events
    assert not home.files.exists()


def test_a_fact_cannot_overwrite_what_every_event_has(home):
    with pytest.raises(AssertionError):
        home.journal().append([Fact("started", {"topic": "t", "id": "x"})])


# where it cannot be written


def test_a_full_disk_is_an_error_and_leaves_no_half_line(home):
    home.files.mkdir()
    home.own.symlink_to("/dev/full")
    with pytest.raises(JournalError, match=r"nothing was recorded.*No space left") as error:
        home.history().record([answer("t/a")])
    assert "free some space" in error.value.hint


def test_a_write_that_stops_half_way_takes_its_half_back(home):
    """The limit on the size of a file stands for a disk that fills up."""
    home.rate("t/a")
    before = home.own.read_bytes()
    code = """if True:
        import resource, sys
        from pathlib import Path
        from journals import Home, answer
        from studyctl.adapters.journal import JournalError
        home = Home(Path(sys.argv[1]), cache=None)
        history = home.history()
        limit = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        try:
            history.record([answer(f"t/{n}") for n in range(60)])
        except JournalError as error:
            sys.exit(7)
    """
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
    command = [sys.executable, "-c", code, str(home.folder), str(len(before) + 3000)]
    paths = os.pathsep.join(sys.path)
    assert 7 == subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": paths}).returncode
    assert before == home.own.read_bytes()
    assert ["t/a"] == list(home.history().memories())


def test_a_home_that_cannot_be_made_is_an_error(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(JournalError, match="nothing was recorded"):
        Home(tmp_path / "home", cache=None).journal().append([answer("t/a")])


@pytest.mark.skipif(may_write_everywhere(), reason="rights mean nothing to root")
def test_a_home_without_rights_is_an_error(home):
    home.rate("t/a")
    home.own.chmod(0o400)
    with pytest.raises(JournalError, match="Permission denied"):
        home.rate("t/a")


# many at once


def test_a_file_that_a_sync_program_replaces_meanwhile_is_the_one_that_is_written(home):
    """The writer waits for the lock on a file that is then no longer there."""
    from studyctl.adapters.locks import locked

    home.rate("t/a")
    writer = threading.Thread(target=home.journal().append, args=([answer("t/b")],))
    with locked(home.own):
        writer.start()
        copy = home.own.with_suffix(".tmp")
        copy.write_bytes(home.own.read_bytes())
        copy.replace(home.own)
    writer.join(10)
    assert ["t/a", "t/b"] == [event.facts["card"] for event in read_events(home.own)]


def test_writers_at_once_never_share_a_millisecond(home):
    code = """if True:
        import sys
        from pathlib import Path
        from journals import Home, answer
        history = Home(Path(sys.argv[1])).history()
        for number in range(25):
            history.record([answer("t/a"), answer("t/b")])
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code, str(home.folder)]
    running = [subprocess.Popen(command, env=environment) for _ in range(4)]
    assert [0] * 4 == [process.wait(120) for process in running]
    told = list(read_events(home.own))
    assert 200 == len({event.at for event in told}) == len({event.id for event in told})
    assert [event.at for event in told] == sorted(event.at for event in told)
    assert 200 == sum(memory.reviews for memory in home.history().memories().values())
