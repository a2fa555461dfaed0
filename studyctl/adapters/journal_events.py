"""Single events out of the lines of a journal file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from studyctl.adapters import journal_values
from studyctl.core.events import ENVELOPE, Event
from studyctl.core.time import from_iso


def to_event(line: str) -> Event:
    """The event that a line tells; ValueError or KeyError if it tells none."""
    record = json.loads(line)
    facts = {key: fact for key, fact in record.items() if key not in ENVELOPE}
    offset, batch = record.get("offset", 0), record.get("batch", "")
    return Event(record["id"], from_iso(record["at"]), offset, batch, record["do"], facts)


def event_of(line: bytes) -> Event | None:
    """The event that a line of a file tells, if it tells one; a damaged line tells none."""
    try:
        told = line.decode()
        journal_values.envelope(journal_values.record_of(told))
        return to_event(told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def events_of_rows(rows: Iterable[tuple[str]]) -> list[Event]:
    """The events of lines that the reader had taken; DatabaseError for one that has been damaged since."""
    try:
        return [to_event(line) for (line,) in rows]
    except (ValueError, LookupError, TypeError) as problem:
        raise sqlite3.DatabaseError(f"a damaged row: {problem}") from problem


def read_events(path: Path) -> Iterator[Event]:
    """Every event of a file, as its lines tell them; none if there is no such file."""
    with suppress(FileNotFoundError), path.open("rb") as file:
        for line in file:
            if event := event_of(line):
                yield event
