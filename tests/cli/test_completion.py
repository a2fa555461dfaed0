"""Tab in the shell: ids, and never a word on the screen that is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Studyctl

ROOT = Path(__file__).parents[2]


def offered(home: Path, words: str, **environ: str) -> tuple[list[str], str]:
    """What is offered for the last of the words, and what was said beside it."""
    given = words.split(" ")
    told = subprocess.run(
        [sys.executable, "-c", "from studyctl.cli import main; main()"],
        env=os.environ
        | {
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(given) - 1),
            "_STUDYCTL_COMPLETE": "bash_complete",
            "STUDYCTL_HOME": str(home),
            "STUDYCTL_CACHE": str(home.parent / "cache"),
            "PYTHONPATH": str(ROOT),
        }
        | environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.partition(",")[2] for line in told.stdout.splitlines() if line], told.stderr


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("studyctl sta", ["start", "status"]),
        ("studyctl start linear-reg", ["linear-regression", "linear-regression-as-maximum-likelihood"]),
        ("studyctl goal add first-m", ["first-model"]),
        ("studyctl deck build lifel", ["lifeline"]),
        ("studyctl topics --area linear", ["linear-algebra"]),
        ("studyctl rate naive-sets/power", None),
        ("studyctl start no-such-", []),
        ("studyctl new topic linear", []),
    ],
)
def test_ids_are_offered(tmp_path: Path, words: str, wanted: list[str] | None):
    told, said = offered(tmp_path / "home", words)
    assert "" == said
    if wanted is None:
        assert told
        assert all(name.startswith("naive-sets/power") for name in told)
    else:
        assert wanted == told
    assert not (tmp_path / "home").exists()


def test_a_home_with_errors_says_nothing(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.yaml").write_text("hours_per_week: [", encoding="utf-8")
    assert "" == offered(home, "studyctl start lin")[1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_names_the_program_and_the_variable(studyctl: Studyctl, shell: str):
    told = studyctl.ok("completion", shell).out
    assert "_STUDYCTL_COMPLETE" in told
    assert f"{shell}_complete" in told


def test_another_shell_is_refused_with_those_that_are_known(studyctl: Studyctl):
    told = studyctl("completion", "tcsh")
    assert (2, True) == (told.code, "fish" in told.err)
