"""Letters in other forms (raised, lowered, bold, accented), and when a part needs parentheses.

Unicode has raised and lowered forms of many letters, but not of all: ``x²``, ``x_θ``. Where one
is lacking the whole script is written behind ``^`` or ``_``, in parentheses if it is longer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from studyctl.core.boxes import CLOSING, OPENING, Atom, Box, Class, line
from studyctl.core.readable import HOLE, TIE, cells


@cache
def script_letters(which: str) -> dict[str, str]:
    """Unicode's raised (``super``) or lowered (``sub``) letters, by the letter that they stand for."""
    told: dict[str, str] = {}
    for first, last in ((0xB2, 0xB9), (0x2B0, 0x2E4), (0x1D2C, 0x1DBF), (0x2070, 0x209C), (0x2C7C, 0x2C7D)):
        for sign in map(chr, range(first, last + 1)):
            form = unicodedata.decomposition(sign).split()
            if len(form) == 2 and form[0] == f"<{which}>":
                told.setdefault(chr(int(form[1], 16)), sign)
    return told | ({"⊤": "ᵀ", "′": "′", "*": "*", "†": "†", "∘": "°"} if which == "super" else {})


def script(box: Box, *, raised: bool) -> str:
    """A box as the text of a script: raised or lowered letters, or ``^( )`` where some do not exist."""
    text = "; ".join(row.strip() for row in box.rows)
    if not _WORDS.search(text):  # words keep the spaces between them: e^(x log a)
        text = text.replace(TIE, "").replace(" ", "")
    letters = script_letters("super" if raised else "sub")
    if all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    bare = len(text) == 1 or text == HOLE or (text[0] in "(|‖" and text[-1] in ")|‖" and _is_one(text))
    if text.isalpha() and not raised:
        bare = True  # x_max
    return f"{'^' if raised else '_'}{text if bare else f'({text})'}"


def scripted(base: Atom | None, text: str) -> Atom:
    """An atom with a script: on its line, or at the upper or lower end of a tall box."""
    if base is None:
        return Atom(line(text))
    box = base.box
    if not box.tall:
        told = box.rows[0]
        whole = base.kind is not Class.INNER and not told.startswith(_ROOTS)
        return Atom(line((told if whole or told == HOLE else f"({told})") + text), base.kind)
    lowered = text[0] == "_" or text[0] in script_letters("sub").values()
    at = len(box.rows) - 1 if lowered else 0
    rows = (row + (text if n == at else TIE * cells(text)) for n, row in enumerate(box.rows))
    return Atom(Box(tuple(rows), box.base), base.kind)


def grouped(text: str, *, product: bool = False) -> str:
    """`text` in parentheses unless it is read as one thing; with `product`, ``ab`` is two things."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in OPENING) - (sign in CLOSING and sign != "!")
        if not depth and (sign in (" ", TIE, "/") or (sign == "−" and place)):
            return f"({text})"
    return f"({text})" if product and not _is_one(text) else text


_ROOTS = ("√", "∛", "∜")
_WORDS = re.compile(rf"\w[{TIE} ]\w")
_HEAD = re.compile(
    r"\d[\d,.]*|[^\W\d_]{3,}|[d∂]?(?:[^\W\d_]|[^\w\s()\[\]{}⟨⟩⌈⌉⌊⌋|‖])[′″]*"
)  # 12, dx, name, x′
_TAIL = re.compile(r"(?:[_^](?:\w+|\([^()]*\)))*[!′″*°]*")
_CALLED = frozenset("fghpqFGHJKLPTφψσΦΨℙ")  # single letters that are functions where a bracket follows


def _is_one(text: str) -> bool:
    """Whether `text`, apart from its scripts and accents, is one number, letter, name, call or bracket."""
    scripts = {*script_letters("super").values(), *script_letters("sub").values()} - set("*°′")
    bare = "".join(sign for sign in text if sign not in scripts and not unicodedata.combining(sign))
    bare = bare[1:] if bare.startswith(_ROOTS) else bare
    found = _HEAD.match(bare)
    head = found[0] if found else ""
    rest = bare[len(head) :]
    a_name = not head or head in _CALLED or head[-1] in "′″" or (len(head) > 2 and head.isalpha())
    if rest[:1] != "(" or a_name:  # n(n + 1) is a product, f(n + 1) is not
        rest = rest[_closed(rest) :]
    return text == HOLE or _TAIL.fullmatch(rest) is not None


def _closed(text: str) -> int:
    """How long the bracket is that `text` begins with; 0 if it begins with none."""
    if text[:1] in ("|", "‖"):
        return text.find(text[0], 1) + 1
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in OPENING) - (sign in CLOSING and sign != "!")
        if not depth:
            return place + 1 if place else 0
    return 0


def in_alphabet(box: Box, style: str) -> Box:
    """A box with its letters in a mathematical alphabet, such as ``BOLD``; as it is where there are none."""
    return Box(tuple("".join(_letter(sign, style) for sign in row) for row in box.rows), box.base)


@cache
def _letter(sign: str, style: str) -> str:
    """A letter of one of Unicode's mathematical alphabets, found by its name."""
    name = unicodedata.name(sign, "")
    if not style or not ((sign.isascii() and sign.isalnum()) or name.startswith("GREEK ")):
        return sign
    words = name.replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER", "")
    for form in (f"MATHEMATICAL {style} {words}", f"{style} {words}", f"BLACK-LETTER {words}"):
        try:
            return unicodedata.lookup(form)
        except KeyError:
            continue
    return sign


def accented(box: Box, mark: str) -> Box:
    """A box under a combining mark; a line covers all of it, a hat only one letter or a bracket."""
    text = box.rows[0]
    letters = [sign for sign in text if not unicodedata.combining(sign)]
    if box.tall or not text:
        return box
    if mark in "\u0305\u0332":  # lines are as long as what they cover
        return line("".join(sign + mark for sign in text))
    if len(letters) > 1 and text[1:].isalpha():
        return line(f"({text}){mark}")
    return line(unicodedata.normalize("NFC", text[0] + mark + text[1:]))
