"""HTML out of values: whatever is not markup already is text, and text is escaped.

A report holds titles from a curriculum that may come from a stranger. So there is no way to put a
string into a page as it stands but to say `Markup`, and nothing outside this module and the page's
own template does.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Sequence
from typing import Any


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


VOID = frozenset({"meta", "br", "hr", "col", "input"})


def text(value: object) -> Markup:
    """A value as HTML: escaped, unless it is markup."""
    return value if isinstance(value, Markup) else Markup(html.escape(str(value)))


def element(tag: str, /, *inside: object, **attributes: object) -> Markup:
    """An element; None inside is left out, so is an attribute that is None or False.

    Underscores in the names of attributes are hyphens, one at the end is dropped: ``class_``.
    """
    told = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in VOID:
        return Markup(f"<{tag}{told}>")
    return Markup(f"<{tag}{told}>{joined(inside)}</{tag}>")


def joined(parts: Iterable[object], between: str = "") -> Markup:
    """Parts one after the other."""
    return Markup(Markup(between).join(text(part) for part in parts if part is not None))


def data(document: Any) -> Markup:
    """A document as JSON that can stand in a script element."""
    told = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        told = told.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(told)


class Cell:
    """A cell of a table: what it says, and the number behind it as the JSON has it."""

    def __init__(self, shown: str, number: object = None) -> None:
        self.shown = shown
        self.number = number


def table(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str | Cell]], name: str = "") -> Markup:
    """A table; the first cell of a row is its head, cells with a number are set flush right."""
    told = [tuple(row) for row in rows]
    numbers = [any(len(row) > at and isinstance(row[at], Cell) for row in told) for at in range(len(heads))]
    head = element(
        "tr",
        *(
            element("th", one, scope="col", class_="n" if number else None)
            for one, number in zip(heads, numbers, strict=True)
        ),
    )
    body = [element("tr", *(_cell(one, first=not at) for at, one in enumerate(row))) for row in told]
    return element(
        "div",
        element(
            "table",
            element("caption", caption),
            element("thead", head),
            element("tbody", *body),
            data_table=name or None,
        ),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def _cell(one: str | Cell, *, first: bool) -> Markup:
    if first:
        return element("th", one.shown if isinstance(one, Cell) else one, scope="row")
    if isinstance(one, Cell):
        number = None if one.number is None else json.dumps(one.number)
        return element("td", one.shown, class_="n", data_value=number)
    return element("td", one)
