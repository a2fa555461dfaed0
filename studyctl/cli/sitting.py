"""A sitting on a terminal: show the card, wait for a key, record what it says, and so on.

All rules are in `studyctl.core.session`. Here a key becomes facts on the disk before the next
card is drawn, and texts become what the screen shows.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from rich.console import Console
from rich.text import Text

from studyctl.adapters.terminal import Cursor, Size
from studyctl.adapters.terminal_text import readable
from studyctl.cli import leeches
from studyctl.cli.workspace import Workspace
from studyctl.core.curriculum import Citation
from studyctl.core.events import Event, Fact
from studyctl.core.face import Face, face
from studyctl.core.readable import Block, plain
from studyctl.core.session import Moment, Phase, Sitting, press, preview, recorded
from studyctl.core.time import study_day
from studyctl.core.typed import compare
from studyctl.ui.review_screen import View, draw

PAGE = 8  # rows that page-up and page-down scroll
SCROLL = {"up": -1, "down": 1, "page-up": -PAGE, "page-down": PAGE}
WISHES = {"e": "rewrite", "d": "detour"}
GONE = Face("*This card has left the curriculum.*", "")


class Terminal(Protocol):
    """What a sitting needs of a terminal."""

    def size(self) -> Size:
        """Its columns and rows now."""

    def draw(self, rows: Sequence[str], cursor: Cursor | None = None) -> None:
        """Show rows of text, styles included."""

    def key(self, *, typing: bool = False) -> str:
        """The next key, when there is one."""


def moment(work: Workspace) -> Moment:
    """The moment now."""
    now = work.clock()
    return Moment(now.ms, study_day(now.ms, now.offset, work.settings.day_starts_at))


def hold(
    work: Workspace, terminal: Terminal, sitting: Sitting, record: Callable[[Sequence[Fact]], list[Event]]
) -> Sitting:
    """Go through a sitting to its end; every fact is recorded before the next screen is drawn.

    At a leech it also ends with a wish, which is then its notice; the card is still in hand.
    """
    texts = _Texts(work)
    scroll: int | None = None
    while sitting.phase is not Phase.OVER:
        now = moment(work)
        size = terminal.size()
        screen = draw(texts.view(sitting, now), *size, colour=work.color, scroll=scroll)
        cursor = Cursor(*screen.cursor) if screen.cursor else None
        terminal.draw(_rows(work, screen.rows, size.width), cursor)
        key = terminal.key(typing=sitting.typing)
        if texts.leech and sitting.phase is Phase.SHOWN and key in WISHES:
            return replace(sitting, phase=Phase.OVER, notice=WISHES[key])
        if key in SCROLL:
            scroll = screen.scroll + SCROLL[key]
            continue
        after, facts = press(sitting, key, moment(work))
        if facts:
            after = recorded(after, record(facts))
        if (after.card, after.phase, after.help) != (sitting.card, sitting.phase, sitting.help):
            scroll = None
        sitting = after
    return sitting


class _Texts:
    """The texts of the card in hand, read and laid out once."""

    def __init__(self, work: Workspace) -> None:
        self._work = work
        self._card = ""
        self._face = GONE
        self._blocks: tuple[tuple[Block, ...], ...] = ((), (), ())
        self._source = ""
        self.leech = ""

    def view(self, sitting: Sitting, now: Moment) -> View:
        """What the screen shows of a sitting."""
        if sitting.card is None:
            return View(sitting, now)
        if sitting.card.card != self._card:
            self._read(sitting.card.card)
        front, back, extra = self._blocks
        shown = sitting.phase is Phase.SHOWN
        typed = sitting.typed if shown and sitting.card.typed else ""
        return View(
            sitting,
            now,
            front,
            back,
            extra,
            self._source,
            preview(sitting, now) if shown else {},
            compare(plain(back), typed) if typed else None,
            self.leech,
        )

    def _read(self, card: str) -> None:
        self._card = card
        note = self._work.catalog.faces([card]).get(card)
        self._face = face(note, card) if note else GONE
        self._blocks = tuple(readable(text) for text in self._face[:3])
        self._source = self._cited(self._face.source)
        self.leech = leeches.short(self._work, card)

    def _cited(self, source: Citation | None) -> str:
        if source is None:
            return ""
        resource = self._work.catalog.resources([source.ref]).get(source.ref)
        title = resource.title if resource else source.ref
        return f"{title}, {source.where}" if source.where else title


def _rows(work: Workspace, rows: Sequence[Text], width: int) -> list[str]:
    """Rich text as the characters that a terminal wants."""
    console = Console(
        file=io.StringIO(),
        width=width,
        color_system="auto" if work.color else None,
        force_terminal=work.color,
        legacy_windows=False,
        highlight=False,
        _environ=work.environ,
    )
    told = []
    for row in rows:
        with console.capture() as shown:
            console.print(row, end="", no_wrap=True, overflow="crop")
        told.append(shown.get())
    return told
