"""What reviewing costs: minutes a week of the cards that one has, and of those to come.

A card that is always reviewed when it is due costs A·ln(1 + a/B) minutes in the first `a`
weeks of its life, so its load falls with the age of the card and the load of a learner grows
with the logarithm of time. A and B were fitted to simulated FSRS-6 learners (within 7 % over
six years) for four desired retentions; other retentions are interpolated.
"""

from __future__ import annotations

import math
from bisect import bisect_left

CURVES = ((0.80, 1.8, 26.0), (0.85, 2.1, 30.0), (0.90, 2.65, 29.0), (0.95, 4.05, 29.0))
FIRST_SIGHT = ((0.80, 0.91), (0.85, 1.10), (0.90, 1.16), (0.95, 1.38))  # minutes
USUAL_SECONDS = 14.0  # a review in the simulations, mean over grades
TRUST = 50  # reviews after which a learner's own seconds count as much as the usual ones
MERGE = 0.08  # ages that differ by less, relative to B + age, are counted as one (error under 1 %)


def curve(retention: float) -> tuple[float, float, float]:
    """(A, B, minutes at first sight) at a desired retention between 0.70 and 0.99."""
    points = [row[0] for row in CURVES]
    right = min(max(bisect_left(points, retention), 1), len(points) - 1)
    low, high = points[right - 1], points[right]
    share = min(max((retention - low) / (high - low), 0.0), 1.0)

    def between(a: float, b: float) -> float:
        return a + share * (b - a)

    (_, a0, b0), (_, a1, b1) = CURVES[right - 1], CURVES[right]
    return between(a0, a1), between(b0, b1), between(FIRST_SIGHT[right - 1][1], FIRST_SIGHT[right][1])


def mean_minutes(retention: float, weeks: float = 156.0) -> float:
    """Minutes a week that a card costs at the usual pace, a mean of its first weeks; by default three years."""
    a, b, _ = curve(retention)
    return a * math.log1p(weeks / b) / weeks


def slowness(timed: int, seconds: float) -> float:
    """How slow this learner reviews compared with the usual one; trusts own times as they gather."""
    own = (timed * seconds + TRUST * USUAL_SECONDS) / (timed + TRUST)
    return own / USUAL_SECONDS


class Load:
    """The review load week by week: cards age, and new ones come."""

    def __init__(self, retention: float = 0.90, slowness: float = 1.0) -> None:
        self._a, self._b, self._first = curve(retention)
        self._slowness = slowness
        self._cards: list[tuple[float, float]] = []  # (age in weeks, how many), the oldest first

    def add(self, cards: float, age: float = 0.0) -> None:
        """Cards that were first seen `age` weeks ago."""
        if cards > 0:
            self._cards.append((age, cards))

    def first_sight(self, cards: float) -> float:
        """Minutes that it takes to see new cards for the first time."""
        return cards * self._first * self._slowness

    def of_new(self, cards: float, weeks: float) -> float:
        """Minutes that new cards cost in their first `weeks`, their first sight included."""
        return self.first_sight(cards) + self._slowness * cards * self._a * math.log1p(weeks / self._b)

    def minutes(self, weeks: float = 1.0) -> float:
        """The review minutes of the week that begins now, or of a part of it."""
        a, b = self._a, self._b
        return self._slowness * sum(
            count * a * math.log((b + age + weeks) / (b + age)) for age, count in self._cards
        )

    def week(self, weeks: float = 1.0) -> None:
        """A week goes by, or a part of it; cards of nearly one age are counted together from now on."""
        told: list[tuple[float, float]] = []
        for age, count in sorted(self._cards, reverse=True):
            if told and told[-1][0] - age - weeks < MERGE * (self._b + age):
                older, others = told[-1]
                total = others + count
                told[-1] = ((older * others + (age + weeks) * count) / total, total)
            else:
                told.append((age + weeks, count))
        self._cards = told
