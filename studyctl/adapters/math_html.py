r"""A formula as Anki's MathJax takes it, cut where a line may break.

MathJax 3 never breaks a formula in running text; on a phone the end of a long one would be off
the screen. TeX breaks after relations and operators of the outermost level. So does this module:
``$a = b$``, if it is long, becomes ``\(a = {}\)\(b\)``, which looks the same in one line, and may
stand in two. The empty group keeps the space behind the sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from studyctl.adapters.cloze_html import CLOSE, NUMBER, OPEN
from studyctl.core.text import Kind

WIDE = 18  # widths of a letter; a phone shows about thirty of them in a line

_TOKEN = re.compile(rf"{OPEN}\d+{NUMBER}|\\[a-zA-Z]+|\\.|.", re.DOTALL)
_NO_CUT = re.compile(
    r"\\(?:over|atop|choose|above|displaystyle|textstyle|color|rm|bf|it|tt|sf|cal|large|small|tag|def|newcommand)"
    r"(?![a-zA-Z])|(?<!\\)%"
)


def _names(text: str) -> set[str]:
    return {f"\\{name}" for name in text.split()}


_RELATIONS = {"=", "<", ">", ":", *_names(
    "le ge leq geq lt gt ne neq approx sim simeq equiv cong propto in notin ni subset subseteq supset supseteq "
    "to mapsto rightarrow Rightarrow leftarrow Leftarrow leftrightarrow Leftrightarrow iff implies impliedby "
    "longrightarrow Longrightarrow longmapsto mid parallel perp models vdash ll gg prec succ preceq succeq "
    "colon coloneqq"
)}  # fmt: skip
_OPERATORS = {"+", "-", ",", ";", *_names(
    "pm mp cdot times cup cap setminus land lor wedge vee oplus otimes circ quad qquad"
)}  # fmt: skip
_FUNCTIONS = _names("sin cos tan log ln exp lim sup inf max min det dim ker deg gcd arg Pr quad qquad")
# What belongs to the sign before it, or follows it where a formula must not begin.
_CLINGS = re.compile(r"\s*(?:\Z|[\^_'&{:=<>]|\\(?:limits|nolimits|\\|right|end))")
_OPENING = {"(", "[", *_names("{ lvert lVert langle lfloor lceil")}
_CLOSING = {")", "]", *_names("} rvert rVert rangle rfloor rceil")}
_NO_WIDTH = {*"{}^_& \n", OPEN, CLOSE}
_INTO = {"{", OPEN, *_names("left begin")}
_OUT_OF = {"}", CLOSE, *_names("right end")}


class _Cut(NamedTuple):
    """A place behind a sign where a line may break; the lower the rank the better."""

    place: int
    rank: int


def html(kind: Kind, body: str) -> str:
    """The body of a formula between the delimiters that Anki knows; signs of gaps may stand in it."""
    if kind is Kind.DISPLAY:
        return _delimited(r"\[", body, r"\]")
    return "".join(_delimited(r"\(", piece, r"\)") for piece in pieces(body))


def _delimited(left: str, body: str, right: str) -> str:
    if (len(body) - len(body.rstrip("\\"))) % 2:
        body += " "  # else the backslash would escape the delimiter
    return left + escape(body, quote=False) + right


def pieces(body: str) -> list[str]:
    """The formula in pieces of about a phone's line, as far as it can be cut."""
    if width(body) <= WIDE or _NO_CUT.search(body):
        return [body]
    told = [body]
    for rank in range(3):
        told = [piece for long in told for piece in _cut(long, rank)]
    return told


def width(body: str) -> float:
    """About how wide a formula is, in widths of a letter."""
    wide = 0.0
    for found in _TOKEN.finditer(body):
        token = found[0]
        if token in _RELATIONS:
            wide += 2.5
        elif token in _OPERATORS:
            wide += 2
        elif len(token) == 1:
            wide += token not in _NO_WIDTH
        elif token[1].isalpha():
            wide += 2.5 if token in _FUNCTIONS else 1
    return wide


def _cut(body: str, rank: int) -> list[str]:
    """A piece cut at places of a rank, as rarely as it can be, or left alone if it is short."""
    told, start, last, wide = [], 0, 0, 0.0
    for place in [*(cut.place for cut in _cuts(body) if cut.rank <= rank), len(body)]:
        more = width(body[last:place])
        if start < last and wide + more > WIDE:
            told.append(body[start:last].strip() + " {}")
            start, wide = last, 0.0
        wide += more
        last = place
    return [*told, body[start:].strip()]


def _cuts(body: str) -> Iterator[_Cut]:
    groups = brackets = 0
    before = ""
    for found in _TOKEN.finditer(body):
        token = found[0]
        if token.isspace():
            continue
        if token in _INTO or token.startswith(OPEN):
            groups += 1
        elif token in _OUT_OF:
            groups -= 1
        elif token in _OPENING:
            brackets += 1
        elif token in _CLOSING:
            brackets -= 1
        elif not groups and _joins(before, token) and not _CLINGS.match(body, found.end()):
            yield _Cut(found.end(), 2 if brackets else 0 if token in _RELATIONS else 1)
        before = token


def _joins(before: str, token: str) -> bool:
    """Whether a sign stands between two things; the minus of ``= -1`` does not."""
    between = before and before not in _OPENING and before not in _RELATIONS and before not in _OPERATORS
    return bool(between) and before not in ("^", "_") and (token in _RELATIONS or token in _OPERATORS)
