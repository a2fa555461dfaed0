r"""The text of a card as the HTML of an Anki field.

The text is CommonMark (`studyctl.adapters.markdown_html`), but what is math is decided in one
place of studyctl, `studyctl.core.text`. So every formula is taken out before Markdown sees the
text and put back afterwards, as ``\(…\)`` or ``\[…\]``; the signs of a cloze's gaps travel in the
same way (`studyctl.adapters.cloze_html`).

A field of Anki is HTML in which more than HTML has a meaning: ``{{c1::``, ``[sound:…]``,
``[latex]``, ``\(``. Where a text only looks like one of them, it is written with entities, so
that a reader sees it and Anki does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape

from studyctl.adapters import math_html
from studyctl.adapters.cloze_html import (
    CLOSE,
    NUMBER,
    OPEN,
    Span,
    Stretch,
    anki_gaps,
    filled,
    formula,
    put_signs,
    settled,
    stretches,
    with_signs,
)
from studyctl.adapters.markdown_html import Picture, Piece, is_web, prose, render, stand_in
from studyctl.core.text import Gap, Kind, cloze_parts, segments

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ANKI_MARKUP = re.compile(r"\[(?=\[?(?:sound|anki|type):|/?latex\]|/?\${1,2}\])", re.IGNORECASE)
_FORMULA = r"\\\((?:[^\\]|\\[^)])*\\\)"
_HIDDEN_FORMULA = rf"(?:{OPEN}\d+{NUMBER}{_FORMULA}{CLOSE}|{_FORMULA})"
_GLUED = re.compile(rf"\(?{_HIDDEN_FORMULA}[,.;:?!)]+|\({_HIDDEN_FORMULA}")


def no_pictures(name: str) -> str | None:  # noqa: ARG001
    """The `Picture` of a topic that has none."""
    return None


class CardHtml:
    """The texts of one topic as HTML.

    `picture` gives the name under which Anki will find a file of the topic's media folder, or
    None if there is no such picture; then the picture's description is shown instead.
    """

    def __init__(self, picture: Picture = no_pictures) -> None:
        self._picture = picture

    def text(self, text: str) -> str:
        """A question, an answer, a title."""
        return _inert(self._render(_clean(text), ()))

    def cloze(self, text: str) -> str:
        """The same with gaps, each as Anki's ``{{c1::…}}``; no gap is ever lost."""
        parts = cloze_parts(_clean(text))
        told, spans = filled(parts)
        html, kept = anki_gaps(_inert(self._render(told, spans)))
        if {span.number for span in spans} - kept:  # one stood where HTML has no room for it
            html, _ = anki_gaps(_inert("".join(map(_bare, parts))))
        return html

    def answer(self, text: str) -> str:
        """Plain text that Anki compares with what the learner types."""
        return _inert(escape(" ".join(_clean(text).split()), quote=False))

    def source(self, title: str, where: str, url: str) -> str:
        """A place in a resource; the title is a link if `url` is an address of the web."""
        name = prose(_clean(title))
        if is_web(url):
            name = f'<a href="{escape(url)}">{name}</a>'
        return _inert(f"{name}, {prose(_clean(where))}" if where else name)

    def _render(self, text: str, spans: Sequence[Span]) -> str:
        sheet = _Sheet(text, spans)
        return _glued(render(sheet.markdown, sheet.pieces, self._picture))


class _Sheet:
    """A text made ready for Markdown: `markdown` with stand-ins, `pieces` by their numbers."""

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        self.pieces: list[Piece] = []
        line = stretches(segments(text))
        self.markdown = "".join(self._ready(*found) for found in with_signs(line, settled(line, spans)))

    def _ready(self, stretch: Stretch, signs: Sequence[tuple[int, str]]) -> str:
        part = stretch.part
        if part.kind in (Kind.MATH, Kind.DISPLAY):
            inner = [sign for sign in signs if stretch.start < sign[0] < stretch.end]
            html = math_html.html(part.kind, formula(part.body, stretch.low, inner))
            whole = self._hold(Piece(html, part.source, part.source))
        elif part.kind is Kind.UNCLOSED:
            whole = r"\$"
        else:
            return put_signs(part.source, stretch.start, signs, self._sign)
        before = [self._sign(sign) for place, sign in signs if place == stretch.start]
        after = [self._sign(sign) for place, sign in signs if place == stretch.end]
        return "".join((*before, whole, *after))

    def _sign(self, sign: str) -> str:
        return self._hold(Piece(sign, sign, ""))

    def _hold(self, piece: Piece) -> str:
        self.pieces.append(piece)
        return stand_in(len(self.pieces) - 1)


def _clean(text: str) -> str:
    """The text without what no card needs: control characters and halves of characters."""
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n")))


def _bare(part: str | Gap) -> str:
    if isinstance(part, str):
        return prose(part)
    return f"{OPEN}{part.number}{NUMBER}{prose(part.text or '…')}{CLOSE}"


def _glued(html: str) -> str:
    """The HTML with formulas and the signs beside them kept together.

    A browser may break a line between a formula and the comma behind it.
    """
    return _GLUED.sub(r'<span class="nobr">\g<0></span>', html)


def _inert(html: str) -> str:
    """The HTML with everything written in entities that Anki would act on."""
    return _ANKI_MARKUP.sub("&#91;", re.sub(r"\{\{(?=c\d)", "{&#123;", html))
