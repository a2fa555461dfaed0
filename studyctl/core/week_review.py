"""A week as it is shown: all its facts under the names that a report uses.

Whoever shows it (the terminal, Markdown, a page) adds words and nothing else, and every number of it
stands in the JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from studyctl.core.decision import Decision
from studyctl.core.switches import Switches
from studyctl.core.timesheet import Gap, Spent
from studyctl.core.week import AreaHours, GoalMove, Ledger


class Answers(NamedTuple):
    """The reviews of a week; `recalled` and `predicted` are shares of the scored ones, None without any."""

    answers: int = 0
    new_cards: int = 0
    scored: int = 0
    recalled: float | None = None
    predicted: float | None = None


class Change(NamedTuple):
    """The recall of a topic on the first morning and now; None where it has no card that was seen."""

    topic: str
    before: float | None
    now: float | None


class Detour(NamedTuple):
    """A detour that is open: from where, the hours spent on it, its box, and where the learner left off."""

    topic: str
    source: str
    hours: float
    box: float
    note: str


class Ahead(NamedTuple):
    """What the plan has for the coming days."""

    topic: str
    kind: str
    hours: float
    finished: bool


@dataclass(frozen=True, slots=True)
class WeekReview:
    """The facts of a week; days are study days, hours are the learner's own."""

    first: int
    last: int
    available: float  # hours that there were, by the settings and days away
    planned_study: float
    planned_reviews: float
    spent: Spent
    areas: tuple[AreaHours, ...]
    titles: Mapping[str, str]  # of areas and topics, by name
    reviews: Answers
    learnt: tuple[str, ...]
    faded: tuple[Change, ...]
    rescued: tuple[Change, ...]
    goals: tuple[GoalMove, ...]
    ledger: Ledger | None  # None without an open goal then and now
    away_days: int  # that were added in the week and lie ahead
    switches: Switches
    detours: tuple[Detour, ...]
    gaps: tuple[Gap, ...]
    ahead: tuple[Ahead, ...]
    ahead_review_minutes: float
    ahead_hours: float
    decision: Decision

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    @property
    def planned(self) -> float:
        """Hours of study and reviews that the plan of the first morning had."""
        return self.planned_study + self.planned_reviews

    @property
    def drift(self) -> int | None:
        """By how many days the end of the plan moved, that of the last goal; later is positive."""
        told = [one for one in self.goals if one.days is not None]
        return max(told, key=lambda one: one.now or 0).days if told else None
