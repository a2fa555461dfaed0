"""The two sides of a card: what is asked, and what is then told.

A note with a question has one card; a cloze has one for each gap, which asks for the gap in
its sentence and tells the text of the gap in the form in which it stood there: as math in
math, as code in code.
"""

from __future__ import annotations

from typing import NamedTuple

from studyctl.core.curriculum import Card, Citation
from studyctl.core.text import Gap, Kind, cloze_front, cloze_parts, segments

_HERE = "\x00"  # where the gap stands, while its surroundings are looked at


class Face(NamedTuple):
    """The sides of one card as text; `extra` is small print under the answer."""

    front: str
    back: str
    extra: str = ""
    typed: bool = False
    source: Citation | None = None


def face(note: Card, card: str) -> Face:
    """The face of the card with the id `card` of `note`; KeyError for a gap that it does not have."""
    if not note.cloze:
        return Face(note.q, note.a, note.extra, note.typed, note.source)
    _, mark, number = card.rpartition(".c")
    if not mark or not number.isdigit():
        raise KeyError(card)
    front = cloze_front(note.cloze, int(number))
    return Face(front, _gap(note.cloze, int(number), card), note.extra, source=note.source)


def _gap(text: str, number: int, card: str) -> str:
    """The gap as a text of its own."""
    asked: Gap | None = None
    around = ""
    for part in cloze_parts(text):
        if isinstance(part, str):
            around += part
        elif part.number == number and asked is None:
            asked = part
            around += _HERE
        else:
            around += part.text
    if asked is None:
        raise KeyError(card)
    inside = next((one for one in segments(around) if _HERE in one.body), None)
    if inside is None or inside.kind is Kind.PROSE:
        return asked.text
    if inside.kind in (Kind.MATH, Kind.DISPLAY):
        return f"${asked.text}$"
    bars = "`" * (3 if inside.kind is Kind.FENCE else 1)
    while bars in asked.text:
        bars += "`"
    if inside.kind is Kind.FENCE:
        return f"{bars}{inside.language}\n{asked.text}\n{bars}"
    room = " " if "`" in asked.text else ""
    return f"{bars}{room}{asked.text}{room}{bars}"
