"""`studyctl next`: what to do now, and why."""

from __future__ import annotations

from collections.abc import Sequence

import click

from studyctl.cli import gather, screen
from studyctl.cli.detouring import detour_document, detour_lines
from studyctl.cli.options import json_option
from studyctl.cli.refreshing import prospects
from studyctl.cli.returning import returning, welcome
from studyctl.cli.workspace import Workspace
from studyctl.core.deadlines import Due
from studyctl.core.goals import Target
from studyctl.core.suggest import Suggestion, suggest

STAR = 3  # a topic that unlocks so many gets a star


def suggestions(work: Workspace, look: gather.Outlook) -> list[Suggestion]:
    """What `next` suggests now; `start 2` takes the second."""
    wanted = gather.open_goals(look)
    return suggest(look.standing, look.work, wanted, work.today, prospects(work), _dues(work, look, wanted))


def _dues(work: Workspace, look: gather.Outlook, wanted: Sequence[Target]) -> list[Due]:
    """What the dates leave; only who has dates waits for it."""
    if not any(one.by for one in wanted):
        return []
    from studyctl.cli.planning import nearly_due  # noqa: PLC0415

    return nearly_due(work, look, wanted)


@click.command("next")
@json_option
@click.pass_obj
def command(work: Workspace, as_json: bool) -> None:
    """What to do now: reviews that are due, and two to four topics with reasons.

    \b
    Examples:
      studyctl next
      studyctl start 1                  take the first suggestion
      studyctl next --json
    """
    look = gather.outlook(work)
    reviews = gather.reviews(work, look.standing)
    found = suggestions(work, look)
    lines = work.outline.lines
    back = returning(work, look.standing)
    unplaced = gather.unplaced(work, look)
    if as_json:
        work.json(
            {
                "reviews": {"due": reviews.due, "minutes": round(reviews.minutes, 1)},
                "comeback": None if back is None else {"cards": len(back.cards), "minutes": back.minutes},
                "detour": detour_document(work, look.standing.learner),
                "place": unplaced,
                "suggestions": [
                    {
                        "topic": lines[one.topic].id,
                        "kind": one.kind,
                        "hours": round(one.hours, 2),
                        "unlocks": one.unlocks,
                        "why": list(one.why),
                    }
                    for one in found
                ],
            }
        )
        return
    if back is not None:
        for line in welcome(work, back):
            work.say(line)
    elif reviews.due:
        told = f"Reviews  {reviews.due} due, about {screen.minutes(max(1, reviews.minutes))}"
        if look.standing.learner.keeping is not None:
            told += " · maintenance"
        work.say(screen.with_right(told, "studyctl review", work.width))
    else:
        work.say("Reviews  none due")
    work.say()
    if unplaced is not None:
        work.say(
            screen.with_right(
                "First find out what you still know", f"studyctl place --track {unplaced}", work.width
            )
        )
        work.say()
    detours = look.standing.learner.detours
    top = next(
        (at for at, one in enumerate(found, 1) if detours and lines[one.topic].id == detours[-1].topic), None
    )
    for line in detour_lines(work, look.standing, top):
        work.say(line)
    if not found:
        _nothing_left(work, look)
        return
    if len(found) > (top is not None):
        work.say("Then one of" if reviews.due else "One of")
    width = max(screen.columns(lines[one.topic].id) for one in found)
    for number, one in enumerate(found, 1):
        if number == top:
            continue
        name = work.style(screen.pad(lines[one.topic].id, width), bold=True)
        refresh = f"  {one.kind}" if one.kind != "learn" else ""
        work.say(
            f"  {number}  {name}  {screen.hours(one.hours):>5}{refresh}  {screen.cut(screen.clean(lines[one.topic].title), work.width - width - 14 - len(refresh))}"
        )
        star = " ★" if one.unlocks >= STAR else ""
        opens = [f"unlocks {one.unlocks}{star}"] if one.unlocks else []
        work.say(screen.wrap(" · ".join([*one.why, *opens]), work.width, "     "))
    first = 2 if top == 1 and len(found) > 1 else 1
    work.say(screen.with_right("", f"studyctl start {first}", work.width).lstrip("\n"))
    learner = look.standing.learner
    if not learner.topics and unplaced is None:
        work.say("Know some of it already? Say so, and it is not planned: studyctl know TOPIC…")
    if not learner.goals:
        work.say("Choose where to go: studyctl tracks, then studyctl goal add TRACK")


def _nothing_left(work: Workspace, look: gather.Outlook) -> None:
    if not work.outline.lines:
        work.say("There is no topic in the curriculum. See where it is looked for: studyctl config")
    elif look.wanted:
        work.say("Every goal is reached. Choose the next one: studyctl tracks")
    else:
        work.say("You have learnt every topic there is. What is learnt stays with: studyctl review")
