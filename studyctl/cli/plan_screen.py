"""The screen of a plan: what it comes to, the weeks, and what would mend it."""

from __future__ import annotations

import math
from typing import Any

from studyctl.cli import gather, screen
from studyctl.cli.tracks import track_lines
from studyctl.cli.what_if import Compared
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Hours
from studyctl.core.conflict import Repairs
from studyctl.core.plan import Week
from studyctl.core.refresh import Level
from studyctl.core.schedule import Schedule
from studyctl.core.time import in_words, monday

SHOWN = 5  # weeks
LONG = 3_652  # days; a longer plan says so


def without_goal(work: Workspace, look: gather.Outlook, as_json: bool) -> None:
    """The tracks, for somebody who has no goal, or none that is in the curriculum."""
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


def show(
    work: Workspace,
    look: gather.Outlook,
    made: Schedule,
    told: list[dict[str, Any]],
    hours: Hours,
    weeks: int | str | None,
) -> None:
    """Print the plan."""
    wanted = gather.open_goals(look)
    if not wanted:
        work.say("Every goal is reached. Choose the next one: studyctl tracks")
        return
    if told:
        _conflict(work, made, told, hours)
    _head(work, look, made, [one.id for one in wanted], hours)
    if made.left_out:
        names = ", ".join(work.outline.lines[topic].id for topic in made.left_out)
        work.say(screen.wrap(f"Side roads that do not fit before their date: {names}", work.width))
    plan = made.plan
    if plan.weeks and plan.weeks[-1].start - monday(work.today) > LONG:
        years = len(plan.weeks) // 52
        work.say(f"That is {years} years. More hours or a smaller goal would bring it nearer.")
    if not plan.weeks:
        return
    work.say()
    count = len(plan.weeks) if weeks == "all" else int(weeks or SHOWN)
    days = max(len(screen.day(week.start, work.today)) for week in plan.weeks[:count])
    margin = max(10, days + 2)
    study = max(10, work.width - 23 - margin)
    work.say(f"{'week of':<{margin}}{screen.pad('learn', study)}  study review   free")
    for week in plan.weeks[:count]:
        _week(work, week, margin, study)
        _warm_ups(work, week, made, margin, study)
    if len(plan.weeks) > count:
        more = len(plan.weeks) - count
        work.say(f"{'':{margin}}… {more} more week{'s' * (more > 1)}: studyctl plan --weeks all")


def show_comparison(work: Workspace, told: list[tuple[Compared, list[dict[str, Any]]]]) -> None:
    """Print what each change would lead to, one a line."""
    rows = [("", "done by", "between")]
    for one, _ in told:
        made = one.made
        between = f"{in_words(made.soon)} – {in_words(made.slow)}" if made.soon and made.slow else ""
        finish = in_words(made.plan.finish) if made.plan.finish is not None else "–"
        rows.append((one.change, finish, between))
    head, *lines = screen.table(rows)
    beside = max(map(screen.columns, lines)) <= work.width
    if not beside:  # the change over its numbers
        head, *lines = screen.table([("  ", *row[1:]) for row in rows])
    work.say(head)
    for line, (one, failed) in zip(lines, told, strict=True):
        if not beside:
            work.say(screen.wrap(one.change, work.width))
        work.say(line)
        missed = ", ".join(dict.fromkeys(str(conflict["goal"]) for conflict in failed))
        if missed:
            work.say(screen.wrap(f"misses {missed}", work.width, "  "))
    work.say()
    work.say("Nothing was changed.")


def _head(work: Workspace, look: gather.Outlook, made: Schedule, names: list[str], hours: Hours) -> None:
    if made.plan.finish is None:
        when = "no end in sight"
    elif made.soon is None or made.slow is None:
        when = f"by {in_words(made.plan.finish)}"
    else:
        when = (
            f"between {in_words(made.soon)} and {in_words(made.slow)} (likely {in_words(made.plan.finish)})"
        )
    work.say(screen.wrap(f"Goal {', '.join(names)}, {screen.hours(hours.a_week)} a week: {when}", work.width))
    pace = look.pace
    basis = (
        f"from {screen.hours(pace.hours)} logged"
        if pace.topics
        else "as is usual; yours is learnt as you log"
    )
    facts = [
        f"Pace {pace.ratio:.1f} × estimate, {basis}",
        f"{round(work.settings.reserve * 100)} % kept free",
    ]
    facts += [
        f"away {in_words(one.first)} to {in_words(one.last)}"
        for one in look.standing.learner.away
        if one.last >= work.today
    ]
    work.say(screen.wrap(" · ".join(facts), work.width))


def _conflict(work: Workspace, made: Schedule, told: list[dict[str, Any]], hours: Hours) -> None:
    verdict = made.verdict
    for text in dict.fromkeys(one["text"] for one in told):
        work.say(work.style(screen.wrap(f"No plan holds this: {text}.", work.width), bold=True))
    if verdict is None:
        own = hours == work.settings.hours_per_week
        command = "config set hours_per_week" if own else "plan --hours-per-week"
        work.say(f"More hours would: studyctl {command} {min(168, max(6, math.ceil(hours.a_week) + 2))}")
        work.say()
        return
    away = [f"away {in_words(one.first)} to {in_words(one.last)}" for one in verdict.away]
    if len(verdict.goals) + len(away) > 1:
        work.say(screen.wrap(f"In each other's way: {', '.join([*verdict.goals, *away])}.", work.width))
    ways = _mends(verdict.repairs)
    if ways:
        work.say("Any one of these mends it:")
        for line in ways:
            work.say(f"  {line}")
    if verdict.repairs.days_short > 0:
        weeks = max(1, round(verdict.repairs.days_short / 7))
        work.say(f"(Or to have begun {weeks} week{'s' * (weeks > 1)} earlier.)")
    work.say("The best that can be done is below.")
    work.say()


def _mends(repairs: Repairs) -> list[str]:
    """Single changes each of which would mend a plan."""
    told = []
    if repairs.hours_a_week is not None:
        told.append(f"{repairs.hours_a_week:g} h a week")
    told += [f"goal {goal} by {in_words(day)}" for goal, day in repairs.later]
    told += [f"drop {goal}" for goal in repairs.drop]
    for away, last in repairs.shorter:
        until = f"away {in_words(away.first)} to {in_words(last)} only" if last is not None else "not away"
        told.append(until if last is not None else f"no days away from {in_words(away.first)}")
    return told


def _week(work: Workspace, week: Week, margin: int, width: int) -> None:
    told = []
    for item in week.items:
        line = work.outline.lines[item.topic]
        name = f"refresh {line.id}" if item.kind == "refresh" else line.id
        tail = "✓" if item.finished else screen.hours(item.hours)
        told.append(f"{screen.cut(name, width - screen.columns(tail) - 2)} {tail}")
    names = {"away": "away", "skip": "nothing new: a week to catch up, or to rest"}
    lines = _lay(told, width) or screen.wrap(names.get(week.note, "–"), width).splitlines()
    study = sum(item.hours for item in week.items)
    review = week.review_minutes / 60
    free = max(0.0, week.hours_available - study - review)
    start = screen.day(week.start, work.today)
    work.say(
        f"{start:<{margin}}{screen.pad(lines[0], width)}  {_hours(study)} {_hours(review, 6)} {_hours(free, 6)}"
    )
    for more in lines[1:]:
        work.say(f"{'':{margin}}{more}")


def _warm_ups(work: Workspace, week: Week, made: Schedule, margin: int, width: int) -> None:
    """What is warmed up in a week before something is built on it; reviews do it."""
    lines = work.outline.lines
    for one in made.refreshes:
        if one.level is Level.WARM_UP and 0 <= one.day - week.start < 7:
            told = f"(warm up {lines[one.topic].id} before {lines[one.sake].id}: {screen.count(one.cards, 'card')})"
            for line in screen.wrap(told, width).splitlines():
                work.say(f"{'':{margin}}{line}")


def _hours(number: float, width: int = 5) -> str:
    return f"{number:.1f}".rjust(width) if number >= 0.05 else "–".rjust(width)


def _lay(parts: list[str], width: int) -> list[str]:
    """Parts laid into lines, each part whole."""
    lines: list[str] = []
    for at, part in enumerate(parts):
        text = part if at == len(parts) - 1 else f"{part},"
        if lines and screen.columns(lines[-1]) + 1 + screen.columns(text) <= width:
            lines[-1] += f" {text}"
        else:
            lines.append(text)
    return lines
