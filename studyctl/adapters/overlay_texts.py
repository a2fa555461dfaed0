"""Changing texts of cards in a file of the learner's own curriculum, as text, so that all else stays.

A card that the file names gets new values in place of the old ones, or new keys; another one is
added at the end of its list. Comments, order and style of everything else are not touched, and the
outcome is read again: it must say just what was wanted, or there is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import yaml

from studyctl.adapters.overlay import HEAD

_WIDE = 1 << 20  # columns; a value stays in one line


class _Cut(NamedTuple):
    """A stretch of the file that something else takes the place of."""

    start: int
    end: int
    text: str


def amended(text: str, changes: Mapping[str, Mapping[str, str]]) -> str | None:
    """The file with other texts of its cards: by the card's id in its topic, and by key.

    An empty file becomes a patch. None where it cannot be changed in this way.
    """
    if not text.strip():
        text = f"{HEAD}patch: true\n"
    try:
        told = _amended(text, changes)
        right = told is not None and _plain(told) == _wanted(_plain(text), changes)
    except (yaml.YAMLError, AttributeError, TypeError, KeyError, ValueError):
        return None
    return told if right else None


def _plain(text: str) -> Any:
    return yaml.safe_load(text)


def _wanted(document: dict[str, Any], changes: Mapping[str, Mapping[str, str]]) -> Any:
    cards = [dict(card) for card in document.get("cards") or ()]
    for name, texts in changes.items():
        card = next((card for card in cards if card.get("id") == name), None)
        if card is None:
            cards.append({"id": name, **texts})
        else:
            card.update(texts)
    return {**document, "cards": cards}


def _amended(text: str, changes: Mapping[str, Mapping[str, str]]) -> str | None:
    root = yaml.compose(text, yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return None
    cards = next((value for key, value in root.value if key.value == "cards"), None)
    nodes = {}
    for node in cards.value if cards is not None else ():
        nodes[next(value.value for key, value in node.value if key.value == "id")] = node
    cuts: list[_Cut] = []
    fresh = []
    for name, texts in changes.items():
        if name in nodes:
            cuts += (_set(text, nodes[name], key, value) for key, value in texts.items())
        else:
            fresh.append({"id": name, **texts})
    told = text if text.endswith("\n") else f"{text}\n"
    if fresh and cards is not None and (cards.flow_style or cards is not root.value[-1][1]):
        return None
    for cut in sorted(cuts, reverse=True):
        told = told[: cut.start] + cut.text + told[cut.end :]
    if fresh:
        told = told.rstrip("\n") + "\n" + ("" if cards is not None else "cards:\n")
        indent = 2 if cards is None else cards.start_mark.column
        told += "".join(_entry(card, indent) for card in fresh)
    return told


def _set(text: str, card: yaml.MappingNode, key: str, value: str) -> _Cut:
    """A key of a card with this value, in the style of the card."""
    old = next((node for name, node in card.value if name.value == key), None)
    last = card.value[-1][1]
    if card.flow_style:
        quoted = _quoted(value)
        if old is not None:
            return _Cut(old.start_mark.index, old.end_mark.index, quoted)
        return _Cut(last.end_mark.index, last.end_mark.index, f", {key}: {quoted}")
    indent = card.start_mark.column
    if old is not None:
        start, end = old.start_mark.index, old.end_mark.index
        tail = re.search(r"\s*\Z", text[start:end])
        return _Cut(start, end - len(tail[0]) if tail else end, _value(value, indent))
    first = card.start_mark.index
    return _Cut(first, first, f"{key}: {_value(value, indent)}\n{' ' * indent}")


def _quoted(value: str) -> str:
    return yaml.safe_dump(value, default_style='"', allow_unicode=True, width=_WIDE).strip()


def _value(value: str, indent: int) -> str:
    """A value behind its key, without a line end: in one line, or as a block."""
    if "\n" in value and not value.startswith((" ", "\n", "\t")) and value == value.rstrip():
        lines = (f"{' ' * (indent + 2)}{line}" if line else "" for line in value.split("\n"))
        return "|-\n" + "\n".join(lines)
    return yaml.safe_dump({"": value}, allow_unicode=True, width=_WIDE).partition(": ")[2].rstrip("\n")


def _entry(card: Mapping[str, str], indent: int) -> str:
    lines = [f"{key}: {_value(value, indent + 2)}" for key, value in card.items()]
    body = ("\n" + " " * (indent + 2)).join(lines)
    return f"{' ' * indent}- {body}\n"
