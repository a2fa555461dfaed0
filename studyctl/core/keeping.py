"""An agreement with oneself: so many minutes a day or a week for keeping what one knows, and no more.

It is made and called off by events. A day's share that was not used is not owed; a week's is
there until Sunday.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from studyctl.core.time import monday

LONGEST = 1440  # minutes a day
MOST_YEARS = 50.0


class Keeping(NamedTuple):
    """So many `minutes` a day or, if `weekly`, a week; `years` is how far one looked when it was agreed."""

    minutes: float
    weekly: bool = False
    years: float = 2.0

    @property
    def a_week(self) -> float:
        """Minutes a week."""
        return self.minutes if self.weekly else 7 * self.minutes

    def since(self, today: int) -> int:
        """The first study day whose reviews count against the share that is open today."""
        return monday(today) if self.weekly else today


def read(facts: Mapping[str, Any]) -> Keeping | None:
    """The agreement that an event tells; None where its minutes are none."""
    minutes, years = _number(facts.get("minutes")), _number(facts.get("years"))
    if minutes <= 0:
        return None
    return Keeping(minutes, facts.get("per") == "week", years if 0 < years <= MOST_YEARS else 2.0)


def _number(value: Any) -> float:
    """A number as an event brings it; 0 for anything else."""
    return float(value) if type(value) in (int, float) and math.isfinite(value) else 0.0
