"""`studyctl park`: put a topic aside until it is started again."""

from __future__ import annotations

import click

from studyctl.cli import gather, screen
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.problems import UsageError


@click.command("park")
@click.argument("topic", required=False)
@click.option("--note", metavar="TEXT", help="Where you are; it is shown when you come back.")
@click.pass_obj
def command(work: Workspace, topic: str | None, note: str | None) -> None:
    """Put a topic aside: `next` does not suggest it until you start it again.

    Without a name the topic where you are is meant. Detours to it and from it are closed.

    \b
    Examples:
      studyctl park
      studyctl park gpt-from-scratch --note "after the holidays"
    """
    where = gather.standing(work)
    name = _topic(work, topic, where.here)
    before = where.learner
    state = before.state(name)
    if state in ("done", "known"):
        raise UsageError(f"{name} is learnt; there is nothing to put aside", "studyctl next")
    if state == "parked" and not note:
        work.say(f"{name} is parked already. studyctl start {name} takes it up again.")
        return
    work.record([fact("parked", topic=name, note=note)])
    learner = work.learner()
    hours = learner.topics[name].hours
    after = f" after {screen.hours(hours)}" if hours * 60 >= 1 else ""
    work.say(screen.with_right(f"Parked {name}{after}.", f"studyctl start {name}", work.width))
    kept = learner.topics[name].note
    if kept:
        work.say(screen.wrap(f"You left it at: {screen.clean(kept)}", work.width))
    closed = before.detours[len(learner.detours) :]
    if closed and closed[0].topic == name:
        source = closed[0].source
        if source in work.outline.number:
            work.say(screen.wrap(f"It was a detour from {source}: studyctl start {source}", work.width))


def _topic(work: Workspace, topic: str | None, here: int | None) -> str:
    if topic is not None:
        return work.topic_id(topic)
    if here is None:
        raise UsageError("which topic? You are at none now", "studyctl park TOPIC")
    return work.outline.lines[here].id
