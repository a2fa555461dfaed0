"""The whole history by column, for forecasts, fits and reports: what would be slow card by card.

`cards` are those that were seen, as they stand; `answers` are all that count, by card and in
order of time. Both come as plain rows, so that whoever wants arrays makes them of these.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, NamedTuple


class CardRow(NamedTuple):
    """A card that was seen, as it stands now."""

    card: str
    topic: str
    state: int
    stability: float
    difficulty: float
    due_day: int
    last_day: int
    reviews: int
    lapses: int
    first_day: int
    retention: float
    suspended: int


class AnswerRow(NamedTuple):
    """An answer that counts; `ms` is the time it took, None where it is not known."""

    card: str
    at: int
    offset: int
    day: int
    rating: int
    ms: int | None


_FAILURES = """
    SELECT m.card, (
        SELECT count(*) FROM card_name n JOIN review r ON r.card = n.key
        WHERE n.home = h.key AND r.counts AND r.rating = 1 AND r.day < m.first_day + ?
    ), m.lapses
    FROM memory m JOIN card_name h ON h.raw = m.card WHERE m.reviews
"""


class Whole:
    """Asks one history for everything at once."""

    def __init__(self, ask: Callable[..., list[Any]]) -> None:
        self._ask = ask

    def cards(self) -> list[CardRow]:
        """All cards that were seen, those of a topic together."""
        sql = f"SELECT {', '.join(CardRow._fields)} FROM memory WHERE reviews ORDER BY topic, card"
        return list(map(CardRow._make, self._ask(sql)))

    def answers(self, most: int | None = None) -> list[AnswerRow]:
        """All answers that count, by card and in order of time, those before a reset included.

        With `most` only those of so many cards, evenly chosen, that they are hardly more than that.
        """
        ((total,),) = self._ask("SELECT count(*) FROM review") if most else ((0,),)
        every = -(-total // most) if most else 1
        sql = f"""
            SELECT home.raw, r.at, r.offset, r.day, r.rating, r.ms
            FROM review r JOIN card_name name ON name.key = r.card JOIN card_name home ON home.key = name.home
            WHERE r.counts AND home.key % {max(1, every)} = 0 ORDER BY home.raw, r.at, r.id
        """
        return list(map(AnswerRow._make, self._ask(sql)))

    def resets(self) -> dict[str, list[int]]:
        """The moments at which cards were made new again."""
        sql = """
            SELECT home.raw, e.at FROM event e
            JOIN card_name name ON name.key = e.card JOIN card_name home ON home.key = name.home
            WHERE e.do = 'reset' AND NOT e.copy AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = e.id)
        """
        told: dict[str, list[int]] = {}
        for card, at in self._ask(sql):
            told.setdefault(card, []).append(at)
        return told

    def failures(self, card: str, days: int) -> tuple[int, int]:
        """How often a card failed in its first days, the very first answer included, and how often it lapsed."""
        sql = f"{_FAILURES} AND m.topic = ? AND m.card = ?"
        rows = self._ask(sql, days, card.partition("/")[0], card)
        return (rows[0][1], rows[0][2]) if rows else (0, 0)

    def all_failures(self, days: int) -> list[tuple[str, int, int]]:
        """The same of every card with more than three answers."""
        return [
            (card, early, lapses) for card, early, lapses in self._ask(f"{_FAILURES} AND m.reviews > 3", days)
        ]

    def days(self, since: int) -> list[int]:
        """The study days with an answer from a day on, and the last one before it."""
        early = self._ask("SELECT max(day) FROM review WHERE counts AND day < ?", since)
        late = self._ask("SELECT DISTINCT day FROM review WHERE counts AND day >= ? ORDER BY day", since)
        return [day for (day,) in (*early, *late) if day is not None]

    def minutes_by_day(self, usual: float = 14.0) -> dict[int, float]:
        """The minutes of answers of each study day; one without a time counts as `usual` seconds, none for more than 60."""
        sql = "SELECT day, sum(min(ifnull(ms, ?), 60000)) / 60000.0 FROM review WHERE counts GROUP BY day"
        return dict(self._ask(sql, usual * 1000))

    def spent(self, since: int) -> tuple[int, int, float]:
        """The answers from a study day on: how many, how many of them timed, and their seconds, up to 60 each."""
        sql = "SELECT count(*), count(ms), sum(min(ms, 60000)) / 1000.0 FROM review WHERE counts AND day >= ?"
        ((count, timed, seconds),) = self._ask(sql, since)
        return count, timed, seconds or 0.0


def has_pow(db: sqlite3.Connection) -> bool:
    """Whether this SQLite can compute powers; it is built with or without."""
    try:
        db.execute("SELECT pow(2.0, 0.5)")
    except sqlite3.OperationalError:
        return False
    return True
