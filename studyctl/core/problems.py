"""What can be wrong, said so that it can be mended.

A *problem* is a mendable thing in somebody's files: a value with a place, of which one run
reports as many as there are. An *error* stops a command: an exception, of which there is one.
Both carry their facts; `studyctl.cli.errors` alone turns them into exit codes and sentences.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """How grave a problem is; an error leaves its file out of the curriculum."""

    ERROR = 0
    WARNING = 1
    HINT = 2

    def __str__(self) -> str:
        return self.name.lower()


class Place(NamedTuple):
    """Where something stands: a file, and a line and column that begin with 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Problem(NamedTuple):
    """One thing to mend: where, how grave, what it is, what to do, and the rule's name."""

    place: Place
    level: Level
    what: str
    fix: str
    rule: str

    def __str__(self) -> str:
        fix = f"; {self.fix}" if self.fix else ""
        return f"{self.place}: {self.level}: {self.what}{fix} [{self.rule}]"


class StudyctlError(Exception):
    """The base of all errors that a user is told about; never raised itself.

    `hint` is the next step, a command or a sentence, shown behind ``try:``.
    """

    exit_code = 1

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint


class UsageError(StudyctlError):
    """The command was called in a way that makes no sense."""

    exit_code = 2


class CurriculumError(StudyctlError):
    """A curriculum has errors, and the command cannot go on without it."""

    exit_code = 3


class UnknownNameError(UsageError):
    """A name that nothing has: `name`, what it should have been (`kind`), and the names nearest to it."""

    def __init__(self, kind: str, name: str, known: Iterable[str], hint: str = "") -> None:
        self.kind = kind
        self.name = name
        self.near = nearest(name, known)
        super().__init__(f"no {kind} {name!r}{did_you_mean(self.near)}", hint)


class AmbiguousNameError(UsageError):
    """A prefix that more than one name begins with."""

    def __init__(self, kind: str, prefix: str, names: Iterable[str]) -> None:
        self.names = tuple(sorted(names))
        shown = ", ".join(self.names[:5]) + (", …" if len(self.names) > 5 else "")
        super().__init__(f"{prefix!r} is the beginning of {len(self.names)} {kind}s: {shown}")


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """Up to `count` of the known names that look most like `name`, the likeliest first."""
    small = {one.lower(): one for one in sorted(known, reverse=True)}
    return tuple(small[one] for one in difflib.get_close_matches(name.lower(), sorted(small), count, 0.6))


def did_you_mean(names: tuple[str, ...]) -> str:
    """``; did you mean 'a' or 'b'?``, or nothing when there is no guess."""
    return f"; did you mean {' or '.join(map(repr, names))}?" if names else ""


def quoted(text: str, most: int = 100) -> str:
    """Text out of a file as messages repeat it: in quotes, escaped, and cut where it is long."""
    return repr(text if len(text) <= most else text[: most - 1] + "…")
