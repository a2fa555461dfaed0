"""The numbers of the status screen, gathered without anything that would make it slow."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from studyctl.cli import gather, knowing, planning
from studyctl.cli.returning import Return, returning
from studyctl.cli.workspace import Workspace
from studyctl.core.detours import Frame
from studyctl.core.goals import Target
from studyctl.core.good_news import Facts, News, good_news
from studyctl.core.knowledge import recall_on
from studyctl.core.learner import STATES
from studyctl.core.mastery import FADED, FRESH
from studyctl.core.memory import TopicMemory
from studyctl.core.schedule import Reach, Schedule
from studyctl.core.standing import Standing
from studyctl.core.streak import streak
from studyctl.core.time import day_start, from_date, monday, study_day

SOON = 30  # study days; what would fade in them is what today's reviews keep
LATELY = 7  # study days
A_YEAR = 365


class GoalProgress(NamedTuple):
    """How far a goal is: hours behind and in all, and the study days on which the plan reaches it."""

    id: str
    done_hours: float
    total_hours: float
    finish: int | None
    soon: int | None = None
    slow: int | None = None
    by: int | None = None


class Today(NamedTuple):
    """What there is for today: hours by the calendar, what is left of them, and what the reviews keep."""

    hours: float
    left: float  # without the reserve, and what was studied today
    keeps: tuple[str, ...]  # learnt topics with cards that are due, which would fade soon without


@dataclass(frozen=True, slots=True)
class Status:
    """The numbers of the status screen."""

    topics: dict[str, int]
    cards: int
    seen: int
    reviews: gather.Reviews
    recall: float | None
    streak: int
    hours_this_week: float
    hours_a_week: float
    forgotten_again: int
    fading: tuple[tuple[str, float], ...]
    goals: tuple[GoalProgress, ...]
    again: tuple[knowing.Again, ...]
    back: Return | None  # whoever comes back learns first what of the model to believe
    today: Today
    faded_lately: tuple[tuple[str, float, float], ...]  # topic, recall a week ago and now
    detours: tuple[tuple[Frame, float], ...]  # with the hours spent, the outermost first
    news: News | None

    @property
    def minutes_due(self) -> float:
        """The minutes of the reviews that are due; after a break with the answers that will be wrong."""
        return self.reviews.minutes if self.back is None else self.back.minutes

    @property
    def deadline(self) -> GoalProgress | None:
        """The goal with the next date that is not reached yet."""
        told = [one for one in self.goals if one.by is not None and one.done_hours < one.total_hours]
        return min(told, key=lambda one: (one.by or 0, one.id), default=None)


class Known(NamedTuple):
    """What a status stands on and takes long to find: outlook, plan (None: no open goal), and the break behind."""

    look: gather.Outlook
    made: Schedule | None
    back: Return | None


def _known(work: Workspace) -> Known:
    look = gather.outlook(work)
    made = planning.make_plan(work, look) if gather.open_goals(look) else None
    return Known(look, made, returning(work, look.standing))


def gather_status(work: Workspace, known: Known | None = None) -> Status:
    """All that the status screen says, as numbers; a report knows already what they stand on."""
    look, made, back = known or _known(work)
    where = look.standing
    lines = where.outline.lines
    states = Counter(where.learner.state(line.id) for line in lines)
    seen = {line.id: where.memory(number) for number, line in enumerate(lines) if where.memory(number).seen}
    count = sum(memory.seen for memory in seen.values())
    recall = sum(memory.seen * (memory.recall or 0.0) for memory in seen.values()) / count if count else None
    faded = [number for number in range(len(lines)) if where.faded[number]]
    again = sum(
        where.forgotten(number) > 0 or where.learner.topics[lines[number].id].learnings > 1
        for number in faded
    )
    rollover = work.settings.day_starts_at
    sessions = where.learner.all_sessions(work.now.ms)
    week = monday(work.today)
    hours = sum(one.hours for one in sessions if study_day(one.start, one.offset, rollover) >= week)
    days = {*where.learner.days(rollover), *work.history.days()}
    goals = tuple(_progress(where, target, made) for target in look.wanted)
    return Status(
        topics={state: states.get(state, 0) for state in STATES}
        | {"faded": len(faded), "learnt": sum(where.learnt), "all": len(lines)},
        cards=sum(line.cards for line in lines),
        seen=count,
        reviews=gather.reviews(work, where),
        recall=recall,
        streak=streak(days, work.today),
        hours_this_week=hours,
        hours_a_week=work.settings.hours_per_week.a_week,
        forgotten_again=again,
        fading=_fading(where, seen),
        goals=goals,
        again=tuple(knowing.again(work, where)),
        back=back,
        today=Today(_hours_today(work), _left_today(work, where), _keeps(work, where)),
        faded_lately=_faded_lately(work, where, faded),
        detours=tuple(
            (frame, where.learner.on_detour(frame, work.now.ms)) for frame in where.learner.detours
        ),
        news=good_news(
            Facts(
                work.today,
                learnt_lately=_learnt_lately(work, where),
                goals_reached=[one.id for one in goals if one.done_hours >= one.total_hours],
                learnt=sum(where.learnt),
                firm=_firm(work, where) if back is None else 0,
                cards=count,
                recall=recall if back is None else None,
                hours=sum(one.hours for one in sessions),
                days=len(days),
                ready=sum(ready and not known for ready, known in zip(where.ready, where.known, strict=True)),
            )
        ),
    )


def _progress(where: Standing, target: Target, made: Schedule | None) -> GoalProgress:
    whole = where.outline.closure(target.topics, bytearray(len(where.outline.lines)))
    total = sum(where.outline.lines[topic].hours for topic in whole)
    to_go = sum(where.hours[topic] for topic in where.outline.closure(target.topics, where.learnt))
    by = from_date(target.by) if target.by else None
    reach = made.reach(target.topics) if made else Reach()
    return GoalProgress(target.id, max(0.0, total - to_go), total, *reach, by)


def _fading(where: Standing, seen: dict[str, TopicMemory]) -> tuple[tuple[str, float], ...]:
    told = sorted(
        (memory.recall, name)
        for name, memory in seen.items()
        if memory.recall is not None and memory.recall < FRESH and where.learner.learnt(name)
    )
    return tuple((name, value) for value, name in told)


def _hours_today(work: Workspace) -> float:
    calendar = planning.calendar(work)
    return 0.0 if calendar.is_away(work.today) else calendar.hours.of(work.today)


def _left_today(work: Workspace, where: Standing) -> float:
    studied = planning.studied_today(work, where.learner)
    return max(0.0, _hours_today(work) * (1 - work.settings.reserve) - studied)


def _keeps(work: Workspace, where: Standing) -> tuple[str, ...]:
    """The learnt topics with cards that are due which would fade within a month, the first to go in front."""
    number, decay = where.outline.number, work.history.parameters[20]
    told = []
    for name, memories in knowing.by_topic(work).items():
        topic = number.get(name)
        if topic is None or not where.learnt[topic] or not where.memory(topic).due:
            continue
        then = recall_on(memories, work.today + SOON, decay)
        if then < FADED:
            told.append((then, name))
    return tuple(name for _, name in sorted(told))


def _firm(work: Workspace, where: Standing) -> int:
    """How many learnt topics would be usable in a year if reviews stopped today."""
    number, decay = where.outline.number, work.history.parameters[20]
    return sum(
        recall_on(memories, work.today + A_YEAR, decay) >= FADED
        for name, memories in knowing.by_topic(work).items()
        if name in number and where.learnt[number[name]]
    )


def _faded_lately(work: Workspace, where: Standing, faded: list[int]) -> tuple[tuple[str, float, float], ...]:
    """What faded in the last seven days.

    Only topics of which no card was answered since are counted: of the others nobody can say without
    a replay, and an answer only ever lifts recall.
    """
    decay, then = work.history.parameters[20], work.today - LATELY
    told = []
    for topic in faded:
        name = where.outline.lines[topic].id
        memories = knowing.by_topic(work).get(name, [])
        record = where.learner.topics[name]
        learnt = study_day(*record.learnt_at, work.settings.day_starts_at)
        if not memories or learnt > then or any(one.last_day > then for one in memories):
            continue
        before, now = recall_on(memories, then, decay), recall_on(memories, work.today, decay)
        if now < FADED <= before:
            told.append((name, before, now))
    return tuple(sorted(told, key=lambda one: (one[2], one[0])))


def _learnt_lately(work: Workspace, where: Standing) -> list[str]:
    since = day_start(work.today - LATELY + 1, work.now.offset, work.settings.day_starts_at)
    told = [
        (record.since, name)
        for name, record in where.learner.topics.items()
        if record.state == "done" and record.since >= since and name in where.outline.number
    ]
    return [name for _, name in sorted(told, reverse=True)]
