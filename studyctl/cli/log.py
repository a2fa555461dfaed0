"""`studyctl log`: hours by day, week and area, or some more of them."""

from __future__ import annotations

from collections import defaultdict

import click

from studyctl.cli import screen
from studyctl.cli.detouring import switches, switches_line
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.learner import Session
from studyctl.core.problems import UsageError
from studyctl.core.time import monday, study_day, to_date, to_iso

DAYS = 14  # on the screen
LONGEST = 24 * 60  # minutes in one entry


@click.command("log")
@click.argument("topic", required=False)
@click.argument("minutes", required=False, type=float)
@json_option
@click.pass_obj
def command(work: Workspace, topic: str | None, minutes: float | None, as_json: bool) -> None:
    """Hours of study by day, week and area; or add minutes that no clock has seen.

    \b
    Examples:
      studyctl log
      studyctl log linear-regression 45
      studyctl log --json
    """
    if topic is not None:
        _add(work, topic, minutes)
        return
    learner, rollover = work.learner(), work.settings.day_starts_at
    sessions = learner.all_sessions(work.now.ms)
    days: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in sessions:
        days[study_day(one.start, one.offset, rollover)][one.topic] += one.hours
    if as_json:
        work.json(
            {
                "sessions": [_document(one) for one in sessions],
                "days": [
                    {
                        "date": to_date(day).isoformat(),
                        "hours": round(sum(told.values()), 4),
                        "topics": {name: round(hours, 4) for name, hours in told.items()},
                    }
                    for day, told in sorted(days.items())
                ],
                "switches": switches(work)._asdict(),
            }
        )
        return
    _show(work, days)


def _add(work: Workspace, topic: str, minutes: float | None) -> None:
    name = work.topic_id(topic)
    if minutes is None:
        raise UsageError(f"how many minutes of {name}?", f"studyctl log {name} 45")
    if not 0 < minutes <= LONGEST:
        raise UsageError(f"{minutes:g} is no number of minutes of a day", f"studyctl log {name} 45")
    work.record([fact("logged", topic=name, minutes=minutes)])
    total = work.learner().topics[name].hours
    work.say(f"Logged {screen.minutes(minutes)} of {name}; {screen.hours(total)} in all.")


def _document(one: Session) -> dict[str, object]:
    return {
        "topic": one.topic,
        "start": to_iso(one.start),
        "end": to_iso(one.end),
        "hours": round(one.hours, 4),
        "note": one.note,
        "capped": one.capped,
    }


def _show(work: Workspace, days: dict[int, dict[str, float]]) -> None:
    if not days:
        work.say("No hours yet. The clock runs with studyctl start TOPIC; without it: studyctl log TOPIC 45")
        return
    area = {line.id: line.area for line in work.outline.lines}
    titles = {name: one.title for name, one in work.catalog.areas().items()}
    last = max(days)
    shown = [day for day in sorted(days, reverse=True) if day > last - DAYS]
    for day in shown:
        told = sorted(days[day].items(), key=lambda item: (-item[1], item[0]))
        names = ", ".join(f"{name} {screen.hours(hours)}" for name, hours in told)
        when = f"{to_date(day):%a} {screen.day(day, work.today)}"
        text = screen.wrap(names, max(20, work.width - 22)).splitlines()
        work.say(f"{when:<13}{sum(days[day].values()):5.1f} h  {text[0]}")
        for line in text[1:]:
            work.say(f"{'':22}{line}")
    weeks: dict[int, float] = defaultdict(float)
    areas: dict[str, float] = defaultdict(float)
    for day, topics in days.items():
        weeks[monday(day)] += sum(topics.values())
        for name, hours in topics.items():
            areas[area.get(name, "")] += hours
    work.say()
    work.say("By week")
    most = max(weeks.values())
    for start in sorted(weeks, reverse=True)[:6]:
        bar = screen.bar(weeks[start] / most, 20) if most else ""
        work.say(f"  {screen.day(start, work.today):<9}{weeks[start]:6.1f} h  {bar}")
    work.say()
    work.say("By area")
    for name, hours in sorted(areas.items(), key=lambda item: (-item[1], item[0])):
        work.say(
            f"  {screen.clean(titles.get(name, name or 'no longer in the curriculum')):<30}{hours:6.1f} h"
        )
    work.say(f"  {'all':<30}{sum(areas.values()):6.1f} h")
    told_switches = switches_line(switches(work))
    if told_switches:
        work.say()
        work.say(screen.wrap(told_switches, work.width))
