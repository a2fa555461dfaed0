"""Progress inside a package: the rows of cards and log, the collection's clock, and the preset.

The collection of the package begins at the hour at which the learner's day turns, and says so, in
its offsets, too: only then is every due date right in every time zone.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import genanki

from studyctl.core.carried import Carried, Progress
from studyctl.core.handed import labelled
from studyctl.core.there import SUSPENDED

PRESET = 1_730_419_200_201  # never changes: Anki knows a preset by its number
_REVIEWS_A_DAY = 9999  # no limit


class ProgressCard(genanki.Card):  # type: ignore[misc]
    """A card with its own schedule and log."""

    def __init__(self, ord_: int, carried: Carried) -> None:
        super().__init__(ord_)
        self._carried = carried

    def write_to_db(
        self,
        cursor: sqlite3.Cursor,
        timestamp: float,
        deck_id: int,
        note_id: int,
        id_gen: Iterator[int],
        due: int = 0,  # noqa: ARG002 (the position of a new card, which this one may not be)
    ) -> None:
        """The row of the card, and the rows of its log."""
        number = next(id_gen)
        row = self._carried.card
        data = labelled(row.data, int(timestamp)) if row.queue == SUSPENDED else row.data
        cursor.execute(
            "INSERT INTO cards VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, note_id, deck_id, self.ord, int(timestamp), -1, *row[:8], 0, 0, 0, data),
        )
        cursor.executemany(
            "INSERT INTO revlog VALUES(?,?,?,?,?,?,?,?,?)",
            [(one.id, number, -1, *one[1:]) for one in self._carried.log],
        )


def set_clock(cursor: sqlite3.Cursor, progress: Progress) -> None:
    """The collection's beginning, offsets and preset."""
    conf, dconf, decks = (
        json.loads(text) for text in cursor.execute("SELECT conf, dconf, decks FROM col").fetchone()
    )
    conf |= {
        "schedVer": 2,
        "sched2021": True,
        "rollover": progress.rollover,
        "creationOffset": progress.west,
        "localOffset": progress.west,
    }
    dconf[str(PRESET)] = _preset(dconf["1"], progress)
    for number, deck in decks.items():
        if number != "1":
            deck["conf"] = PRESET
    cursor.execute(
        "UPDATE col SET crt = ?, conf = ?, dconf = ?, decks = ?",
        (progress.created, *(json.dumps(one, sort_keys=True) for one in (conf, dconf, decks))),
    )


def _preset(usual: dict[str, Any], progress: Progress) -> dict[str, Any]:
    preset = progress.preset
    return {
        **usual,
        "id": PRESET,
        "name": "studyctl",
        "new": {**usual["new"], "perDay": preset.new_per_day},
        "rev": {**usual["rev"], "perDay": _REVIEWS_A_DAY},
        "fsrsParams6": list(preset.parameters),
        "fsrsWeights": [],
        "desiredRetention": preset.retention,
    }
