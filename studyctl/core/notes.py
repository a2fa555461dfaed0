"""What a card of the curriculum becomes in Anki: notes, as frozen values.

Anki knows *notes*, which have fields, and *cards*, which a note type makes out of them. Here
every card of a topic becomes one note of one of three note types, with the eight fields of
`FIELDS`; a cloze makes one Anki card for each gap, numbered by `ord`. How text becomes HTML
is somebody else's business: an `Html` is passed in.

Four things hold a learner's progress and never change once a deck is out: the *guid*, by which
Anki knows a note again; the ids of the note types; the order of the fields; the names of the
decks. All else may follow the curriculum.
"""

from __future__ import annotations

import hashlib
import unicodedata
from base64 import b32encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from studyctl.core.curriculum import Area, Card, Citation, Resource, Topic
from studyctl.core.text import plain

NAMESPACE = "studyctl"
BACK, EXTRA, TOPIC, SOURCE, CARD_ID = "Back", "Extra", "Topic", "Source", "CardId"


class NoteType(NamedTuple):
    """A note type of Anki: `id` and the order of `fields` never change, whatever it looks like."""

    kind: str
    id: int
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name that Anki shows."""
        return f"{NAMESPACE} {self.kind}"


def _fields(first: str) -> tuple[str, ...]:
    return first, BACK, EXTRA, TOPIC, SOURCE, CARD_ID, "Spare1", "Spare2"


NOTE_TYPES: Mapping[str, NoteType] = {
    "basic": NoteType("basic", 1_730_419_200_101, _fields("Front")),
    "cloze": NoteType("cloze", 1_730_419_200_102, _fields("Text")),
    "typed": NoteType("typed", 1_730_419_200_103, _fields("Front")),
}


class Look(NamedTuple):
    """How a note type shows its cards: the templates of both sides, and the style sheet."""

    front: str
    back: str
    css: str

    @property
    def hash(self) -> str:
        """A short hash of it."""
        return short_hash(self)


class Html(Protocol):
    """How the texts of a topic become the HTML of a field."""

    def text(self, text: str) -> str:
        """A question, an answer, a title: CommonMark with math and code."""

    def cloze(self, text: str) -> str:
        """The same with gaps, each written as Anki's cloze deletion."""

    def answer(self, text: str) -> str:
        """Plain text that Anki compares with what the learner types."""

    def source(self, title: str, where: str, url: str) -> str:
        """A place in a resource."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as Anki will see it; `ords` are the cards it makes, `position` their place among new ones."""

    id: str
    guid: str
    kind: str
    fields: tuple[str, ...]
    ords: tuple[int, ...]
    tags: tuple[str, ...]
    deck: str
    position: int

    @property
    def hash(self) -> str:
        """A short hash of the fields; it differs as soon as anything in Anki would look different."""
        return short_hash(self.fields)


def short_hash(texts: Iterable[str]) -> str:
    """Sixteen hex digits for a sequence of texts."""
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()[:16]


def guid(topic: Topic, card: Card) -> str:
    """The guid of a card's note: its own `guid:`, else made from the first id that the note ever had.

    A `was:` list is in order of age and only grows at its end, so the first id is made of the
    first entries: of the topic's list and of the card's, each standing in for the living id
    where there is none. An entry of a card's list that names a topic too, `topic/card`, is the
    whole id. So nothing that is renamed later can change a guid.
    """
    if card.guid:
        return card.guid
    first = card.was[0] if card.was else card.id
    if "/" not in first:
        first = f"{topic.was[0] if topic.was else topic.id}/{first}"
    digest = hashlib.sha256(f"{NAMESPACE}/{first}".encode()).digest()
    return b32encode(digest)[:12].decode().lower()


def deck_name(topic: Topic, areas: Mapping[str, Area]) -> str:
    """The deck of a topic: its area's `deck`, or one made of the area's title."""
    area = areas.get(topic.area)
    name = f"{NAMESPACE}::{topic.area}" if area is None else area.deck or f"{NAMESPACE}::{area.title}"
    return unicodedata.normalize("NFC", name)


def notes(
    topic: Topic,
    areas: Mapping[str, Area],
    resources: Mapping[str, Resource],
    positions: Mapping[str, int],
    html: Html,
) -> Iterator[Note]:
    """The notes of a topic, in the order of its cards; `positions` is by the id of the note.

    A card that `import` wrote belongs to a deck of its own in Anki and makes no note here.
    """
    deck = deck_name(topic, areas)
    tags = (f"{NAMESPACE}::{topic.area}::{topic.id}",)
    title = html.text(topic.title)
    for card in topic.cards:
        if card.guid and card.ord is not None:
            continue
        front, back = _sides(card, html)
        source = _source(card.source, resources, html)
        yield Note(
            id=card.note,
            guid=guid(topic, card),
            kind=card.kind,
            fields=(front, back, html.text(card.extra), title, source, card.note, "", ""),
            ords=tuple(ord_ for _, ord_ in card.cards()),
            tags=tags,
            deck=deck,
            position=positions.get(card.note, 0),
        )


def _sides(card: Card, html: Html) -> tuple[str, str]:
    if card.kind == "cloze":
        return html.cloze(card.cloze), ""
    if card.kind == "typed":
        return html.text(card.q), html.answer(plain(card.a))
    return html.text(card.q), html.text(card.a)


def _source(source: Citation | None, resources: Mapping[str, Resource], html: Html) -> str:
    if source is None:
        return ""
    resource = resources.get(source.ref)
    if resource is None:
        return html.source(source.ref, source.where, "")
    return html.source(resource.title, source.where, resource.url)
