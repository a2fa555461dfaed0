"""Reading the notes of a collection of Anki: note types, fields, tags and decks, new form and old.

The new form keeps templates as protocol buffers, of which only a few fields are wanted; `message`
reads as much of that encoding as these need.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from studyctl.adapters.anki_file import AnkiFile, CollectionError
from studyctl.core.foreign import ForeignDeck, ForeignNote, ForeignType, Template

_SEPARATOR = "\x1f"
_CARDS = """
    SELECT n.id, n.guid, n.mid, n.tags, n.flds, CAST(c.ord AS INTEGER), CASE WHEN c.odid THEN c.odid ELSE c.did END
    FROM notes n JOIN cards c ON c.nid = n.id WHERE typeof(n.guid) = 'text' AND typeof(n.flds) = 'text'
    ORDER BY n.id, c.ord
"""


def notes_of(file: AnkiFile) -> ForeignDeck:
    """Every note that has a card, in the order in which they were made."""
    try:
        types = dict(_new_types(file) if "notetypes" in file.tables else _old_types(file))
        decks = dict(_decks(file))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise CollectionError(file.path, f"has note types that cannot be read ({error})") from error
    told: dict[int, ForeignNote] = {}
    places: dict[int, dict[int, str]] = {}
    broken: set[int] = set()
    for number, guid, kind, tags, fields, ord_, deck in file.db.execute(_CARDS):
        if kind not in types:
            broken.add(number)
            continue
        places.setdefault(number, {})[ord_] = decks.get(deck, "Default")
        if number not in told:
            texts = dict(zip(types[kind].fields, fields.split(_SEPARATOR), strict=False))
            told[number] = ForeignNote(guid, types[kind], texts, tuple(str(tags).split()), places[number])
    return ForeignDeck(list(told.values()), len(broken))


def _old_types(file: AnkiFile) -> Iterator[tuple[int, ForeignType]]:
    models = json.loads(file.db.execute("SELECT models FROM col").fetchone()[0])
    for number, model in models.items():
        fields = sorted(model["flds"], key=lambda one: one.get("ord", 0))
        templates = sorted(model["tmpls"], key=lambda one: one.get("ord", 0))
        yield (
            int(number),
            ForeignType(
                str(model["name"]),
                model.get("type") == 1,
                tuple(str(field["name"]) for field in fields),
                tuple(Template(str(one["qfmt"]), str(one["afmt"])) for one in templates),
            ),
        )


def _new_types(file: AnkiFile) -> Iterator[tuple[int, ForeignType]]:
    ask = file.db.execute
    for number, name, config in ask("SELECT id, name, config FROM notetypes").fetchall():
        fields = ask("SELECT name FROM fields WHERE ntid = ? ORDER BY ord", (number,)).fetchall()
        told = ask("SELECT config FROM templates WHERE ntid = ? ORDER BY ord", (number,)).fetchall()
        sides = [message(one) for (one,) in told]
        yield (
            number,
            ForeignType(
                str(name),
                message(config).get(1) == [1],
                tuple(str(field) for (field,) in fields),
                tuple(Template(_text(side, 1), _text(side, 2)) for side in sides),
            ),
        )


def _decks(file: AnkiFile) -> Iterator[tuple[int, str]]:
    if "decks" in file.tables:
        for number, name in file.db.execute("SELECT id, name FROM decks"):
            yield number, str(name).replace(_SEPARATOR, "::")
        return
    for number, deck in json.loads(file.db.execute("SELECT decks FROM col").fetchone()[0]).items():
        yield int(number), str(deck["name"])


def _text(told: dict[int, list[Any]], number: int) -> str:
    found = told.get(number, [b""])[-1]
    return found.decode("utf-8", "replace") if isinstance(found, bytes) else ""


def message(data: bytes) -> dict[int, list[Any]]:
    """The fields of a protocol buffer by number: whole numbers, or bytes; ValueError if it is none."""
    told: dict[int, list[Any]] = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: int | bytes
        if key & 7 == 0:
            value, at = _varint(data, at)
        elif key & 7 in (1, 2, 5):
            size = {1: 8, 5: 4}.get(key & 7)
            if size is None:
                size, at = _varint(data, at)
            value, at = data[at : at + size], at + size
            if at > len(data):
                raise ValueError("a protocol buffer ends too early")
        else:
            raise ValueError("no protocol buffer")
        told.setdefault(key >> 3, []).append(value)
    return told


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise ValueError("a protocol buffer ends too early")
