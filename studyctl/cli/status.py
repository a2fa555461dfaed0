"""`studyctl status`: where you stand, on one screen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import click

from studyctl.cli import gather, knowing, planning, screen
from studyctl.cli.options import json_option
from studyctl.cli.returning import Return, returning
from studyctl.cli.workspace import Workspace
from studyctl.core.goals import Target
from studyctl.core.learner import STATES
from studyctl.core.mastery import FRESH
from studyctl.core.plan import Plan
from studyctl.core.standing import Standing
from studyctl.core.streak import streak
from studyctl.core.time import HOUR, day_start, monday, to_date

FADING = 3  # topics that are named


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """How far a goal is: hours behind and in all, and the study day on which the plan reaches it."""

    id: str
    done_hours: float
    total_hours: float
    finish: int | None


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
    forgotten_again: int
    fading: tuple[tuple[str, float], ...]
    goals: tuple[GoalProgress, ...]
    again: tuple[knowing.Again, ...]
    back: Return | None


@click.command("status")
@json_option
@click.pass_obj
def command(work: Workspace, as_json: bool) -> None:
    """Where you stand: what is due, what is fading, and when you will be there.

    \b
    Examples:
      studyctl status
      studyctl status --json
    """
    if as_json:
        told = gather_status(work)
        work.json(
            {
                "topics": told.topics,
                "cards": told.cards,
                "cards_seen": told.seen,
                "due": told.reviews.due,
                "minutes_due": round(told.reviews.minutes, 1),
                "recall": told.recall,
                "streak": told.streak,
                "hours_this_week": round(told.hours_this_week, 4),
                "forgotten_again": told.forgotten_again,
                "fading": [{"topic": name, "recall": recall} for name, recall in told.fading],
                "learnt_again": [one.document() for one in told.again],
                "goals": [
                    {
                        "id": one.id,
                        "done_hours": round(one.done_hours, 2),
                        "total_hours": round(one.total_hours, 2),
                        "finish": to_date(one.finish).isoformat() if one.finish is not None else None,
                    }
                    for one in told.goals
                ],
            }
        )
        return
    show(work)


def gather_status(work: Workspace) -> Status:
    """All that the status screen says, as numbers."""
    look = gather.outlook(work)
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
    fading = sorted(
        (memory.recall, name)
        for name, memory in seen.items()
        if memory.recall is not None and memory.recall < FRESH and where.learner.learnt(name)
    )
    rollover = work.settings.day_starts_at
    week = day_start(monday(work.today), work.now.offset, rollover)
    hours = sum(
        max(0, one.end - max(one.start, week)) / HOUR for one in where.learner.all_sessions(work.now.ms)
    )
    days = {*where.learner.days(rollover), *work.history.days()}
    plan = planning.make_plan(work, look).plan if gather.open_goals(look) else None
    return Status(
        topics={state: states.get(state, 0) for state in STATES}
        | {"faded": len(faded), "learnt": sum(where.learnt), "all": len(lines)},
        cards=sum(line.cards for line in lines),
        seen=count,
        reviews=gather.reviews(work, where),
        recall=recall,
        streak=streak(days, work.today),
        hours_this_week=hours,
        forgotten_again=again,
        fading=tuple((name, value) for value, name in fading),
        goals=tuple(_progress(where, target, plan) for target in look.wanted),
        again=tuple(knowing.again(work, where)),
        back=returning(work, where),
    )


def _progress(where: Standing, target: Target, plan: Plan | None) -> GoalProgress:
    whole = where.outline.closure(target.topics, bytearray(len(where.outline.lines)))
    left = where.outline.closure(target.topics, where.learnt)
    total = sum(where.outline.lines[topic].hours for topic in whole)
    to_go = sum(where.hours[topic] for topic in left)
    days = [plan.finishes.get(topic) for topic in left] if plan else []
    finish = max((day for day in days if day is not None), default=None) if None not in days else None
    return GoalProgress(target.id, max(0.0, total - to_go), total, finish)


def show(work: Workspace) -> None:
    """Print the status screen."""
    told = gather_status(work)
    rows: list[tuple[str, str]] = []
    running = work.learner().running
    if running:
        spent = (work.learner().until(work.now.ms) - running.start) / 60_000
        rows.append(("now", f"{running.topic}, {screen.minutes(spent)} on the clock"))
    detours = work.learner().detours
    if detours:
        rows.append(("detour", f"{screen.clean(detours[-1].topic)}, for {screen.clean(detours[-1].source)}"))
    due = (
        f"{screen.count(told.reviews.due, 'card')}, about {screen.minutes(max(1, told.reviews.minutes))}"
        if told.reviews.due
        else "nothing"
    )
    if told.back is not None:
        due = f"begin again with 15 minutes of {told.reviews.due} cards: studyctl comeback"
    rows.append(("to review", due))
    week = f"{screen.hours(told.hours_this_week)} studied"
    if told.streak > 1:
        week += f", {told.streak} days in a row"
    rows.append(("this week", week))
    known = told.topics["done"] + told.topics["known"]
    learnt = f"{known} of {told.topics['all']} topics"
    if told.topics["faded"]:
        learnt += f", {told.topics['faded']} of them faded"
    in_work = told.topics["studying"] + told.topics["detoured"]
    if in_work:
        learnt += f"; {in_work} in work"
    rows.append(("learnt", learnt))
    if told.recall is not None:
        rows.append(
            (
                "memory",
                f"{screen.count(told.seen, 'card')} seen, {told.recall:.0%} recalled now".replace("%", " %"),
            )
        )
    if told.fading:
        names = ", ".join(f"{name} {recall:.2f}" for name, recall in told.fading[:FADING])
        more = len(told.fading) - FADING
        rows.append(("fading", names + (f" and {more} more" if more > 0 else "")))
    elif told.seen:
        rows.append(("fading", "nothing"))
    if told.again:
        rows.append(("again", "; ".join(one.sentence(work.today) for one in told.again[:FADING])))
    for name, text in rows:
        lines = screen.wrap(text, work.width - 12).splitlines()
        work.say(work.style(screen.pad(name, 12), dim=True) + lines[0])
        for line in lines[1:]:
            work.say(" " * 12 + line)
    work.say()
    for goal in told.goals:
        _goal(work, goal)
    if not told.goals:
        work.say("no goal yet: studyctl tracks, then studyctl goal add TRACK")
    work.say()
    work.say("studyctl comeback" if told.back else "studyctl review" if told.reviews.due else "studyctl next")


def _goal(work: Workspace, goal: GoalProgress) -> None:
    share = goal.done_hours / goal.total_hours if goal.total_hours else 1.0
    told = f"{goal.done_hours:.0f} of {goal.total_hours:.0f} h"
    if share >= 1.0:
        when = "reached"
    elif goal.finish is None:
        when = "no end in sight at this rate"
    else:
        when = f"by {screen.day(goal.finish).strip()}"
    wide = max(8, min(24, work.width - 44))
    work.say(f"{work.style(screen.cut(goal.id, 28), bold=True)}")
    work.say(f"  {screen.bar(share, wide)} {share:4.0%}  {told}, {when}")
