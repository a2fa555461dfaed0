"""The curriculum as every command sees it: rows of the cache, brought up to date with the files.

`Catalog.sync` looks at the stamp of every file and reads only what changed; PyYAML is imported
only then. All other methods ask the rows. Files with errors are left out; `check` tells why. A
row that is not what this version wrote makes the catalog read everything again, in silence.
"""

from __future__ import annotations

import functools
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from studyctl.adapters import catalog_rows as rows
from studyctl.adapters.bulk import bulk
from studyctl.adapters.cache import DAMAGES, transaction
from studyctl.adapters.catalog_outline import load_begins, load_outline, load_paths
from studyctl.adapters.catalog_stamps import changed_groups, stamp_of
from studyctl.adapters.catalog_tables import SCHEMA, TABLES, CardLine
from studyctl.adapters.curriculum_folder import is_blind, scan
from studyctl.core.problems import Level
from studyctl.core.ticks import Tick, silent

if TYPE_CHECKING:
    from types import ModuleType

    from studyctl.core.curriculum import Area, Card, Resource, Topic, Track
    from studyctl.core.outline import Outline

__all__ = ["SCHEMA", "CardLine", "Catalog"]


def _values() -> ModuleType:
    """How rows become values: loaded when the first value is asked for, since many commands ask for none."""
    from studyctl.adapters import catalog_values  # noqa: PLC0415

    return catalog_values


P = ParamSpec("P")
T = TypeVar("T")


def _mended(ask: Callable[Concatenate[Catalog, P], T]) -> Callable[Concatenate[Catalog, P], T]:
    """A question that reads everything again and asks once more when a row is damaged."""

    @functools.wraps(ask)
    def asked(self: Catalog, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with rows.reading():
                return ask(self, *args, **kwargs)
        except (rows.Damaged, *DAMAGES):
            self.rebuild()
            return ask(self, *args, **kwargs)

    return asked


class Catalog:
    """The curriculum of some folders, in a cache that has the tables of SCHEMA."""

    def __init__(self, db: sqlite3.Connection, roots: Sequence[Path], tick: Tick = silent) -> None:
        self._db = db
        self._tick = tick
        self._roots = tuple(roots)
        self._files = rows.Files(self._roots)

    # bringing it up to date

    @_mended
    def sync(self) -> None:
        """Look at every file, and read again what changed since the last time."""
        self._sync()

    def _sync(self) -> None:
        sources, problems = scan(self._roots)
        faults = sorted({self._files.short(one.place.file) for one in problems if one.level is Level.ERROR})
        stamp = stamp_of(sources, faults)
        if self._about("stamp") == stamp:
            return
        with transaction(self._db), bulk():
            if self._about("stamp") == stamp:
                return  # another process was faster
            changed, settled = changed_groups(self._db, self._roots, sources, time.time_ns())
            judge = rows.packed_names(faults) != self._about("unreadable") or self._about("relations") is None
            if changed or judge:
                from studyctl.adapters.catalog_sync import Update  # noqa: PLC0415 (it imports PyYAML)

                version = self._version() + 1
                update = Update(self._db, self._files, sources, is_blind(problems), self._tick)
                if update.run(changed, judge=judge):
                    self._set("names", version)
                self._set("unreadable", rows.packed_names(faults))
                self._set("version", version)
            self._set("stamp", stamp if settled else "")

    def rebuild(self) -> None:
        """Forget all rows and read every file again."""
        with transaction(self._db):
            version = self._last_version()
            for table in TABLES:
                kind, name = table.split()[1:3]
                if kind == "TABLE":
                    self._db.execute(f"DROP TABLE IF EXISTS {name}")
            for table in TABLES:
                self._db.execute(table)
            self._set("version", version + 1)
        self._sync()

    def _last_version(self) -> int:
        try:
            return self._version()
        except (sqlite3.DatabaseError, ValueError):
            return time.time_ns()  # more than any number of changes

    def _about(self, key: str) -> object:
        found = self._db.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def _set(self, key: str, value: object) -> None:
        self._db.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (key, value))

    @_mended
    def version(self) -> int:
        """A number that changes whenever any row has changed."""
        return self._version()

    @_mended
    def names_version(self) -> int:
        """A number that changes whenever an id, an earlier id, an area, a track or a relation has changed."""
        return int(str(self._about("names") or 0))

    def _version(self) -> int:
        return int(str(self._about("version") or 0))

    def _rows(self, question: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows at once, so that no half-read answer is in the way of a rebuild."""
        return self._db.execute(question, values).fetchall()

    @_mended
    def left_out(self) -> tuple[str, ...]:
        """The files that have errors, sorted."""
        unreadable = rows.unpacked(str(self._about("unreadable") or "[]"))
        faults = [file for (file,) in self._rows("SELECT file FROM fault")]
        return tuple(sorted({self._files.long(file) for file in (*unreadable, *faults)}))

    # topics

    @_mended
    def outline(self) -> Outline:
        """All topics with their relations, in the order of the areas, then by id."""
        return load_outline(self._db)

    def topic(self, id: str) -> Topic:  # noqa: A002
        """One topic with all its texts; KeyError if there is none."""
        found = self._topics("WHERE id = ?", (id,))
        if not found:
            raise KeyError(id)
        return found[0]

    @_mended
    def topics(self) -> Iterator[Topic]:
        """All topics with all their texts, in the order of the outline."""
        told = {topic.id: topic for topic in self._topics("", ())}
        return iter([told[line.id] for line in load_outline(self._db).lines])

    @_mended
    def _topics(self, where: str, values: Sequence[str]) -> list[Topic]:
        cards: dict[str, list[Card]] = {}
        condition = where.replace("id", "topic")
        for note, topic, row in self._rows(
            f"SELECT id, topic, row FROM note {condition} ORDER BY topic, position", values
        ):
            cards.setdefault(topic, []).append(_values().card_of(note, row, self._files))
        return [
            _values().topic_of(head, row, tuple(cards.get(head[0], ())), self._files)
            for *head, row in self._rows(
                f"SELECT id, area, title, kind, hours, row FROM topic {where}", values
            )
        ]

    @_mended
    def requirements(self) -> dict[str, list[str]]:
        """What each topic requires, by the ids of today; ids that no topic has included."""
        told, living = self._rows("SELECT id, relations FROM topic ORDER BY id"), self.topic_aliases()
        return {name: [living.get(one, one) for one in rows.unpacked(some)[0]] for name, some in told}

    # cards

    @_mended
    def card(self, id: str) -> CardLine | None:  # noqa: A002
        """One card, or None."""
        found = self._cards("WHERE card.id = ?", (id,))
        return found[0] if found else None

    @_mended
    def cards(self, topic: str | None = None) -> Iterator[CardLine]:
        """All cards, or those of a topic, by position."""
        told = self._cards("WHERE card.topic = ?", (topic,)) if topic is not None else self._cards("", ())
        return iter(sorted(told, key=lambda card: card.position))

    def _cards(self, where: str, values: Sequence[str]) -> list[CardLine]:
        return list(
            map(
                CardLine._make,
                self._rows(
                    "SELECT card.id, topic, note, ord, guid, card.kind, first + position"
                    f" FROM card JOIN topic ON topic.id = card.topic {where}",
                    values,
                ),
            )
        )

    @_mended
    def card_counts(self) -> dict[str, int]:
        """How many cards each topic has."""
        return dict(self._rows("SELECT id, cards FROM topic"))

    @_mended
    def faces(self, ids: Iterable[str]) -> dict[str, Card]:
        """The notes with their texts that cards are made of, by card id; unknown ids are left out."""
        told: dict[str, Card] = {}
        for some in rows.parts(ids):
            marks = ",".join("?" * len(some))
            for card, note, row in self._rows(
                f"SELECT card.id, note.id, row FROM card JOIN note ON note.id = card.note WHERE card.id IN ({marks})",
                some,
            ):
                told[card] = _values().card_of(note, row, self._files)
        return told

    # tracks, areas, resources, names

    @_mended
    def tracks(self) -> tuple[Track, ...]:
        """All tracks, by id; a topic that a track calls by an earlier id has its living one."""
        from studyctl.core.renames import resolved  # noqa: PLC0415 (as in _values)

        living = self.topic_aliases()
        told = (_values().track_of(name, row, self._files) for name, row in self._shelf("track"))
        return tuple(resolved(track, living) for track in told)

    @_mended
    def paths(self, *, side_roads: bool = False) -> dict[str, tuple[str, ...]]:
        """The topics of each track, or just its side roads: what `tracks` says, without loading its words."""
        return load_paths(self._shelf("track"), self.topic_aliases(), side_roads=side_roads)

    @_mended
    def begins(self) -> dict[str, str]:
        """How each track begins, without loading its words either."""
        return load_begins(self._shelf("track"))

    @_mended
    def areas(self) -> dict[str, Area]:
        """All areas in their order; one that only topics name comes last, with a title made of its id."""
        from studyctl.core.curriculum import untold_area  # noqa: PLC0415 (as in _values)

        told = {name: _values().area_of(name, row, self._files) for name, row in self._shelf("areas")}
        for (name,) in self._rows("SELECT DISTINCT area FROM topic ORDER BY area"):
            if name not in told:
                told[name] = untold_area(name)
        return told

    @_mended
    def resources(self, keys: Iterable[str] | None = None) -> dict[str, Resource]:
        """All resources, or those with these keys; unknown keys are left out."""
        wanted = None if keys is None else set(keys)
        return {
            key: _values().resource_of(key, row, self._files)
            for key, row in self._shelf("resources")
            if wanted is None or key in wanted
        }

    def _shelf(self, kind: str) -> list[tuple[str, str]]:
        return self._rows("SELECT id, row FROM shelf WHERE kind = ? ORDER BY position, id", (kind,))

    @_mended
    def topic_aliases(self) -> dict[str, str]:
        """Earlier ids of topics, with the living one."""
        return dict(self._rows("SELECT old, new FROM earlier WHERE kind = 'topic'"))

    @_mended
    def card_aliases(self) -> dict[str, str]:
        """Earlier ids of notes and cards, by a rename of their own or of their topic, with the living one."""
        return dict(self._rows("SELECT old, new FROM earlier WHERE kind = 'card'"))

    @_mended
    def ids(self, kind: str) -> list[str]:
        """The ids of all of a kind: topic, card, track, area; sorted."""
        if kind == "area":
            return sorted(self.areas())
        table = "shelf WHERE kind = 'track'" if kind == "track" else {"topic": "topic", "card": "card"}[kind]
        return [name for (name,) in self._rows(f"SELECT id FROM {table} ORDER BY id")]
