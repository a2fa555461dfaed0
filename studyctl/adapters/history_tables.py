"""The tables of the journal's part of the cache, and how rows of them are named.

A row of `review` and `event` has the number ``file << 40 | line``: so rows of one file are a range,
they are appended in the order of the file, and a row tells where its line stands.

- `review` holds every answer of every file. `copy` marks one whose id another line has with better
  right; `counts` says that the answer is part of the state: neither a copy, nor the same answer
  under another id, nor undone.
- `card_name` gives numbers to the card ids of the journal; `home` is the number of the id that the
  card has today. `memory` is told by today's ids, everything else by the journal's.
- `undone` and `undone_review` are what the `undone` events name, laid out for looking up.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from studyctl.core.memory import Memory, State
from studyctl.core.time import HOUR, MINUTE, from_iso

SCHEMA = """
CREATE TABLE history_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE journal_file (
    key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, latest INTEGER,
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, inode INTEGER NOT NULL,
    read INTEGER NOT NULL, lines INTEGER NOT NULL, crc INTEGER NOT NULL,
    head BLOB NOT NULL, tail BLOB NOT NULL
);
CREATE TABLE journal_notice (
    file INTEGER NOT NULL, damaged INTEGER NOT NULL, what TEXT NOT NULL, line INTEGER NOT NULL,
    PRIMARY KEY (file, damaged, what, line)
) WITHOUT ROWID;
CREATE TABLE card_name (key INTEGER PRIMARY KEY, raw TEXT NOT NULL UNIQUE, home INTEGER NOT NULL);
CREATE INDEX card_name_home ON card_name (home);
CREATE TABLE review (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, card INTEGER NOT NULL,
    at INTEGER NOT NULL, offset INTEGER NOT NULL, day INTEGER NOT NULL,
    rating INTEGER NOT NULL, ms INTEGER,
    copy INTEGER NOT NULL DEFAULT 0, counts INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE event (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, do TEXT NOT NULL,
    card INTEGER, line TEXT NOT NULL, copy INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX event_id ON event (id);
CREATE INDEX event_card ON event (card) WHERE card IS NOT NULL;
CREATE INDEX event_tuned ON event (at, id) WHERE do IN ('tuned', 'eased', 'practice-off');
CREATE TABLE undone (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE undone_review (card INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (card, at)) WITHOUT ROWID;
CREATE TABLE memory (
    topic TEXT NOT NULL, card TEXT NOT NULL,
    state INTEGER NOT NULL, step INTEGER, stability REAL, difficulty REAL,
    due_day INTEGER, due_ms INTEGER, last_ms INTEGER, last_day INTEGER,
    reviews INTEGER NOT NULL, lapses INTEGER NOT NULL,
    first_day INTEGER, timed INTEGER NOT NULL, timed_ms INTEGER NOT NULL,
    suspended INTEGER NOT NULL, buried_until INTEGER NOT NULL, retention REAL NOT NULL,
    PRIMARY KEY (topic, card)
) WITHOUT ROWID;
"""

INDEXES = {  # made after many rows were added, which takes a third of the time
    "review_id": "review (id)",
    "review_card": "review (card, at)",
    "review_day": "review (day) WHERE counts",
}

SCHEMA += "".join(f"CREATE INDEX {name} ON {what};\n" for name, what in INDEXES.items())

MEMORY = ", ".join(Memory._fields)
DUE = """
    (NOT suspended AND buried_until <= ?2
     AND CASE WHEN due_ms IS NULL THEN due_day <= ?2 ELSE due_ms <= ?1 END)
"""  # at the moment ?1 of the study day ?2

_STATES = tuple(State)
_BEFORE = 1_000_000  # days; more than any moment is before 1970
_LINES = 40  # bits of a row's number that say the line


def drop(db: sqlite3.Connection) -> None:
    """Take the tables of SCHEMA away."""
    for name in re.findall(r"CREATE TABLE (\w+)", SCHEMA):
        db.execute(f"DROP TABLE IF EXISTS {name}")


def row_of(file: int, line: int) -> int:
    """The number of the row that tells line `line` of file `file`."""
    return file << _LINES | line


def line_of(row: int) -> tuple[int, int]:
    """The file and line of a row."""
    return row >> _LINES, row & (1 << _LINES) - 1


def study_day_sql(at: str, offset: str, day_starts_at: int) -> str:
    """The study day of a moment as an SQL expression; see `studyctl.core.time.study_day`."""
    shift = _BEFORE * 24 * HOUR - day_starts_at * HOUR  # SQL's division does not round downwards
    return f"({at} + {offset} * {MINUTE} + {shift}) / {24 * HOUR} - {_BEFORE}"


def at_or_none(value: object) -> int | None:
    """The moment, in ms, that an `undone` event names: as the journal writes moments, or in ms."""
    if isinstance(value, str):
        with suppress(ValueError):
            return from_iso(value)
    return value if type(value) is int and abs(value) < 1 << 50 else None


def rows_of(file: int) -> tuple[int, int]:
    """The least and the greatest number that a row of this file can have."""
    return row_of(file, 0), row_of(file + 1, 0) - 1


def memory_of(row: Sequence[Any]) -> Memory:
    """The memory that the columns MEMORY of a row tell."""
    state, *rest = row
    return Memory(_STATES[state], *rest)
