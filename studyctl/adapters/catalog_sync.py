"""Bringing the curriculum's rows up to date: what changed is read again, and nothing else.

A *group* is all files that tell of one thing: a topic with its patches, a track, all areas, all
resources. When a file of a group changes, the group is read again and put together. When that
changes a relation between things, the relations of all of them are judged again on light rows,
which costs milliseconds for thousands of topics; when only texts changed, that is saved.

A file is *out* when it has an error, by itself or in its relations to others. What is *told* by
all readable files is judged; what is *served* is told without the files that are out.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from studyctl.adapters import catalog_rows as rows
from studyctl.adapters import catalog_values as values
from studyctl.adapters.catalog_light import light_row, light_topics
from studyctl.adapters.catalog_outline import keep_outline
from studyctl.adapters.catalog_served import serve_shelf, serve_topic
from studyctl.adapters.curriculum_bank import Bank, parse
from studyctl.adapters.curriculum_folder import Group, Source, file_of, ranks, read_bytes
from studyctl.core import checks, links, renames
from studyctl.core.curriculum import Area, Curriculum
from studyctl.core.problems import Place, Problem
from studyctl.core.ticks import Tick, silent, ticking


@dataclass
class Update:
    """One pass over the groups that have changed; the caller has opened a transaction."""

    db: sqlite3.Connection
    files: rows.Files
    sources: Sequence[Source]
    blind: bool = False  # a folder could not be read
    tick: Tick = silent
    _groups: dict[Group, list[Source]] = field(default_factory=lambda: defaultdict(list))
    _parsed: dict[Source, tuple[Any, list[Problem]]] = field(default_factory=dict)

    def run(self, touched: Collection[Group], *, judge: bool) -> bool:
        """Bring every row up to date, when files of the groups `touched` have changed, come or gone.

        With `judge` the relations are judged in any case. The answer is whether any id or
        relation may have changed, and not only texts.
        """
        for source in self.sources:
            self._groups[source.group].append(source)
        relations = judge
        for group in ticking(sorted(touched), len(touched), self.tick):
            relations |= self._take(group)
        if relations:
            self._judge()
            keep_outline(self.db)
        return relations

    def _take(self, group: Group) -> bool:
        """Read a group and serve it; whether anything that concerns others has changed."""
        curriculum, problems = self._told(group, ())
        own = checks.faulty(problems)
        relations = self._keep_light(group, curriculum)
        relations |= self._keep_own_faults(group, own)
        self._serve(group, Curriculum() if own else curriculum)  # what is left is served when all is judged
        self._parsed.clear()
        return relations

    # what files tell

    def _told(self, group: Group, without: Collection[str]) -> tuple[Curriculum, list[Problem]]:
        """What the files of a group tell, some of them left out, and what is wrong with it by itself."""
        bank = Bank(self.files.roots, blind=self.blind)
        problems: list[Problem] = []
        for source in self._groups.get(group, ()):
            bank.told[source], found = self._parse(source)
            problems += found
        curriculum = bank.assembled(without, problems)
        problems += checks.within(curriculum)
        return curriculum, problems

    def _parse(self, source: Source) -> tuple[Any, list[Problem]]:
        if source not in self._parsed:
            problems: list[Problem] = []
            file = file_of(self.files.roots, source)
            data = read_bytes(file, problems)
            told = None if data is None else parse(data, file, source.kind, problems)
            self._parsed[source] = told, problems
        return self._parsed[source]

    def _keep_light(self, group: Group, curriculum: Curriculum) -> bool:
        """Keep the relations of a group; whether they have changed."""
        row = self._light(group, curriculum)
        before = self.db.execute("SELECT row FROM light WHERE kind = ? AND id = ?", group).fetchone()
        if before == (None if row is None else (row,)):
            return False
        self.db.execute("DELETE FROM light WHERE kind = ? AND id = ?", group)
        if row is not None:
            self.db.execute("INSERT INTO light VALUES (?, ?, ?)", (*group, row))
        return True

    def _light(self, group: Group, curriculum: Curriculum) -> str | None:
        kind, name = group
        sources = self._groups.get(group, [])
        if kind == "areas":
            return rows.packed(list(curriculum.areas))
        if kind == "resources":
            readable = all(self._parse(source)[0] is not None for source in sources)
            return rows.packed([readable, sorted(curriculum.resources)])
        if not sources:
            return None
        if kind == "track":
            track = curriculum.tracks.get(name)
            return values.track_row(track, self.files) if track else ""
        topic = curriculum.topics.get(name)
        return light_row(topic, self.files) if topic else ""

    def _keep_own_faults(self, group: Group, found: Collection[str]) -> bool:
        """Keep which files of a group are faulty by themselves; whether they, or others of it, were or are."""
        names = sorted(map(self.files.short, found))
        before = self.db.execute("SELECT file FROM fault WHERE kind = ? AND id = ?", group).fetchall()
        self.db.execute("DELETE FROM fault WHERE kind = ? AND id = ? AND own", group)
        self.db.executemany(
            "INSERT OR REPLACE INTO fault VALUES (?, ?, ?, 1)", [(name, *group) for name in names]
        )
        return bool(names or before)

    # what they tell together

    def _judge(self) -> None:
        """Find the files that are out for what they say of others, and serve anew what that changes."""
        before, own = self._faults(own=False), self._faults(own=True)
        known, told = self._known(), self._told_together()
        out = own | checks.faulty(checks.between(told, known, guess=False))
        served, out = self._leave_out(told, known, out)
        self.db.execute("DELETE FROM fault WHERE NOT own")
        for file in sorted(out - own):
            self.db.execute(
                "INSERT OR REPLACE INTO fault VALUES (?, ?, ?, 0)",
                (self.files.short(file), *self._group_of[file]),
            )
        for group in sorted({self._group_of[file] for file in before | out if file in self._group_of}):
            self._serve(group, self._told(group, out)[0])
        self._keep_voids(served, known, out)

    @cached_property
    def _group_of(self) -> dict[str, Group]:
        return {file_of(self.files.roots, one): one.group for one in self.sources}

    def _faults(self, *, own: bool) -> set[str]:
        return {
            self.files.long(file)
            for (file,) in self.db.execute("SELECT file FROM fault WHERE own = ?", (own,))
        }

    def _known(self) -> checks.Known:
        found = self.db.execute("SELECT row FROM light WHERE kind = 'resources'").fetchone()
        readable, keys = json.loads(found[0]) if found else (True, [])
        topics = {source.id for source in self.sources if source.kind == "topic"}
        return checks.Known(
            None if self.blind else topics, set(keys) if readable else None, ranks(self.files.roots)
        )

    def _told_together(self) -> Curriculum:
        """The relations of all that is told."""
        light = defaultdict(list)
        for kind, name, row in self.db.execute(
            "SELECT kind, id, row FROM light WHERE row <> '' ORDER BY kind, id"
        ):
            light[kind].append((name, row))
        with rows.reading():
            topics = light_topics([row for _, row in light["topic"]], self.files)
            tracks = {name: values.track_of(name, row, self.files) for name, row in light["track"]}
            # they were declared; where, is not kept
            areas = {
                name: Area(name, name, place=Place("areas.yaml"))
                for _, row in light["areas"]
                for name in json.loads(row)
            }
        return Curriculum(topics, tracks, areas)

    def _leave_out(self, told: Curriculum, known: checks.Known, out: set[str]) -> tuple[Curriculum, set[str]]:
        """The relations of what is served, and all files that are out, those that this uncovers included."""
        topics, tracks = dict(told.topics), dict(told.tracks)
        done: set[str] = set()
        while out - done:
            problems: list[Problem] = []
            for group in {self._group_of[file] for file in out - done if file in self._group_of}:
                curriculum, found = self._told(group, out)
                problems += (problem for problem in found if problem.place.file not in out)
                _replace(topics, group, "topic", curriculum.topics)
                _replace(tracks, group, "track", curriculum.tracks)
            done = out
            problems += checks.between(Curriculum(topics, tracks, told.areas), known, guess=False)
            out = out | checks.faulty(problems)
        return Curriculum(topics, tracks, told.areas), out

    # what is served

    def _serve(self, group: Group, curriculum: Curriculum) -> None:
        kind, name = group
        if kind == "topic":
            topic = curriculum.topics.get(name)
            serve_topic(self.db, self.files, name, topic and renames.without(topic, self._voided()))
        else:
            serve_shelf(self.db, self.files, group, curriculum)

    def _voided(self) -> dict[str, set[str]]:
        told: dict[str, set[str]] = {}
        for owner, old in self.db.execute("SELECT owner, old FROM void"):
            told.setdefault(owner, set()).add(old)
        return told

    def _keep_voids(self, served: Curriculum, known: checks.Known, out: Collection[str]) -> None:
        """Keep which claims of `was:` have no effect, and serve again what had or gets such claims."""
        before = self._voided()
        found = renames.by_owner(links.voids(served.topics, checks.is_living(served, known), self._is_note))
        if found == before:
            return
        self.db.execute("DELETE FROM void")
        self.db.executemany(
            "INSERT INTO void VALUES (?, ?)",
            [(owner, old) for owner, olds in found.items() for old in sorted(olds)],
        )
        owners = {owner for owner in {*found, *before} if found.get(owner) != before.get(owner)}
        for name in sorted({owner.partition("/")[0] for owner in owners}):
            self._serve(("topic", name), self._told(("topic", name), out)[0])

    def _is_note(self, name: str) -> bool:
        return self.db.execute("SELECT 1 FROM note WHERE id = ?", (name,)).fetchone() is not None


def _replace(told: dict[str, Any], group: Group, kind: str, found: Mapping[str, Any]) -> None:
    """Put what a group tells now in the place of what it told."""
    if group[0] == kind:
        told.pop(group[1], None)
        told.update(found)
