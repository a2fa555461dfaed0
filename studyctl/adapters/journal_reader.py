"""Reading a journal file: only what is new of it, and every line judged by itself.

Reading goes on behind a *mark* (`studyctl.adapters.journal_mark`). An unfinished last line is left
for later; a damaged line is told with its number and passed over; and so is what only a newer
version knows.

An answer to a card, spelt as studyctl spells it, is taken apart by one regular expression for
whole blocks of lines, since there may be a million of them; every other line is read as JSON.
Both ways give the same.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import compress
from operator import itemgetter
from typing import Any, BinaryIO, NamedTuple

from studyctl.adapters import journal_values as values
from studyctl.adapters.journal_mark import Mark
from studyctl.core.events import ENVELOPE, KINDS, VERSION
from studyctl.core.facts import LONGEST_ANSWER
from studyctl.core.time import END

_KEYS = {do: frozenset((*ENVELOPE, *keys.split())) for do, keys in KINDS.items()}

_BLOCK = 1 << 17  # bytes read at once; what is made of them stays in the processor's cache
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


class Reviews(NamedTuple):
    """Answers as their lines tell them, by column: for so many, rows would be made for nothing."""

    line: Sequence[int]
    id: Sequence[str]
    card: Sequence[str]
    at: Sequence[int]
    offset: Sequence[int]
    rating: Sequence[int]
    ms: Sequence[int | None]


class Other(NamedTuple):
    """Any other event; `text` is its whole line."""

    line: int
    id: str
    at: int
    do: str
    card: str | None
    text: str


class Harvest:
    """What some lines said: answers, `others`, and by line what is damaged or only a newer version's."""

    def __init__(self) -> None:
        self.usual: list[Reviews] = []
        self.unusual: list[tuple[Any, ...]] = []  # rows of Reviews
        self.others: list[Other] = []
        self.damaged: list[tuple[int, str]] = []
        self.strange: list[tuple[int, str]] = []

    def reviews(self) -> Iterator[Reviews]:
        """The answers, in portions."""
        yield from self.usual
        if self.unusual:
            yield Reviews(*zip(*self.unusual, strict=True))


class NewLines:
    """The lines behind a mark, read in blocks; `mark` is where reading stands after the last one."""

    def __init__(self, file: BinaryIO, stat: os.stat_result, mark: Mark) -> None:
        self.mark = mark._replace(size=stat.st_size, mtime=stat.st_mtime_ns, inode=stat.st_ino)
        self._file = file

    def __iter__(self) -> Iterator[Harvest]:
        self._file.seek(self.mark.read)
        if self.mark.tail and not self.mark.tail.endswith(b"\n"):
            self.mark = self.mark.behind(
                self._file.readline(), 0
            )  # the end of a line that was counted without it
        parts: list[bytes] = []  # of a line that has not ended yet
        while block := self._file.read(_BLOCK):
            cut = block.rfind(b"\n") + 1
            if cut:
                yield self._read(b"".join([*parts, block[:cut]]))
                parts.clear()
            parts.append(block[cut:])
        rest = b"".join(parts)
        if rest and _is_whole(rest):
            yield self._read(rest)

    def passes(self, place: int, lines: bytes, count: int) -> bool:
        """Whether reading goes on at `place` with exactly these lines; if so, it goes on behind them from now on."""
        if self.mark.read != place:
            return False
        self._file.seek(place)
        if self._file.read(len(lines)) != lines:
            return False
        self.mark = self.mark.behind(lines, count)
        return True

    def _read(self, block: bytes) -> Harvest:
        harvest = Harvest()
        first = self.mark.lines + 1
        told = block if block.endswith(b"\n") else block + b"\n"
        if first == 1:
            told = told.removeprefix(b"\xef\xbb\xbf")  # an editor's mark that this is UTF-8
        try:
            count = parse(told.decode(), first, harvest)
        except UnicodeDecodeError:
            count = _parse_each(told, first, harvest)
        self.mark = self.mark.behind(block, count)
        return harvest


_PLAIN = r"[ !#-\[\]-~]"  # what stands for itself in JSON, of ASCII; one look-up a character
_LINE = (
    rf'^(?:\{{"v": ?1, ?"id": ?"({_PLAIN}+)", ?"at": ?"([0-9]{{4}}-[0-9-]{{5}}T[0-9:]{{8}}\.[0-9]{{3}}Z)"'
    rf', ?"offset": ?(0|-?[1-9][0-9]{{0,2}}), ?"batch": ?"{_PLAIN}*", ?"do": ?"reviewed"'
    rf', ?"card": ?"({_PLAIN}+)", ?"rating": ?([1-4])(?:, ?"ms": ?(0|[1-9][0-9]{{0,8}}))?'
    rf'(?:, ?"model": ?"{_PLAIN}*")?\}}|(.*))\n'
)
_FEW = 1 << 13  # characters; for less, making the expression ready takes longer than JSON
_NAME = itemgetter(0)
_ODD = ("",) * 6


@cache
def _lines() -> re.Pattern[str]:
    return re.compile(_LINE, re.MULTILINE)


def parse(text: str, first: int, harvest: Harvest) -> int:
    """Read lines that all end with a newline, of which the first has the number `first`; how many they were."""
    found = _lines().findall(text) if len(text) > _FEW else [(*_ODD, line) for line in text.split("\n")[:-1]]
    numbers: Sequence[int] = range(first, first + len(found))
    if all(map(_NAME, found)):
        _add_usual(numbers, found, harvest)
        return len(found)
    usual = [bool(line[0]) for line in found]
    for number, line in zip(numbers, found, strict=True):
        if line[-1] and not line[-1].isspace():
            _parse_json(line[-1], number, harvest)
    _add_usual(list(compress(numbers, usual)), list(compress(found, usual)), harvest)
    return len(found)


def _add_usual(numbers: Sequence[int], found: list[tuple[str, ...]], harvest: Harvest) -> None:
    """Add the answers that the regular expression took apart."""
    if not found:
        return
    names, ats, offsets, cards, ratings, times, _ = zip(*found, strict=True)
    moments = _moments(ats)
    if moments is None:
        for number, line in zip(numbers, found, strict=True):
            if values.is_moment(line[1]):
                _add_usual([number], [line], harvest)
            else:
                harvest.damaged.append((number, f"'at' is {values.shown(line[1])}"))
        return
    spent = list(map(int, times)) if all(times) else [int(time) if time else None for time in times]
    harvest.usual.append(
        Reviews(numbers, names, cards, moments, list(map(int, offsets)), list(map(int, ratings)), spent)
    )


def _moments(texts: Sequence[str]) -> list[int] | None:
    """The moments that these texts name; None if one of them names none: the 30th of February, another age."""
    try:
        told = [(moment - _EPOCH) // _MILLISECOND for moment in map(datetime.fromisoformat, texts)]
    except ValueError:
        return None
    return told if min(told) >= 0 and max(told) < END else None


def _parse_each(block: bytes, first: int, harvest: Harvest) -> int:
    """As `parse`, for a block with a line that is no UTF-8."""
    number = first - 1
    for number, line in enumerate(block.split(b"\n")[:-1], first):
        try:
            parse(line.decode() + "\n", number, harvest)
        except UnicodeDecodeError:
            harvest.damaged.append((number, "it is no UTF-8"))
    return number - first + 1


def _parse_json(line: str, number: int, harvest: Harvest) -> None:
    try:
        record = values.record_of(line)
    except (ValueError, RecursionError):
        harvest.damaged.append((number, "it is no JSON"))
        return
    try:
        version = values.version(record)
    except ValueError as problem:
        harvest.damaged.append((number, str(problem)))
        return
    if version > VERSION:
        harvest.strange.append((number, f"version {version}"))
    try:
        _sort(record, line, number, harvest)
    except ValueError as problem:
        if version <= VERSION:
            harvest.damaged.append((number, str(problem)))


def _sort(record: dict[str, Any], line: str, number: int, harvest: Harvest) -> None:
    """Put one event where it belongs; ValueError says which of its keys is wrong."""
    name, do, at, offset, card = values.envelope(record)
    known = _KEYS.get(do)
    if known is None:
        harvest.strange.append((number, f"kind {values.shown(do)}"))
    elif not record.keys() <= known:
        harvest.strange.extend(
            (number, f"key {values.shown(key)} of {do!r}") for key in sorted(record.keys() - known)
        )
    if do == "reviewed" and card is not None:
        ms = None if record.get("ms") is None else values.whole(record, "ms", 0, LONGEST_ANSWER)
        harvest.unusual.append((number, name, card, at, offset, record["rating"], ms))
    else:
        harvest.others.append(Other(number, name, at, do, card, line))


def _is_whole(line: bytes) -> bool:
    """Whether a last line lacks nothing but its newline."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
