"""What the history knows of Anki: what came from there, and what went there under another moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container
from typing import Any

FROM_ANKI = ("anki:", "anki;")  # the ids of events from Anki lie between these two
_HOME = "JOIN card_name n ON n.key = r.card JOIN card_name h ON h.key = n.home"


class AnkiPast:
    """Asks one history what a pull or a push has to know."""

    def __init__(self, ask: Callable[..., list[Any]]) -> None:
        self._ask = ask

    def moments(self) -> dict[str, set[int]]:
        """The moments at which each card was answered, by its id of today; those that were undone included.

        A moment under which Anki has an answer that the journal has under another is one of them.
        """
        told: dict[str, set[int]] = defaultdict(set)
        for table in ("review", "undone_review"):
            for card, at in self._ask(f"SELECT h.raw, r.at FROM {table} r {_HOME}"):
                told[card].add(at)
        return told

    def pulled(self) -> set[tuple[str, int]]:
        """The answers that came from Anki, by the card's id of today and the moment."""
        sql = f"SELECT h.raw, r.at FROM review r {_HOME} WHERE r.id >= ? AND r.id < ?"
        return set(self._ask(sql, *FROM_ANKI))

    def marks(self) -> set[str]:
        """The ids of events from Anki that are no answers; those that were undone included."""
        return {name for (name,) in self._ask("SELECT id FROM event WHERE id >= ? AND id < ?", *FROM_ANKI)}

    def lost(self, known: Container[str]) -> dict[tuple[str, int], str]:
        """Cards that were answered in Anki and are not `known` today, by guid and ord."""
        sql = f"SELECT min(r.id), h.raw FROM review r {_HOME} WHERE r.id >= ? AND r.id < ? GROUP BY n.key"
        told: dict[tuple[str, int], str] = {}
        for name, card in self._ask(sql, *FROM_ANKI):
            if card not in known:
                _, _, rest = name.partition(":")
                guid, number, _ = rest.rsplit(":", 2)
                told[guid, int(number)] = card
        return told
