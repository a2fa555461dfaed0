"""What Anki holds of ours, as it was read from the Anki that is running: notes, cards, answers.

Anki has numbers of its own for notes and cards, by which it is asked to change them. Between us
and it a note is known by its guid, and a card by the guid and its `ord`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from studyctl.core.collection import Collection, Held, Row
from studyctl.core.time import MINUTE

Key = tuple[str, int]  # the guid of a note, and the ord of a card in it
LEFT = "studyctl::left"
"""The tag of a note that the curriculum does not have any more; its cards were suspended with it."""

NEW, SUSPENDED = 0, -1  # a type, and a queue
_DAY = 24 * 60 * MINUTE


class NoteThere(NamedTuple):
    """A note; `kind` is our note type that it has, or empty. `changed` is in ms since 1970."""

    number: int
    guid: str
    kind: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    changed: int


class CardThere(NamedTuple):
    """A card with its schedule, in Anki's numbers; one that lies in a filtered deck is `away`, `handed` is as in `Held`."""

    number: int
    note: int
    ord: int
    type: int
    queue: int
    factor: int
    changed: int
    away: bool = False
    handed: int | None = None


@dataclass(frozen=True)
class There:
    """What was read; `created` is when the collection began, in seconds, `west` its minutes west of UTC then."""

    notes: Mapping[int, NoteThere]
    cards: Mapping[int, CardThere]
    log: Sequence[Row]
    created: int
    west: int | None
    strange: Sequence[str] = ()

    @cached_property
    def by_guid(self) -> dict[str, NoteThere]:
        """The notes by guid; of two with one guid the older."""
        told: dict[str, NoteThere] = {}
        for number in sorted(self.notes):
            told.setdefault(self.notes[number].guid, self.notes[number])
        return told

    @cached_property
    def by_key(self) -> dict[Key, CardThere]:
        """The cards of these notes by guid and ord."""
        told: dict[Key, CardThere] = {}
        for number in sorted(self.cards):
            card = self.cards[number]
            note = self.notes.get(card.note)
            if note is not None and self.by_guid[note.guid].number == note.number:
                told.setdefault((note.guid, card.ord), card)
        return told

    @cached_property
    def moments(self) -> dict[int, set[int]]:
        """The moments of the rows in each card's log."""
        told: dict[int, set[int]] = {number: set() for number in self.cards}
        for row in self.log:
            told.setdefault(row.card, set()).add(row.id)
        return told

    def day(self, offset: int) -> int:
        """The day from which the collection counts, in days since 1970; `offset` serves where it says none."""
        east = offset if self.west is None else -self.west
        return (self.created * 1000 + east * MINUTE) // _DAY

    def collection(self) -> Collection:
        """The same as a pull reads it; cards of notes that have left count as they were before."""
        return Collection(
            {
                number: Held(
                    note.guid,
                    card.ord,
                    card.type == NEW,
                    card.queue == SUSPENDED and LEFT not in note.tags,
                    card.changed,
                    card.handed,
                )
                for number, card in self.cards.items()
                if (note := self.notes.get(card.note)) is not None
            },
            self.log,
            None,
            None,
            self.strange,
        )

    def joined(self, other: There) -> There:
        """What two decks hold together."""
        numbers = {row.id for row in self.log}
        more = [row for row in other.log if row.id not in numbers]
        return replace(
            self,
            notes={**other.notes, **self.notes},
            cards={**self.cards, **other.cards},
            log=sorted([*self.log, *more]),
            strange=tuple(dict.fromkeys((*self.strange, *other.strange))),
        )
