"""Start something too hard, get stuck, detour twice, come back: on a real (pseudo) terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Studyctl

pty = pytest.importorskip("pty")
pytestmark = pytest.mark.real
PATIENCE = 20  # seconds that a busy machine may take for a prompt


class Screen:
    """studyctl on a terminal of its own."""

    def __init__(self, studyctl: Studyctl, *args: str, now: str) -> None:
        self.master, slave = pty.openpty()
        root = Path(__file__).parent.parent.parent
        environ = os.environ | {"STUDYCTL_NOW": now, "PYTHONPATH": str(root), "TERM": "xterm"}
        command = [sys.executable, "-m", "studyctl", *studyctl.options, *args]
        self.process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environ)
        os.close(slave)
        self.text = ""

    def until(self, words: str) -> None:
        """Read until these words are shown."""
        while words not in self.text:
            ready, _, _ = select.select([self.master], [], [], PATIENCE)
            assert ready, f"waiting for {words!r}:\n{self.text}"
            self.text += self._read()

    def says(self, prompt: str, line: str) -> None:
        """Wait for a prompt and answer it."""
        self.until(prompt)
        self.text = self.text.partition(prompt)[2]
        os.write(self.master, f"{line}\n".encode())

    def end(self) -> str:
        """Everything that was shown after the last answer."""
        while chunk := self._read():
            self.text += chunk
        os.close(self.master)
        assert self.process.wait() == 0, self.text
        return self.text.replace("\r\n", "\n")

    def _read(self) -> str:
        try:
            return os.read(self.master, 4096).decode()
        except OSError:  # the other side is closed
            return ""


def test_an_evening_of_being_stuck(small: Studyctl):
    small.ok("know", "sums", "python", now="2026-11-01T20:00:00+00:00")
    small.ok("start", "products", now="2026-11-23T20:00:00+00:00")
    screen = Screen(small, "stuck", now="2026-11-23T20:30:00+00:00")
    screen.says("2 questions on sums would tell (about 3 min). Ask? [Y/n]:", "y")
    screen.says("q to stop:", "n")
    screen.says("q to stop:", "")
    screen.says("Did you have it?", "n")
    screen.says("Where were you?", "page 9")
    told = screen.end()
    assert "Detour to sums" in told
    assert "You left products at: page 9" in told
    screen = Screen(small, "stuck", now="2026-11-23T20:50:00+00:00")
    screen.says("0 to stay [1]:", "numbers")
    screen.says("Where were you?", "")
    assert "Detour to numbers" in screen.end()
    told = small.ok("back", "--list", now="2026-11-23T21:00:00+00:00").out
    assert ["products", "└─ sums", "└─ numbers"] == [
        line.partition("  ")[0] or line.strip().partition("  ")[0]
        for line in told.splitlines()
        if "left at: " not in line and "studyctl" not in line
    ]
    small.ok("back", now="2026-11-23T21:10:00+00:00")
    assert "You were at: page 9" in small.ok("back", now="2026-11-23T21:20:00+00:00").out
    small.ok("stop", now="2026-11-23T21:30:00+00:00")
    assert small.ok("next", "--json", now="2026-11-23T21:30:00+00:00").json["detour"] is None
