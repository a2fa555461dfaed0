"""What a push would do in Anki, decided as a list of actions before anything is done.

New notes go as one package, since only a package keeps our guids. Everything else changes what Anki
has: a field where only our text changed, our own tags, cards to be suspended, answers that are not
in its log yet. Nothing is deleted there, and nothing is put back that a person deleted.

Each action is such that doing it twice does no harm, or is not decided again once it is done; so
after a push that was broken off the next one does what is left. That is why a card's schedule is
set before its answers are inserted: as long as answers are missing, both are decided again.
"""

from __future__ import annotations

from collections.abc import Collection as Bag
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from studyctl.core.carried import Carried, LogRow
from studyctl.core.collection import Row
from studyctl.core.fitting import fitting
from studyctl.core.notes import NAMESPACE, NOTE_TYPES, Note
from studyctl.core.stamps import Stamp
from studyctl.core.there import LEFT, SUSPENDED, CardThere, Key, NoteThere, There
from studyctl.core.three_way import Agreed, Field, Verdict, compared


@dataclass(frozen=True, slots=True)
class Ours:
    """What there is on our side.

    `notes` are those that the curriculum makes, `cards` all its cards by guid and ord; a new note goes
    to Anki if its topic is `available`. `origins` are the curriculum folders that are read now,
    or None if files in them have errors; `stamps` tell when each note had which text.
    """

    notes: Sequence[Note]
    cards: Mapping[Key, str]
    available: Bag[str]
    suspended: Bag[str]
    agreed: Mapping[str, Agreed]
    origins: Bag[str] | None
    stamps: Mapping[str, list[Stamp]]


class Update(NamedTuple):
    """Fields of a note in Anki that get our text, the edits that give way, and what is agreed then."""

    note: Note
    number: int
    fields: Mapping[str, str]
    replaced: Mapping[str, str]
    agreement: Mapping[str, str] | None


class Retag(NamedTuple):
    """Tags of ours that a note lacks, and those that it has no more business with."""

    note: str
    number: int
    add: tuple[str, ...]
    remove: tuple[str, ...]


class Leaving(NamedTuple):
    """A note that left the curriculum, or came back to it, with the cards that this suspends or takes back."""

    note: str
    number: int
    cards: tuple[int, ...]
    back: bool


class Switch(NamedTuple):
    """A card that is to be suspended, or taken back in."""

    card: str
    key: Key
    number: int
    suspended: bool


class Send(NamedTuple):
    """Answers to a card that its log in Anki lacks, and the schedule that all of them together make."""

    card: str
    there: CardThere
    carried: Carried
    rows: tuple[LogRow, ...]


class Conflict(NamedTuple):
    """A field that both sides changed."""

    note: str
    field: Field


@dataclass(slots=True)
class Push:
    """The actions, in the order in which they are done, and what is left alone, with the reason."""

    agreeing: list[tuple[Note, Mapping[str, str]]] = field(default_factory=list)  # only recorded
    updates: list[Update] = field(default_factory=list)
    tags: list[Retag] = field(default_factory=list)
    leaving: list[Leaving] = field(default_factory=list)
    new: list[Note] = field(default_factory=list)
    sends: list[Send] = field(default_factory=list)
    switches: list[Switch] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)  # notes with edits that stay
    deleted: list[str] = field(default_factory=list)  # notes that were deleted in Anki
    foreign: list[str] = field(default_factory=list)  # notes that have another note type there
    away: list[str] = field(default_factory=list)  # cards in filtered decks, with answers that wait
    gone: list[str] = field(default_factory=list)  # notes of curricula that are not read now

    def actions(self) -> Iterator[dict[str, Any]]:
        """What is done in Anki, as scripts read it."""
        for update in self.updates:
            yield {"do": "update", "note": update.note.id, "fields": sorted(update.fields)}
        for tag in self.tags:
            yield {"do": "tag", "note": tag.note, "add": list(tag.add), "remove": list(tag.remove)}
        for note in self.leaving:
            yield {"do": "return" if note.back else "leave", "note": note.note, "cards": len(note.cards)}
        for new in self.new:
            yield {"do": "add", "note": new.id, "cards": len(new.ords)}
        for send in self.sends:
            yield {"do": "schedule", "card": send.card}
            yield {"do": "answers", "card": send.card, "count": len(send.rows)}
        for switch in self.switches:
            yield {"do": "suspend" if switch.suspended else "unsuspend", "card": switch.card}


class Settle(NamedTuple):
    """Whose text is to stay in conflicts: `ours` or Anki's; of these notes, or of all where none is named."""

    ours: bool
    notes: frozenset[str] = frozenset()

    def covers(self, note: str) -> bool:
        """Whether this settles the conflicts of a note."""
        return not self.notes or note in self.notes


def decide(ours: Ours, there: There, settle: Settle | None) -> Push:
    """What to do, but for answers, which `answers` adds."""
    told = Push()
    known = {guid for guid, _ in ours.cards}
    fresh = not any(guid in there.by_guid for guid in known)  # a collection that has nothing of ours
    for note in ours.notes:
        has = there.by_guid.get(note.guid)
        if has is None:
            if note.guid in ours.agreed and not fresh:
                told.deleted.append(note.id)
            elif note.id.partition("/")[0] in ours.available:
                told.new.append(note)
            continue
        if has.kind != note.kind:
            told.foreign.append(note.id)
            continue
        _compare(told, ours, note, has, settle)
        _tag(told, ours, there, note, has)
    _leave(told, ours, there, known)
    _switch(told, ours, there)
    return told


def _compare(told: Push, ours: Ours, note: Note, has: NoteThere, settle: Settle | None) -> None:
    known = ours.agreed.get(note.guid)
    names = NOTE_TYPES[note.kind].fields
    one = compared(note, names, has, known.fields if known else None, ours.stamps.get(note.id, []))
    if one.of(Verdict.EDIT):
        told.edits.append(note.id)
    fields = {field.name: field.ours for field in one.of(Verdict.OURS)}
    replaced: dict[str, str] = {}
    conflicts = one.of(Verdict.CONFLICT)
    settled = settle is not None and settle.covers(note.id)
    if not settled:
        told.conflicts += (Conflict(note.id, field) for field in conflicts)
    elif settle is not None and settle.ours:
        fields |= {field.name: field.ours for field in conflicts}
        replaced = {field.name: field.theirs for field in conflicts if field.theirs}
    agreement = one.agreement(settled=settled)
    if fields:
        told.updates.append(Update(note, has.number, fields, replaced, agreement))
    elif agreement is not None and agreement != one.known:
        told.agreeing.append((note, agreement))


def _tag(told: Push, ours: Ours, there: There, note: Note, has: NoteThere) -> None:
    """Our own tags; all others belong to the person. A note that had left comes back."""
    old = tuple(tag for tag in has.tags if _is_ours(tag) and tag not in note.tags and tag != LEFT)
    new = tuple(tag for tag in note.tags if tag not in has.tags)
    if old or new:
        told.tags.append(Retag(note.id, has.number, new, old))
    if LEFT in has.tags:
        cards = (there.by_key.get((note.guid, ord_)) for ord_ in note.ords)
        back = tuple(
            card.number
            for card in cards
            if card and card.queue == SUSPENDED and ours.cards[note.guid, card.ord] not in ours.suspended
        )
        told.leaving.append(Leaving(note.id, has.number, back, back=True))


def _is_ours(tag: str) -> bool:
    return tag.startswith(f"{NAMESPACE}::") and tag.count("::") == 2


def _leave(told: Push, ours: Ours, there: There, known: Bag[str]) -> None:
    """Notes that we once agreed on, and that the folder which they came from does not have any more."""
    for guid, agreed in sorted(ours.agreed.items(), key=lambda pair: pair[1].note):
        has = there.by_guid.get(guid)
        if guid in known or has is None or not has.kind or LEFT in has.tags:
            continue
        if ours.origins is None or agreed.origin not in ours.origins:
            told.gone.append(agreed.note)
            continue
        cards = [card for card in there.cards.values() if card.note == has.number]
        active = tuple(sorted(card.number for card in cards if card.queue != SUSPENDED))
        told.leaving.append(Leaving(agreed.note, has.number, active, back=False))


def _switch(told: Push, ours: Ours, there: There) -> None:
    """Cards that were suspended or taken back here: what changed in Anki came home before."""
    for key, card in sorted(there.by_key.items()):
        name = ours.cards.get(key)
        if name is None or LEFT in there.notes[card.note].tags:
            continue
        wanted = name in ours.suspended
        if wanted != (card.queue == SUSPENDED):
            told.switches.append(Switch(name, key, card.number, wanted))


def answers(told: Push, ours: Ours, there: There, carried: Mapping[Key, Carried]) -> None:
    """Add the answers that Anki's log lacks, and the schedules of these cards."""
    logs: dict[int, list[Row]] = {}
    for row in there.log:
        logs.setdefault(row.card, []).append(row)
    for key, one in sorted(carried.items(), key=lambda pair: ours.cards[pair[0]]):
        card = there.by_key.get(key)
        if card is None:
            continue
        rows = tuple(row for row in one.log if row.id not in there.moments[card.number])
        if not rows:
            continue
        if card.away:
            told.away.append(ours.cards[key])
        else:
            fitted = fitting(rows, logs.get(card.number, ()))
            told.sends.append(Send(ours.cards[key], card, one, tuple(fitted)))
