"""The log as values: sessions, hours by day, week, area and topic, and gaps; for JSON and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import click

from studyctl.cli import screen
from studyctl.cli.detouring import switches
from studyctl.cli.workspace import Workspace
from studyctl.cli.writing import write
from studyctl.core import timesheet
from studyctl.core.learner import Session
from studyctl.core.switches import Switches
from studyctl.core.time import Instant, monday, study_day, to_date, to_iso
from studyctl.core.timesheet import Gap, Sheet

FORMULA = "=+-@\t\r"  # with which a spreadsheet would begin to compute


@dataclass(frozen=True, slots=True)
class Log:
    """The sessions of some time and what they come to."""

    sessions: tuple[Session, ...]
    sheet: Sheet
    gaps: tuple[Gap, ...]
    switches: Switches
    area: Callable[[str], str]
    rollover: int

    def by(self, key: Callable[[int, str], Any]) -> dict[Any, float]:
        """Hours of study by a key of day and topic."""
        return {name: one.study for name, one in timesheet.summed(self.sheet, key).items()}


def gather(work: Workspace, first: int | None) -> Log:
    """The log from a study day on, or all of it."""
    learner, rollover = work.learner(), work.settings.day_starts_at
    area = {line.id: line.area for line in work.outline.lines}
    told = [
        one
        for one in learner.all_sessions(work.now.ms)
        if first is None or study_day(one.start, one.offset, rollover) >= first
    ]
    days = {*learner.days(rollover), *work.history.days()}
    began = min(days, default=work.today)
    begin = began if first is None else max(first, began)
    return Log(
        tuple(sorted(told, key=lambda one: (one.start, one.end, one.topic))),
        timesheet.sheet(told, rollover),
        timesheet.gaps(days, begin, work.today),
        switches(work),
        lambda topic: area.get(topic, ""),
        rollover,
    )


def document(told: Log, all_days: Mapping[int, float]) -> dict[str, Any]:
    """The log for other programs; `all_days` are the hours of each study day, reviews included."""
    days: dict[int, dict[str, float]] = {}
    for (day, topic), spent in told.sheet.items():
        days.setdefault(day, {})[topic] = spent.study
    return {
        "sessions": [_session(one) for one in told.sessions],
        "days": [
            {
                "date": _date(day),
                "hours": round(sum(topics.values()), 4),
                "topics": {name: round(hours, 4) for name, hours in topics.items()},
            }
            for day, topics in sorted(days.items())
        ],
        "weeks": [
            {"week": _date(week), "hours": round(hours, 4)}
            for week, hours in sorted(told.by(lambda day, _topic: monday(day)).items())
        ],
        "areas": _named("area", told.by(lambda _day, topic: told.area(topic))),
        "topics": _named("topic", told.by(lambda _day, topic: topic)),
        "gaps": [{"first": _date(one.first), "last": _date(one.last), "days": one.days} for one in told.gaps],
        "with_reviews": [
            {"date": _date(day), "hours": round(hours, 4)} for day, hours in sorted(all_days.items())
        ],
        "switches": told.switches._asdict(),
    }


def _named(what: str, hours: dict[str, float]) -> list[dict[str, Any]]:
    rows = sorted(hours.items(), key=lambda item: (-item[1], item[0]))
    return [{what: name, "hours": round(some, 4)} for name, some in rows]


def _session(one: Session) -> dict[str, Any]:
    return {
        "topic": one.topic,
        "start": to_iso(one.start),
        "end": to_iso(one.end),
        "hours": round(one.hours, 4),
        "note": one.note,
        "capped": one.capped,
    }


def _date(day: int) -> str:
    return to_date(day).isoformat()


def write_csv(work: Workspace, told: Log, file: str, *, dry_run: bool) -> None:
    """Write the sessions for a spreadsheet: dates and times by the learner's clock, hours as a number."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("date", "week", "start", "end", "hours", "area", "topic", "clock_forgotten", "note"))
    for one in told.sessions:
        day = study_day(one.start, one.offset, told.rollover)
        start, end = (Instant(ms, one.offset).local() for ms in (one.start, one.end))
        rows.writerow(
            (
                _date(day),
                _date(monday(day)),
                f"{start:%Y-%m-%d %H:%M}",
                f"{end:%Y-%m-%d %H:%M}",
                f"{one.hours:.4f}",
                _inert(told.area(one.topic)),
                _inert(one.topic),
                "yes" if one.capped else "",
                _inert(one.note),
            )
        )
    if file == "-":
        click.echo(out.getvalue(), nl=False)
        return
    wrote = write(file, out.getvalue(), "studyctl log --csv FILE", dry_run=dry_run)
    work.note(f"{wrote}, {screen.count(len(told.sessions), 'session')}")


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(tuple(FORMULA)) else text
