"""Recall as it was: what was known of all cards on any earlier study day.

The answers of a learner, each with the stability that it left, hold the recall of every day since:
on a day, a card is remembered as its last answer up to then has left it. Sums over the cards of a
topic or an area give the lines of a report, and the standing from which a past week began.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from studyctl.core.fsrs_arrays import Floats, Ints, recall
from studyctl.core.mastery import Reviewed
from studyctl.core.memory import Memory, State, TopicMemory
from studyctl.core.review_log import UNKNOWN, Log

_SPAN = 1 << 24  # days; more than any study day


class Past(NamedTuple):
    """All answers, and what each has left: `card` counts cards, not their lives."""

    names: tuple[str, ...]  # of the cards
    card: Ints  # of each answer
    day: Ints
    at: Ints
    rating: Ints
    after: Floats  # stability
    decay: float

    def held(self, day: int) -> tuple[Ints, Ints]:
        """The cards that had been seen by the end of a day, and where the last answer of each stands."""
        place = np.searchsorted(self._key, np.arange(len(self.names)) * _SPAN + day, side="right") - 1
        seen = (place >= 0) & (self.card[place] == np.arange(len(self.names)))
        return np.flatnonzero(seen), place[seen]

    @property
    def _key(self) -> Ints:
        return self.card * _SPAN + self.day

    def recall(self, day: int, until: int) -> tuple[Ints, Floats]:
        """The cards seen by the end of the day `until`, and the recall of each on `day`."""
        cards, place = self.held(until)
        return cards, recall(self.after[place], day - self.day[place], self.decay)


def past(told: Log, after: Floats, decay: float) -> Past:
    """The past that a log tells; `after` are the stabilities that its answers left.

    A card that was reset goes on as it was until it is answered again.
    """
    names: list[str] = []
    numbers: list[int] = []
    for name in told.names:
        if not names or name != names[-1]:
            names.append(name)
        numbers.append(len(names) - 1)
    card = np.array(numbers, np.int64)[told.card] if len(told.card) else told.card
    return Past(tuple(names), card, told.day, told.at, told.rating, after, decay)


class Point(NamedTuple):
    """The mean recall of some cards on a day, and how many they are."""

    day: int
    recall: float
    cards: int


def lines(told: Past, days: Sequence[int], group: Ints, groups: int) -> list[list[Point]]:
    """The recall of each group of cards on each day; days before the first card of a group are left out.

    `group` is that of each card; -1 stands for a card that counts nowhere.
    """
    found: list[list[Point]] = [[] for _ in range(groups)]
    for day in days:
        cards, chance = told.recall(day, day)
        where = group[cards]
        kept = where >= 0
        count = np.bincount(where[kept], minlength=groups)
        total = np.bincount(where[kept], weights=chance[kept], minlength=groups)
        for number in np.flatnonzero(count).tolist():
            found[number].append(Point(day, float(total[number] / count[number]), int(count[number])))
    return found


def memories(told: Past, day: int, gone: Collection[str] = ()) -> dict[str, TopicMemory]:
    """What the cards of each topic said on the morning of a day; what was due then is not told.

    Cards that are `gone` count nowhere.
    """
    cards, chance = told.recall(day, day - 1)
    sums: dict[str, list[float]] = {}
    for card, share in zip(cards.tolist(), chance.tolist(), strict=True):
        if told.names[card] not in gone:
            one = sums.setdefault(_topic(told.names[card]), [0, 0.0])
            one[0] += 1
            one[1] += share
    return {topic: TopicMemory(int(seen), 0, total / seen) for topic, (seen, total) in sums.items()}


def reviews(told: Past, until: int) -> Callable[[str], list[Reviewed]]:
    """The answers to a topic's cards before a day in order of time, with no more of each memory than fading asks for."""
    topics: dict[str, list[int]] = {}
    for number, name in enumerate(told.names):
        topics.setdefault(_topic(name), []).append(number)
    bounds = np.searchsorted(told.card, np.arange(len(told.names) + 1))

    def of(topic: str) -> list[Reviewed]:
        found = []
        for number in topics.get(topic, ()):
            for place in range(bounds[number], bounds[number + 1]):
                day = int(told.day[place])
                if day < until:
                    found.append((int(told.at[place]), number, day, place))
        return [
            Reviewed(
                told.names[number],
                day,
                int(told.rating[place]),
                Memory(State.REVIEW, None, float(told.after[place]), 5.0, day, None, at, day, 1, 0),
            )
            for at, number, day, place in sorted(found)
        ]

    return of


def minutes(told: Log, usual: float, longest: float) -> Mapping[tuple[int, str], float]:
    """The minutes of reviews by study day and topic; an answer without a time counts as `usual` seconds."""
    seconds = np.where(told.ms == UNKNOWN, usual, np.minimum(told.ms / 1000, longest))
    topics = {name: number for number, name in enumerate(dict.fromkeys(map(_topic, told.names)))}
    of_life = np.array([topics[_topic(name)] for name in told.names], np.int64)
    key = told.day * len(topics) + of_life[told.card] if len(told.card) else told.day
    keys, which = np.unique(key, return_inverse=True)
    total: Floats = np.bincount(which, weights=seconds, minlength=len(keys)) / 60
    names = list(topics)
    return {
        (key // len(names), names[key % len(names)]): float(spent)
        for key, spent in zip(keys.tolist(), total, strict=True)
    }


def _topic(card: str) -> str:
    return card.partition("/")[0]
