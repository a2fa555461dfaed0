"""Curriculum values as rows of the cache, and back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from studyctl.adapters.catalog_rows import Files, Packing, packed
from studyctl.core.curriculum import (
    Area,
    Card,
    Citation,
    Objective,
    Project,
    Question,
    Requirement,
    Resource,
    Section,
    Topic,
    Track,
    place_of,
)


def topic_row(topic: Topic, files: Files) -> str:
    """A topic without its cards."""
    places = Packing(files)
    body = {
        "summary": topic.summary,
        "requires": [[one.topic, one.why, one.practises, places.pack(one.place)] for one in topic.requires],
        "helps": topic.helps,
        "any_of": topic.any_of,
        "practises": dict(topic.practises),
        "objectives": [[one.id, one.text, places.pack(one.place)] for one in topic.objectives],
        "resources": [_citation(one, places) for one in topic.resources],
        "exit_test": [[one.q, one.a, one.objective, places.pack(one.place)] for one in topic.exit_test],
        "project": [topic.project.deliverable, topic.project.passed] if topic.project else None,
        "was": topic.was,
        "retired": topic.retired,
        "place": places.pack(topic.place),
    }
    return packed({"files": places.names, **body})


def topic_of(
    head: tuple[str, str, str, str, float], row: str, cards: tuple[Card, ...], files: Files
) -> Topic:
    """The topic of a row; `head` is id, area, title, kind and hours."""
    name, area, title, kind, hours = head
    told = json.loads(row)
    places = Packing(files, told["files"])
    return Topic(
        id=name,
        area=area,
        title=title,
        summary=told["summary"],
        hours=hours,
        kind=kind,
        requires=tuple(
            Requirement(need, why, weight, places.unpack(at)) for need, why, weight, at in told["requires"]
        ),
        helps=tuple(told["helps"]),
        any_of=tuple(map(tuple, told["any_of"])),
        practises=told["practises"],
        objectives=tuple(Objective(one, text, places.unpack(at)) for one, text, at in told["objectives"]),
        resources=tuple(_to_citation(one, places) for one in told["resources"]),
        exit_test=tuple(
            Question(q, a, objective, places.unpack(at)) for q, a, objective, at in told["exit_test"]
        ),
        project=Project(*told["project"]) if told["project"] else None,
        was=tuple(told["was"]),
        retired=tuple(told["retired"]),
        cards=cards,
        place=places.unpack(told["place"]),
    )


def _citation(one: Citation, places: Packing) -> list[Any]:
    return [one.ref, one.where, one.role, places.pack(one.place)]


def _to_citation(told: Sequence[Any], places: Packing) -> Citation:
    ref, where, role, at = told
    return Citation(ref, where, role, places.unpack(at))


def card_row(card: Card, files: Files) -> str:
    """A card with all its texts."""
    places = Packing(files)
    body = {
        "objective": card.objective,
        "q": card.q,
        "a": card.a,
        "cloze": card.cloze,
        "typed": card.typed,
        "extra": card.extra,
        "source": _citation(card.source, places) if card.source else None,
        "verify": card.verify,
        "was": card.was,
        "guid": card.guid,
        "ord": card.ord,
        "place": places.pack(card.place),
    }
    return packed({"files": places.names, **body})


def card_of(note: str, row: str, files: Files) -> Card:
    """The card of a row."""
    topic, _, name = note.partition("/")
    told = json.loads(row)
    places = Packing(files, told.pop("files"))
    source = told.pop("source")
    return Card(
        id=name,
        topic=topic,
        source=_to_citation(source, places) if source else None,
        was=tuple(told.pop("was")),
        place=places.unpack(told.pop("place")),
        **told,
    )


def track_row(track: Track, files: Files) -> str:
    """A track."""
    places = Packing(files)
    body = {
        "title": track.title,
        "summary": track.summary,
        "for_whom": track.for_whom,
        "source": track.source,
        "begin": track.begin,
        "sections": [[one.title, one.topics, one.optional] for one in track.sections],
        "place": places.pack(track.place),
        # another file may have told the sections
        "sections_place": places.pack(place_of(track, "sections")),
    }
    return packed({"files": places.names, **body})


def track_of(name: str, row: str, files: Files) -> Track:
    """The track of a row; its topics stand where its sections stand."""
    told = json.loads(row)
    places = Packing(files, told.pop("files"))
    where = places.unpack(told.pop("sections_place"))
    sections = tuple(
        Section(title, tuple(topics), tuple(optional)) for title, topics, optional in told.pop("sections")
    )
    place = places.unpack(told.pop("place"))
    return Track(id=name, sections=sections, place=place, places={"sections": where}, **told)


def area_row(area: Area, files: Files) -> str:
    """An area."""
    places = Packing(files)
    at = places.pack(area.place)
    return packed([places.names, area.title, area.colour, area.deck, at])


def area_of(name: str, row: str, files: Files) -> Area:
    """The area of a row."""
    names, title, colour, deck, at = json.loads(row)
    return Area(name, title, colour, deck, Packing(files, names).unpack(at))


def resource_row(resource: Resource, files: Files) -> str:
    """A resource."""
    places = Packing(files)
    at = places.pack(resource.place)
    told = [resource.title, resource.authors, resource.year, resource.kind, resource.url, resource.access]
    return packed([places.names, *told, resource.note, at])


def resource_of(key: str, row: str, files: Files) -> Resource:
    """The resource of a row."""
    names, title, authors, year, kind, url, access, note, at = json.loads(row)
    place = Packing(files, names).unpack(at)
    return Resource(key, title, authors, year, kind, url, access, note, place)
