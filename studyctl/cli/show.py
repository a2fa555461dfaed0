"""`studyctl show`: one topic, whole."""

from __future__ import annotations

from dataclasses import dataclass
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
        work.json({"topic": document(work, where, number, work.catalog.requirements()) | _texts(whole)})
        return
    _show(_Page(work, where, number, whole), answers)


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


@dataclass(frozen=True, slots=True)
class _Page:
    """The screen of one topic, part by part."""

    work: Workspace
    where: Standing
    number: int
    topic: Topic

    def say(self, text: str, indent: str = "  ") -> None:
        for line in reading.lines(text, min(self.work.width, 100), indent):
            self.work.say(line)

    def plain(self, text: str, indent: str = "  ") -> None:
        self.work.say(screen.wrap(screen.clean(text), min(self.work.width, 100), indent))

    def head(self, text: str) -> None:
        self.work.say()
        self.work.say(self.work.style(text, bold=True))

    def title(self) -> None:
        topic = self.topic
        facts = [topic.id, topic.kind, screen.hours(topic.hours), self.where.learner.state(topic.id)]
        facts += ["faded"] if self.where.faded[self.number] else []
        self.work.say(self.work.style(screen.clean(topic.title), bold=True))
        self.work.say(" · ".join(facts))
        self.say(topic.summary, "")

    def needs(self) -> None:
        topic = self.topic
        if not (topic.requires or topic.any_of or topic.helps):
            return
        self.head("Needs")
        lines = self.where.outline.lines
        learnt = {lines[one].id for one, yes in enumerate(self.where.learnt) if yes}
        for need in topic.requires:
            self.work.say(f"  {'✓' if need.topic in learnt else '·'} {need.topic}")
            if need.why:
                self.say(need.why, "      ")
        for group in topic.any_of:
            self.plain(f"{'✓' if learnt.intersection(group) else '·'} one of {', '.join(group)}")
        if topic.helps:
            self.plain(f"Helpful, not needed: {', '.join(topic.helps)}")

    def objectives(self) -> None:
        if self.topic.objectives:
            self.head("You will be able to")
        for one in self.topic.objectives:
            self.say(f"- {one.text}")

    def resources(self) -> None:
        if not self.topic.resources:
            return
        self.head("Read")
        known = self.work.catalog.resources(cited.ref for cited in self.topic.resources)
        for cited in self.topic.resources:
            resource = known.get(cited.ref)
            free = " (free)" if resource and resource.access == "free" else ""
            also = "also: " if cited.role == "extra" else ""
            self.plain(f"{also}{resource.title if resource else cited.ref}: {cited.where}{free}")
            if resource and resource.url:
                self.work.say(f"    {screen.clean(resource.url)}")

    def test(self, answers: bool) -> None:
        if self.topic.project:
            self.head("Project")
            self.say(f"To make: {self.topic.project.deliverable}")
            self.say(f"It passes when: {self.topic.project.passed}")
        if not self.topic.exit_test:
            return
        self.head("You can go on when you can answer")
        for at, question in enumerate(self.topic.exit_test, 1):
            self.say(f"{at}. {question.q}")
            if answers:
                self.say(f"→ {question.a}", "     ")
        if not answers:
            self.work.say(f"  The answers: studyctl show {self.topic.id} --answers")

    def end(self) -> None:
        lines = self.where.outline.lines
        unlocks = self.where.unlocks(self.number)
        if unlocks:
            self.head("Unlocks")
            self.plain(", ".join(lines[one].id for one in unlocks))
        count, memory = lines[self.number].cards, self.where.memory(self.number)
        if count:
            recall = f", recall {memory.recall:.2f}" if memory.recall is not None else ""
            self.work.say()
            self.work.say(f"{screen.count(count, 'card')}, {memory.seen} seen{recall}")


def _show(page: _Page, answers: bool) -> None:
    page.title()
    page.needs()
    page.objectives()
    page.resources()
    page.test(answers)
    page.end()
