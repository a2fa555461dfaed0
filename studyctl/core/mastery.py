"""What the memories of its cards say about a topic.

*Recall* is the mean retrievability of its seen cards, *mastery* the share of its cards that
were seen times recall. A topic that was learnt has *faded* once its recall falls under 0.70,
and stays faded until it is 0.85 again; it was *forgotten* as often as such a fading was
confirmed by a card that then failed. Between two reviews recall only falls, so the moments
just before and just after a review decide everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from studyctl.core.memory import Memory, State, retrievability

FADED = 0.70
FRESH = 0.85


class Fade(NamedTuple):
    """How a topic's recall went, up to its last review."""

    faded: bool = False  # it had faded, and has not been fresh again
    forgotten: int = 0  # fadings that a lapse confirmed


class Reviewed(NamedTuple):
    """One review of a topic's card as it matters here: the memory is the one after it."""

    card: str
    day: int
    rating: int
    memory: Memory


def fade(reviews: Iterable[Reviewed], learnt_on: int | None = None, decay: float | None = None) -> Fade:
    """Whether a topic had faded after its last review, and how often it was forgotten.

    `reviews` are those of all its cards in time order. Before the study day `learnt_on`
    nothing can fade, since nothing was learnt; None means that it was learnt from the start.
    """
    curve = (decay,) if decay is not None else ()
    seen: dict[str, Memory] = {}
    faded = confirmed = False
    forgotten = 0

    def recall(day: int) -> float:
        return sum(
            retrievability(memory.stability, day - memory.last_day, *curve) for memory in seen.values()
        ) / len(seen)

    for card, day, rating, memory in reviews:
        learnt = learnt_on is None or day > learnt_on
        if seen and learnt and not faded and recall(day) < FADED:
            faded, confirmed = True, False
        before = seen.get(card)
        if faded and not confirmed and rating == 1 and before and before.state is State.REVIEW:
            confirmed = True
            forgotten += 1
        seen[card] = memory
        if faded and recall(day) >= FRESH:
            faded = False
    return Fade(faded, forgotten)


def is_faded(*, learnt: bool, recall: float | None, before: bool) -> bool:
    """Whether a topic has faded now, given its recall now and whether it had at its last review."""
    if not learnt or recall is None:
        return False
    return recall < FADED or (before and recall < FRESH)


def mastery(*, seen: int, cards: int, recall: float | None) -> float:
    """The share of cards seen times their recall, 0..1; 0 for a topic without cards."""
    return seen / cards * recall if cards and recall is not None else 0.0
