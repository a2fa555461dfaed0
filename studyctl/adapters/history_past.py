"""What was recorded before: for the writer of the journal, and for `undo`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from studyctl.adapters.history_anki import FROM_ANKI, AnkiPast
from studyctl.adapters.history_tables import rows_of
from studyctl.adapters.journal_events import event_of, to_event
from studyctl.core.events import Event

__all__ = ["Recorded", "last_batch"]

_IDS = "SELECT id FROM review WHERE id >= ? AND id < ?"
_ELSEWHERE = frozenset({"shifted", "written", "agreed"})  # events of what is so outside of the journal
_BLOCK = 1 << 16  # bytes read at once, from the end


class Recorded:
    """What is recorded already, looked up in the cache; see `studyctl.adapters.journal.Past`."""

    def __init__(
        self, ask: Callable[..., list[Any]], own: str, today: Callable[[str], str], *, many: bool = False
    ) -> None:
        """`many` answers will be looked for: then what is there is read at once, instead of one by one."""
        self._ask = ask
        self._own = own
        self._today = cache(today) if many else today
        self._moments = AnkiPast(ask).moments() if many else None
        self._ids = {name for (name,) in ask(_IDS, *FROM_ANKI)} if many else set()

    def latest(self, before: int) -> int | None:
        """The moment of the latest review in this device's file that is earlier than `before`, in ms."""
        rows = self._ask("SELECT key, latest FROM journal_file WHERE name = ?", self._own)
        if not rows:
            return None
        ((key, latest),) = rows
        if latest is None or latest < before:
            return int(latest) if latest is not None else None
        sql = (
            "SELECT max(at) FROM review WHERE row BETWEEN ? AND ? AND at < ?"  # of all, which is rarely asked
        )
        ((told,),) = self._ask(sql, *rows_of(key), before)
        return int(told) if told is not None else None

    def find(self, card: str, at: int, name: str | None) -> Event | None:
        """The review of `card` at the moment `at`, or the event whose id is `name`, wherever it is."""
        if (
            self._moments is not None
            and card
            and name not in self._ids
            and at not in self._moments.get(self._today(card), ())
        ):
            return None
        select = "SELECT r.id, r.at, r.offset, n.raw, r.rating, r.ms FROM card_name n JOIN review r ON r.card = n.key"
        rows = self._ask(f"{select} WHERE r.id = ? AND NOT r.copy", name) if name else []
        if not rows and card:
            home = "(SELECT home FROM card_name WHERE raw = ?)"
            rows = self._ask(
                f"{select} WHERE n.home = {home} AND r.at = ? ORDER BY r.id", self._today(card), at
            )
        for id_, at_, offset, raw, rating, ms in rows:
            facts = {"card": raw, "rating": rating, "ms": ms}
            return Event(
                id_,
                at_,
                offset,
                "",
                "reviewed",
                {key: fact for key, fact in facts.items() if fact is not None},
            )
        lines = self._ask("SELECT line FROM event WHERE id = ? AND NOT copy", name) if name else []
        return to_event(lines[0][0]) if lines else None


def last_batch(path: Path, is_undone: Callable[[Event], bool]) -> list[Event]:
    """The events of the last batch in a file that is not yet undone, undo batches excepted, as they were written.

    What stands in Anki, or went into a package, does so whatever is undone here: such events are passed over.
    """
    passed: set[str] = set()
    for line in _lines_from_the_end(path):
        event = event_of(line)
        if event is None or event.batch in passed or event.do in {"undone", *_ELSEWHERE} or is_undone(event):
            continue
        whole = _batch(path, event.batch)
        found = [event for event in whole if event.do not in _ELSEWHERE and not is_undone(event)]
        if any(event.do == "undone" for event in found):
            passed.add(event.batch)
            continue
        return found
    return []


def _batch(path: Path, batch: str) -> Iterator[Event]:
    """All events of a batch; other processes may have written between them."""
    mark = json.dumps(batch, ensure_ascii=False).encode()
    with path.open("rb") as file:
        for line in file:
            if mark in line and (event := event_of(line)) and event.batch == batch:
                yield event


def _lines_from_the_end(path: Path) -> Iterator[bytes]:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        place = file.seek(0, 2)
        rest = b""
        while place:
            start = max(0, place - _BLOCK)
            file.seek(start)
            first, *lines = (file.read(place - start) + rest).split(b"\n")
            yield from reversed(lines)
            rest, place = first, start
        yield rest
