"""Which of several lines about one thing counts, and what was undone.

Lines with one id are one event: where they differ, the one that sorts first as bytes counts.
`undone` events win over whatever they name, in whatever order they arrive; and an answer that went
to Anki under another moment (`shifted`) never counts a second time under that one. That two reviews of one
card at one moment are one is settled where memories are told (`studyctl.adapters.history_fold`),
since it depends on the names that cards have today.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from studyctl.adapters.history_names import CardNames, Touched
from studyctl.adapters.history_tables import at_or_none, line_of

_MANY = 2_000  # new rows from which on it is cheaper to look at all rows than to look each up

_DIFFER = """
    GROUP BY id HAVING count(*) > 1 AND (min(card) < max(card) OR min(at) < max(at)
    OR min(offset) < max(offset) OR min(rating) < max(rating)
    OR min(ms) < max(ms) OR count(ms) NOT IN (0, count(*)))
"""
_NEW_REVIEWS = "id IN (SELECT id FROM review WHERE row BETWEEN ? AND ?)"
_NEW_EVENTS = "id IN (SELECT id FROM event WHERE row BETWEEN ? AND ?)"
_AMONG_NEW = (
    f"SELECT id FROM review WHERE {_NEW_REVIEWS} {_DIFFER}",
    f"SELECT id FROM event WHERE {_NEW_REVIEWS}",
    f"SELECT id FROM event WHERE {_NEW_EVENTS} GROUP BY id HAVING count(*) > 1",
    f"SELECT id FROM review WHERE {_NEW_EVENTS}",
)


class Settling:
    """One round of settling, within the transaction that added rows."""

    def __init__(self, db: sqlite3.Connection, folder: Path, names: CardNames, touched: Touched) -> None:
        self._db = db
        self._folder = folder
        self._names = names
        self._touched = touched

    def copies(self, new: Sequence[tuple[int, int]]) -> bool:
        """Let one line of each id count; `new` are the stretches of rows that were added. Whether any had copies."""
        ids = list(dict.fromkeys(self._copied_ids(new)))
        reviews = {name: self._all("SELECT row, card FROM review WHERE id = ?", name) for name in ids}
        others = {name: self._all("SELECT row, card, line FROM event WHERE id = ?", name) for name in ids}
        lines = self._lines(row for rows in reviews.values() for row, _ in rows)
        for name in ids:
            told = {row: lines.get(row, b"") for row, _ in reviews[name]}
            told |= {row: line.encode() for row, _, line in others[name]}
            winner = min(told, key=lambda row: (told[row], row))
            self._db.execute(
                "UPDATE review SET copy = row <> ?1, counts = counts AND row = ?1 WHERE id = ?2",
                (winner, name),
            )
            self._db.execute("UPDATE event SET copy = row <> ? WHERE id = ?", (winner, name))
            cards = (card for _, card, *_ in (*reviews[name], *others[name]))
            self._touched.cards.update(card for card in cards if card is not None)
        return bool(ids)

    def _copied_ids(self, new: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Ids that stand in more than one line, unless all these lines tell the same answer."""
        if sum(last - first + 1 for first, last in new) > _MANY:
            if self._all("SELECT 1 FROM review GROUP BY id HAVING count(*) > 1 LIMIT 1"):
                yield from self._column(f"SELECT id FROM review {_DIFFER}")
            yield from self._column("SELECT id FROM event GROUP BY id HAVING count(*) > 1")
            yield from self._column("SELECT DISTINCT event.id FROM event JOIN review USING (id)")
            return
        for span in new:
            for sql in _AMONG_NEW:
                yield from self._column(sql, *span)

    def _lines(self, rows: Iterable[int]) -> dict[int, bytes]:
        """The lines that rows tell, read again from their files."""
        wanted: dict[int, dict[int, int]] = {}
        for row in rows:
            file, line = line_of(row)
            wanted.setdefault(file, {})[line] = row
        found: dict[int, bytes] = {}
        for file, numbers in wanted.items():
            (name,) = self._column("SELECT name FROM journal_file WHERE key = ?", file)
            with (self._folder / name).open("rb") as text:
                for number, line in enumerate(text, 1):
                    if number in numbers:
                        found[numbers[number]] = line.rstrip(b"\n")
        return found

    def undone(self) -> None:
        """Lay out what was undone, and touch the cards for which that has changed."""
        ids, pairs = self._named()
        self._names.flush()
        old_ids = set(self._column("SELECT id FROM undone"))
        old_pairs = set(self._all("SELECT card, at FROM undone_review"))
        self._db.executemany("DELETE FROM undone WHERE id = ?", [(name,) for name in old_ids - ids])
        self._db.executemany("INSERT INTO undone (id) VALUES (?)", [(name,) for name in ids - old_ids])
        self._db.executemany("DELETE FROM undone_review WHERE card = ? AND at = ?", old_pairs - pairs)
        self._db.executemany("INSERT INTO undone_review (card, at) VALUES (?, ?)", pairs - old_pairs)
        self._touched.cards.update(card for card, _ in pairs ^ old_pairs)
        for name in ids ^ old_ids:
            for table in ("review", "event"):
                sql = f"SELECT card FROM {table} WHERE id = ? AND card IS NOT NULL"
                self._touched.cards.update(self._column(sql, name))

    def _named(self) -> tuple[set[str], set[tuple[int, int]]]:
        """The ids, and the cards and moments, that `undone` events name."""
        ids: set[str] = set()
        pairs: set[tuple[int, int]] = set()
        for line in self._column("SELECT line FROM event WHERE do = 'undone' AND NOT copy"):
            record = json.loads(line)
            ids.update(name for name in _list(record.get("events")) if _is_text(name))
            for pair in _list(record.get("reviews")):
                card, at = pair if isinstance(pair, list) and len(pair) == 2 else (None, None)
                moment = at_or_none(at)
                if isinstance(card, str) and _is_text(card) and moment is not None:
                    pairs.add((self._names[card], moment))
        for name, line in self._all("SELECT id, line FROM event WHERE do = 'shifted' AND NOT copy"):
            moment = at_or_none(json.loads(line).get("sent"))
            if name not in ids and moment is not None:  # what comes back under it is the answer that was sent
                pairs.add((self._names[json.loads(line)["card"]], moment))
        return ids, pairs

    def _all(self, sql: str, *values: object) -> list[Any]:
        return self._db.execute(sql, values).fetchall()

    def _column(self, sql: str, *values: object) -> list[Any]:
        return [row[0] for row in self._db.execute(sql, values)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_text(value: object) -> bool:
    """Whether this is text that can be kept: half a surrogate cannot."""
    return isinstance(value, str) and not any("\ud800" <= sign <= "\udfff" for sign in value)
