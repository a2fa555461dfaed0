"""How long a report and the status take for 444 topics, 3,500 cards and two years of reviews.

Nothing here fails on time: the ratios to a bare `import click` are printed
(`python -m pytest tests/bench/test_report_speed.py -s`). The goals: the page 40 times, the status 5 times.
"""

from __future__ import annotations

import sys
from pathlib import Path

import evenings
import pytest
from conftest import Studyctl
from evenings import Subject
from layered import layered
from learner import write
from test_plan_speed import best

TOPICS, CARDS = 444, 8


@pytest.fixture
def ours(studyctl: Studyctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    outline = layered(TOPICS, areas=8, seed=1)
    world = write(tmp_path / "world", outline, CARDS)
    lines = [outline.lines[number] for number in outline.order]
    subjects = [
        Subject(line.id, min(line.hours, 1.2), [f"{line.id}/c{card}" for card in range(CARDS)])
        for line in lines
    ]
    answers = evenings.write(studyctl.home, subjects, [(0, "all", None)], new=14)
    studyctl.options = ["--no-builtin", "--curriculum", str(world)]
    monkeypatch.setenv("STUDYCTL_NOW", evenings.NOW)
    studyctl.ok("status", now=evenings.NOW)
    print(f"\n{TOPICS} topics, {TOPICS * CARDS} cards, {answers} answers")
    return [sys.executable, "-m", "studyctl", *studyctl.options]


def test_looking_back(ours: list[str], tmp_path: Path):
    floor = best(sys.executable, "-c", "import click")
    for words in (
        ["status"], ["log"], ["log", "--year"], ["report", "--week"], ["report", "--week", "--md", "-"],
        ["report", "--json"], ["report"], ["report", "--html", str(tmp_path / "report.html")],
    ):  # fmt: skip
        print(f"{' '.join(words[:3]):<36} {best(*ours, *words) / floor:5.1f} × import click")
    print(f"the page has {(tmp_path / 'report.html').stat().st_size / 1000:.0f} kB")
