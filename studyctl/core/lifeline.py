"""The lifeline: the few cards that keep alive what everything else hangs on.

A topic weighs as many topics as need it, over however many steps, itself included: that is what
goes to waste when it is forgotten. What other topics exercise (`practises`) is forgotten last, so
a topic counts only as far as no topic exercises it anyway. Within a topic every objective gets
its first card before any gets its second, and each further card is worth half of the one before.
The cards with the highest worth are the lifeline.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from studyctl.core.curriculum import Card, Topic
from studyctl.core.graph import order
from studyctl.core.load import mean_minutes

MINUTES_A_WEEK = 10.0


def size(minutes: float = MINUTES_A_WEEK, retention: float = 0.90) -> int:
    """How many cards cost so many minutes a week, a mean of their first three years, at a desired retention."""
    return int(minutes / mean_minutes(retention))


def weights(topics: Mapping[str, Topic]) -> dict[str, float]:
    """What each topic is worth: how many topics hang on it, less what is exercised of it anyway."""
    number = {name: at for at, name in enumerate(topics)}
    needs = [sorted(number[name] for name in _needs(topic) if name in number) for topic in topics.values()]
    hanging = [1 << at for at in range(len(needs))]  # a bit for each topic
    for at in reversed(order(needs)):
        for need in needs[at]:
            hanging[need] |= hanging[at]
    exercised = dict.fromkeys(topics, 0.0)
    for topic in topics.values():
        for name, share in topic.weights.items():
            exercised[name] = max(exercised.get(name, 0.0), share)
    return {name: hanging[at].bit_count() * (1 - exercised[name]) for name, at in number.items()}


def _needs(topic: Topic) -> set[str]:
    return {need.topic for need in topic.requires} | {name for group in topic.any_of for name in group}


def lifeline(topics: Mapping[str, Topic], cards: int) -> list[str]:
    """The notes with the highest worth, at most so many cards, by id."""
    worth = weights(topics)
    offers: list[tuple[float, str, int]] = []
    for topic in topics.values():
        seen = 0
        for card in _in_turn(topic.cards):
            count = sum(1 for _ in card.cards())
            offers.append((worth[topic.id] / 2**seen, card.note, count))
            seen += count
    chosen: list[str] = []
    for _, note, count in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if count <= cards:
            chosen.append(note)
            cards -= count
    return sorted(chosen)


def _in_turn(cards: Sequence[Card]) -> list[Card]:
    """The first card of every objective, then the second of each, and so on."""
    met: defaultdict[str, int] = defaultdict(int)
    rounds: list[int] = []
    for card in cards:
        rounds.append(met[card.objective])
        met[card.objective] += 1
    return [card for _, card in sorted(zip(rounds, cards, strict=True), key=lambda pair: pair[0])]
