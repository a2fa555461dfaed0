"""What each desired retention costs: minutes a week over the next year, for all cards and by area."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from studyctl.cli.holding import Holding
from studyctl.core.forecast import ending
from studyctl.core.held import Held

SETTINGS = (None, 0.80, 0.85, 0.90, 0.95)  # None: as it is set now
DAYS = 364
RUNS = 2


class Cost(NamedTuple):
    """A setting (None: the one in force) for an area (empty: for all cards), and what it costs and brings."""

    area: str
    retention: float | None
    minutes: float  # a week
    recall: float  # mean at the end of the year

    def document(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "area": self.area or None,
            "retention": self.retention,
            "minutes_per_week": self.minutes,
            "recall": self.recall,
        }


def costs(hold: Holding) -> list[Cost]:
    """The costs for all cards first, then by area."""
    lines = hold.where.outline.lines
    names = np.array([lines[topic].area for topic in hold.cards.topic.tolist()])
    parts = [("", hold.cards)] if len(names) else []
    parts += [(area, hold.cards.where(np.flatnonzero(names == area))) for area in sorted(set(names.tolist()))]
    return [_cost(hold, area, cards, setting) for area, cards in parts for setting in SETTINGS]


def _cost(hold: Holding, area: str, cards: Held, setting: float | None) -> Cost:
    if setting is not None:
        cards = cards.with_retention(np.full(len(cards.card), setting), hold.parameters)
    today = hold.work.today
    minutes, recall = ending(cards, hold.habits, hold.parameters, today=today, days=DAYS, runs=RUNS)
    return Cost(area, setting, minutes * 7 / DAYS, recall)
