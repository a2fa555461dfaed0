"""Keeping what one knows with little time: which cards to ask when there are minutes for few.

The *gain* of asking a card now is how much higher its chance of recall will be a year ahead than
if it is left alone; the cards with the most gain for each second come first (*gain order*). With
enough time for everything that is due, the order does not matter; with a tenth of that it decides
what stays. Cards whose recall is still above their desired retention are left alone: they lose
nothing yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from studyctl.core.forecast import NOTHING_NEW, SEED, Drawn
from studyctl.core.fsrs_arrays import Floats, Formulas, Ints, recall
from studyctl.core.habits import Habits
from studyctl.core.held import Held

YEAR = 365  # study days ahead at which a gain is counted
_AGAIN, _GOOD = 1, 3


def gain_order(
    stability: Floats,
    difficulty: Floats,
    days: Ints,
    weight: Floats,
    habits: Habits,
    parameters: Sequence[float],
) -> Floats:
    """The gain of asking each card now, a year ahead, for each second that it is expected to take.

    `days` have passed since the last review of each; `weight` says how much a card matters.
    """
    model = Formulas(parameters, np.power)
    decay = parameters[20]
    now = recall(stability, days, decay)
    good = np.full(len(stability), _GOOD)
    gap = np.maximum(days, 1)
    passed = recall(model.stability(stability, difficulty, good, gap), np.full_like(days, YEAR), decay)
    failed = recall(
        model.stability(stability, difficulty, np.full_like(good, _AGAIN), gap),
        np.full_like(days, YEAR),
        decay,
    )
    left = recall(stability, days + YEAR, decay)
    seconds = now * habits.pass_seconds + (1 - now) * habits.fail_seconds
    told: Floats = weight * (now * passed + (1 - now) * failed - left) / seconds
    return told


class Outcome(NamedTuple):
    """What is there at the end, a mean over the runs: recall of each card, how often it was asked, the time it took."""

    recall: Floats
    asked: Floats
    minutes: float  # a week


Order = Callable[[Drawn, Ints], Floats]  # of the cards in hand on a study day: the higher, the sooner


def live_on(
    cards: Held,
    habits: Habits,
    parameters: Sequence[float],
    order: Order,
    *,
    today: int,
    days: int,
    minutes: float,
    runs: int = 3,
    seed: int = SEED,
    step: int = 1,
) -> Outcome:
    """How the cards stand after so many days of `minutes` a week, `step` weeks at a time in this order.

    What a step leaves over is there in the next one, up to a whole step's share.
    """
    ends, asked, spent = np.zeros(len(cards.card)), np.zeros(len(cards.card)), 0.0
    share = 60 * minutes * step
    weeks = max(1, round(days / 7 / step))
    for run in range(runs):
        drawn = Drawn(cards, NOTHING_NEW, habits, parameters, 1, seed + run)
        purse = 0.0
        for week in range(weeks):
            day = today + 7 * step * week
            purse = min(purse, share) + share
            who = _affordable(drawn, order, day, habits, parameters[20], purse)
            if len(who):
                drawn.due[who] = day
                took = float(drawn.review(who).sum())
                asked[who] += 1
                purse -= took
                spent += took
        ends += recall(drawn.stability, today + days - drawn.last, parameters[20])
    return Outcome(ends / runs, asked / runs, spent / 60 / weeks / step / runs)


def _affordable(drawn: Drawn, order: Order, day: int, habits: Habits, decay: float, seconds: float) -> Ints:
    """The cards that lose something, the first in order for which the time is expected to suffice."""
    chance = recall(drawn.stability, day - drawn.last, decay)
    open_now = np.flatnonzero(chance < drawn.retention)
    if not len(open_now):
        return open_now
    rank = order(drawn, np.full(len(drawn.last), day))[open_now]
    first = open_now[np.argsort(-rank, kind="stable")]
    cost = chance[first] * habits.pass_seconds + (1 - chance[first]) * habits.fail_seconds
    told: Ints = first[np.cumsum(cost) <= seconds]
    return told


def by_gain(habits: Habits, parameters: Sequence[float], weight: Floats) -> Order:
    """Gain order."""

    def order(drawn: Drawn, day: Ints) -> Floats:
        days = day - drawn.last
        return gain_order(drawn.stability, drawn.difficulty, days, weight, habits, parameters)

    return order


def by_due(drawn: Drawn, day: Ints) -> Floats:
    """Plain due order: what is most overdue, in its own intervals, comes first."""
    told: Floats = (day - drawn.last) / np.maximum(1, drawn.due - drawn.last)
    return told
