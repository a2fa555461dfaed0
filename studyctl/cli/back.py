"""`studyctl back`: return from a detour to exactly where one was."""

from __future__ import annotations

import click

from studyctl.cli import detouring, gather, screen
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.detours import overruns
from studyctl.core.events import fact
from studyctl.core.learner import Learner
from studyctl.core.problems import UsageError
from studyctl.core.standing import Standing
from studyctl.core.suggest import ago
from studyctl.core.time import study_day


@click.command("back")
@click.option("--list", "listed", is_flag=True, help="Only show the stack of detours, and what is parked.")
@json_option
@click.pass_obj
def command(work: Workspace, listed: bool, as_json: bool) -> None:
    """Return from a detour to the topic that was left for it; its clock runs again.

    Without a detour it goes on with the topic where you were last, and shows your note.

    \b
    Examples:
      studyctl back
      studyctl back --list              the stack: depth, time spent, and why
      studyctl back --list --json
    """
    where = gather.standing(work)
    if listed or as_json:
        if as_json:
            work.json(_document(work, where))
        else:
            _list(work, where)
        return
    if where.learner.detours:
        _return(work, where)
    else:
        _resume(work, where)


def _return(work: Workspace, where: Standing) -> None:
    """Go back to the nearest topic below the top of the stack that is still in the curriculum."""
    learner = where.learner
    number = where.outline.number
    frames = list(learner.detours)
    top = frames[-1]
    target = next((frame for frame in reversed(frames) if frame.source in number), None)
    to = target.source if target else None
    work.record([fact("returned", topic=top.topic, to=to)])
    _about(work, learner)
    for frame in reversed(frames):
        if frame is target:
            break
        work.say(f"{screen.clean(frame.source)} is no longer in the curriculum.")
    if to is None or target is None:
        work.say(screen.with_right("The detour is closed.", "studyctl next", work.width))
        return
    record = learner.topics.get(to)
    note = target.note or (record.note if record else "")
    _here(work, to, f"you {detouring.left(work, learner, target)}", note)


def _about(work: Workspace, before: Learner) -> None:
    """What came of the detour that is closed now."""
    frame = before.detours[-1]
    hours = before.on_detour(frame, work.now.ms)
    state = before.state(frame.topic)
    told = f"{screen.clean(frame.topic)}: {detouring.of_box(frame, hours)}"
    if state in ("done", "known"):
        told += ", learnt"
    elif frame.before in ("done", "known"):
        told += ", learnt before"
    elif frame.topic in work.outline.number:
        told += f". If you have it now: studyctl done {frame.topic}"
    work.say(screen.wrap(told, work.width))
    if overruns(frame, hours) and state not in ("done", "known"):
        for line in list(detouring.other_texts(work, frame.topic))[:1]:
            work.say(screen.wrap(line, work.width, "  "))


def _here(work: Workspace, topic: str, since: str, note: str) -> None:
    """Say where the learner is again, since when it was left, and the note."""
    work.say(screen.wrap(f"Back at {topic}, {work.now.local():%H:%M}; {since}.", work.width))
    if note:
        work.say(screen.wrap(f"You were at: {screen.clean(note)}", work.width))
    left = work.learner().detours
    if left:
        told = f"You are still on a detour from {screen.clean(left[-1].source)}."
        work.say(screen.with_right(told, "studyctl back --list", work.width))


def _resume(work: Workspace, where: Standing) -> None:
    """No detour: go on with the topic of the last session, where there is one that is not running."""
    learner = where.learner
    if learner.running:
        raise UsageError(f"you are on no detour; the clock of {learner.running.topic} runs", "studyctl stop")
    if where.here is None:
        raise UsageError("there is nothing to go back to", "studyctl next")
    topic = where.outline.lines[where.here].id
    record = learner.topics[topic]
    work.record([fact("started", topic=topic)])
    day = study_day(record.last, work.now.offset, work.settings.day_starts_at)
    _here(work, topic, f"you were here {ago(day, work.today)}", record.note)


def _list(work: Workspace, where: Standing) -> None:
    learner = where.learner
    if learner.detours:
        for line in detouring.stack_lines(work, where):
            work.say(line)
        if detouring.another_way_is_due(work, learner):
            work.say()
            for line in detouring.another_way(work, where):
                work.say(line)
    else:
        work.say("You are on no detour.")
    parked = sorted(
        (record.since, name) for name, record in learner.topics.items() if record.state == "parked"
    )
    if parked:
        work.say()
        work.say("Parked, until studyctl start takes it up again")
        for since, name in reversed(parked):
            day = study_day(since, work.now.offset, work.settings.day_starts_at)
            note = screen.clean(learner.topics[name].note)
            told = f"{detouring.named(work, name)}, {ago(day, work.today)}" + (f": {note}" if note else "")
            work.say(screen.wrap(told, work.width, "  "))
    told = detouring.switches_line(detouring.switches(work))
    if told:
        work.say()
        work.say(screen.wrap(told, work.width))
    if learner.detours:
        work.say(screen.with_right("", "studyctl back", work.width).lstrip("\n"))


def _document(work: Workspace, where: Standing) -> dict[str, object]:
    learner = where.learner
    switches = detouring.switches(work)
    return {
        "stack": [detouring.frame_document(work, learner, frame) for frame in learner.detours],
        "another_way": detouring.another_way_is_due(work, learner),
        "parked": sorted(name for name, record in learner.topics.items() if record.state == "parked"),
        "switches": {"jumps": switches.jumps, "steps_back": switches.steps_back, "hours": switches.hours},
    }
