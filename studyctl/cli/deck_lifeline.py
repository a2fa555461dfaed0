"""Choosing the lifeline anew: what `studyctl deck lifeline` writes to decks/lifeline.yaml.

It looks at the built-in curriculum alone, as the ledger does.
"""

from __future__ import annotations

from pathlib import Path

from studyctl.adapters.curriculum_files import read
from studyctl.cli.places import data_folder
from studyctl.core.lifeline import lifeline, size
from studyctl.core.problems import CurriculumError, Level

HEAD = """\
# Written by `studyctl deck lifeline`; change studyctl/core/lifeline.py, not this list.
title: Lifeline
summary: The cards that keep alive what everything else hangs on, at about ten minutes a week.
notes:
"""


def recipe() -> tuple[Path, str]:
    """The file of the recipe, and what it should hold."""
    told, problems = read([data_folder("curriculum")])
    if any(problem.level is Level.ERROR for problem in problems):
        raise CurriculumError("the built-in curriculum has errors", "studyctl check")
    notes = lifeline(told.topics, size())
    return data_folder("decks") / "lifeline.yaml", HEAD + "".join(f"  - {note}\n" for note in notes)


def save(path: Path, text: str) -> None:
    """Write the recipe."""
    path.write_text(text, encoding="utf-8")
