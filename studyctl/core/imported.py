"""What an import makes of a deck: topics with cards, and a list of all that stays behind.

Cards that the curriculum has already are *known*: nothing is written for them, whatever was changed
there or here. The rest is put into topics by the deck that a card lies in or by the first tag of
its note; where all lie in one deck, the tags say more. A deck that is too large for one file becomes
several topics, so that `check` finds nothing to object to in any of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from studyctl.core.criteria import is_placeholder
from studyctl.core.curriculum import Card, Objective, Topic
from studyctl.core.foreign import ForeignDeck, ForeignNote
from studyctl.core.foreign_cards import OBJECTIVE, LeftOut, cards_of, slug
from studyctl.core.html_text import Converter
from studyctl.core.ids import is_id
from studyctl.core.text import without_controls

MINUTES = 3.0  # to learn a card for the first time
ANKIS_OWN = {"leech", "marked"}
UNTAGGED = "untagged"
MOST_CARDS = 2_000  # of a topic; they take a hundred hours
MOST_BYTES = 1_000_000  # of the texts of a topic; its file may have twice as many
_AROUND = 200  # bytes that a card takes beside its texts


@dataclass(frozen=True, slots=True)
class Import:
    """Topics to write, the key (guid, ord) of each of their cards, and what stays behind."""

    topics: Sequence[Topic]
    sources: Mapping[str, str]  # topic id -> the deck or tag it was
    cards: Mapping[tuple[str, int], str]
    known: int
    left_out: Sequence[LeftOut]
    lost: Mapping[str, int]


def grouping(deck: ForeignDeck) -> str:
    """``deck`` or ``tag``: what tells more about the notes."""
    decks = {name for note in deck.notes for name in note.decks.values()}
    tagged = [tag for note in deck.notes if (tag := _tag(note)) != UNTAGGED]
    return "tag" if len(decks) == 1 and len(set(tagged)) > 1 and len(tagged) * 2 > len(deck.notes) else "deck"


def imported(
    deck: ForeignDeck,
    area: str,
    by: str,
    known: Collection[tuple[str, int]],
    taken: Collection[str],
    picture: Callable[[str], str | None],
) -> Import:
    """What comes of a deck in an area; `known` are cards that are there, `taken` ids that are given."""
    converter = Converter(picture)
    groups: dict[str, list[Card]] = {}
    left: list[LeftOut] = []
    met: set[tuple[str, int]] = set()
    there = 0
    for note in deck.notes:
        wanted = {ord_: name for ord_, name in note.decks.items() if (note.guid, ord_) not in known}
        there += len(note.decks) - len(wanted)
        if not wanted:
            continue
        if any((note.guid, ord_) in met for ord_ in wanted):
            left += (LeftOut(note.guid, ord_, "", "another note has the same guid") for ord_ in wanted)
            continue
        met |= {(note.guid, ord_) for ord_ in wanted}
        for one in cards_of(replace(note, decks=wanted), converter):
            if isinstance(one, LeftOut):
                left.append(one)
                continue
            first = min(wanted) if one.cloze else one.ord or 0
            groups.setdefault(_tag(note) if by == "tag" else wanted[first], []).append(one)
    topics, sources = _topics(groups, area, by, set(taken))
    keys = {
        (card.guid, ord_): name for topic in topics for card in topic.cards for name, ord_ in card.cards()
    }
    lost = Counter({name: count for name, count in sorted(converter.lost.items()) if count})
    return Import(topics, sources, keys, there, left, lost)


def _tag(note: ForeignNote) -> str:
    return next((tag for tag in note.tags if tag.lower() not in ANKIS_OWN), UNTAGGED)


def _topics(
    groups: Mapping[str, Sequence[Card]], area: str, by: str, taken: set[str]
) -> tuple[list[Topic], dict[str, str]]:
    told: list[Topic] = []
    sources: dict[str, str] = {}
    what = "tag" if by == "tag" else "deck"
    for name in sorted(groups):
        first = _free(name, area, taken)
        for part, some in enumerate(_parts(groups[name]), 1):
            topic_id = first if part == 1 else _numbered(first, taken)
            taken.add(topic_id)
            cards = tuple(replace(card, topic=topic_id) for card in some)
            count = sum(1 for card in cards for _ in card.cards())
            many = "one card" if count == 1 else f"{count} cards"
            told.append(
                Topic(
                    topic_id,
                    area,
                    _title(name, what) + (f" ({part})" if part > 1 else ""),
                    _no_math(f"What the Anki {what} {without_controls(name)!r} holds, {many}."),
                    max(0.5, round(count * MINUTES / 30) / 2),
                    objectives=(Objective(OBJECTIVE, "Recall what the cards ask"),),
                    cards=cards,
                )
            )
            sources[topic_id] = name
    return told, sources


def _parts(cards: Sequence[Card]) -> Iterator[list[Card]]:
    """The cards in portions that have room in a topic, in their order."""
    some: list[Card] = []
    count = size = 0
    for card in cards:
        texts = (card.q, card.a, card.cloze, card.extra)
        more = sum(1 for _ in card.cards())
        longer = _AROUND + sum(len(text.encode(errors="replace")) for text in texts)
        if some and (count + more > MOST_CARDS or size + longer > MOST_BYTES):
            yield some
            some, count, size = [], 0, 0
        some.append(card)
        count, size = count + more, size + longer
    yield some


def _title(name: str, what: str) -> str:
    """The title of a topic: the last name of a deck or tag, as `check` takes it."""
    title = " ".join(without_controls(name.rpartition("::")[2]).replace("_", " ").split()) or name
    return _no_math(f"{what.capitalize()} {title}" if is_placeholder(title) else title)


def _no_math(text: str) -> str:
    """A name in which no dollar sign opens math."""
    return re.sub(r"\\.|\$", lambda found: r"\$" if found[0] == "$" else found[0], text, flags=re.DOTALL)


def _free(name: str, area: str, taken: set[str]) -> str:
    """An id for a topic that nobody has: of its last name, of more of its names, with a number."""
    parts = [slug(part) for part in name.split("::")]
    parts = [part for part in parts if part] or ["deck"]
    wishes = ["-".join(parts[-count:]) for count in range(1, len(parts) + 1)] + [f"{area}-{'-'.join(parts)}"]
    for wish in wishes:
        if wish not in taken and is_id(wish) and not wish.isdigit():
            return wish
    return _numbered(wishes[0], taken)


def _numbered(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"
