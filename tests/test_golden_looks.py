"""The screens of looking back, to the letter: in 60, 80 and 120 columns, with and without colour."""

from __future__ import annotations

import re
from pathlib import Path

import evenings
import pytest
from conftest import Studyctl
from evenings import Subject
from layered import layered
from learner import write
from test_golden import compare

from studyctl.cli.workspace import Workspace

SCREENS = ["status", "report --week", "log", "log --year", "log --by topic", "forecast --stop --plot"]


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--golden-update"))


@pytest.fixture
def life(studyctl: Studyctl, tmp_path: Path) -> Studyctl:
    """200 days of somebody who has a goal with a date, and is on a detour."""
    outline = layered(40, areas=3, seed=2)
    lines = [outline.lines[number] for number in outline.order[:20]]
    subjects = [
        Subject(line.id, min(line.hours, 2.5), [f"{line.id}/c{card}" for card in range(4)]) for line in lines
    ]
    evenings.write(studyctl.home, subjects, [(0, "all", None), (9, lines[19].id, "2026-12-24")], days=200)
    studyctl.options = ["--no-builtin", "--curriculum", str(write(tmp_path / "world", outline, 4))]
    studyctl.now = evenings.NOW
    last = outline.lines[outline.order[-1]].id
    studyctl.ok("start", last, now="2026-11-23T19:00:00+00:00")
    studyctl.ok("stuck", "--because", lines[3].id, "--note", "exercise 7", now="2026-11-23T19:30:00+00:00")
    return studyctl


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_looking_back(life: Studyctl, monkeypatch: pytest.MonkeyPatch, columns: int, update: bool):
    monkeypatch.setattr(Workspace, "width", property(lambda _: columns))
    said = []
    for line in SCREENS:
        told = life.ok(*line.split()).out
        assert all(len(row) <= columns for row in told.splitlines()), line
        assert "\x1b" not in told
        said.append(f"$ studyctl {line}\n{told}")
    compare(f"looking-back-{columns}", "\n".join(said), update)


def test_colour_adds_nothing_but_colour(life: Studyctl, update: bool):
    plain = {line: life.ok(*line.split()).out for line in SCREENS}
    life.options = ["--color", "always", *life.options]
    said = []
    for line in SCREENS:
        told = life.ok(*line.split()).out
        assert plain[line] == re.sub(r"\x1b\[[\d;]*m", "", told)
        said.append(f"$ studyctl {line}\n{told}")
    compare("looking-back-colour", "\n".join(said).replace("\x1b", "␛"), update)
