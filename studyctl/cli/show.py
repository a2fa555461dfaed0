"""`studyctl show`: one topic, whole."""

from __future__ import annotations

from typing import Any

import click

from studyctl.cli import gather, reading, screen
from studyctl.cli.options import json_option
from studyctl.cli.topics import document
from studyctl.cli.workspace import Workspace
from studyctl.core.curriculum import Topic
from studyctl.core.standing import Standing


@click.command("show")
@click.argument("topic")
@click.option("--answers", is_flag=True, help="Show the answers of the exit test, too.")
@json_option
@click.pass_obj
def command(work: Workspace, topic: str, answers: bool, as_json: bool) -> None:
    """One topic: what it is for, what it needs, what to read, and how you know that you can go on.

    \b
    Examples:
      studyctl show linear-regression
      studyctl show linear-regression --answers
    """
    name = work.topic_id(topic)
    where, number = gather.standing(work), work.outline.number[name]
    whole = work.catalog.topic(name)
    if as_json:
        work.json({"topic": document(where, number, work.catalog.requirements()) | _texts(whole)})
        return
    _show(work, where, number, whole, answers)


def _texts(topic: Topic) -> dict[str, Any]:
    return {
        "summary": topic.summary,
        "requires": [need.topic for need in topic.requires],
        "reasons": {need.topic: need.why for need in topic.requires},
        "helps": list(topic.helps),
        "any_of": [list(group) for group in topic.any_of],
        "practises": topic.weights,
        "objectives": [{"id": one.id, "text": one.text} for one in topic.objectives],
        "resources": [{"ref": one.ref, "where": one.where, "role": one.role} for one in topic.resources],
        "exit_test": [{"q": one.q, "a": one.a, "objective": one.objective} for one in topic.exit_test],
        "project": {"deliverable": topic.project.deliverable, "pass": topic.project.passed}
        if topic.project
        else None,
        "card_ids": [card for one in topic.cards for card, _ in one.cards()],
    }


def _show(work: Workspace, where: Standing, number: int, topic: Topic, answers: bool) -> None:
    width = min(work.width, 100)

    def text(told: str, indent: str = "  ") -> None:
        for line in reading.lines(told, width, indent):
            work.say(line)

    def head(told: str) -> None:
        work.say()
        work.say(work.style(told, bold=True))

    line = where.outline.lines[number]
    state = where.learner.state(line.id)
    told = f"{line.id} · {topic.kind} · {screen.hours(topic.hours)} · {state}" + (
        " · faded" if where.faded[number] else ""
    )
    work.say(work.style(screen.clean(topic.title), bold=True))
    work.say(told)
    text(topic.summary, "")
    if topic.requires or topic.any_of or topic.helps:
        head("Needs")
        learnt = {where.outline.lines[one].id for one, yes in enumerate(where.learnt) if yes}
        for need in topic.requires:
            work.say(f"  {'✓' if need.topic in learnt else '·'} {need.topic}")
            if need.why:
                text(need.why, "      ")
        for group in topic.any_of:
            mark = "✓" if learnt.intersection(group) else "·"
            work.say(screen.wrap(f"{mark} one of {', '.join(group)}", width, "  "))
        if topic.helps:
            work.say(screen.wrap(f"Helpful, not needed: {', '.join(topic.helps)}", width, "  "))
    if topic.objectives:
        head("You will be able to")
        for one in topic.objectives:
            text(f"- {one.text}")
    if topic.resources:
        head("Read")
        resources = work.catalog.resources()
        for cited in topic.resources:
            resource = resources.get(cited.ref)
            title = screen.clean(resource.title if resource else cited.ref)
            free = " (free)" if resource and resource.access == "free" else ""
            extra = "" if cited.role != "extra" else "also: "
            work.say(screen.wrap(f"{extra}{title}: {screen.clean(cited.where)}{free}", width, "  "))
            if resource and resource.url:
                work.say(f"    {screen.clean(resource.url)}")
    if topic.project:
        head("Project")
        text(f"To make: {topic.project.deliverable}")
        text(f"It passes when: {topic.project.passed}")
    if topic.exit_test:
        head("You can go on when you can answer")
        for at, question in enumerate(topic.exit_test, 1):
            text(f"{at}. {question.q}")
            if answers:
                text(f"→ {question.a}", "     ")
        if not answers:
            work.say(f"  The answers: studyctl show {line.id} --answers")
    unlocks = where.unlocks(number)
    if unlocks:
        head("Unlocks")
        work.say(screen.wrap(", ".join(where.outline.lines[one].id for one in unlocks), width, "  "))
    work.say()
    memory = where.memory(number)
    if line.cards:
        recall = f", recall {memory.recall:.2f}" if memory.recall is not None else ""
        work.say(f"{line.cards} cards, {memory.seen} seen{recall}")
