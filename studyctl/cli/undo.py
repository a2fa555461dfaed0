"""`studyctl undo`: take back what the last command on this device recorded.

Nothing is erased: an event says what no longer counts, so it is undone on every device, in
whatever order their files arrive.
"""

from __future__ import annotations

from collections.abc import Sequence

import click

from studyctl.cli import screen
from studyctl.cli.options import dry_run_option
from studyctl.cli.workspace import Workspace
from studyctl.core.events import Event, undone
from studyctl.core.memory import Rating
from studyctl.core.time import Instant, from_iso

SHOWN = 10  # events that are listed


@click.command("undo")
@dry_run_option
@click.pass_obj
def command(work: Workspace, dry_run: bool) -> None:
    """Take back the last command of this device that recorded something and is not yet undone.

    \b
    Examples:
      studyctl undo
      studyctl undo --dry-run           only show what it would be

    Each call goes one command further back. In a review every answer counts as one.
    """
    events = work.history.last_batch()
    if not events:
        work.say("There is nothing to undo on this device.")
        return
    if not dry_run:
        work.record([undone(events)])
    work.say("Would take back:" if dry_run else "Taken back:")
    for line in _told(work, events):
        work.say(line)


def _told(work: Workspace, events: Sequence[Event]) -> list[str]:
    lines = []
    for event in events[:SHOWN]:
        local = event.when.local()
        when = f"{local.day:2d} {local:%b} {local:%H:%M}"
        lines.append(screen.cut(f"  {when}  {screen.clean(describe(event))}", work.width))
    if len(events) > SHOWN:
        lines.append(f"  and {len(events) - SHOWN} more")
    return lines


def describe(event: Event) -> str:
    """What an event says, in a few words."""
    facts = event.facts
    match event.do:
        case "reviewed":
            rating = facts.get("rating")
            name = str(Rating(rating)) if rating in list(Rating) else f"rating {rating}"
            return f"{facts.get('card')}: {name}"
        case "started" | "stopped" | "done" | "known" | "once":
            return f"{event.do} {facts.get('topic')}".rstrip()
        case "logged":
            minutes = facts.get("minutes")
            told = screen.minutes(minutes) if isinstance(minutes, int | float) else f"{minutes} min"
            return f"logged {told} of {facts.get('topic')}"
        case "corrected":
            return f"end of a session of {facts.get('topic')}: {_moment(facts.get('ended'), event.offset)}"
        case "detoured":
            return f"detour from {facts.get('from')} to {facts.get('topic')}"
        case "returned":
            return f"back from {facts.get('topic')} to {facts.get('to') or 'nowhere'}"
        case "parked":
            return f"parked {facts.get('topic')}"
        case "probed" | "place-answered" | "place-said":
            right = "right" if facts.get("right") is True else "wrong"
            return f"question about {facts.get('card') or facts.get('topic')}: {right}"
        case "placed":
            questions, known = _count(facts.get("questions"), "question"), _count(facts.get("known"), "topic")
            return f"placement after {questions}: {known} known"
        case "goal-added" | "goal-dropped":
            return f"{event.do.replace('-', ' ')}: {facts.get('goal')}"
        case "tuned":
            return f"parameters fitted to {_count(facts.get('answers'), 'answer')}"
        case "maintain-on":
            minutes = facts.get("minutes")
            told = f"{minutes:g}" if isinstance(minutes, int | float) else str(minutes)
            return f"maintenance of {told} min a {facts.get('per')}"
        case "maintain-off":
            return "maintenance is over"
        case "practice-on" | "practice-off":
            return f"practice of exercised topics {event.do.removeprefix('practice-')}"
        case "away" | "away-cancelled":
            kind = "away" if event.do == "away" else "not away after all"
            return f"{kind}, {facts.get('first')} to {facts.get('last')}"
        case "eased":
            return f"cards of {facts.get('topic')} at {facts.get('retention')}"
        case "agreed":
            return f"text of {facts.get('note')} agreed with Anki"
        case "suspended" | "unsuspended" | "buried" | "reset":
            return f"{event.do} {facts.get('card')}"
        case _:
            rest = ", ".join(f"{key} {value}" for key, value in facts.items())
            return f"{event.do}: {rest}" if rest else event.do


def _moment(text: object, offset: int) -> str:
    try:
        when = Instant(from_iso(str(text)), offset).local()
    except ValueError:
        return str(text)
    return f"{when.day} {when:%b %H:%M}"


def _count(number: object, what: str) -> str:
    return screen.count(number, what) if isinstance(number, int) else f"{number} {what}s"
