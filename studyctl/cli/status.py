"""`studyctl status`: where you stand, on one screen."""

from __future__ import annotations

from collections.abc import Iterator

import click

from studyctl.cli import screen
from studyctl.cli.gather import Reviews
from studyctl.cli.options import json_option
from studyctl.cli.setting_names import note_unknown
from studyctl.cli.status_document import document
from studyctl.cli.status_facts import GoalProgress, Status, gather_status
from studyctl.cli.workspace import Workspace
from studyctl.core.time import in_words, to_date

NAMED = 3  # topics in a line
GOALS = 4  # on the screen
DEEP = 3  # detours on the screen
LABEL = 12  # columns


@click.command("status")
@json_option
@click.pass_obj
def command(work: Workspace, as_json: bool) -> None:
    """Where you stand: what today asks for and what that keeps, what has faded, when you will be there.

    \b
    Examples:
      studyctl status
      studyctl status --json
    """
    note_unknown(work)
    if as_json:
        work.json(document(gather_status(work)))
        return
    show(work)


def show(work: Workspace) -> None:
    """Print the status screen; it fits 24 lines of 80 columns."""
    told = gather_status(work)
    for name, text in _rows(work, told):
        lines = screen.wrap(text, work.width - LABEL).splitlines()
        work.say(work.style(screen.pad(name, LABEL), dim=True) + lines[0])
        for line in lines[1:]:
            work.say(" " * LABEL + line)
    work.say()
    for goal in told.goals[:GOALS]:
        _goal(work, goal)
    if len(told.goals) > GOALS:
        work.say(f"  and {len(told.goals) - GOALS} more goals: studyctl goal list")
    if not told.goals:
        work.say("no goal yet: studyctl tracks, then studyctl goal add TRACK")
    work.say()
    if told.news is not None:
        work.say(screen.wrap(screen.clean(told.news.text), work.width))
    work.say(screen.with_right("", _next(told), work.width).lstrip("\n"))


def _next(told: Status) -> str:
    """The command that comes next."""
    if told.back:
        return "studyctl comeback"
    if told.reviews.due:
        return "studyctl review"
    return "studyctl back" if told.detours else "studyctl next"


def _rows(work: Workspace, told: Status) -> Iterator[tuple[str, str]]:
    running = work.learner().running
    if running:
        spent = (work.learner().until(work.now.ms) - running.start) / 60_000
        yield "now", f"{screen.clean(running.topic)}, {screen.minutes(spent)} on the clock"
    yield "today", _today(told)
    yield from _detours(told)
    week = f"{screen.hours(told.hours_this_week)} of {screen.hours(told.hours_a_week)} studied"
    if told.streak > 1:
        week += f"; {told.streak} days in a row"
    yield "this week", week
    keeping = work.learner().keeping
    if keeping is not None:
        per = "week" if keeping.weekly else "day"
        yield "maintain", f"{keeping.minutes:g} min a {per}, no new cards: studyctl maintain off"
    known = told.topics["done"] + told.topics["known"]
    learnt = f"{known} of {told.topics['all']} topics"
    if told.topics["faded"]:
        learnt += f", {told.topics['faded']} of them faded"
    if told.topics["once"]:
        learnt += f"; {told.topics['once']} known once"
    in_work = told.topics["studying"] + told.topics["detoured"]
    if in_work:
        learnt += f"; {in_work} in work"
    yield "learnt", learnt
    if told.recall is not None:
        recall = f"{told.recall:.0%} recalled now".replace("%", " %")
        doubt = "" if told.back is None else ", by a model that is too hopeful after a break"
        yield "memory", f"{screen.count(told.seen, 'card')} seen, {recall}{doubt}"
    yield from _slipping(told)
    if told.again:
        yield "again", "; ".join(one.sentence(work.today) for one in told.again[:NAMED])
    deadline = told.deadline
    if deadline is not None and deadline.by is not None:
        yield "deadline", _deadline(work, deadline, deadline.by)


def _today(told: Status) -> str:
    """The minutes of today, and what they buy."""
    if told.back is not None:
        return (
            f"begin again with 15 minutes of {screen.count(len(told.back.cards), 'card')}: studyctl comeback"
        )
    parts = []
    if told.reviews.due:
        minutes = screen.minutes(max(1, told.reviews.minutes))
        review = f"{_cards(told.reviews)} to review, about {minutes}"
        if told.today.keeps:
            names = _named(told.today.keeps)
            review += f"; that keeps {names} from fading within a month"
        parts.append(review)
    else:
        parts.append("nothing to review")
    study = told.today.left - told.reviews.minutes / 60
    if study >= 0.2:
        parts.append(f"{screen.minutes(5 * round(study * 12))} for study")
    return "; ".join(parts)


def _cards(reviews: Reviews) -> str:
    seen = reviews.due - reviews.new
    if not reviews.new:
        return screen.count(seen, "card")
    return (
        f"{screen.count(seen, 'card')} and {reviews.new} new"
        if seen
        else screen.count(reviews.new, "new card")
    )


def _named(names: tuple[str, ...] | list[str]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _detours(told: Status) -> Iterator[tuple[str, str]]:
    """The stack, the innermost detour first."""
    for at, (frame, hours) in enumerate(reversed(told.detours[-DEEP:])):
        box = f"{screen.minutes(hours * 60)} of {screen.minutes(frame.box * 60)}"
        names = f"{screen.clean(frame.topic)}, for {screen.clean(frame.source)}"
        yield ("" if at else "detour"), f"{names}: {box}"


def _slipping(told: Status) -> Iterator[tuple[str, str]]:
    if told.faded_lately:
        names = [f"{name} {now:.2f}" for name, _, now in told.faded_lately]
        yield "faded", f"since last week: {_named(names)}"
    if told.fading:
        yield "fading", _named([f"{name} {recall:.2f}" for name, recall in told.fading])
    elif told.seen:
        yield "fading", "nothing"


def _deadline(work: Workspace, goal: GoalProgress, by: int) -> str:
    days = by - work.today
    when = f"in {screen.count(days, 'day')}" if days > 0 else f"{screen.count(-days, 'day')} ago"
    if not days:
        when = "today"
    told = f"{screen.clean(goal.id)} by {in_words(by, work.today)}, {when}"
    if goal.finish is None:
        return f"{told}; no end in sight at this rate"
    room = by - goal.finish
    told += f"; likely {in_words(goal.finish, work.today)}"
    if room < 0:
        return f"{told}, {screen.count(-room, 'day')} late: studyctl plan"
    return f"{told}, {screen.count(room, 'day')} to spare"


def _goal(work: Workspace, goal: GoalProgress) -> None:
    share = goal.done_hours / goal.total_hours if goal.total_hours else 1.0
    told = f"{goal.done_hours:.0f} of {goal.total_hours:.0f} h"
    if share >= 1.0:
        when = "reached"
    elif goal.finish is None:
        when = "no end in sight at this rate"
    elif goal.soon is not None and goal.slow is not None:
        when = f"likely {in_words(goal.finish, work.today)} ({_months(goal.soon, goal.slow)})"
    else:
        when = f"by {in_words(goal.finish)}"
    wide = max(8, min(18, work.width - 62))
    work.say(f"{work.style(screen.cut(screen.clean(goal.id), 28), bold=True)}")
    line = f"  {screen.bar(share, wide)} {share:4.0%}  {told}, {when}"
    if screen.columns(line) > work.width:
        line = f"  {screen.bar(share, wide)} {share:4.0%}  {told}\n{' ' * (wide + 9)}{when}"
    work.say(line)


def _months(soon: int, slow: int) -> str:
    first, last = to_date(soon), to_date(slow)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%b %Y}"
    return f"{first:%b}{'' if first.year == last.year else f' {first.year}'} to {last:%b %Y}"
