"""`studyctl maintain`: keep what you know with little time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import click
import numpy as np

from studyctl.cli import screen
from studyctl.cli.forecast_stop import usable_now
from studyctl.cli.holding import Holding, holding
from studyctl.cli.options import json_option
from studyctl.cli.progress import progress
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.fsrs_arrays import Floats, recall
from studyctl.core.held import means
from studyctl.core.keeping import LONGEST, MOST_YEARS, Keeping
from studyctl.core.mastery import FADED
from studyctl.core.problems import UsageError
from studyctl.core.ticks import ticking
from studyctl.core.time import to_date
from studyctl.core.upkeep import Outcome, by_due, by_gain, live_on

YEARS = 2.0
CURVE = (5.0, 10.0, 20.0, 40.0, 80.0)  # minutes a week that are shown beside the chosen ones
USUAL = 20.0  # minutes a week, where none are given and none are agreed
NAMED = 5  # topics that are let go and named


class Point(NamedTuple):
    """What so many minutes a week keep: usable topics, mean recall, cards over 0.70, and cards that are asked."""

    minutes: float
    topics: int
    recall: float
    cards: int
    asked: int


class Result(NamedTuple):
    """The points of the curve, and the chosen one beside doing nothing and plain due order."""

    keeping: Keeping
    chosen: Point
    nothing: Point
    due_order: Point
    curve: tuple[Point, ...]
    let_go: tuple[str, ...]  # topics that are usable now and will not be, the ones lost first in front


@click.command("maintain")
@click.argument("switch", required=False, type=click.Choice(["on", "off"]), metavar="[on|off]")
@click.option("--minutes-per-day", type=float, metavar="M", help="So many minutes a day.")
@click.option("--minutes-per-week", type=float, metavar="M", help="So many minutes a week.")
@click.option("--years", type=float, metavar="Y", help="Look so many years ahead; 2 if not given.")
@json_option
@click.pass_obj
def command(
    work: Workspace,
    switch: str | None,
    minutes_per_day: float | None,
    minutes_per_week: float | None,
    years: float | None,
    as_json: bool,
) -> None:
    """Keep what you know with little time: what so many minutes keep, and what they let go.

    \b
    Examples:
      studyctl maintain
      studyctl maintain --minutes-per-week 20 --years 3
      studyctl maintain on --minutes-per-day 3
      studyctl maintain off

    While it is on, next and review offer just these minutes, the cards first for
    which a second keeps the most, and no new cards.
    """
    keeping = _wanted(minutes_per_day, minutes_per_week, years)
    agreed = work.learner().keeping
    if switch is not None:
        if switch == "off" and (keeping is not None or years is not None):
            raise UsageError("off takes no minutes", "studyctl maintain off")
        before = agreed
        agreed = (keeping or agreed or Keeping(USUAL, weekly=True)) if switch == "on" else None
        said = _turn(work, before, agreed)
        if not as_json:
            for line in said:
                work.say(line)
            return
    hold = holding(work)
    if keeping is None:
        chosen = agreed or Keeping(USUAL, weekly=True)
        keeping = chosen._replace(years=years or chosen.years)
    if not len(hold.cards.card) and not as_json:
        work.say("No card was seen yet, so there is nothing to keep. studyctl next")
        return
    told = _result(hold, keeping)
    if as_json:
        work.json(_document(told, on=agreed is not None))
    else:
        _show(work, told, agreed)


def _wanted(day: float | None, week: float | None, years: float | None) -> Keeping | None:
    hint = "studyctl maintain --minutes-per-week 20"
    if day is not None and week is not None:
        raise UsageError("minutes are given a day or a week, not both", hint)
    if years is not None and not 0 < years <= MOST_YEARS:
        raise UsageError(f"{years:g} is no number of years up to {MOST_YEARS:g}", f"{hint} --years 2")
    minutes = day if week is None else week
    if minutes is None:
        return None
    most = LONGEST if week is None else 7 * LONGEST
    if not 0 < minutes <= most:  # NaN is refused, too
        what = "keeps nothing" if minutes == 0 else f"is no number of minutes up to {most}"
        raise UsageError(f"{minutes:g} {what}", "studyctl forecast --stop" if minutes == 0 else hint)
    return Keeping(minutes, week is not None, years or YEARS)


def _turn(work: Workspace, before: Keeping | None, after: Keeping | None) -> tuple[str, ...]:
    """Turn maintenance on or off; what there is to say of it."""
    if after is not None:
        per = "week" if after.weekly else "day"
        work.record([fact("maintain-on", minutes=after.minutes, per=per, years=after.years)])
        told = f"Maintenance is on: {after.minutes:g} min a {per}, no new cards. studyctl review"
        return told, "Until: studyctl maintain off"
    if before is None:
        return ("Maintenance is off already.",)
    work.record([fact("maintain-off")])
    return ("Maintenance is off: everything that is due comes again. studyctl next",)


def _result(hold: Holding, keeping: Keeping) -> Result:
    days = max(7, round(keeping.years * 365.25))
    now = usable_now(hold)
    gain = by_gain(hold.habits, hold.parameters, hold.weight)
    runs = 3 if len(hold.cards.card) <= 5_000 else 1

    def outcome(minutes: float, order: Any = gain) -> Outcome:
        return live_on(
            hold.cards,
            hold.habits,
            hold.parameters,
            order,
            today=hold.work.today,
            days=days,
            minutes=minutes,
            runs=runs,
        )

    left = recall(hold.cards.stability, hold.work.today + days - hold.cards.last, hold.decay)
    nothing = Outcome(left, np.zeros(len(left)), 0.0)
    chosen = outcome(keeping.a_week)
    curve = [minutes for minutes in CURVE if not math.isclose(minutes, keeping.a_week)]
    with progress(hold.work, "Looking ahead") as tick:
        points = [_point(hold, minutes, outcome(minutes)) for minutes in ticking(curve, len(curve), tick)]
    mine = _point(hold, keeping.a_week, chosen)
    return Result(
        keeping,
        mine,
        _point(hold, 0.0, nothing),
        _point(hold, keeping.a_week, outcome(keeping.a_week, by_due)),
        tuple(sorted([*points, mine])),
        _let_go(hold, chosen.recall, now),
    )


def _topics(hold: Holding, chance: Floats) -> Floats:
    return means(hold.cards.topic, chance, len(hold.where.outline.lines))


def _point(hold: Holding, minutes: float, told: Outcome) -> Point:
    topics = _topics(hold, told.recall)
    return Point(
        minutes,
        int((topics[np.unique(hold.cards.topic)] >= FADED).sum()),
        float(told.recall.mean()) if len(told.recall) else 0.0,
        int((told.recall >= FADED).sum()),
        int((told.asked > 0).sum()),
    )


def _let_go(hold: Holding, chance: Floats, now: frozenset[int]) -> tuple[str, ...]:
    topics = _topics(hold, chance)
    gone = sorted((float(topics[topic]), topic) for topic in now if topics[topic] < FADED)
    return tuple(hold.where.outline.lines[topic].id for _, topic in gone)


def _document(told: Result, *, on: bool) -> dict[str, Any]:
    def point(one: Point) -> dict[str, Any]:
        return {
            "minutes_per_week": round(one.minutes, 4),
            "topics_usable": one.topics,
            "recall": one.recall,
            "cards_kept": one.cards,
            "cards_asked": one.asked,
        }

    return {
        "on": on,
        "minutes_per_day": told.keeping.a_week / 7,
        "minutes_per_week": told.keeping.a_week,
        "horizon": told.keeping.years,
        "recall_without": told.nothing.recall,
        "recall_with": told.chosen.recall,
        "cards_kept": told.chosen.cards,
        "topics_usable": told.chosen.topics,
        "topics_without": told.nothing.topics,
        "due_order": point(told.due_order),
        "curve": [point(told.nothing), *map(point, told.curve)],
        "let_go": list(told.let_go),
    }


def _show(work: Workspace, told: Result, agreed: Keeping | None) -> None:
    years = f"{told.keeping.years:g} year{'s' * (told.keeping.years != 1)}"
    end = to_date(work.today + round(told.keeping.years * 365.25))
    work.say(f"What is left in {years}, in {end:%B %Y}, by minutes a week:")
    rows: list[Sequence[str]] = [("", "topics", "recall", "cards over 0.70")]
    for one in (told.nothing, *told.curve):
        name = "nothing" if not one.minutes else f"{one.minutes:.4g} min"
        mark = "▸ " if one is told.chosen else "  "
        rows.append((mark + name, str(one.topics), f"{one.recall:.2f}", str(one.cards)))
    for line in screen.table(rows, gap=3, right=(1, 2, 3)):
        work.say(line)
    work.say()
    for sentence in _sentences(told, agreed):
        work.say(screen.wrap(sentence, work.width))


def _sentences(told: Result, agreed: Keeping | None) -> list[str]:
    minutes = f"{told.chosen.minutes:.4g} minutes a week"
    lines = [
        f"With {minutes}, the cards first for which a second keeps the most; in plain due order they would "
        f"keep {screen.count(told.due_order.topics, 'topic')} at a recall of {told.due_order.recall:.2f}."
    ]
    if told.let_go:
        more = len(told.let_go) - NAMED
        names = ", ".join(told.let_go[:NAMED]) + (f" and {more} more" if more > 0 else "")
        lines.append(f"Let go, the most lost first: {names}.")
    else:
        lines.append("No topic that you can use now is let go.")
    lines.append("No number is the best one: choose by what it is worth to you.")
    if agreed is not None:
        lines.append(
            f"Maintenance is on, with {agreed.a_week:.4g} minutes a week: studyctl maintain off ends it."
        )
    else:
        option = "week" if told.keeping.weekly else "day"
        lines.append(f"Do it: studyctl maintain on --minutes-per-{option} {told.keeping.minutes:g}")
    return lines
