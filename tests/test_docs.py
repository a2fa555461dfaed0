"""The manual holds: every command in it works as written, every event and link in it exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import Studyctl

from studyctl.core.events import KINDS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TERMINAL = {"review"}  # asks for keys; tests/cli/test_review.py follows it
CODES = {
    "check": {0, 3},  # `new topic` leaves something to fill in
    "tune": {0, 1},  # wants more answers than a page has
}


def commands(page: Path) -> list[list[str]]:
    """The studyctl commands in the shell blocks of a page, in order."""
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.S | re.M)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    lines = [line for line in lines if line.startswith("studyctl ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_command_of_a_page_works_as_typed(
    studyctl: Studyctl, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for minute, words in enumerate(commands(page)):
        if words[0] in TERMINAL:
            continue
        told = studyctl(*words, now=f"2026-11-23T20:{minute:02d}:00+00:00")
        assert told.code in CODES.get(words[0], {0}), f"{words}: {told}"


def test_the_manual_names_every_event():
    table = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    named = {
        word.strip() for row in re.findall(r"^\| ([a-z, -]+) \|", table, re.M) for word in row.split(",")
    }
    assert set(KINDS) <= named


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md"], ids=lambda page: page.stem)
def test_every_link_leads_somewhere(page: Path):
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_every_screen_is_shown_and_there():
    shown = set()
    for page in PAGES:
        for target in re.findall(r'(?:src|srcset)="([^"]+)"|!\[[^\]]*\]\(([^)]+)\)', page.read_text("utf-8")):
            shown.add((page.parent / "".join(target)).resolve())
    screens = set((ROOT / "docs" / "screens").iterdir())
    assert screens == {path for path in shown if path.parent.name == "screens"}


def test_the_readme_begins_with_the_two_commands():
    blocks = re.findall(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S | re.M)
    assert blocks[0].strip().endswith("studyctl next")
    assert blocks[1].strip().endswith("pytest")
    assert 1 == blocks[0].count("\n") == blocks[1].count("\n")
