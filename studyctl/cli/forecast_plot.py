"""A forecast as a line: the recall that is left if reviews stop, or the minutes of the weeks ahead."""

from __future__ import annotations

from studyctl.cli import forecast_load, report_screen, screen
from studyctl.cli.holding import Holding
from studyctl.core.forecast import if_you_stop
from studyctl.core.time import to_date
from studyctl.ui.plots import Series, plot

YEAR = 365  # days that are looked at unless they are given
WEEKS = 12
POINTS = 60


def show(hold: Holding, days: int | None, *, stop: bool) -> None:
    """Print the plot."""
    work = hold.work
    if stop:
        work.say(f"Recall of {len(hold.cards.card)} cards if you stop reviewing today, in %")
        told = _left(hold, days or YEAR)
    else:
        load = forecast_load.document(forecast_load.load(hold, days or WEEKS * 7))
        rest = load[0]["minutes"] if load and load[0]["days"] < 7 else None
        apart = "" if rest is None else f", from Monday on; until then {screen.minutes(rest)}"
        work.say(f"Reviews ahead, minutes a week{apart}")
        told = report_screen.load(load, work.width)
    work.say(told or "Less than two weeks are no line: studyctl forecast")


def _left(hold: Holding, days: int) -> str:
    today = hold.work.today
    step = max(1, -(-days // POINTS))
    ahead = [*range(today, today + days, step), today + days]
    left = if_you_stop(hold.cards, ahead, len(hold.where.outline.lines), hold.decay)
    points = [(float(one.day), 100 * (one.recall or 0.0)) for one in left]
    until = to_date(today + days)
    return plot([Series(f"until {until.day} {until:%b %Y}", points)], hold.work.width, "%", top=100)
