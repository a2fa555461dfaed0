"""The parameters of the memory model that are in force: those adopted last, or the defaults.

They are an event like any other: one that was undone or that no model would take leaves those
before it in force, and one that arrives late from another device takes its place in time.
"""

from __future__ import annotations

import json
import sqlite3

from studyctl.adapters.journal_events import to_event
from studyctl.core.memory import PARAMETERS
from studyctl.core.parameters import read

_KEY = "parameters"


def adopted(db: sqlite3.Connection) -> tuple[float, ...]:
    """The parameters that the events adopt."""
    sql = """
        SELECT line FROM event WHERE do = 'tuned' AND NOT copy
        AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = event.id) ORDER BY at DESC, id DESC
    """
    for (line,) in db.execute(sql):
        parameters = read(to_event(line).facts.get("parameters"))
        if parameters is not None:
            return parameters
    return PARAMETERS


def kept(db: sqlite3.Connection) -> tuple[float, ...]:
    """The parameters by which the memories in the cache were told."""
    row = db.execute("SELECT value FROM history_meta WHERE key = ?", (_KEY,)).fetchone()
    return (row and read(json.loads(row[0]))) or PARAMETERS


def keep(db: sqlite3.Connection, parameters: tuple[float, ...]) -> None:
    """Remember by which parameters the memories in the cache are told."""
    db.execute("INSERT OR REPLACE INTO history_meta VALUES (?, ?)", (_KEY, json.dumps(parameters)))
