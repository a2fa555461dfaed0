"""Curriculum values as rows of the cache: JSON texts, and back.

A place is kept as `[file, line, column]`, where `file` counts the files of its row and each
file is named by the number of its root and its path in it; so a row says nothing about where
the roots are. A row that cannot be read back raises Damaged, whatever is wrong with it.

A *light* row holds only what `studyctl.core.links` needs to judge a topic: its relations, with
the file that each stands in, and none of its texts.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
from studyctl.core.problems import Place


class Damaged(Exception):  # noqa: N818 - it is about the row, and handled where it is read
    """A row of the cache is not what this version wrote."""


@contextmanager
def reading() -> Iterator[None]:
    """Whatever goes wrong inside is the row's fault."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Damaged(str(error)) from error


def packed(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> Any:
    """What `packed` was given."""
    return json.loads(text)


@dataclass(frozen=True, slots=True)
class Files:
    """The names of files in rows: the number of the root and the path in it."""

    roots: Sequence[Path]

    def short(self, file: str) -> str:
        """``0/topics/calculus/limits.yaml``."""
        for number, root in enumerate(self.roots):
            prefix = f"{root}/"
            if file.startswith(prefix):
                return f"{number}/{file.removeprefix(prefix)}"
        return f"-/{file}"

    def long(self, name: str) -> str:
        """The file as problems name it."""
        number, _, path = name.partition("/")
        return path if number == "-" else f"{self.roots[int(number)]}/{path}"


class _Packing:
    """Places of one row."""

    def __init__(self, files: Files, told: Sequence[str] = ()) -> None:
        self.files = files
        self.names = list(told)
        self._long = [files.long(name) for name in told]
        self._number: dict[str, int] = {}

    def pack(self, place: Place) -> list[int]:
        number = self._number.get(place.file)
        if number is None:
            number = self._number[place.file] = len(self.names)
            self.names.append(self.files.short(place.file))
        return [number, place.line, place.column]

    def unpack(self, told: Sequence[int]) -> Place:
        return Place(self._long[told[0]], told[1], told[2])


def topic_row(topic: Topic, files: Files) -> str:
    """A topic without its cards."""
    places = _Packing(files)
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
    places = _Packing(files, told["files"])
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


def _citation(one: Citation, places: _Packing) -> list[Any]:
    return [one.ref, one.where, one.role, places.pack(one.place)]


def _to_citation(told: Sequence[Any], places: _Packing) -> Citation:
    ref, where, role, at = told
    return Citation(ref, where, role, places.unpack(at))


def card_row(card: Card, files: Files) -> str:
    """A card with all its texts."""
    places = _Packing(files)
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
    places = _Packing(files, told.pop("files"))
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
    places = _Packing(files)
    body = {
        "title": track.title,
        "summary": track.summary,
        "for_whom": track.for_whom,
        "source": track.source,
        "begin": track.begin,
        "sections": [[one.title, one.topics, one.optional] for one in track.sections],
        "place": places.pack(track.place),
        # the files of the sections; a patch may have told them
        "sections_place": places.pack(place_of(track, "sections")),
    }
    return packed({"files": places.names, **body})


def track_of(name: str, row: str, files: Files) -> Track:
    """The track of a row; its topics stand where its sections stand."""
    told = json.loads(row)
    places = _Packing(files, told.pop("files"))
    where = places.unpack(told.pop("sections_place"))
    sections = tuple(
        Section(title, tuple(topics), tuple(optional)) for title, topics, optional in told.pop("sections")
    )
    items = {
        f"sections.{number}.{key}.{at}": where
        for number, one in enumerate(sections)
        for key, names in (("topics", one.topics), ("optional", one.optional))
        for at in range(len(names))
    }
    return Track(id=name, sections=sections, place=places.unpack(told.pop("place")), places=items, **told)


def area_row(area: Area, files: Files) -> str:
    """An area."""
    places = _Packing(files)
    at = places.pack(area.place)
    return packed([places.names, area.title, area.colour, area.deck, at])


def area_of(name: str, row: str, files: Files) -> Area:
    """The area of a row."""
    names, title, colour, deck, at = json.loads(row)
    return Area(name, title, colour, deck, _Packing(files, names).unpack(at))


def resource_row(resource: Resource, files: Files) -> str:
    """A resource."""
    places = _Packing(files)
    at = places.pack(resource.place)
    told = [resource.title, resource.authors, resource.year, resource.kind, resource.url, resource.access]
    return packed([places.names, *told, resource.note, at])


def resource_of(key: str, row: str, files: Files) -> Resource:
    """The resource of a row."""
    names, title, authors, year, kind, url, access, note, at = json.loads(row)
    place = _Packing(files, names).unpack(at)
    return Resource(key, title, authors, year, kind, url, access, note, place)


def light_row(topic: Topic, files: Files) -> str:
    """The relations of a topic, each with the number of the file that tells it."""
    places = _Packing(files)

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
    places: dict[str, Place] = {}
    lists: dict[str, Any] = {}
    for key in ("helps", "any_of", "practises", "was"):
        lists[key], number = told[key]
        names: Callable[[], Any] = lists[key].keys if key == "practises" else lambda: range(len(lists[key]))  # noqa: B023
        places |= {f"{key}.{name}": where[number] for name in names()}
    for number, group in enumerate(lists["any_of"]):
        places |= {f"any_of.{number}.{at}": places[f"any_of.{number}"] for at in range(len(group))}
    name = told["id"]
    return Topic(
        id=name,
        area=told["area"],
        title="",
        summary="",
        hours=1.0,
        requires=tuple(Requirement(need, "", weight, where[at]) for need, weight, at in told["requires"]),
        helps=tuple(lists["helps"]),
        any_of=tuple(map(tuple, lists["any_of"])),
        practises=lists["practises"],
        resources=tuple(Citation(ref, place=where[at]) for ref, at in told["cites"]),
        was=tuple(lists["was"]),
        cards=tuple(Card(one, name, "", was=tuple(was), place=where[at]) for one, was, at in told["cards"]),
        place=where[told["place"]],
        places=places,
    )
