"""The tables of the curriculum in the cache.

The first five keep what files were when they were read and what they told; the others what is
*served*: told by the files that have no errors.
"""

from __future__ import annotations

from typing import NamedTuple

TABLES = (
    "CREATE TABLE about (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
    # what the files were when they were read
    "CREATE TABLE source (root INTEGER, path TEXT, kind TEXT, id TEXT, mtime_ns INTEGER, size INTEGER, hash BLOB,"
    " PRIMARY KEY (root, path)) WITHOUT ROWID",
    "CREATE TABLE light (kind TEXT, id TEXT, row TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "CREATE TABLE fault (file TEXT PRIMARY KEY, kind TEXT, id TEXT, own INTEGER) WITHOUT ROWID",
    "CREATE TABLE void (owner TEXT, old TEXT, PRIMARY KEY (owner, old)) WITHOUT ROWID",
    # what is served
    "CREATE TABLE topic (id TEXT PRIMARY KEY, area TEXT, title TEXT, kind TEXT, hours REAL, cards INTEGER,"
    " first INTEGER, relations TEXT, row TEXT)",
    "CREATE TABLE note (id TEXT PRIMARY KEY, topic TEXT, position INTEGER, row TEXT)",
    "CREATE INDEX note_topic ON note (topic, position)",
    "CREATE TABLE card (id TEXT PRIMARY KEY, topic TEXT, note TEXT, ord INTEGER, guid TEXT, kind TEXT,"
    " position INTEGER)",
    "CREATE INDEX card_topic ON card (topic, position)",
    "CREATE TABLE shelf (kind TEXT, id TEXT, position INTEGER, row TEXT, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "CREATE TABLE earlier (kind TEXT, old TEXT, new TEXT, topic TEXT, PRIMARY KEY (kind, old)) WITHOUT ROWID",
    "CREATE INDEX earlier_topic ON earlier (topic)",
)
SCHEMA = "".join(f"{table};\n" for table in TABLES)


class CardLine(NamedTuple):
    """A card without its texts; `position` counts all cards, prerequisites first."""

    id: str
    topic: str
    note: str
    ord: int
    guid: str
    kind: str
    position: int
