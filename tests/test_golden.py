"""Every `--help` and the main screens, to the letter.

The files in tests/golden are the reference manual: a change of a screen shows as a change
of its file. `pytest tests/test_golden.py --golden-update` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from conftest import Studyctl

from studyctl.cli import VERBS, cli

FOLDER = Path(__file__).parent / "golden"


def compare(name: str, text: str, update: bool) -> None:
    path = FOLDER / f"{name}.txt"
    text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
    if update:
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"no golden screen {path.name}; write it with --golden-update"
    assert path.read_text(encoding="utf-8") == text


def commands() -> list[tuple[str, ...]]:
    """Every command, subcommands included, as its words."""
    told: list[tuple[str, ...]] = []
    for verb in VERBS:
        told.append((verb,))
        command = cli.get_command(click.Context(cli), verb)
        if isinstance(command, click.Group):
            told += [(verb, sub) for sub in command.commands]
    return told


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden-update"))


@pytest.mark.parametrize("words", [(), *commands()], ids=lambda words: "-".join(words) or "studyctl")
def test_help(studyctl: Studyctl, words: tuple[str, ...], update: bool):
    told = studyctl.ok(*words, "--help").out
    compare("help-" + ("-".join(words) or "studyctl"), told, update)


@pytest.mark.parametrize("words", commands(), ids="-".join)
def test_every_command_has_an_example_that_names_it(studyctl: Studyctl, words: tuple[str, ...]):
    told = studyctl.ok(*words, "--help").out
    assert re.search(r"Examples?:\n", told)
    assert f"studyctl {' '.join(words)}" in told


def test_no_golden_screen_is_left_over(update: bool):
    names = {"help-studyctl", *("help-" + "-".join(words) for words in commands())}
    for path in FOLDER.glob("help-*.txt"):
        if update and path.stem not in names:
            path.unlink()
        else:
            assert path.stem in names, f"{path.name} is of a command that is gone"


def test_screens_of_an_evening(small: Studyctl, update: bool):
    """One evening from the first command to the status, on a curriculum of five topics."""
    words = [
        "", "next", "tracks", "goal add arithmetic", "plan --hours-per-week 4", "know numbers", "next",
        "start 1", "stop", "done sums --result 2/3", "rate sums/two-and-two good", "topics", "show products",
        "why products", "cards", "log", "status", "undo", "goal list",
    ]  # fmt: skip
    said = []
    for at, line in enumerate(words):
        told = small(*line.split(), now=f"2026-11-23T20:{at * 2:02d}:00+00:00")
        said.append(f"$ studyctl {line}\n{told.out}{told.err}")
    compare("an-evening", "\n".join(said).replace(str(small.home.parent), "…"), update)
