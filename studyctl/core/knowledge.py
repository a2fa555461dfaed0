"""What is known of a topic, how sure that is, and when it will be lost if nothing is done.

*Coverage* is the share of a topic's cards that were seen, *recall* the mean retrievability of
those, with an *interval* in which it lies in nine of ten cases, as far as so few cards can tell.
A topic of which no card was seen has only a *guess*: what others kept of courses that they never
rehearsed, 70 % after a year. A topic is *unproven* while most of its cards are long overdue,
since there the model is known to be too hopeful.

The *third-time counter* tells how often a topic was learnt and forgotten, declared earlier
learnings included, and on which day it fades next if reviews stop today. While they go on, it
does not: each card comes back before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from studyctl.core.mastery import FADED
from studyctl.core.memory import LONGEST, PARAMETERS, Memory, retrievability
from studyctl.core.refresh import LATE, LATE_SHARE

A_YEAR = 365.25
KEPT = 0.70  # of a course without rehearsal, after a year (Custers 2010)
NINETY = 1.645  # standard deviations to each side of which 90 % lie

Word = Literal["unknown", "learnt", "faded", "forgotten"]


class Knowledge(NamedTuple):
    """What is known of a topic on one study day."""

    seen: int
    cards: int
    recall: float | None  # None where nothing was learnt and nothing was seen
    low: float | None
    high: float | None
    guess: bool  # recall is what others would have kept
    unproven: bool
    fades_on: int | None  # the study day on which it fades if reviews stop; None: never, or it has

    @property
    def coverage(self) -> float:
        """The share of its cards that were seen; 0 for a topic without cards."""
        return self.seen / self.cards if self.cards else 0.0


class Counter(NamedTuple):
    """How often a topic was learnt, how often it was lost, and by which learnings that were declared."""

    learnt: int
    forgotten: int
    declared: int


def knowledge(
    memories: Sequence[Memory],
    cards: int,
    today: int,
    *,
    learnt_on: int | None,
    decay: float = PARAMETERS[20],
) -> Knowledge:
    """What is known today of a topic with so many cards; `learnt_on` is when it was last studied, if it was learnt.

    `memories` are those of its seen cards.
    """
    if memories:
        recall = recall_on(memories, today, decay)
        low, high = interval(recall, len(memories))
        fades = fades_on(memories, today, decay) if learnt_on is not None else None
        late = long_overdue(memories, today)
        return Knowledge(len(memories), cards, recall, low, high, False, late, fades)
    if learnt_on is None:
        return Knowledge(0, cards, None, None, None, False, False, None)
    recall = guessed(today - learnt_on)
    gone = learnt_on + math.ceil(A_YEAR * math.log(FADED) / math.log(KEPT))
    low, high = interval(recall, 1)
    return Knowledge(0, cards, recall, low, high, True, True, gone if gone > today else None)


def recall_on(memories: Sequence[Memory], day: int, decay: float = PARAMETERS[20]) -> float:
    """The mean recall of these cards on a study day if nothing is asked until then."""
    told = sum(retrievability(one.stability, day - one.last_day, decay) for one in memories)
    return told / len(memories)


def guessed(days: int) -> float:
    """What others keep of a course that they do not rehearse, `days` days after it: 0.70 to the power of years."""
    return float(KEPT ** (max(0, days) / A_YEAR))


def fades_on(
    memories: Sequence[Memory], today: int, decay: float = PARAMETERS[20], below: float = FADED
) -> int | None:
    """The first study day after today on which recall is under `below`; None if it is already, or in a century."""
    if recall_on(memories, today, decay) < below:
        return None
    early, late = today, today + LONGEST
    if recall_on(memories, late, decay) >= below:
        return None
    step = 32
    while recall_on(memories, min(early + step, late), decay) >= below:
        early, step = early + step, step * 2
    late = min(early + step, late)
    while late - early > 1:
        middle = (early + late) // 2
        if recall_on(memories, middle, decay) >= below:
            early = middle
        else:
            late = middle
    return late


def interval(share: float, cards: int, width: float = NINETY) -> tuple[float, float]:
    """Where a share that so many cards tell really lies, in nine of ten cases (Wilson 1927)."""
    spread = width * width / cards
    middle = (share + spread / 2) / (1 + spread)
    half = width / (1 + spread) * math.sqrt(share * (1 - share) / cards + spread / (4 * cards))
    return max(0.0, middle - half), min(1.0, middle + half)


def long_overdue(memories: Sequence[Memory], today: int) -> bool:
    """Whether most of these cards are so long overdue that their recall is not to be believed."""
    late = sum(today - one.due_day > max(LATE, LATE_SHARE * one.stability) for one in memories)
    return 2 * late > len(memories)


def word(*, learnt: bool, faded: bool, lost: bool) -> Word:
    """One word for it: `faded` is by the model, and forgotten only what a lapse or a quiz has confirmed."""
    if not learnt:
        return "unknown"
    if not faded:
        return "learnt"
    return "forgotten" if lost else "faded"


def counter(*, learnings: int, learnt: bool, declared: int, confirmed: int, relearnt: int) -> Counter:
    """The third-time counter of a topic.

    It was learnt as often as it was said or done, or as often as it came back after it was lost,
    whichever is more; and lost as often as that was confirmed or declared.
    """
    return Counter(max(learnings, declared + learnt + relearnt), declared + confirmed, declared)
