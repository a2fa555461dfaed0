"""Light rows: what `studyctl.core.links` needs to judge a topic, and nothing else.

A light row holds the relations of a topic, each with the file that it stands in, and none of its
texts; so it differs just when a relation has changed, and thousands of them are quickly read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from studyctl.adapters.catalog_rows import Files, Packing, packed
from studyctl.core.curriculum import Card, Citation, Requirement, Topic, place_of
from studyctl.core.problems import Place

_LISTS = ("helps", "any_of", "practises", "was")


def light_row(topic: Topic, files: Files) -> str:
    """The relations of a topic, each with the number of the file that tells it."""
    places = Packing(files)

    def at(place: Place) -> int:
        return places.pack(place)[0]

    cited = {
        (one.ref, at(one.place)): None
        for one in (*topic.resources, *(card.source for card in topic.cards if card.source))
    }
    body = {
        "area": topic.area,
        "place": at(topic.place),
        "requires": [[one.topic, one.practises, at(one.place)] for one in topic.requires],
        "helps": [topic.helps, at(place_of(topic, "helps"))],
        "any_of": [topic.any_of, at(place_of(topic, "any_of"))],
        "practises": [dict(topic.practises), at(place_of(topic, "practises"))],
        "cites": [list(one) for one in cited],
        "was": [topic.was, at(place_of(topic, "was"))],
        "cards": [[card.id, card.was, at(place_of(card, "was"))] for card in topic.cards if card.was],
        "ids": [
            len(topic.cards),
            zlib.crc32("\n".join(name for card in topic.cards for name, _ in card.cards()).encode()),
        ],
    }
    return packed({"id": topic.id, "files": places.names, **body})


def light_topics(rows: Sequence[str], files: Files) -> dict[str, Topic]:
    """Topics that have relations and no texts, as `studyctl.core.links` needs them."""
    told = json.loads(f"[{','.join(rows)}]")
    return {one["id"]: _light_topic(one, files) for one in told}


def _light_topic(told: Mapping[str, Any], files: Files) -> Topic:
    where = [Place(files.long(name)) for name in told["files"]]
    (helps, *_), (any_of, *_), (practises, *_), (was, *_) = (told[key] for key in _LISTS)
    places = {key: where[told[key][1]] for key in _LISTS}
    name = told["id"]
    return Topic(
        id=name,
        area=told["area"],
        title="",
        summary="",
        hours=1.0,
        requires=tuple(Requirement(need, "", weight, where[at]) for need, weight, at in told["requires"]),
        helps=tuple(helps),
        any_of=tuple(map(tuple, any_of)),
        practises=practises,
        resources=tuple(Citation(ref, place=where[at]) for ref, at in told["cites"]),
        was=tuple(was),
        cards=tuple(Card(one, name, "", was=tuple(old), place=where[at]) for one, old, at in told["cards"]),
        place=where[told["place"]],
        places=places,
    )
