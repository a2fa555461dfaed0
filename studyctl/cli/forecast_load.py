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
from studyctl.core.held import Held
from studyctl.core.parameters import shrunk
from studyctl.core.refits import under
from studyctl.core.ticks import ticking
from studyctl.core.time import monday, to_date
from studyctl.core.tuning import LEAST, resamples

REFITS = 10
EACH = 4  # futures of a fit
ASSUMED = 16  # futures of a factor that is assumed
ROWS = 26  # on the screen; more weeks are shown as means over several


@dataclass(frozen=True, slots=True)
class Load:
    """What each week brings, which begins on a day of `starts`; `source` says what its futures were drawn from."""

    starts: Sequence[int]
    weeks: forecast.Weeks
    source: str  # "refits", "assumed" or "none"


def load(hold: Holding, days: int) -> Load:
    """The load of so many days: a mean over futures, and an interval that holds four of five of them.

    A future is drawn under parameters as open as the answers leave them: those of a fit to cards drawn anew,
    else those in force with all memories as much weaker or stronger as learners differ.
    """
    today = hold.work.today
    starts = [today, *range(monday(today) + 7, today + days, 7), today + days]
    coming = waiting(hold, starts[-1])

    def draw(cards: Held, parameters: Sequence[float], runs: int, seed: int = 0) -> forecast.Futures:
        return forecast.futures(
            cards,
            hold.habits,
            parameters,
            today=today,
            starts=starts,
            coming=coming,
            runs=runs,
            seed=forecast.SEED + seed,
        )

    if not len(hold.cards.card):
        return Load(starts, forecast.load([draw(hold.cards, hold.parameters, ASSUMED)]), "none")
    fits = _fits(hold)
    if fits:
        told = [draw(under(hold.cards, hold.log, fit), fit, EACH, at) for at, fit in enumerate(fits)]
        return Load(starts, forecast.load(told), "refits")
    low, high = hold.doubt[:2]
    told = [
        draw(hold.cards.scaled(factor), hold.parameters, ASSUMED, at)
        for at, factor in enumerate((low, 1.0, high))
    ]
    return Load(starts, forecast.load(told), "assumed")


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
    columns = zip(pairwise(told.starts), *told.weeks, strict=True)
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
    means = [[float(column[at : at + step].mean()) for column in told.weeks] for at in range(0, count, step)]
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
        lines.append(
            f"Minutes are a mean over {REFITS * EACH} futures, from {REFITS} fits to your cards drawn anew; "
            "four of five are between."
        )
    else:
        lines.append(
            "The interval assumes how far learners differ; with fsrs-rs and "
            f"{LEAST} answers after a day or more it is from your own."
        )
    if hold.where.learner.keeping is not None:
        lines.append("Maintenance is on; this is what all that is due would take.")
    lines.append("What studying will bring on top is in studyctl plan.")
    return lines
