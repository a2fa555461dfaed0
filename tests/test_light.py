"""A light start: which modules a verb loads. Milliseconds are for tests/bench; these lists are asserted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "numpy", "networkx", "genanki", "yaml", "fsrs", "rich", "markdown_it", "pygments", "pylatexenc", "icalendar",
    "asyncio", "importlib.metadata", "unittest", "xml", "http", "ssl", "multiprocessing", "logging",
}  # fmt: skip

SAY = """
import json, sys
from studyctl.cli import main
code = main(sys.argv[1:])
print("\\n" + json.dumps(sorted(sys.modules)))
sys.exit(code or 0)
"""


@pytest.fixture
def loaded(home: Path):
    """The modules that a verb has loaded when it is done, with a warm cache."""

    def run(*words: str) -> set[str]:
        for _ in range(2):
            told = subprocess.run(
                [sys.executable, "-c", SAY, *words], capture_output=True, text=True, env=dict(os.environ)
            )
            assert told.returncode == 0, told.stderr
        return set(json.loads(told.stdout.splitlines()[-1]))

    return run


def test_help_loads_click_and_nothing_of_ours_but_the_table(loaded):
    modules = loaded("--help")
    assert not modules & HEAVY
    assert {"studyctl", "studyctl.cli", "studyctl.cli.errors", "studyctl.core", "studyctl.core.problems"} >= {
        name for name in modules if name.split(".")[0] == "studyctl"
    }


@pytest.mark.parametrize(
    "words", [("next",), ("status",), ("topics", "--json"), ("cards", "--json")], ids=lambda w: w[0]
)
def test_reading_loads_no_library_but_click(loaded, words):
    assert not loaded(*words) & HEAVY


def test_a_rating_loads_the_scheduler_and_no_other_library(loaded):
    loaded("rate", "naive-sets/power-of-empty", "good")
    assert loaded("rate", "naive-sets/power-of-empty", "good") & HEAVY <= {"fsrs", "logging"}


def test_next_with_settings_loads_no_yaml(loaded, home: Path):
    home.mkdir()
    (home / "config.yaml").write_text("new_per_day: 5\n", encoding="utf-8")
    assert not loaded("next") & HEAVY


def test_next_does_not_load_the_planner_of_dates(loaded):
    assert not loaded("next") & {"studyctl.core.schedule", "studyctl.core.conflict", "studyctl.core.plan"}
