"""What the parts of a report share, each read once: holding, outlook, plan, a break, hours, names."""

from __future__ import annotations

from studyctl.cli import gather, planning
from studyctl.cli.holding import Holding
from studyctl.cli.naming import Names
from studyctl.cli.returning import returning
from studyctl.core import recall_history, timesheet
from studyctl.core.habits import LONGEST
from studyctl.core.outline import Outline
from studyctl.core.schedule import Schedule
from studyctl.core.standing import Standing


class Gathered:
    """What the parts of a report share, each read once: holding, outlook, plan, a break, hours."""

    def __init__(self, hold: Holding, names: Names) -> None:
        self.hold = hold
        self.names = names
        self.work = hold.work
        self.look = gather.outlook(hold.work)
        self.where: Standing = self.look.standing
        self.open = gather.open_goals(self.look)
        self.made: Schedule | None = planning.make_plan(self.work, self.look) if self.open else None
        self.back = returning(self.work, self.where)
        minutes = recall_history.minutes(hold.log, gather.seconds(self.work), LONGEST)
        sessions = self.where.learner.all_sessions(self.work.now.ms)
        self.sheet = timesheet.sheet(sessions, self.work.settings.day_starts_at, minutes)

    @property
    def outline(self) -> Outline:
        """The outline."""
        return self.where.outline

    def area(self, topic: str) -> str:
        """The area of a topic; empty if it is in no curriculum now."""
        number = self.outline.number.get(topic)
        return self.outline.lines[number].area if number is not None else ""

    def topic(self, number: int) -> str:
        """The name of a topic by its number."""
        return self.names.topic(self.outline.lines[number].id)
