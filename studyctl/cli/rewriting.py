"""Rewording a card: its own version in the learner's curriculum, opened in an editor."""

from __future__ import annotations

import sys

import click

from studyctl.adapters.overlay import write_patch
from studyctl.cli.workspace import Workspace
from studyctl.core.problems import UsageError


def rewrite(work: Workspace, card: str) -> str:
    """Make ready the own version of a card, and open it where somebody can edit; what to say then."""
    note = work.catalog.faces([card]).get(card)
    if note is None:
        raise UsageError(f"{card} is in no curriculum now", "studyctl cards")
    area = work.outline.lines[work.outline.number[note.topic]].area
    try:
        path = write_patch(work.home / "curriculum", area, note.topic, note)
    except OSError as problem:
        raise UsageError(f"{work.home / 'curriculum'}: {problem.strerror}", "studyctl config") from None
    if sys.stdin.isatty() and sys.stdout.isatty():
        try:
            click.edit(filename=str(path))
        except click.ClickException as problem:
            raise UsageError(problem.message, "EDITOR=nano studyctl review") from None
    return f"Your version of {note.note} is in {path}; its history stays. studyctl check {work.home / 'curriculum'}"
