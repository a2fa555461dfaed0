"""Memories are told here: from rows of answers to one row of `memory` for each card.

Answers are *settled* first: two answers of one card at one moment are one, whatever their ids, and
one that was undone takes both with it. Then they are replayed in order of time, few of them by
py-fsrs, many as arrays; both give the same numbers. A `reset` makes a card new again, and what was
before it stays history: it counts for days and times, not for memory.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from studyctl.adapters.history_names import Touched
from studyctl.core.due_days import DueDays
from studyctl.core.memory import Memory, Model, Rating, State
from studyctl.core.time import from_date

MANY = 2_000  # answers from which on arrays are faster, their import included
_PLACES = 500  # values in one statement; SQLite allows no more than 999 everywhere
LONGEST = 60_000  # ms; who takes longer for a card has left the chair


_DUE = tuple(
    Memory._fields.index(name) + 2 for name in ("state", "stability", "due_day", "last_day", "reviews")
)  # places in a row of `memory`, behind topic and card


class Answer(NamedTuple):
    """An answer that counts; `card` is the number of the card's name of today."""

    card: int
    at: int
    id: str
    row: int
    day: int
    rating: int
    ms: int | None
    offset: int


class Story(NamedTuple):
    """All that the journal says of one card; answers before `since` are history only."""

    card: int
    answers: Sequence[Answer]
    since: int
    suspended: bool
    buried_until: int
    resets: Sequence[tuple[int, int]] = ()  # where in the answers, and when


class Folding:
    """Tells memories from the rows of one cache."""

    def __init__(
        self,
        db: sqlite3.Connection,
        model: Callable[[], Model],
        parameters: tuple[float, ...],
        retention: Callable[[str], float],
        day_starts_at: int,
        due_days: DueDays,
    ) -> None:
        self._db = db
        self.due_days = due_days
        self.model = model
        self.parameters = parameters
        self.retention = retention
        self.day_starts_at = day_starts_at

    def retell(self, touched: Touched) -> None:
        """Tell the memories of the touched cards again, from their first answer."""
        if touched.everything and self._count() >= MANY:
            from studyctl.adapters.history_bulk import retell_all  # noqa: PLC0415 (loads numpy)

            retell_all(self._db, self, touched.answers)
            return
        homes = self._every_home() if touched.everything else self.homes(touched.cards)
        stories = list(self.stories(homes))
        names = self.names(homes)
        if touched.everything:
            self._db.execute("DELETE FROM memory")
        gone = [(topic_of(name), name) for name in names.values()]
        self._db.executemany("DELETE FROM memory WHERE topic = ? AND card = ?", gone)
        if sum(len(story.answers) for story in stories) < MANY:
            rows = [self._row(names[story.card], story) for story in stories]
        else:
            from studyctl.adapters.history_bulk import rows_of_many  # noqa: PLC0415

            rows = list(rows_of_many(stories, names, self))
        self.insert(rows)

    def _count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM review").fetchone()[0])

    def _every_home(self) -> set[int]:
        return {home for (home,) in self._db.execute("SELECT home FROM card_name")}

    def insert(self, rows: Iterable[Sequence[object]]) -> None:
        """Add rows to `memory`; here it is decided on which day each card in review comes back."""
        self._db.executemany(f"INSERT INTO memory VALUES ({', '.join('?' * 18)})", map(self._settled, rows))

    def _settled(self, row: Sequence[Any]) -> Sequence[Any]:
        state, stability, due, last, reviews = (row[place] for place in _DUE)
        if state != State.REVIEW:
            return row
        told = self.due_days.day(row[1], reviews, last, due - last, stability)
        return row if told == due else (*row[: _DUE[2]], told, *row[_DUE[2] + 1 :])

    def homes(self, cards: Iterable[int]) -> set[int]:
        """The cards of today that names of the journal mean, and these names themselves, which may have meant one."""
        told = set(cards)
        for part in _parts(told):
            told |= {home for (home,) in self._ask("SELECT home FROM card_name WHERE key IN ({})", part)}
        return told

    def names(self, homes: Iterable[int]) -> dict[int, str]:
        """The names of cards by their numbers."""
        told: dict[int, str] = {}
        for part in _parts(homes):
            told.update(self._ask("SELECT key, raw FROM card_name WHERE key IN ({})", part))
        return told

    def stories(self, homes: Iterable[int]) -> Iterator[Story]:
        """The stories of cards that have one; rows are marked as counting or not on the way."""
        for part in _parts(homes):
            answers = self._answers(part)
            marks = self._marks(part)
            for card in sorted(answers.keys() | marks.keys()):
                story = _story(card, answers.get(card, []), marks.get(card, []))
                if story.answers or story.suspended or story.buried_until:
                    yield story

    def _answers(self, homes: Sequence[int]) -> dict[int, list[Answer]]:
        sql = """
            SELECT n.home, r.at, r.id, r.row, r.day, r.rating, r.ms, r.offset, r.counts,
                   EXISTS (SELECT 1 FROM undone u WHERE u.id = r.id)
                   OR EXISTS (SELECT 1 FROM card_name m JOIN undone_review u ON u.card = m.key
                              WHERE m.home = n.home AND u.at = r.at)
            FROM card_name n JOIN review r ON r.card = n.key
            WHERE n.home IN ({}) AND NOT r.copy ORDER BY n.home, r.at, r.id, r.row
        """
        told: dict[int, list[Answer]] = {}
        moved: list[tuple[bool, int]] = []
        for (home, _), same in groupby(self._ask(sql, homes), lambda row: row[:2]):
            rows = list(same)
            undone = any(row[-1] for row in rows)
            for place, row in enumerate(rows):
                counts = place == 0 and not undone
                if counts != row[-2]:
                    moved.append((counts, row[3]))
            if not undone:
                told.setdefault(home, []).append(Answer(*rows[0][:8]))
        self._db.executemany("UPDATE review SET counts = ? WHERE row = ?", moved)
        return told

    def _marks(self, homes: Sequence[int]) -> dict[int, list[tuple[int, str, str, str]]]:
        """Resets, suspensions and burials of cards, in order of time."""
        sql = """
            SELECT n.home, e.at, e.id, e.do, e.line FROM card_name n JOIN event e ON e.card = n.key
            WHERE n.home IN ({}) AND NOT e.copy AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.id = e.id)
            ORDER BY e.at, e.id
        """
        told: dict[int, list[tuple[int, str, str, str]]] = {}
        for home, *mark in self._ask(sql, homes):
            at, name, do, line = mark
            told.setdefault(home, []).append((at, name, do, line))
        return told

    def _row(self, name: str, story: Story) -> Sequence[object]:
        retention = self.retention(topic_of(name))
        memory = None
        for memory in memories(story, self.model, retention):  # noqa: B007
            pass
        return row_of_memory(name, story, memory, retention)

    def _ask(self, sql: str, values: Sequence[int]) -> Iterable[Any]:
        return self._db.execute(sql.format(", ".join("?" * len(values))), values)


def memories(story: Story, model: Callable[[], Model], retention: float) -> Iterator[Memory]:
    """The memory after each answer that is not before a reset."""
    memory = None
    for answer in story.answers[story.since :]:
        rating = Rating(answer.rating)
        memory = model().after(memory, rating, ms=answer.at, day=answer.day, retention=retention)
        yield memory


def row_of_memory(name: str, story: Story, memory: Memory | None, retention: float) -> Sequence[object]:
    """The row of `memory` that tells a card."""
    told = memory or (State.NEW, *[None] * 7, 0, 0)
    timed = [min(answer.ms, LONGEST) for answer in story.answers if answer.ms is not None]
    first = story.answers[0].day if story.answers else None
    marks = (story.suspended, story.buried_until)
    return (topic_of(name), name, *told, first, len(timed), sum(timed), *marks, retention)


def topic_of(card: str) -> str:
    """The topic in a card's id."""
    return card.partition("/")[0]


def _story(card: int, answers: Sequence[Answer], marks: Iterable[tuple[int, str, str, str]]) -> Story:
    resets: list[tuple[int, int]] = []
    suspended, until = False, 0
    for at, name, do, line in marks:
        if do == "reset":
            resets.append((sum((answer.at, answer.id) < (at, name) for answer in answers), at))
        elif do in {"suspended", "unsuspended"}:
            suspended = do == "suspended"
        elif do == "buried":
            until = _day(line)
    since = resets[-1][0] if resets else 0
    return Story(card, answers, since, suspended, until, resets)


def _day(line: str) -> int:
    """Until when a card is buried; 0 for a date that is none."""
    try:
        return from_date(date.fromisoformat(json.loads(line)["until"]))
    except (ValueError, KeyError, TypeError):
        return 0


def _parts(values: Iterable[int]) -> Iterator[list[int]]:
    """The values, sorted, in portions that fit into one statement."""
    told = sorted(values)
    for start in range(0, len(told), _PLACES):
        yield told[start : start + _PLACES]
