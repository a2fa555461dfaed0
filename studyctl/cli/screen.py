"""Small things that many screens share: columns, dates, hours, bars."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import TextIO
from unicodedata import east_asian_width

from studyctl.core.counted import count as count  # noqa: PLC0414 (every screen counts)
from studyctl.core.time import in_words

UNITS = ("%", "h", "min")
BLOCKS = " ▏▎▍▌▋▊▉█"


def hours(number: float) -> str:
    """Hours as people write them: ``6 h``, ``1.5 h``, ``0.3 h``."""
    return f"{number:.1f}".removesuffix(".0") + " h"


def minutes(number: float) -> str:
    """Minutes as people write them: ``13 min``, ``1 h 20 min``."""
    whole = round(number)
    if whole < 60:
        return f"{whole} min"
    return f"{whole // 60} h" + (f" {whole % 60} min" if whole % 60 else "")


def day(when: date | int, today: int | None = None) -> str:
    """A date as `studyctl.core.time.in_words` writes it, in a column: days of one figure stand under the others."""
    told = in_words(when, today)
    return told if told[1].isdigit() else f" {told}"


def bar(share: float, width: int) -> str:
    """A bar of `width` columns that is filled to a share."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8)
    full, rest = divmod(eighths, 8)
    told = "█" * full + (BLOCKS[rest] if rest else "")
    return told.ljust(width, "░")


def terminal_columns(stream: TextIO) -> int:
    """The columns of the terminal behind a stream; 80 when there is none."""
    if not stream.isatty():
        return 80
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except OSError:
        return 80


def columns(text: str) -> int:
    """How many columns a text takes on the screen."""
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def pad(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns."""
    return text + " " * max(0, width - columns(text))


def cut(text: str, width: int) -> str:
    """`text`, shortened with an ellipsis to at most `width` columns."""
    if columns(text) <= width:
        return text
    told = ""
    for sign in text:
        if columns(told + sign) >= width:
            break
        told += sign
    return told.rstrip() + "…"


def with_right(left: str, right: str, width: int) -> str:
    """Two texts at both ends of a line; where they do not fit, on two lines."""
    gap = width - columns(left) - columns(right)
    if gap < 2:
        return f"{left}\n{' ' * max(0, width - columns(right))}{right}"
    return f"{left}{' ' * gap}{right}"


def wrap(text: str, width: int, indent: str = "") -> str:
    """Words laid into lines of at most `width` columns, each behind `indent`."""
    lines: list[str] = []
    line = indent
    for word in _words(text):
        if line != indent and columns(line) + 1 + columns(word) > width:
            lines.append(line)
            line = indent
        line += word if line == indent else f" {word}"
    return "\n".join([*lines, line])


def _words(text: str) -> list[str]:
    """The words of a text; a unit stays with its number."""
    told: list[str] = []
    for word in text.split():
        if told and word.rstrip(".,;:)") in UNITS and told[-1][-1].isdigit():
            told[-1] += f" {word}"
        else:
            told.append(word)
    return told


def laid(text: str, width: int) -> str:
    """`text` with its sentences laid into lines of `width` columns; tables and commands stay whole.

    A line with two spaces in it is one of a table, and a command is what begins with ``studyctl``
    after a colon at the end of a line: somebody may copy it.
    """
    return "\n".join(
        line if columns(line) <= width or "  " in line.strip() or "\x1b" in line else _sentence(line, width)
        for line in text.split("\n")
    )


def _sentence(line: str, width: int) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    words, colon, command = line.rpartition(": studyctl ")
    if not colon:
        return wrap(line, width, indent)
    told = wrap(f"{words}:", width, indent)
    command = f"studyctl {command}"
    last = told.rpartition("\n")[2]
    gap = " " if columns(last) + 1 + columns(command) <= width else f"\n{indent}"
    return f"{told}{gap}{command}"


def table(rows: Sequence[Sequence[str]], gap: int = 2, right: Sequence[int] = ()) -> list[str]:
    """Rows as aligned lines; the columns numbered in `right` are set flush right."""
    if not rows:
        return []
    widths = [max(columns(row[at]) for row in rows) for at in range(len(rows[0]))]
    told = []
    for row in rows:
        cells = [
            " " * (widths[at] - columns(cell)) + cell if at in right else pad(cell, widths[at])
            for at, cell in enumerate(row)
        ]
        told.append((" " * gap).join(cells).rstrip())
    return told


def clean(text: str) -> str:
    """Text from a curriculum without anything that could steer a terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
