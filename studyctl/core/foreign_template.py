"""Templates of Anki's note types: fields in double braces, filters before them, and conditions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

Filtered = Callable[[Sequence[str], str], str]  # filters, the outermost first, and the field's HTML
_TOKEN = re.compile(r"\{\{\{?([^{}]*)\}?\}\}")
_NOTHING = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p|span)[^>]*>)*", re.IGNORECASE)
ANSWER = re.compile(r"<hr[^<>]*\bid\s*=\s*[\"']?answer\b[^<>]*>", re.IGNORECASE)


def render(source: str, fields: Mapping[str, str], filtered: Filtered) -> str:
    """A side of a card as HTML; unknown fields are empty, and a condition ends where its like does."""
    told: list[str] = []
    stack: list[tuple[str, bool]] = []
    fails = 0  # conditions around that do not hold
    at = 0
    for found in _TOKEN.finditer(source):
        if not fails:
            told.append(source[at : found.start()])
        at = found.end()
        inner = found[1].strip()
        sign = inner[:1] if inner.startswith(("#", "^", "/", "!")) else ""
        name = inner[len(sign) :].strip()
        if sign in ("#", "^"):
            stack.append((name, is_empty(fields.get(name, "")) == (sign == "^")))
            fails += not stack[-1][1]
        elif sign == "/":
            while stack:
                begun, holds = stack.pop()
                fails -= not holds
                if begun == name:
                    break
        elif not (fails or sign):
            *filters, field = (part.strip() for part in name.split(":"))
            told.append(filtered(filters, fields.get(field, "")))
    if not fails:
        told.append(source[at:])
    return "".join(told)


def is_empty(html: str) -> bool:
    """Whether a field shows nothing."""
    return _NOTHING.fullmatch(html) is not None


def behind_the_line(html: str) -> str:
    """The answer's side without what stands before the line between question and answer."""
    return ANSWER.split(html, maxsplit=1)[-1]
