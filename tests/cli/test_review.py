"""A sitting as a learner has it: through a terminal that is a list of keys, and through a real one."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import NOW, Studyctl

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.adapters.terminal import Cursor, Size
from studyctl.cli.review import _candidates, _due
from studyctl.cli.sitting import hold
from studyctl.cli.workspace import Options, Workspace
from studyctl.core.events import Event, Fact
from studyctl.core.session import Moment, Phase, Rules, Sitting, begin

ROOT = Path(__file__).parent.parent.parent


class Keys:
    """A terminal whose keys are known beforehand, and whose screens are kept."""

    def __init__(self, keys: Sequence[str], size: Size) -> None:
        self.keys = list(keys)
        self._size = size
        self.screens: list[str] = []

    def size(self) -> Size:
        return self._size

    def draw(self, rows: Sequence[str], cursor: Cursor | None = None) -> None:
        assert len(rows) <= self._size.height
        assert all(len(row) <= self._size.width for row in rows), rows
        self.screens.append("\n".join(rows))

    def key(self, *, typing: bool = False) -> str:
        return self.keys.pop(0) if self.keys else "eof"


class Sat:
    """What a sitting left behind."""

    def __init__(self, sitting: Sitting, terminal: Keys, recorded: list[Event]) -> None:
        self.sitting, self.screens, self.recorded = sitting, terminal.screens, recorded

    @property
    def ratings(self) -> list[tuple[str, int]]:
        return [(one.facts["card"], one.facts["rating"]) for one in self.recorded if one.do == "reviewed"]


@pytest.fixture
def sit(small: Studyctl, monkeypatch: pytest.MonkeyPatch):
    """Hold a sitting over the small curriculum with these keys."""

    def run(*keys: str, topic: str | None = None, width: int = 80, height: int = 24, now: str = NOW) -> Sat:
        monkeypatch.setenv("STUDYCTL_NOW", now)
        folder = small.options[small.options.index("--curriculum") + 1]
        work = Workspace(Options(curricula=(folder,), builtin=False))
        recorded: list[Event] = []
        terminal = Keys(keys, Size(width, height))

        def record(facts: Sequence[Fact]) -> list[Event]:
            told = work.history.record(facts)
            on_disk = "".join(path.read_text() for path in small.home.glob("journal/*.jsonl"))
            assert all(event.id in on_disk for event in told)  # before the next screen
            recorded.extend(told)
            return told

        when = Moment(work.now.ms, work.today)
        queue = _due(work, list(_candidates(work, topic)), when, topic, ahead=False)
        over = hold(work, terminal, begin(queue, Rules(FsrsModel(), work.retention), when), record)
        work.close()
        return Sat(over, terminal, recorded)

    return run


def cards(small: Studyctl) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in small.ok("cards", "--json").json["cards"]}


def test_each_answer_is_on_the_disk_before_the_next_card_is_shown(small: Studyctl, sit):
    small.ok("know", "numbers")
    told = sit(" ", "4", "enter", "3", "q")
    assert [("numbers/after-two", 4), ("numbers/after-three", 3)] == told.ratings
    state = cards(small)
    assert ("review", "learning") == (
        state["numbers/after-two"]["state"],
        state["numbers/after-three"]["state"],
    )


def test_the_screen_shows_where_one_is_the_card_and_its_grades(small: Studyctl, sit):
    small.ok("know", "numbers")
    asked, shown = sit(" ", "q").screens
    assert "1 of 2 · 0 min · numbers · new" in asked
    assert "Which number comes after two?" in asked
    assert "three" not in asked
    assert "space show the answer" in asked
    assert "three" in shown
    assert "1 again 1 min   2 hard 6 min   3 good 10 min   4 easy 8 d" in shown


def test_undo_takes_the_answer_out_of_the_state(small: Studyctl, sit):
    small.ok("know", "numbers")
    told = sit(" ", "1", "u", "4", "q")
    assert [("numbers/after-two", 1), ("numbers/after-two", 4)] == told.ratings
    card = cards(small)["numbers/after-two"]
    assert (1, 0, "review") == (card["reviews"], card["lapses"], card["state"])


def test_each_key_is_a_step_of_its_own_for_undo(small: Studyctl, sit):
    small.ok("know", "numbers")
    told = sit(" ", "4", " ", "4")
    assert 2 == len({event.batch for event in told.recorded})
    small.ok("undo")
    state = cards(small)
    assert (1, 0) == (state["numbers/after-two"]["reviews"], state["numbers/after-three"]["reviews"])


def test_buried_comes_back_tomorrow_and_suspended_does_not(small: Studyctl, sit):
    small.ok("know", "numbers")
    sit("b", "x")
    assert Phase.OVER is sit().sitting.phase
    tomorrow = sit("q", now="2026-11-24T09:00:00+00:00")
    assert (1, "numbers/after-two") == (
        tomorrow.sitting.total,
        tomorrow.sitting.card and tomorrow.sitting.card.card,
    )
    assert cards(small)["numbers/after-three"]["suspended"]


def test_a_typed_answer_is_compared_and_a_grade_suggested(small: Studyctl, sit):
    right = sit(*"4.0", "enter", "q", topic="sums").screens
    assert "> 4.0" in right[-2]
    assert "✓ 4.0" in right[-1]
    assert "→ 3 good" in right[-1]
    wrong = sit("5", "enter", "2", "q", topic="sums")
    assert "→ 1 again" in wrong.screens[2]
    assert "you     5\n   answer  4" in wrong.screens[2]
    assert [("sums/two-and-two", 2)] == wrong.ratings


def test_a_topic_can_be_reviewed_before_it_is_learnt(sit):
    assert "sums/two-and-two" == sit("esc", topic="sums").sitting.card.card
    assert sit("q").sitting.card is None


def test_the_gap_of_a_cloze_is_hidden_and_then_told(sit):
    told = sit("enter", "4", " ", "q", topic="sums").screens
    assert "In […] + 3 = 5, […]" not in told[2]
    assert "In 2 + 3 = 5, […] and 3 are the summands." in told[2]


@pytest.mark.parametrize("size", [(80, 24), (40, 24), (20, 10), (200, 60), (40, 6)])
def test_every_screen_fits_the_terminal(small: Studyctl, sit, size: tuple[int, int]):
    small.ok("know", "products")
    width, height = size
    told = sit(*"? d 1u sb", "down", "up", " ", "page-down", "2", "x", "u", "q", width=width, height=height)
    assert told.screens


def test_a_tall_card_scrolls(small: Studyctl, sit):
    small.ok("know", "numbers")
    rows = sit("?", "down", "page-down", "page-down", "q", width=40, height=14).screens
    assert "↓ more" in rows[1]
    assert "↑ more" in rows[2]
    assert "↓ more" not in rows[4]
    assert "everything rated is kept" in rows[4]


def test_no_style_code_is_shown_without_colour(small: Studyctl, sit):
    small.ok("know", "products")
    assert not any("\x1b" in screen for screen in sit(" ", "3", "?", "q").screens)


# the command


def test_nothing_to_ask_is_no_error_and_says_what_else_there_is(small: Studyctl):
    told = small.ok("review")
    assert "No cards yet" in told.out
    assert "studyctl next" in told.out


def test_without_a_terminal_it_refuses_and_asks_nothing(small: Studyctl):
    small.ok("know", "numbers")
    told = small("review", stdin=" 4 4")
    assert (2, "") == (told.code, told.out)
    assert "error: review asks on a terminal, and this is none\ntry: studyctl rate --stdin\n" == told.err
    assert 0 == cards(small)["numbers/after-two"]["reviews"]


@pytest.mark.usefixtures("plain_days")
def test_what_comes_next_is_told_when_nothing_is_due(small: Studyctl, sit):
    small.ok("know", "numbers")
    sit(" ", "4", " ", "4")
    told = small.ok("review").out
    assert "Nothing is due." in told
    assert re.search(r"Next: 2 cards on \w{3} \d+ \w{3}", told)
    assert "studyctl review --ahead" in told


def test_a_step_of_another_year_is_told_by_its_day_and_not_in_minutes(small: Studyctl):
    """An answer from a clock that was ahead, as an older journal may hold it."""
    small.ok("rate", "numbers/after-two", "good", now="2035-01-01T10:00:00+00:00")
    assert "Next: 1 card on Mon 1 Jan 2035." in small.ok("review").out.replace("\n", " ")


def test_new_cards_wait_for_tomorrow_when_todays_are_used_up(
    small: Studyctl, sit, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STUDYCTL_NEW_PER_DAY", "2")
    small.ok("know", "sums")
    assert 2 == sit(" ", "4", " ", "4").sitting.total
    told = small.ok("review").out
    assert "wait for tomorrow: new_per_day is 2" in told


def test_the_number_that_next_and_status_tell_is_the_number_that_is_asked(small: Studyctl, sit):
    small.ok("know", "sums")
    due = small.ok("next", "--json").json["reviews"]["due"]
    assert due == small.ok("status", "--json").json["due"] == sit("q").sitting.total


@pytest.mark.parametrize(
    "args",
    [
        ["--minutes", "0"],
        ["--minutes", "-1"],
        ["--minutes", "nan"],
        ["--topic", "sms"],
        ["--ahead", "--cram"],
    ],
)
def test_what_makes_no_sense_is_a_usage_error(small: Studyctl, args: list[str]):
    told = small("review", *args)
    assert (2, "") == (told.code, told.out)
    assert told.err.startswith("error: ")


# a real terminal


class Tty:
    """studyctl with a terminal of its own."""

    def __init__(self, small: Studyctl, *args: str, **env: str) -> None:
        self.master, self.slave = pty.openpty()
        self.before = termios.tcgetattr(self.slave)
        environ = {**os.environ, "TERM": "xterm", "STUDYCTL_NOW": NOW, "PYTHONIOENCODING": "utf-8", **env}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "studyctl", *small.options, "review", *args],
            stdin=self.slave, stdout=self.slave, stderr=self.slave, cwd=ROOT, env=environ, start_new_session=True,
        )  # fmt: skip
        self.seen = ""

    def expect(self, text: str) -> str:
        end = time.monotonic() + 20
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            assert ready, self.seen
            try:
                self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
            except OSError:
                break
        assert text in self.seen
        told, self.seen = self.seen.split(text, 1)
        return told

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        return self.process.wait(timeout=60)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def tty(small: Studyctl) -> Iterator[Any]:
    opened: list[Tty] = []

    def run(*args: str, **env: str) -> Tty:
        opened.append(Tty(small, *args, **env))
        return opened[-1]

    yield run
    for one in opened:
        one.close()


def ratings(small: Studyctl) -> list[int]:
    lines = [line for path in small.home.glob("journal/*.jsonl") for line in path.read_text().splitlines()]
    return [event["rating"] for event in map(json.loads, lines) if event["do"] == "reviewed"]


@pytest.mark.usefixtures("plain_days")
def test_a_sitting_in_a_real_terminal(small: Studyctl, tty):
    small.ok("know", "numbers")
    told = tty()
    told.expect("comes after two?")
    told.type(" ")
    told.expect("3 good 10 min")
    told.type("4")
    told.expect("comes after three?")
    told.type("\r4")
    told.expect("2 answers in 1 min, 0 % forgotten. Next: 2 cards on Tue  1 Dec.".replace("  ", " "))
    assert 0 == told.end()
    assert told.before == termios.tcgetattr(told.slave)
    assert [4, 4] == ratings(small)


@pytest.mark.parametrize("key", ["\x03", "\x04", "\x1b", "q"])
def test_every_way_out_keeps_what_was_rated_and_restores_the_terminal(small: Studyctl, tty, key: str):
    small.ok("know", "numbers")
    told = tty()
    told.expect("comes after two?")
    told.type(" 3")
    told.expect("comes after three?")
    told.type(key)
    told.expect("1 answer in 1 min")
    assert 0 == told.end()
    assert told.before == termios.tcgetattr(told.slave)
    assert [3] == ratings(small)


def test_a_terminal_that_is_closed_loses_nothing(small: Studyctl, tty):
    small.ok("know", "numbers")
    told = tty()
    told.expect("comes after two?")
    told.type(" 2")
    told.expect("comes after three?")
    os.kill(told.process.pid, 1)
    told.end()
    assert [2] == ratings(small)


def test_a_dumb_terminal_gets_plain_lines(small: Studyctl, tty):
    small.ok("know", "numbers")
    told = tty(TERM="dumb")
    told.expect("comes after two?")
    told.type("\n")
    told.expect("3 good 10 min")
    told.type("4\n")
    told.expect("comes after three?")
    told.type("q\n")
    assert "\x1b" not in told.expect("1 answer in 1 min")
    assert 0 == told.end()
    assert [4] == ratings(small)


def test_a_journal_that_can_not_be_written_ends_the_sitting_with_a_clear_error(small: Studyctl, tty):
    small.ok("know", "numbers")
    (journal,) = small.home.glob("journal/*.jsonl")
    journal.rename(journal.with_name("other.jsonl"))
    journal.mkdir()
    told = tty()
    told.expect("comes after two?")
    told.type(" 3")
    told.expect("\x1b[?1049l")
    told.expect("error: nothing was recorded")
    assert 1 == told.end()
    assert told.before == termios.tcgetattr(told.slave)


def test_a_leech_is_shown_with_its_keys_and_ends_the_sitting_with_a_wish(small: Studyctl, sit):
    small.ok("know", "sums")
    card = "sums/two-and-two"
    for day, rating in enumerate(("again", "good", "again", "again", "good", "again"), 1):
        small.ok("rate", card, rating, "--at", f"2026-11-{day:02d}T20:00:00Z")
    told = sit("4", "enter", "e")
    assert "leech, failed 4 times in its first 4 weeks" in told.screens[-1]
    assert "e rewrite it" in told.screens[-1]
    assert ("rewrite", card) == (told.sitting.notice, told.sitting.card.card)
    assert "detour" == sit("4", "enter", "d").sitting.notice
    assert [] == sit("4", "enter", "x", "q").ratings
    assert card in {one["id"] for one in small.ok("cards", "--state", "suspended", "--json").json["cards"]}
