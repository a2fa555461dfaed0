"""The numbers that FSRS may be tuned by: what they may be, and how far a fit is believed.

A *fit* is the 21 parameters that would have predicted a learner's answers best. A short log
fits noise, so a fit is pulled to the defaults: of `n` answers that a fit was judged by, it
keeps the weight n / (n + 1000). On the one long log that could be measured this was better than
the defaults, which the fit itself was not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from studyctl.core.memory import PARAMETERS

LOWEST = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001, 0.001, 0.001, 0.001,
    0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
"""The least value of each parameter, as py-fsrs has it."""

HIGHEST = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9,
    4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""The greatest."""

DOUBT = 1000  # answers; with so many a fit and the defaults count alike


def clipped(parameters: Sequence[float]) -> tuple[float, ...]:
    """The parameters, each brought into its bounds; a fit in 32 bits may lie just outside."""
    bounds = zip(parameters, LOWEST, HIGHEST, strict=True)
    return tuple(min(max(float(value), low), high) for value, low, high in bounds)


def shrunk(fit: Sequence[float], answers: int) -> tuple[float, ...]:
    """A fit pulled to the defaults, and within its bounds; `answers` is how many it was judged by."""
    trust = answers / (answers + DOUBT)
    pulled = [usual + trust * (own - usual) for own, usual in zip(fit, PARAMETERS, strict=True)]
    return clipped(pulled)


def read(value: object) -> tuple[float, ...] | None:
    """Parameters as an event brings them; None for anything that py-fsrs would refuse."""
    if not isinstance(value, list | tuple) or len(value) != len(PARAMETERS):
        return None
    numbers = [float(one) for one in value if type(one) in (int, float) and math.isfinite(one)]
    if len(numbers) != len(PARAMETERS):
        return None
    told = tuple(numbers)
    return told if told == clipped(told) else None
