"""Readable blocks as lines of rich text that fit a width.

Words flow; the rows of a matrix stay together and stand beside the words, so one line of text
may take several rows of the screen. Nothing here parses markup: every text is put into a
`rich.text.Text` as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.style import Style as RichStyle
from rich.text import Text

from studyctl.core.readable import HOLE, TIE, Block, Code, Grid, Paragraph, Piece, Run, Style, cells

STYLES = {
    Style.PLAIN: "",
    Style.EMPHASIS: "italic",
    Style.STRONG: "bold",
    Style.CODE: "cyan",
    Style.MATH: "",
    Style.HOLE: "bold yellow",
    Style.QUIET: "dim",
}


def reading(blocks: Sequence[Block], width: int, *, colour: bool) -> list[Text]:
    """The blocks as lines at most `width` cells wide; `colour` says whether code is highlighted."""
    lines: list[Text] = []
    for block in blocks:
        if lines and not (isinstance(block, Paragraph) and block.tight):
            lines.append(Text())
        lines += _code(block, width, colour=colour) if isinstance(block, Code) else _paragraph(block, width)
    return lines


class _Word(NamedTuple):
    """Pieces with no space between them; `gap` is the space before it, a newline breaks the line."""

    gap: str
    pieces: tuple[Piece, ...]

    @property
    def width(self) -> int:
        return sum(map(_width, self.pieces))


def _width(piece: Piece) -> int:
    return cells(piece.text if isinstance(piece, Run) else piece.rows[0])


def _words(pieces: Iterable[Piece]) -> Iterator[_Word]:
    gap = ""
    word: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Grid):
            word.append(piece)
            continue
        for n, part in enumerate(re.split(r"([ \n]+)", piece.text)):
            if n % 2 == 0:
                word += [Run(part, piece.style)] if part else []
                continue
            if word:
                yield _Word(gap, tuple(word))
                gap, word = "", []
            gap = "\n" if "\n" in gap + part else part
    if word:
        yield _Word(gap, tuple(word))


def _paragraph(block: Paragraph, width: int) -> Iterator[Text]:
    prefix = block.first
    room = max(8, width - cells(block.first))
    line: list[Piece] = []
    used = 0
    for word in _words(block.pieces):
        gap = "" if not line else word.gap
        if line and (gap == "\n" or used + cells(gap) + word.width > room):
            yield from _line(prefix, block.rest, line)
            prefix, line, used, gap = block.rest, [], 0, ""
        for full in _split(word, room):
            if line and not full.gap and used + full.width > room:
                yield from _line(prefix, block.rest, line)
                prefix, line, used, gap = block.rest, [], 0, ""
            line += [Run(gap)] if gap else []
            line += full.pieces
            used += cells(gap) + full.width
            gap = ""
    yield from _line(prefix, block.rest, line)


def _split(word: _Word, room: int) -> Iterator[_Word]:
    """A word, cut into parts where it is wider than a line: at its ties if it has some."""
    if word.width <= room:
        yield _Word(" ", word.pieces)
        return
    for piece in word.pieces:
        if isinstance(piece, Grid):
            yield _Word("", (piece._replace(rows=tuple(_cropped(row, room) for row in piece.rows)),))
            continue
        for part in re.findall(f"[^{TIE}]*{TIE}*", piece.text):
            at = 0
            while at < len(part):
                end = at + 1
                while end < len(part) and cells(part[at : end + 1]) <= room:
                    end += 1
                yield _Word("", (piece._replace(text=part[at:end]),))
                at = end


def _cropped(row: str, room: int) -> str:
    while cells(row) > room:
        row = row[:-2] + "…"
    return row


def _line(first: str, rest: str, pieces: Sequence[Piece]) -> Iterator[Text]:
    """The rows of the screen that one line of text takes."""
    above = max((piece.baseline for piece in pieces if isinstance(piece, Grid)), default=0)
    below = max(
        (len(piece.rows) - piece.baseline - 1 for piece in pieces if isinstance(piece, Grid)), default=0
    )
    for row in range(-above, below + 1):
        text = Text(first if row == 0 else _bare(first, rest))
        for piece in pieces:
            if isinstance(piece, Run):
                told = piece.text if row == 0 else " " * cells(piece.text)
            else:
                at = row + piece.baseline
                told = piece.rows[at] if 0 <= at < len(piece.rows) else " " * cells(piece.rows[0])
            text.append(told.replace(TIE, " "), STYLES[piece.style])
        text.rstrip()
        yield text


def _bare(first: str, rest: str) -> str:
    """What begins a row above or below a line that itself begins with `first`."""
    return rest + " " * (cells(first) - cells(rest))


def _code(block: Code, width: int, *, colour: bool) -> Iterator[Text]:
    indent = f"{block.indent}  "
    room = max(8, width - cells(indent))
    for line in _highlighted(block, colour=colour).split("\n", allow_blank=True):
        at = 0
        while True:
            end = at
            while end < len(line) and cells(line.plain[at : end + 1]) <= room:
                end += 1
            yield Text(indent) + line[at:end]
            if end >= len(line):
                break
            at = end


def _highlighted(block: Code, *, colour: bool) -> Text:
    if not colour:
        return Text(block.text)
    text = Text(block.text, STYLES[Style.CODE])
    if block.language:
        from rich.syntax import ANSISyntaxTheme, Syntax  # noqa: PLC0415 (with pygments; only for a card with code)

        theme = ANSISyntaxTheme(_code_styles())
        syntax = Syntax(block.text, block.language, theme=theme, background_color="default")
        text = syntax.highlight(block.text)
        text.rstrip()
    text.highlight_words([HOLE], STYLES[Style.HOLE])
    return text


def _code_styles() -> dict[tuple[str, ...], RichStyle]:
    """Few colours, of those that can be read on a dark and on a light ground."""
    from pygments.token import Comment, Keyword, Number, Operator, String, Token  # noqa: PLC0415

    told = {
        Token: "",
        Comment: "dim",
        Keyword: "magenta",
        Operator.Word: "magenta",
        String: "green",
        Number: "cyan",
    }
    return {tuple(token): RichStyle.parse(style) for token, style in told.items()}
