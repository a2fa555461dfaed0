"""Where output goes when it cannot: a full disk, a reader that has gone, a stream that was closed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Studyctl

FULL = Path("/dev/full")
COMMAND = [sys.executable, "-m", "studyctl"]
SOURCE = Path(__file__).parent.parent.parent


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment of its own, with a home in it."""
    places = {"STUDYCTL_HOME": "home", "STUDYCTL_CACHE": "cache", "XDG_STATE_HOME": "state"}
    told = {name: str(tmp_path / folder) for name, folder in places.items()}
    return dict(os.environ) | told | {"PYTHONPATH": str(SOURCE), "STUDYCTL_DEVICE": "desk"}


def shell(command: str, environ: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    """A command line in a shell, in which ``$S`` is studyctl; what the shell and it say."""
    whole = environ | {"S": " ".join(COMMAND)} | more
    return subprocess.run(
        ["bash", "-c", command], env=whole, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("buffered", ["", "1"])
def test_output_that_finds_no_room_is_no_lie_about_what_was_recorded(environ, buffered):
    told = shell("$S know naive-sets > /dev/full", environ, PYTHONUNBUFFERED=buffered)
    said = "error: nothing more can be written: No space left on device\n"
    assert (1, said) == (told.returncode, told.stderr.partition("\n")[2] or told.stderr)
    journal = Path(environ["STUDYCTL_HOME"]) / "journal" / "desk.jsonl"
    assert '"do": "known", "topic": "naive-sets"' in journal.read_text()


@pytest.mark.parametrize("buffered", ["", "1"])
def test_a_reader_that_has_seen_enough_is_no_failure(environ, buffered):
    told = shell("$S topics | head -1; echo ${PIPESTATUS[0]}", environ, PYTHONUNBUFFERED=buffered)
    assert ["Foundations", "0"] == told.stdout.splitlines()
    assert "" == told.stderr


@pytest.mark.parametrize(("command", "code"), [("next >&-", 0), ("start zz 2>&-", 2), ("next >&- 2>&-", 0)])
def test_an_output_that_was_closed_takes_nothing(environ, command, code):
    told = shell(f"$S {command}", environ)
    assert code == told.returncode
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize(
    "command",
    [
        "plan --ics FILE", "graph naive-sets -o FILE.svg", "report --html FILE", "report --week --md FILE",
        "log --csv FILE", "new topic probability/mine", "new track mine", "config set new_per_day 3",
        "deck build --all naive-sets -o FILE.apkg",
    ],
)  # fmt: skip
def test_a_dry_run_writes_no_file(studyctl: Studyctl, tmp_path: Path, command: str):
    studyctl.ok("know", "naive-sets")
    studyctl.ok("goal", "add", "first-model")
    words = command.replace("FILE", str(tmp_path / "out")).split()

    def files() -> dict[Path, bytes]:
        found = (path for folder in (tmp_path, studyctl.home) for path in folder.rglob("*"))
        return {path: path.read_bytes() for path in found if path.is_file() and ".sqlite" not in path.name}

    before = files()
    told = studyctl.ok(*words, "--dry-run")
    assert "ould " in told.out + told.err
    assert before == files()
    studyctl.ok(*words)
    assert before != files()
