"""What the files of a curriculum may say: one table that the loader, `check` and editors share.

Each file is a *record*: keys, each with the *shape* of its value. The loader reads by these
shapes, `check` names what does not fit them, and `studyctl.core.schema` turns them into a JSON
Schema; so the three can never disagree. Rules that need more than one value (an id that must
exist, a weight that must not be repeated) are in `studyctl.core.checks`.

Words: a *loose* text is one whose wrong form is only a warning and whose value is dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from studyctl.core.ids import ID
from studyctl.core.text import URL

LONGEST_TOPIC = 300  # hours; more than that is several topics
LONGEST_TEXT = 20_000  # characters; nobody reads more at once, and every check of a text stays quick
KINDS = ("concept", "reading", "project")
ROLES = ("core", "extra")
ACCESS = ("free", "registration", "paid")


@dataclass(frozen=True, slots=True)
class Text:
    """Text; of `choices` if there are any, matching the whole `pattern` if there is one.

    `wanted` says in words what the pattern wants, `rule` names the rule that it breaks.
    """

    choices: tuple[str, ...] = ()
    pattern: str = ""
    wanted: str = ""
    rule: str = "type"
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`; `above` leaves `low` itself out; `whole` allows no fraction."""

    low: float
    high: float
    above: bool = False
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether the value lies in the range; what is not a number does not."""
        return self.low <= value <= self.high and not (self.above and value == self.low)

    def __str__(self) -> str:
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} {'above' if self.above else 'from'} {self.low:g} {'up ' if self.above else ''}to {self.high:g}"


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of at least `least` values of one shape."""

    item: Shape
    least: int = 0


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map from names that the author chooses to values of one shape."""

    value: Shape
    key: Text = Text()


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: the shape of its value, and a sentence for the author."""

    shape: Shape
    help: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A map with known keys; `merged` ones may be told in pieces, so that only the whole is complete."""

    name: str
    keys: Mapping[str, Key]
    merged: bool = False
    required: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        needed = tuple(name for name, key in self.keys.items() if key.required)
        object.__setattr__(self, "required", needed)


Shape: TypeAlias = Text | Number | Flag | Listed | Mapped | Record

TEXT = Text()
IDENTIFIER = Text(
    pattern=ID.pattern, wanted="small letters, digits and single hyphens, such as chain-rule", rule="bad-id"
)
GONE = Text(
    pattern=rf"{ID.pattern}(?:\.c[1-9][0-9]*)?",
    wanted="the id of a card, such as statement or leibniz.c2",
    rule="bad-id",
)
EARLIER_CARD = Text(
    pattern=rf"(?:{ID.pattern}/)?{ID.pattern}",
    wanted="an earlier id, such as chain or derivatives/chain",
    rule="bad-id",
)
COLOUR = Text(pattern="#[0-9a-fA-F]{6}", wanted="written as '#rrggbb'", rule="colour", loose=True)
LINK = Text(
    pattern=URL.pattern, wanted="an address that begins with https:// or http://", rule="url", loose=True
)
WEIGHT = Number(0, 1)
IDS = Listed(TEXT)

CITATION = Record(
    "citation",
    {
        "ref": Key(TEXT, "Key of a resource in resources.yaml.", required=True),
        "where": Key(TEXT, "Chapter or section, by its title."),
        "role": Key(Text(choices=ROLES), "core: the text to work through; extra: another view."),
    },
)
SOURCE = Record("source", {name: CITATION.keys[name] for name in ("ref", "where")})
REQUIREMENT = Record(
    "requirement",
    {
        "topic": Key(TEXT, "Id of a topic that must be learnt first.", required=True),
        "why": Key(TEXT, "What of it is needed here."),
        "practises": Key(WEIGHT, "How far work on this topic also exercises that one, 0 to 1."),
    },
)
OBJECTIVE = Record(
    "objective",
    {
        "id": Key(IDENTIFIER, "Id, unique in this topic.", required=True),
        "text": Key(TEXT, "Something checkable that one can do at the end.", required=True),
    },
)
QUESTION = Record(
    "question",
    {
        "q": Key(TEXT, "The question.", required=True),
        "a": Key(TEXT, "Its answer.", required=True),
        "objective": Key(TEXT, "Id of the objective that it tests."),
    },
)
PROJECT = Record(
    "project",
    {
        "deliverable": Key(TEXT, "What exists at the end.", required=True),
        "pass": Key(TEXT, "The mark at which it has succeeded.", required=True),
    },
)
CARD = Record(
    "card",
    {
        "id": Key(IDENTIFIER, "Id, unique in this topic, stable for ever.", required=True),
        "objective": Key(TEXT, "Id of the objective that it keeps.", required=True),
        "q": Key(TEXT, "The question; CommonMark with $math$."),
        "a": Key(TEXT, "The answer."),
        "cloze": Key(TEXT, "A text with gaps {{c1::…}}, instead of q and a."),
        "typed": Key(Flag(), "The answer is typed in."),
        "extra": Key(TEXT, "Small print under the answer."),
        "source": Key(SOURCE, "Where it comes from."),
        "verify": Key(TEXT, "Python that recomputes the answer; run by the project's own tests only."),
        "was": Key(Listed(EARLIER_CARD), "Earlier ids, the oldest first; its history follows."),
        "guid": Key(TEXT, "Written by import: the note in the deck it came from."),
        "ord": Key(Number(0, 9_999, whole=True), "Written by import: the template in that note type."),
        "drop": Key(Flag(), "In a patch: take this card away."),
    },
    merged=True,
)
TOPIC = Record(
    "topic",
    {
        "patch": Key(Flag(), "Change only the keys and cards named here of a topic in an earlier folder."),
        "title": Key(TEXT, "Name of the topic.", required=True),
        "summary": Key(TEXT, "Two sentences: what it is, what one can do with it.", required=True),
        "hours": Key(Number(0, LONGEST_TOPIC, above=True), "Hours of study, reviews apart.", required=True),
        "kind": Key(Text(choices=KINDS), "concept if not given."),
        "requires": Key(Listed(REQUIREMENT), "What must be learnt first."),
        "helps": Key(IDS, "Ids of topics that are useful before, but never block."),
        "any_of": Key(Listed(Listed(TEXT, least=1)), "Lists of topic ids; of each list one is enough."),
        "practises": Key(
            Mapped(WEIGHT), "Topics exercised here without being required, with weights 0 to 1."
        ),
        "objectives": Key(Listed(OBJECTIVE), "What one can do at the end."),
        "resources": Key(Listed(CITATION), "What to read, watch or work through."),
        "exit_test": Key(Listed(QUESTION), "Questions that tell whether one can go on."),
        "project": Key(PROJECT, "What a topic of kind project leaves behind."),
        "was": Key(Listed(IDENTIFIER), "Earlier ids of this topic, the oldest first; its history follows."),
        "retired": Key(Listed(GONE), "Ids of cards that are gone for good."),
        "cards": Key(Listed(CARD), "What keeps the topic in memory."),
    },
    merged=True,
)
SECTION = Record(
    "section",
    {
        "title": Key(TEXT, "Name of the stretch.", required=True),
        "topics": Key(IDS, "Topic ids in the order in which they are best met."),
        "optional": Key(IDS, "Side roads."),
    },
)
TRACK = Record(
    "track",
    {
        "title": Key(TEXT, "Name of the track.", required=True),
        "summary": Key(TEXT, "Where it leads."),
        "for_whom": Key(TEXT, "Who it is for."),
        "source": Key(TEXT, "What it follows."),
        "begin": Key(Text(choices=("place",)), "place: begin with placement."),
        "sections": Key(Listed(SECTION), "Its stretches."),
    },
    merged=True,
)
AREA = Record(
    "area",
    {
        "title": Key(TEXT, "Name of the area.", required=True),
        "colour": Key(COLOUR, "'#rrggbb'."),
        "deck": Key(TEXT, "Name of its Anki deck, studyctl::…; never changed."),
    },
    merged=True,
)
RESOURCE = Record(
    "resource",
    {
        "title": Key(TEXT, "Title of the book, course, paper or page.", required=True),
        "authors": Key(TEXT, "Who made it."),
        "year": Key(Number(-3000, 2200, whole=True), "Year of the edition meant."),
        "kind": Key(TEXT, "book, course, paper, video, page, …"),
        "url": Key(LINK, "Where it is."),
        "access": Key(Text(choices=ACCESS), "What it takes to read it."),
        "note": Key(TEXT, "Edition, or anything else."),
    },
    merged=True,
)
AREAS = Mapped(AREA, key=IDENTIFIER)
RESOURCES = Mapped(RESOURCE)
