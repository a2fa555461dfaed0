"""Formulas laid out in character cells: rows of text with a baseline, and TeX's spaces between.

A *box* is some rows of equal width, one of which stands on the line of the text. An *atom* is
a box with its TeX class: ordinary, operator, binary, relation, opening, closing, comma, inner
(a fraction, or the gap that a cloze asks for); the classes of two neighbours decide the space
between them, so that ``a=-b`` and ``a = - b`` both become ``a = −b``.

Source of the classes and of their spaces: D. E. Knuth, The TeXbook, chapters 17 and 18.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from studyctl.core.readable import TIE, Grid, Piece, Run, Style, cells


class Box(NamedTuple):
    """Rows of equal width; row `base` stands on the line of the text."""

    rows: tuple[str, ...]
    base: int = 0

    @property
    def width(self) -> int:
        """Its width in cells."""
        return cells(self.rows[0])

    @property
    def tall(self) -> bool:
        """Whether it has more than one row."""
        return len(self.rows) > 1


def line(text: str) -> Box:
    """A box of one row."""
    return Box((text,))


NONE = line("")


def beside(boxes: Iterable[Box]) -> Box:
    """Boxes side by side on one baseline."""
    parts = [box for box in boxes if box != NONE]
    if not parts:
        return NONE
    above = max(box.base for box in parts)
    below = max(len(box.rows) - box.base for box in parts)
    rows = [""] * (above + below)
    for box in parts:
        top = above - box.base
        for number in range(len(rows)):
            inside = top <= number < top + len(box.rows)
            rows[number] += box.rows[number - top] if inside else TIE * box.width
    return Box(tuple(rows), above)


def padded(row: str, width: int, to: str = "centre") -> str:
    """`row` filled up to `width`: at the left, right or centre."""
    lack = width - cells(row)
    before = {"left": 0, "right": lack}.get(to, lack // 2)
    return TIE * before + row + TIE * (lack - before)


def stacked(above: Box, below: Box, rule: str = "") -> Box:
    """One box over the other, with a line of `rule` between them if there is one."""
    width = max(above.width, below.width) + (2 if rule else 0)
    rows = [padded(row, width) for row in above.rows]
    rows += [rule * width] if rule else []
    rows += [padded(row, width) for row in below.rows]
    return Box(tuple(rows), len(above.rows) if rule else (len(rows) - 1) // 2)


_FENCES = {  # the first of many rows, the middle ones, the last, and the one in the midst
    "(": "⎛⎜⎝⎜", ")": "⎞⎟⎠⎟", "[": "⎡⎢⎣⎢", "]": "⎤⎥⎦⎥", "{": "⎧⎪⎩⎨", "}": "⎫⎪⎭⎬", "|": "││││", "‖": "║║║║",
}  # fmt: skip


def fenced(left: str, box: Box, right: str) -> Box:
    """A box between two fences that are as tall as it is."""
    return beside([_fence(left, box), box, _fence(right, box)])


def _fence(sign: str, box: Box) -> Box:
    if not box.tall or sign not in _FENCES:
        return line(sign)
    fence = _FENCES[sign]
    rows = [fence[0], *[fence[1]] * (len(box.rows) - 2), fence[2]]
    if len(rows) > 2:
        rows[len(rows) // 2] = fence[3]
    return Box(tuple(rows), box.base)


def table(rows: Sequence[Sequence[Box]], sides: Sequence[str], gap: int) -> Box:
    """Boxes in rows and columns; `sides` says for each column to which side it keeps."""
    widths = [max((row[n].width for row in rows if n < len(row)), default=0) for n in range(len(sides))]
    lines: list[str] = []
    for row in rows:
        told: list[Box] = []
        for n, (width, side) in enumerate(zip(widths, sides, strict=True)):
            cell = row[n] if n < len(row) else NONE
            told.append(line(TIE * gap if n else ""))
            told.append(Box(tuple(padded(text, width, side) for text in cell.rows), cell.base))
        lines += beside(told).rows
    return Box(tuple(lines), (len(lines) - 1) // 2) if lines else NONE


class Class(Enum):
    """TeX's classes of atoms, with one for the minus of −x and one for a space that was asked for."""

    ORDINARY = "ordinary"
    OPERATOR = "operator"  # log, lim
    BIG = "big"  # sums and products
    BINARY = "binary"
    RELATION = "relation"
    OPENING = "opening"
    CLOSING = "closing"
    COMMA = "comma"
    INNER = "inner"
    SIGN = "sign"
    SPACE = "space"


class Atom(NamedTuple):
    """A box with its class."""

    box: Box
    kind: Class = Class.ORDINARY


OPENING = frozenset("([{⟨⌈⌊")
CLOSING = frozenset(")]}⟩⌉⌋!")
_BIG = frozenset("∑∏∐∫∬∭∮⋃⋂⨁⨂⨆⋁⋀⨀")
_ORDINARY = frozenset("∀∃∄∅∆∇∂∞√∛∜∠¬⊤…⋯⋮⋱□◇△ℓ∎°/|‖.")
_RELATIONS = frozenset("=<>:≠≤≥≪≫≈≡≅∼≃∝∈∉∋⊂⊆⊃⊇⊄⊈⊊⊢⊣⊨⊩⊥∥∤≔≜≺≻⪯⪰≼≽∣")


def class_of(sign: str) -> Class:
    """The class of a sign that stands for itself."""
    for signs, kind in (
        (OPENING, Class.OPENING),
        (CLOSING, Class.CLOSING),
        (",;", Class.COMMA),
        (_BIG, Class.BIG),
        (_RELATIONS, Class.RELATION),
        (_ORDINARY, Class.ORDINARY),
    ):
        if sign in signs:
            return kind
    code = ord(sign) if len(sign) == 1 else 0
    if 0x2190 <= code < 0x2200 or 0x27F0 <= code < 0x2980:
        return Class.RELATION  # arrows
    if sign in ("+", "−", "·", "×", "÷", "±", "⋆", "†") or 0x2200 <= code < 0x2300 or 0x2A00 <= code < 0x2B00:
        return Class.BINARY
    return Class.ORDINARY


_BEFORE_A_SIGN = {None, Class.BINARY, Class.RELATION, Class.OPENING, Class.COMMA, Class.OPERATOR, Class.BIG}


def with_spaces(atoms: Sequence[Atom]) -> Iterator[tuple[str, Atom]]:
    """Each atom with the space before it: none, `TIE`, or one at which a line may be broken."""
    before: Class | None = None
    last = ""
    asked = False  # a space stands there already
    for place, atom in enumerate(atoms):
        kind = atom.kind
        if kind is Class.SPACE:
            yield "", atom
            asked = True
            continue
        if kind is Class.BINARY:
            after = next((one.kind for one in atoms[place + 1 :] if one.kind is not Class.SPACE), None)
            if before in _BEFORE_A_SIGN or after in (None, Class.RELATION, Class.CLOSING, Class.COMMA):
                kind = Class.SIGN
        space = "" if asked else _space(before, kind)
        if not space and not asked and _runs_on(last) and atom.box.rows[0][:1].isalnum():
            space = TIE
        yield space, Atom(atom.box, kind)
        before, last, asked = kind, atom.box.rows[0], False


def _runs_on(text: str) -> bool:
    """Whether a letter behind `text` would be read as part of its script, as in ``∇_θ J``."""
    mark = max(text.rfind("_"), text.rfind("^"))
    return mark >= 0 and text[mark + 1 :].isalnum()


def _space(before: Class | None, kind: Class) -> str:
    if before is None:
        return ""
    if before is Class.COMMA:
        return " "
    if kind in (Class.RELATION, Class.BINARY):
        return "" if before is Class.OPENING else TIE
    if before in (Class.RELATION, Class.BINARY):
        return "" if kind is Class.CLOSING else " "
    if (before, kind) in _TIED:
        return TIE
    return ""


_WORDS = (Class.ORDINARY, Class.CLOSING, Class.INNER)
_TIED = {
    *((before, after) for before in (Class.OPERATOR, Class.BIG) for after in (*_WORDS[:1], Class.INNER, Class.OPERATOR, Class.BIG)),
    *((before, after) for before in _WORDS for after in (Class.OPERATOR, Class.BIG, Class.INNER)),
    (Class.BIG, Class.OPENING), (Class.INNER, Class.ORDINARY), (Class.INNER, Class.OPENING),
}  # fmt: skip


def row_of(atoms: Sequence[Atom]) -> Box:
    """The atoms side by side, with their spaces."""
    return beside(box for space, atom in with_spaces(atoms) for box in (line(space and TIE), atom.box))


def pieces(atoms: Sequence[Atom]) -> Iterator[Piece]:
    """The atoms as pieces of a paragraph, cut where a line may be broken: not within brackets."""
    here: list[Box] = []
    depth = 0
    for space, atom in with_spaces(atoms):
        sign = atom.box.rows[0]
        depth += (atom.kind is Class.OPENING) - (atom.kind is Class.CLOSING and sign != "!")
        wide = atom.kind is Class.SPACE and len(sign) > 1
        if depth <= (atom.kind is Class.OPENING) and (space == " " or wide):
            yield _piece(beside(here))
            yield Run(" " * max(1, len(sign) * wide), Style.MATH)
            here = []
        else:
            here.append(line(space and TIE))
        if not wide or depth:
            here.append(atom.box)
    yield _piece(beside(here))


def _piece(box: Box) -> Piece:
    return Grid(box.rows, box.base) if box.tall else Run(box.rows[0], Style.MATH)
