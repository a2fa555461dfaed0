"""What happened, one fact at a time: the events of the journal.

An *event* is a fact that cannot be derived from others. It says what was done (`do`), when
(`at`, with the learner's UTC offset then), and carries the facts of its kind. All state is
told from the events (`studyctl.core.fold`, `studyctl.core.memory`); the kinds that this
version knows stand in `KINDS`, and every other kind is kept and reported, never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from studyctl.core.time import Instant, to_iso

VERSION = 1
ENVELOPE = frozenset(
    {"v", "id", "at", "offset", "batch", "do"}
)  # the keys that every event has beside its facts

KINDS: Mapping[str, str] = {
    # kind: the keys of its facts
    "reviewed": "card rating ms model",
    "reset": "card",
    "suspended": "card",
    "unsuspended": "card",
    "buried": "card until",  # until: the study day, as a date, on which it comes back
    "started": "topic",
    "stopped": "topic ended note",  # ended: when work really ended, if not at the event itself
    "done": "topic passed of",
    "known": "topic",
    "once": "topic year",
    "logged": "topic minutes",
    "corrected": "topic start ended",  # of a session: which one it is, and when it really ended
    "detoured": "topic from cause evidence box note",  # box: hours
    "returned": "topic to",  # from the detour to `topic`; without `to` it is just left
    "parked": "topic note",
    "probed": "topic card right",  # one answer of a quiz: evidence, no rating
    "place-answered": "topic card right",
    "place-said": "topic right",  # the same by one's own word
    "placed": "known unsure questions",  # known: how many topics, unsure: which
    "goal-added": "goal by value side_roads",
    "goal-dropped": "goal",
    "away": "first last",  # dates, both without study
    "away-cancelled": "first last",
    "shifted": "card answered sent",  # two moments: of an answer, and under which Anki has it instead
    "tuned": "parameters answers",  # the 21 parameters of the memory model, fitted to so many scored answers
    "practice-on": "",
    "practice-off": "",
    "eased": "topic retention by",  # by: {topic that exercises it: weight}
    "maintain-on": "minutes per years",  # per: day or week
    "maintain-off": "",
    "agreed": "note guid origin fields replaced",  # the text that a note has in Anki, by field; what gave way
    "written": "note hash",  # the rendered fields of an own or patched note changed
    "undone": "events reviews",  # reviews: [[card, at], …], so that a copy from Anki stays undone
}

NO_FACTS: Mapping[str, Any] = MappingProxyType({})


class Event(NamedTuple):
    """One fact of the journal; `at` in ms since 1970 (UTC), `offset` in minutes."""

    id: str
    at: int
    offset: int
    batch: str
    do: str
    facts: Mapping[str, Any] = NO_FACTS

    @property
    def when(self) -> Instant:
        """The moment of the event with the learner's offset."""
        return Instant(self.at, self.offset)


class Fact(NamedTuple):
    """An event that is about to be recorded: the journal gives it its id, time and batch.

    `at` is set only where a moment was given, and `offset` where the learner's UTC offset at
    that moment is known; everything else is stamped by the clock.
    """

    do: str
    facts: Mapping[str, Any]
    at: int | None = None
    id: str | None = None  # only reviews that come from Anki bring their own
    offset: int | None = None


def fact(do: str, at: int | None = None, **facts: object) -> Fact:
    """A fact of kind `do`; facts that are None are left out."""
    return Fact(do, {name: value for name, value in facts.items() if value is not None}, at)


def undone(events: Sequence[Event]) -> Fact:
    """The fact that takes these events back; answers are named by card and moment, too.

    The same answer may come back from Anki under another id, and stays undone.
    """
    reviews = [[event.facts["card"], to_iso(event.at)] for event in events if event.do == "reviewed"]
    return fact("undone", events=[event.id for event in events], reviews=reviews or None)
