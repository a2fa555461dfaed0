"""How far a journal file was read, and how one knows it again.

Files of the journal are only appended to, so what was read once need not be read again. But a sync
program may put another file into the place of one, an editor may change a line, a disk may lose a
tail. A *mark* holds enough to see that at once for a file that merely grew, and to be sure of it
for any other.
"""

from __future__ import annotations

import os
import zlib
from typing import BinaryIO, NamedTuple

_BLOCK = 1 << 20  # bytes read at once
_SAMPLE = 256  # bytes kept from both ends of what was read


class Mark(NamedTuple):
    """How far a file was read: `read` bytes and `lines` lines; the rest tells whether it is still that file."""

    size: int = -1
    mtime: int = 0  # ns
    inode: int = 0
    read: int = 0
    lines: int = 0
    crc: int = 0  # of the bytes that were read
    head: bytes = b""
    tail: bytes = b""

    def is_of(self, stat: os.stat_result) -> bool:
        """Whether nothing has happened to the file since."""
        return (self.size, self.mtime, self.inode) == (stat.st_size, stat.st_mtime_ns, stat.st_ino)

    def holds(self, file: BinaryIO, stat: os.stat_result) -> bool:
        """Whether the open file still begins with what was read.

        A file that only grew is known by both ends of the old part; any other is read through.
        """
        if stat.st_size < self.read:
            return False
        if stat.st_ino == self.inode and stat.st_size > self.size:
            file.seek(0)
            if file.read(len(self.head)) != self.head:
                return False
            file.seek(self.read - len(self.tail))
            if file.read(len(self.tail)) != self.tail:
                return False
        elif _crc(file, self.read) != self.crc:
            return False
        file.seek(self.read)
        whole = not self.tail or self.tail.endswith(b"\n")
        return whole or file.read(1) in {b"", b"\n", b"\r"}  # else a line that was whole went on

    def behind(self, block: bytes, lines: int) -> Mark:
        """The mark after `block` was read, in which `lines` lines begin."""
        return self._replace(
            read=self.read + len(block),
            lines=self.lines + lines,
            crc=zlib.crc32(block, self.crc),
            head=(self.head + block[:_SAMPLE])[:_SAMPLE],
            tail=(self.tail + block[-_SAMPLE:])[-_SAMPLE:],
        )


def _crc(file: BinaryIO, length: int) -> int | None:
    """The CRC-32 of the first `length` bytes; None if there are not as many."""
    file.seek(0)
    crc = 0
    while length and (block := file.read(min(_BLOCK, length))):
        crc, length = zlib.crc32(block, crc), length - len(block)
    return None if length else crc
