"""Which files a curriculum folder holds, and where: names and times only, nothing is opened.

A *root* is a folder with the layout of a curriculum: `areas.yaml`, `resources.yaml`,
`topics/<area>/<topic-id>.yaml`, `tracks/<track-id>.yaml`, each of them optional. A *source* is
one such file. Every command looks through all roots when it starts, so this is one scandir for
each folder and one stat for each file. What cannot be a source, though it looks like one, is a
problem: a name that is no id, a link that leads out of its root, a folder that cannot be read.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

from studyctl.core.ids import is_id
from studyctl.core.problems import Level, Place, Problem

Group: TypeAlias = tuple[str, str]  # kind; id, of a topic or track
UNREADABLE_FOLDER = "unreadable-folder"  # the rule of what makes it unknown which topics there are
LARGEST = 2_000_000  # bytes; a topic has about 5,000


class Source(NamedTuple):
    """One file of a curriculum: the number of its root, its path in it, what it tells, and its stamp."""

    root: int
    path: str
    kind: str  # topic, track, areas, resources
    id: str = ""  # of a topic or track
    area: str = ""  # of a topic
    mtime_ns: int = 0
    size: int = 0

    @property
    def group(self) -> Group:
        """What it tells of: all files of a group are put together."""
        return self.kind, self.id


def scan(roots: Sequence[Path]) -> tuple[list[Source], list[Problem]]:
    """All sources of the roots, in the order of roots and names; a root that is not there has none."""
    problems: list[Problem] = []
    sources = [source for number, root in enumerate(roots) for source in _Scan(number, root, problems).walk()]
    return sources, problems


def file_of(roots: Sequence[Path], source: Source) -> str:
    """The path of a source, as problems name it."""
    return f"{roots[source.root]}/{source.path}"


def ranks(roots: Sequence[Path]) -> Callable[[str], int]:
    """The number of the root that a file, as problems name it, is of."""
    prefixes = [f"{root}/" for root in roots]

    @cache
    def rank(file: str) -> int:
        return max((at for at, prefix in enumerate(prefixes) if file.startswith(prefix)), default=0)

    return rank


def read_bytes(file: str, problems: list[Problem]) -> bytes | None:
    """The bytes of a file, or None with the reason why it cannot be read."""
    try:
        with open(file, "rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        problems.append(Problem(Place(file), Level.ERROR, what, "", "unreadable"))
        return None
    if len(data) > LARGEST:
        what = f"the file has more than {LARGEST:,} bytes"
        problems.append(Problem(Place(file), Level.ERROR, what, "cut it into several", "too-large"))
        return None
    return data


def is_blind(problems: Iterable[Problem]) -> bool:
    """Whether a folder could not be read, so that nobody knows which topics there are."""
    return any(problem.rule == UNREADABLE_FOLDER for problem in problems)


class _Scan:
    """The walk through one root."""

    def __init__(self, number: int, root: Path, problems: list[Problem]) -> None:
        self.number = number
        self.root = str(root)
        self.real = os.path.realpath(root)
        self.problems = problems
        self.sources: list[Source] = []

    def walk(self) -> list[Source]:
        """All sources of the root."""
        for entry in self._entries(""):
            if entry.name in ("areas.yaml", "resources.yaml"):
                self._source(entry, entry.name, entry.name.removesuffix(".yaml"))
            elif entry.name == "topics" and self._is_folder(entry, "topics"):
                self._topics()
            elif entry.name == "tracks" and self._is_folder(entry, "tracks"):
                self._files("tracks", "track", "")
        return self.sources

    def _topics(self) -> None:
        for entry in self._entries("topics"):
            path = f"topics/{entry.name}"
            if entry.name.endswith(".yaml"):
                self._error(
                    path, "the topic stands in no area", f"move it to topics/<area>/{entry.name}", "misplaced"
                )
            elif self._is_folder(entry, path):
                if is_id(entry.name):
                    self._files(path, "topic", entry.name)
                else:
                    self._error(path, f"the folder's name {entry.name!r} is no id", _AN_ID, "bad-id")

    def _files(self, folder: str, kind: str, area: str) -> None:
        for entry in self._entries(folder):
            name = entry.name
            if name.endswith(".yaml"):
                stem = name[: -len(".yaml")]
                if is_id(stem):
                    self._source(entry, f"{folder}/{name}", kind, stem, area)
                else:
                    self._error(f"{folder}/{name}", f"the file's name {name!r} is no id", _AN_ID, "bad-id")
            elif name.endswith(".yml"):
                fix = f"name it {name.removesuffix('.yml')}.yaml"
                what = "only files that end with .yaml are read"
                self._error(f"{folder}/{name}", what, fix, "misplaced", Level.WARNING)
            elif name != "media" and self._is_folder(entry, f"{folder}/{name}"):
                what = "nothing is read from a folder here"
                self._error(f"{folder}/{name}", what, "", "misplaced", Level.WARNING)

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(os.path.join(self.root, folder)) as found:
                entries = [entry for entry in found if entry.name[0] not in ".#" and entry.name[-1] != "~"]
        except FileNotFoundError:
            return []
        except OSError as error:
            self._error(folder, f"the folder cannot be read ({error.strerror})", "", UNREADABLE_FOLDER)
            return []
        return sorted(entries, key=lambda entry: entry.name)

    def _source(self, entry: os.DirEntry[str], path: str, kind: str, name: str = "", area: str = "") -> None:
        if entry.is_symlink() and not self._leads_inside(entry, path):
            return
        try:
            found = entry.stat()
        except OSError as error:
            self._error(path, f"the file cannot be read ({error.strerror})", "", "unreadable")
            return
        if stat.S_ISREG(found.st_mode):
            self.sources.append(Source(self.number, path, kind, name, area, found.st_mtime_ns, found.st_size))
        else:
            self._error(path, "this is no file", "", "unreadable")

    def _is_folder(self, entry: os.DirEntry[str], path: str) -> bool:
        if entry.is_symlink():
            return os.path.isdir(entry.path) and self._leads_inside(entry, path)
        return entry.is_dir()

    def _leads_inside(self, entry: os.DirEntry[str], path: str) -> bool:
        target = os.path.realpath(entry.path)
        if target.startswith(self.real + os.sep):
            return True
        self._error(path, "the link leads out of the curriculum folder", "copy the file here", "outside")
        return False

    def _error(self, path: str, what: str, fix: str, rule: str, level: Level = Level.ERROR) -> None:
        place = Place(os.path.join(self.root, path) if path else self.root)
        self.problems.append(Problem(place, level, what, fix, rule))


_AN_ID = "use small letters, digits and single hyphens, such as chain-rule"
