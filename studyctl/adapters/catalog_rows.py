"""How rows of the cache are written: compact JSON, places that survive a move, and what is damaged.

A place is kept as `[file, line, column]`, where `file` counts the files of its row and each
file is named by the number of its root and its path in it; so a row says nothing about where
the roots are. A row that cannot be read back raises Damaged, whatever is wrong with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from studyctl.core.problems import Place

_ASKED = 500  # values in one statement


class Damaged(Exception):  # noqa: N818 - it is about the row, and handled where it is read
    """A row of the cache is not what this version wrote."""


@contextmanager
def reading() -> Iterator[None]:
    """Whatever goes wrong inside is the row's fault."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Damaged(str(error)) from error


def packed(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def packed_names(files: Sequence[str]) -> str:
    """The same of the names of files, some of which may be no UTF-8."""
    return json.dumps(files)


def unpacked(text: str) -> Any:
    """What `packed` was given."""
    return json.loads(text)


@dataclass(frozen=True, slots=True)
class Files:
    """The names of files in rows: the number of the root and the path in it."""

    roots: Sequence[Path]

    def short(self, file: str) -> str:
        """``0/topics/calculus/limits.yaml``."""
        for number, root in enumerate(self.roots):
            prefix = f"{root}/"
            if file.startswith(prefix):
                return f"{number}/{file.removeprefix(prefix)}"
        return f"-/{file}"

    def long(self, name: str) -> str:
        """The file as problems name it."""
        number, _, path = name.partition("/")
        return path if number == "-" else f"{self.roots[int(number)]}/{path}"


class Packing:
    """Places of one row."""

    def __init__(self, files: Files, told: Sequence[str] = ()) -> None:
        self.files = files
        self.names = list(told)
        self._long = [files.long(name) for name in told]
        self._number: dict[str, int] = {}

    def pack(self, place: Place) -> list[int]:
        """A place as a row keeps it."""
        number = self._number.get(place.file)
        if number is None:
            number = self._number[place.file] = len(self.names)
            self.names.append(self.files.short(place.file))
        return [number, place.line, place.column]

    def unpack(self, told: Sequence[int]) -> Place:
        """The place that a row has kept."""
        return Place(self._long[told[0]], told[1], told[2])


def parts(ids: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Ids, each once, as many at a time as go into one statement."""
    rest = iter(dict.fromkeys(ids))
    while some := tuple(islice(rest, _ASKED)):
        yield some
