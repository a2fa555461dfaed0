"""What `check PATH` looks at: a curriculum folder, a folder in one, or a single file.

Whatever is named is looked at in the context of the loaded curricula, so that a topic may lean
on what others tell; problems are then told of the named files only. A file that stands in no
curriculum folder is taken for a topic, named by its file and put in the area named by its folder.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from studyctl.adapters.curriculum_folder import Source, file_of, scan
from studyctl.core.ids import is_id
from studyctl.core.problems import Level, Place, Problem, UsageError

PARTS = ("topics", "tracks", "areas.yaml", "resources.yaml")
_NO_AREA = "unsorted"


@dataclass(slots=True)
class Scope:
    """All roots and sources, and the files and folders that were asked for (all, if none was named)."""

    roots: list[Path]
    sources: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: list[str] = field(default_factory=list)

    def holds(self, file: str) -> bool:
        """Whether the file was asked for."""
        return not self.named or any(file == one or file.startswith(one + os.sep) for one in self.named)

    @property
    def files(self) -> int:
        """How many of the files that were asked for can be looked into."""
        return sum(self.holds(file_of(self.roots, source)) for source in self.sources)


def scope(paths: Sequence[str], roots: Sequence[Path]) -> Scope:
    """What `check` looks at for these paths; UsageError for one that is not there or holds nothing."""
    told = Scope(list(roots))
    lone: list[Path] = []
    for given in paths:
        path = Path(given).resolve()
        if not path.exists():
            raise UsageError(f"there is no file or folder {given!r}", "studyctl check PATH")
        told.named.append(str(path))
        if any(path == root or path.is_relative_to(root) for root in told.roots):
            continue
        root = _root_of(path)
        if root is not None:
            told.roots.append(root)
        elif path.is_file():
            lone.append(path)
        else:
            raise UsageError(
                f"{given!r} holds no curriculum",
                f"a curriculum has one of {', '.join(PARTS)}; see: studyctl new topic",
            )
    told.sources, told.problems = scan(told.roots)
    for path in lone:
        _add(told, path)
    return told


def _root_of(path: Path) -> Path | None:
    """The curriculum folder that a path is or stands in, found by the names around it."""
    if path.is_dir() and any((path / part).exists() for part in PARTS):
        return path
    if path.is_file() and path.name in PARTS:
        return path.parent
    for up, name in ((path.parent, path.name), *((one.parent, one.name) for one in list(path.parents)[:2])):
        if name in ("topics", "tracks"):
            return up
    return None


def _add(told: Scope, path: Path) -> None:
    if not is_id(path.stem):
        what = f"the file's name {path.name!r} is no id"
        fix = "use small letters, digits and single hyphens, such as chain-rule.yaml"
        told.problems.append(Problem(Place(str(path)), Level.ERROR, what, fix, "bad-id"))
        return
    area = path.parent.name if is_id(path.parent.name) else _NO_AREA
    told.roots.append(path.parent)
    told.sources.append(Source(len(told.roots) - 1, path.name, "topic", path.stem, area))
