"""Implicit practice: topics whose cards may come back later, since harder topics exercise them anyway.

Who differentiates compositions uses the product rule, too; how much that keeps it is not known. So
no memory is ever credited with it. The one effect is that cards of an *exercised* topic are
asked at a lower desired retention, all but a control group (`studyctl.core.due_days`), and only
once the learner has turned it on. Each such decision is an event, with the topics that speak for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from studyctl.core.events import Event
from studyctl.core.outline import Outline

EASED = 0.80  # desired retention; recall never fell under 0.88 with it in simulations
ENOUGH = 0.3  # the weight from which on a topic counts as exercised
LOWEST, HIGHEST = 0.70, 0.99


class Exercised(NamedTuple):
    """A topic, and the learnt topics that exercise it, with their weights."""

    topic: int
    by: tuple[tuple[int, float], ...]


def exercised(outline: Outline, learnt: Sequence[int]) -> list[Exercised]:
    """The learnt topics that other learnt ones exercise enough."""
    by: dict[int, list[tuple[int, float]]] = {}
    for topic, weights in enumerate(outline.weights):
        if learnt[topic]:
            for other, weight in weights.items():
                if weight >= ENOUGH and learnt[other] and other != topic:
                    by.setdefault(other, []).append((topic, weight))
    return [Exercised(topic, tuple(some)) for topic, some in sorted(by.items())]


def eased(events: Iterable[Event]) -> dict[str, float]:
    """The topics that are eased, with the desired retention of their cards."""
    told: dict[str, float] = {}
    for event in events:
        if event.do == "practice-off":
            told.clear()
        elif event.do == "eased":
            topic, share = event.facts.get("topic"), event.facts.get("retention")
            if isinstance(topic, str) and isinstance(share, int | float) and LOWEST <= share <= HIGHEST:
                told[topic] = float(share)
    return told
