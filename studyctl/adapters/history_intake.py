"""From the files of the journal into rows: only what is new.

Files are read from where they were left; a file that shrank, was replaced or is gone takes its
rows with it. The result is `Touched`: the cards whose memory has to be told again.
"""

from __future__ import annotations

import os
import sqlite3
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from studyctl.adapters.history_names import CardNames, Columns, Touched
from studyctl.adapters.history_settle import Settling
from studyctl.adapters.history_tables import INDEXES, row_of, rows_of, study_day_sql
from studyctl.adapters.journal_mark import Mark
from studyctl.adapters.journal_reader import Harvest, NewLines, Reviews

if TYPE_CHECKING:
    from studyctl.adapters.journal import Appended

_MANY = 1_000  # answers from which on it is worth not to read what one has written
_MUCH = 4 << 20  # new bytes from which on indexes are made anew, if there is less than that already


class Intake:
    """Brings the rows of a journal folder up to date."""

    def __init__(self, db: sqlite3.Connection, folder: Path, day_starts_at: int, names: CardNames) -> None:
        self._db = db
        self._folder = folder
        self._day_starts_at = day_starts_at
        self._names = names
        self._unreadable: dict[str, str] = {}
        self._touched = Touched()
        self._new: list[tuple[int, int]] = []  # first and last row of each stretch that was added
        self._undo = False
        self._told: Appended | None = None

    @property
    def unreadable(self) -> dict[str, str]:
        """Files that cannot be opened, and why; their events are missing."""
        return self._unreadable

    def is_current(self) -> bool:
        """Whether no file has changed since the last run; looks at nothing but their names and times."""
        known = self._known()
        files = self._files()
        return known.keys() == files.keys() and all(
            known[name][1].is_of(stat) for name, stat in files.items()
        )

    def is_much(self) -> bool:
        """Whether there is more to read than was read up to now, and that is much."""
        known, files = self._known(), self._files()
        old = {name: mark.read for name, (_, mark) in known.items()}
        fresh = sum(max(0, stat.st_size - old.get(name, 0)) for name, stat in files.items())
        return fresh > max(_MUCH, sum(old.values()))

    def run(self, touched: Touched, told: Appended | None = None) -> None:
        """Read what is new, within a transaction; `touched` gets the cards whose memory it changes.

        What this process has `told` the journal just now is taken as it is, if it stands where reading goes on.
        """
        self._told = told
        self._touched, self._new, self._undo = touched, [], False
        bulk = self.is_much()
        known, files = self._known(), self._files()
        for name in known.keys() - files.keys():
            self._forget(known[name][0], gone=True)
        changed = [
            name for name, stat in files.items() if name not in known or not known[name][1].is_of(stat)
        ]
        if bulk:
            self._touched.everything = True
            self._names.load()
            if not self._db.execute("SELECT 1 FROM review LIMIT 1").fetchone():
                touched.answers = Columns(*(array("q") for _ in Columns._fields))
            for index in INDEXES:
                self._db.execute(f"DROP INDEX IF EXISTS {index}")
        for name in sorted(changed):  # the same files give the same rows on every machine
            self._read(name, *known.get(name, (None, Mark())))
        self._names.flush()
        if bulk:
            for index, what in INDEXES.items():
                self._db.execute(f"CREATE INDEX {index} ON {what}")
        settle = Settling(self._db, self._folder, self._names, self._touched)
        if self._new and settle.copies(self._new):
            self._undo = True
            touched.answers = None  # not all of them count
        if self._undo:
            settle.undone()

    def _files(self) -> dict[str, os.stat_result]:
        found: dict[str, os.stat_result] = {}
        try:
            with os.scandir(self._folder) as entries:
                for entry in entries:
                    if entry.name.endswith(".jsonl") and not entry.name.startswith("."):
                        try:
                            if entry.is_file():
                                found[entry.name] = entry.stat()
                        except FileNotFoundError:  # gone since the folder was read
                            continue
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as problem:
            from studyctl.adapters.journal import JournalError  # noqa: PLC0415 (reading does without it)

            raise JournalError(
                f"the journal cannot be read: {self._folder}: {problem.strerror or problem}",
                "studyctl config shows where the journal is",
            ) from problem
        return found

    def _known(self) -> dict[str, tuple[int, Mark]]:
        sql = "SELECT name, key, size, mtime, inode, read, lines, crc, head, tail FROM journal_file"
        return {name: (key, Mark(*mark)) for name, key, *mark in self._db.execute(sql)}

    def _forget(self, key: int, *, gone: bool) -> None:
        """Take the rows of a file away."""
        self._touched.everything = True
        self._undo = True
        span = rows_of(key)
        self._db.execute("DELETE FROM review WHERE row BETWEEN ? AND ?", span)
        self._db.execute("DELETE FROM event WHERE row BETWEEN ? AND ?", span)
        self._db.execute("DELETE FROM journal_notice WHERE file = ?", (key,))
        if gone:
            self._db.execute("DELETE FROM journal_file WHERE key = ?", (key,))
        else:
            self._db.execute("UPDATE journal_file SET latest = NULL WHERE key = ?", (key,))
        # What was a copy of a line that is gone counts now; and so does the next to be a copy.
        self._db.execute("UPDATE review SET copy = 0 WHERE copy")
        self._db.execute("UPDATE event SET copy = 0 WHERE copy")
        self._new.append((0, row_of(1 << 22, 0)))

    def _read(self, name: str, key: int | None, mark: Mark) -> None:
        path = self._folder / name
        try:
            file = path.open("rb")
        except FileNotFoundError:  # gone since the folder was read; the next command sees it
            return
        except OSError as problem:
            self._unreadable[name] = problem.strerror or str(problem)
            if key is not None:
                self._forget(key, gone=True)
            return
        with file:
            stat = os.fstat(file.fileno())
            if key is not None and not mark.holds(file, stat):
                self._forget(key, gone=False)
                mark = Mark()
            if key is None:
                key = self._db.execute(
                    "INSERT INTO journal_file (name, size, mtime, inode, read, lines, crc, head, tail)"
                    " VALUES (?, 0, 0, 0, 0, 0, 0, x'', x'')",
                    (name,),
                ).lastrowid
                assert key is not None
            lines = NewLines(file, stat, mark)
            self._take_told(key, lines)
            for harvest in lines:
                self._add(key, harvest)
        if lines.mark.lines > mark.lines:
            self._new.append((row_of(key, mark.lines + 1), row_of(key, lines.mark.lines)))
        self._db.execute(
            "UPDATE journal_file SET size=?, mtime=?, inode=?, read=?, lines=?, crc=?, head=?, tail=? WHERE key=?",
            (*lines.mark, key),
        )

    def _take_told(self, file: int, lines: NewLines) -> None:
        """Take many answers that were written just now from their events, if their lines are the next ones."""
        told = self._told
        if told is None or len(told.new) < _MANY or any(event.do != "reviewed" for event in told.new):
            return
        first = lines.mark.lines + 1
        if lines.passes(told.place, told.lines, len(told.new)):
            names, ats, offsets, _, _, facts = zip(*told.new, strict=True)
            cards, ratings, times = ([fact.get(key) for fact in facts] for key in ("card", "rating", "ms"))
            numbers = range(first, first + len(names))
            self._add_reviews(file, Reviews(numbers, names, cards, ats, offsets, ratings, times))

    def _add(self, file: int, harvest: Harvest) -> None:
        for reviews in harvest.reviews():
            self._add_reviews(file, reviews)
        for other in harvest.others:
            key = None if other.card is None else self._names[other.card]
            if key is not None:
                self._touched.cards.add(key)
            self._undo = self._undo or other.do in {"undone", "shifted"}
            self._db.execute(
                "INSERT INTO event (row, id, at, do, card, line) VALUES (?, ?, ?, ?, ?, ?)",
                (row_of(file, other.line), other.id, other.at, other.do, key, other.text),
            )
        if harvest.damaged or harvest.strange:
            self._notice(file, harvest)

    def _add_reviews(self, file: int, reviews: Reviews) -> None:
        line, name, card, *rest = reviews
        keys = list(map(self._names.__getitem__, card))
        self._db.executemany(
            "INSERT INTO review (row, id, card, at, offset, rating, ms, day)"
            f" VALUES (?1 + {row_of(file, 0)}, ?2, ?3, ?4, ?5, ?6, ?7,"
            f" {study_day_sql('?4', '?5', self._day_starts_at)})",
            zip(line, name, keys, *rest, strict=True),
        )
        self._db.execute(
            "UPDATE journal_file SET latest = max(ifnull(latest, ?1), ?1) WHERE key = ?2",
            (max(reviews.at), file),
        )
        if not self._touched.everything:
            self._touched.cards.update(keys)
        if self._touched.answers is not None:
            self._touched.answers.add(keys, reviews.at, reviews.offset, reviews.rating, reviews.ms)

    def _notice(self, file: int, harvest: Harvest) -> None:
        """Keep the place of every damaged line, and the first place of everything strange."""
        self._db.executemany(
            "INSERT OR IGNORE INTO journal_notice (file, damaged, what, line) VALUES (?, 1, ?, ?)",
            [(file, what, line) for line, what in harvest.damaged],
        )
        firsts: dict[str, int] = {}
        for line, what in harvest.strange:
            firsts.setdefault(what, line)
        for what, line in firsts.items():
            self._db.execute(
                "INSERT INTO journal_notice (file, damaged, what, line) SELECT ?1, 0, ?2, ?3 WHERE NOT EXISTS"
                " (SELECT 1 FROM journal_notice WHERE file = ?1 AND damaged = 0 AND what = ?2)",
                (file, what, line),
            )
