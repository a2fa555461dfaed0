"""What a verb may open: settings, curriculum, history, clock and screen, each on first use.

Everything that a command learns from outside comes through its workspace, so that a test can
hand it another home, another clock and another screen.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from studyctl.cli import screen
from studyctl.cli.clock import instant
from studyctl.cli.names import topic_named
from studyctl.cli.places import Places
from studyctl.cli.progress import progress
from studyctl.core.events import Event, Fact
from studyctl.core.time import Instant, study_day

if TYPE_CHECKING:
    import sqlite3

    from studyctl.adapters.catalog import Catalog
    from studyctl.adapters.history import History
    from studyctl.cli.preferences import Preferences
    from studyctl.core.learner import Learner
    from studyctl.core.outline import Outline

JSON_VERSION = 1


@dataclass(frozen=True, slots=True)
class Options:
    """The global options, as they were given."""

    curricula: tuple[str, ...] = ()
    builtin: bool = True
    now: str | None = None
    color: str | None = None
    debug: bool = False


@dataclass(slots=True)
class Workspace:
    """The one thing that a command opens."""

    options: Options = Options()
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _kept: dict[str, Any] = field(default_factory=dict)

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """The value that `make` gives, made at most once under this name."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]

    # places

    @property
    def places(self) -> Places:
        """Where everything is."""
        places: Places = self.once(
            "places", lambda: Places(self.options.curricula, self.options.builtin, self.environ)
        )
        return places

    @property
    def home(self) -> Path:
        """The learner's folder; it is made at the first write, not before."""
        return self.places.home

    @property
    def roots(self) -> tuple[Path, ...]:
        """The curriculum folders, each adding to those before it."""
        return self.places.roots

    # clock

    def clock(self) -> Instant:
        """The moment now, or the one that was given instead."""
        return instant(self.options.now or self.environ.get("STUDYCTL_NOW"))

    @property
    def now(self) -> Instant:
        """The moment at which this command began."""
        now: Instant = self.once("now", self.clock)
        return now

    @property
    def today(self) -> int:
        """The study day of `now`."""
        return study_day(self.now.ms, self.now.offset, self.settings.day_starts_at)

    # what is known

    @property
    def cache(self) -> sqlite3.Connection:
        """The cache, ready to be asked."""

        def connect() -> sqlite3.Connection:
            from studyctl.adapters import cache, catalog, history, kept_config  # noqa: PLC0415

            return cache.open_cache(self.places.cache, catalog.SCHEMA + history.SCHEMA + kept_config.SCHEMA)

        connection: sqlite3.Connection = self.once("cache", connect)
        return connection

    @property
    def settings(self) -> Preferences:
        """The settings in force, with where each comes from."""

        def load() -> Preferences:
            from studyctl.cli.preferences import load  # noqa: PLC0415

            return load(self.home / "config.yaml", self.environ, self.cache, self.note)

        preferences: Preferences = self.once("settings", load)
        return preferences

    @property
    def catalog(self) -> Catalog:
        """The curriculum, brought up to date with its files."""

        def load() -> Catalog:
            from studyctl.adapters.catalog import Catalog  # noqa: PLC0415

            with progress(self, "Reading the curriculum") as tick:
                catalog = Catalog(self.cache, self.roots, tick)
                catalog.sync()
            left_out = catalog.left_out()
            if left_out:
                told = "file has errors and stays" if len(left_out) == 1 else "files have errors and stay"
                self.note(f"{len(left_out)} curriculum {told} out; try: studyctl check")
            return catalog

        catalog: Catalog = self.once("catalog", load)
        return catalog

    @property
    def outline(self) -> Outline:
        """The prerequisite graph."""
        outline: Outline = self.once("outline", self.catalog.outline)
        return outline

    @property
    def history(self) -> History:
        """The journal and what is told from it, brought up to date with its files."""

        def load() -> History:
            from studyctl.adapters.device import device_name  # noqa: PLC0415
            from studyctl.adapters.history import History  # noqa: PLC0415
            from studyctl.adapters.journal import Journal  # noqa: PLC0415

            catalog, settings = self.catalog, self.settings
            journal = Journal(self.home / "journal", lambda: device_name(self.home, self.environ), self.clock)
            history = History(
                self.cache,
                journal,
                aliases=lambda: (catalog.topic_aliases(), catalog.card_aliases()),
                day_starts_at=settings.day_starts_at,
                retention=self.retention,
                weekdays=settings.weekdays,
                fingerprint=f"{settings.fingerprint} {catalog.names_version()}",
            )
            history.sync()
            for notice in history.notices():
                self.note(notice)
            return history

        history: History = self.once("history", load)
        return history

    def retention(self, topic: str) -> float:
        """The desired retention of a topic: its own, its track's, its area's, or the default."""
        wanted = self.settings.desired_retention
        if not isinstance(wanted, dict):
            return wanted
        table: dict[str, float] = self.once("retention", lambda: self._retention_table(wanted))
        return table.get(topic, wanted.get("default", 0.90))

    def _retention_table(self, wanted: Mapping[str, float]) -> dict[str, float]:
        table = {line.id: wanted[line.area] for line in self.outline.lines if line.area in wanted}
        for track, topics in self.catalog.paths().items():
            if track in wanted:
                table.update(dict.fromkeys(topics, wanted[track]))
        table.update({line.id: wanted[line.id] for line in self.outline.lines if line.id in wanted})
        return table

    def learner(self) -> Learner:
        """The state of topics, sessions and goals."""

        def load() -> Learner:
            from studyctl.core.fold import fold  # noqa: PLC0415

            return fold(
                self.history.events(),
                aliases=self.catalog.topic_aliases(),
                cards_from=self.settings.cards_from,
                session_cap=self.settings.session_cap,
            )

        learner: Learner = self.once("learner", load)
        return learner

    def record(self, facts: Sequence[Fact], batch: str | None = None) -> list[Event]:
        """Append facts to the journal; they are on the disk when this returns."""
        first = not self.home.exists()
        if any(one.do in ("done", "known") for one in facts) and self.learner().practising:
            from studyctl.cli.practising import easing  # noqa: PLC0415

            facts = [*facts, *easing(self, facts)]
        events = self.history.record(facts, batch)
        for name in ("learner", "hidden", "memories by topic"):
            self._kept.pop(name, None)
        if first:
            self.note(f"your journal is kept in {self.home}")
        return events

    # names

    def topic_id(self, name: str) -> str:
        """The topic that `name` means: its id, an earlier id, or a unique prefix."""
        return topic_named(name, self.outline.number, self.catalog.topic_aliases(), self.catalog.ids)

    def close(self) -> None:
        """Close what was opened."""
        cache = self._kept.pop("cache", None)
        if cache is not None:
            cache.close()

    # screen

    @property
    def color(self) -> bool:
        """Whether to use style codes on stdout."""
        wanted = self.options.color or "auto"
        if wanted != "auto":
            return wanted == "always"
        return sys.stdout.isatty() and not self.environ.get("NO_COLOR") and self.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int:
        """The columns of the terminal; 80 when there is none."""
        return screen.terminal_columns(sys.stdout)

    def style(self, text: str, **how: Any) -> str:
        """`text` in a style (as click.style has them), or plain when there is no colour."""
        return click.style(text, **how) if self.color else text

    def say(self, text: str = "") -> None:
        """Print a line on stdout; on a terminal a sentence that is longer is laid into several."""
        click.echo(screen.laid(text, self.width) if sys.stdout.isatty() else text, color=self.color)

    def note(self, text: str) -> None:
        """Print a line on stderr, laid out as `say` does it."""
        width = screen.terminal_columns(sys.stderr)
        click.echo(screen.laid(text, width) if sys.stderr.isatty() else text, err=True)

    def json(self, document: Mapping[str, Any]) -> None:
        """Print a document as JSON, keys sorted, with its version."""
        told = {"version": JSON_VERSION, **document}
        click.echo(json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(", ", ": ")))
