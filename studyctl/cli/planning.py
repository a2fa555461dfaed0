"""The plan as the verbs ask for it: the learner's time and load, put into a schedule."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studyctl.cli import gather
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Away, Calendar, Hours
from studyctl.core.goals import Target
from studyctl.core.load import Load
from studyctl.core.plan import Giving
from studyctl.core.schedule import Schedule, schedule
from studyctl.core.standing import Standing
from studyctl.core.time import study_day


def giving(work: Workspace, where: Standing) -> Callable[[], Giving]:
    """What the learner has to give to a plan, made anew for every round of planning."""
    settings = work.settings
    wanted = settings.desired_retention
    retention = wanted if not isinstance(wanted, dict) else wanted.get("default", 0.90)
    slow, introductions = gather.slowness(work), work.history.introductions()
    waiting = sum(gather.unseen(work, where, number) for number in range(len(work.outline.lines)))

    def make() -> Giving:
        load = Load(retention, slow)
        for day, count in introductions.items():
            load.add(count, max(0.0, (work.today - day) / 7))
        return Giving(load, settings.reserve, settings.new_per_day, waiting)

    return make


def calendar(work: Workspace, hours: Hours | None = None, away: Sequence[Away] | None = None) -> Calendar:
    """The learner's time; skip weeks are counted from the first goal on."""
    learner = work.learner()
    began = min((goal.added for goal in learner.goals.values()), default=None)
    rollover = work.settings.day_starts_at
    since = study_day(began, work.now.offset, rollover) if began is not None else None
    return Calendar(
        hours or work.settings.hours_per_week, learner.away if away is None else tuple(away), since
    )


def make_plan(
    work: Workspace,
    look: gather.Outlook,
    hours: Hours | None = None,
    wanted: Sequence[Target] | None = None,
    away: Sequence[Away] | None = None,
) -> Schedule:
    """The weeks to all open goals, or with other hours, goals or days away than the learner's."""
    where = look.standing
    here = where.here
    return schedule(
        where,
        look.work,
        gather.open_goals(look) if wanted is None else wanted,
        area=work.outline.lines[here].area if here is not None else None,
        calendar=calendar(work, hours, away),
        today=work.today,
        giving=giving(work, where),
        pace=look.pace,
    )
