"""`studyctl start`: begin a topic."""

from __future__ import annotations

import click

from studyctl.cli import gather, reading, screen
from studyctl.cli.moments import FORGOTTEN, end_of
from studyctl.cli.next import suggestions
from studyctl.cli.options import TakesNegative
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.problems import UsageError
from studyctl.core.standing import Standing

SHOWN = 6  # missing prerequisites that are listed


@click.command("start", cls=TakesNegative)
@click.argument("topic")
@click.pass_obj
def command(work: Workspace, topic: str) -> None:
    """Begin a topic, or go on with it; the clock runs until `stop`, `done` or another `start`.

    A number takes that suggestion of `studyctl next`. What the topic needs and you have not
    learnt is said, and you start all the same.

    \b
    Examples:
      studyctl start linear-regression
      studyctl start 1                  the first suggestion of `next`
    """
    look = gather.outlook(work)
    name = _chosen(work, look, topic)
    running = look.standing.learner.running
    until = look.standing.learner.until(work.now.ms)
    if running and running.topic == name and until >= work.now.ms:
        work.say(f"{name} is running since {_clock(running.start, running.offset)}.")
        return
    work.record([fact("started", topic=name)])
    number = work.outline.number[name]
    if running:
        spent = screen.minutes((until - running.start) / 60_000)
        work.say(f"Stopped {running.topic} after {spent}{'' if until >= work.now.ms else FORGOTTEN}.")
        if until < work.now.ms:
            work.say(f"When it really was: {end_of(until, running.offset)}")
    hours = screen.hours(look.standing.hours[number])
    work.say(f"Started {name} ({hours}), {_clock(work.now.ms, work.now.offset)}.")
    before = look.standing.learner.topics.get(name)
    if before and before.note:
        work.say(screen.wrap(f"You left it at: {screen.clean(before.note)}", work.width))
    _missing(work, look.standing, number)
    _where_to_read(work, name)


def _chosen(work: Workspace, look: gather.Outlook, topic: str) -> str:
    if topic.removeprefix("-").isdecimal() and topic not in work.outline.number:
        found = suggestions(work, look)
        if not 1 <= int(topic) <= len(found):
            raise UsageError(f"`next` has {len(found)} suggestions, no number {topic}", "studyctl next")
        return work.outline.lines[found[int(topic) - 1].topic].id
    return work.topic_id(topic)


def _clock(ms: int, offset: int) -> str:
    from studyctl.core.time import Instant  # noqa: PLC0415

    return f"{Instant(ms, offset).local():%H:%M}"


def _missing(work: Workspace, where: Standing, topic: int) -> None:
    """Say what is not learnt yet, nearest to the roots first, with the reason of each direct need."""
    missing = [one for one in where.outline.closure([topic], where.learnt) if one != topic]
    if not missing:
        return
    reasons = {need.topic: need.why for need in work.catalog.topic(where.outline.lines[topic].id).requires}
    direct = [one for one in missing if where.outline.lines[one].id in reasons]
    work.say()
    work.say("Not learnt yet, in the order in which it would help:")
    shown = missing if len(missing) <= SHOWN else direct
    width = max(screen.columns(where.outline.lines[one].id) for one in shown)
    for one in shown:
        line, memory = where.outline.lines[one], where.memory(one)
        told = f"  {screen.pad(line.id, width)}  {screen.hours(where.hours[one]):>6}"
        if where.faded[one]:
            told += f"  faded: recall {memory.recall or 0.0:.2f}"
        work.say(told)
        if reasons.get(line.id):
            for row in reading.lines(screen.clean(reasons[line.id]), work.width, "      "):
                work.say(row)
    rest = len(missing) - len(shown)
    if rest > 0:
        before = "before that" if rest == 1 else "before those"
        work.say(
            f"  and {rest} more topic{'s' * (rest > 1)} {before}: studyctl why {where.outline.lines[topic].id}"
        )
    work.say("Go on if you like. When it gets too hard: studyctl stuck")


def _where_to_read(work: Workspace, name: str) -> None:
    topic = work.catalog.topic(name)
    core = next((one for one in topic.resources if one.role != "extra"), None)
    if core is None:
        return
    work.say()
    work.say(screen.wrap(f"Read: {reading.cited(work, core)}", work.width))
    work.say(
        screen.with_right(
            f"All about it: studyctl show {name}", f"when you have it: studyctl done {name}", work.width
        )
    )
