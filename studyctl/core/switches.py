"""Changes of area: how often somebody began in another field, and what that is taken to cost.

A change along the prerequisites, down to something that is missing and up again, is
*backtracking* and a step of one way; any other is a *jump*. Both are counted, neither is judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from studyctl.core.learner import Session
from studyctl.core.order import SET_UP
from studyctl.core.time import study_day


class Switches(NamedTuple):
    """The changes of area in some time."""

    jumps: int = 0
    steps_back: int = 0

    @property
    def hours(self) -> float:
        """What the jumps are taken to cost; a plan counts them alike."""
        return self.jumps * SET_UP


def between(
    sessions: Iterable[Session],
    area: Mapping[str, str],
    related: Callable[[str, str], bool],
    first: int,
    last: int,
    day_starts_at: int = 4,
) -> Switches:
    """The changes of area from one study day to another, both included.

    `area` is that of each topic (of those that are not there any more nothing is said), and
    `related` whether one of two topics stands on the other.
    """
    jumps = steps_back = 0
    before: str | None = None
    for one in sorted(sessions, key=lambda one: one.start):
        if one.topic not in area:
            continue
        day = study_day(one.start, one.offset, day_starts_at)
        if before is not None and area[before] != area[one.topic] and first <= day <= last:
            if related(before, one.topic):
                steps_back += 1
            else:
                jumps += 1
        before = one.topic
    return Switches(jumps, steps_back)
