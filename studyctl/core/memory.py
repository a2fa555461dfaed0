"""What the learner remembers of a card: the words of FSRS, without its library.

`stability` is the number of days in which recall falls to 90 %, `difficulty` goes from 1 to
10, *retrievability* is the chance of recall now, which is computed and never stored. A card
that was never seen has no memory (None), never zeros. FSRS is fed study days, not spans of 24
hours; true times stay in the journal.

Formulas: FSRS-6, https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, Protocol

PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""The 21 default parameters of FSRS-6."""

RETENTION = 0.90
MODEL = "fsrs-6"
LONGEST = 36_500  # days; no interval is longer
LEARNING_STEPS = (60_000, 600_000)  # ms until a new card comes back: a minute, then ten, as in Anki
RELEARNING_STEPS = (600_000,)  # and a forgotten one


class Rating(IntEnum):
    """How well a card was recalled."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4

    def __str__(self) -> str:
        return self.name.lower()


class State(IntEnum):
    """Where a card stands in its life."""

    NEW = 0
    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3

    def __str__(self) -> str:
        return self.name.lower()


class Memory(NamedTuple):
    """What is remembered of one card after its last review.

    A card in (re)learning comes back at an instant, `due_ms`; a card in review on a study
    day, `due_day`, and then `due_ms` is None.
    """

    state: State
    step: int | None
    stability: float
    difficulty: float
    due_day: int
    due_ms: int | None
    last_ms: int
    last_day: int
    reviews: int
    lapses: int

    def is_due(self, ms: int, day: int) -> bool:
        """Whether the card is due at the moment `ms` of the study day `day`."""
        return self.due_ms <= ms if self.due_ms is not None else self.due_day <= day


class TopicMemory(NamedTuple):
    """What the cards of a topic say: cards seen, cards due, mean retrievability of those seen."""

    seen: int = 0
    due: int = 0
    recall: float | None = None


class Model(Protocol):
    """A memory model that schedules one review at a time."""

    def after(
        self, memory: Memory | None, rating: Rating, *, ms: int, day: int, retention: float = RETENTION
    ) -> Memory:
        """The memory after a review at the moment `ms` of the study day `day`."""


def decay_factor(decay: float = PARAMETERS[20]) -> float:
    """The factor of the forgetting curve that makes R(S) = 0.9."""
    return float(0.9 ** (-1.0 / decay)) - 1.0


_FACTOR = decay_factor()


def retrievability(stability: float, days: int, decay: float = PARAMETERS[20]) -> float:
    """The chance of recall `days` study days after the last review: (1 + f·t/S)^-decay."""
    factor = _FACTOR if decay == PARAMETERS[20] else decay_factor(decay)
    return float((1.0 + factor * max(0, days) / stability) ** -decay)


def interval(stability: float, retention: float = RETENTION, decay: float = PARAMETERS[20]) -> float:
    """The days until recall has fallen to `retention`, not rounded."""
    factor = _FACTOR if decay == PARAMETERS[20] else decay_factor(decay)
    return float(stability / factor * (retention ** (-1.0 / decay) - 1.0))
