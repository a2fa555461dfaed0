"""Which files of the curriculum have changed since the cache last looked.

A *stamp* is a file's time and size. Where it is the one of last time the file is not opened. A
file whose time is so young that it could change once more without a new stamp is not *settled*,
and is looked into again next time. Where only the time has moved, the hash tells.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from studyctl.adapters.curriculum_folder import Group, Source, file_of, read_bytes

TICK = 2_000_000_000  # ns; the coarsest time that a file system keeps (FAT)


def stamp_of(sources: Iterable[Source], faults: Iterable[str]) -> str:
    """A short text that differs as soon as any file comes, goes or changes."""
    told = "\n".join([f"{root} {path} {mtime} {size}" for root, path, _, _, _, mtime, size in sources])
    return hashlib.blake2b(
        "\n".join((told, "", *faults)).encode(errors="surrogatepass"), digest_size=16
    ).hexdigest()


def changed_groups(
    db: sqlite3.Connection, roots: Sequence[Path], sources: Sequence[Source], now_ns: int
) -> tuple[set[Group], bool]:
    """The groups that have changed, and whether all files are settled; the stamps are kept."""
    known = {
        (root, path): told
        for root, path, *told in db.execute("SELECT root, path, kind, id, mtime_ns, size, hash FROM source")
    }
    changed: set[Group] = set()
    settled = True
    for source in sources:
        before = known.pop((source.root, source.path), None)
        fresh = now_ns - TICK < source.mtime_ns <= now_ns + TICK
        settled &= not fresh
        if before is not None and before[2:4] == [source.mtime_ns, source.size] and not fresh:
            continue
        data = read_bytes(file_of(roots, source), [])
        digest = b"" if data is None else hashlib.sha256(data).digest()
        if before is None or before[4] != digest or not digest:
            changed.add(source.group)
        if before is None or before[2:] != [source.mtime_ns, source.size, digest]:
            db.execute(
                "INSERT OR REPLACE INTO source VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source.root, source.path, *source.group, source.mtime_ns, source.size, digest),
            )
    for (root, path), (kind, name, *_) in known.items():
        changed.add((kind, name))
        db.execute("DELETE FROM source WHERE root = ? AND path = ?", (root, path))
    return changed, settled
