"""Everything that a report shows beside the week: how it all came, how it stands, and what is ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from studyctl.cli import forecast_load, forecast_stop, gather, leeches, planning
from studyctl.cli.gathered import Gathered
from studyctl.cli.status_facts import Known, gather_status
from studyctl.cli.tune import area_of
from studyctl.cli.week_document import date_text, spent
from studyctl.core import burn_up, recall_history, timesheet
from studyctl.core.calendar import Calendar, WeekHours
from studyctl.core.forecast import if_you_stop
from studyctl.core.fsrs_arrays import Ints
from studyctl.core.goals import targets
from studyctl.core.learner import Goal
from studyctl.core.retention import Line, retention
from studyctl.core.time import monday, study_day

WEEKS = 104  # that are looked back at
AHEAD = 52  # weeks
LOAD = 84  # days
WORST = 12  # leeches with what is underneath
LEAST = 2  # topics that a plot of estimates needs


def document(told: Gathered) -> dict[str, Any]:
    """The history for other programs."""
    hold = told.hold
    report = retention(hold.log, hold.scored, lambda card: area_of(hold, card))
    load = forecast_load.load(hold, LOAD)
    return {
        "anonymous": told.names.anonymous,
        "status": _status(told),
        "burn_up": _burn_up(told),
        "days": _days(told),
        "recall": _recall(told),
        "first_to_go": [
            {"topic": told.names.topic(topic), "date": date_text(day), "learnt": learnt}
            for day, topic, learnt in forecast_stop.fading(hold, forecast_stop.usable_now(hold))
        ],
        "if_you_stop": [_left(told, one) for one in forecast_stop.left(hold, None)],
        "load": forecast_load.document(load),
        "interval_from": load.source,
        "retention": {
            "answers": report.answers,
            "scored": report.scored,
            "all": _line(report.all) if report.all else None,
            "months": [_line(one) for one in report.months],
            "areas": [
                {**_line(one), "name": told.names.area(one.name), "title": told.names.area_title(one.name)}
                for one in report.areas
            ],
            "calibration": [_line(one) for one in report.calibration],
        },
        "weeks": _weeks(told),
        "estimates": _estimates(told),
        "leeches": _leeches(told),
    }


def _line(one: Line) -> dict[str, Any]:
    return one._asdict()


def _status(told: Gathered) -> dict[str, Any]:
    """The numbers of `status`, under the names of the report."""
    from studyctl.cli.status_document import document as status_document  # noqa: PLC0415

    return status_document(
        gather_status(told.work, Known(told.look, told.made, told.back)),
        told.names,
        anonymous=told.names.anonymous,
    )


def _left(told: Gathered, one: forecast_stop.Left) -> dict[str, Any]:
    found = forecast_stop.document(told.hold, one)
    found["areas"] = {told.names.area(area): count for area, count in found["areas"].items()}
    found["tracks"] = {told.names.goal(track): count for track, count in found["tracks"].items()}
    return found


# burn-up


def _burn_up(told: Gathered) -> dict[str, Any] | None:
    """The burn-up of all goals together; None where there never was one."""
    history = _goals(told)
    if not any(topics for _, topics in history):
        return None
    work, made, rollover = told.work, told.made, told.work.settings.day_starts_at
    outline = replace(told.outline, any_of=made.work.outline.any_of) if made else told.outline
    learnt = {
        outline.number[name]: study_day(*record.learnt_at, rollover)
        for name, record in told.where.learner.topics.items()
        if record.learnt and name in outline.number
    }
    outline = burn_up.own_way(outline, learnt)
    first = next(day for day, topics in history if topics)
    days = [*range(monday(first), work.today, 7), work.today]
    past = burn_up.behind(outline, [(monday(day), topics) for day, topics in history], learnt, days)
    ahead: list[burn_up.Ahead] = []
    if made is not None:
        topics = made.way([topic for one in told.open for topic in one.topics])
        finishes = (made.plan.finishes, made.soon_finishes, made.slow_finishes)
        fresh = [topic for topic in topics if topic not in learnt]
        ahead = burn_up.ahead(outline, work.today, past[-1].learnt, fresh, finishes)
    return {
        "goals": [told.names.goal(one.id) for one in told.look.wanted],
        "past": [{"date": date_text(one.day), "learnt": one.learnt, "total": one.total} for one in past],
        "ahead": [
            {"date": date_text(one.day), "likely": one.likely, "soon": one.soon, "slow": one.slow}
            for one in ahead
        ],
        "total": past[-1].total,
        "learnt": past[-1].learnt,
        "finish": date_text(made.plan.finish) if made else None,
        "finish_between": [date_text(made.soon), date_text(made.slow)] if made else [None, None],
    }


def _goals(told: Gathered) -> list[tuple[int, tuple[int, ...]]]:
    """Which topics the goals named, from each day on which that changed; side roads where no date is ahead of them."""
    work = told.work
    aliases, tracks = work.catalog.topic_aliases(), gather.track_topics(work)
    roads = work.catalog.paths(side_roads=True)
    goals: dict[str, Goal] = {}
    changes: list[tuple[int, tuple[int, ...]]] = []
    nothing = bytearray(len(told.outline.lines))
    for event in work.history.events():
        if event.do not in ("goal-added", "goal-dropped"):
            continue
        name = str(event.facts.get("goal"))
        name = aliases.get(name, name)
        if event.do == "goal-added":
            by, side_roads = event.facts.get("by"), event.facts.get("side_roads")
            goals[name] = Goal(name, str(by) if by else None, 1.0, event.at, side_roads is True)
        else:
            goals.pop(name, None)
        # another device's clock may be ahead of this one
        day = min(work.today, study_day(event.at, event.offset, work.settings.day_starts_at))
        wanted = [one.from_here(nothing) for one in targets(goals, told.outline.number, tracks, roads)]
        changes.append((day, tuple(dict.fromkeys(topic for one in wanted for topic in one.topics))))
    return changes


# hours


def _days(told: Gathered) -> list[dict[str, Any]]:
    """Every day with study or reviews in the time that is looked back at."""
    first = monday(told.work.today) - 7 * (WEEKS - 1)
    days = timesheet.summed(timesheet.between(told.sheet, first, told.work.today), lambda day, _topic: day)
    return [{"date": date_text(day)} | spent(one) for day, one in sorted(days.items())]


def _weeks(told: Gathered) -> list[dict[str, Any]]:
    """Hours that there were, by today's settings, and hours spent, week by week from the first one on."""
    work = told.work
    done = timesheet.summed(told.sheet, lambda day, _topic: monday(day))
    if not done:
        return []
    start = max(min(done), monday(work.today) - 7 * (WEEKS - 1))
    calendar = planning.calendar(work)
    told_weeks: list[dict[str, Any]] = []
    for week in range(start, work.today + 1, 7):
        last = min(week + 6, work.today)
        row = {
            "week": date_text(week),
            "days": last - week + 1,
            "available": _available(calendar, week, last),
        }
        told_weeks.append(row | spent(done.get(week, timesheet.Spent())))
    return told_weeks


def _available(calendar: Calendar, first: int, last: int) -> float:
    week: WeekHours = next(calendar.weeks(first))
    return week.hours * week.share(last)


def _estimates(told: Gathered) -> list[dict[str, Any]]:
    """Topics that were finished with a clock: estimated hours and those that they took."""
    number, lines = told.outline.number, told.outline.lines
    rows = []
    for name, record in sorted(told.where.learner.topics.items()):
        if record.state == "done" and record.hours > 0 and name in number:
            line = lines[number[name]]
            rows.append(
                {
                    "topic": told.names.topic(name),
                    "area": told.names.area(line.area),
                    "estimate": line.hours,
                    "hours": record.hours,
                }
            )
    return rows


# memory


def _recall(told: Gathered) -> dict[str, Any]:
    """Recall over time, of all cards and by area, and how it goes on if reviews stop today."""
    hold, today = told.hold, told.work.today
    past, lines = hold.past, told.outline.lines
    held = dict(zip(hold.cards.card, hold.cards.topic.tolist(), strict=True))
    areas = list(dict.fromkeys(lines[topic].area for topic in sorted(set(held.values()))))
    place = {area: at for at, area in enumerate(areas)}
    group = np.array([place[lines[held[name]].area] if name in held else -1 for name in past.names], np.int64)
    began = int(past.day.min()) if len(past.day) else today
    start = max(monday(began), monday(today) - 7 * (WEEKS - 1))
    days = [*range(start, today, 7), today]
    behind = recall_history.lines(past, days, group, len(areas))
    whole = recall_history.lines(past, days, np.minimum(group, 0), 1)[0]
    of_card = np.array([place[lines[topic].area] for topic in hold.cards.topic.tolist()], np.int64)
    ahead = _if_stopped(told, of_card, len(areas))
    return {
        "all": _series(whole, [(day, mean) for day, mean, _ in ahead]),
        "areas": [
            {"area": told.names.area(area), "title": told.names.area_title(area)}
            | _series(behind[at], [(day, by_area[at]) for day, _, by_area in ahead])
            for at, area in enumerate(areas)
        ],
    }


def _if_stopped(told: Gathered, area: Ints, areas: int) -> list[tuple[int, float, Sequence[float]]]:
    hold, today = told.hold, told.work.today
    if not len(hold.cards.card):
        return []
    by_area = hold.cards._replace(topic=area)
    days = [today + 7 * week for week in range(AHEAD + 1)]
    return [
        (one.day, float(one.recall or 0.0), [float(share) for share in one.topics])
        for one in if_you_stop(by_area, days, areas, hold.decay)
    ]


def _series(
    behind: Sequence[recall_history.Point], ahead: Sequence[tuple[int, float]]
) -> dict[str, list[dict[str, Any]]]:
    return {
        "past": [{"date": date_text(one.day), "recall": one.recall, "cards": one.cards} for one in behind],
        "if_you_stop": [{"date": date_text(day), "recall": share} for day, share in ahead],
    }


def _leeches(told: Gathered) -> list[dict[str, Any]]:
    """The leeches that are still asked, the worst first; what is underneath is told of the first ones."""
    held = set(told.hold.cards.card)
    found = {card: one for card, one in leeches.every(told.work).items() if card in held}
    rows: list[Mapping[str, Any]] = []
    below: dict[str, str | None] = {}
    for card, one in sorted(found.items(), key=lambda item: (-item[1].lapses, -item[1].early, item[0])):
        topic = card.partition("/")[0]
        if topic not in below and len(below) < WORST:
            below[topic] = leeches.weakest(told.work, topic, told.look)
        weakest = below.get(topic)
        rows.append(
            {
                "card": told.names.card(card),
                "topic": told.names.topic(topic),
                "lapses": one.lapses,
                "early": one.early,
                "weakest": told.names.topic(weakest) if weakest else None,
            }
        )
    return [dict(row) for row in rows]
