"""What can be learned: areas, topics, cards, tracks and resources, as frozen values.

A *topic* is one thing to learn. It *requires* other topics (hard prerequisites), may be
*helped* by some, accepts *any of* a few alternatives, and *practises* others while one works
on it. Its *objectives* say what one can do at its end, its *exit test* tells whether one can,
its *cards* keep it. A *track* is a named path over topics, an *area* a field they belong to,
a *resource* a text that topics point to.

Values know their `place`, so that every message can point into the file they came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studyctl.core.problems import Place
from studyctl.core.text import gaps

NOWHERE = Place("")
NOTHING: Mapping[str, float] = MappingProxyType({})
PLACES: Mapping[str, Place] = MappingProxyType({})  # of single keys: {"a": …, "helps.0": …}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A hard prerequisite: the topic, why it is needed, and how far work here exercises it (0..1)."""

    topic: str
    why: str = ""
    practises: float = 0.0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Objective:
    """Something checkable that one can do at the end of a topic."""

    id: str
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a resource: its key, the chapter or section, and `core` or `extra`."""

    ref: str
    where: str = ""
    role: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Question:
    """A question of an exit test with its answer."""

    q: str
    a: str
    objective: str = ""
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=lambda: PLACES, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Card:
    """A note of a topic: a question with its answer, or a cloze with one card for each gap."""

    id: str
    topic: str
    objective: str
    q: str = ""
    a: str = ""
    cloze: str = ""
    typed: bool = False
    extra: str = ""
    source: Citation | None = None
    verify: str = ""
    was: tuple[str, ...] = ()
    guid: str = ""  # only on cards that `import` wrote
    ord: int | None = None
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=lambda: PLACES, compare=False, repr=False)

    @property
    def note(self) -> str:
        """The note's id, `topic/card`."""
        return f"{self.topic}/{self.id}"

    @property
    def kind(self) -> str:
        """``basic``, ``cloze`` or ``typed``: the note type that shows it."""
        return "cloze" if self.cloze else "typed" if self.typed else "basic"

    def cards(self) -> Iterator[tuple[str, int]]:
        """The ids of the cards that this note makes, each with its `ord` in Anki."""
        if not self.cloze:
            yield self.note, self.ord or 0
            return
        for number in sorted(int(name[1:]) for name in gaps(self.cloze)):
            yield f"{self.note}.c{number}", number - 1


@dataclass(frozen=True, slots=True)
class Project:
    """What a project leaves behind, and the mark at which it has succeeded."""

    deliverable: str
    passed: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to learn."""

    id: str
    area: str
    title: str
    summary: str
    hours: float
    kind: str = "concept"  # concept, reading, project
    requires: tuple[Requirement, ...] = ()
    helps: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    practises: Mapping[str, float] = field(default_factory=lambda: NOTHING)  # beside those of `requires`
    objectives: tuple[Objective, ...] = ()
    resources: tuple[Citation, ...] = ()
    exit_test: tuple[Question, ...] = ()
    project: Project | None = None
    was: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=lambda: PLACES, compare=False, repr=False)

    @property
    def weights(self) -> dict[str, float]:
        """Every topic that work on this one exercises, with its weight in 0..1."""
        told = {need.topic: need.practises for need in self.requires if need.practises}
        return told | dict(self.practises)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a track: topics in the order in which they are best met, and side roads."""

    title: str
    topics: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """A named path over topics; `begin` is ``place`` when it starts with placement."""

    id: str
    title: str
    summary: str = ""
    for_whom: str = ""
    source: str = ""
    begin: str = ""
    sections: tuple[Section, ...] = ()
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=lambda: PLACES, compare=False, repr=False)

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of its sections in order, side roads left out."""
        return tuple(dict.fromkeys(topic for part in self.sections for topic in part.topics))


@dataclass(frozen=True, slots=True)
class Area:
    """A field of knowledge; `deck` is the name of its Anki deck and never changes."""

    id: str
    title: str
    colour: str = ""
    deck: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Resource:
    """A book, course, paper or page that topics point to."""

    key: str
    title: str
    authors: str = ""
    year: int | None = None
    kind: str = ""
    url: str = ""
    access: str = ""  # free, registration, paid
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Curriculum:
    """All that can be learned, by id, each in the order of its files."""

    topics: Mapping[str, Topic] = field(default_factory=dict)
    tracks: Mapping[str, Track] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)

    def cards(self) -> Iterator[Card]:
        """Every note of every topic."""
        for topic in self.topics.values():
            yield from topic.cards


DECKS = "studyctl::"  # how the name of every deck begins


def title_of(name: str) -> str:
    """A title made of an id: ``linear-algebra`` becomes ``Linear algebra``."""
    return name.replace("-", " ").capitalize()


def untold_area(name: str) -> Area:
    """An area that only its topics name."""
    return Area(name, title_of(name), deck=f"{DECKS}{title_of(name)}")


def place_of(value: Question | Card | Topic | Track, key: str) -> Place:
    """Where a key (``helps``) or an item of it (``helps.0``) stands, as far as that is known."""
    return value.places.get(key) or value.places.get(key.partition(".")[0]) or value.place
