"""Where the learner stood on an earlier morning, and the plan that there was then.

Nothing of the past is kept but the journal, so both are told anew from its events up to that
morning. Settings have no history: the hours a week are those of now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studyctl.cli import gather, planning
from studyctl.cli.holding import Holding
from studyctl.core import recall_history
from studyctl.core.calendar import Calendar
from studyctl.core.fold import fold
from studyctl.core.goals import Target, targets
from studyctl.core.learner import Learner
from studyctl.core.pace import Pace
from studyctl.core.plan import Giving
from studyctl.core.schedule import Schedule, schedule
from studyctl.core.standing import Standing
from studyctl.core.time import day_start


@dataclass(frozen=True, slots=True)
class Morning:
    """The standing, goals and plan of an earlier morning; without open goals there is no plan."""

    standing: Standing
    wanted: tuple[Target, ...]  # the goals that were open
    pace: Pace
    calendar: Calendar
    schedule: Schedule | None


def morning(hold: Holding, day: int) -> Morning:
    """The morning of a study day that is not after today."""
    work = hold.work
    moment = day_start(day, work.now.offset, work.settings.day_starts_at)
    learner = fold(
        (event for event in work.history.events() if event.at < moment),
        aliases=work.catalog.topic_aliases(),
        cards_from=work.settings.cards_from,
        session_cap=work.settings.session_cap,
    )
    where = _standing(hold, learner, day, moment)
    tracks = gather.track_topics(work)
    roads = work.catalog.paths(side_roads=True)
    goals = targets(learner.goals, work.outline.number, tracks, roads)
    wanted = tuple(one.from_here(where.learnt) for one in goals if one.topics)
    still = tuple(one for one in wanted if not all(where.learnt[topic] for topic in one.topics))
    pace = gather.own_pace(where)
    calendar = planning.calendar_of(work, learner)
    made = _plan(hold, where, still, pace, calendar, day) if still else None
    return Morning(where, still, pace, calendar, made)


def _standing(hold: Holding, learner: Learner, day: int, moment: int) -> Standing:
    """The standing on that morning; whatever was answered later is not known yet."""
    work, past = hold.work, hold.past
    fades = gather.fading(work, learner, recall_history.reviews(past, day))
    memories = recall_history.memories(past, day, frozenset(work.history.gone()))
    return Standing(work.outline, learner, memories, fades, moment)


def _plan(
    hold: Holding, where: Standing, wanted: tuple[Target, ...], pace: Pace, calendar: Calendar, day: int
) -> Schedule:
    work = hold.work
    left = gather.to_do(work, where, pace, gather.track_topics(work))
    here = where.here
    return schedule(
        where,
        left,
        wanted,
        area=work.outline.lines[here].area if here is not None else None,
        calendar=calendar,
        today=day,
        giving=_giving(hold, where, day),
        pace=pace,
    )


def _giving(hold: Holding, where: Standing, day: int) -> Callable[[], Giving]:
    """What there was to give: the reviews of the cards that had been seen by then, and those that waited."""
    work = hold.work
    seen = {first: count for first, count in work.history.introductions().items() if first < day}
    waiting = sum(
        max(0, line.cards - where.memory(number).seen)
        for number, line in enumerate(work.outline.lines)
        if where.learner.available(line.id)
    )
    return planning.given(work, where, seen, waiting, day)
