"""The history: what the journal says, kept as rows in the cache and asked for in many ways.

`sync` reads what is new in the journal's files and tells again the memories of the cards that it
concerns; everything else only asks. Answers to cards are rows (`Review`); all other events come out
as they were recorded (`events`). Card ids are those of today: a card or topic that was renamed keeps
its history.

The cache is never trusted with anything: should it fail in the midst of a command, the history goes
on in memory, from the files.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from studyctl.adapters import cache
from studyctl.adapters.bulk import bulk
from studyctl.adapters.history_anki import AnkiPast
from studyctl.adapters.history_fold import Folding, topic_of
from studyctl.adapters.history_intake import Intake
from studyctl.adapters.history_log import logs, replay
from studyctl.adapters.history_names import Aliases, CardNames, Settings, Touched
from studyctl.adapters.history_notices import notices
from studyctl.adapters.history_past import Recorded, last_batch
from studyctl.adapters.history_tables import DUE, MEMORY, SCHEMA, drop, memory_of
from studyctl.adapters.history_tuned import agreed, keep, kept
from studyctl.adapters.history_whole import Whole, has_pow
from studyctl.adapters.journal_events import events_of_rows
from studyctl.core.answers import Log, Review
from studyctl.core.due_days import DueDays
from studyctl.core.events import Event, Fact
from studyctl.core.memory import Memory, Model, TopicMemory, decay_factor

if TYPE_CHECKING:
    from studyctl.adapters.journal import Appended, Journal

__all__ = ["SCHEMA", "History", "Review"]

T = TypeVar("T")
_MANY = 1_000  # facts from which on reading all that is recorded is faster than looking each up


class History:
    """The journal as rows, up to date after `sync`."""

    def __init__(
        self,
        db: sqlite3.Connection,
        journal: Journal,
        *,
        aliases: Callable[[], Aliases],
        day_starts_at: int,
        retention: Callable[[str], float],
        fingerprint: str,
        weekdays: Sequence[float] | None = None,
    ) -> None:
        """A history over `journal` with its rows in `db`.

        `aliases` gives today's ids by earlier ones, of topics and of cards; `retention` the desired
        retention of a topic; `fingerprint` changes whenever any of these may answer otherwise;
        `weekdays` are as in `DueDays`.
        """
        self._db = db
        self._journal = journal
        self._settings = Settings(aliases, retention, day_starts_at, fingerprint, weekdays)
        self._unreadable: dict[str, str] = {}
        self._kept_model: Model | None = None

    # keeping up

    def sync(self) -> None:
        """Read what is new in the journal's files."""
        self._guarded(self._sync)

    def record(self, facts: Sequence[Fact], batch: str | None = None) -> list[Event]:
        """Append facts to the journal; their events are on the disk, and here, when this returns.

        An answer that was recorded already comes back as it was recorded, without a batch.
        """
        told = self._journal.append(facts, batch, lambda: self._past(many=len(facts) > _MANY))
        self._guarded(lambda: self._sync(told))
        return told.events

    def notices(self) -> tuple[str, ...]:
        """What the learner should know of the journal's files: unreadable, damaged, of a newer version."""
        return notices(self._ask, self._journal.folder, self._unreadable)

    def _sync(self, told: Appended | None = None) -> None:
        """Read what is new; `told` by this process just now need not be read."""
        names = CardNames(self._db, self._settings.today)
        intake = Intake(self._db, self._journal.folder, self._settings.day_starts_at, names)
        if self._settings.are_in(self._db) and intake.is_current():
            return
        much = cache.transaction_of_much if intake.is_much() else cache.transaction
        with bulk(), much(self._db):
            touched = Touched()
            if not self._settings.are_in(self._db):
                touched = self._settings.adopt(self._db, names)
            intake.run(touched, told)
            if (terms := agreed(self._db)) != kept(self._db):
                keep(self._db, terms)
                touched.everything, self._kept_model = True, None
            if touched:
                self._folding().retell(touched)
        self._unreadable = intake.unreadable

    def _guarded(self, do: Callable[[], T]) -> T:
        """Do something with the cache; where it fails, begin anew, and do it then."""
        try:
            return do()
        except cache.DAMAGES as problem:
            self._begin_anew(cache.is_damage(problem))
            return do()

    def _begin_anew(self, damaged: bool) -> None:
        """Read the journal from its beginning: into the cache if it can be mended, else into memory."""
        if damaged:
            try:
                with cache.transaction(self._db):
                    drop(self._db)
                    cache.create(self._db, SCHEMA)
                self._sync()
            except cache.DAMAGES:
                path = cache.path_of(self._db)
                if path is not None:
                    cache.discard(path)
            else:
                return
        self._db = cache.in_memory(SCHEMA)
        self._sync()

    def _past(self, *, many: bool) -> Recorded:
        self.sync()
        return Recorded(self._ask, self._journal.own.name, self._settings.today, many=many)

    def _folding(self) -> Folding:
        wanted = self._settings
        return Folding(
            self._db, self._model, self.parameters, wanted.retention, wanted.day_starts_at, self.due_days
        )

    def _model(self) -> Model:
        if self._kept_model is None:
            from studyctl.adapters.fsrs_model import FsrsModel  # noqa: PLC0415 (loads py-fsrs)

            self._kept_model = FsrsModel(self.parameters)
        return self._kept_model

    def _ask(self, sql: str, *values: object) -> list[Any]:
        rows: list[Any] = self._guarded(lambda: self._db.execute(sql, values).fetchall())
        return rows

    # events

    def events(self, *, agreed: bool = False) -> list[Event]:
        """All events but answers and undoings, those that were undone left out, in the order of the fold.

        What was agreed with Anki is much text, and only told if `agreed`.
        """
        left = "('undone')" if agreed else "('undone', 'agreed')"
        sql = f"""
            SELECT line FROM event WHERE NOT copy AND do NOT IN {left}
            AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.id = event.id) ORDER BY at, id
        """
        return self._guarded(lambda: events_of_rows(self._db.execute(sql)))

    def last_batch(self) -> list[Event]:
        """What this device's last batch that is not yet undone recorded; empty if there is none."""
        return last_batch(self._journal.own, self.is_undone)

    def is_undone(self, event: Event) -> bool:
        """Whether an event was taken back, under its own id or as the same answer under another."""
        if self._ask("SELECT 1 FROM undone WHERE id = ?", event.id):
            return True
        if event.do != "reviewed":
            return False
        return not self._ask(
            "SELECT 1 FROM card_name n JOIN card_name h ON h.key = n.home JOIN review r ON r.card = n.key"
            " WHERE h.raw = ? AND r.at = ? AND r.counts",
            self._settings.today(str(event.facts["card"])),
            event.at,
        )

    # memories

    @property
    def parameters(self) -> tuple[float, ...]:
        """The parameters of the memory model that are in force."""
        return kept(self._db).parameters

    @property
    def due_days(self) -> DueDays:
        """On which days cards come back."""
        parameters, eased = kept(self._db)
        return DueDays(self._settings.weekdays, eased, parameters[20])

    @property
    def whole(self) -> Whole:
        """Everything at once, for what looks at a whole life."""
        return Whole(self._ask)

    def memory(self, card: str) -> Memory | None:
        """What is remembered of a card; None if it was never seen."""
        sql = f"SELECT {MEMORY} FROM memory WHERE topic = ? AND card = ? AND reviews"
        return next((memory_of(row) for row in self._ask(sql, topic_of(card), card)), None)

    def memories(self) -> dict[str, Memory]:
        """What is remembered of every card that was seen."""
        return {
            card: memory_of(row)
            for card, *row in self._ask(f"SELECT card, {MEMORY} FROM memory WHERE reviews")
        }

    def of_topic(self, topic: str) -> dict[str, Memory]:
        """What is remembered of the seen cards of a topic."""
        sql = f"SELECT card, {MEMORY} FROM memory WHERE topic = ? AND reviews"
        return {card: memory_of(row) for card, *row in self._ask(sql, topic)}

    def suspended(self) -> set[str]:
        """Cards that are not asked until they are taken back in."""
        return {card for (card,) in self._ask("SELECT card FROM memory WHERE suspended")}

    def buried(self, day: int) -> set[str]:
        """Cards that are not asked on this study day."""
        return {card for (card,) in self._ask("SELECT card FROM memory WHERE buried_until > ?", day)}

    def by_topic(self, ms: int, day: int) -> dict[str, TopicMemory]:
        """The seen cards of each topic at this moment."""
        if not has_pow(self._db):
            self._db.create_function("pow", 2, math.pow, deterministic=True)
        sql = f"""
            SELECT topic, count(*), sum({DUE}), sum(pow(1.0 + ?3 * max(0, ?2 - last_day) / stability, ?4))
            FROM memory WHERE reviews AND card NOT IN (SELECT value FROM json_each(?5)) GROUP BY topic
        """
        decay = self.parameters[20]
        rows = self._ask(sql, ms, day, decay_factor(decay), -decay, json.dumps(self.gone()))
        return {topic: TopicMemory(seen, due, total / seen) for topic, seen, due, total in rows}

    def due(self, ms: int, day: int) -> list[tuple[str, Memory]]:
        """Seen cards that are due at this moment, but neither suspended nor buried."""
        rows = self._ask(f"SELECT card, {MEMORY} FROM memory WHERE reviews AND {DUE}", ms, day)
        return [(card, memory_of(row)) for card, *row in rows]

    def gone(self) -> list[str]:
        """Seen cards that no curriculum has now; they count nowhere until they return."""
        try:
            sql = "SELECT card FROM memory WHERE reviews AND card NOT IN (SELECT id FROM card)"
            return [card for (card,) in self._db.execute(sql)]
        except sqlite3.DatabaseError:  # a history without the catalog's tables beside it
            return []

    def introduced(self, day: int) -> int:
        """How many cards were answered for the first time on this study day."""
        return int(self._ask("SELECT count(*) FROM memory WHERE first_day = ?", day)[0][0])

    def introductions(self) -> dict[int, int]:
        """How many cards were answered for the first time on each study day."""
        sql = "SELECT first_day, count(*) FROM memory WHERE reviews GROUP BY first_day"
        return {day: count for day, count in self._ask(sql) if day is not None}

    # answers

    def replay(self, topic: str) -> list[tuple[Review, Memory]]:
        """The answers to a topic's cards in order of time, each with the memory after it."""
        return self._guarded(lambda: replay(self._db, self._folding(), topic))

    def logs(self, topics: Iterable[str]) -> list[Log]:
        """Everything that was answered of the cards of topics, by card."""
        wanted = list(topics)
        return self._guarded(lambda: list(logs(self._db, self._folding(), wanted)))

    @property
    def anki(self) -> AnkiPast:
        """What came from Anki, and what went there."""
        return AnkiPast(self._ask)

    def seconds(self) -> tuple[int, float]:
        """How many answers were timed, and their mean in seconds; none counts for more than a minute."""
        ((count, ms),) = self._ask("SELECT ifnull(sum(timed), 0), ifnull(sum(timed_ms), 0) FROM memory")
        return count, ms / count / 1000 if count else 0.0

    def days(self) -> list[int]:
        """Study days with at least one answer, the first one first."""
        told: list[int] = []
        sql = "SELECT min(day) FROM review WHERE counts AND day > ?"  # one step in the index each
        while (day := self._ask(sql, told[-1] if told else -(1 << 40))[0][0]) is not None:
            told.append(day)
        return told
