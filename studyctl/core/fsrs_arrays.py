"""FSRS-6 over whole arrays: the memory of many cards after many reviews.

The journal of a learner is replayed here a *rank* at a time: first the first review of every card,
then the second of every card that has one, and so on, so that each step is a few operations on
arrays. The results are those of py-fsrs, bit for bit: the operations stand in the same order, and
powers are the C library's (`math.pow`), because numpy's own differ in the last place on some
processors, and the same journal must give the same numbers however it was read.

Formulas: FSRS-6, https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from studyctl.core.memory import LEARNING_STEPS, LONGEST, PARAMETERS, RELEARNING_STEPS, Rating, State

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

SHORTEST = 0.001  # days; no stability is less
NO_STEP = -1
_AGAIN, _HARD, _GOOD, _EASY = (int(rating) for rating in Rating)
_LEARNING, _REVIEW, _RELEARNING = (int(state) for state in State if state)


class Memories(NamedTuple):
    """What is remembered of each card; all arrays have its length, in the order of the cards."""

    first: Ints  # where the reviews of the card begin
    taken: Ints  # how many of them are in here
    state: Ints
    step: Ints  # NO_STEP for a card in review
    stability: Floats
    difficulty: Floats
    lapses: Ints


def replay(
    card: Ints,
    day: Ints,
    rating: Ints,
    parameters: Sequence[float] = PARAMETERS,
    *,
    narrow: int = 1,
    power: Callable[[Any, Any], Any] | None = None,
) -> Memories:
    """The memory of each card after its reviews, which stand together by card and in order of time.

    Stops where fewer than `narrow` cards have reviews left, for which an array is not worth while;
    `taken` says how far it came. `power` is as in `Formulas`.
    """
    first, counts, order = _by_rank(card)
    begin, count = first[order], counts[order]
    model = Formulas(parameters, power)
    now = _Standing.new(len(order))
    ranks = int(count[0]) if len(count) else 0
    for rank in range(ranks):
        width = int(np.searchsorted(-count, -rank))
        if width < narrow:
            ranks = rank
            break
        at = begin[:width] + rank
        _advance(now, width, rating[at], day[at] - day[at - 1] if rank else None, model)
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    return Memories(
        first,
        np.minimum(counts, ranks),
        now.state[back],
        now.step[back],
        now.stability[back],
        now.difficulty[back],
        now.lapses[back],
    )


class Trace(NamedTuple):
    """What a replay passes through: before and after each review; NaN before the first of a card."""

    chance: Floats  # of recall, before the review
    before: Floats  # the stability before it
    after: Floats  # and after it


def trace(card: Ints, day: Ints, rating: Ints, parameters: Sequence[float] = PARAMETERS) -> Trace:
    """The chance of recall before each review, and the stability before and after it.

    The reviews stand as for `replay`. Powers are numpy's here, exact to the last place or two: this is
    for judging a model and for pictures, not for telling a memory.
    """
    first, counts, order = _by_rank(card)
    begin, count = first[order], counts[order]
    model = Formulas(parameters, np.power)
    now = _Standing.new(len(order))
    told = Trace(*(np.full(len(card), np.nan) for _ in range(3)))
    for rank in range(int(count[0]) if len(count) else 0):
        width = int(np.searchsorted(-count, -rank))
        at = begin[:width] + rank
        gap = day[at] - day[at - 1] if rank else None
        if gap is not None:
            told.before[at] = now.stability[:width]
            told.chance[at] = recall(now.stability[:width], gap, parameters[20])
        _advance(now, width, rating[at], gap, model)
        told.after[at] = now.stability[:width]
    return told


def _by_rank(card: Ints) -> tuple[Ints, Ints, Ints]:
    """Where each card begins, how many reviews it has, and the cards with most of them first.

    So each rank of reviews is a slice.
    """
    size = len(card)
    first = np.flatnonzero(np.r_[True, card[1:] != card[:-1]]) if size else np.zeros(0, np.int64)
    counts = np.diff(np.r_[first, size])
    return first, counts, np.argsort(-counts, kind="stable")


def recall(stability: Floats, days: Ints, decay: float = PARAMETERS[20]) -> Floats:
    """The chance of recall `days` study days after the last review: (1 + f·t/S)^-decay."""
    factor = 0.9 ** (-1.0 / decay) - 1.0
    told: Floats = np.power(1.0 + factor * np.maximum(days, 0) / stability, -decay)
    return told


def intervals(stability: Floats, retention: Floats, parameters: Sequence[float] = PARAMETERS) -> Ints:
    """Whole days until recall has fallen to `retention`: at least 1, at most 36,500."""
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    wanted, which = np.unique(retention, return_inverse=True)
    reach = np.array([float(share) ** (1 / decay) - 1 for share in wanted])[which]
    days: Floats = np.clip(np.rint(stability / factor * reach), 1, LONGEST)
    return days.astype(np.int64)


def waits(state: Ints, step: Ints, rating: Ints) -> Ints:
    """Milliseconds after its last review, so rated, until a card in (re)learning comes back; 0 in review."""
    first, second = LEARNING_STEPS
    (again,) = RELEARNING_STEPS
    hard = rating == _HARD
    learning = np.where(step == 0, np.where(hard, (first + second) // 2, first), second)
    relearning = np.where(hard, again * 3 // 2, again)
    return np.select([state == _LEARNING, state == _RELEARNING], [learning, relearning], 0)


class _Standing:
    """Where each card stands while its reviews are replayed."""

    def __init__(self, state: Ints, step: Ints, stability: Floats, difficulty: Floats, lapses: Ints) -> None:
        self.state = state
        self.step = step
        self.stability = stability
        self.difficulty = difficulty
        self.lapses = lapses

    @classmethod
    def new(cls, size: int) -> _Standing:
        return cls(
            np.full(size, _LEARNING),
            np.zeros(size, np.int64),
            np.zeros(size),
            np.zeros(size),
            np.zeros(size, np.int64),
        )


def _advance(now: _Standing, width: int, rating: Ints, gap: Ints | None, model: Formulas) -> None:
    """Let the first `width` cards be reviewed, `gap` days after their last review (None: never before)."""
    s, d = now.stability[:width], now.difficulty[:width]
    if gap is None:
        s[:] = model.first_stability[rating]
        d[:] = model.first_difficulty[rating]
    else:
        s[:] = model.stability(s, d, rating, gap)
        d[:] = model.difficulty(d, rating)
    state, step = now.state[:width], now.step[:width]
    again, good = rating == _AGAIN, rating == _GOOD
    reviewing = state == _REVIEW
    now.lapses[:width] += reviewing & again
    graduates = (rating == _EASY) | (good & ((state == _RELEARNING) | (step == 1)))
    further = good & (state == _LEARNING) & (step == 0)
    state[reviewing & again] = _RELEARNING
    step[again] = 0
    step[further] = 1
    done = graduates | (reviewing & ~again)
    state[done] = _REVIEW
    step[done] = NO_STEP


class Formulas:
    """The formulas, with what depends on the rating alone worked out beforehand (index 0 is unused).

    `power` is the C library's unless speed counts more than the last place.
    """

    def __init__(self, parameters: Sequence[float], power: Callable[[Any, Any], Any] | None = None) -> None:
        self.w = w = tuple(parameters)
        self._power = power or _power
        ratings = (0, *(int(rating) for rating in Rating))
        first = [w[4] - math.e ** (w[5] * (rating - 1)) + 1 for rating in ratings]
        self.first_stability = np.array([max(w[rating - 1], SHORTEST) for rating in ratings])
        self.first_difficulty = np.array([min(max(value, 1.0), 10.0) for value in first])
        self._goal = w[7] * first[_EASY]
        self._delta = np.array([-(w[6] * (rating - 3)) for rating in ratings])
        self._same_day = np.array([math.e ** (w[17] * (rating - 3 + w[18])) for rating in ratings])
        self._decay = -w[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        self._penalty = np.array([1.0, 1.0, w[15], 1.0, 1.0])
        self._bonus = np.array([1.0, 1.0, 1.0, 1.0, w[16]])

    def difficulty(self, d: Floats, rating: Ints) -> Floats:
        """Difficulty after a review that was not the first."""
        moved = d + (10.0 - d) * self._delta[rating] / 9.0
        told: Floats = np.clip(self._goal + (1 - self.w[7]) * moved, 1.0, 10.0)
        return told

    def stability(self, s: Floats, d: Floats, rating: Ints, gap: Ints) -> Floats:
        """Stability after a review that was not the first, `gap` days after the one before."""
        told = np.empty_like(s)
        same = gap < 1
        told[same] = self._after_same_day(s[same], rating[same])
        later = ~same
        recalled = self._power(1 + self._factor * gap[later] / s[later], self._decay)
        failed = rating[later] == _AGAIN
        told[later] = self._after_days(s[later], d[later], rating[later], recalled, failed)
        longer: Floats = np.maximum(told, SHORTEST)
        return longer

    def _after_same_day(self, s: Floats, rating: Ints) -> Floats:
        growth = self._same_day[rating] * self._power(s, -self.w[19])
        told: Floats = s * np.where(rating >= _HARD, np.maximum(growth, 1.0), growth)
        return told

    def _after_days(self, s: Floats, d: Floats, rating: Ints, recalled: Floats, failed: Bools) -> Floats:
        told = np.empty_like(s)
        told[failed] = self._forgotten(s[failed], d[failed], recalled[failed])
        passed = ~failed
        told[passed] = self._remembered(s[passed], d[passed], recalled[passed], rating[passed])
        return told

    def _forgotten(self, s: Floats, d: Floats, recalled: Floats) -> Floats:
        w = self.w
        surprise = self._power(math.e, (1 - recalled) * w[14])
        far = w[11] * self._power(d, -w[12]) * (self._power(s + 1, w[13]) - 1) * surprise
        told: Floats = np.minimum(far, s / math.e ** (w[17] * w[18]))
        return told

    def _remembered(self, s: Floats, d: Floats, recalled: Floats, rating: Ints) -> Floats:
        w = self.w
        surprise = self._power(math.e, (1 - recalled) * w[10]) - 1
        growth = math.e ** w[8] * (11 - d) * self._power(s, -w[9]) * surprise
        told: Floats = s * (1 + growth * self._penalty[rating] * self._bonus[rating])
        return told


def _power(base: Floats | float, exponent: Floats | float) -> Floats:
    """Powers by the C library, one by one."""
    bases = base.tolist() if isinstance(base, np.ndarray) else repeat(base)
    exponents = exponent.tolist() if isinstance(exponent, np.ndarray) else repeat(exponent)
    return np.array(list(map(math.pow, bases, exponents)))
