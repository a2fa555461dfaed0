"""Memory's backtracking: what has to be done for a learnt topic before something is built on it.

A topic that was learnt fades, so on the day on which another one that stands on it begins, its
recall decides: *nothing*, a *warm-up* (its cards that are due), a *probe* (three questions) or a
*return* to the plan with the hours that it takes to learn again what is lost. It leaves again
only when recall is 0.85, so it does not come and go around one number.

Where most of its cards are long overdue, the model is not believed: on one learner's 3,133
reviews FSRS-6 was 14 points too high from two weeks after the due day on. Then a probe decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import NamedTuple, Protocol

from studyctl.core.mastery import FADED, FRESH
from studyctl.core.memory import PARAMETERS, Memory, retrievability
from studyctl.core.outline import Outline

LOST = 0.50  # recall under which nobody has to be asked whether it is gone
WARM = 0.90  # recall under which a card is part of a warm-up
AHEAD = 28  # study days that are looked ahead; what is further away will have been reviewed or not
SAVES = 0.6  # share of what is still recalled that need not be studied again
QUIZ_HOURS = 5 / 60
HABIT = 7  # study days: reviewed within them, one is taken to go on reviewing
REVIEWED = 0.95  # mean recall of cards that are always reviewed when due, at a retention of 0.90
LATE, LATE_SHARE = 14, 0.5  # study days, and share of its stability, by which a card is long overdue
HOLDS = 28  # study days for which a passed quiz is believed


class Level(IntEnum):
    """What has to be done, from nothing to learning it again."""

    NOTHING = 0
    WARM_UP = 1
    PROBE = 2
    RETURN = 3

    @property
    def words(self) -> str:
        """What one does then: ``warm up``, ``check``, ``refresh``."""
        return ("leave", "warm up", "check", "refresh")[self]


class Prospect(NamedTuple):
    """What the cards of a topic say of a day: mean recall, whether it is believed, cards to warm up."""

    recall: float
    believed: bool
    cards: int


class Refresh(NamedTuple):
    """A topic to refresh: how, what speaks for it, and for the sake of which topic that begins when."""

    topic: int
    level: Level
    recall: float
    believed: bool
    cards: int
    sake: int
    day: int


class Ground(Protocol):
    """What must be known about a learner to look ahead (`studyctl.core.standing` knows it)."""

    @property
    def outline(self) -> Outline:
        """The prerequisite graph."""

    @property
    def known(self) -> bytearray:
        """1 where a topic was done or known."""

    @property
    def faded(self) -> bytearray:
        """1 where it has faded."""

    def failed(self, topic: int) -> bool:
        """Whether a quiz found that it is gone."""

    def trusted(self, topic: int) -> bool:
        """Whether a quiz found lately that it is there."""


class Prospects(Protocol):
    """What the cards of a topic will say on a study day; None where none was seen."""

    def __call__(self, topic: int, day: int) -> Prospect | None:
        """The prospect of a topic number."""


def prospect(
    memories: Sequence[Memory], day: int, today: int, *, reviews: bool, decay: float = PARAMETERS[20]
) -> Prospect | None:
    """What these cards will say on a study day.

    Who `reviews` will have reviewed those that come due before, but not those that have been
    left for longer than a week.
    """
    if not memories:
        return None
    told, cards, late = 0.0, 0, 0
    for memory in memories:
        if reviews and today - memory.due_day <= HABIT and max(memory.due_day, today) < day:
            told += REVIEWED
            continue
        recall = retrievability(memory.stability, day - memory.last_day, decay)
        told += recall
        cards += recall < WARM
        late += day - memory.due_day > max(LATE, LATE_SHARE * memory.stability)
    return Prospect(told / len(memories), believed=2 * late <= len(memories), cards=cards)


def level(
    recall: float, *, believed: bool = True, faded: bool = False, failed: bool = False, trusted: bool = False
) -> Level:
    """What is to be done about a learnt topic with this recall.

    `faded` says that it had faded already, `failed` and `trusted` how a quiz went since then.
    """
    if failed or recall < LOST:
        return Level.RETURN
    if not trusted and (recall < FADED or not believed or (faded and recall < FRESH)):
        return Level.PROBE
    return Level.WARM_UP if recall < FRESH else Level.NOTHING


def hours(whole: float, recall: float, how: Level) -> float:
    """The hours that a refresh is expected to take of a topic of `whole` hours.

    A probe costs its questions, and the rest only as often as it will fail; a warm-up is
    among the reviews that are due anyhow.
    """
    again = whole * (1.0 - SAVES * recall)
    if how is Level.RETURN:
        return again
    return QUIZ_HOURS + (1.0 - recall) * again if how is Level.PROBE else 0.0


def refreshes(ground: Ground, starts: Mapping[int, int], prospects: Prospects) -> list[Refresh]:
    """What has to be refreshed for topics that begin on these study days, the first needed first.

    The prerequisites of each are looked at, and what those stand on.
    """
    told: dict[int, Refresh] = {}
    for topic, day in sorted(starts.items(), key=lambda item: (item[1], item[0])):
        for need in _below(ground, topic):
            if need in told or need in starts:
                continue
            seen = prospects(need, day)
            if seen is None and not ground.failed(need):
                continue
            recall, believed, cards = seen or Prospect(0.0, believed=True, cards=0)
            how = level(
                recall,
                believed=believed,
                faded=bool(ground.faded[need]),
                failed=ground.failed(need),
                trusted=ground.trusted(need),
            )
            if how is not Level.NOTHING:
                told[need] = Refresh(need, how, recall, believed, cards, topic, day)
    return list(told.values())


def _below(ground: Ground, topic: int) -> list[int]:
    """The learnt prerequisites of a topic, and those of these that are learnt, nearest first."""
    outline, known = ground.outline, ground.known

    def direct(of: int) -> list[int]:
        groups = (other for group in outline.any_of[of] for other in group)
        return [need for need in (*outline.requires[of], *groups) if known[need]]

    near = direct(topic)
    return list(dict.fromkeys([*near, *(below for need in near for below in direct(need))]))
