"""What the one decision of a week is taken from, gathered; the rules are in `studyctl.core.decision`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from studyctl.cli import gather, leeches, planning
from studyctl.cli.gathered import Gathered
from studyctl.cli.naming import Names
from studyctl.cli.next import suggestions
from studyctl.cli.plan import conflicts
from studyctl.core import decision, timesheet, week
from studyctl.core.conflict import Repairs
from studyctl.core.time import in_words, to_date
from studyctl.core.week_review import Detour

WEEKS = 4  # that tell what is usual


def gathered(
    told: Gathered, plan: week.Planned, spent: timesheet.Spent, detours: Sequence[Detour]
) -> decision.Decision:
    """The decision of the week."""
    work, where, names = told.work, told.where, told.names
    failed = conflicts(told.made, told.look, told.open) if told.made else []
    ways: tuple[decision.Choice, ...] = ()
    if failed and told.made and told.made.verdict:
        ways = tuple(_ways(told.made.verdict.repairs, names))
    faded = sorted(
        (where.recall(one), told.topic(one)) for one in range(len(where.faded)) if where.faded[one]
    )
    top = detours[-1] if detours else None
    return decision.decide(
        decision.Week(
            waiting=len(told.back.cards) if told.back is not None else 0,
            conflict=_conflict_text(failed, names),
            repairs=ways[:3],
            planned=plan.hours,
            spent=spent.hours,
            usual=_usual(told),
            a_week=work.settings.hours_per_week.a_week,
            detour=(top.topic, top.source, top.hours, top.box) if top else None,
            faded=tuple(name for _, name in faded),
            minutes_due=told.back.minutes if told.back is not None else gather.reviews(work, where).minutes,
            leech=_leech(told),
            goals=len(told.look.wanted),
            open_goals=len(told.open),
            next=tuple(told.topic(one.topic) for one in suggestions(work, told.look)),
        )
    )


def _usual(told: Gathered) -> float:
    """The hours a week that there were in the last weeks, days away left out."""
    today, calendar = told.work.today, planning.calendar(told.work)
    began = min((day for day, _ in told.sheet), default=today)
    days = range(max(began, today - 7 * WEEKS + 1), today + 1)
    there = sum(not calendar.is_away(day) for day in days)
    return timesheet.total(timesheet.between(told.sheet, days.start, today)).hours / max(1.0, there / 7)


def _ways(repairs: Repairs, names: Names) -> Iterator[decision.Choice]:
    """Single changes that would mend the plan, as commands."""
    if repairs.hours_a_week is not None:
        hours = f"{repairs.hours_a_week:g}"
        yield decision.Choice(f"{hours} h a week", f"studyctl config set hours_per_week {hours}")
    for goal, day in repairs.later:
        name, by = names.goal(goal), to_date(day).isoformat()
        yield decision.Choice(f"{name} by {in_words(day)}", f"studyctl goal add {name} --by {by}")
    for goal in repairs.drop:
        yield decision.Choice(f"without {names.goal(goal)}", f"studyctl goal drop {names.goal(goal)}")
    if repairs.shorter:
        yield decision.Choice("fewer days away", "studyctl away")


def _conflict_text(failed: Sequence[dict[str, Any]], names: Names) -> str:
    if not failed:
        return ""
    if names.anonymous:
        goals = ", ".join(dict.fromkeys(names.goal(str(one["goal"])) for one in failed))
        return f"No plan holds the dates of all goals: {goals}."
    return f"No plan holds this: {failed[0]['text']}."


def _leech(told: Gathered) -> tuple[str, str, str] | None:
    """The leech that failed last, if it did so in the last week."""
    found = leeches.every(told.work).keys() & set(told.hold.cards.card)
    if not found:
        return None
    past = told.hold.past
    recent = (past.day > told.work.today - 7) & (past.rating == 1)
    for place in sorted(np.flatnonzero(recent).tolist(), key=lambda at: -int(past.at[at])):
        card = past.names[int(past.card[place])]
        if card in found:
            below = leeches.weakest(told.work, card.partition("/")[0], told.look)
            return (
                told.names.card(card),
                str(leeches.failures(told.work, card)),
                told.names.topic(below) if below else "",
            )
    return None
