"""`studyctl done`: a topic is learnt; its cards begin to come."""

from __future__ import annotations

import re
import sys

import click

from studyctl.cli import gather, reading, screen
from studyctl.cli.workspace import Workspace
from studyctl.core.curriculum import Topic
from studyctl.core.events import fact
from studyctl.core.problems import UsageError


@click.command("done")
@click.argument("topic", required=False)
@click.option("--result", metavar="P/N", help="The exit test went P of N; nothing is asked then.")
@click.pass_obj
def command(work: Workspace, topic: str | None, result: str | None) -> None:
    """Finish a topic: its cards become available, and what it unlocks is shown.

    On a terminal its exit test is offered; it is never required. Without a name the topic
    whose clock runs is meant.

    \b
    Examples:
      studyctl done naive-sets
      studyctl done naive-sets --result 4/5
    """
    name = _topic(work, topic)
    before = gather.standing(work)
    number = work.outline.number[name]
    opened = [work.outline.lines[one].id for one in before.unlocks(number)]
    outcome = _parse(result) if result else _offer(work, work.catalog.topic(name))
    passed, of = outcome or (None, None)
    work.record([fact("done", topic=name, passed=passed, of=of)])
    record = work.learner().topics[name]
    line = work.outline.lines[number]
    told = f"Done {name}"
    if record.hours:
        told += f" after {screen.hours(record.hours)} (estimate {screen.hours(line.hours)})"
    if of:
        told += f", exit test {passed} of {of}"
    work.say(told + ".")
    if of and passed is not None and passed < of * 0.6:
        work.say("Less than most of it: reading the core text once more may be worth an hour.")
    if line.cards:
        work.say(
            f"{screen.count(line.cards, 'card')} of it, at {work.settings.new_per_day} new ones a day: studyctl review"
        )
    frame = next((one for one in before.learner.detours if one.topic == name), None)
    if frame is not None:
        work.say(screen.with_right(f"It was a detour from {frame.source}.", "studyctl back", work.width))
    if opened:
        work.say(screen.wrap(f"Unlocked: {', '.join(opened)}", work.width))


def _topic(work: Workspace, topic: str | None) -> str:
    if topic is not None:
        return work.topic_id(topic)
    running = work.learner().running
    if running is None:
        raise UsageError("which topic? No clock is running", "studyctl done TOPIC")
    return work.topic_id(running.topic)


def _parse(result: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,4})\s*/\s*(\d{1,4})", result.strip())
    if not found or not 0 <= int(found[1]) <= int(found[2]) or not int(found[2]):
        raise UsageError(f"{result!r} is no result such as 4/5", "studyctl done TOPIC --result 4/5")
    return int(found[1]), int(found[2])


def _offer(work: Workspace, topic: Topic) -> tuple[int, int] | None:
    """The exit test, if there is one, somebody to take it, and the wish to."""
    if not topic.exit_test or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    count = len(topic.exit_test)
    if not click.confirm(f"Take the exit test of {screen.count(count, 'question')}?", default=False):
        return None
    passed = 0
    for at, question in enumerate(topic.exit_test, 1):
        work.say()
        _say(work, f"{at} of {count}  {question.q}")
        click.prompt("Enter shows the answer", default="", show_default=False, prompt_suffix=" ")
        _say(work, question.a)
        passed += click.confirm("Did you have it?", default=True)
    return passed, count


def _say(work: Workspace, text: str) -> None:
    for line in reading.lines(text, work.width, "  "):
        work.say(line)
