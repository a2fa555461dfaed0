"""`studyctl plan`: week by week to the goals."""

from __future__ import annotations

from typing import Any

import click

from studyctl.cli import gather, screen
from studyctl.cli.options import json_option
from studyctl.cli.tracks import track_lines
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Hours
from studyctl.core.plan import Plan, Week
from studyctl.core.problems import UsageError
from studyctl.core.time import monday, to_date

SHOWN = 5  # weeks on the screen


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
@json_option
@click.pass_context
def command(ctx: click.Context, hours_per_week: float | None, weeks: int | str | None, as_json: bool) -> None:
    """The weeks until you reach your goals, reviews counted in.

    Of each week a reserve stays free, reviews come first, and the rest is for study. The plan
    is made anew from what you have done each time that you ask, so nothing is ever overdue.

    \b
    Examples:
      studyctl goal add first-model
      studyctl plan --hours-per-week 8
      studyctl plan --weeks all
    """
    work: Workspace = ctx.obj
    hours = None
    if hours_per_week is not None:
        if not 0 <= hours_per_week <= 168:
            raise UsageError(
                f"a week has 0 to 168 hours, not {hours_per_week:g}", "studyctl plan --hours-per-week 8"
            )
        hours = Hours.weekly(hours_per_week)
    look = gather.outlook(work)
    if not look.standing.learner.goals or not look.wanted:
        _without_goal(work, look, as_json)
        return
    plan = gather.make_plan(work, look, hours)
    if as_json:
        shown = plan.weeks if weeks in (None, "all") else plan.weeks[: int(weeks or 0)]
        work.json(_document(work, plan, shown))
    else:
        _show(work, look, plan, hours or work.settings.hours_per_week, weeks)
    if not plan.feasible:
        ctx.exit(4)


def _without_goal(work: Workspace, look: gather.Outlook, as_json: bool) -> None:
    gone = sorted(look.standing.learner.goals)
    if as_json:
        tracks = [{"id": track.id, "title": track.title} for track in work.catalog.tracks()]
        work.json({"feasible": True, "finish": None, "weeks": [], "conflicts": [], "tracks": tracks})
        return
    if gone:
        work.say(f"No topic of your goals is in the curriculum now: {', '.join(gone)}")
    else:
        work.say("You have no goal yet. Tracks to choose from:")
    work.say()
    for line in track_lines(work, look.standing):
        work.say(line)
    work.say()
    work.say("studyctl goal add TRACK   (any topic can be a goal, too)")


def _document(work: Workspace, plan: Plan, weeks: tuple[Week, ...]) -> dict[str, Any]:
    lines = work.outline.lines
    return {
        "feasible": plan.feasible,
        "finish": to_date(plan.finish).isoformat() if plan.finish is not None else None,
        "weeks": [
            {
                "start": to_date(week.start).isoformat(),
                "items": [
                    {"topic": lines[item.topic].id, "kind": item.kind, "hours": round(item.hours, 4)}
                    for item in week.items
                ],
                "review_minutes": round(week.review_minutes, 2),
                "hours_available": round(week.hours_available, 4),
            }
            for week in weeks
        ],
        "conflicts": [
            {
                "goal": one.goal,
                "needed_hours": round(one.needed_hours, 2),
                "available_hours": round(one.available_hours, 2),
                "text": one.text,
            }
            for one in plan.conflicts
        ],
    }


def _show(work: Workspace, look: gather.Outlook, plan: Plan, hours: Hours, weeks: int | str | None) -> None:
    wanted = gather.open_goals(look)
    if not wanted:
        work.say("Every goal is reached. Choose the next one: studyctl tracks")
        return
    for conflict in plan.conflicts:
        work.say(work.style(screen.wrap(f"Not in time: {conflict.text}.", work.width), bold=True))
    names = ", ".join(target.id for target in wanted)
    there = f"by {_date(plan.finish)}" if plan.finish is not None else "never at this rate"
    work.say(screen.wrap(f"Goal {names}, {screen.hours(hours.a_week)} a week: {there}", work.width))
    work.say(f"{work.settings.reserve:.0%} of each week stays free · reviews counted in".replace("%", " %"))
    if plan.weeks and plan.weeks[-1].start - monday(work.today) > 3652:
        work.say(
            f"That is {len(plan.weeks) // 52} years. More hours or a smaller goal would bring it nearer."
        )
    work.say()
    count = len(plan.weeks) if weeks == "all" else int(weeks or SHOWN)
    study = max(10, work.width - 34)
    work.say(f"{'week of':<11}{screen.pad('learn', study)}  study review   free")
    for week in plan.weeks[:count]:
        _week(work, week, study)
    if len(plan.weeks) > count:
        more = len(plan.weeks) - count
        work.say(f"{'':11}… {more} more week{'s' * (more > 1)}: studyctl plan --weeks all")


def _week(work: Workspace, week: Week, width: int) -> None:
    told = []
    for item in week.items:
        line = work.outline.lines[item.topic]
        name = f"refresh {line.id}" if item.kind == "refresh" else line.id
        told.append(f"{name} ✓" if item.finished else f"{name} {screen.hours(item.hours)}")
    lines = _lay(told, width) or ["–"]
    study = sum(item.hours for item in week.items)
    review = week.review_minutes / 60
    free = max(0.0, week.hours_available - study - review)
    start = screen.day(week.start, work.today)
    work.say(f"{start:<11}{screen.pad(lines[0], width)}  {study:5.1f} {review:6.1f} {free:6.1f}")
    for more in lines[1:]:
        work.say(f"{'':11}{more}")


def _lay(parts: list[str], width: int) -> list[str]:
    lines: list[str] = []
    for at, part in enumerate(parts):
        text = part if at == len(parts) - 1 else f"{part},"
        if lines and screen.columns(lines[-1]) + 1 + screen.columns(text) <= width:
            lines[-1] += f" {text}"
        else:
            lines.append(screen.cut(text, width))
    return lines


def _date(day: int | None) -> str:
    if day is None:
        return "–"
    when = to_date(day)
    return f"{when.day} {when:%b %Y}"
