"""`studyctl plan`: week by week to the goals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from studyctl.cli import gather, planning
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.plan_ics import write
from studyctl.cli.plan_screen import show, show_comparison, without_goal
from studyctl.cli.setting_names import note_unknown
from studyctl.cli.what_if import compare
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Hours
from studyctl.core.goals import Target
from studyctl.core.plan import Week
from studyctl.core.problems import StudyctlError, UsageError
from studyctl.core.refresh import Level, Refresh
from studyctl.core.schedule import Schedule
from studyctl.core.time import in_words, to_date


class WeekCount(click.ParamType):  # type: ignore[type-arg]
    """A number of weeks, or ``all``."""

    name = "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int | str:
        """`all`, or a whole number from 1."""
        if value == "all":
            return "all"
        try:
            weeks = int(value)
        except ValueError:
            weeks = 0
        if weeks < 1:
            self.fail(f"{value!r} is neither a number of weeks nor all", param, ctx)
        return weeks


@click.command("plan")
@click.option("--hours-per-week", type=float, metavar="H", help="Plan with H hours a week, just this time.")
@click.option("--weeks", type=WeekCount(), help="Show N weeks, or all of them.")
@click.option(
    "--what-if", "changes", multiple=True, metavar="CHANGE", help="Compare with a change; repeatable."
)
@click.option("--ics", metavar="FILE", help="Write the plan as a calendar file; - is stdout.")
@dry_run_option
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    hours_per_week: float | None,
    weeks: int | str | None,
    changes: tuple[str, ...],
    ics: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """The weeks until you reach your goals, reviews counted in.

    Of each week a reserve stays free, reviews come first, and the rest is for study; every
    eighth week has nothing new. The plan is made anew from what you have done each time that
    you ask, so nothing is ever overdue.

    \b
    Examples:
      studyctl goal add first-model
      studyctl plan --hours-per-week 8
      studyctl plan --weeks all
      studyctl plan --what-if "hours 12" --what-if "drop GOAL"
      studyctl plan --ics plan.ics

    A change is "hours 12", "drop GOAL", "add GOAL", "by GOAL 2027-03-12",
    "away 2027-02-01 2027-02-14" or "no away".
    """
    work: Workspace = ctx.obj
    note_unknown(work)
    hours = _hours(hours_per_week)
    if ics and changes:
        raise UsageError("--what-if compares plans; it goes with no --ics", "studyctl plan --ics plan.ics")
    if ics == "-" and as_json:
        raise UsageError("--ics - and --json both write to stdout", "studyctl plan --json --ics plan.ics")
    look = gather.outlook(work)
    if not look.standing.learner.goals or not look.wanted:
        if ics or changes:
            raise StudyctlError(
                "there is no goal to plan for", "studyctl goal add TRACK; studyctl tracks shows them"
            )
        without_goal(work, look, as_json)
        return
    told_weeks = None if weeks == "all" else weeks
    if changes:
        if not _compare(work, look, hours, changes, as_json, told_weeks):
            ctx.exit(4)
        return
    wanted = gather.open_goals(look)
    made = planning.make_plan(work, look, hours)
    told = conflicts(made, look, wanted)
    if ics:
        write(work, made, wanted, ics, dry_run=dry_run)
    if as_json:
        work.json(document(work, made, told, told_weeks))
    elif not ics:
        show(work, look, made, told, hours or work.settings.hours_per_week, weeks)
    if told:
        ctx.exit(4)


def _compare(
    work: Workspace,
    look: gather.Outlook,
    hours: Hours | None,
    changes: tuple[str, ...],
    as_json: bool,
    weeks: int | str | None,
) -> bool:
    """Show the plan beside those with changes; whether it holds as it is."""
    told = [(one, conflicts(one.made, look, list(one.wanted))) for one in compare(work, look, hours, changes)]
    now, unmet = told[0]
    if as_json:
        changed = [{"change": one.change} | document(work, one.made, some, 0) for one, some in told]
        work.json(document(work, now.made, unmet, weeks) | {"what_if": changed})
    else:
        show_comparison(work, told)
    return not unmet


def _hours(number: float | None) -> Hours | None:
    if number is None:
        return None
    if not 0 <= number <= 168:
        raise UsageError(f"a week has 0 to 168 hours, not {number:g}", "studyctl plan --hours-per-week 8")
    return Hours.weekly(number)


def conflicts(made: Schedule, look: gather.Outlook, wanted: list[Target]) -> list[dict[str, Any]]:
    """What the plan does not meet: goals after their date, or without an end."""
    told = []
    verdict = made.verdict
    if verdict is not None:
        sum_ = verdict.certificate
        names = ", ".join(sum_.goals)
        plural = "s need" if len(sum_.goals) > 1 else " needs"
        text = (
            f"by {in_words(sum_.day)} the goal{plural} {sum_.needed:.0f} h at your pace, there are "
            f"{max(0.0, sum_.available):.0f} h: {names}"
        )
        there = max(0.0, sum_.available)
        told += [_conflict(goal, sum_.needed, there, text) for goal in verdict.goals]
    for goal, day in made.late:
        if not any(one["goal"] == goal for one in told):
            when = in_words(day) if day in made.plan.finishes.values() else "never"
            told.append(_conflict(goal, _needed(made, wanted, goal), 0.0, f"{goal} would be reached {when}"))
    named = {one["goal"] for one in told}
    for target in wanted:
        closure = made.work.outline.closure(target.topics, look.standing.learnt)
        if target.id not in named and any(topic not in made.plan.finishes for topic in closure):
            needed = _needed(made, wanted, target.id)
            text = f"{target.id} needs {needed:.0f} h at your pace, and no hours are left for study"
            told.append(_conflict(target.id, needed, 0.0, text))
    return told


def _needed(made: Schedule, wanted: list[Target], goal: str) -> float:
    topics = next((one.topics for one in wanted if one.id == goal), ())
    return sum(made.work.hours[topic] for topic in made.way(topics))


def _conflict(goal: str, needed: float, available: float, text: str) -> dict[str, Any]:
    return {
        "goal": goal,
        "needed_hours": round(needed, 2),
        "available_hours": round(available, 2),
        "text": text,
    }


def document(
    work: Workspace, made: Schedule, told: list[dict[str, Any]], weeks: int | str | None
) -> dict[str, Any]:
    """The plan as `plan --json` shows it."""
    plan = made.plan
    shown = plan.weeks if weeks is None else plan.weeks[: int(weeks)]
    return {
        "feasible": not told,
        "finish": _date(plan.finish),
        "finish_between": [_date(made.soon), _date(made.slow)],
        "weeks": [_week(work, week, made.refreshes) for week in shown],
        "conflicts": told,
        "side_roads_left_out": [work.outline.lines[topic].id for topic in made.left_out],
    }


def _week(work: Workspace, week: Week, refreshes: Sequence[Refresh]) -> dict[str, Any]:
    lines = work.outline.lines
    return {
        "start": _date(week.start),
        "items": [
            {
                "topic": lines[item.topic].id,
                "kind": item.kind,
                "hours": round(item.hours, 4),
                "finished": item.finished,
            }
            for item in week.items
        ],
        "review_minutes": round(week.review_minutes, 2),
        "hours_available": round(week.hours_available, 4),
        "note": week.note,
        "warm_ups": [
            {
                "topic": lines[one.topic].id,
                "for": lines[one.sake].id,
                "recall": one.recall,
                "cards": one.cards,
            }
            for one in refreshes
            if one.level is Level.WARM_UP and 0 <= one.day - week.start < 7
        ],
    }


def _date(day: int | None) -> str | None:
    return to_date(day).isoformat() if day is not None else None
