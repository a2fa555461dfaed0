"""How a learner answers: the shares of the grades, and the seconds that they take.

The usual values are means over many users of Anki, as FSRS's own simulator has them; a
learner's own take over as they gather (`studyctl.core.own_habits`). Grades are in the order again, hard, good, easy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
        return self.slowness * _mean(self.passed, self.seconds[1:])

    @property
    def fail_seconds(self) -> float:
        """Seconds of a review in which it is not, its first step included."""
        steps = _mean(self.relearning[0], self.again_seconds)
        return self.slowness * (self.seconds[0] + steps)


USUAL = Habits()


def _mean(shares: Sequence[float], values: Sequence[float]) -> float:
    return sum(share * value for share, value in zip(shares, values, strict=True))
