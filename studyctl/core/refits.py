"""The same cards under other parameters: how far a forecast moves when the fit moves.

Fits to cards drawn with replacement show what the learner's answers leave open. Under each, all
memories are told anew from the first answer on, and the forecast is made again.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studyctl.core.fsrs_arrays import replay
from studyctl.core.held import Held
from studyctl.core.review_log import Log


def under(cards: Held, told: Log, parameters: Sequence[float]) -> Held:
    """The cards, due as they are, with what these parameters say was remembered of them all along."""
    memories = replay(told.card, told.day, told.rating, parameters, power=np.power)
    last = {name: life for life, name in enumerate(told.names)}  # the last life of a card counts
    lives = np.array([last.get(name, -1) for name in cards.card], np.int64)
    known = lives >= 0
    stability, difficulty = cards.stability.copy(), cards.difficulty.copy()
    stability[known] = memories.stability[lives[known]]
    difficulty[known] = memories.difficulty[lives[known]]
    return cards._replace(stability=stability, difficulty=difficulty)
