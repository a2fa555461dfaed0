"""The outline of the curriculum out of the cache, quick enough for every command.

Titles and hours come from the rows of the topics; the relations are kept once more as numbers,
which is the order in which the topics stand, and are written anew whenever one of them changes.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studyctl.adapters.bulk import bulk
from studyctl.adapters.catalog_rows import packed, reading
from studyctl.core.outline import Line, Outline


def load_outline(db: sqlite3.Connection) -> Outline:
    """Topics in the order of the areas, then by id, with the relations between those that are served."""
    with bulk(), reading():
        lines = _lines(db)
        kept = db.execute("SELECT value FROM about WHERE key = 'relations'").fetchone()
        requires, any_of, helps, practised, weights, lost = json.loads(kept[0])
        return Outline(
            lines,
            requires,
            any_of,
            helps,
            [dict(zip(*one, strict=True)) for one in zip(practised, weights, strict=True)],
            frozenset(topic for topic, without in enumerate(lost) if without),
        )


def keep_outline(db: sqlite3.Connection) -> None:
    """Keep the relations as numbers, and the position of each topic's first card, prerequisites first."""
    lines = _lines(db)
    number = {line.id: at for at, line in enumerate(lines)}
    for old, new in db.execute("SELECT old, new FROM earlier WHERE kind = 'topic'"):
        if new in number:
            number.setdefault(old, number[new])
    rows = dict(db.execute("SELECT id, relations FROM topic"))
    told = [_numbered(at, json.loads(rows[line.id]), number) for at, line in enumerate(lines)]
    columns = [list(column) for column in zip(*told, strict=True)] or [[], [], [], [], [], []]
    db.execute("INSERT OR REPLACE INTO about VALUES ('relations', ?)", (packed(columns),))
    outline = Outline(lines, columns[0], columns[1], columns[2], [{} for _ in lines])
    before = dict(db.execute("SELECT id, first FROM topic"))
    first, moved = 0, []
    for at in outline.order:
        line = lines[at]
        if before[line.id] != first:
            moved.append((first, line.id))
        first += line.cards
    db.executemany("UPDATE topic SET first = ? WHERE id = ?", moved)


def _lines(db: sqlite3.Connection) -> list[Line]:
    rank = dict(db.execute("SELECT id, position FROM shelf WHERE kind = 'areas'").fetchall())
    last = len(rank)
    told = db.execute("SELECT id, title, area, kind, hours, cards FROM topic ORDER BY id").fetchall()
    lines = list(map(Line._make, told))
    sum(line.hours + line.cards for line in lines)  # a damaged row is no number, and is told here
    lines.sort(key=lambda line: (rank.get(line.area, last), line.area))
    return lines


def _numbered(topic: int, relations: Sequence[Any], number: Mapping[str, int]) -> tuple[Any, ...]:
    """The relations of a topic in numbers; ids that no topic has, and the topic itself, are left out.

    Last comes whether it requires a topic that is not there, so that it cannot be ready.
    """
    requires, any_of, helps, weights = relations

    def numbers(names: Iterable[str]) -> list[int]:
        return list(dict.fromkeys(number[name] for name in names if number.get(name, topic) != topic))

    practised = {number[name]: weight for name, weight in weights.items() if number.get(name, topic) != topic}
    groups = [one for names in any_of if (one := numbers(names))]
    lost = any(name not in number for name in requires)
    return numbers(requires), groups, numbers(helps), list(practised), list(practised.values()), int(lost)


def load_paths(
    shelf: Iterable[tuple[str, str]], living: Mapping[str, str], *, side_roads: bool = False
) -> dict[str, tuple[str, ...]]:
    """The topics of each track, or its side roads, by their ids of today; of rows as `serve_shelf` wrote them."""
    told: dict[str, tuple[str, ...]] = {}
    for name, row in shelf:
        parts = json.loads(row)["sections"]
        topics = [topic for _, path, roads in parts for topic in (roads if side_roads else path)]
        told[name] = tuple(dict.fromkeys(living.get(topic, topic) for topic in topics))
    return told


def load_begins(shelf: Iterable[tuple[str, str]]) -> dict[str, str]:
    """How each track begins, empty where it does not say so; of rows as `serve_shelf` wrote them."""
    return {name: json.loads(row)["begin"] for name, row in shelf}
