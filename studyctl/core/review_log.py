"""All answers of a learner as arrays, and what the memory model had predicted of each.

An answer is *scored* when it can say something about memory: it is not the first of its card,
and at least a study day has passed since the one before. Answers of one day are practice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

import numpy as np

from studyctl.core.fsrs_arrays import Bools, Floats, Ints, Trace, trace

UNKNOWN = -1  # for a time that was not taken


class Row(Protocol):
    """One answer, as the history tells it."""

    @property
    def card(self) -> str:
        """The card's id of today."""

    @property
    def at(self) -> int:
        """When, in ms."""

    @property
    def day(self) -> int:
        """On which study day."""

    @property
    def rating(self) -> int:
        """From 1 to 4."""

    @property
    def ms(self) -> int | None:
        """The time that it took."""


class Log(NamedTuple):
    """Answers by card and in order of time; `card` counts the lives of cards from 0.

    A card that was reset begins a life of its own; `names` are the ids of the cards by life.
    """

    names: tuple[str, ...]
    card: Ints
    at: Ints
    day: Ints
    rating: Ints
    ms: Ints

    def until(self, at: int) -> Log:
        """The answers before a moment; cards keep their numbers."""
        early = self.at < at
        return Log(self.names, *(column[early] for column in self[1:]))


def log(rows: Sequence[Row], resets: Mapping[str, Iterable[int]] | None = None) -> Log:
    """The answers, which come by card and in order of time; `resets` are the moments at which cards became new."""
    names: list[str] = []
    lives: list[int] = []
    before: tuple[str, int] | None = None
    for row in rows:
        told = (row.card, sum(at < row.at for at in resets.get(row.card, ())) if resets else 0)
        if told != before:
            names.append(row.card)
            before = told
        lives.append(len(names) - 1)
    columns = (
        [row.at for row in rows],
        [row.day for row in rows],
        [row.rating for row in rows],
        [UNKNOWN if row.ms is None else row.ms for row in rows],
    )
    return Log(tuple(names), np.array(lives, np.int64), *(np.array(column, np.int64) for column in columns))


class Judged(NamedTuple):
    """The scored answers of a log: where they stand in it, and what was predicted of each."""

    place: Ints
    gap: Ints  # study days since the answer before
    stability: Floats  # before the answer
    predicted: Floats  # the chance of recall
    recalled: Bools
    before: Ints  # answers to the card before this one
    failed: Ints  # and how many of them were failures

    def where(self, which: Bools) -> Judged:
        """Only some of them."""
        return Judged(
            self.place[which],
            self.gap[which],
            self.stability[which],
            self.predicted[which],
            self.recalled[which],
            self.before[which],
            self.failed[which],
        )


def judged(told: Log, parameters: Sequence[float], known: Trace | None = None) -> Judged:
    """What the model with these parameters had predicted of every scored answer; `known` if that was traced already."""
    chance, stability, _ = known or trace(told.card, told.day, told.rating, parameters)
    gap = np.diff(told.day, prepend=told.day[:1])
    place = np.flatnonzero(~np.isnan(chance) & (gap >= 1))
    begin = np.searchsorted(told.card, told.card[place])
    failures = np.r_[0, np.cumsum(told.rating == 1)]
    return Judged(
        place,
        gap[place],
        stability[place],
        chance[place],
        told.rating[place] > 1,
        place - begin,
        failures[place] - failures[begin],
    )
