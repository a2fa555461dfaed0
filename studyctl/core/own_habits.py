"""A learner's own habits, told from the answers; the usual ones where there are too few."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from studyctl.core.fsrs_arrays import Floats, Ints
from studyctl.core.habits import LONGEST, USUAL, Habits
from studyctl.core.load import TRUST, USUAL_SECONDS
from studyctl.core.review_log import UNKNOWN, Judged, Log


def habits(told: Log, scored: Judged) -> Habits:
    """The habits of a learner: own shares and own pace, each as far as there are answers to tell it."""
    if not len(told.card):
        return USUAL
    begins = np.r_[True, told.card[1:] != told.card[:-1]]
    timed = told.ms != UNKNOWN
    seconds = np.minimum(told.ms[timed] / 1000, LONGEST)
    usual = USUAL_SECONDS
    own = (float(seconds.sum()) + TRUST * usual) / (len(seconds) + TRUST)
    passed = told.rating[scored.place[scored.recalled]]
    return replace(
        USUAL,
        first=_shares(told.rating[begins], USUAL.first, 1),
        passed=_shares(passed, USUAL.passed, 2),
        slowness=own / usual,
    )


def _shares(rating: Ints, usual: tuple[float, ...], lowest: int) -> tuple[float, ...]:
    count: Floats = np.bincount(rating - lowest, minlength=len(usual)).astype(np.float64)
    told = (count + TRUST * np.array(usual)) / (count.sum() + TRUST)
    return tuple(told.tolist())
