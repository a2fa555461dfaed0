"""The review log in the form that FSRS's optimiser reads: five columns of numbers.

``card_id,review_time,review_rating,review_state,review_duration``: cards are numbered in the order
in which they were first answered, times are in milliseconds, and the state is the one before the
answer (0 new, 1 learning, 2 review, 3 relearning).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from studyctl.core.memory import Rating, State
from studyctl.core.review_log import UNKNOWN, Log

HEADER = "card_id,review_time,review_rating,review_state,review_duration"


def rows(told: Log) -> Iterator[str]:
    """The lines of the file in order of time, the header first."""
    yield HEADER
    starts = np.flatnonzero(np.diff(told.card, prepend=-1)).tolist()
    first: dict[str, int] = {}
    for start in sorted(starts, key=lambda at: (told.at[at], told.names[told.card[at]])):
        first.setdefault(told.names[told.card[start]], len(first) + 1)
    states = before(told)
    for at in np.lexsort((told.card, told.at)).tolist():
        number = first[told.names[told.card[at]]]
        ms = max(0, int(told.ms[at])) if told.ms[at] != UNKNOWN else 0
        yield f"{number},{told.at[at]},{told.rating[at]},{int(states[at])},{ms}"


def before(told: Log) -> list[State]:
    """The state of the card before each answer."""
    states: list[State] = []
    edges = [*np.flatnonzero(np.diff(told.card, prepend=-1)).tolist(), len(told.card)]
    ratings = told.rating.tolist()
    for start, end in pairwise(edges):
        state, step = State.NEW, 0
        for rating in ratings[start:end]:
            states.append(state)
            state, step = _after(state, step, rating)
    return states


def _after(state: State, step: int, rating: int) -> tuple[State, int]:
    """The state after an answer, with Anki's steps: two for a new card, one for a forgotten one."""
    if rating == Rating.EASY:
        return State.REVIEW, 0
    if state is State.REVIEW:
        return (State.RELEARNING, 0) if rating == Rating.AGAIN else (State.REVIEW, 0)
    if state is State.RELEARNING:
        return (State.REVIEW, 0) if rating == Rating.GOOD else (State.RELEARNING, 0)
    if rating == Rating.AGAIN:
        return State.LEARNING, 0
    if rating == Rating.GOOD:
        return (State.REVIEW, 0) if step else (State.LEARNING, 1)
    return State.LEARNING, step
