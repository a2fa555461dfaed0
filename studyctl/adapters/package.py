"""Notes as an .apkg file, written by genanki, the same bytes for the same notes.

Three things genanki does not do, and a learner's collection needs:

- A note carries the time at which its content last changed, not the time of the build; so an
  import changes what has changed and leaves alone what the learner has edited.
- Ids of notes and cards are made from the guid. Two packages never give one id to two notes,
  so devices that import different packages can sync; and a card that was deleted finds its
  old reviews again when its note comes back.
- New cards are due in the order of the curriculum.

The package also has no trace of the machine that built it: the database is written in memory
with fixed settings, and the zip archive with fixed dates.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import genanki

from studyctl.adapters.package_progress import ProgressCard, set_clock
from studyctl.core.carried import Progress
from studyctl.core.notes import NOTE_TYPES, Look, Note, NoteType

_FIRST_ID = 1_735_689_600_000  # ids are milliseconds to Anki; these lie in 2025, as if made there
_IDS = 2**35
_SQLITE_VERSION = slice(96, 100)  # where a database says which SQLite wrote it
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_PRAGMAS = "PRAGMA encoding='UTF-8'; PRAGMA page_size=4096; PRAGMA auto_vacuum=0; PRAGMA secure_delete=1;"


class _Model(genanki.Model):  # type: ignore[misc]
    """A note type with the time at which its look last changed."""

    def __init__(self, kind: NoteType, look: Look, written: int) -> None:
        cloze = kind.kind == "cloze"
        super().__init__(
            kind.id,
            kind.name,
            fields=[{"name": name, "font": "Arial"} for name in kind.fields],
            templates=[{"name": kind.kind.capitalize(), "qfmt": look.front, "afmt": look.back}],
            css=look.css,
            model_type=genanki.Model.CLOZE if cloze else genanki.Model.FRONT_BACK,
        )
        self._written = written

    def to_json(self, timestamp: float, deck_id: int) -> Any:  # noqa: ARG002
        """As genanki writes it, with our time."""
        return super().to_json(self._written, deck_id)


class _Note(genanki.Note):  # type: ignore[misc]
    """A note with its own time and ids, and exactly the cards that its value names."""

    def __init__(
        self, note: Note, model: _Model, written: int, ids: Iterator[int], progress: Progress | None
    ) -> None:
        super().__init__(
            model=model, fields=list(note.fields), tags=list(note.tags), guid=note.guid, due=note.position
        )
        self._ords = note.ords
        self._progress = progress.cards if progress is not None else {}
        self._written = written
        self._ids = ids

    @property
    def cards(self) -> list[genanki.Card]:
        """The cards; genanki would guess them from the text."""
        return [
            ProgressCard(number, self._progress[key])
            if (key := (self.guid, number)) in self._progress
            else genanki.Card(number)
            for number in self._ords
        ]

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, deck_id: int, id_gen: Any) -> None:  # noqa: ARG002
        """As genanki writes it, with our time and ids."""
        super().write_to_db(cursor, self._written, deck_id, self._ids)


def package(
    notes: Sequence[Note],
    looks: Mapping[str, Look],
    written: Mapping[str, int],
    media: Mapping[str, Path] | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The bytes of an .apkg file, with a learner's progress if it is given.

    `looks` is by kind of note type; `written` gives the time in seconds since 1970 of each note
    by its id and of each note type by its name; `media` the files by their names in Anki.
    """
    models = {kind: _Model(it, looks[kind], written[it.name]) for kind, it in NOTE_TYPES.items()}
    decks: dict[str, genanki.Deck] = {}
    taken: set[int] = set()
    for note in sorted(notes, key=lambda note: (note.position, note.id)):
        if note.deck not in decks:
            decks[note.deck] = genanki.Deck(stable_id(f"deck/{note.deck}"), note.deck)
        names = (f"note/{note.guid}", *(f"card/{note.guid}/{number}" for number in note.ords))
        ids = iter([_free(stable_id(name), taken) for name in names])
        decks[note.deck].add_note(_Note(note, models[note.kind], written[note.id], ids, progress))
    return _zipped(_database(list(decks.values()), progress), media or {})


def stable_id(name: str) -> int:
    """The id that Anki gets for a note, card or deck of this name."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return _FIRST_ID + number % _IDS


def _free(wanted: int, taken: set[int]) -> int:
    while wanted in taken:
        wanted += 1
    taken.add(wanted)
    return wanted


def _database(decks: Sequence[genanki.Deck], progress: Progress | None) -> bytes:
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(_PRAGMAS)
        genanki.Package(decks).write_to_db(connection.cursor(), 0, iter(()))
        if progress is not None:
            set_clock(connection.cursor(), progress)
        connection.commit()
        database = bytearray(connection.serialize())
    finally:
        connection.close()
    database[_SQLITE_VERSION] = (3_040_000).to_bytes(4, "big")
    return bytes(database)


def _zipped(database: bytes, media: Mapping[str, Path]) -> bytes:
    names = sorted(media)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _members(database, names, media):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def _members(database: bytes, names: Sequence[str], media: Mapping[str, Path]) -> Iterable[tuple[str, bytes]]:
    yield "collection.anki2", database
    yield "media", json.dumps({str(number): name for number, name in enumerate(names)}).encode()
    for number, name in enumerate(names):
        yield str(number), media[name].read_bytes()
