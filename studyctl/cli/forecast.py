"""`studyctl forecast`: the reviews ahead, and what is left if they stop."""

from __future__ import annotations

import click

from studyctl.cli import forecast_stop, gather, screen
from studyctl.cli.holding import holding
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.problems import UsageError
from studyctl.core.time import to_date

WEEKS = 12  # that are looked at unless days are given
LONGEST = 3_652  # days ahead


@click.command("forecast")
@click.option("--stop", is_flag=True, help="What is left if you stop reviewing today.")
@click.option("--days", type=int, metavar="N", help="Look N days ahead.")
@click.option("--plot", is_flag=True, help="As a line over time.")
@json_option
@click.pass_obj
def command(work: Workspace, stop: bool, days: int | None, plot: bool, as_json: bool) -> None:
    """The reviews of the weeks ahead; with --stop, what would be left without them.

    \b
    Examples:
      studyctl forecast
      studyctl forecast --stop
      studyctl forecast --stop --plot
      studyctl forecast --days 1826 --json

    Weeks are drawn from your own cards, pace and memory; the interval holds four
    of five futures, as far as your answers leave the model's parameters open.
    What is left if you stop is exact within the model, and the model is not: it
    has been too hopeful about cards that are long overdue.
    """
    if days is not None and not 1 <= days <= LONGEST:
        raise UsageError(f"{days} is no number of days from 1 to {LONGEST}", "studyctl forecast --days 365")
    hold = holding(work)
    ahead = days or WEEKS * 7
    if as_json:
        from studyctl.cli import forecast_load  # noqa: PLC0415 (not for --stop alone)

        load = forecast_load.load(hold, ahead)
        left = forecast_stop.left(hold, days)
        work.json(
            {
                "if_you_stop": [forecast_stop.document(hold, one) for one in left],
                "load": forecast_load.document(load),
                "interval_from": load.source,
                "first_to_go": [
                    {"topic": topic, "date": to_date(day).isoformat(), "learnt": learnt}
                    for day, topic, learnt in forecast_stop.fading(hold, forecast_stop.usable_now(hold))
                ],
            }
        )
    elif not len(hold.cards.card):
        waiting = gather.reviews(work, hold.where).due
        then = f"{screen.count(waiting, 'card')} wait: studyctl review" if waiting else "studyctl next"
        work.say("No card was seen yet, so there is nothing to forget.")
        work.say(then)
    elif plot:
        from studyctl.cli import forecast_plot  # noqa: PLC0415 (loads plotille)

        forecast_plot.show(hold, days, stop=stop)
    elif stop:
        forecast_stop.show(hold, days)
    else:
        from studyctl.cli import forecast_load  # noqa: PLC0415

        forecast_load.show(hold, ahead)
