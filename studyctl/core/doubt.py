"""How far a forecast may be off: the factor by which all stabilities could be wrong.

The model is judged by the learner's own answers: had every stability been `m` times as long,
how likely would the answers have been? With few answers the factor is what it is among learners
(a spread of about 30 %), with many their own. What never goes away is that a forecast reaches
further than any answer has: a fifth each way stays, since refits on resampled cards move the
distant future by as much.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from studyctl.core.fsrs_arrays import recall
from studyctl.core.review_log import Judged

AMONG_LEARNERS = 0.3  # spread of the logarithm of the factor before any answer is seen
ALWAYS = 0.2  # what no number of answers takes away
EIGHTY = 1.2816  # standard deviations to each side of which 80 % lie
MOST = 10_000  # answers that are looked at, spread over all of them
_GRID = np.linspace(-1.0, 1.0, 41)


class Doubt(NamedTuple):
    """The stabilities are right within these factors, in four of five cases."""

    low: float
    high: float
    answers: int = 0  # by how many scored answers this was told


def doubt(answers: Judged | None, decay: float) -> Doubt:
    """The factors that a learner's answers leave open; both sides of 1 are always in between."""
    prior = -((_GRID / AMONG_LEARNERS) ** 2) / 2
    count = len(answers.place) if answers is not None else 0
    if answers is not None and count:
        step = max(1, math.ceil(count / MOST))
        gap, stability, recalled = (
            column[::step] for column in (answers.gap, answers.stability, answers.recalled)
        )
        weight = np.array([_likelihood(gap, stability * math.exp(shift), recalled, decay) for shift in _GRID])
        prior = prior + weight * step
    share = np.exp(prior - prior.max())
    share /= share.sum()
    mean = float(share @ _GRID)
    spread = math.hypot(math.sqrt(float(share @ (_GRID - mean) ** 2)), ALWAYS)
    low, high = mean - EIGHTY * spread, mean + EIGHTY * spread
    return Doubt(math.exp(min(low, 0.0)), math.exp(max(high, 0.0)), count)


def _likelihood(gap: np.ndarray, stability: np.ndarray, recalled: np.ndarray, decay: float) -> float:
    chance = np.clip(recall(stability, gap, decay), 1e-6, 1 - 1e-6)
    return float(np.log(np.where(recalled, chance, 1 - chance)).sum())
