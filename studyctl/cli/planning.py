"""The plan as the verbs ask for it: the learner's time and load, put into a schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from studyctl.cli import gather
from studyctl.cli.refreshing import prospects
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Away, Calendar, Hours
from studyctl.core.deadlines import Due
from studyctl.core.goals import Target, dues_of
from studyctl.core.learner import Learner
from studyctl.core.load import USUAL_SECONDS, Load
from studyctl.core.order import Work
from studyctl.core.plan import Giving
from studyctl.core.refresh import AHEAD, Level, Refresh, refreshes
from studyctl.core.schedule import Schedule, Time, schedule
from studyctl.core.standing import IN_WORK, Standing
from studyctl.core.time import from_date, monday, study_day


def giving(work: Workspace, where: Standing) -> Callable[[], Giving]:
    """What the learner has to give to a plan, made anew for every round of planning."""
    waiting = sum(gather.unseen(work, where, number) for number in range(len(work.outline.lines)))
    return given(work, where, work.history.introductions(), waiting, work.today)


def given(
    work: Workspace, where: Standing, seen: Mapping[int, int], waiting: int, today: int
) -> Callable[[], Giving]:
    """The same of a standing, by how many cards were first `seen` on each study day, and are `waiting` for that.

    Cards that are due beyond what the rest of this week foresees were left alone: they are reviewed first, and what
    they cost afterwards is what young cards cost. Maintenance bounds the reviews of a week.
    """
    settings, slow = work.settings, gather.slowness(work)
    wanted = settings.desired_retention
    retention = wanted if not isinstance(wanted, dict) else wanted.get("default", 0.90)
    due = sum(where.memory(number).due for number in range(len(where.outline.lines)))
    keeping = where.learner.keeping

    def make() -> Giving:
        load = Load(retention, slow)
        for day, count in seen.items():
            load.add(count, max(0.0, (today - day) / 7))
        a_card = USUAL_SECONDS * slow / 60
        overdue = max(0.0, due * a_card - load.minutes(_rest_of_week(today)))
        load.add(overdue / a_card)
        if keeping is not None:  # so much, and no new cards
            return Giving(load, settings.reserve, 0, 0, keeping.a_week, overdue)
        return Giving(load, settings.reserve, settings.new_per_day, waiting, overdue=overdue)

    return make


def _rest_of_week(today: int) -> float:
    """The share of the ISO week that is left, today included."""
    return (monday(today) + 7 - today) / 7


def calendar(work: Workspace, hours: Hours | None = None, away: Sequence[Away] | None = None) -> Calendar:
    """The learner's time, or with other hours or days away than the learner's."""
    learner = work.learner()
    told = calendar_of(work, learner)
    gone = told.away if away is None else tuple(away)
    return replace(told, hours=hours or told.hours, away=gone, spent=studied_today(work, learner))


def studied_today(work: Workspace, learner: Learner) -> float:
    """The hours of study of this study day, those of the clock that runs included."""
    today, turns = work.today, work.settings.day_starts_at
    sessions = learner.all_sessions(work.now.ms)
    return sum(one.hours for one in sessions if study_day(one.start, one.offset, turns) == today)


def calendar_of(work: Workspace, learner: Learner) -> Calendar:
    """The time of a learner; skip weeks are counted from the first goal on."""
    settings = work.settings
    began = min((goal.added for goal in learner.goals.values()), default=None)
    since = study_day(began, work.now.offset, settings.day_starts_at) if began is not None else None
    return Calendar(settings.hours_per_week, learner.away, since)


def nearly_due(work: Workspace, look: gather.Outlook, wanted: Sequence[Target]) -> list[Due]:
    """The dated goals in the order of their dates, with the hours of study up to each, without planning.

    Reviews are taken off as a plan would find them, roughly: those of today's cards stay as they are,
    and a goal's own cards come, on the average, half-way.
    """
    load = giving(work, look.standing)().load
    reviews = [load.minutes(_rest_of_week(work.today)) / 60, load.minutes() / 60]
    time = Time(calendar(work), work.today, work.settings.reserve, reviews)
    rooms = {}
    for one in wanted:
        if one.by is not None:
            last = from_date(one.by)
            closure = look.work.outline.closure(one.topics, look.work.learnt)
            cards = sum(work.outline.lines[topic].cards for topic in closure)
            weeks = max(0.0, (last - work.today) / 7)
            rooms[one.id] = time.room(last, time.calendar.away, None) - load.of_new(cards, weeks / 2) / 60
    return dues_of(wanted, rooms)


def make_plan(
    work: Workspace,
    look: gather.Outlook,
    hours: Hours | None = None,
    wanted: Sequence[Target] | None = None,
    away: Sequence[Away] | None = None,
) -> Schedule:
    """The weeks to all open goals, or with other hours, goals or days away than the learner's.

    Once it is known what begins in the next weeks, the plan is made again with whatever has
    faded too far by then; warm-ups are named, and are among the reviews that are due anyhow.
    """
    targets = gather.open_goals(look) if wanted is None else wanted

    def plan(where: Standing, left: Work) -> Schedule:
        here = where.here
        return schedule(
            where,
            left,
            targets,
            area=work.outline.lines[here].area if here is not None else None,
            calendar=calendar(work, hours, away),
            today=work.today,
            giving=giving(work, where),
            pace=look.pace,
        )

    made = plan(look.standing, look.work)
    found = _refreshes(work, look.standing, made)
    back = [one for one in found if one.level >= Level.PROBE and one.topic not in made.plan.starts]
    if back:
        where, left = _with(look, back)
        made = plan(where, left)
    return replace(made, refreshes=tuple(found))


def _refreshes(work: Workspace, where: Standing, made: Schedule) -> list[Refresh]:
    """What has to be refreshed for the topics that begin in the next weeks."""
    lines = work.outline.lines
    starts = {
        topic: day
        for topic, day in made.plan.starts.items()
        if day - work.today <= AHEAD and where.learner.state(lines[topic].id) not in IN_WORK
    }
    return refreshes(where, starts, prospects(work)) if any(where.known) else []


def _with(look: gather.Outlook, back: Sequence[Refresh]) -> tuple[Standing, Work]:
    """Standing and work with topics that come back; each is needed for whose sake it comes."""
    outline = look.work.outline
    requires = list(outline.requires)
    for one in back:
        if one.topic not in requires[one.sake]:
            requires[one.sake] = (*requires[one.sake], one.topic)
    needs = replace(outline, requires=requires)
    where = replace(look.standing, outline=needs, returning=frozenset(one.topic for one in back))
    hours = where.hours_at(look.pace.ratio)
    return where, replace(look.work, outline=needs, hours=hours, learnt=where.learnt)
