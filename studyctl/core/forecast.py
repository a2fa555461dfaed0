"""What is to come: the reviews of the cards that one has, and what is left if they stop.

If reviews stop, nothing is left to chance: the recall of every card on every later day is known,
and sums of it are exact within the model. If they go on, chance decides each answer, and each
answer when the card comes back: then cards are drawn many times, with fixed seeds, each card going
on from its own memory from one review to its next (*event-stepped*), which assumes that every card
is answered on the day on which it is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from studyctl.core.fsrs_arrays import Floats, Formulas, Ints, intervals, recall
from studyctl.core.habits import Habits
from studyctl.core.held import Held, recall_by_topic

SEED = 20_261
LOW, HIGH = 0.1, 0.9  # an interval holds four of five
NEW = -1  # the last review of a card that was never seen
_AGAIN, _HARD, _GOOD, _EASY = 1, 2, 3, 4


class Left(NamedTuple):
    """What is left on a day if reviews stop now: mean recall of the cards, and of each topic (NaN: no cards)."""

    day: int
    recall: float | None
    topics: Floats


def if_you_stop(cards: Held, days: Sequence[int], topics: int, decay: float) -> list[Left]:
    """What is left on each of these study days."""
    told = []
    for day in days:
        chance = recall(cards.stability, day - cards.last, decay)
        mean = float(chance.mean()) if len(chance) else None
        told.append(Left(day, mean, recall_by_topic(cards, day, topics, decay)))
    return told


class Futures(NamedTuple):
    """Reviews and minutes of each week, a row for each future; a new card counts as one review."""

    reviews: Floats
    minutes: Floats


class Weeks(NamedTuple):
    """Reviews and minutes of each week as a mean over futures; minutes of four of five futures are from low to high."""

    reviews: Floats
    minutes: Floats
    low: Floats
    high: Floats


class Coming(NamedTuple):
    """Cards that are going to be seen for the first time: on which day, and their desired retention."""

    day: Ints
    retention: Floats


NOTHING_NEW = Coming(np.zeros(0, np.int64), np.zeros(0))


def futures(
    cards: Held,
    habits: Habits,
    parameters: Sequence[float],
    *,
    today: int,
    starts: Sequence[int],
    coming: Coming = NOTHING_NEW,
    runs: int = 8,
    seed: int = SEED,
) -> Futures:
    """So many futures of the weeks that begin on the days `starts`, up to the last of these days.

    `starts` are in order, the first not after today; of n + 1 days come n weeks. A backlog is done today.
    """
    edges = np.array(starts, np.int64)
    weeks = len(edges) - 1
    drawn = Drawn(cards, coming, habits, parameters, runs, seed)
    drawn.due = np.maximum(drawn.due, today)
    run = np.repeat(np.arange(runs), len(cards.card) + len(coming.day))
    reviews, seconds = np.zeros(runs * weeks), np.zeros(runs * weeks)
    while len(who := np.flatnonzero(drawn.due < edges[-1])):
        place = run[who] * weeks + np.searchsorted(edges, drawn.due[who], side="right") - 1
        took = drawn.review(who)
        reviews += np.bincount(place, minlength=len(reviews))
        seconds += np.bincount(place, weights=took, minlength=len(seconds))
    return Futures(reviews.reshape(runs, weeks), seconds.reshape(runs, weeks) / 60)


def load(futures: Sequence[Futures]) -> Weeks:
    """The load of the weeks over futures of any origin, all of one weight.

    The mean is between low and high also where one future in twenty outweighs all others.
    """
    reviews = np.concatenate([one.reviews for one in futures]).mean(axis=0)
    minutes = np.concatenate([one.minutes for one in futures])
    mean = minutes.mean(axis=0)
    low, high = np.quantile(minutes, (LOW, HIGH), axis=0)
    return Weeks(reviews, mean, np.minimum(low, mean), np.maximum(high, mean))


def ending(
    cards: Held,
    habits: Habits,
    parameters: Sequence[float],
    *,
    today: int,
    days: int,
    runs: int = 2,
    seed: int = SEED,
) -> tuple[float, float]:
    """The minutes that so many days take in all, and the mean recall of the cards at their end."""
    drawn = Drawn(cards, NOTHING_NEW, habits, parameters, runs, seed)
    drawn.due = np.maximum(drawn.due, today)
    seconds = 0.0
    while len(who := np.flatnonzero(drawn.due < today + days)):
        seconds += float(drawn.review(who).sum())
    chance = recall(drawn.stability, today + days - drawn.last, parameters[20])
    return seconds / 60 / runs, float(chance.mean())


class Drawn:
    """Cards that live on by chance, those of all runs side by side, each at its own place in time."""

    def __init__(
        self,
        cards: Held,
        coming: Coming,
        habits: Habits,
        parameters: Sequence[float],
        runs: int,
        seed: int,
    ) -> None:
        new = len(coming.day)
        nothing = np.full(new, np.nan)
        self.dice = np.random.default_rng(seed)
        self.habits = habits
        self.parameters = tuple(parameters)
        self.model = Formulas(parameters, np.power)
        self.stability = np.tile(np.r_[cards.stability, nothing], runs)
        self.difficulty = np.tile(np.r_[cards.difficulty, nothing], runs)
        self.last = np.tile(np.r_[cards.last, np.full(new, NEW)], runs)
        self.due = np.tile(np.r_[cards.due, coming.day], runs)
        self.retention = np.tile(np.r_[cards.retention, coming.retention], runs)

    def review(self, who: Ints) -> Floats:
        """Let these cards be answered on the day each is due; the seconds that each takes."""
        fresh = np.isnan(self.stability[who])
        seconds = np.zeros(len(who))
        if fresh.any():
            seconds[fresh] = self._first(who[fresh])
        if not fresh.all():
            seconds[~fresh] = self._again(who[~fresh])
        self.last[who] = self.due[who]
        ahead = intervals(self.stability[who], self.retention[who], self.parameters)
        self.due[who] = self.due[who] + ahead
        return seconds * self.habits.slowness

    def _first(self, who: Ints) -> Floats:
        grade = self._draw(np.broadcast_to(np.array(self.habits.first), (len(who), 4)))
        self.stability[who] = self.model.first_stability[grade]
        self.difficulty[who] = self.model.first_difficulty[grade]
        seconds = np.array(self.habits.first_seconds)
        return seconds[grade - 1] + self._steps(who, grade, 2, self.habits.learning, seconds)

    def _again(self, who: Ints) -> Floats:
        gap = self.due[who] - self.last[who]
        chance = recall(self.stability[who], gap, self.parameters[20])
        passed = self._draw(np.broadcast_to(np.array((0.0, *self.habits.passed)), (len(who), 4)))
        grade = np.where(self.dice.random(len(who)) < chance, passed, _AGAIN)
        old = self.stability[who], self.difficulty[who]
        self.stability[who] = self.model.stability(*old, grade, gap)
        self.difficulty[who] = self.model.difficulty(old[1], grade)
        seconds: Floats = np.array(self.habits.seconds)[grade - 1]
        failed = np.flatnonzero(grade == _AGAIN)
        again = np.array(self.habits.again_seconds)
        seconds[failed] += self._steps(who[failed], grade[failed], 1, self.habits.relearning, again)
        return seconds

    def _steps(
        self,
        who: Ints,
        grade: Ints,
        steps: int,
        shares: tuple[tuple[float, ...], ...],
        seconds: Floats,
    ) -> Floats:
        """The steps of the same day: good goes on, easy leaves, hard repeats, again begins anew."""
        table = np.array(shares)
        took = np.zeros(len(who))
        left = np.select([grade == _EASY, grade == _GOOD], [0, steps - 1], steps)
        grade = grade.copy()
        while len(at := np.flatnonzero(left > 0)):
            new = self._draw(table[grade[at] - 1])
            one = who[at]
            self.stability[one] = self.model.stability(
                self.stability[one], self.difficulty[one], new, np.zeros(len(at), np.int64)
            )
            self.difficulty[one] = self.model.difficulty(self.difficulty[one], new)
            took[at] += seconds[new - 1]
            left[at] = np.select(
                [new == _EASY, new == _GOOD, new == _HARD], [0, left[at] - 1, left[at]], steps
            )
            grade[at] = np.where(new == _EASY, _GOOD, new)
        return took

    def _draw(self, shares: Floats) -> Ints:
        """A grade for each row of shares."""
        dice = self.dice.random(len(shares))
        grades: Ints = np.minimum((dice[:, None] >= np.cumsum(shares, axis=1)).sum(axis=1), 3) + 1
        return grades
