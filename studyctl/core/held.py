"""The cards that a learner has, as arrays: what forecasts start from.

A card is *held* once it was seen and as long as it is not suspended. All arrays have one entry
for each card; `topic` is a number that the caller gives its topics, and days are study days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

import numpy as np

from studyctl.core.fsrs_arrays import Floats, Ints, recall


class Row(Protocol):
    """One seen card, as the history tells it."""

    @property
    def card(self) -> str:
        """Its id."""

    @property
    def topic(self) -> str:
        """The id of its topic."""

    @property
    def stability(self) -> float:
        """In days."""

    @property
    def difficulty(self) -> float:
        """From 1 to 10."""

    @property
    def due_day(self) -> int:
        """The study day on which it comes back."""

    @property
    def last_day(self) -> int:
        """The study day of its last review."""

    @property
    def suspended(self) -> int:
        """Whether it is not asked."""


class Held(NamedTuple):
    """Cards as columns."""

    card: tuple[str, ...]
    topic: Ints
    stability: Floats
    difficulty: Floats
    last: Ints
    due: Ints
    retention: Floats

    def where(self, which: Ints) -> Held:
        """Only the cards at these places, in this order."""
        names = tuple(self.card[place] for place in which.tolist())
        return Held(
            names,
            self.topic[which],
            self.stability[which],
            self.difficulty[which],
            self.last[which],
            self.due[which],
            self.retention[which],
        )

    def with_retention(self, retention: Floats, parameters: tuple[float, ...]) -> Held:
        """The same cards as if they had always been asked at other desired retentions."""
        from studyctl.core.fsrs_arrays import intervals  # noqa: PLC0415

        return self._replace(
            due=self.last + intervals(self.stability, retention, parameters), retention=retention
        )

    def scaled(self, factor: float) -> Held:
        """The same cards, due as they are, if they were really forgotten `1 / factor` times as fast."""
        return self._replace(stability=self.stability * factor)


def held(rows: Iterable[Row], number: Mapping[str, int], retention: Callable[[str], float]) -> Held:
    """The cards of topics that have a number, suspended ones left out."""
    kept = [row for row in rows if row.topic in number and not row.suspended]
    wanted = {topic: retention(topic) for topic in {row.topic for row in kept}}
    return Held(
        tuple(row.card for row in kept),
        np.array([number[row.topic] for row in kept], np.int64),
        np.array([row.stability for row in kept], np.float64),
        np.array([row.difficulty for row in kept], np.float64),
        np.array([row.last_day for row in kept], np.int64),
        np.array([row.due_day for row in kept], np.int64),
        np.array([wanted[row.topic] for row in kept], np.float64),
    )


def recall_by_topic(cards: Held, day: int, topics: int, decay: float) -> Floats:
    """The mean recall of each of `topics` topics on a day if nothing is asked until then; NaN without cards."""
    return means(cards.topic, recall(cards.stability, day - cards.last, decay), topics)


def means(group: Ints, values: Floats, groups: int) -> Floats:
    """The mean of the values of each group; NaN where there are none."""
    count = np.bincount(group, minlength=groups)
    total = np.bincount(group, weights=values, minlength=groups)
    with np.errstate(invalid="ignore", divide="ignore"):
        told: Floats = total / count
    return told
