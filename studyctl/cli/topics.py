"""`studyctl topics`: all topics with their state."""

from __future__ import annotations

import click

from studyctl.cli import gather, knowing, screen
from studyctl.cli.names import resolve
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.learner import STATES
from studyctl.core.standing import Standing

FILTERS = (*STATES, "ready", "faded", "learnt")


@click.command("topics")
@click.option("--area", metavar="AREA", help="Only topics of this area.")
@click.option("--track", metavar="TRACK", help="Only topics of this track and what it needs.")
@click.option("--state", type=click.Choice(FILTERS), help="Only topics in this state.")
@json_option
@click.pass_obj
def command(work: Workspace, area: str | None, track: str | None, state: str | None, as_json: bool) -> None:
    """All topics, with their state, hours and recall.

    \b
    Examples:
      studyctl topics --state ready
      studyctl topics --area probability
      studyctl topics --track first-model --json
    """
    where = gather.standing(work)
    chosen = _chosen(work, where, area, track, state)
    if as_json:
        aliases = work.catalog.requirements()
        work.json({"topics": [document(work, where, topic, aliases) for topic in chosen]})
        return
    titles = {name: one.title for name, one in work.catalog.areas().items()}
    last = None
    for topic in chosen:
        line = where.outline.lines[topic]
        if line.area != last:
            if last is not None:
                work.say()
            work.say(work.style(screen.clean(titles.get(line.area, line.area)), bold=True))
            last = line.area
        work.say(_row(work, where, topic))
    if not chosen:
        work.say("No topic is like that.")
        return
    work.say()
    work.say(knowing.legend(where, chosen))
    if any(where.memory(topic).seen for topic in chosen):
        work.say("recall, and where it lies in nine of ten cases  ? not proven: long overdue")


def _chosen(
    work: Workspace, where: Standing, area: str | None, track: str | None, state: str | None
) -> list[int]:
    lines = where.outline.lines
    topics = list(range(len(lines)))
    if track is not None:
        tracks = {one.id: one for one in work.catalog.tracks()}
        one = tracks[resolve("track", track, tracks, None, "studyctl tracks")]
        number = where.outline.number
        goals = [number[name] for name in one.topics if name in number]
        topics = where.outline.closure(goals, bytearray(len(lines)))
    if area is not None:
        titles = {one.title.lower(): name for name, one in work.catalog.areas().items()}
        area = titles.get(area.lower(), area)
        name = resolve("area", area, dict.fromkeys(line.area for line in lines), None, "studyctl deck list")
        topics = [topic for topic in topics if lines[topic].area == name]
    if state is not None:
        topics = [topic for topic in topics if _is(where, topic, state)]
    return topics


def _is(where: Standing, topic: int, state: str) -> bool:
    if state == "ready":
        return bool(where.ready[topic]) and not where.learnt[topic]
    if state == "faded":
        return bool(where.faded[topic])
    if state == "learnt":
        return bool(where.learnt[topic])
    return where.learner.state(where.outline.lines[topic].id) == state


def _row(work: Workspace, where: Standing, topic: int) -> str:
    line = where.outline.lines[topic]
    known = knowing.knowledge_of(work, where, topic, knowing.by_topic(work).get(line.id, []))
    width = max(20, work.width - 38)
    name = screen.pad(screen.cut(line.id, width), width)
    return (
        f"  {knowing.sign(where, topic)} {name}{screen.hours(line.hours):>7}  {knowing.short(known)}".rstrip()
    )


def document(
    work: Workspace, where: Standing, topic: int, requirements: dict[str, list[str]]
) -> dict[str, object]:
    """A topic as `topics --json` shows it."""
    known = knowing.knowledge_of(
        work, where, topic, knowing.by_topic(work).get(where.outline.lines[topic].id, [])
    )
    line, memory = where.outline.lines[topic], where.memory(topic)
    return {
        "id": line.id,
        "title": line.title,
        "area": line.area,
        "kind": line.kind,
        "hours": line.hours,
        "requires": requirements.get(line.id, []),
        "state": where.learner.state(line.id),
        "ready": bool(where.ready[topic]),
        "faded": bool(where.faded[topic]),
        "mastery": where.mastery(topic),
        "recall": memory.recall,
        "forgotten": where.forgotten(topic),
        "unlocks": len(where.unlocks(topic)),
        "cards": line.cards,
        "knowledge": knowing.document(where, topic, known),
    }
