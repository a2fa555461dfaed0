"""The terms of memory that were agreed in the journal: parameters of the model, and topics that are eased.

They are events like any other: those that were undone, or that no model would take, leave in force what
was before them, and one that arrives late from another device takes its place in time. Memories
are told anew when the terms change.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, NamedTuple

from studyctl.adapters.journal_events import to_event
from studyctl.core.memory import PARAMETERS
from studyctl.core.parameters import read
from studyctl.core.practice import eased

_KEY = "terms"


class Terms(NamedTuple):
    """The parameters in force, and the desired retention of each topic that is eased."""

    parameters: tuple[float, ...] = PARAMETERS
    eased: Mapping[str, float] = {}


def agreed(db: sqlite3.Connection) -> Terms:
    """The terms that the events tell."""
    sql = """
        SELECT line FROM event WHERE do IN ('tuned', 'eased', 'practice-off') AND NOT copy
        AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = event.id) ORDER BY at, id
    """
    events = [to_event(line) for (line,) in db.execute(sql)]
    fits = [read(event.facts.get("parameters")) for event in events if event.do == "tuned"]
    known = [fit for fit in fits if fit is not None]
    return Terms(known[-1] if known else PARAMETERS, eased(events))


def kept(db: sqlite3.Connection) -> Terms:
    """The terms by which the memories in the cache were told."""
    row = db.execute("SELECT value FROM history_meta WHERE key = ?", (_KEY,)).fetchone()
    if row is None:
        return Terms()
    parameters, topics = json.loads(row[0])
    return Terms(tuple(parameters), topics)


def keep(db: sqlite3.Connection, terms: Terms) -> None:
    """Remember by which terms the memories in the cache are told."""
    told: tuple[Any, ...] = (_KEY, json.dumps(terms))
    db.execute("INSERT OR REPLACE INTO history_meta VALUES (?, ?)", told)
