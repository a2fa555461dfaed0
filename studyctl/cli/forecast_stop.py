"""What is left if reviews stop today, as `studyctl forecast --stop` shows it: in topics, by area and track."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from studyctl.cli import gather, screen
from studyctl.cli.holding import Holding
from studyctl.cli.knowing import by_topic, learnt_on
from studyctl.core.forecast import if_you_stop
from studyctl.core.held import Held
from studyctl.core.knowledge import fades_on, guessed
from studyctl.core.mastery import FADED
from studyctl.core.time import from_date, in_words, to_date
from studyctl.core.upkeep import by_gain, live_on

MONTHS = (1, 3, 6, 12, 24, 60)
FIRST = 4  # topics that are named as the first to go
A_WEEK = 20.0  # minutes; what keeping is shown to be worth at the end
YEARS = 2
STEP = 13  # weeks at a time: a sketch, which `maintain` draws in full


class Left(NamedTuple):
    """What is left on a day: mean recall of the cards, usable topics, and how many that may be."""

    day: int
    name: str
    recall: float | None
    usable: frozenset[int]
    low: int
    high: int


def left(hold: Holding, last: int | None) -> list[Left]:
    """What is left on each day that is looked at; `last` ends them, in days from today."""
    worse, better = (hold.cards.scaled(factor) for factor in hold.doubt[:2])
    told = []
    for day, name in _days(hold.work.today, last):
        recall, usable = _usable(hold, hold.cards, day)
        counts = [len(_usable(hold, cards, day)[1]) for cards in (worse, better)]
        told.append(Left(day, name, recall, usable, min(counts[0], len(usable)), max(counts[1], len(usable))))
    return told


def usable_now(hold: Holding) -> frozenset[int]:
    """The learnt topics that have not faded."""
    return frozenset(
        int(topic) for topic in np.flatnonzero(np.frombuffer(bytes(hold.where.learnt), np.uint8))
    )


def _usable(hold: Holding, cards: Held, day: int) -> tuple[float | None, frozenset[int]]:
    """Recall only falls until a review, so what has faded already is not there later, either."""
    (told,) = if_you_stop(cards, [day], len(hold.where.outline.lines), hold.decay)
    usable = set()
    for topic in usable_now(hold):
        recall = float(told.topics[topic])
        if math.isnan(recall):
            recall = guessed(day - learnt_on(hold.work, hold.where, topic))
        if recall >= FADED:
            usable.add(topic)
    return told.recall, frozenset(usable)


def _days(today: int, last: int | None) -> list[tuple[int, str]]:
    told = []
    for months in MONTHS:
        name = screen.count(months, "month") if months < 12 else screen.count(months // 12, "year")
        told.append((_later(today, months), name))
    if last is None:
        return told
    return [
        *((day, name) for day, name in told if day < today + last),
        (today + last, screen.count(last, "day")),
    ]


def _later(today: int, months: int) -> int:
    """The same day so many months later, or the last one of a shorter month."""
    when = to_date(today)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    for day in range(when.day, when.day - 4, -1):
        try:
            return from_date(date(year, month + 1, day))
        except ValueError:
            continue
    raise AssertionError


def document(hold: Holding, one: Left) -> dict[str, Any]:
    """A day for other programs."""
    lines = hold.where.outline.lines
    known = sum(hold.where.known)
    names = {lines[topic].id for topic in one.usable}
    guesses = sum(not hold.where.memory(topic).seen for topic in one.usable)
    return {
        "date": to_date(one.day).isoformat(),
        "recall": one.recall,
        "topics_learnt": known,
        "topics_usable": len(one.usable),
        "topics_usable_low": one.low,
        "topics_usable_high": one.high,
        "topics_faded": known - len(one.usable),
        "topics_guessed": guesses,
        "areas": dict(Counter(lines[topic].area for topic in one.usable)),
        "tracks": {
            track: sum(topic in names for topic in topics)
            for track, topics in gather.track_topics(hold.work).items()
        },
    }


def fading(hold: Holding, among: Iterable[int]) -> list[tuple[int, str, int]]:
    """Topics in the order in which they fade: the day, the topic, how often it was learnt."""
    memories = by_topic(hold.work)
    told: list[tuple[int, int]] = []
    for topic in among:
        name = hold.where.outline.lines[topic].id
        day = fades_on(memories[name], hold.work.today, hold.decay) if name in memories else None
        if day is not None:
            told.append((day, topic))
    lines = hold.where.outline.lines
    topics = hold.where.learner.topics
    return [(day, lines[topic].id, topics[lines[topic].id].learnings) for day, topic in sorted(told)]


def show(hold: Holding, last: int | None) -> None:
    """Print what is left."""
    work, now = hold.work, usable_now(hold)
    told = left(hold, last)
    known = sum(hold.where.known)
    gone = f", {len(now)} of them usable now," if len(now) < known else ""
    topics = screen.count(known, "learnt topic")
    told_of = f"If you stop reviewing today, of {topics}{gone} {'is' if known == 1 else 'are'} still usable"
    work.say(screen.wrap(told_of, work.width))
    wide = max(8, min(34, work.width - 46))
    for one in told:
        bar = screen.bar(len(one.usable) / max(1, len(now)), wide).rstrip("░")
        work.say(
            f"  in {one.name:<10}{len(one.usable):5}  {screen.pad(bar, wide)}  (between {one.low} and {one.high})"
        )
    _by_area(hold, told, now)
    guesses = sum(not hold.where.memory(topic).seen for topic in now)
    if guesses:
        what = "of them has no card that was seen" if guesses == 1 else "of them have no cards that were seen"
        work.say(screen.wrap(f"{guesses} {what}: a guess from what others keep of courses.", work.width))
    _first_to_go(hold, told, now)
    _keeping(hold, now)


def _by_area(hold: Holding, told: list[Left], now: Iterable[int]) -> None:
    """One line for each area, and for each track of which something is learnt."""
    work, lines = hold.work, hold.where.outline.lines
    year = next((one for one in told if one.name == "1 year"), told[-1])
    before, after = (Counter(lines[topic].area for topic in part) for part in (now, year.usable))
    names, kept = {lines[topic].id for topic in now}, {lines[topic].id for topic in year.usable}
    rows = [(area, f"{after[area]} of {count}") for area, count in sorted(before.items())]
    for track, topics in gather.track_topics(work).items():
        count = sum(topic in names for topic in topics)
        if count:
            rows.append((f"track {track}", f"{sum(topic in kept for topic in topics)} of {count}"))
    if len(rows) > 1:
        work.say(f"In {year.name}")
        for line in screen.table(rows, right=(1,)):
            work.say(f"  {line}")


def _first_to_go(hold: Holding, days: list[Left], now: frozenset[int]) -> None:
    work, lines, topics = hold.work, hold.where.outline.lines, hold.where.learner.topics
    gone = next((lost for one in days if len(lost := now - one.usable) >= FIRST), now - days[-1].usable)
    again = {topic for topic in now if topics[lines[topic].id].learnings > 1}
    told = fading(hold, gone | again)

    def named(rows: Iterable[tuple[int, str, int]]) -> str:
        return ", ".join(f"{topic} ({in_words(day, work.today)})" for day, topic, _ in rows)

    if told:
        work.say(screen.wrap(f"First to go: {named(told[:FIRST])}", work.width))
    twice = [row for row in told if row[2] > 1][:FIRST]
    if twice:
        work.say(screen.wrap(f"Learnt twice already and about to be lost again: {named(twice)}", work.width))


def _keeping(hold: Holding, now: frozenset[int]) -> None:
    """What a few minutes a week would keep: the reason not to stop."""
    work = hold.work
    days = _later(work.today, 12 * YEARS) - work.today
    outcome = live_on(
        hold.cards,
        hold.habits,
        hold.parameters,
        by_gain(hold.habits, hold.parameters, hold.weight),
        today=work.today,
        days=days,
        minutes=A_WEEK,
        runs=1,
        step=STEP,
    )
    count = np.bincount(hold.cards.topic, minlength=len(hold.where.outline.lines))
    total = np.bincount(hold.cards.topic, weights=outcome.recall, minlength=len(count))
    kept = sum(bool(count[topic]) and total[topic] / count[topic] >= FADED for topic in now)
    minutes = f"{A_WEEK:.0f} minutes a week keep {kept} of them for {screen.count(YEARS, 'year')}:"
    work.say(screen.laid(f"{minutes} studyctl maintain --minutes-per-week {A_WEEK:.0f}", work.width))
