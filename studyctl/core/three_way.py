"""The three-way compare: our text, the text in Anki, and the text last agreed between them.

Whoever changed a field since the agreement is right about it. What only we changed is sent; what
only the person changed in Anki is an *edit*, and kept; what both changed, and not to the same, is a
*conflict*, and nobody but the person can settle it. So it is, too, where nothing was ever agreed
and no rule can tell whose text is the newer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from studyctl.core.events import Event, Fact, fact
from studyctl.core.notes import Note, short_hash
from studyctl.core.stamps import SECOND, Stamp, since
from studyctl.core.there import NoteThere


class Agreed(NamedTuple):
    """What was last agreed of a note: its id then, the curriculum folder that it came from, its text."""

    note: str
    origin: str
    fields: Mapping[str, str]


class Verdict(Enum):
    """Who changed a field since it was agreed."""

    SAME = "same"
    OURS = "ours"
    EDIT = "edit"
    CONFLICT = "conflict"


class Field(NamedTuple):
    """A field in which we and Anki differ; `agreed` is None where nothing is known of an agreement."""

    name: str
    ours: str
    theirs: str
    agreed: str | None

    @property
    def verdict(self) -> Verdict:
        """Who changed it."""
        if self.ours == self.theirs:
            return Verdict.SAME
        if self.agreed == self.theirs:
            return Verdict.OURS
        return Verdict.EDIT if self.agreed == self.ours else Verdict.CONFLICT


@dataclass(frozen=True, slots=True)
class Compared:
    """A note that Anki has, with the fields that are not empty on both sides.

    `known` is the agreement that the journal tells of, None where it tells of none.
    """

    note: Note
    there: NoteThere
    fields: tuple[Field, ...]
    known: Mapping[str, str] | None

    def of(self, verdict: Verdict) -> tuple[Field, ...]:
        """The fields of one verdict."""
        return tuple(field for field in self.fields if field.verdict is verdict)

    def agreement(self, *, settled: bool = False) -> dict[str, str] | None:
        """What is agreed once our changes are sent; with `settled`, conflicts are over, whoever won.

        It is always our text, so that an edit which stays is known as one. None where a conflict
        goes on about which nothing was ever agreed.
        """
        told = {}
        for field in self.fields:
            if field.verdict is Verdict.CONFLICT and not settled:
                if field.agreed is None:
                    return None
                told[field.name] = field.agreed
            else:
                told[field.name] = field.ours
        return filled(told)


def compared(
    note: Note, names: Iterable[str], there: NoteThere, known: Mapping[str, str] | None, line: list[Stamp]
) -> Compared:
    """A note here and there; `names` are those of its fields, `line` the stamps of its texts.

    Where nothing was agreed, two things still tell of it: a text in Anki that is an earlier one of
    ours was not edited; and a note that changed there after our text last did holds an edit of it.
    """
    ours = dict(zip(names, note.fields, strict=True))
    theirs = {name: there.fields.get(name, "") for name in ours}
    agreed = _guessed(ours, theirs, there, line) if known is None else known
    fields = tuple(
        Field(name, ours[name], theirs[name], None if agreed is None else agreed.get(name, ""))
        for name in ours
        if ours[name] or theirs[name]
    )
    return Compared(note, there, fields, known)


def _guessed(
    ours: Mapping[str, str], theirs: Mapping[str, str], there: NoteThere, line: list[Stamp]
) -> Mapping[str, str] | None:
    if short_hash(theirs.values()) in {stamp.hash for stamp in line}:
        return theirs
    at = since(line, short_hash(ours.values()))
    if at is not None and there.changed > at - at % SECOND:
        return ours
    return None


def filled(fields: Mapping[str, str]) -> dict[str, str]:
    """The fields that are not empty: what an agreement keeps."""
    return {name: text for name, text in fields.items() if text}


def agreement(
    note: Note, origin: str, fields: Mapping[str, str], replaced: Mapping[str, str] | None = None
) -> Fact:
    """The event that this text is agreed; `replaced` keeps what an edit said that gave way to it."""
    return fact(
        "agreed", note=note.id, guid=note.guid, origin=origin, fields=fields, replaced=replaced or None
    )


def agreements(events: Iterable[Event]) -> dict[str, Agreed]:
    """What was last agreed of each note, by guid."""
    told: dict[str, Agreed] = {}
    for event in events:
        guid, fields = event.facts.get("guid"), event.facts.get("fields")
        if isinstance(guid, str) and isinstance(fields, dict):
            texts = {str(name): str(text) for name, text in fields.items()}
            told[guid] = Agreed(str(event.facts.get("note")), str(event.facts.get("origin")), texts)
    return told
