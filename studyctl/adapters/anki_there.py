"""Reading what the running Anki holds of ours.

Only a package tells guids, so Anki exports the decks in which our cards lie, into a folder of ours,
and the package is read like any other. Cards that lie in a filtered deck are in no export; these
few are asked for one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from studyctl.adapters.anki_collection import LABELLED, log_of, note_types, setting_of, strange
from studyctl.adapters.anki_connect import Connect, ConnectError
from studyctl.adapters.anki_file import AnkiFile, CollectionError, opened
from studyctl.core.collection import Row
from studyctl.core.handed import handed
from studyctl.core.notes import CARD_ID, NAMESPACE, NOTE_TYPES
from studyctl.core.there import CardThere, NoteThere, There

NOTHING = There({}, {}, (), 0, None)
_OURS = f'"note:{NAMESPACE} *" or tag:{NAMESPACE}::* or deck:{NAMESPACE}'
_SEPARATOR = "\x1f"
_KINDS = {one.id: one for one in NOTE_TYPES.values()}
_NOTES = (
    "SELECT id, guid, mid, tags, flds, CAST(mod AS INTEGER) * 1000 FROM notes"
    " WHERE typeof(guid) = 'text' AND typeof(id) = 'integer'"
)
_CARDS = f"""
    SELECT id, nid, CAST(ord AS INTEGER), CAST(type AS INTEGER), CAST(queue AS INTEGER),
           CAST(factor AS INTEGER), CAST(mod AS INTEGER) * 1000, ifnull(odid, 0) <> 0, {LABELLED} FROM cards c
    WHERE typeof(c.id) = 'integer'
"""

Guid = Callable[[int, str], str]  # of a note, told by its number and what stands in its field CardId


def read(connect: Connect, folder: Path, guid: Guid, decks: Sequence[str] = ()) -> There:
    """Everything of ours, and everything in `decks`; `folder` is where Anki and we may both write."""
    try:
        return _read(connect, folder, guid, decks)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ConnectError(
            f"what {connect.url} tells of its cards cannot be understood", "update AnkiConnect"
        ) from None


@contextmanager
def shared_folder(beside: Path) -> Iterator[Path]:
    """A folder for packages on their way; beside the cache, which an Anki in a sandbox may be able to see."""
    try:
        beside.mkdir(parents=True, exist_ok=True)
        made = TemporaryDirectory(prefix="studyctl-", dir=beside)
    except OSError:
        made = TemporaryDirectory(prefix="studyctl-")
    with made as name:
        yield Path(name).resolve()


def _read(connect: Connect, folder: Path, guid: Guid, decks: Sequence[str]) -> There:
    ours = [int(card) for card in connect.call("findCards", query=_OURS)]
    names = [*decks, *(connect.call("getDecks", cards=ours) if ours else ())]
    told: There | None = None
    for number, deck in enumerate(_outermost(names)):
        path = folder / f"deck-{number}.apkg"
        if connect.call("exportPackage", deck=deck, path=str(path), includeSched=True) is not True:
            raise ConnectError(f"Anki has no deck {deck!r}", "studyctl anki pull --connect --help")
        if not path.is_file():
            what = f"Anki exports into {path}, but not on this machine"
            raise ConnectError(what, "in Anki: File > Export, then studyctl anki pull FILE")
        try:
            with opened(path) as file:
                some = there_of(file)
        except CollectionError as error:
            raise ConnectError(f"what Anki exported {error.what.rpartition(': ')[2]}") from None
        finally:
            path.unlink(missing_ok=True)
        told = some if told is None else told.joined(some)
    told = told or NOTHING
    away = [card for card in ours if card not in told.cards]
    return told.joined(_away(connect, away, guid)) if away else told


def _outermost(names: Sequence[str]) -> list[str]:
    """The decks that lie in no other one of them."""
    known = set(names)
    return sorted(
        name
        for name in known
        if not any("::".join(name.split("::")[:depth]) in known for depth in range(1, name.count("::") + 1))
    )


def there_of(file: AnkiFile) -> There:
    """What a package that is open holds; the notes of all types, since guids alone make a card ours."""
    fields = {number: names for number, _, names in note_types(file)}
    kinds = {
        number: kind.kind
        for number, kind in _KINDS.items()
        if set(kind.fields) <= set(fields.get(number, ()))
    }
    notes = {
        number: NoteThere(
            number,
            guid,
            kinds.get(kind, ""),
            dict(zip(fields.get(kind, ()), str(texts).split(_SEPARATOR), strict=False)),
            tuple(str(tags).split()),
            changed,
        )
        for number, guid, kind, tags, texts, changed in file.db.execute(_NOTES)
    }
    cards = {row[0]: CardThere._make((*row, handed(data))) for *row, data in file.db.execute(_CARDS)}
    row = file.db.execute("SELECT CAST(crt AS INTEGER) FROM col").fetchone()
    if row is None:
        raise CollectionError(file.path, "is no whole collection of Anki: it does not say when it began")
    (created,) = row
    west = setting_of(file)("creationOffset")
    return There(
        notes, cards, log_of(file), created, west if type(west) is int else None, tuple(strange(file))
    )


def _away(connect: Connect, numbers: Sequence[int], guid: Guid) -> There:
    """Cards that Anki does not export, and their notes."""
    cards = {
        card.number: card
        for one in connect.call("cardsInfo", cards=list(numbers))
        if one and (card := _card(one))
    }
    wanted = sorted({card.note for card in cards.values()})
    notes = {
        note.number: note
        for one in connect.call("notesInfo", notes=wanted)
        if one and (note := _note(one, guid))
    }
    log = [
        Row(row["id"], int(number), row["ease"], row["ivl"], row["factor"], row["time"], row["type"])
        for number, rows in connect.call("getReviewsOfCards", cards=list(cards)).items()
        for row in rows
    ]
    return There(notes, cards, sorted(log), 0, None)


def _card(one: dict[str, Any]) -> CardThere:
    return CardThere(
        one["cardId"], one["note"], one["ord"], one["type"], one["queue"], one["factor"],
        one["mod"] * 1000, away=True,
    )  # fmt: skip


def _note(one: dict[str, Any], guid: Guid) -> NoteThere:
    fields = {name: field["value"] for name, field in one["fields"].items()}
    kinds = {kind.name: kind for kind in NOTE_TYPES.values()}
    kind = kinds.get(one["modelName"])
    ours = kind is not None and set(kind.fields) <= set(fields)
    number = one["noteId"]
    told = guid(number, fields.get(CARD_ID, "")) or f"?{number}"
    changed = one.get("mod", 0) * 1000
    return NoteThere(number, told, kind.kind if kind and ours else "", fields, tuple(one["tags"]), changed)
