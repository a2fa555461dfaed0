"""`studyctl away`: days without study."""

from __future__ import annotations

from collections.abc import Sequence

import click

from studyctl.cli import screen
from studyctl.cli.dates import days_away
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Away
from studyctl.core.events import Fact
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
    told = _cancel(work, days) if cancel else _add(work, days)
    if as_json:
        _list(work, as_json)
    else:
        work.say(told)


def _cancel(work: Workspace, days: Away) -> str:
    """Take days back; what is to be said of that."""
    known = work.learner().away
    if days not in known:
        raise _other_days(days, known)
    work.record([Fact("away-cancelled", _dates(days))])
    return f"Not away from {in_words(days.first)} to {in_words(days.last)}"


def _add(work: Workspace, days: Away) -> str:
    """Be away on these days; what is to be said of that."""
    told = f"Away from {in_words(days.first)} to {in_words(days.last)}"
    if days in work.learner().away:
        return f"{told}: known already"
    work.record([Fact("away", _dates(days))])
    past = " (that is over; it changes nothing)" if days.last < work.today else ""
    return screen.with_right(f"{told}{past}", "studyctl plan", work.width)


def _dates(days: Away) -> dict[str, str]:
    return {"first": to_date(days.first).isoformat(), "last": to_date(days.last).isoformat()}


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
