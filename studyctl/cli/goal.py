"""`studyctl goal`: where to go."""

from __future__ import annotations

from datetime import date

import click

from studyctl.cli import gather, screen
from studyctl.cli.dates import goal_date
from studyctl.cli.names import resolve
from studyctl.cli.options import Number, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.learner import Goal
from studyctl.core.problems import UsageError
from studyctl.core.time import in_words


@click.group("goal", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Goals: tracks or topics that the plan leads to.

    \b
    Examples:
      studyctl goal add first-model
      studyctl goal add linear-regression --by 2027-03-12
      studyctl goal list
      studyctl goal drop first-model
    """


@command.command("add")
@click.argument("goal")
@click.option("--by", metavar="DATE", help="When it should be reached; none takes a date away.")
@click.option("--value", type=Number(0.01, 100), metavar="N", help="How much it counts; 1 is usual.")
@click.option(
    "--side-roads/--no-side-roads", default=None, help="The side roads of the track too, where they fit."
)
@click.pass_obj
def add(work: Workspace, goal: str, by: str | None, value: float | None, side_roads: bool | None) -> None:
    """Add a track or a topic as a goal, or change its date or value.

    What is not named stays as it was. Side roads come along as far as they put no date at
    risk; `plan` says which do not fit.

    \b
    Examples:
      studyctl goal add first-model
      studyctl goal add first-model --by 2027-03-12
      studyctl goal add first-model --by none
      studyctl goal add mathematics-for-ml --side-roads
    """
    number = work.outline.number
    tracks = gather.track_topics(work)
    known = dict.fromkeys([*tracks, *number])
    name = resolve("track or topic", goal, known, work.catalog.topic_aliases(), "studyctl tracks")
    if not any(one in number for one in tracks.get(name, (name,))):
        raise UsageError(f"{name} has no topic that is in the curriculum", f"studyctl tracks {name}")
    before = work.learner().goals.get(name, Goal(name, None, 1.0, 0))
    if by is None:
        when = date.fromisoformat(before.by) if before.by else None
    elif by == "none":
        when = None
    else:
        when = goal_date(by, work.today, lambda day: f"studyctl goal add {name} --by {day}")
    value = before.value if value is None else value
    told = fact(
        "goal-added",
        _after_the_last(work, name),
        goal=name,
        by=when.isoformat() if when else None,
        value=None if value == 1 else value,
        side_roads=(before.side_roads if side_roads is None else side_roads) or None,
    )
    work.record([told])
    look = gather.outlook(work)
    target = next(one for one in look.wanted if one.id == name)
    closure = look.standing.outline.closure(target.topics, look.standing.learnt)
    until = f" by {in_words(when)}" if when else ""
    if not closure:
        work.say(f"Goal {name}{until}: everything it needs is learnt already")
        return
    hours = sum(look.standing.hours[one] for one in closure)
    topics_left = screen.count(len(closure), "topic")
    then = "studyctl plan"
    if gather.unplaced(work, look) == name:
        then = f"studyctl place --track {name}"
    work.say(screen.with_right(f"Goal {name}{until}: {topics_left}, {hours:.0f} h to go", then, work.width))


@command.command("list")
@json_option
@click.pass_obj
def list_goals(work: Workspace, as_json: bool) -> None:
    """The goals, with what is left of each.

    \b
    Example:
      studyctl goal list
    """
    look = gather.outlook(work)
    told = []
    there = {target.id: target for target in look.wanted}
    for goal in sorted(look.standing.learner.goals.values(), key=lambda one: (one.added, one.id)):
        target = there.get(goal.id)
        closure = look.standing.outline.closure(target.topics, look.standing.learnt) if target else []
        told.append((goal, target, len(closure), sum(look.standing.hours[one] for one in closure)))
    if as_json:
        work.json(
            {
                "goals": [
                    {
                        "id": goal.id,
                        "by": goal.by,
                        "value": goal.value,
                        "side_roads": goal.side_roads,
                        "known": target is not None,
                        "topics_left": left,
                        "hours_left": round(hours, 2),
                    }
                    for goal, target, left, hours in told
                ]
            }
        )
        return
    if not told:
        work.say("No goal yet. Choose one: studyctl tracks, then studyctl goal add TRACK")
    rows = []
    for goal, target, left, hours in told:
        state = (
            "not in the curriculum now"
            if target is None
            else f"{screen.count(left, 'topic')}, {hours:.0f} h to go"
            if left
            else "reached"
        )
        until = f"by {in_words(date.fromisoformat(goal.by))}" if goal.by else ""
        rows.append([goal.id, state, until, f"counts {goal.value:g} times" if goal.value != 1 else ""])
    for line in screen.table(rows):
        work.say(line)


@command.command("drop")
@click.argument("goal")
@click.pass_obj
def drop(work: Workspace, goal: str) -> None:
    """Take a goal back; what was learnt for it stays.

    \b
    Example:
      studyctl goal drop first-model
    """
    goals = work.learner().goals
    name = resolve("goal", goal, goals, work.catalog.topic_aliases(), "studyctl goal list")
    work.record([fact("goal-dropped", _after_the_last(work, name), goal=name)])
    work.say(f"Dropped goal {name}")


def _after_the_last(work: Workspace, name: str) -> int | None:
    """The moment behind what was said of a goal last, if the clock now stands before that; else None, for now."""
    living = work.catalog.topic_aliases()
    said = (one for one in work.history.events() if one.do in ("goal-added", "goal-dropped"))
    named = ((str(one.facts.get("goal")), one.at) for one in said)
    last = max((at for goal, at in named if living.get(goal, goal) == name), default=0)
    return last + 1 if last >= work.now.ms else None
