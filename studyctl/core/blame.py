"""Stuck: which topic underneath is in the way, and what is the cheapest thing to try.

Every topic that the hard one stands on, directly or not, is a *suspect*. It *blocks* if it is
not there and the hard topic leans on it, which it does the less the further down it lies: a
noisy OR over all suspects, with a *leak* for the topic itself and its text. The odds of each
are raised by what speaks against it (`Sign`), and changed by the answers to a quiz.

What to try is decided by cost: ask three questions where that is cheaper than what a wrong
repair would waste, else repair the one with the most chance for each hour (the rule p/c of
Kadane & Simon; a quiz first where it pays, after Breese & Heckerman 1996).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from studyctl.core.outline import Outline

STRENGTH = 0.85  # chance that a missing direct prerequisite is really in the way
FAINTER = 0.7  # what is left of that with each further step down
LEAK = 0.10  # chance that it is the topic itself, or its text
UNSEEN = 0.70  # recall of a learnt topic of which no card was seen
STATES: Mapping[str, float] = {"once": 0.45, "studying": 0.40, "detoured": 0.40, "parked": 0.30, "new": 0.15}
SAID = 5.0  # odds of what the learner thinks it is
PRACTISED = 2.0  # odds by how far the hard topic exercises a suspect: 1 + 2 × its weight
LAPSED, MOST_LAPSED = 0.5, 3.0  # odds for each time forgotten and each lapse of a card, at most
QUIZ_HOURS = 5 / 60
TRY_HOURS = 0.5  # trying the hard topic again after a repair
RIGHT_BLOCKING, RIGHT_OTHERWISE = 0.22, 0.86  # chance of a right answer
CLEAR = 0.5  # from this chance on one need not ask
NEGLIGIBLE = 0.05
SERIOUS = 0.3  # share of the likeliest one's chance under which a suspect has to wait
WARM_UP_HOURS = 0.1
FRESH_DAYS = 14  # a topic that was learnt within them is there, cards or not


class Sign(NamedTuple):
    """What is known of a suspect: how much of it is there, and what speaks against it."""

    there: float  # recall, or what stands in for it
    lapses: float = 0.0  # times it was forgotten, and lapses of a card of it, on average
    practised: float = 0.0  # weight with which the hard topic exercises it
    said: bool = False  # by the learner
    repair: float = 1.0  # hours


@dataclass(frozen=True, slots=True)
class Suspect:
    """A topic that may be in the way: how far down, its odds, and what became of it."""

    topic: int
    steps: int
    odds: float  # of blocking, before it is known that something does
    repair: float
    tested: bool = False
    chance: float = 0.0  # of blocking, given that something does

    @property
    def own(self) -> float:
        """The chance of blocking, before it is known that something does."""
        return self.odds / (1.0 + self.odds)


class Step(Enum):
    """What to do next about being stuck."""

    QUIZ = "quiz"
    REPAIR = "repair"
    LOOK_ELSEWHERE = "look elsewhere"  # nothing underneath is to blame: another text, another way


def below(outline: Outline, topic: int, known: bytearray) -> dict[int, int]:
    """Everything that a topic stands on, with the number of steps down; of alternatives the known one."""
    told: dict[int, int] = {}
    row, steps = [topic], 0
    while row:
        steps += 1
        following = []
        for one in row:
            chosen = (
                next((other for other in group if known[other]), group[0])
                for group in outline.any_of[one]
                if group
            )
            for need in (*outline.requires[one], *chosen):
                if need != topic and need not in told:
                    told[need] = steps
                    following.append(need)
        row = following
    return told


def suspects(steps: Mapping[int, int], signs: Mapping[int, Sign]) -> list[Suspect]:
    """The suspects with their chances, the likeliest first."""
    return weighed(_suspect(topic, down, signs[topic]) for topic, down in steps.items())


def _suspect(topic: int, steps: int, sign: Sign) -> Suspect:
    missing = min(max(1.0 - sign.there, 0.005), 0.995)
    chance = missing * STRENGTH * FAINTER ** (steps - 1)
    odds = chance / (1.0 - chance)
    odds *= 1.0 + PRACTISED * sign.practised
    odds *= min(1.0 + LAPSED * sign.lapses, MOST_LAPSED)
    odds *= SAID if sign.said else 1.0
    return Suspect(topic, steps, odds, max(sign.repair, WARM_UP_HOURS))


def weighed(all_: Iterable[Suspect]) -> list[Suspect]:
    """The same suspects with the chance of each, given that something blocks; the likeliest first."""
    told = list(all_)
    nothing = math.log(1.0 - LEAK) + sum(-math.log1p(one.odds) for one in told)
    something = -math.expm1(nothing)
    weighed = [replace(one, chance=min(one.own / something, 1.0)) for one in told]
    return sorted(weighed, key=lambda one: (-one.chance, one.steps, one.topic))


def leak(all_: Sequence[Suspect]) -> float:
    """The chance that it is the topic itself or its text, given that something blocks."""
    nothing = math.log(1.0 - LEAK) + sum(-math.log1p(one.odds) for one in all_)
    return min(LEAK / -math.expm1(nothing), 1.0)


def after_quiz(all_: Iterable[Suspect], topic: int, right: int, of: int) -> list[Suspect]:
    """The suspects once so many of the questions about one of them were answered right."""
    factor = (RIGHT_BLOCKING / RIGHT_OTHERWISE) ** right
    factor *= ((1.0 - RIGHT_BLOCKING) / (1.0 - RIGHT_OTHERWISE)) ** (of - right)
    return weighed(
        replace(one, odds=one.odds * factor, tested=True) if one.topic == topic else one for one in all_
    )


def without(all_: Iterable[Suspect], topic: int) -> list[Suspect]:
    """The suspects once one of them was repaired, and something still blocks."""
    return weighed(replace(one, odds=0.0, tested=True) if one.topic == topic else one for one in all_)


def advice(all_: Sequence[Suspect], askable: Collection[int]) -> tuple[Step, Suspect | None]:
    """What to do next, and about whom; `askable` are the topics that have cards for a quiz."""
    least = max(NEGLIGIBLE, SERIOUS * max((one.chance for one in all_), default=0.0))
    open_ = [one for one in all_ if one.chance > least]
    if not open_:
        return Step.LOOK_ELSEWHERE, None
    sure = [one for one in open_ if one.tested and one.chance > CLEAR]
    if sure:
        return Step.REPAIR, max(sure, key=_worth)
    best = max(open_, key=lambda one: _worth_asking(one) if _asks(one, askable) else _worth(one))
    if _asks(best, askable) and (1.0 - best.chance) * (best.repair + TRY_HOURS) > QUIZ_HOURS:
        return Step.QUIZ, best
    return Step.REPAIR, max(open_, key=_worth)


def is_clear(all_: Sequence[Suspect]) -> bool:
    """Whether one suspect stands out so far that nobody has to be asked."""
    if not all_ or all_[0].chance <= CLEAR:
        return False
    return len(all_) == 1 or all_[1].chance <= all_[0].chance / 2


def _asks(one: Suspect, askable: Collection[int]) -> bool:
    return not one.tested and one.topic in askable


def _worth(one: Suspect) -> float:
    return one.chance / (one.repair + TRY_HOURS)


def _worth_asking(one: Suspect) -> float:
    return one.chance / (QUIZ_HOURS + one.chance * (one.repair + TRY_HOURS))
