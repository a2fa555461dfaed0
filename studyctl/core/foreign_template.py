"""Templates of Anki's note types: fields in double braces, filters before them, and conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

Filtered = Callable[[Sequence[str], str], str]  # filters, the outermost first, and the field's HTML
_TOKEN = re.compile(r"\{\{\{?\s*([#^/!]?)\s*([^{}]*?)\s*\}?\}\}")
_NOTHING = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p|span)[^>]*>)*", re.IGNORECASE)
ANSWER = re.compile(r"<hr[^>]*\bid\s*=\s*[\"']?answer\b[^>]*>", re.IGNORECASE)


def render(source: str, fields: Mapping[str, str], filtered: Filtered) -> str:
    """A side of a card as HTML; unknown fields are empty, and a condition ends where its like does."""
    told: list[str] = []
    stack: list[tuple[str, bool]] = []
    at = 0
    for found in _TOKEN.finditer(source):
        shown = all(holds for _, holds in stack)
        if shown:
            told.append(source[at : found.start()])
        at = found.end()
        sign, name = found[1], found[2]
        if sign in ("#", "^"):
            stack.append((name, is_empty(fields.get(name, "")) == (sign == "^")))
        elif sign == "/":
            while stack and stack.pop()[0] != name:
                pass
        elif shown and not sign:
            *filters, field = (part.strip() for part in name.split(":"))
            told.append(filtered(filters, fields.get(field, "")))
    if all(holds for _, holds in stack):
        told.append(source[at:])
    return "".join(told)


def is_empty(html: str) -> bool:
    """Whether a field shows nothing."""
    return _NOTHING.fullmatch(html) is not None


def behind_the_line(html: str) -> str:
    """The answer's side without what stands before the line between question and answer."""
    return ANSWER.split(html, maxsplit=1)[-1]
