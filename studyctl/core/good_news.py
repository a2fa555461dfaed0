"""One encouraging thing that is true.

What was learnt in the last days comes first. Else one of the other facts that hold, another one each
day, so that the sentence is read. There is no praise in it and nothing about what was left undone;
somebody who has just begun is told what is open to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

NAMED = 3
GOOD, ENOUGH = 0.9, 20  # recall, and seen cards, from which it is worth a sentence
HOURS = 5.0


class Facts(NamedTuple):
    """What there is to be glad of."""

    today: int
    learnt_lately: Sequence[str] = ()  # topics, in the last seven days
    goals_reached: Sequence[str] = ()
    learnt: int = 0
    firm: int = 0  # learnt topics that are there in a year without a review
    cards: int = 0
    recall: float | None = None
    hours: float = 0.0  # of study in all
    days: int = 0  # on which something was done
    ready: int = 0


class News(NamedTuple):
    """Which fact it is, and the sentence."""

    kind: str
    text: str


def good_news(facts: Facts) -> News:
    """The sentence of today."""
    if facts.learnt_lately:
        names = ", ".join(facts.learnt_lately[:NAMED])
        more = len(facts.learnt_lately) - NAMED
        return News(
            "learnt", f"Learnt in the last seven days: {names}{f' and {more} more' if more > 0 else ''}."
        )
    told = list(_others(facts))
    if not told:
        return News("ready", f"{_topics(facts.ready)} can be begun today without anything before.")
    return told[facts.today % len(told)]


def _others(facts: Facts) -> Sequence[News]:
    told = []
    if facts.goals_reached:
        told.append(News("reached", f"Reached: {', '.join(facts.goals_reached[:NAMED])}."))
    if facts.firm:
        of = f"{facts.firm} of {_topics(facts.learnt)} that you learnt"
        told.append(News("firm", f"{of} would still be there in a year without one more review."))
    if facts.recall is not None and facts.recall >= GOOD and facts.cards >= ENOUGH:
        told.append(
            News("recall", f"{100 * facts.recall:.0f} % of {facts.cards} cards would be recalled right now.")
        )
    if facts.hours >= HOURS:
        told.append(News("hours", f"{facts.hours:.0f} hours of study so far, on {facts.days} days."))
    return told


def _topics(count: int) -> str:
    return f"{count} topic" if count == 1 else f"{count} topics"
