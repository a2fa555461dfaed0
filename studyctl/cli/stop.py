"""`studyctl stop`: the clock stops, the topic stays in work."""

from __future__ import annotations

import click

from studyctl.cli import screen
from studyctl.cli.moments import FORGOTTEN, end_of, moment
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.learner import Running
from studyctl.core.problems import UsageError
from studyctl.core.time import Instant, to_iso


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
    ended = _moment(work, at, running) if at else None
    back = running.start + 1 if work.now.ms <= running.start else None  # the clock was put back meanwhile
    work.record(
        [fact("stopped", back, topic=running.topic, ended=to_iso(ended) if ended else None, note=note)]
    )
    told = next(one for one in reversed(work.learner().sessions) if one.start == running.start)
    spent = screen.minutes((told.end - told.start) / 60_000)
    total = work.learner().topics[running.topic].hours
    capped = FORGOTTEN if told.capped else ""
    work.say(f"Stopped {running.topic} after {spent}{capped}; {screen.hours(total)} in all.")
    if told.capped:
        work.say(f"When it really was: {end_of(told.end, told.offset)}")


def _moment(work: Workspace, text: str, running: Running) -> int:
    """When it ended; never before the start."""
    ms = moment(text, work.now, "studyctl stop --at 21:30")
    if ms < running.start:
        began = Instant(running.start, running.offset).local()
        raise UsageError(f"{text} is not between the start at {began:%H:%M} and now", "studyctl stop")
    return ms
