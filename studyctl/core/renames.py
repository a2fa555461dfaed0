"""Earlier ids: what `was:` claims, and whose history therefore follows whom.

A *claim* says that a living topic or card once had another id. It holds unless that id is
somebody's living id or is claimed by more than one; a claim that does not hold has no effect
at all, so nobody can take over the history of another's cards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from studyctl.core.curriculum import Card, Section, Topic, Track, place_of
from studyctl.core.problems import Level, Place, Problem, quoted

LIVING = "which is a living id"


class Claim(NamedTuple):
    """`old` is an earlier id of the topic or note `new`."""

    old: str
    new: str
    place: Place


class Void(NamedTuple):
    """A claim that has no effect, and why not."""

    claim: Claim
    why: str


def topic_claims(topics: Iterable[Topic]) -> Iterator[Claim]:
    """What topics say of themselves."""
    for topic in topics:
        for number, old in enumerate(topic.was):
            yield Claim(old, topic.id, place_of(topic, f"was.{number}"))


def card_claims(topics: Iterable[Topic]) -> Iterator[Claim]:
    """What cards say of themselves; an earlier id without a topic is one of the same topic."""
    for topic in topics:
        for card in topic.cards:
            for number, old in enumerate(card.was):
                yield Claim(first_note(topic.id, old), card.note, place_of(card, f"was.{number}"))


def first_note(topic: str, old: str) -> str:
    """The note id that an entry of a card's `was:` means."""
    return old if "/" in old else f"{topic}/{old}"


def void(claims: Iterable[Claim], lives: Callable[[str], bool]) -> Iterator[Void]:
    """The claims that do not hold."""
    made = list(claims)
    times = Counter(claim.old for claim in made)
    for claim in made:
        if lives(claim.old):
            yield Void(claim, LIVING)
        elif times[claim.old] > 1:
            yield Void(claim, "which is claimed more than once")


def void_problems(voided: Iterable[Void], rank: Callable[[str], int]) -> Iterator[Problem]:
    """Claims without effect, as `check` reports them: each cause once, where the later claim stands.

    `rank` is the number of the folder that a file is of.
    """
    first: dict[str, Claim] = {}
    living: set[tuple[str, str]] = set()
    for claim, why in sorted(voided, key=lambda found: rank(found.claim.place.file)):
        before = first.setdefault(claim.old, claim)
        name = quoted(claim.old)
        if why == LIVING:
            if (claim.old, claim.new) not in living:
                what = f"was names {name}, {why}; it has no effect"
                yield Problem(claim.place, Level.ERROR, what, "take it out", "was")
            living.add((claim.old, claim.new))
        elif before.new != claim.new:
            there = before.place
            where = f"line {there.line}" if there.file == claim.place.file else str(there)
            what = f"was names {name}, which {before.new} claims, too, in {where}; neither has an effect"
            yield Problem(claim.place, Level.ERROR, what, "take it out of one of them", "was")
        elif before is not claim:
            what = f"was names {name} twice, so that it has no effect"
            yield Problem(claim.place, Level.ERROR, what, "keep one of them", "was")


def by_owner(voided: Iterable[Void]) -> dict[str, set[str]]:
    """The old ids whose claims do not hold, by the topic or note that claims them."""
    told: dict[str, set[str]] = {}
    for found in voided:
        told.setdefault(found.claim.new, set()).add(found.claim.old)
    return told


def without(topic: Topic, voided: Mapping[str, set[str]]) -> Topic:
    """The topic without the claims that do not hold; `voided` has the old ids by new id."""
    if not voided:
        return topic
    gone = voided.get(topic.id, set())
    cards = tuple(
        replace(
            card, was=tuple(old for old in card.was if first_note(topic.id, old) not in voided[card.note])
        )
        if card.note in voided
        else card
        for card in topic.cards
    )
    return replace(topic, was=tuple(old for old in topic.was if old not in gone), cards=cards)


def resolved(track: Track, living: Mapping[str, str]) -> Track:
    """The track with topics that it calls by an earlier id called by their `living` one."""
    if not any(name in living for part in track.sections for name in (*part.topics, *part.optional)):
        return track
    sections = tuple(
        Section(
            part.title,
            tuple(living.get(name, name) for name in part.topics),
            tuple(living.get(name, name) for name in part.optional),
        )
        for part in track.sections
    )
    return replace(track, sections=sections)


def earlier_cards(topic: Topic) -> Iterator[tuple[str, str]]:
    """Every id that a card of this topic ever had, with its living id: `(old, new)`.

    A card may have been renamed before or after its topic was, so all pairs of earlier ids
    count. Notes count as well as the cards that they make.
    """
    for card in topic.cards:
        ends = _ends(card)
        for old in _notes(topic, card):
            for end in ends:
                yield old + end, card.note + end


def _notes(topic: Topic, card: Card) -> Iterator[str]:
    for old in card.was:
        if "/" in old:
            yield old
    for name in (*topic.was, topic.id):
        for one in (*(old for old in card.was if "/" not in old), card.id):
            if (name, one) != (topic.id, card.id):
                yield f"{name}/{one}"


def _ends(card: Card) -> tuple[str, ...]:
    ends = tuple(name.removeprefix(card.note) for name, _ in card.cards())
    return ends if ends == ("",) else ("", *ends)
