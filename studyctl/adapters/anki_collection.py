"""Reading a collection of Anki: from a package, a whole export, or the profile's own file.

Nothing but sqlite3 and zstandard is needed. The file is never opened for writing, and nothing is
left beside it: what is read is a copy in a folder of our own. A package is a zip in which only one
name is looked for, and unpacked only up to a limit, so neither its other names nor its size can
do harm.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any

import zstandard

from studyctl.core.collection import Collection, Held, Row
from studyctl.core.notes import NOTE_TYPES
from studyctl.core.problems import StudyctlError

LARGEST = 4 << 30  # bytes of an unpacked collection; nobody has one of this size
_CHUNK = 1 << 20
_NEWEST_FIRST = ("collection.anki21b", "collection.anki21", "collection.anki2")
_LOCK = 0x40000000, 512  # the bytes of a database that SQLite locks
_UPDATE = "update to the latest Anki version"  # what the only note of a dummy collection says
_EXPORT = "Anki: File > Export, with scheduling, then studyctl anki pull FILE"


class CollectionError(StudyctlError):
    """A file holds no collection that can be read."""

    def __init__(self, path: Path, what: str, hint: str = _EXPORT) -> None:
        self.path = path
        super().__init__(f"{path}: {what}", hint)


def read(path: Path) -> Collection:
    """The collection in a .apkg, .colpkg or collection.anki2; CollectionError says what is wrong."""
    with tempfile.TemporaryDirectory(prefix="studyctl-") as folder:
        copy = Path(folder) / "collection.anki2"
        packed = _copy(path, copy)
        try:
            with closing(sqlite3.connect(f"file:{copy}?mode=rw", uri=True)) as db:
                db.create_collation("unicase", lambda a, b: (a.lower() > b.lower()) - (a.lower() < b.lower()))
                return _read(path, db, packed=packed)
        except sqlite3.DatabaseError as error:
            raise CollectionError(path, f"is no collection of Anki that can be read ({error})") from error


def _copy(path: Path, to: Path) -> bool:
    """Bring the database to `to`; whether it came out of a package."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
            if head.startswith(b"PK"):
                file.seek(0)
                _unpack(path, file, to)
                return True
            if not head.startswith(b"SQLite format 3\0"):
                raise CollectionError(path, "is neither a package nor a collection of Anki")
            _refuse_open(path, file)
    except OSError as error:
        raise CollectionError(path, error.strerror or str(error)) from error
    shutil.copyfile(path, to)
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        shutil.copyfile(log, to.with_name(f"{to.name}-wal"))
    return False


def _refuse_open(path: Path, file: IO[bytes]) -> None:
    """Refuse a collection that Anki has open: what is on the disk is not all of it."""
    try:
        fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, _LOCK[1], _LOCK[0])
    except BlockingIOError:
        raise CollectionError(path, "is open in Anki", "close Anki and pull again") from None
    except OSError:
        return  # a file system without locks
    fcntl.lockf(file, fcntl.LOCK_UN, _LOCK[1], _LOCK[0])


def _unpack(path: Path, file: IO[bytes], to: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            name = next((name for name in _NEWEST_FIRST if name in names), None)
            if name is None:
                raise CollectionError(path, "is a zip file without a collection of Anki")
            with archive.open(name) as source, to.open("wb") as target:
                plain = source if name != _NEWEST_FIRST[0] else _unzstd(source)
                _pour(path, plain, target)
    except (zipfile.BadZipFile, EOFError, zstandard.ZstdError, NotImplementedError, RuntimeError) as error:
        raise CollectionError(path, f"is damaged: {error}") from error


def _unzstd(source: IO[bytes]) -> IO[bytes]:
    reader: Any = zstandard.ZstdDecompressor().stream_reader(source, read_across_frames=True)
    return reader  # type: ignore[no-any-return]


def _pour(path: Path, source: IO[bytes], target: IO[bytes]) -> None:
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST:
            raise CollectionError(path, f"unpacks to more than {LARGEST >> 30} GiB")
        target.write(chunk)
    if not size:
        raise CollectionError(path, "is damaged: its collection is empty")


def _read(path: Path, db: sqlite3.Connection, *, packed: bool) -> Collection:
    tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if {"facts", "cardModels"} <= tables:
        raise CollectionError(path, "is of Anki 1; open it in a newer Anki and export it there")
    if not {"col", "notes", "cards", "revlog"} <= tables:
        raise CollectionError(path, "is no collection of Anki")
    if packed and _is_dummy(db):
        raise CollectionError(
            path, "holds only the note that old versions of Anki are shown; its collection is missing"
        )
    cards = {
        number: Held(guid, ord_, kind == 0, queue == -1, changed * 1000)
        for number, guid, ord_, kind, queue, changed in db.execute(
            "SELECT c.id, n.guid, c.ord, c.type, c.queue, c.mod FROM cards c JOIN notes n ON n.id = c.nid"
        )
        if isinstance(guid, str)
    }
    rows = db.execute("SELECT id, cid, ease, ivl, factor, time, type FROM revlog ORDER BY id")
    log = [Row._make(row) for row in rows if all(isinstance(one, int) for one in row)]
    config = _config(db, tables)
    west = config("localOffset")
    return Collection(
        cards,
        log,
        -west if isinstance(west, int) else None,
        hour if isinstance(hour := config("rollover"), int) else None,
        tuple(_strange(db, tables)),
    )


def _is_dummy(db: sqlite3.Connection) -> bool:
    notes = [text for (text,) in db.execute("SELECT flds FROM notes LIMIT 2")]
    return len(notes) == 1 and _UPDATE in str(notes[0])


def _config(db: sqlite3.Connection, tables: set[str]) -> Callable[[str], object]:
    """Asks for a setting of the collection, wherever its version keeps it; None if it has none."""
    whole: dict[str, Any] = {}
    with suppress(ValueError, TypeError):
        told = json.loads(db.execute("SELECT conf FROM col").fetchone()[0] or "{}")
        whole = told if isinstance(told, dict) else {}
    if "config" not in tables:
        return whole.get

    def ask(key: str) -> object:
        row = db.execute('SELECT val FROM config WHERE "KEY" = ?', (key,)).fetchone()
        with suppress(ValueError, TypeError):
            return json.loads(row[0]) if row else whole.get(key)
        return None

    return ask


def _strange(db: sqlite3.Connection, tables: set[str]) -> Iterator[str]:
    """Note types that bear a number of ours and are not ours."""
    ours = {kind.id: kind.name for kind in NOTE_TYPES.values()}
    for number, name in _note_types(db, tables):
        if number in ours and not str(name).startswith(ours[number]):
            yield str(name)


def _note_types(db: sqlite3.Connection, tables: set[str]) -> Iterator[tuple[int, object]]:
    if "notetypes" in tables:
        yield from db.execute("SELECT id, name FROM notetypes")
        return
    with suppress(ValueError, TypeError, AttributeError):
        for number, model in json.loads(db.execute("SELECT models FROM col").fetchone()[0]).items():
            yield int(number), model.get("name")
