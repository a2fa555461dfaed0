"""Whether parameters of one's own would have predicted better: a comparison in the order of time.

Each part of the answers is predicted by what could be known before it: five times a fit to the
earlier answers, pulled to the defaults, is judged by the next ones, beside the defaults and beside
the plain share of cards recalled so far (the *average*). *Log loss* is the mean surprise of an
answer, *calibration error* how far predicted and true recall lie apart among answers of a kind:
after about as long a wait, as many answers and as many failures (the bins of the FSRS benchmark).
Of both, less is better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from studyctl.core.fsrs_arrays import Bools, Floats, Ints
from studyctl.core.memory import PARAMETERS
from studyctl.core.parameters import shrunk
from studyctl.core.review_log import Judged, Log, judged
from studyctl.core.ticks import Tick, silent, ticking

LEAST = 100  # scored answers; fewer can't tell anything from chance
FOLDS = 5
STEPS = (3.62, 1.89, 1.73)  # by which factor a wait, answers and failures differ from bin to bin
RESAMPLES = 200
_SEED = 7
_NEARLY = 1e-4  # no prediction is surer than that

Fit = Callable[[int | None], Sequence[float]]  # the fit to the answers before a moment, or to all


class Score(NamedTuple):
    """How well answers were predicted."""

    log_loss: float
    calibration: float


class Difference(NamedTuple):
    """Log loss of one's own fit less that of the defaults, and where it lies in 19 of 20 resamples of cards."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the answers say for and against parameters of one's own; scores by name."""

    answers: int  # that were scored in all
    judged: int  # that the comparison judged, the latest ones
    scores: dict[str, Score]
    difference: Difference
    own: tuple[float, ...]  # the fit to all answers, pulled to the defaults

    @property
    def better(self) -> bool:
        """Whether one's own predicted better than the defaults, beyond chance."""
        return self.difference.high < 0


def compare(told: Log, fit: Fit, current: Sequence[float] | None = None, tick: Tick = silent) -> Comparison:
    """Judge own fits against the defaults, the average and, if it is another one, what is in force."""
    usual = judged(told, PARAMETERS)
    when = told.at[usual.place]
    order = np.argsort(when, kind="stable")
    edges = [round(len(order) * part / (FOLDS + 1)) for part in range(1, FOLDS + 2)]
    own = np.full(len(order), np.nan)
    average = np.full(len(order), np.nan)
    for begin, end in ticking(pairwise(edges), FOLDS + 1, tick):
        test = order[begin:end]
        moment = int(when[order[begin]])
        parameters = shrunk(fit(moment), begin)
        own[test] = judged(told, parameters).predicted[test]
        average[test] = usual.recalled[order[:begin]].mean()
    at = order[edges[0] :]
    recalled = usual.recalled[at]
    bins = _bins(usual)[at]
    columns = {"default": usual.predicted[at], "own": own[at], "average": average[at]}
    if current is not None and tuple(current) != PARAMETERS:
        columns["in force"] = judged(told, current).predicted[at]
    return Comparison(
        answers=len(order),
        judged=len(at),
        scores={name: score(chance, recalled, bins) for name, chance in columns.items()},
        difference=_difference(columns["own"], columns["default"], recalled, told.card[usual.place[at]]),
        own=shrunk(fit(None), len(order)),
    )


def score(predicted: Floats, recalled: Bools, bins: Ints) -> Score:
    """How well these predictions met what happened; `bins` are the numbers of kinds of answers."""
    count = np.bincount(bins)
    apart = np.bincount(bins, weights=predicted - recalled) / np.maximum(count, 1)
    calibration = float(np.sqrt((count * apart**2).sum() / max(1, count.sum())))
    return Score(float(surprise(predicted, recalled).mean()), calibration)


def _bins(answers: Judged) -> Ints:
    """The number of the kind of each answer."""
    columns = (answers.gap, answers.before + 1, answers.failed + 1)
    steps = [np.log(column) / np.log(step) for column, step in zip(columns, STEPS, strict=True)]
    kinds = np.floor(np.array(steps)).astype(np.int64)
    _, told = np.unique(kinds, axis=1, return_inverse=True)
    bins: Ints = told.reshape(-1)
    return bins


def surprise(predicted: Floats, recalled: Bools) -> Floats:
    """The logarithmic loss of each answer."""
    chance = np.clip(predicted, _NEARLY, 1 - _NEARLY)
    told: Floats = -np.log(np.where(recalled, chance, 1 - chance))
    return told


def _difference(own: Floats, usual: Floats, recalled: Bools, card: Ints) -> Difference:
    """Cards are resampled as wholes: answers to one card are not independent."""
    apart = surprise(own, recalled) - surprise(usual, recalled)
    _, which = np.unique(card, return_inverse=True)
    total, count = np.bincount(which, weights=apart), np.bincount(which)
    dice = np.random.default_rng(_SEED)
    drawn = dice.integers(0, len(total), (RESAMPLES, len(total)))
    means = total[drawn].sum(axis=1) / count[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return Difference(float(apart.mean()), float(low), float(high))


def resamples(lives: int, count: int, seed: int = _SEED) -> list[Ints]:
    """Lives of cards drawn with replacement, so many times: what other cards might have taught."""
    dice = np.random.default_rng(seed)
    return [dice.integers(0, lives, lives) for _ in range(count)]
