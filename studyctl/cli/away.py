"""`studyctl away`: days without study."""

from __future__ import annotations

from collections.abc import Sequence

import click

from studyctl.cli import screen
from studyctl.cli.dates import days_away
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Away
from studyctl.core.events import fact
from studyctl.core.problems import UsageError
from studyctl.core.time import in_words, to_date


@click.command("away")
@click.argument("first", metavar="FROM", required=False)
@click.argument("last", metavar="TO", required=False)
@click.option("--cancel", is_flag=True, help="Not away after all.")
@json_option
@click.pass_obj
def command(work: Workspace, first: str | None, last: str | None, cancel: bool, as_json: bool) -> None:
    """Say when you are away: nothing is planned on these days. Without dates: when that is.

    \b
    Examples:
      studyctl away 2026-12-20 2027-01-03
      studyctl away 2026-12-20 2027-01-03 --cancel
      studyctl away
    """
    if first is None:
        _list(work, as_json)
        return
    if last is None:
        raise UsageError("away until when?", f"studyctl away {first} {first}")
    days = days_away(first, last, lambda *dates: f"studyctl away {' '.join(dates)}")
    known = work.learner().away
    if cancel:
        if days not in known:
            raise _other_days(days, known)
        work.record([fact("away-cancelled", first=first, last=last)])
        work.say(f"Not away from {in_words(days.first)} to {in_words(days.last)}")
        return
    if days in known:
        work.say(f"Away from {in_words(days.first)} to {in_words(days.last)}: known already")
        return
    work.record([fact("away", first=to_date(days.first).isoformat(), last=to_date(days.last).isoformat())])
    past = " (that is over; it changes nothing)" if days.last < work.today else ""
    told = f"Away from {in_words(days.first)} to {in_words(days.last)}{past}"
    work.say(screen.with_right(told, "studyctl plan", work.width))


def _other_days(days: Away, known: Sequence[Away]) -> UsageError:
    """Days that are not away as a whole: those that they are part of, if there are any."""
    said = f"{in_words(days.first)} to {in_words(days.last)}"
    for one in known:
        if one.first <= days.last and days.first <= one.last:
            first, last = (to_date(day).isoformat() for day in one)
            return UsageError(
                f"{said} is no time away by itself; you are away from {in_words(one.first)} to {in_words(one.last)}",
                f"studyctl away {first} {last} --cancel",
            )
    return UsageError(f"you are not away from {said}", "studyctl away")


def _list(work: Workspace, as_json: bool) -> None:
    away = work.learner().away
    if as_json:
        work.json(
            {
                "away": [
                    {"from": to_date(one.first).isoformat(), "to": to_date(one.last).isoformat()}
                    for one in away
                ]
            }
        )
        return
    for one in away:
        work.say(f"{in_words(one.first)} to {in_words(one.last)}")
    if not away:
        work.say("No days away. studyctl away FROM TO")
