"""How long this learner takes: actual against estimated hours, and how sure that is.

The ratio of a topic's logged hours to its estimate is taken as log-normal. Before anything is
known the *pace* is 1.4 (people take longer than authors think), with the weight of one and a
half topics; every finished topic with logged hours adds its own ratio. The spread gives a
range for every finish date, which narrows as topics are finished.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

USUAL = 1.4
WEIGHT = 1.5  # topics that the usual pace counts for
SPREAD = 0.5  # standard deviation of the log of one topic's ratio
BOUND = 4.0  # a ratio further away says more about the log than about the learner: above it
# a clock that ran on, which counts as this; below, a topic that was known already, which counts as nothing
P90 = 1.2816  # standard deviations


class Pace(NamedTuple):
    """Hours that the learner takes for each estimated hour: the median, its spread, and from how much."""

    ratio: float
    spread: float  # standard deviation of the log of `ratio`
    topics: int
    hours: float

    def at(self, deviations: float, topics_left: int) -> float:
        """The ratio over what is left, so many standard deviations from the median."""
        spread = math.hypot(self.spread, SPREAD / math.sqrt(max(1, topics_left)))
        return self.ratio * math.exp(deviations * spread)


def pace(finished: Iterable[tuple[float, float]]) -> Pace:
    """The pace of a learner, from the (logged, estimated) hours of the topics that are finished."""
    total, count, hours = WEIGHT * math.log(USUAL), 0, 0.0
    for logged, estimated in finished:
        if estimated > 0 and logged * BOUND >= estimated:
            total += math.log(min(logged / estimated, BOUND))
            count += 1
            hours += logged
    weight = WEIGHT + count
    return Pace(math.exp(total / weight), SPREAD / math.sqrt(weight), count, hours)
