"""The journal: one append-only file for each device, one JSON event a line.

Only the device's own file is ever written, under a lock, and what was said to be recorded is on
the disk. Under the lock the journal also gives out identity and time:

- An `id` is ``<moment>-<place>-<random>`` in hexadecimal: the moment of the event in ms, and the
  byte at which its line stands. So ids are ordered by time, and events of one device at one
  moment by the order in which they were written, even when the clock stands still.
- A review that is stamped by the clock comes a millisecond later than every review that the file
  holds, so no two answers share one, and a clock that goes backwards moves none behind another. Only
  reviews that are more than a day ahead bind nobody: a clock that was wrong once would be wrong for ever.
  A millisecond that another device has used for the same card is passed over, too.
- An answer whose moment was given keeps it. If it is there already it is returned as it stands.

What the file holds already is told by a `Past`: the cache knows it without reading, and a journal
without a cache reads its file (`FilePast`). Reading is `studyctl.adapters.journal_reader`.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from studyctl.adapters.journal_lines import to_lines
from studyctl.adapters.locks import locked
from studyctl.core.events import Event, Fact
from studyctl.core.facts import wrong
from studyctl.core.problems import StudyctlError
from studyctl.core.time import A_DAY, END, HOUR, Instant

HINT = "studyctl --debug … shows where; please report it"


class JournalError(StudyctlError):
    """The journal cannot be read or written; nothing of what was to be recorded is in it."""


class Past(Protocol):
    """What is recorded already, as the writer must know it; asked under the lock."""

    def latest(self, before: int) -> int | None:
        """The moment of the latest review in this device's file that is earlier than `before`, in ms."""

    def find(self, card: str, at: int, name: str | None) -> Event | None:
        """The review of `card` at the moment `at`, or the event whose id is `name`, wherever it is."""


class Appended(NamedTuple):
    """What one append did: the `events` of its facts, and the `new` ones among them, whose `lines` begin at byte `place`."""

    events: list[Event]
    new: Sequence[Event]
    place: int
    lines: bytes


class Journal:
    """The journal in `folder`, written as the device whose name `device` gives."""

    def __init__(self, folder: Path, device: Callable[[], str], clock: Callable[[], Instant]) -> None:
        self.folder = folder
        self._device = device
        self._clock = clock

    @property
    def own(self) -> Path:
        """The file that this device writes."""
        return self.folder / f"{self._device()}.jsonl"

    def append(
        self, facts: Sequence[Fact], batch: str | None = None, past: Callable[[], Past] | None = None
    ) -> Appended:
        """Record facts and return their events when they are on the disk; `batch` names their command.

        A review that is recorded already is returned as it was recorded. JournalError if nothing
        could be written.
        """
        if not facts:
            return Appended([], [], 0, b"")
        path = self.own
        with _own_file(path) as file:
            known = past() if past is not None else FilePast(path)
            now = self._clock()
            size = file.seek(0, os.SEEK_END)
            start = b"" if _ends_with_newline(file, size) else b"\n"
            writer = _Writer(known, now, batch, size + len(start))
            events = [writer.event(fact) for fact in facts]
            if lines := writer.lines():
                _write(file, path, size, start + lines)
        return Appended(events, writer.new, size + len(start), lines)


class _Writer:
    """Turns facts into events and lines, one append long."""

    def __init__(self, past: Past, now: Instant, batch: str | None, place: int) -> None:
        self._past = past
        self._now = now
        self.new: list[Event] = []
        self._place = place  # of the next line
        self._lines: list[bytes] = []
        self._written = 0  # of the new events, those with their lines
        self._batch = batch or f"{now.ms:012x}-{place:08x}-{os.urandom(4).hex()}"
        self._limit = (
            now.ms + 24 * HOUR
        )  # later reviews come from a clock that was wrong then, and bind nobody
        self._latest = past.latest(self._limit)
        self._answers: dict[int, list[Event]] = {}  # new ones, by their moment

    def event(self, fact: Fact) -> Event:
        do, facts, at, name, offset = fact
        card = facts.get("card") if do == "reviewed" else None
        if at is None:
            at = self._now.ms if card is None else self._free(card, self._now.ms)
        elif old := self._recorded(card, at, name):
            return old
        if offset is None:
            offset = self._now.offset
        if not 0 <= at < END or not -A_DAY < offset < A_DAY:
            raise JournalError(
                f"nothing was recorded: {do} at {at} ms, {offset} min from UTC, cannot be", HINT
            )
        if card is None and (key := wrong(facts)):
            raise JournalError(f"nothing was recorded: {do} with {key} {facts[key]!r} cannot be", HINT)
        event = Event(name or self._name(at), at, offset, self._batch, do, facts)
        if card is not None:
            if at < self._limit and (self._latest is None or at > self._latest):
                self._latest = at
            self._answers.setdefault(at, []).append(event)
        self.new.append(event)
        return event

    def lines(self) -> bytes:
        """The lines of all events that are new."""
        self._write_down()
        return b"".join(self._lines)

    def _write_down(self) -> None:
        for lines in to_lines(self.new[self._written :]):
            self._lines.append(lines)
            self._place += len(lines)
        self._written = len(self.new)

    def _name(self, at: int) -> str:
        self._write_down()
        return f"{max(at, 0):012x}-{self._place:08x}-{os.urandom(4).hex()}"

    def _free(self, card: str, at: int) -> int:
        """The first moment from `at` on that is later than the reviews of this file, and free for this card in all."""
        if self._latest is not None:
            at = max(at, self._latest + 1)
        while self._past.find(card, at, None):
            at += 1
        return at

    def _recorded(self, card: str | None, at: int, name: str | None) -> Event | None:
        for event in self._answers.get(at, ()) if card is not None else ():
            if event.facts["card"] == card:
                return event
        return self._past.find(card or "", at, name) if card is not None or name else None


class FilePast:
    """What one file holds, read from its beginning."""

    def __init__(self, path: Path) -> None:
        from studyctl.adapters.journal_events import read_events  # noqa: PLC0415 (most commands have a cache)

        self._moments: list[int] = []
        self._found: dict[object, Event] = {}
        for event in read_events(path):
            self._found.setdefault(event.id, event)
            if event.do == "reviewed":
                self._moments.append(event.at)
                self._found.setdefault((event.facts.get("card"), event.at), event)

    def latest(self, before: int) -> int | None:
        """The moment of the latest review in the file that is earlier than `before`."""
        return max((at for at in self._moments if at < before), default=None)

    def find(self, card: str, at: int, name: str | None) -> Event | None:
        """The review of `card` at the moment `at`, or the event whose id is `name`."""
        return self._found.get((card, at)) or self._found.get(name)


@contextmanager
def _own_file(path: Path) -> Iterator[BinaryIO]:
    """The device's file, open and locked; it and its folder are made if they are not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path) as file:
            yield file
    except OSError as problem:
        raise _error(path, problem) from problem


def _ends_with_newline(file: BinaryIO, size: int) -> bool:
    if size == 0:
        return True
    file.seek(size - 1)
    return file.read(1) == b"\n"


def _write(file: BinaryIO, path: Path, size: int, data: bytes) -> None:
    """All of `data` behind the `size` bytes that are there, or none of it.

    The bytes of a write that failed are taken back, for they were never acknowledged: what is said
    to be not recorded must not turn up later. Nothing older is touched.
    """
    new = size == 0
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[file.write(rest) :]
        os.fsync(file.fileno())
        if new:
            _sync_folder(path.parent)
    except OSError as problem:
        with suppress(OSError):
            os.ftruncate(file.fileno(), size)
        raise _error(path, problem) from problem


def _sync_folder(folder: Path) -> None:
    """Put the name of a new file on the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _error(path: Path, problem: OSError) -> JournalError:
    full = problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    hint = (
        "free some space, then repeat the command" if full else "studyctl config shows where the journal is"
    )
    return JournalError(f"nothing was recorded: {path}: {problem.strerror or problem}", hint)
