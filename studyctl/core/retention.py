"""True retention: what was recalled, against what the model had predicted.

Only scored answers count (see `studyctl.core.review_log`). They are looked at by month, by area,
by how long the card had been left, and by what was predicted, which shows whether the model is too
hopeful, and where.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from studyctl.core.fsrs_arrays import Ints
from studyctl.core.habits import LONGEST
from studyctl.core.review_log import UNKNOWN, Judged, Log
from studyctl.core.time import to_date

GAPS = ((1, 1, "1 day"), (2, 3, "2-3 days"), (4, 7, "4-7 days"), (8, 21, "8-21 days"),
        (22, 60, "22-60 days"), (61, 180, "61-180 days"), (181, 10**6, "over 180 days"))  # fmt: skip
CHANCES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


class Line(NamedTuple):
    """A group of scored answers: how many, the share that was recalled, and the share that was predicted."""

    name: str
    answers: int
    recalled: float
    predicted: float


class Grade(NamedTuple):
    """One of the four grades: how many answers, and their mean seconds (None: none was timed)."""

    rating: int
    answers: int
    seconds: float | None


class Retention(NamedTuple):
    """The report; lines in their natural order, groups without answers left out."""

    answers: int
    scored: int
    all: Line | None
    months: tuple[Line, ...]
    areas: tuple[Line, ...]
    gaps: tuple[Line, ...]
    calibration: tuple[Line, ...]
    grades: tuple[Grade, ...]


def retention(told: Log, scored: Judged, area: Callable[[str], str]) -> Retention:
    """The report on a log; `area` gives the area of a card."""
    month = [f"{to_date(day):%Y-%m}" for day in told.day[scored.place].tolist()]
    names = [area(told.names[card]) for card in told.card[scored.place].tolist()]
    gap = np.searchsorted(np.array([first for first, _, _ in GAPS]), scored.gap, side="right") - 1
    bins = np.searchsorted(np.array(CHANCES[1:-1]), scored.predicted, side="right")
    spans = [f"{low:.2f}-{high:.2f}" for low, high in pairwise(CHANCES)]
    whole = _lines(scored, np.zeros(len(scored.place), np.int64), ["all"])
    return Retention(
        answers=len(told.card),
        scored=len(scored.place),
        all=whole[0] if whole else None,
        months=by_name(scored, month),
        areas=by_name(scored, names),
        gaps=_lines(scored, gap, [name for _, _, name in GAPS]),
        calibration=_lines(scored, bins, spans),
        grades=_grades(told),
    )


def by_name(scored: Judged, names: Sequence[str]) -> tuple[Line, ...]:
    """A line for each of the names that were given to the scored answers."""
    known = sorted(set(names))
    place = {name: at for at, name in enumerate(known)}
    return _lines(scored, np.array([place[name] for name in names], np.int64), known)


def _lines(scored: Judged, group: Ints, names: Sequence[str]) -> tuple[Line, ...]:
    count = np.bincount(group, minlength=len(names))
    recalled = np.bincount(group, weights=scored.recalled, minlength=len(names))
    predicted = np.bincount(group, weights=scored.predicted, minlength=len(names))
    return tuple(
        Line(name, int(count[at]), float(recalled[at] / count[at]), float(predicted[at] / count[at]))
        for at, name in enumerate(names)
        if count[at]
    )


def _grades(told: Log) -> tuple[Grade, ...]:
    lines = []
    for rating in range(1, 5):
        chosen = told.rating == rating
        ms = told.ms[chosen & (told.ms != UNKNOWN)]
        seconds = float(np.minimum(ms / 1000, LONGEST).mean()) if len(ms) else None
        lines.append(Grade(rating, int(chosen.sum()), seconds))
    return tuple(lines)
