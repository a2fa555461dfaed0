"""Writing what the catalog serves: the rows of topics with their cards, of tracks, areas and resources."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from studyctl.adapters import catalog_values as values
from studyctl.adapters.catalog_rows import Files, packed
from studyctl.adapters.curriculum_folder import Group
from studyctl.core import renames
from studyctl.core.curriculum import Curriculum, Topic
from studyctl.core.notes import guid


def serve_topic(db: sqlite3.Connection, files: Files, name: str, topic: Topic | None) -> None:
    """Write the topic `name` with its cards in the place of what stood there; None takes it away."""
    for table in ("note", "card", "earlier"):
        db.execute(f"DELETE FROM {table} WHERE topic = ?", (name,))
    first = db.execute("SELECT first FROM topic WHERE id = ?", (name,)).fetchone()
    db.execute("DELETE FROM topic WHERE id = ?", (name,))
    if topic is None:
        return
    cards = [(card, one, number) for card in topic.cards for one, number in card.cards()]
    relations = [[need.topic for need in topic.requires], topic.any_of, topic.helps, topic.weights]
    db.execute(
        "INSERT INTO topic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            topic.area,
            topic.title,
            topic.kind,
            topic.hours,
            len(cards),
            first[0] if first else 0,
            packed(relations),
            values.topic_row(topic, files),
        ),
    )
    db.executemany(
        "INSERT INTO note VALUES (?, ?, ?, ?)",
        [(card.note, name, at, values.card_row(card, files)) for at, card in enumerate(topic.cards)],
    )
    guids = {card.id: guid(topic, card) for card in topic.cards}
    db.executemany(
        "INSERT INTO card VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (one, name, card.note, number, guids[card.id], card.kind, at)
            for at, (card, one, number) in enumerate(cards)
        ],
    )
    told = [("topic", old, name) for old in topic.was]
    told += [("card", old, new) for old, new in renames.earlier_cards(topic)]
    db.executemany("INSERT OR REPLACE INTO earlier VALUES (?, ?, ?, ?)", [(*one, name) for one in told])


def serve_shelf(db: sqlite3.Connection, files: Files, group: Group, curriculum: Curriculum) -> None:
    """Write a track, all areas or all resources in the place of what stood there."""
    kind, name = group
    told: Iterable[tuple[str, str]]
    if kind == "track":
        db.execute("DELETE FROM shelf WHERE kind = 'track' AND id = ?", (name,))
        told = [(one, values.track_row(track, files)) for one, track in curriculum.tracks.items()]
    elif kind == "areas":
        db.execute("DELETE FROM shelf WHERE kind = 'areas'")
        told = [(one, values.area_row(area, files)) for one, area in curriculum.areas.items()]
    else:
        db.execute("DELETE FROM shelf WHERE kind = 'resources'")
        told = [(key, values.resource_row(one, files)) for key, one in curriculum.resources.items()]
    db.executemany(
        "INSERT INTO shelf VALUES (?, ?, ?, ?)", [(kind, one, at, row) for at, (one, row) in enumerate(told)]
    )
