"""`studyctl stop`: the clock stops, the topic stays in work."""

from __future__ import annotations

import click

from studyctl.cli import screen
from studyctl.cli.moments import moment
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.problems import UsageError
from studyctl.core.time import HOUR, to_iso


@click.command("stop")
@click.option("--at", metavar="TIME", help="When you really stopped: 21:30, or a full date and time.")
@click.option("--note", metavar="TEXT", help="Where you are; it is shown when you come back.")
@click.pass_obj
def command(work: Workspace, at: str | None, note: str | None) -> None:
    """Stop the clock. The topic stays in work; `studyctl start TOPIC` goes on with it.

    \b
    Examples:
      studyctl stop
      studyctl stop --at 21:30 --note "exercise 12 is next"
    """
    learner = work.learner()
    running = learner.running
    if running is None:
        raise UsageError("no clock is running", "studyctl start TOPIC")
    ended = _moment(work, at, running.start) if at else None
    work.record([fact("stopped", topic=running.topic, ended=to_iso(ended) if ended else None, note=note)])
    told = work.learner().sessions[-1]
    spent = screen.minutes((told.end - told.start) / 60_000)
    total = work.learner().topics[running.topic].hours
    capped = " (a forgotten clock stops there; `stop --at` says better)" if told.capped else ""
    work.say(f"Stopped {running.topic} after {spent}{capped}; {screen.hours(total)} in all.")


def _moment(work: Workspace, text: str, start: int) -> int:
    """When it ended; never before the start."""
    ms = moment(text, work.now, "studyctl stop --at 21:30")
    if ms < start:
        began = (work.now.ms - start) / HOUR
        raise UsageError(f"{text} is before the start, {screen.hours(began)} ago", "studyctl undo")
    return ms
