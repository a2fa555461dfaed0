"""What all tests share: a home of their own, and studyctl as a user calls it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no failure. The gate tries the same examples every time, so that it judges the change and not
# chance; STUDYCTL_EXPLORE=1 looks for new ones.
settings.register_profile(
    "studyctl",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not os.environ.get("STUDYCTL_EXPLORE"),
)
settings.load_profile("studyctl")

NOW = "2026-11-23T20:00:00+00:00"  # a Monday evening


@dataclass(frozen=True)
class Told:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Studyctl:
    """studyctl in this process, with a home, a cache and a clock of its own."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    monkeypatch: pytest.MonkeyPatch
    options: list[str] = field(default_factory=list)
    now: str = NOW

    def __call__(self, *args: str, now: str | None = None, stdin: str | None = None) -> Told:
        import io
        import sys

        from studyctl.cli import main

        self.monkeypatch.setenv("STUDYCTL_NOW", now or self.now)
        self.monkeypatch.setattr(sys, "stdin", io.StringIO(stdin or ""))
        if hasattr(sys.stdin, "reconfigure"):
            sys.stdin.reconfigure()
        self.capsys.readouterr()
        code = main([*self.options, *args])
        told = self.capsys.readouterr()
        return Told(code if isinstance(code, int) else 0, told.out, told.err)

    def ok(self, *args: str, **how: Any) -> Told:
        """The same for a command that should succeed."""
        told = self(*args, **how)
        assert told.code == 0, f"{args}: {told}"
        return told


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home, with cache and state beside it; nothing of the user's machine is read."""
    for name in list(os.environ):
        if name.startswith("STUDYCTL_") and name not in ("STUDYCTL_REQUIRE_REAL", "STUDYCTL_MATHJAX"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("STUDYCTL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("STUDYCTL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("STUDYCTL_DEVICE", "desk")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("NO_COLOR", "1")
    import time

    time.tzset()
    return tmp_path / "home"


@pytest.fixture
def plain_days(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cards come back on the very day that the model says, not spread around it."""
    monkeypatch.setenv("STUDYCTL_SMOOTH", "false")


@pytest.fixture
def studyctl(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Studyctl:
    """studyctl with the built-in curriculum."""
    return Studyctl(home, capsys, monkeypatch)


CURRICULUM = {
    "areas.yaml": "maths: {title: Maths}\ncode: {title: Code}\n",
    "resources.yaml": "book: {title: The Book, authors: A. Author, year: 2020, kind: book, access: free}\n",
    "topics/maths/numbers.yaml": """
        title: Numbers
        summary: Counting. One can count with them.
        hours: 2
        objectives: [{id: count, text: Count to three}]
        exit_test: [{q: "What comes after two?", a: three, objective: count}]
        cards:
          - {id: after-two, objective: count, q: "Which number comes after two?", a: three}
          - {id: after-three, objective: count, q: "Which number comes after three?", a: four}
        """,
    "topics/maths/sums.yaml": """
        title: Sums
        summary: Adding. One can add with them.
        hours: 4
        requires: [{topic: numbers, why: "sums are made of numbers", practises: 0.5}]
        objectives: [{id: add, text: Add two numbers}]
        cards:
          - {id: two-and-two, objective: add, q: "What is two and two?", a: "4", typed: true}
          - {id: parts, objective: add, cloze: "In $2 + 3 = 5$, {{c1::2}} and {{c2::3}} are the summands."}
        """,
    "topics/maths/products.yaml": """
        title: Products
        summary: Multiplying. One can multiply with them.
        hours: 6
        requires: [{topic: sums, why: "a product is a repeated sum"}]
        any_of: [[python, julia]]
        cards:
          - {id: two-times-three, objective: multiply, q: "How much is two times three?", a: six}
        objectives: [{id: multiply, text: Multiply two numbers}]
        """,
    "topics/code/python.yaml": """
        title: Python
        summary: A language. One can program in it.
        hours: 5
        objectives: [{id: print, text: Print a line}]
        cards:
          - {id: print, objective: print, q: "Which function of Python prints a line?", a: "`print`"}
        """,
    "topics/code/julia.yaml": """
        title: Julia
        summary: Another language. One can program in it, too.
        hours: 5
        """,
    "tracks/arithmetic.yaml": """
        title: Arithmetic
        summary: From counting to multiplying.
        sections: [{title: All, topics: [numbers, sums, products]}]
        """,
}


def write_curriculum(folder: Path, files: dict[str, str] = CURRICULUM) -> Path:
    """Files of a curriculum below `folder`; the texts may be indented."""
    from textwrap import dedent

    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return folder


@pytest.fixture
def small(studyctl: Studyctl, tmp_path: Path) -> Studyctl:
    """studyctl with a curriculum of five topics instead of the built-in one."""
    folder = write_curriculum(tmp_path / "small")
    studyctl.options = ["--no-builtin", "--curriculum", str(folder)]
    return studyctl


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden-update", action="store_true", help="write the golden screens anew")
