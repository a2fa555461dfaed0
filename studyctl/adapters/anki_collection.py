"""Reading what a pull needs of a collection of Anki: its cards, its review log, its clock."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from studyctl.adapters.anki_file import AnkiFile, CollectionError, opened
from studyctl.adapters.bulk import bulk
from studyctl.core.collection import Collection, Held, Row
from studyctl.core.handed import HANDED, handed
from studyctl.core.notes import CARD_ID, NOTE_TYPES
from studyctl.core.there import LEFT

__all__ = ["CollectionError", "read"]

LABELLED = f"CASE WHEN instr(c.data, '{HANDED}') THEN c.data END"  # few cards bear the label

# A card that was suspended because its note left the curriculum was not suspended by anybody.
_CARDS = f"""
    SELECT c.id, n.guid, CAST(c.ord AS INTEGER), c.type = 0,
           c.queue = -1 AND instr(' ' || ifnull(n.tags, '') || ' ', ' {LEFT} ') = 0, CAST(c.mod AS INTEGER) * 1000,
           {LABELLED}
    FROM cards c JOIN notes n ON n.id = c.nid WHERE typeof(n.guid) = 'text'
"""
_LOG = """
    SELECT id, cid, CAST(ease AS INTEGER), CAST(ivl AS INTEGER), CAST(factor AS INTEGER),
           CAST(time AS INTEGER), CAST(type AS INTEGER)
    FROM revlog WHERE typeof(id) = 'integer' ORDER BY id
"""
_WIDEST = 18 * 60  # minutes; no zone is further from UTC


def read(path: Path) -> Collection:
    """The collection in a .apkg, .colpkg or collection.anki2; CollectionError says what is wrong."""
    with opened(path) as file, bulk():
        return collection_of(file)


def collection_of(file: AnkiFile) -> Collection:
    """The collection of a file that is open."""
    cards = {
        number: Held(guid, ord_, bool(new), bool(suspended), changed, handed(data))
        for number, guid, ord_, new, suspended, changed, data in file.db.execute(_CARDS)
    }
    config = setting_of(file)
    return Collection(
        cards,
        log_of(file),
        _whole(config("localOffset"), -_WIDEST, _WIDEST, sign=-1),
        _whole(config("rollover"), 0, 23),
        tuple(strange(file)),
    )


def log_of(file: AnkiFile) -> list[Row]:
    """The review log, in the order of time."""
    return list(map(Row._make, file.db.execute(_LOG)))


def _whole(value: object, low: int, high: int, sign: int = 1) -> int | None:
    return sign * value if type(value) is int and low <= value <= high else None


def setting_of(file: AnkiFile) -> Callable[[str], object]:
    """Asks for a setting of the collection, wherever its version keeps it; None if it has none."""
    whole: dict[str, Any] = {}
    with suppress(ValueError, TypeError):
        told = json.loads(file.db.execute("SELECT conf FROM col").fetchone()[0] or "{}")
        whole = told if isinstance(told, dict) else {}
    if "config" not in file.tables:
        return whole.get

    def ask(key: str) -> object:
        row = file.db.execute('SELECT val FROM config WHERE "KEY" = ?', (key,)).fetchone()
        with suppress(ValueError, TypeError):
            return json.loads(row[0]) if row else whole.get(key)
        return None

    return ask


def strange(file: AnkiFile) -> Iterator[str]:
    """Note types that bear a number of ours and are not ours: they lack the field with our id."""
    ours = {kind.id for kind in NOTE_TYPES.values()}
    for number, name, fields in note_types(file):
        if number in ours and CARD_ID not in fields:
            yield name


def note_types(file: AnkiFile) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """The number, name and fields of each note type."""
    if {"notetypes", "fields"} <= file.tables:
        for number, name in file.db.execute("SELECT id, name FROM notetypes").fetchall():
            fields = file.db.execute("SELECT name FROM fields WHERE ntid = ? ORDER BY ord", (number,))
            yield number, str(name), tuple(str(field) for (field,) in fields)
        return
    with suppress(ValueError, TypeError, AttributeError, KeyError):
        for number, model in json.loads(file.db.execute("SELECT models FROM col").fetchone()[0]).items():
            told = sorted(model["flds"], key=lambda field: int(field.get("ord", 0)))
            yield int(number), str(model["name"]), tuple(str(field["name"]) for field in told)
