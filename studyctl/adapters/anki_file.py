"""Opening what Anki writes: a package, a whole export, or the collection in a profile's folder.

The file is never opened for writing, and nothing is left beside it: what is asked is a copy of its
database, in a folder of our own, which may hold anything a stranger likes. A package is a zip of
which only the names are unpacked that Anki itself gives; so names that climb out of it lead nowhere.
Whatever is unpacked may be so much larger than the file, and no larger.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

import zstandard

from studyctl.core.problems import StudyctlError

ROOM = 256 << 20  # bytes to which anything may unpack
GROWTH = 100  # times its own size to which a file may unpack beyond that; texts shrink to a tenth
NEWEST = "collection.anki21b"  # compressed once more, by zstd
_CHUNK = 1 << 20
_NEWEST_FIRST = (NEWEST, "collection.anki21", "collection.anki2")
_SQLITE = b"SQLite format 3\0"
_UPDATE = "update to the latest Anki version"  # what the only note of a dummy collection says
_EXPORT = "Anki: File > Export, with scheduling"
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    zstandard.ZstdError,
    NotImplementedError,
    RuntimeError,  # a zip with a password
    ValueError,  # a database with a hole
)


class CollectionError(StudyctlError):
    """A file holds no collection that can be read."""

    def __init__(self, path: Path, what: str, hint: str = _EXPORT) -> None:
        self.path = path
        super().__init__(f"{path}: {what}", hint)


@dataclass(frozen=True)
class AnkiFile:
    """A file of Anki while it is open; `db` is a copy of its database, `archive` the package around it."""

    path: Path
    db: sqlite3.Connection
    archive: zipfile.ZipFile | None

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of its tables; views and virtual tables, which could run anything, are none."""
        sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        return frozenset(name for (name,) in self.db.execute(sql))

    @property
    def is_new(self) -> bool:
        """Whether it is a package of the newest form, in which everything is compressed once more."""
        return self.archive is not None and NEWEST in self.archive.namelist()

    def member(self, name: str, most: int) -> bytes:
        """A member of the package, unpacked, of at most so many bytes; KeyError if there is none."""
        assert self.archive is not None
        with self.archive.open(name) as source:
            plain = unzstd(source) if self.is_new else _chunks(source)
            try:
                return b"".join(_limited(self.path, plain, most))
            except _BROKEN as error:
                raise CollectionError(self.path, f"is damaged: {name}: {error}") from error


@contextmanager
def opened(path: Path) -> Iterator[AnkiFile]:
    """The file at `path`, open; CollectionError says what is wrong with it, also while it is asked."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="studyctl-")))
        copy = folder / "collection.anki2"
        archive = _copy(path, copy, stack)
        try:
            db = stack.enter_context(closing(sqlite3.connect(f"{copy.as_uri()}?mode=rw", uri=True)))
            db.text_factory = lambda text: text.decode("utf-8", "replace")
            db.create_collation("unicase", _unicase)
            db.execute("PRAGMA trusted_schema = OFF")
            told = AnkiFile(path, db, archive)
            _check(told, whole=not copy.with_name(f"{copy.name}-wal").exists())
            yield told
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # SQLite names tables that are damaged
            raise CollectionError(path, f"is no collection of Anki that can be read ({error})") from error


def _unicase(one: str, other: str) -> int:
    """The order in which Anki keeps names, for which its databases ask."""
    return (one.lower() > other.lower()) - (one.lower() < other.lower())


def _check(file: AnkiFile, *, whole: bool) -> None:
    """Refuse what is no collection, or no whole one."""
    path, db, tables = file.path, file.db, file.tables
    if {"facts", "cardModels"} <= tables:
        raise CollectionError(path, "is of Anki 1; open it in a newer Anki and export it there")
    if not {"col", "notes", "cards", "revlog"} <= tables:
        raise CollectionError(path, "is no collection of Anki")
    if not whole and (said := db.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise CollectionError(path, f"was changed while it was read ({said})", "close Anki and try again")
    notes = [text for (text,) in db.execute("SELECT flds FROM notes LIMIT 2")]
    bare = file.archive is not None or db.execute("SELECT 1 FROM revlog LIMIT 1").fetchone() is None
    if len(notes) == 1 and bare and _UPDATE in str(notes[0]):
        raise CollectionError(
            path, "holds only the note that old versions of Anki are shown; its collection is missing"
        )


def _copy(path: Path, to: Path, stack: ExitStack) -> zipfile.ZipFile | None:
    """Bring the database to `to`; the archive that it came out of, if it did."""
    try:
        file = stack.enter_context(path.open("rb"))
        head = file.read(len(_SQLITE))
        if head.startswith(b"PK"):
            file.seek(0)
            return _unpack(path, file, to, stack)
        if head != _SQLITE:
            raise CollectionError(path, "is neither a package nor a collection of Anki")
        if is_locked(file):
            raise CollectionError(path, "is open in Anki", "close Anki and try again")
        shutil.copyfile(path, to)
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            shutil.copyfile(log, to.with_name(f"{to.name}-wal"))
    except OSError as error:
        raise CollectionError(path, error.strerror or str(error)) from error
    return None


if sys.platform == "win32":

    def is_locked(file: IO[bytes]) -> bool:  # noqa: ARG001
        """Whether Anki has the collection open; there, locked bytes cannot even be copied."""
        return False
else:
    import fcntl

    _LOCK = 0x40000000, 512  # the bytes of a database that SQLite locks

    def is_locked(file: IO[bytes]) -> bool:
        """Whether Anki has the collection open, in another process: then not all of it is on the disk."""
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB, _LOCK[1], _LOCK[0])
        except BlockingIOError:
            return True
        except OSError:
            return False  # a file system without locks
        fcntl.lockf(file, fcntl.LOCK_UN, _LOCK[1], _LOCK[0])
        return False


def _unpack(path: Path, file: IO[bytes], to: Path, stack: ExitStack) -> zipfile.ZipFile:
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
        names = set(archive.namelist())
        name = next((name for name in _NEWEST_FIRST if name in names), None)
        if name is None:
            raise CollectionError(path, "is a zip file without a collection of Anki")
        most = ROOM + GROWTH * path.stat().st_size
        with archive.open(name) as source, to.open("wb") as target:
            first = True
            for chunk in _limited(path, unzstd(source) if name == NEWEST else _chunks(source), most):
                if first and not chunk.startswith(_SQLITE):
                    raise CollectionError(path, f"its {name} is no database")
                first = False
                target.write(chunk)
        if first:
            raise CollectionError(path, "is damaged: its collection is empty")
    except _BROKEN as error:
        raise CollectionError(path, f"is damaged: {error}") from error
    return archive


def unzstd(source: IO[bytes]) -> Iterator[bytes]:
    """What a stream of zstd holds, of which nothing may be missing."""
    reader = zstandard.ZstdDecompressor().decompressobj()
    while chunk := source.read(_CHUNK >> 4):  # a chunk may be a thousand times as large unpacked
        yield reader.decompress(chunk)
        if reader.eof:
            return
    raise EOFError("it ends too early")


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _limited(path: Path, chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise CollectionError(path, f"unpacks to more than {most >> 20:,} MiB; that is no deck")
        if chunk:
            yield chunk
