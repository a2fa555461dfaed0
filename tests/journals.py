"""Homes with a journal, for tests: a history over some files, with a clock that one sets."""

from __future__ import annotations

import itertools
import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studyctl.adapters.cache import in_memory, open_cache
from studyctl.adapters.history import SCHEMA, History
from studyctl.adapters.journal import Journal
from studyctl.core.events import Event, Fact, fact
from studyctl.core.memory import MODEL
from studyctl.core.time import Instant, to_iso

START = 1_795_000_000_000  # 2026-11-18T11:06:40Z, a Wednesday
DAY = 86_400_000


def may_write_everywhere() -> bool:
    """Whether rights mean nothing to this process, as to root's usual ones."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o500)
        return os.access(folder, os.W_OK)


@dataclass
class Home:
    """A folder with a journal and a cache, seen from one device."""

    folder: Path
    device: str = "desk"
    now: int = START
    offset: int = 0
    settings: dict[str, Any] = field(default_factory=dict)
    aliases: tuple[dict[str, str], dict[str, str]] = ({}, {})
    cache: str | None = "cache.sqlite"

    @property
    def files(self) -> Path:
        return self.folder / "journal"

    @property
    def own(self) -> Path:
        return self.files / f"{self.device}.jsonl"

    def journal(self) -> Journal:
        return Journal(self.files, lambda: self.device, lambda: Instant(self.now, self.offset))

    def history(self) -> History:
        """A history as a new command would open it."""
        cache = open_cache(self.folder / self.cache, SCHEMA) if self.cache else in_memory(SCHEMA)
        how = {"day_starts_at": 4, "retention": 0.9} | self.settings
        retention = how["retention"]
        history = History(
            cache,
            self.journal(),
            aliases=lambda: self.aliases,
            day_starts_at=how["day_starts_at"],
            retention=retention if callable(retention) else lambda topic: retention,
            fingerprint=repr((self.aliases, self.settings)),
        )
        history.sync()
        return history

    def rate(self, card: str, rating: int = 3, **how: Any) -> Event:
        """Record an answer now; the clock goes on by a minute."""
        (event,) = self.history().record([answer(card, rating, **how)])
        self.now += 60_000
        return event

    def write(self, *lines: str | bytes | dict[str, Any], name: str = "phone.jsonl", end: str = "\n") -> Path:
        """Append lines to the file of another device."""
        self.files.mkdir(parents=True, exist_ok=True)
        path = self.files / name
        with path.open("ab") as file:
            for line in lines:
                text = json.dumps(line) if isinstance(line, dict) else line
                file.write((text if isinstance(text, bytes) else text.encode()) + end.encode())
        return path


def answer(card: str, rating: int = 3, at: int | None = None, ms: int | None = None) -> Fact:
    """The fact that a card was answered."""
    return fact("reviewed", at=at, card=card, rating=rating, ms=ms, model=MODEL)


_numbers = itertools.count()


def line(do: str = "reviewed", at: int = START, **keys: Any) -> dict[str, Any]:
    """A line of a journal; the id can be given, and everything else, too."""
    usual: dict[str, Any] = {"card": "t/a", "rating": 3} if do == "reviewed" else {}
    name = f"e{next(_numbers):06d}"
    return {"v": 1, "id": name, "at": to_iso(at), "offset": 0, "batch": name, "do": do} | usual | keys


def undone(*events: Event) -> Fact:
    """The fact that takes events back, as `undo` records it."""
    reviews = [[one.facts["card"], to_iso(one.at)] for one in events if one.do == "reviewed"]
    return fact("undone", events=[one.id for one in events], reviews=reviews)


def everything(history: History) -> dict[str, Any]:
    """All that a history tells, for comparing two of them."""
    memories = history.memories()
    topics = sorted({card.partition("/")[0] for card in memories})
    day = START // DAY
    return {
        "memories": memories,
        "events": history.events(),
        "suspended": history.suspended(),
        "buried": history.buried(day),
        "topics": history.by_topic(START + 30 * DAY, day + 30),
        "due": sorted(history.due(START + 30 * DAY, day + 30)),
        "introduced": [history.introduced(day + n) for n in range(-5, 60)],
        "replay": {topic: history.replay(topic) for topic in topics},
        "seconds": history.seconds(),
        "days": history.days(),
    }
