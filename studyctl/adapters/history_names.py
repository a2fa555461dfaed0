"""The names of cards: the ids that the journal wrote, and the ids that these cards have today.

A card or topic that was renamed leaves its earlier id behind (`was:`). The journal keeps what it
wrote; here each such id gets a number, and the number of today's id as its `home`.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from studyctl.adapters.history_tables import study_day_sql

Aliases = tuple[dict[str, str], dict[str, str]]  # today's ids by earlier ones: of topics, of cards


class Columns(NamedTuple):
    """Answers by column: the number of the card's name, moment, offset, rating, ms (-1 if not known)."""

    card: array[int]
    at: array[int]
    offset: array[int]
    rating: array[int]
    ms: array[int]

    def add(self, *columns: Sequence[int | None]) -> None:
        """Add answers, by column."""
        for column, values in zip(self, columns, strict=True):
            known = [-1 if value is None else value for value in values] if None in values else values
            column.extend(cast("Sequence[int]", known))


class Touched:
    """Cards, by the numbers of the journal's names, whose memory has to be told again.

    `answers` are all answers there are, if all of them were read just now: then they need not be
    read from the cache again.
    """

    def __init__(self) -> None:
        self.cards: set[int] = set()
        self.everything = False
        self.answers: Columns | None = None

    def __bool__(self) -> bool:
        return self.everything or bool(self.cards)


class CardNames(dict[str, int]):
    """The numbers of card ids, looked up or given out when first asked for; new ones are kept by `flush`."""

    def __init__(self, db: sqlite3.Connection, today: Callable[[str], str]) -> None:
        super().__init__()
        self._db = db
        self._today = today
        self._fresh: list[tuple[int, str, int]] = []  # key, raw, home
        self._next = 0
        self._loaded = False

    def load(self) -> None:
        """Look all of them up at once."""
        self.update(self._db.execute("SELECT raw, key FROM card_name"))
        self._loaded = True

    def flush(self) -> None:
        """Keep what is new."""
        self._db.executemany("INSERT INTO card_name (key, raw, home) VALUES (?, ?, ?)", self._fresh)
        self._fresh.clear()

    def __missing__(self, raw: str) -> int:
        key = None if self._loaded else self._find("SELECT key FROM card_name WHERE raw = ?", raw)
        if key is None:
            return self._new(raw)
        self[raw] = key
        return key

    def _new(self, raw: str) -> int:
        self._next = self._next or (self._find("SELECT max(key) FROM card_name") or 0) + 1
        self[raw] = key = self._next
        self._next += 1
        today = self._today(raw)
        self._fresh.append((key, raw, key if today == raw else self[today]))
        return key

    def _find(self, sql: str, *values: str) -> int | None:
        row = self._db.execute(sql, values).fetchone()
        return row[0] if row else None


class Settings:
    """What memories depend on beside the journal: today's names, desired retentions, the study day's hour."""

    def __init__(
        self,
        aliases: Callable[[], Aliases],
        retention: Callable[[str], float],
        day_starts_at: int,
        fingerprint: str,
        weekdays: Sequence[float] | None = None,
    ) -> None:
        self.weekdays = None if weekdays is None else tuple(weekdays)
        self.retention = retention
        self.day_starts_at = day_starts_at
        self.fingerprint = fingerprint
        self._aliases = aliases
        self._kept: Aliases | None = None

    @property
    def aliases(self) -> Aliases:
        """Today's ids by earlier ones; fetched when they are first needed."""
        if self._kept is None:
            self._kept = self._aliases()
        return self._kept

    def today(self, card: str) -> str:
        """The id that a card has today."""
        topics, cards = self.aliases
        if card in cards:
            return cards[card]
        topic, slash, rest = card.partition("/")
        return f"{topics.get(topic, topic)}{slash}{rest}"

    def are_in(self, db: sqlite3.Connection) -> bool:
        """Whether the rows were told with these settings."""
        row = db.execute("SELECT value FROM history_meta WHERE key = 'fingerprint'").fetchone()
        return row is not None and bool(row[0] == self.fingerprint)

    def adopt(self, db: sqlite3.Connection, names: CardNames) -> Touched:
        """Bring the rows to these settings; the cards whose memory these change."""
        touched = Touched()
        meta = dict(db.execute("SELECT key, value FROM history_meta"))
        told = {
            "fingerprint": self.fingerprint,
            "day_starts_at": str(self.day_starts_at),
            "aliases": json.dumps(self.aliases, sort_keys=True),
            "weekdays": json.dumps(self.weekdays),
        }
        if meta.get("day_starts_at") != told["day_starts_at"]:
            self._move_days(db)
            touched.everything = True
        if meta.get("weekdays", "null") != told["weekdays"]:
            touched.everything = True
        if meta.get("aliases") != told["aliases"]:
            self._rename(db, names, touched)
        self._weigh(db, touched)
        db.executemany("INSERT OR REPLACE INTO history_meta VALUES (?, ?)", told.items())
        return touched

    def _move_days(self, db: sqlite3.Connection) -> None:
        db.execute(f"UPDATE review SET day = {study_day_sql('at', 'offset', self.day_starts_at)}")

    def _rename(self, db: sqlite3.Connection, names: CardNames, touched: Touched) -> None:
        known = "SELECT n.key, n.raw, n.home, h.raw FROM card_name n JOIN card_name h ON h.key = n.home"
        for key, raw, home, name in db.execute(known).fetchall():
            today = self.today(raw)
            if today != name:
                new = names[today]
                db.execute("UPDATE card_name SET home = ? WHERE key = ?", (new, key))
                touched.cards |= {key, home, new}
        names.flush()

    def _weigh(self, db: sqlite3.Connection, touched: Touched) -> None:
        """Touch the cards of topics that have another desired retention now: it moves what is due."""
        sql = "SELECT topic, min(retention), max(retention) FROM memory GROUP BY topic"
        for topic, low, high in db.execute(sql).fetchall():
            wanted = self.retention(topic)
            if not low == wanted == high:
                cards = db.execute(
                    "SELECT key FROM memory JOIN card_name ON raw = card WHERE topic = ?", (topic,)
                )
                touched.cards.update(key for (key,) in cards)
