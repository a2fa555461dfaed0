"""Progress bars: on stderr, only on a terminal, and only for what takes longer than half a second.

So a script never sees one, a quick command never flashes one, and whatever a command prints stays as
it is. A bar leaves no trace when it is done.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO

import click

from studyctl.core.ticks import Tick, silent

if TYPE_CHECKING:
    from studyctl.cli.workspace import Workspace

PATIENCE = 0.5  # seconds before a bar is shown
WIDTH = 24
ERASE = "\r\x1b[2K"


@contextmanager
def progress(work: Workspace, label: str) -> Iterator[Tick]:
    """A tick that shows a bar while something takes long."""
    if not sys.stderr.isatty() or work.environ.get("TERM") == "dumb":
        yield silent
        return
    bar = Bar(label, sys.stderr, time.monotonic)
    try:
        yield bar.tick
    finally:
        bar.erase()


class Bar:
    """A bar on a terminal that appears late and goes without a trace."""

    def __init__(self, label: str, stream: TextIO, clock: Callable[[], float]) -> None:
        self._label = label
        self._stream = stream
        self._clock = clock
        self._began = clock()
        self._bar: Any = None
        self._done = 0

    def tick(self, done: int, total: int) -> None:
        """So much of so much is done."""
        if self._bar is None:
            if self._clock() - self._began < PATIENCE or done >= total:
                return
            self._bar = click.progressbar(
                length=total, label=self._label, file=self._stream, width=WIDTH, show_eta=False
            )
            self._bar.render_progress()
        self._bar.update(done - self._done)
        self._done = done

    def erase(self) -> None:
        """Take the bar away, if it was ever shown."""
        if self._bar is not None:
            self._stream.write(f"{ERASE}\x1b[?25h")
            self._stream.flush()
            self._bar = None
