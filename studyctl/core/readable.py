"""Text that a terminal can show: what the markup and the math of a card become.

A card's text is turned into *blocks* (paragraphs and code) outside; here are only the values,
so that whoever reads markup and whoever draws a screen need not know each other. A paragraph
is made of *pieces*: a *run* flows and may be broken at its spaces, a *grid* is a matrix or a
tall fraction whose rows stay together, and stands on its baseline row.

Everything in these values is inert: no control characters, nothing that steers a terminal.
Width is counted in *cells*, the columns that a terminal gives to a character.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import NamedTuple, TypeAlias

HOLE = "[…]"  # the gap of a cloze that is asked for
TIE = "\u00a0"  # a space at which no line is broken

# Override the direction of text, so that what is read is not what is there.
_STEERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_JOINERS = frozenset("\u200b\u200c\u200d\u00ad")  # of no width; some scripts need them


class Style(Enum):
    """What a stretch of text is; how that looks is the screen's affair."""

    PLAIN = "plain"
    EMPHASIS = "emphasis"
    STRONG = "strong"
    CODE = "code"
    MATH = "math"
    HOLE = "hole"
    QUIET = "quiet"  # small print: where a link goes


class Run(NamedTuple):
    """Text of one style, which may be broken at its spaces."""

    text: str
    style: Style = Style.PLAIN


class Grid(NamedTuple):
    """Rows of equal width that stay together; row `baseline` stands on the line of the text."""

    rows: tuple[str, ...]
    baseline: int
    style: Style = Style.MATH


Piece: TypeAlias = Run | Grid


class Paragraph(NamedTuple):
    """Pieces that flow; `first` begins its first line and `rest` all others (bullets, quote bars).

    A `tight` paragraph follows the one before it without an empty line.
    """

    pieces: tuple[Piece, ...]
    first: str = ""
    rest: str = ""
    tight: bool = False


class Code(NamedTuple):
    """Lines of code, shown as they are; `indent` begins each of them."""

    text: str
    language: str = ""
    indent: str = ""


Block: TypeAlias = Paragraph | Code


def inert(text: str) -> str:
    """`text` without anything that steers a terminal: controls are shown as pictures, tabs as spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_inert, text.replace("\r\n", "\n").expandtabs(4)))


def _inert(sign: str) -> str:
    if sign == "\n" or sign.isprintable():
        return "�" if sign in _STEERING else sign
    code = ord(sign)
    if code < 0x20:
        return chr(0x2400 + code)  # the pictures of the control characters
    if code == 0x7F:
        return "␡"
    kind = unicodedata.category(sign)
    if kind == "Zs":
        return sign
    if kind in ("Zl", "Zp"):
        return "\n"
    return sign if sign in _JOINERS else "�"  # private, lone and unknown ones


def cells(text: str) -> int:
    """The columns that `text` takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def plain(blocks: tuple[Block, ...]) -> str:
    """The blocks as one line of text, for comparing and listing; a grid is told row by row."""
    told: list[str] = []
    for block in blocks:
        if isinstance(block, Code):
            told.append(block.text)
            continue
        told += [piece.text if isinstance(piece, Run) else "; ".join(piece.rows) for piece in block.pieces]
        told.append(" ")
    return " ".join("".join(told).split())
