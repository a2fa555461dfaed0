"""The load of the weeks ahead, with its interval, as `studyctl forecast` shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from studyctl.cli import gather, screen
from studyctl.cli.holding import Holding
from studyctl.cli.progress import progress
from studyctl.core import forecast
from studyctl.core.fsrs_arrays import Floats
from studyctl.core.held import Held
from studyctl.core.parameters import shrunk
from studyctl.core.refits import between, under
from studyctl.core.ticks import ticking
from studyctl.core.time import monday, to_date
from studyctl.core.tuning import LEAST, resamples

REFITS = 12
ROWS = 26  # on the screen; more weeks are shown as means over several


@dataclass(frozen=True, slots=True)
class Load:
    """Reviews and minutes of each week, which begins on a day of `starts`; `source` says what made the interval."""

    starts: Sequence[int]
    weeks: forecast.Weeks
    low: Floats
    high: Floats
    source: str  # "refits", "assumed" or "none"


def load(hold: Holding, days: int, *, interval: bool = True) -> Load:
    """The load of so many days."""
    today = hold.work.today
    starts = [today, *range(monday(today) + 7, today + days, 7), today + days]
    coming = waiting(hold, starts[-1])

    def draw(cards: Held, parameters: Sequence[float], runs: int) -> forecast.Weeks:
        return forecast.load(
            cards, hold.habits, parameters, today=today, starts=starts, coming=coming, runs=runs
        )

    weeks = draw(hold.cards, hold.parameters, 8)
    if not interval or not len(hold.cards.card):
        return Load(starts, weeks, weeks.minutes, weeks.minutes, "none")
    fits = _fits(hold)
    if fits:
        others = [draw(under(hold.cards, hold.log, fit), fit, 1).minutes for fit in fits]
        source = "refits"
    else:
        scaled = (hold.cards.scaled(factor) for factor in hold.doubt[:2])
        others = [draw(cards, hold.parameters, 4).minutes for cards in scaled]
        source = "assumed"
    return Load(starts, weeks, *between(others, weeks.minutes), source)


def _fits(hold: Holding) -> list[tuple[float, ...]]:
    """Fits to cards drawn with replacement; none without fsrs-rs or enough answers."""
    from studyctl.adapters.fsrs_fit import Fitter, can_fit  # noqa: PLC0415

    answers = len(hold.scored.place)
    if answers < LEAST or not can_fit():
        return []
    fitter = Fitter(hold.log)
    lives = resamples(len(hold.log.names), REFITS)
    with progress(hold.work, "Fitting") as tick:
        return [shrunk(fitter.fit(one.tolist()), answers) for one in ticking(lives, len(lives), tick)]


def waiting(hold: Holding, end: int) -> forecast.Coming:
    """The cards of learnt topics that were never seen: on which day before `end` each is seen."""
    work, lines = hold.work, hold.where.outline.lines
    unseen = [gather.unseen(work, hold.where, topic) for topic in range(len(lines))]
    total, now, a_day = sum(unseen), gather.allowance(work), work.settings.new_per_day
    days = [work.today] * min(now, total)
    if a_day:
        days += [work.today + 1 + number // a_day for number in range(total - len(days))]
    days = [day for day in days if day < end]
    retention = [
        work.retention(lines[topic].id) for topic in hold.where.outline.order for _ in range(unseen[topic])
    ]
    return forecast.Coming(np.array(days, np.int64), np.array(retention[: len(days)], np.float64))


def document(told: Load) -> list[dict[str, Any]]:
    """The weeks for other programs."""
    columns = zip(
        pairwise(told.starts), told.weeks.reviews, told.weeks.minutes, told.low, told.high, strict=True
    )
    return [
        {
            "week": to_date(monday(start)).isoformat(),
            "days": end - start,
            "reviews": round(float(reviews), 2),
            "minutes": round(float(minutes), 2),
            "minutes_low": round(float(low), 2),
            "minutes_high": round(float(high), 2),
        }
        for (start, end), reviews, minutes, low, high in columns
    ]


def show(hold: Holding, days: int) -> None:
    """Print the weeks."""
    work = hold.work
    told = load(hold, days)
    count = len(told.weeks.minutes)
    step = -(-count // ROWS)
    columns = (told.weeks.reviews, told.weeks.minutes, told.low, told.high)
    means = [[float(column[at : at + step].mean()) for column in columns] for at in range(0, count, step)]
    rows = list(zip(told.starts[:count:step], means, strict=True))
    most = max(mean[-1] for mean in means) or 1.0
    wide = max(8, min(30, work.width - 48))
    if step > 1:
        work.say(f"A week, as a mean over {step} weeks:")
    work.say(f"{'from' if step > 1 else 'week of':<12}{'reviews':>8}{'minutes':>9}  between")
    for start, (reviews, minutes, low, high) in rows:
        bar = screen.bar(minutes / most, wide).rstrip("░")
        span = f"{low:.0f} and {high:.0f}"
        work.say(
            f"{screen.day(monday(start), work.today):<12}{reviews:8.0f}{minutes:9.0f}  {span:<12} {bar}".rstrip()
        )
    work.say()
    for line in _notes(hold, told, days):
        work.say(screen.wrap(line, work.width))
    work.say(screen.with_right("", "studyctl forecast --stop", work.width).lstrip("\n"))


def _notes(hold: Holding, told: Load, days: int) -> list[str]:
    new = len(waiting(hold, told.starts[-1]).day)
    a_day = float(told.weeks.minutes.sum()) / days
    lines = [f"About {screen.minutes(max(1, a_day))} a day, at your own pace."]
    if new:
        lines[0] += (
            f" {screen.count(new, 'new card')} of what is learnt already {'is' if new == 1 else 'are'} in it."
        )
    if told.source == "refits":
        lines.append(f"The interval is from {REFITS} fits to your cards drawn anew: four of five futures.")
    else:
        lines.append(
            "The interval assumes how far learners differ; with fsrs-rs and "
            f"{LEAST} answers after a day or more it is from your own."
        )
    if hold.where.learner.keeping is not None:
        lines.append("Maintenance is on; this is what all that is due would take.")
    lines.append("What studying will bring on top is in studyctl plan.")
    return lines
