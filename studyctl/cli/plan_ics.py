"""`studyctl plan --ics`: the plan as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from studyctl.cli import screen, writing
from studyctl.cli.workspace import Workspace
from studyctl.core.goals import Target
from studyctl.core.problems import UsageError
from studyctl.core.schedule import Schedule
from studyctl.core.time import to_date


def write(work: Workspace, made: Schedule, wanted: Sequence[Target], path: str, *, dry_run: bool) -> None:
    """Write the plan to a file, or to stdout for ``-``."""
    from studyctl.adapters.ics import Deadline, Stretch, calendar  # noqa: PLC0415 (loads icalendar)

    lines, plan = work.outline.lines, made.plan
    stretches = []
    for topic, first in plan.starts.items():
        last = plan.finishes.get(topic, first)
        text = f"{lines[topic].id}, {screen.hours(made.work.hours[topic])}\nstudyctl start {lines[topic].id}"
        stretches.append(
            Stretch(lines[topic].id, lines[topic].title, to_date(first), to_date(max(first, last)), text)
        )
    deadlines = [
        Deadline(
            one.id, one.by, f"studyctl why {one.id}" if one.id in work.outline.number else "studyctl plan"
        )
        for one in wanted
        if one.by
    ]
    told = calendar(stretches, deadlines, work.now.ms)
    if path == "-":
        work.say(told.decode().rstrip("\r\n"))
        return
    if Path(path).is_dir():
        raise UsageError(f"{path} is a folder", "studyctl plan --ics plan.ics")
    wrote = writing.write(path, told, "studyctl plan --ics plan.ics", dry_run=dry_run)
    topics, dates = screen.count(len(stretches), "topic"), screen.count(len(deadlines), "date")
    work.note(f"{wrote}: {topics} and {dates}; import it in your calendar")
