"""Dates that hold: how much time there is up to each, and who may take of it.

Dated goals are met as long as, for each date, the closures of all goals due by then fit into
the hours up to it: earliest date first is the plan that proves it, the *backup*. What the
backup leaves over is *slack*. As long as slack lasts, anything may be learnt in any order; the
guard says when it would run out, and which goal must then be served.

Slack stealing over an earliest-deadline-first backup: pre-emptive EDF is exact for one machine
with precedence once due dates are passed on to prerequisites (Lawler 1973; Baker et al. 1983),
which closures do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studyctl.core.calendar import WeekHours
from studyctl.core.order import Work

ROUNDING = 1e-6  # hours


class Due(NamedTuple):
    """A goal with a date: what it names, and the hours of study that there are up to its date."""

    goal: str
    topics: Sequence[int]
    hours: float


class Week(NamedTuple):
    """One week of the calendar with the hours of it that are left for study."""

    calendar: WeekHours
    study: float


def room(weeks: Sequence[Week], day: int) -> float:
    """The hours of study up to the end of a study day."""
    return sum(week.study * week.calendar.share(day) for week in weeks if week.calendar.start <= day)


class Guard:
    """Keeps count of the slack before each date while topics are learnt in some order."""

    def __init__(self, work: Work, dues: Sequence[Due]) -> None:
        """`dues` are in the order of their dates."""
        self._hours = work.hours
        self._due_of: dict[int, int] = {}  # topic -> the first due goal that needs it
        self._open = [0] * len(dues)
        self.slack: list[float] = []
        learnt = bytearray(work.learnt)
        needed = 0.0
        for number, due in enumerate(dues):
            for topic in work.outline.closure(due.topics, learnt):
                learnt[topic] = 1
                self._due_of[topic] = number
                self._open[number] += 1
                needed += work.hours[topic]
            self.slack.append(due.hours - needed)

    @property
    def feasible(self) -> bool:
        """Whether all dates can be met from here."""
        return all(left >= -ROUNDING for left in self.slack)

    def allows(self, topic: int) -> bool:
        """Whether a topic may be learnt now without putting a date at risk that does not need it."""
        earlier = self._due_of.get(topic, len(self.slack))
        cost = self._hours[topic] - ROUNDING
        return all(self.slack[at] >= cost for at in range(earlier) if self._open[at])

    def take(self, topic: int) -> None:
        """A topic is learnt."""
        at = self._due_of.get(topic, len(self.slack))
        for earlier in range(at):
            self.slack[earlier] -= self._hours[topic]
        if at < len(self._open):
            self._open[at] -= 1

    def reach(self, at: int) -> None:
        """A due goal is reached, perhaps without all that was foreseen: another alternative served."""
        self._open[at] = 0

    @property
    def urgent(self) -> int | None:
        """The number of the first due goal that is not reached."""
        return next((at for at, left in enumerate(self._open) if left), None)
