"""Progress bars: late, on a terminal only, and without a trace."""

from __future__ import annotations

import io
import sys

from conftest import Studyctl

from studyctl.cli.progress import ERASE, Bar, progress
from studyctl.cli.workspace import Workspace
from studyctl.core.ticks import silent, ticking


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_quick_command_shows_none():
    screen, clock = Screen(), Clock()
    bar = Bar("Reading", screen, clock)
    for done in range(1, 101):
        clock.now += 0.004
        bar.tick(done, 100)
    bar.erase()
    assert "" == screen.getvalue()


def test_a_slow_one_shows_it_after_half_a_second_and_takes_it_away():
    screen, clock = Screen(), Clock()
    bar = Bar("Reading", screen, clock)
    for done in range(1, 51):
        clock.now += 0.02
        bar.tick(done, 100)
    assert "Reading" in screen.getvalue()
    assert "50%" in screen.getvalue()
    bar.erase()
    assert ERASE in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[?25h")


def test_nothing_is_shown_where_there_is_no_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress(Workspace(environ={}), "Reading") as tick:
        assert silent is tick


def test_nor_on_one_that_cannot_move_its_cursor(monkeypatch):
    monkeypatch.setattr(sys, "stderr", Screen())
    with progress(Workspace(environ={"TERM": "dumb"}), "Reading") as tick:
        assert silent is tick
    with progress(Workspace(environ={"TERM": "xterm"}), "Reading") as tick:
        assert silent is not tick


def test_items_come_one_by_one_each_with_its_tick():
    told: list[tuple[int, int]] = []
    assert ["a", "b"] == list(ticking("ab", 2, lambda done, total: told.append((done, total))))
    assert [(1, 2), (2, 2)] == told


def test_what_a_command_prints_is_the_same_with_a_bar(small: Studyctl):
    assert "" == small.ok("status").err
