"""Bringing the ledger up to date: what `studyctl deck ledger` finds and saves.

It looks at the built-in curriculum alone, as everybody gets it, whatever curricula and patches
the maintainer has at home.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from studyctl.adapters import ledger
from studyctl.adapters.card_html import CardHtml
from studyctl.adapters.curriculum_files import read
from studyctl.adapters.deck_files import looks
from studyctl.adapters.pictures import Pictures
from studyctl.cli.places import data_folder
from studyctl.cli.workspace import Workspace
from studyctl.core.notes import NOTE_TYPES, notes
from studyctl.core.problems import CurriculumError, Level
from studyctl.core.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Changes:
    """The ledger as it is and as it should be."""

    folder: Path
    old: Mapping[str, Stamp]
    new: Mapping[str, Stamp]
    areas: Mapping[str, str]

    @property
    def stale(self) -> bool:
        """Whether the ledger has to be saved."""
        return self.old != self.new

    def __str__(self) -> str:
        added = len(self.new.keys() - self.old.keys())
        gone = len(self.old.keys() - self.new.keys())
        changed = sum(self.old[name] != self.new[name] for name in self.old.keys() & self.new.keys())
        return f"{added} new, {changed} changed, {gone} gone, {len(self.new)} in all"


def changes(work: Workspace) -> Changes:
    """What has changed in the built-in curriculum since the ledger was saved."""
    root, decks = data_folder("curriculum"), data_folder("decks")
    told, problems = read([root])
    if any(problem.level is Level.ERROR for problem in problems):
        raise CurriculumError("the built-in curriculum has errors", "studyctl check")
    hashes = {NOTE_TYPES[kind].name: look.hash for kind, look in looks(decks).items()}
    for topic in told.topics.values():
        html = CardHtml(Pictures([root / "topics" / topic.area / "media"]))
        hashes |= {note.id: note.hash for note in notes(topic, told.areas, told.resources, {}, html)}
    folder = decks / "ledger"
    old = ledger.read(folder)
    new = ledger.brought_up_to_date(hashes, old, work.now.ms)
    return Changes(folder, old, new, {topic.id: topic.area for topic in told.topics.values()})


def save(found: Changes) -> Iterator[Path]:
    """Write the files that differ; yields each."""
    yield from ledger.write(found.folder, ledger.files(found.new, found.areas))
