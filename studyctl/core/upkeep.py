"""Keeping what one knows with little time: which cards to ask when there are minutes for few.

The *gain* of asking a card now is how much higher its chance of recall will be a year ahead than
if it is left alone; the cards with the most gain for each second come first (*gain order*). With
enough time for everything that is due, the order does not matter; with a tenth of that it decides
what stays. Cards whose recall is still above their desired retention are left alone: they lose
nothing yet.

*Keeping* is an agreement with oneself, told by events: so many minutes a day or a week, until it
is called off.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studyctl.core.fsrs_arrays import Floats, Formulas, Ints, recall
from studyctl.core.habits import Habits

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
