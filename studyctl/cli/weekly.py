"""The facts of a week, gathered: what `report --week` shows, and the first part of every report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from studyctl.cli import planning, week_decision
from studyctl.cli.detouring import switches_in
from studyctl.cli.gathered import Gathered
from studyctl.cli.naming import Names
from studyctl.cli.past import Morning, morning
from studyctl.core import timesheet, week
from studyctl.core.calendar import Away
from studyctl.core.fsrs_arrays import Ints
from studyctl.core.goals import Target
from studyctl.core.retention import by_name
from studyctl.core.schedule import Reach
from studyctl.core.time import from_date
from studyctl.core.week_review import Ahead, Answers, Change, Detour, WeekReview


def week_review(told: Gathered, first: int) -> WeekReview:
    """The week from a study day up to today."""
    work, names, where = told.work, told.names, told.where
    last = work.today
    then = morning(told.hold, first)
    plan = week.planned(then.schedule.plan if then.schedule else None, then.calendar, first, last)
    done = timesheet.between(told.sheet, first, last)
    moved = week.moves(then.standing, where)
    spent = timesheet.total(done)
    detours = _detours(told)
    areas = _areas(told, plan, done)
    ledger = None
    if then.wanted or told.open:
        goals = _both(then.wanted, told)
        found = week.ledger(then.standing, where, goals, (then.pace.ratio, told.look.pace.ratio))
        ledger = found._replace(entries=tuple(_named(names, one) for one in found.entries))
    ahead, ahead_minutes, ahead_hours = _ahead(told)
    days = {*work.history.days(), *(day for day, _ in told.sheet)}
    return WeekReview(
        first=first,
        last=last,
        available=week.planned(None, planning.calendar(work), first, last).available,
        planned_study=sum(plan.study.values()),
        planned_reviews=plan.reviews,
        spent=spent,
        areas=areas,
        titles=_titles(told, areas, moved),
        reviews=_answers(told, first, last),
        learnt=tuple(told.topic(one) for one in moved.learnt),
        faded=_changes(told, then, moved.faded),
        rescued=_changes(told, then, moved.rescued),
        goals=_goal_moves(told, then),
        ledger=ledger,
        away_days=_away_days(then.standing.learner.away, where.learner.away, last),
        switches=switches_in(work, first, last),
        detours=detours,
        gaps=timesheet.gaps(days, max(first, min(days, default=last + 1)), last),
        ahead=ahead,
        ahead_review_minutes=ahead_minutes,
        ahead_hours=ahead_hours,
        decision=week_decision.gathered(told, plan, spent, detours),
    )


def _areas(told: Gathered, plan: week.Planned, done: timesheet.Sheet) -> tuple[week.AreaHours, ...]:
    lines = told.outline.lines
    laid = {lines[topic].id: hours for topic, hours in plan.study.items()}
    found = week.by_area(laid, done, {line.id: line.area for line in lines})
    return tuple(
        one._replace(
            area=told.names.area(one.area),
            topics=tuple(row._replace(topic=told.names.topic(row.topic)) for row in one.topics),
        )
        for one in found
    )


def _titles(told: Gathered, areas: Sequence[week.AreaHours], moved: week.Moves) -> dict[str, str]:
    say = told.names
    titles = {say.area(line.area): say.area_title(line.area) for line in told.outline.lines}
    titles[""] = say.area_title("")
    topics = {say.topic(line.id): line.id for line in told.outline.lines}
    wanted = {row.topic for one in areas for row in one.topics}
    wanted |= {told.topic(one) for some in moved for one in some}
    shown = {one.area: titles.get(one.area, one.area) for one in areas}
    return shown | {name: say.title(topics.get(name, name)) for name in sorted(wanted)}


def _answers(told: Gathered, first: int, last: int) -> Answers:
    log, scored = told.hold.log, told.hold.scored
    count = int(((log.day >= first) & (log.day <= last)).sum())
    new = sum(seen for day, seen in told.work.history.introductions().items() if first <= day <= last)
    day: Ints = log.day[scored.place]
    some = scored.where((day >= first) & (day <= last))
    line = by_name(some, ["all"] * len(some.place))
    if not line:
        return Answers(count, new)
    return Answers(count, new, line[0].answers, line[0].recalled, line[0].predicted)


def _changes(told: Gathered, then: Morning, topics: Iterable[int]) -> tuple[Change, ...]:
    changes = [
        Change(told.topic(one), then.standing.memory(one).recall, told.where.memory(one).recall)
        for one in topics
    ]
    return tuple(sorted(changes, key=lambda one: (one.now is None, one.now or 0.0, one.topic)))


def _both(before: Sequence[Target], told: Gathered) -> tuple[Sequence[Target], Sequence[Target]]:
    """The goals that were open then and those that are open now.

    One that was reached since counts on both sides: it was learnt, not dropped.
    """
    names = {one.id for one in before}
    now = [one for one in told.look.wanted if one in told.open or one.id in names]
    return before, now


def _named(names: Names, entry: week.Entry) -> week.Entry:
    say = names.goal if entry.what == "goals" else names.topic
    return entry._replace(names=tuple(say(name) for name in entry.names))


def _goal_moves(told: Gathered, then: Morning) -> tuple[week.GoalMove, ...]:
    """When each open goal was going to be reached, and when it is now."""
    before = {one.id: then.schedule.reach(one.topics).finish for one in then.wanted if then.schedule}
    moves = []
    for one in told.open:
        by = from_date(one.by) if one.by else None
        reach = told.made.reach(one.topics) if told.made else Reach()
        moves.append(week.GoalMove(told.names.goal(one.id), by, before.get(one.id), *reach))
    return tuple(moves)


def _away_days(before: Sequence[Away], now: Sequence[Away], today: int) -> int:
    """How many days ahead are new among those away; a longer absence adds only what it is longer."""
    known, there = (
        {day for one in some for day in range(max(one.first, today + 1), one.last + 1)}
        for some in (before, now)
    )
    return len(there - known)


def _detours(told: Gathered) -> tuple[Detour, ...]:
    learner, names = told.where.learner, told.names
    return tuple(
        Detour(
            names.topic(frame.topic),
            names.topic(frame.source),
            learner.on_detour(frame, told.work.now.ms),
            frame.box,
            names.note(frame.note),
        )
        for frame in learner.detours
    )


def _ahead(told: Gathered) -> tuple[tuple[Ahead, ...], float, float]:
    """What the plan has for the seven days after today, and the hours that there are."""
    if told.made is None:
        return (), 0.0, 0.0
    first = told.work.today + 1
    calendar = planning.calendar(told.work)
    laid = week.planned(told.made.plan, calendar, told.work.today, told.work.today + 7)
    today = week.planned(told.made.plan, calendar, told.work.today, told.work.today)
    items = []
    for topic, hours in laid.study.items():
        left = hours - today.study.get(topic, 0.0)
        if left > week.LITTLE:
            finish = told.made.plan.finishes.get(topic)
            finished = finish is not None and first <= finish < first + 7
            items.append(Ahead(told.topic(topic), told.where.kind(topic), left, finished))
    return tuple(items), 60 * (laid.reviews - today.reviews), laid.available - today.available
