"""`studyctl comeback`: begin again after a long break."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import click

from studyctl.cli import gather, screen
from studyctl.cli.options import json_option
from studyctl.cli.returning import Return, returning
from studyctl.cli.workspace import Workspace
from studyctl.core import comeback
from studyctl.core.comeback import NOTHING, Overdue
from studyctl.core.mastery import FADED
from studyctl.core.refresh import LOST
from studyctl.core.standing import Standing
from studyctl.core.time import in_words, to_date

SHOWN = 8  # topics to learn again that are listed


@click.command("comeback")
@json_option
@click.pass_obj
def command(work: Workspace, as_json: bool) -> None:
    """Begin again after weeks or years: what survived, how long the backlog takes, where to start.

    \b
    Examples:
      studyctl comeback
      studyctl review --minutes 15      the first session: some cards of each area
      studyctl comeback --json

    While you come back, review asks a few cards of each area first, then those that
    gain the most for each second, and no new ones.
    """
    look = gather.outlook(work)
    where = look.standing
    told = returning(work, where)
    if told is None:
        if as_json:
            work.json({"away": None, "backlog": None})
        else:
            nothing = f"There is nothing to come back from: {_nothing(work)}."
            work.say(screen.with_right(nothing, "studyctl next", work.width))
        return
    before = _old_next(work, look)
    again = _again(where, told, before)
    if as_json:
        work.json(_document(work, where, told, again, before))
    else:
        _show(work, where, told, again, before)


def _nothing(work: Workspace) -> str:
    """Why there is nothing to come back from."""
    if work.learner().keeping is not None:
        return "maintenance is on"
    if not work.history.memories():
        return "no card was seen yet"
    if not work.history.due(work.now.ms, work.today):
        return "nothing is due"
    return "you were here in the last two weeks"


def _old_next(work: Workspace, look: gather.Outlook) -> int | None:
    """The topic that was in work before the break, or what the plan would do next."""
    from studyctl.core.goals import sequence  # noqa: PLC0415

    here = look.standing.here
    if here is not None:
        return here
    coming = sequence(look.work, gather.open_goals(look), None, limit=1)
    if coming:
        return coming[0]
    worked = [(record.last, name) for name, record in look.standing.learner.topics.items() if record.last]
    number = work.outline.number
    last = max(worked, default=None)
    return number.get(last[1]) if last else None


def _by_topic(where: Standing, told: Return) -> dict[int, float]:
    """The recall to reckon with of each learnt topic that has due cards: that of all its cards."""
    lines, number = where.outline.lines, where.outline.number
    less: dict[int, float] = defaultdict(float)
    for one in told.cards:
        less[number[one.topic]] += one.recall - told.believed(one)
    recalls = {}
    for topic, loss in less.items():
        memory = where.memory(topic)
        if where.learner.learnt(lines[topic].id) and memory.recall is not None:
            recalls[topic] = max(0.0, memory.recall - loss / memory.seen)
    return recalls


def _again(where: Standing, told: Return, before: int | None) -> list[tuple[int, float]]:
    """The topics to learn again, in this order, with the recall to reckon with."""
    recalls = _by_topic(where, told)
    place = {topic: at for at, topic in enumerate(where.outline.order)}
    lost = [topic for topic, recall in recalls.items() if recall < FADED]
    return [
        (topic, recalls[topic]) for topic in comeback.order(lost, where.outline.prerequisites, before, place)
    ]


def _document(
    work: Workspace, where: Standing, told: Return, again: list[tuple[int, float]], before: int | None
) -> dict[str, Any]:
    lines = where.outline.lines
    back = told.gap.back
    return {
        "away": {
            "last": to_date(told.gap.last).isoformat(),
            "back": to_date(back).isoformat() if back is not None else None,
            "days": told.gap.days(work.today),
        },
        "backlog": {
            "cards": len(told.cards),
            "minutes": told.minutes,
            "clear_by": to_date(told.clear_by).isoformat() if told.clear_by is not None else None,
        },
        "first_session": comeback.FIRST,
        "probe": list(told.probe),
        "areas": [
            {
                "area": area,
                "cards": len(cards),
                "predicted": sum(one.recall for one in cards) / len(cards),
                "believed": sum(map(told.believed, cards)) / len(cards),
                "probed": told.found.get(area, NOTHING).answers,
                "recalled": told.found.get(area, NOTHING).recalled,
            }
            for area, cards in _areas(told).items()
        ],
        "survived": sorted(
            lines[topic].id for topic, recall in _by_topic(where, told).items() if recall >= FADED
        ),
        "again": [
            {"topic": lines[topic].id, "recall": recall, "how": _how(recall)} for topic, recall in again
        ],
        "then": lines[before].id if before is not None else None,
    }


def _how(recall: float) -> str:
    return "review" if recall >= LOST else "study"


def _areas(told: Return) -> dict[str, list[Overdue]]:
    areas: dict[str, list[Overdue]] = {}
    for one in sorted(told.cards, key=lambda one: one.area):
        areas.setdefault(one.area, []).append(one)
    return areas


def _show(
    work: Workspace, where: Standing, told: Return, again: list[tuple[int, float]], before: int | None
) -> None:
    days = told.gap.days(work.today)
    span = (
        f"{days} days"
        if days < 60
        else f"{days / 30.44:.0f} months"
        if days < 730
        else f"{days / 365.25:.0f} years"
    )
    work.say(f"Welcome back, after {span}: {_hours(told.minutes)} bring it all back.")
    work.say()
    until = (
        f"with half of your hours clear by {in_words(told.clear_by, work.today)}"
        if told.clear_by is not None
        else "no hours a week are set for it: studyctl config set hours_per_week 6"
    )
    _row(work, "backlog", f"{screen.count(len(told.cards), 'card')}, {_hours(told.minutes)}; {until}")
    _row(work, "first", _first(told))
    work.say(screen.with_right("", f"studyctl review --minutes {comeback.FIRST}", work.width).lstrip("\n"))
    work.say()
    _probed(work, told)
    _lost(work, where, told, again)
    if before is not None:
        line = where.outline.lines[before]
        work.say(screen.wrap(f"Then on with {line.id}: studyctl start {line.id}", work.width))


def _hours(minutes: float) -> str:
    return f"about {screen.minutes(max(1, minutes))}"


def _row(work: Workspace, name: str, text: str) -> None:
    first, *rest = screen.wrap(text, work.width - 10).splitlines()
    work.say(work.style(screen.pad(name, 10), dim=True) + first)
    for line in rest:
        work.say(" " * 10 + line)


def _first(told: Return) -> str:
    if told.probe:
        return (
            f"15 minutes that begin with {screen.count(len(told.probe), 'card')} from all your areas, since the "
            f"model is too hopeful about cards that are long overdue"
        )
    return "15 minutes, those cards first that gain the most"


def _probed(work: Workspace, told: Return) -> None:
    """By area: what the model says, what is to be believed, and on what ground."""
    titles = {name: area.title for name, area in work.catalog.areas().items()}
    rows = [("", "due", "model", "believed", "")]
    for area, cards in _areas(told).items():
        found = told.found.get(area, NOTHING)
        model = sum(one.recall for one in cards) / len(cards)
        believed = sum(map(told.believed, cards)) / len(cards)
        ground = f"{found.recalled} of {found.answers} recalled" if found.answers else "not asked yet"
        title = screen.cut(screen.clean(titles.get(area, area)), 26)
        rows.append((title, str(len(cards)), f"{model:.2f}", f"{believed:.2f}", ground))
    for line in screen.table(rows, gap=3, right=(1, 2, 3)):
        work.say(line)
    work.say()


def _lost(work: Workspace, where: Standing, told: Return, again: list[tuple[int, float]]) -> None:
    recalls = _by_topic(where, told)
    survived = sum(recall >= FADED for recall in recalls.values())
    fresh = sum(where.known) - len(recalls)
    work.say(
        screen.wrap(
            f"Of {screen.count(sum(where.known), 'learnt topic')} about {survived + fresh} survived; to learn again, "
            f"in this order: {len(again)}"
            if again
            else f"All {screen.count(sum(where.known), 'learnt topic')} survived.",
            work.width,
        )
    )
    rows = [
        (
            f"  {where.outline.lines[topic].id}",
            f"believed {recall:.2f}",
            "its cards" if recall >= LOST else "study it again",
        )
        for topic, recall in again[:SHOWN]
    ]
    for line in screen.table(rows):
        work.say(line)
    if len(again) > SHOWN:
        work.say(f"  and {len(again) - SHOWN} more: studyctl comeback --json")
