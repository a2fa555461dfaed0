"""`studyctl plan --what-if`: the same plan with something changed, side by side; nothing is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from studyctl.cli import gather, planning
from studyctl.cli.dates import days_away, goal_date
from studyctl.cli.names import resolve
from studyctl.cli.workspace import Workspace
from studyctl.core.calendar import Away, Hours
from studyctl.core.goals import Target
from studyctl.core.problems import UsageError
from studyctl.core.schedule import Schedule
from studyctl.core.time import to_date

FORMS = '"hours 12", "drop GOAL", "add GOAL", "by GOAL 2027-03-12", "away 2027-02-01 2027-02-14", "no away"'


@dataclass(frozen=True, slots=True)
class Scene:
    """What a plan is made from: hours a week, goals, days away; None leaves the learner's own."""

    hours: Hours | None
    wanted: tuple[Target, ...]
    away: tuple[Away, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A change with the plan that it leads to."""

    change: str
    wanted: tuple[Target, ...]
    made: Schedule


def compare(
    work: Workspace, look: gather.Outlook, hours: Hours | None, changes: Sequence[str]
) -> list[Compared]:
    """The plan as it is, with each change alone, and with all of them together."""
    base = Scene(hours, tuple(gather.open_goals(look)), look.standing.learner.away)
    scenes = [("as it is", base)]
    scenes += [(change, _changed(work, base, change)) for change in changes]
    if len(changes) > 1:
        together = base
        for change in changes:
            together = _changed(work, together, change)
        scenes.append(("all together", together))
    return [
        Compared(name, scene.wanted, planning.make_plan(work, look, scene.hours, scene.wanted, scene.away))
        for name, scene in scenes
    ]


def _changed(work: Workspace, scene: Scene, change: str) -> Scene:
    match change.split():
        case ["hours", number]:
            return replace(scene, hours=Hours.weekly(_number(number, change)))
        case ["drop", goal]:
            name = resolve("goal", goal, {one.id: one for one in scene.wanted}, None, "studyctl goal list")
            return replace(scene, wanted=tuple(one for one in scene.wanted if one.id != name))
        case ["add", goal]:
            return replace(scene, wanted=(*scene.wanted, _target(work, goal, None)))
        case ["add", goal, "by", day]:
            return replace(
                scene, wanted=(*scene.wanted, _target(work, goal, _date(work, day, f"add {goal} by")))
            )
        case ["by", goal, day]:
            name = resolve("goal", goal, {one.id: one for one in scene.wanted}, None, "studyctl goal list")
            when = _date(work, day, f"by {goal}")
            return replace(
                scene, wanted=tuple(replace(one, by=when) if one.id == name else one for one in scene.wanted)
            )
        case ["away", first, last]:
            gone = days_away(first, last, lambda *dates: f'studyctl plan --what-if "away {" ".join(dates)}"')
            if gone.last < work.today:
                raise UsageError(
                    f"{last} is over; a plan begins today, {to_date(work.today)}", "days that are to come"
                )
            return replace(scene, away=(*scene.away, gone))
        case ["no", "away"]:
            return replace(scene, away=())
    raise UsageError(f"--what-if {change!r} is none of {FORMS}", 'studyctl plan --what-if "hours 12"')


def _target(work: Workspace, goal: str, by: date | None) -> Target:
    tracks, number = gather.track_topics(work), work.outline.number
    known = dict.fromkeys([*tracks, *number])
    name = resolve("track or topic", goal, known, work.catalog.topic_aliases(), "studyctl tracks")
    topics = tuple(number[one] for one in tracks.get(name, (name,)) if one in number)
    return Target(name, topics, by)


def _number(text: str, change: str) -> float:
    try:
        hours = float(text)
    except ValueError:
        hours = -1.0
    if not 0 <= hours <= 168:
        raise UsageError(
            f"--what-if {change!r}: a week has 0 to 168 hours", 'studyctl plan --what-if "hours 12"'
        )
    return hours


def _date(work: Workspace, text: str, change: str) -> date:
    return goal_date(text, work.today, lambda day: f'studyctl plan --what-if "{change} {day}"')
