"""What comes home from Anki: rows of a review log become facts for the journal.

A pull is a union, never an overwriting. An answer is known by (guid, ord, row id), which are the
id that its event gets, and by its card and moment: what the journal holds already, in whatever
way it came there, is a *duplicate*. So pulling twice adds nothing, two devices that pull one
collection agree, and an answer that was given in the terminal and sent to Anki counts once.

Anki forgets what was before a *reset*. Older versions logged none; there a run of learning rows
that follows anything else tells of it, and Anki itself reads it so. Both become `reset` events.

Suspending is compared with what was last *agreed* with Anki, or what a package of ours brought there: only
what changed there since then is taken over, so a card that was suspended here, and not yet there, stays so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Collection as Bag
from dataclasses import dataclass
from typing import NamedTuple

from studyctl.core.collection import FIRST_MOMENT, LEARN, MEANINGS, Collection, Held, Meaning, Row
from studyctl.core.events import Event, Fact
from studyctl.core.facts import LONGEST_ANSWER
from studyctl.core.memory import MODEL
from studyctl.core.time import MINUTE

Key = tuple[str, int]  # the guid of a note, and the ord of a card in it
ANSWER, RESET, CRAM = Meaning.ANSWER, Meaning.RESET, Meaning.CRAM  # looking members up takes time
IGNORED = ("cram", "manual", "rescheduled", "unknown", "deleted", "future", "unreadable")


class Agreed(NamedTuple):
    """What was last known of a card in Anki: whether it was suspended there, as an event at `at` tells."""

    suspended: bool
    at: int


NEVER_SUSPENDED = Agreed(suspended=False, at=0)


@dataclass(frozen=True, slots=True)
class Past:
    """What is known here before a pull.

    `cards` are the cards of the curriculum, `lost` cards of which only the journal knows, both by
    guid and ord; `moments` the moments at which each card was answered; `marks` the ids of events
    from Anki that are no answers.
    """

    cards: Mapping[Key, str]
    lost: Mapping[Key, str]
    moments: Mapping[str, Bag[int]]
    marks: Bag[str]
    agreed: Mapping[str, Agreed]


@dataclass(frozen=True, slots=True)
class Pull:
    """What a pull would record, and the numbers that tell of it.

    `new` and `duplicate` count answers of cards that the curriculum has; `ignored` rows that were
    left out, by reason; `lost` cards that the journal knows and the curriculum does not have now.
    """

    facts: Sequence[Fact]
    seen: int
    new: int
    duplicate: int
    matched: int
    unknown: int
    lost: Sequence[str]
    ignored: Mapping[str, int]
    twice: Sequence[str]  # guids that more than one note has
    has_history: bool

    def count(self, do: str) -> int:
        """How many facts of a kind there are."""
        return sum(one.do == do for one in self.facts)

    def document(self) -> dict[str, object]:
        """The numbers as scripts read them."""
        return {
            "reviews": {"seen": self.seen, "new": self.new, "duplicate": self.duplicate},
            "cards": {"matched": self.matched, "unknown": self.unknown, "lost": len(self.lost)},
            "ignored": dict(self.ignored),
            "resets": self.count("reset"),
            "suspended": self.count("suspended"),
            "unsuspended": self.count("unsuspended"),
            "history": self.has_history,
        }


@dataclass(slots=True)
class _Card:
    """A card of the collection while its rows are read, in the order of time."""

    name: str
    prefix: str  # of the ids of its events
    moments: Bag[int]
    lost: bool = False
    answered: bool = False  # since the last reset
    run: bool = False  # the row before was a learning one

    def reset_by(self, row: Row, told: Meaning) -> tuple[int, str] | None:
        """The reset that a row tells, or shows to have been: its moment and the id of its event.

        Takes all rows of the card but those of cramming, and keeps in mind what they say.
        """
        learning = told is ANSWER and row.kind == LEARN
        again = learning and self.answered and not self.run
        self.run = learning
        self.answered = told is ANSWER or (self.answered and told is not RESET)
        if told is RESET:
            return row.id, f"{self.prefix}{row.id}"
        return (row.id - 1, f"{self.prefix}{row.id}:reset") if again else None


def name_of(guid: str, ord_: int, row: int | str) -> str:
    """The id of the event that a row becomes."""
    return f"anki:{guid}:{ord_}:{row}"


def pull(collection: Collection, past: Past, *, now: int, offset_at: Callable[[int], int]) -> Pull:
    """What a collection adds to the journal; `offset_at` gives the learner's UTC offset where it has none."""
    cards = {number: card for number, held in collection.cards.items() if (card := _card(held, past))}
    numbers: Counter[str] = Counter()
    facts: list[Fact] = []
    deadline = now + MINUTE
    offset = collection.offset
    zone = offset_at if offset is None else lambda _: offset
    seen = new = duplicate = 0
    for row in collection.log:
        at, number, ease, _, factor, ms, kind = row
        if not FIRST_MOMENT <= at <= deadline:
            numbers["future" if at > deadline else "unreadable"] += 1
            continue
        told = MEANINGS.get((ease, kind, factor != 0), Meaning.UNREADABLE)
        answer = told is ANSWER
        if answer:
            seen += 1
        elif told is not RESET:
            numbers[told.value] += 1
        card = cards.get(number)
        if card is None:
            if answer:
                numbers["unknown" if number in collection.cards else "deleted"] += 1
            continue
        if told is not CRAM and (reset := card.reset_by(row, told)):
            before, name = reset
            if not card.lost and name not in past.marks:
                facts.append(Fact("reset", {"card": card.name}, before, name, zone(before)))
        if not answer:
            continue
        if at in card.moments:
            duplicate += 1
        elif card.lost:
            numbers["unknown"] += 1
        else:
            new += 1
            spent = ms if 0 <= ms <= LONGEST_ANSWER else 0
            told_of = {"card": card.name, "rating": ease, "ms": spent, "model": MODEL}
            facts.append(Fact("reviewed", told_of, at, f"{card.prefix}{at}", zone(at)))
    if collection.has_history:
        facts += _suspensions(collection, past, now, offset_at)
    lost = {card.name for card in cards.values() if card.lost}
    matched = len(cards) - sum(card.lost for card in cards.values())
    return Pull(
        facts,
        seen,
        new,
        duplicate,
        matched,
        len(collection.cards) - matched,
        sorted(lost),
        {name: numbers[name] for name in IGNORED},
        _twice(collection, past),
        collection.has_history,
    )


def _card(held: Held, past: Past) -> _Card | None:
    key = held.guid, held.ord
    name = past.cards.get(key) or past.lost.get(key)
    if name is None:
        return None
    prefix = name_of(*key, "")
    return _Card(name, prefix, past.moments.get(name, ()), lost=key not in past.cards)


def agreed(events: Sequence[Event], living: Callable[[str], str]) -> dict[str, Agreed]:
    """What was last known of cards in Anki: told by events of suspending that came from there or went there."""
    told: dict[str, Agreed] = {}
    for event in events:
        if event.do in {"suspended", "unsuspended"} and event.id.startswith("anki:"):
            told[living(str(event.facts.get("card")))] = Agreed(event.do == "suspended", event.at)
    return told


def _suspensions(
    collection: Collection, past: Past, now: int, offset_at: Callable[[int], int]
) -> Iterator[Fact]:
    """Cards that were suspended or taken back in Anki since the last agreement."""
    there: dict[str, tuple[bool, Held]] = {}
    for held in collection.cards.values():
        name = past.cards.get((held.guid, held.ord))
        if name is not None:
            so_far = there.get(name)
            there[name] = held.suspended and (so_far is None or so_far[0]), held
    for name, (suspended, held) in there.items():
        known = past.agreed.get(name) or _handed(held)
        if suspended == known.suspended:
            continue
        at = max(min(held.changed, now), known.at + 1)
        do = "suspended" if suspended else "unsuspended"
        mark = name_of(held.guid, held.ord, f"{at}:{do}")
        if mark not in past.marks:  # it was taken over before, and undone
            yield Fact(do, {"card": name}, at, mark, offset_at(at))


def _handed(held: Held) -> Agreed:
    """What is known of a card without an agreement: whether a package of ours brought it as suspended.

    One that is awake and has not changed since was imported without its progress, and nobody took it back.
    """
    if held.handed is None or (not held.suspended and held.changed <= held.handed):
        return NEVER_SUSPENDED
    return Agreed(suspended=True, at=held.handed)


def _twice(collection: Collection, past: Past) -> list[str]:
    times = Counter((held.guid, held.ord) for held in collection.cards.values())
    return sorted({guid for (guid, ord_), count in times.items() if count > 1 and (guid, ord_) in past.cards})
