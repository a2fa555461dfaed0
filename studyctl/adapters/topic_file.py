"""Topics written as files of a curriculum, new ones only: what is there is somebody's work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from studyctl.core.curriculum import Card, Topic


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, for people to read and change."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text and not text.startswith((" ", "\n")) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write(path: Path, topic: Topic, source: str) -> None:
    """Write a topic to a file that must not be there; `source` is said in a comment."""
    document = {
        "title": topic.title,
        "summary": topic.summary,
        "hours": topic.hours,
        "objectives": [{"id": one.id, "text": one.text} for one in topic.objectives],
        "cards": [_card(card) for card in topic.cards],
    }
    text = yaml.dump(
        document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )
    head = f"# From {' '.join(source.split())}. guid and ord keep each card's history; all else is yours to change.\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(head + text)


def _card(card: Card) -> dict[str, Any]:
    told: dict[str, Any] = {"id": card.id, "objective": card.objective}
    told |= {"cloze": card.cloze} if card.cloze else {"q": card.q, "a": card.a}
    if card.typed:
        told["typed"] = True
    if card.extra:
        told["extra"] = card.extra
    return told | {"guid": card.guid, "ord": card.ord or 0}
