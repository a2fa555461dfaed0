"""From what single files say to topics, tracks, areas and resources; patches are applied here.

An *entry* is a record as one file tells it: values by key, each with its place, and the keys
that could not be read (`broken`), which are somebody's problem already. A topic is made of one
or more entries: the last whole one counts, and the *patches* behind it change the keys and
cards that they name. Areas, resources and tracks are told key by key, a later entry over an
earlier one. Completeness is judged when everything is put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from studyctl.core import format as said
from studyctl.core.curriculum import (
    DECKS,
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
    title_of,
)
from studyctl.core.problems import Level, Place, Problem, did_you_mean, nearest, quoted


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as one file tells it; `places` has a line for each key and list item (``helps.0``)."""

    place: Place
    values: Mapping[str, Any]
    places: Mapping[str, Place]
    broken: frozenset[str] = frozenset()

    def get(self, key: str, default: Any = None) -> Any:
        """The value of a key, or `default` where it is not told or could not be read."""
        return self.values.get(key, default)

    def at(self, key: str) -> Place:
        """Where a key stands; where the entry stands if it has no such key."""
        return self.places.get(key, self.place)


def overlaid(under: Entry, over: Entry) -> Entry:
    """The entry `under` with every key that `over` names told anew."""
    named = set(over.values) | over.broken
    kept = {key: place for key, place in under.places.items() if key.partition(".")[0] not in named}
    return Entry(
        under.place,
        {**under.values, **over.values},
        {**kept, **over.places},
        (under.broken - set(over.values)) | (over.broken - set(under.values)),
    )


def missing(entry: Entry, record: said.Record, what: str) -> Iterator[Problem]:
    """The required keys that nobody has told."""
    for key in record.required:
        if key not in entry.values and key not in entry.broken:
            yield Problem(entry.place, Level.ERROR, f"{what} has no {key}", f"add {key}:", "missing")


class Telling(NamedTuple):
    """What one file tells of a topic: the number of its root, the area of its folder, its entry."""

    root: int
    area: str
    entry: Entry


def whole_topic(name: str, tellings: Sequence[Telling], problems: list[Problem]) -> Topic | None:
    """The topic `name` out of all that tell of it, the earliest first; None without a whole one."""
    whole: Telling | None = None
    early: list[Entry] = []  # patches of what only a later folder has
    for telling in tellings:
        entry = telling.entry
        if entry.get("patch"):
            if whole is None:
                early.append(entry)
            else:
                whole = whole._replace(entry=_patched(whole.entry, entry, problems))
        elif whole is not None and whole.root == telling.root:
            what = f"the topic {name!r} stands in two files, first in {whole.entry.place.file}"
            fix = "keep one of them, or give one another name"
            problems.append(Problem(entry.place, Level.ERROR, what, fix, "duplicate-id"))
        else:
            whole = telling
    if whole is None:
        return None
    what = f"patches {name!r}, which only a later folder has, and has no effect"
    fix = "name this folder after that one"
    problems += (Problem(patch.at("patch"), Level.WARNING, what, fix, "patch") for patch in early)
    return topic_of(name, whole.area, whole.entry, problems)


def stray_patch(name: str, patch: Entry, known: Iterable[str]) -> Problem:
    """What is wrong with a patch of a topic that no curriculum has."""
    guess = did_you_mean(nearest(name, (one for one in known if one != name)))
    what = f"patches {name!r}, which no curriculum has{guess}"
    return Problem(
        patch.at("patch"), Level.ERROR, what, "" if guess else "without patch: true it is a topic", "patch"
    )


def _patched(under: Entry, patch: Entry, problems: list[Problem]) -> Entry:
    cards = {card.get("id"): card for card in under.get("cards", ())}
    known = sorted(map(str, cards))
    for card in patch.get("cards", ()):
        name = card.get("id")
        if card.get("drop"):
            if name not in cards:
                guess = did_you_mean(nearest(str(name), known))
                what = f"drops card {name!r}, which this topic does not have{guess}"
                problems.append(Problem(card.place, Level.WARNING, what, "", "patch"))
            cards.pop(name, None)
        elif name not in cards and not {"q", "a", "cloze"} & {*card.values, *card.broken}:
            guess = did_you_mean(nearest(str(name), known))
            what = f"changes card {name!r}, which this topic does not have{guess}"
            problems.append(Problem(card.place, Level.ERROR, what, "", "patch"))
        elif name in cards:
            cards[name] = overlaid(_other_form_left(cards[name], card), card)
        else:
            cards[name] = card
    whole = overlaid(under, patch)
    return Entry(whole.place, {**whole.values, "cards": tuple(cards.values())}, whole.places, whole.broken)


def _other_form_left(under: Entry, over: Entry) -> Entry:
    """A card that becomes a cloze has no q and a any more, and the other way round."""
    gone = (
        {"q", "a", "typed"}
        if "cloze" in over.values
        else {"cloze"}
        if {"q", "a"} & set(over.values)
        else set()
    )
    return Entry(
        under.place,
        {key: value for key, value in under.values.items() if key not in gone},
        {key: place for key, place in under.places.items() if key not in gone},
        under.broken - gone,
    )


def topic_of(name: str, area: str, entry: Entry, problems: list[Problem]) -> Topic:
    """The topic that an entry tells of; what it lacks is reported, and stands empty."""
    problems += missing(entry, said.TOPIC, "the topic")
    for told in entry.get("cards", ()):
        if told.get("drop"):
            what = "drop: true stands in a file that is no patch"
            problems.append(Problem(told.at("drop"), Level.ERROR, what, "leave the card out", "patch"))
    cards = tuple(card for told in entry.get("cards", ()) if (card := _card(name, told, problems)))
    project = entry.get("project")
    return Topic(
        id=name,
        area=area,
        title=entry.get("title", name),
        summary=entry.get("summary", ""),
        hours=float(entry.get("hours", 1.0)),
        kind=entry.get("kind", "concept"),
        requires=tuple(
            Requirement(
                one.get("topic"), one.get("why", ""), float(one.get("practises", 0.0)), one.at("topic")
            )
            for one in _whole(entry.get("requires", ()), said.REQUIREMENT)
        ),
        helps=entry.get("helps", ()),
        any_of=tuple(group for group in entry.get("any_of", ()) if group),
        practises={key: float(weight) for key, weight in entry.get("practises", {}).items()},
        objectives=tuple(
            Objective(one.get("id"), one.get("text"), one.place)
            for one in _whole(entry.get("objectives", ()), said.OBJECTIVE)
        ),
        resources=tuple(_citation(one) for one in _whole(entry.get("resources", ()), said.CITATION)),
        exit_test=tuple(
            Question(one.get("q"), one.get("a"), one.get("objective", ""), one.place, one.places)
            for one in _whole(entry.get("exit_test", ()), said.QUESTION)
        ),
        project=Project(project.get("deliverable"), project.get("pass"))
        if project is not None and not _lacks(project, said.PROJECT)
        else None,
        was=entry.get("was", ()),
        retired=entry.get("retired", ()),
        cards=cards,
        place=entry.place,
        places=entry.places,
    )


def _card(topic: str, entry: Entry, problems: list[Problem]) -> Card | None:
    problems += missing(entry, said.CARD, "the card")
    if "id" not in entry.values:
        return None
    source = entry.get("source")
    return Card(
        id=entry.get("id"),
        topic=topic,
        objective=entry.get("objective", ""),
        q=entry.get("q", ""),
        a=entry.get("a", ""),
        cloze=entry.get("cloze", ""),
        typed=entry.get("typed", False),
        extra=entry.get("extra", ""),
        source=_citation(source) if source is not None and not _lacks(source, said.SOURCE) else None,
        verify=entry.get("verify", ""),
        was=entry.get("was", ()),
        guid=entry.get("guid", ""),
        ord=int(entry.get("ord")) if "ord" in entry.values else None,
        place=entry.place,
        places=entry.places,
    )


def _citation(entry: Entry) -> Citation:
    return Citation(entry.get("ref"), entry.get("where", ""), entry.get("role", ""), entry.at("ref"))


def _lacks(entry: Entry, record: said.Record) -> bool:
    return any(key not in entry.values for key in record.required)


def _whole(entries: Iterable[Entry], record: said.Record) -> Iterator[Entry]:
    return (entry for entry in entries if not _lacks(entry, record))


def track_of(name: str, entry: Entry, problems: list[Problem]) -> Track:
    """The track that an entry tells of."""
    problems += missing(entry, said.TRACK, "the track")
    return Track(
        id=name,
        title=entry.get("title", name),
        summary=entry.get("summary", ""),
        for_whom=entry.get("for_whom", ""),
        source=entry.get("source", ""),
        begin=entry.get("begin", ""),
        sections=tuple(
            Section(one.get("title", ""), one.get("topics", ()), one.get("optional", ()))
            for one in entry.get("sections", ())
        ),
        place=entry.place,
        places={
            **entry.places,
            **{
                f"sections.{number}.{key}": place
                for number, one in enumerate(entry.get("sections", ()))
                for key, place in one.places.items()
            },
        },
    )


def area_of(name: str, entry: Entry, problems: list[Problem]) -> Area:
    """The area that an entry tells of; a deck with a name that none may have has no effect."""
    problems += missing(entry, said.AREA, f"the area {name}")
    title = entry.get("title", title_of(name))
    deck = entry.get("deck", "")
    if deck and not _is_deck(deck):
        wrong = "has a part without a name" if deck.startswith(DECKS) else f"does not begin with {DECKS!r}"
        what = f"the deck {quoted(deck)} {wrong}"
        problems.append(Problem(entry.at("deck"), Level.ERROR, what, f"name it '{DECKS}{title}'", "deck"))
        deck = ""
    return Area(name, title, entry.get("colour", ""), deck or f"{DECKS}{title}", entry.place)


def _is_deck(name: str) -> bool:
    return name.startswith(DECKS) and all(part.strip() for part in name.split("::"))


def resource_of(key: str, entry: Entry, problems: list[Problem]) -> Resource:
    """The resource `key` that an entry tells of."""
    problems += missing(entry, said.RESOURCE, f"the resource {key}")
    return Resource(
        key=key,
        title=entry.get("title", key),
        authors=entry.get("authors", ""),
        year=int(entry.get("year")) if "year" in entry.values else None,
        kind=entry.get("kind", ""),
        url=entry.get("url", ""),
        access=entry.get("access", ""),
        note=entry.get("note", ""),
        place=entry.place,
    )
