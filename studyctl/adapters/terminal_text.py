"""The text of a card as blocks for a terminal: CommonMark by markdown-it, math by its own module.

`studyctl.core.text` says what is math, markdown-it what is markup. So that neither meets the
other's signs, each formula is replaced by a *stand-in*, one private character with a number,
before markdown-it reads the text, and put back afterwards; wherever markup keeps text as it
is (code, addresses), the formula's own source comes back.

Raw HTML is shown as the text that it is, a picture as its description.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from studyctl.adapters.terminal_math import formula
from studyctl.core.readable import HOLE, Block, Code, Paragraph, Piece, Run, Style, inert
from studyctl.core.text import Kind, Segment, segments

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPEN, _CLOSE = "\ue000", "\ue001"  # around the number of a formula; `inert` lets neither in
_STAND_IN = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_BULLET = "• "
_BAR = "│ "


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "maxNesting": 20})


def readable(text: str) -> tuple[Block, ...]:
    """A text with markup and math as blocks that a terminal can show."""
    formulas: list[Segment] = []
    told = ""
    for part in segments(inert(text)):
        if part.kind in (Kind.MATH, Kind.DISPLAY):
            told += f"{_OPEN}{len(formulas)}{_CLOSE}"
            formulas.append(part)
        else:
            told += part.source
    return tuple(_Reader(formulas).blocks(_markdown().parse(told)))


@dataclass(slots=True)
class _Reader:
    """Walks markdown-it's tokens; the prefixes are those of the lists and quotes it is in."""

    formulas: Sequence[Segment]
    counters: list[int | None] = field(default_factory=list)  # of each list: its next number, or None
    indent: str = ""
    marker: str = ""  # begins the next paragraph instead of the indent
    indents: list[str] = field(default_factory=list)
    tight: bool = False

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        strong = False
        for token in tokens:
            match token.type:
                case "bullet_list_open":
                    self.counters.append(None)
                case "ordered_list_open":
                    self.counters.append(int(token.attrGet("start") or 1))
                case "bullet_list_close" | "ordered_list_close":
                    self.counters.pop()
                    self.tight = False
                case "list_item_open":
                    self._enter(self._bullet())
                case "blockquote_open":
                    self._enter(_BAR, _BAR)
                case "list_item_close" | "blockquote_close":
                    self.indent = self.indents.pop()
                    self.marker = ""
                case "heading_open":
                    strong = True
                case "heading_close":
                    strong = False
                case "paragraph_open":
                    self.tight = self.tight and token.hidden
                case "inline":
                    pieces = tuple(self._inline(token.children or [], strong=strong))
                    yield Paragraph(pieces, self.marker or self.indent, self.indent, self.tight)
                    self.marker, self.tight = "", bool(self.counters)
                case "fence" | "code_block":
                    yield Code(
                        self._source(token.content).rstrip("\n"), token.info.split(" ")[0], self.indent
                    )
                    self.marker, self.tight = "", False
                case _:
                    pass

    def _enter(self, first: str, rest: str = "") -> None:
        self.indents.append(self.indent)
        self.marker = (self.marker or self.indent) + first
        self.indent += rest or " " * len(first)

    def _bullet(self) -> str:
        number = self.counters[-1]
        if number is None:
            return _BULLET
        self.counters[-1] = number + 1
        return f"{number}. "

    def _inline(self, tokens: Sequence[Token], *, strong: bool) -> Iterator[Piece]:
        depths = {Style.STRONG: int(strong), Style.EMPHASIS: 0}
        links: list[str] = []
        for token in tokens:
            style = next((one for one, depth in depths.items() if depth), Style.PLAIN)
            match token.type:
                case "text":
                    yield from self._prose(token.content, style)
                case "softbreak":
                    yield Run(" ", style)
                case "hardbreak":
                    yield Run("\n", style)
                case "code_inline":
                    yield from _holes(self._source(token.content), Style.CODE)
                case "strong_open" | "strong_close":
                    depths[Style.STRONG] += token.nesting
                case "em_open" | "em_close":
                    depths[Style.EMPHASIS] += token.nesting
                case "image":
                    yield Run(
                        f"[picture: {self._source(token.content) or 'without a description'}]", Style.QUIET
                    )
                case "link_open":
                    links.append(self._source(str(token.attrGet("href") or "")))
                case "link_close" if (address := links.pop()) and token.info != "auto":
                    yield Run(f" ({inert(address)})", Style.QUIET)
                case _:
                    pass

    def _prose(self, text: str, style: Style) -> Iterator[Piece]:
        """Words and formulas; a formula on lines of its own stands on a line of its own."""
        for n, part in enumerate(_STAND_IN.split(text)):
            if n % 2 == 0:
                yield from _holes(part, style)
            elif (one := self.formulas[int(part)]).kind is Kind.DISPLAY:
                yield from (Run("\n"), *formula(one.body, display=True), Run("\n"))
            else:
                yield from formula(one.body)

    def _source(self, text: str) -> str:
        return _STAND_IN.sub(lambda found: self.formulas[int(found[1])].source, text)


def _holes(text: str, style: Style) -> Iterator[Run]:
    """The text, with the gap that is asked for in a style of its own."""
    for n, part in enumerate(text.split(HOLE)):
        if n:
            yield Run(HOLE, Style.HOLE)
        if part:
            yield Run(part, style)
