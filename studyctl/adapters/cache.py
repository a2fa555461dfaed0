"""The cache: one SQLite file that holds what the curriculum and the journal say, as rows.

Nothing in it is true by itself. It may be deleted at any time, and one that is damaged, foreign
or of another schema is rebuilt in silence; where its folder cannot be written it lives in memory
for the length of one command. Several processes may use it at once: readers never wait, writers
wait for each other.

The connection is in autocommit, so that what is read is never older than the last statement;
whoever writes does it inside `transaction`.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

DAMAGES = (sqlite3.DatabaseError, UnicodeDecodeError)  # in an error SQLite may name a table that is no text
PATIENCE = 120.0  # seconds to wait for another process that fills the cache
_SMALL = 2 << 20  # bytes; up to this size a cache is checked whole each time, which takes 3 ms at most


def open_cache(path: Path | None, schema: str) -> sqlite3.Connection:
    """A connection to the cache at `path` with the tables of `schema`, empty if it had to be rebuilt.

    In memory when `path` is None or nothing can be written there. Never raises for what it finds.
    """
    if path is None:
        return in_memory(schema)
    for _ in range(2):
        try:
            return _open(path, schema)
        except DAMAGES as problem:
            if not is_damage(problem):
                break
            discard(path)
        except OSError:
            break
    return in_memory(schema)


def discard(path: Path) -> None:
    """Take a damaged cache away, so that the next command builds a new one."""
    for suffix in ("-wal", "-shm", ""):  # the log first: without its file it would be replayed into the next
        with suppress(OSError):
            Path(f"{path}{suffix}").unlink(missing_ok=True)


def is_damage(problem: Exception) -> bool:
    """Whether an error says that the file is at fault, and not that it is busy or its disk full."""
    return not isinstance(problem, sqlite3.OperationalError) or "malformed" in str(problem)


def path_of(db: sqlite3.Connection) -> Path | None:
    """The file of a cache; None if it is in memory."""
    with suppress(sqlite3.Error):
        name = db.execute("PRAGMA database_list").fetchone()[2]
        return Path(name) if name else None
    return None


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Everything inside is written, or nothing; other writers wait."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


@contextmanager
def transaction_of_much(db: sqlite3.Connection) -> Iterator[None]:
    """As `transaction`, for much that is new: it is written once, and not first into the log.

    If another process has the cache open, the log is used all the same.
    """
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("PRAGMA journal_mode = TRUNCATE")
    db.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")
    with transaction(db):
        yield
    with suppress(sqlite3.OperationalError):
        db.execute("PRAGMA busy_timeout = 0")
        db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA busy_timeout = {PATIENCE * 1000:.0f}")


def in_memory(schema: str) -> sqlite3.Connection:
    """A cache that lasts as long as its connection."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(schema)
    return db


def _open(path: Path, schema: str) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        _ready(db, path, schema)
    except BaseException:
        db.close()
        raise
    return db


def _ready(db: sqlite3.Connection, path: Path, schema: str) -> None:
    with suppress(sqlite3.OperationalError):  # locked while another process fills it; any mode will do
        db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")  # the file stays sound; what power loss takes is read again
    version = zlib.crc32(schema.encode()) & 0x7FFF_FFFF or 1
    if _version(db) == version:
        if path.stat().st_size <= _SMALL:
            _check(db)
        return
    with transaction(db):
        if _version(db) != version:  # nobody else has rebuilt it while we waited
            drop_all(db)
            create(db, schema)
            db.execute(f"PRAGMA user_version = {version}")


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _check(db: sqlite3.Connection) -> None:
    found = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(found)


def drop_all(db: sqlite3.Connection) -> None:
    """Take all tables away."""
    for kind, name in db.execute("SELECT type, name FROM sqlite_master").fetchall():
        if kind in {"table", "view"} and not name.startswith("sqlite_"):
            quoted = name.replace('"', '""')
            db.execute(f'DROP {kind} IF EXISTS "{quoted}"')


def create(db: sqlite3.Connection, schema: str) -> None:
    """Make the tables of `schema`, within a transaction."""
    for statement in _statements(schema):
        db.execute(statement)


def _statements(schema: str) -> Iterator[str]:
    """The statements of a script, which `executescript` would run outside the transaction."""
    statement = ""
    for line in schema.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
