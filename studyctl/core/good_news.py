"""One encouraging thing that is true.

What was learnt in the last days comes first. Else one of the other facts that hold, another one each
day, so that the sentence is read. There is no praise in it and nothing about what was left undone;
somebody who has just begun is told what is open to them. Where nothing at all can be said, nothing is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studyctl.core.counted import count

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


def good_news(facts: Facts) -> News | None:
    """The sentence of today; None where there is neither a past nor a topic to begin."""
    if facts.learnt_lately:
        names = ", ".join(facts.learnt_lately[:NAMED])
        more = len(facts.learnt_lately) - NAMED
        return News(
            "learnt", f"Learnt in the last seven days: {names}{f' and {more} more' if more > 0 else ''}."
        )
    told = _others(facts)
    if told:
        return told[facts.today % len(told)]
    if facts.ready:
        return News("ready", f"{count(facts.ready, 'topic')} can be begun today.")
    return News("all", f"{count(facts.learnt, 'topic')} learnt so far.") if facts.learnt else None


def _others(facts: Facts) -> Sequence[News]:
    told = []
    if facts.goals_reached:
        told.append(News("reached", f"Reached: {', '.join(facts.goals_reached[:NAMED])}."))
    if facts.firm:
        of = f"{facts.firm} of {count(facts.learnt, 'topic')} that you learnt"
        told.append(News("firm", f"{of} would still be there in a year without one more review."))
    if facts.recall is not None and facts.recall >= GOOD and facts.cards >= ENOUGH:
        told.append(
            News("recall", f"{100 * facts.recall:.0f} % of {facts.cards} cards would be recalled right now.")
        )
    if facts.hours >= HOURS:
        told.append(News("hours", f"{facts.hours:.0f} hours of study so far, on {count(facts.days, 'day')}."))
    return told
