"""Fitting the memory model to a learner's answers, with fsrs-rs (the extra `tune`).

What comes back is the bare fit; how far it is believed is decided in `studyctl.core.parameters`.
The library wants each scored answer with all earlier ones of its card, the latest last, since it
gives late answers more weight.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from studyctl.core.problems import StudyctlError
from studyctl.core.review_log import Log


class NoFitError(StudyctlError):
    """The library that fits is not there, or would not fit these answers."""


def can_fit() -> bool:
    """Whether fsrs-rs is installed."""
    return importlib.util.find_spec("fsrs_rs_python") is not None


class Fitter:
    """Fits parameters to the answers of some of the cards of one log; the log is read once."""

    def __init__(self, told: Log) -> None:
        try:
            import fsrs_rs_python as rust  # noqa: PLC0415 (an extra)
        except ImportError:
            raise NoFitError(
                "fitting needs fsrs-rs-python", "pip install fsrs-rs-python, where studyctl is installed"
            ) from None
        self._rust: Any = rust
        lives = [_items(rust, *life) for life in _lives(told)]
        self._items = [item for life in lives for _, item in life]
        self._at = np.array([at for life in lives for at, _ in life], np.int64)
        self._ends = np.cumsum([len(life) for life in lives], dtype=np.int64)

    def fit(self, lives: Sequence[int] | None = None, until: int | None = None) -> tuple[float, ...]:
        """The parameters that fit the answers to these lives of cards best; all, or those before a moment."""
        chosen = np.arange(len(self._ends)) if lives is None else np.array(lives, np.int64)
        sizes = np.diff(self._ends, prepend=0)[chosen]
        numbers = np.repeat(np.arange(len(chosen)), sizes)
        within = np.arange(len(numbers)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        places = np.repeat(self._ends[chosen] - sizes, sizes) + within
        if until is not None:
            early = self._at[places] < until
            numbers, places = numbers[early], places[early]
        order = np.lexsort((numbers, self._at[places]))
        items = [self._items[place] for place in places[order].tolist()]
        cards = numbers[order].tolist()
        try:
            return tuple(self._rust.FSRS([]).compute_parameters(items, card_ids=cards))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as problem:  # noqa: BLE001 (a panic of the library is no Exception)
            raise NoFitError(f"fsrs-rs does not fit these answers: {problem}") from None


def _lives(told: Log) -> list[tuple[list[int], list[int], list[int]]]:
    """Moments, study days and ratings of each life of a card."""
    lives: list[tuple[list[int], list[int], list[int]]] = [([], [], []) for _ in told.names]
    columns = (told.card.tolist(), told.at.tolist(), told.day.tolist(), told.rating.tolist())
    for card, at, day, rating in zip(*columns, strict=True):
        for column, value in zip(lives[card], (at, day, rating), strict=True):
            column.append(value)
    return lives


def _items(rust: Any, at: list[int], day: list[int], rating: list[int]) -> list[tuple[int, Any]]:
    """The scored answers of one life, each with its moment and all answers before it."""
    gaps = [0, *(max(0, late - early) for early, late in pairwise(day))]
    reviews = [rust.FSRSReview(grade, gap) for grade, gap in zip(rating, gaps, strict=True)]
    return [
        (at[place], rust.FSRSItem(reviews[: place + 1])) for place, gap in enumerate(gaps) if place and gap
    ]
