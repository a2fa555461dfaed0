"""Keys of a keyboard, and a terminal that is always left as it was found."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

import pytest

from studyctl.adapters.terminal import LineTerminal, key_names, open_terminal


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a1ü", ["a", "1", "ü"]),
        ("\r\n", ["enter", "enter"]),
        ("\x7f\x08", ["backspace", "backspace"]),
        ("\x03\x04\x15", ["ctrl-c", "ctrl-d", "ctrl-u"]),
        ("\x1b", ["esc"]),
        ("\x1b[A\x1b[5~q", ["up", "page-up", "q"]),
        ("\x1b[1;5Dx", ["", "x"]),
        ("\x1b[", [""]),
        ("\x1b[200~", [""]),
    ],
)
def test_characters_of_a_keyboard_have_names(text: str, keys: list[str]):
    assert keys == list(key_names(text))


def test_a_dumb_terminal_is_read_by_lines():
    assert isinstance(open_terminal({"TERM": "dumb"}), LineTerminal)
    assert isinstance(open_terminal({}), LineTerminal)


class Lines:
    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)

    def readline(self) -> str:
        return self.lines.pop(0) if self.lines else ""


def test_a_line_is_a_row_of_keys_and_an_answer_ends_with_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", Lines("\n", "3\n", "no 1\n"))
    terminal = LineTerminal()
    assert ["enter", "3"] == [terminal.key(), terminal.key()]
    assert ["n", "o", " ", "1", "enter", "eof"] == [terminal.key(typing=True) for _ in range(6)]


CHILD = """
import sys
from studyctl.adapters.terminal import RawTerminal
with RawTerminal() as terminal:
    terminal.draw(["ready"])
    while True:
        key = terminal.key()
        terminal.draw([f"<{key}>"])
        if key == "boom":
            raise SystemExit(1)
        if key == "!":
            raise RuntimeError
        if key in ("eof", "q"):
            break
"""


class Child:
    """A program with a terminal of its own."""

    def __init__(self, *args: str, env: dict[str, str] | None = None) -> None:
        self.master, slave = pty.openpty()
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.process = subprocess.Popen(
            [sys.executable, *args],
            stdin=slave, stdout=slave, stderr=subprocess.DEVNULL, start_new_session=True,
            env={**os.environ, "TERM": "xterm", **(env or {})}, cwd=Path(__file__).parent.parent.parent,
        )  # fmt: skip
        self.seen = ""

    def expect(self, text: str) -> None:
        end = time.monotonic() + 20
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            assert ready, self.seen
            self.seen += os.read(self.master, 65536).decode("utf-8", "replace")
        self.seen = self.seen.split(text, 1)[1]

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def end(self) -> int:
        return self.process.wait(timeout=30)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.slave)
        os.close(self.master)


@pytest.fixture
def child():
    told = Child("-c", CHILD)
    yield told
    told.close()


@pytest.mark.parametrize("how", ["q", "!", signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_terminal_is_left_as_it_was_found(child: Child, how: str | int):
    child.expect("ready")
    assert child.before != termios.tcgetattr(child.slave)
    if isinstance(how, str):
        child.type(how)
    else:
        os.kill(child.process.pid, how)
    child.expect("\x1b[?1049l")
    child.end()
    assert child.before == termios.tcgetattr(child.slave)


def test_control_characters_are_keys_and_kill_nothing(child: Child):
    child.expect("ready")
    child.type("\x03")
    child.expect("<ctrl-c>")
    child.type("\x1c")
    child.expect("<")
    child.type("\x1b")
    child.expect("<esc>")
    child.type("q")
    assert 0 == child.end()


def test_a_sequence_that_comes_in_pieces_is_one_key(child: Child):
    child.expect("ready")
    child.type("\x1b[")
    child.type("B")
    child.expect("<down>")


def test_a_new_size_is_a_key(child: Child):
    child.expect("ready")
    os.kill(child.process.pid, signal.SIGWINCH)
    child.expect("<resize>")
