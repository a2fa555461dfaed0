"""How a learner answers: the shares of the grades, and the seconds that they take.

The usual values are means over many users of Anki, as FSRS's own simulator has them; a
learner's own take over as they gather. Grades are in the order again, hard, good, easy.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studyctl.core.fsrs_arrays import Floats, Ints
from studyctl.core.load import TRUST, USUAL_SECONDS
from studyctl.core.review_log import UNKNOWN, Judged, Log

LONGEST = 60.0  # seconds; who takes longer has left the chair


@dataclass(frozen=True, slots=True)
class Habits:
    """Shares and seconds by grade."""

    first: tuple[float, ...] = (0.24, 0.094, 0.495, 0.171)  # of the grades at first sight
    passed: tuple[float, ...] = (0.224, 0.631, 0.145)  # of hard, good, easy, of what was recalled
    first_seconds: tuple[float, ...] = (19.58, 18.79, 13.78, 10.71)
    seconds: tuple[float, ...] = (19.38, 17.59, 12.38, 8.94)  # of a review
    again_seconds: tuple[float, ...] = (16.44, 15.25, 12.32, 8.03)  # of a step after a forgotten one
    learning: tuple[tuple[float, ...], ...] = (  # the grade of a step by the grade before
        (0.3686, 0.0628, 0.5108, 0.0577),
        (0.0442, 0.4553, 0.4457, 0.0549),
        (0.0519, 0.0470, 0.8462, 0.0550),
    )
    relearning: tuple[tuple[float, ...], ...] = (
        (0.2157, 0.0643, 0.6595, 0.0604),
        (0.0500, 0.4638, 0.4475, 0.0387),
        (0.1057, 0.1434, 0.7266, 0.0244),
    )
    slowness: float = 1.0  # how much longer than usual this learner takes for everything

    @property
    def pass_seconds(self) -> float:
        """Seconds of a review in which the card is recalled."""
        return self.slowness * float(np.dot(self.passed, self.seconds[1:]))

    @property
    def fail_seconds(self) -> float:
        """Seconds of a review in which it is not, its first step included."""
        steps = float(np.dot(self.relearning[0], self.again_seconds))
        return self.slowness * (self.seconds[0] + steps)


USUAL = Habits()


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
