"""A plan as an iCalendar file: when each topic is studied, and dates with alarms.

Every event has an id that never changes (`topic-<id>@studyctl`, `goal-<id>@studyctl`) and a
sequence number that grows, so that importing a later plan moves events instead of doubling
them. All events are whole days, which no time zone can move.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

from studyctl import __version__

ALARMS = (timedelta(days=-7), timedelta(days=-1))


class Stretch(NamedTuple):
    """A topic from its first to its last planned day."""

    topic: str
    title: str
    first: date
    last: date
    text: str


class Deadline(NamedTuple):
    """A goal with its date."""

    goal: str
    by: date
    text: str


def calendar(stretches: Iterable[Stretch], deadlines: Iterable[Deadline], now_ms: int) -> bytes:
    """The iCalendar file (RFC 5545); the same plan at the same moment gives the same bytes."""
    told = Calendar()
    told.add("prodid", f"-//studyctl//studyctl {__version__}//EN")
    told.add("version", "2.0")
    told.add("calscale", "GREGORIAN")
    told.add("method", "PUBLISH")
    told.add("x-wr-calname", "studyctl")
    for one in stretches:
        event = _event(f"topic-{one.topic}@studyctl", f"Study: {one.title}", one.first, one.last, now_ms)
        event.add("description", one.text)
        event.add("transp", "TRANSPARENT")
        told.add_component(event)
    for goal in deadlines:
        event = _event(f"goal-{goal.goal}@studyctl", f"Goal: {goal.goal}", goal.by, goal.by, now_ms)
        event.add("description", goal.text)
        for before in ALARMS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", f"Goal: {goal.goal}")
            alarm.add("trigger", before)
            event.add_component(alarm)
        told.add_component(event)
    return bytes(told.to_ical())


def _event(uid: str, summary: str, first: date, last: date, now_ms: int) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("summary", summary)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the day after: the end is not part of it
    event.add("dtstamp", datetime.fromtimestamp(now_ms // 1000, UTC))
    event.add("sequence", now_ms // 60_000)
    return event
