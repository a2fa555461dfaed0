"""`studyctl next`: what to do now, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from studyctl.cli import gather, screen
from studyctl.cli.detouring import detour_document, detour_lines
from studyctl.cli.options import json_option
from studyctl.cli.refreshing import prospects
from studyctl.cli.returning import Return, returning, welcome
from studyctl.cli.workspace import Workspace
from studyctl.core.deadlines import Due
from studyctl.core.goals import Target
from studyctl.core.suggest import Suggestion, suggest

STAR = 3  # a topic that unlocks so many gets a star


def suggestions(work: Workspace, look: gather.Outlook) -> list[Suggestion]:
    """What `next` suggests now; `start 2` takes the second.

    Where something must be refreshed first it costs hours, and the plan decides what is worth them.
    """
    wanted = gather.open_goals(look)
    dues, rollover = _dues(work, look, wanted), work.settings.day_starts_at

    def ask(order: Sequence[int] | None = None) -> list[Suggestion]:
        return suggest(look.standing, look.work, wanted, work.today, prospects(work), dues, rollover, order)

    found = ask()
    if wanted and any(one.kind == "refresh" for one in found):
        from studyctl.cli.planning import make_plan  # noqa: PLC0415

        weeks = make_plan(work, look).plan.weeks
        planned = dict.fromkeys(item.topic for week in weeks for item in week.items)
        return ask([topic for topic in planned if not look.work.learnt[topic]])
    return found


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
    back = returning(work, look.standing)
    unplaced = gather.unplaced(work, look)
    if as_json:
        work.json(_document(work, look, reviews, found, back, unplaced))
        return
    _reviews(work, look, reviews, back)
    if unplaced is not None:
        place = f"studyctl place --track {unplaced}"
        work.say(screen.with_right("First find out what you still know", place, work.width))
        work.say()
    _suggested(work, look, found, after_reviews=reviews.due > 0)
    learner = look.standing.learner
    if found and not learner.topics and unplaced is None:
        work.say("Know some of it already? Say so, and it is not planned: studyctl know TOPIC…")
    if found and not learner.goals:
        work.say("Choose where to go: studyctl tracks, then studyctl goal add TRACK")


def _document(
    work: Workspace,
    look: gather.Outlook,
    reviews: gather.Reviews,
    found: Sequence[Suggestion],
    back: Return | None,
    unplaced: str | None,
) -> dict[str, Any]:
    return {
        "reviews": {"due": reviews.due, "minutes": round(reviews.minutes, 1)},
        "comeback": None if back is None else {"cards": len(back.cards), "minutes": back.minutes},
        "detour": detour_document(work, look.standing.learner),
        "place": unplaced,
        "suggestions": [
            {
                "topic": work.outline.lines[one.topic].id,
                "kind": one.kind,
                "hours": round(one.hours, 2),
                "unlocks": one.unlocks,
                "why": list(one.why),
            }
            for one in found
        ],
    }


def _reviews(work: Workspace, look: gather.Outlook, reviews: gather.Reviews, back: Return | None) -> None:
    if back is not None:
        for line in welcome(work, back):
            work.say(line)
    elif reviews.due:
        seen = reviews.due - reviews.new
        cards = [f"{seen} due"] if seen else []
        cards += [f"{reviews.new} new"] if reviews.new else []
        told = f"Reviews  {', '.join(cards)}, about {screen.minutes(max(1, reviews.minutes))}"
        if look.standing.learner.keeping is not None:
            told += " · maintenance"
        work.say(screen.with_right(told, "studyctl review", work.width))
    else:
        work.say("Reviews  none due")
    work.say()


def _suggested(
    work: Workspace, look: gather.Outlook, found: Sequence[Suggestion], *, after_reviews: bool
) -> None:
    """The detour on top, which may be one of the suggestions, and then the others."""
    lines, detours = work.outline.lines, look.standing.learner.detours
    top = next(
        (at for at, one in enumerate(found, 1) if detours and lines[one.topic].id == detours[-1].topic), None
    )
    for line in detour_lines(work, look.standing, top):
        work.say(line)
    if not found:
        _nothing_left(work, look)
        return
    others = [(number, one) for number, one in enumerate(found, 1) if number != top]
    if others:
        work.say("Then one of" if after_reviews else "One of")
    width = max(screen.columns(lines[one.topic].id) for one in found)
    for number, one in others:
        name = work.style(screen.pad(lines[one.topic].id, width), bold=True)
        kind = f"  {one.kind}" if one.kind != "learn" else ""
        title = screen.cut(screen.clean(lines[one.topic].title), work.width - width - 14 - len(kind))
        work.say(f"  {number}  {name}  {screen.hours(one.hours):>5}{kind}  {title}")
        star = " ★" if one.unlocks >= STAR else ""
        opens = [f"unlocks {one.unlocks}{star}"] if one.unlocks else []
        work.say(screen.wrap(" · ".join([*one.why, *opens]), work.width, "     "))
    first = 2 if top == 1 and others else 1
    work.say(screen.with_right("", f"studyctl start {first}", work.width).lstrip("\n"))


def _nothing_left(work: Workspace, look: gather.Outlook) -> None:
    if not work.outline.lines:
        work.say("There is no topic in the curriculum. See where it is looked for: studyctl config")
    elif look.wanted and not gather.open_goals(look):
        work.say("Every goal is reached. Choose the next one: studyctl tracks")
    elif all(look.standing.learnt):
        work.say("You have learnt every topic there is. What is learnt stays with: studyctl review")
    elif look.standing.in_state("parked"):
        work.say("What could be begun is parked: studyctl topics --state parked")
    else:
        work.say("Nothing that is left is ready. What a topic waits for: studyctl why TOPIC")
