"""A lock on a file that is only ever appended to, on every platform.

The lock belongs to the open file and goes with its process, however that ends. A file that was
replaced while we waited (a sync program renames its copy over ours) is opened again: a lock on the
old one would guard nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt
    import time

    _FAR = 0x7FFF_0000  # a byte that no journal reaches: locked bytes cannot be read by others there

    def _lock(file: BinaryIO) -> None:
        while True:
            file.seek(_FAR)
            try:
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # tries for ten seconds
            except OSError:
                time.sleep(0.01)
            else:
                return

    def _unlock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


@contextmanager
def locked(path: Path) -> Iterator[BinaryIO]:
    """The file at `path`, made if it is not there, open for reading and appending, and locked.

    Waits as long as another process holds it. OSError if it cannot be opened for writing.
    """
    while True:
        with path.open("a+b", buffering=0) as file:
            _lock(file)
            try:
                if _is_at(file, path):
                    yield file
                    return
            finally:
                _unlock(file)


def _is_at(file: BinaryIO, path: Path) -> bool:
    """Whether `path` is still the name of the open file."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
