"""`studyctl forecast`: the reviews ahead, and what is left if they stop."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import click
import numpy as np

from studyctl.cli import gather, screen
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core import forecast
from studyctl.core.doubt import Doubt, doubt
from studyctl.core.habits import USUAL, Habits
from studyctl.core.held import Held
from studyctl.core.knowledge import fades_on
from studyctl.core.mastery import FADED
from studyctl.core.memory import Memory
from studyctl.core.problems import UsageError
from studyctl.core.standing import Standing
from studyctl.core.time import monday, to_date

MONTHS = (1, 3, 6, 12, 24, 60)
MONTH = 30.4375  # days
WEEKS = 12  # on the screen
LONGEST = 3_652  # days ahead
FIRST = 4  # topics that are named as the first to go


class Card(NamedTuple):
    """A seen card with its memory."""

    card: str
    topic: str
    memory: Memory


@dataclass(frozen=True)
class Future:
    """What a forecast starts from: the cards that are held, and how this learner answers."""

    work: Workspace
    where: Standing
    cards: Sequence[Card]
    held: Held
    habits: Habits
    doubt: Doubt

    @property
    def decay(self) -> float:
        """The decay of the forgetting curve in force."""
        return self.work.history.parameters[20]

    def usable(self, held: Held, day: int) -> tuple[float | None, set[int]]:
        """The mean recall on a day if nothing is asked until then, and the learnt topics that have not faded."""
        (left,) = forecast.if_you_stop(held, [day], len(self.where.outline.lines), self.decay)
        kept = {
            topic for topic, recall in enumerate(left.topics) if self.where.known[topic] and recall >= FADED
        }
        return left.recall, kept


@click.command("forecast")
@click.option("--stop", is_flag=True, help="What is left if you stop reviewing today.")
@click.option("--days", type=int, metavar="N", help="Look N days ahead.")
@json_option
@click.pass_obj
def command(work: Workspace, stop: bool, days: int | None, as_json: bool) -> None:
    """The reviews of the weeks ahead; with --stop, what would be left without them.

    \b
    Examples:
      studyctl forecast
      studyctl forecast --stop
      studyctl forecast --days 365 --json
    """
    if days is not None and not 1 <= days <= LONGEST:
        raise UsageError(f"{days} is no number of days from 1 to {LONGEST}", "studyctl forecast --days 365")
    future = _future(work)
    ahead = days or WEEKS * 7
    if as_json:
        work.json({"if_you_stop": _left(future, days), "load": _load(future, ahead)})
    elif not future.cards:
        work.say("No card was seen yet, so there is nothing to forget. studyctl next")
    elif stop:
        _show_stop(future, days)
    else:
        _show_load(future, ahead)


def _future(work: Workspace) -> Future:
    where = gather.standing(work)
    number = where.outline.number
    hidden = work.history.suspended()
    cards = [
        Card(card, topic, memory)
        for card, memory in sorted(work.history.memories().items())
        if (topic := card.partition("/")[0]) in number and card not in hidden
    ]
    held = Held(
        tuple(one.card for one in cards),
        np.array([number[one.topic] for one in cards], np.int64),
        np.array([one.memory.stability for one in cards], np.float64),
        np.array([one.memory.difficulty for one in cards], np.float64),
        np.array([one.memory.last_day for one in cards], np.int64),
        np.array([one.memory.due_day for one in cards], np.int64),
        np.array([work.retention(one.topic) for one in cards], np.float64),
    )
    habits = replace(USUAL, slowness=gather.slowness(work))
    return Future(work, where, cards, held, habits, doubt(None, work.history.parameters[20]))


def _days(today: int, last: int | None) -> list[int]:
    told = [today + round(month * MONTH) for month in MONTHS]
    return [*(day for day in told if day < today + last), today + last] if last else told


def _left(future: Future, last: int | None) -> list[dict[str, object]]:
    today = future.work.today
    known = sum(future.where.known)
    told: list[dict[str, object]] = []
    for day in _days(today, last):
        recall, kept = future.usable(future.held, day)
        learnt = {one.topic for one in future.cards}
        seen = sum(
            bool(future.where.known[topic]) for topic in map(future.where.outline.number.__getitem__, learnt)
        )
        told.append(
            {
                "date": to_date(day).isoformat(),
                "recall": recall,
                "topics_faded": seen - len(kept),
                "topics_usable": len(kept),
                "topics_learnt": known,
                "areas": _areas(future, kept),
            }
        )
    return told


def _areas(future: Future, kept: set[int]) -> dict[str, int]:
    told: dict[str, int] = defaultdict(int)
    for topic in kept:
        told[future.where.outline.lines[topic].area] += 1
    return dict(told)


def _load(future: Future, days: int) -> list[dict[str, object]]:
    work = future.work
    today = work.today
    starts = [today, *range(monday(today) + 7, today + days, 7), today + days]
    waiting = sum(
        gather.unseen(work, future.where, topic) for topic in range(len(future.where.outline.lines))
    )
    coming = [day for day in _coming(work, waiting) if day < starts[-1]]
    default = work.settings.desired_retention
    retention = default if not isinstance(default, dict) else default.get("default", 0.90)
    weeks = forecast.load(
        future.held,
        future.habits,
        work.history.parameters,
        today=today,
        starts=starts,
        coming=forecast.Coming(np.array(coming, np.int64), np.full(len(coming), retention)),
    )
    return [
        {
            "week": to_date(monday(start)).isoformat(),
            "days": end - start,
            "reviews": round(float(reviews), 2),
            "minutes": round(float(minutes), 2),
        }
        for (start, end), reviews, minutes in zip(pairwise(starts), weeks.reviews, weeks.minutes, strict=True)
    ]


def _coming(work: Workspace, waiting: int) -> list[int]:
    """The day on which each waiting card is seen for the first time."""
    now, a_day = gather.allowance(work), work.settings.new_per_day
    told = [work.today] * min(now, waiting)
    left = waiting - len(told)
    if a_day:
        told += [work.today + 1 + number // a_day for number in range(left)]
    return told


def _show_load(future: Future, days: int) -> None:
    work = future.work
    weeks = _load(future, days)
    most = max(float(str(week["minutes"])) for week in weeks) or 1.0
    wide = max(10, min(40, work.width - 40))
    work.say(f"{'week of':<10}{'reviews':>8}{'minutes':>9}")
    for week in weeks:
        minutes = float(str(week["minutes"]))
        start = screen.day(to_date(work.today).fromisoformat(str(week["week"])), work.today)
        bar = screen.bar(minutes / most, wide).rstrip("░")
        work.say(f"{start:<10}{float(str(week['reviews'])):8.0f}{minutes:9.0f}  {bar}".rstrip())
    minutes_a_day = sum(float(str(week["minutes"])) for week in weeks) / days
    work.say()
    work.say(
        screen.wrap(
            f"About {screen.minutes(max(1, minutes_a_day))} a day, new cards of what is learnt already included; "
            "a mean over eight drawn futures at your pace. What the plan will bring is in studyctl plan.",
            work.width,
        )
    )
    work.say(screen.with_right("", "studyctl forecast --stop", work.width).lstrip("\n"))


def _show_stop(future: Future, last: int | None) -> None:
    work, lines = future.work, future.where.outline.lines
    today = work.today
    _, now = future.usable(future.held, today)
    work.say(
        f"If you stop reviewing today, of {screen.count(len(now), 'topic')} that you can use now are still usable"
    )
    wide = max(10, min(34, work.width - 46))
    parameters = work.history.parameters
    worse = future.held.scaled(future.doubt.low, parameters)
    better = future.held.scaled(future.doubt.high, parameters)
    names = dict(zip(_days(today, None), MONTHS, strict=True))
    for day in _days(today, last):
        month = names.get(day)
        when = (
            f"{day - today} days"
            if month is None
            else f"{month} months"
            if month < 12
            else f"{month // 12} years"
        )
        when = {"1 months": "1 month", "1 years": "1 year", "1 days": "1 day"}.get(when, when)
        _, kept = future.usable(future.held, day)
        low, high = (len(future.usable(one, day)[1]) for one in (worse, better))
        bar = screen.bar(len(kept) / max(1, len(now)), wide).rstrip("░")
        work.say(f"  in {when:<10}{len(kept):4}  {screen.pad(bar, wide)}  (between {low} and {high})")
    _first_to_go(future, {lines[topic].id for topic in now})


def _first_to_go(future: Future, now: set[str]) -> None:
    work, learner = future.work, future.where.learner
    memories: dict[str, list[Memory]] = defaultdict(list)
    for one in future.cards:
        memories[one.topic].append(one.memory)
    fading = sorted(
        (day, topic)
        for topic in now
        if (day := fades_on(memories[topic], work.today, future.decay)) is not None
    )
    if not fading:
        return
    first = ", ".join(f"{topic} ({screen.day(day, work.today).strip()})" for day, topic in fading[:FIRST])
    work.say(screen.wrap(f"First to go: {first}", work.width))
    again = [(day, topic) for day, topic in fading if learner.topics[topic].learnings > 1][:FIRST]
    if again:
        told = ", ".join(f"{topic} ({screen.day(day, work.today).strip()})" for day, topic in again)
        work.say(screen.wrap(f"Learnt twice already and about to be lost again: {told}", work.width))
    load = _load(future, 365)
    minutes = sum(float(str(week["minutes"])) for week in load) / 365
    work.say(
        screen.wrap(
            f"Going on keeps them, at about {screen.minutes(max(1, minutes))} a day: studyctl review",
            work.width,
        )
    )
