"""Bringing the curriculum's rows up to date: what changed is read again, and nothing else.

A *group* is all that tells of one thing: the files of a topic (its own and its patches), of a
track, of all areas, of all resources. When a file of a group changes, the group is read again
and put together. When that changes a relation between things, the relations of all of them are
judged again on light rows, which costs a few milliseconds for thousands of topics; when only
texts changed, nothing else is looked at.

A file is *out* when it has an error: by itself, or in its relations to others.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from studyctl.adapters import catalog_rows as rows
from studyctl.adapters.curriculum_files import Bank, faulty, file_of, parse, read_bytes, voids
from studyctl.adapters.curriculum_folder import Source
from studyctl.core import checks, graph, notes, renames
from studyctl.core.curriculum import Curriculum, Topic, Track
from studyctl.core.problems import Level, Problem

Group = tuple[str, str]  # kind, and id where there is one


class Outcome(NamedTuple):
    """What a group came to: whether any relation changed, and the topic if it is one."""

    links: bool
    topic: Topic | None = None


@dataclass
class Update:
    """One pass over the sources that were found; all of it happens in one transaction."""

    db: sqlite3.Connection
    files: rows.Files
    sources: Sequence[Source]
    fresh_since: int  # ns; a file changed after this may change again within the same tick
    settled: bool = True
    changed: bool = False
    _told: dict[Source, Any] = field(default_factory=dict)

    def run(self) -> None:
        """Bring every row up to date."""
        self.groups: dict[Group, list[Source]] = defaultdict(list)
        for source in self.sources:
            self.groups[source.kind, source.id].append(source)
        touched = self._touched()
        if not touched:
            return
        self.changed = True
        relations = False
        for group in sorted(touched):
            relations |= self._take(group)
        if relations:
            self._judge(touched)
        self._rank(relations)
