"""A terminal that gives keys one by one and shows whole screens; Unix's termios, where there is one.

`RawTerminal` takes the keyboard for itself: control characters arrive as keys, so that no
Ctrl-C can strike while something is written to the disk, and a signal (a new size, a hangup,
a kill) becomes a key as well. Whatever happens, the terminal is left as it was found.
`LineTerminal` is for terminals that cannot move a cursor: it prints what is new and reads lines.

A *key* is one character, or a name: enter, esc, backspace, up, down, page-up, page-down,
ctrl-c and the like, resize, eof.
"""

from __future__ import annotations

import codecs
import os
import select
import signal
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from types import FrameType, TracebackType
from typing import Any, NamedTuple, Self

try:
    import termios
except ImportError:  # not on Windows
    termios = None  # type: ignore[assignment]

ESCAPE_TIME = 0.03  # seconds within which the rest of an escape sequence comes
_ENTER = "\x1b[?1049h\x1b[?7l\x1b[?25l"  # other screen, no wrapping, no cursor
_LEAVE = "\x1b[?25h\x1b[?7h\x1b[?1049l"
_SEQUENCES = {
    "[A": "up", "[B": "down", "OA": "up", "OB": "down", "[5~": "page-up", "[6~": "page-down", "OM": "enter",
}  # fmt: skip
_CONTROLS = {
    "\r": "enter",
    "\n": "enter",
    "\x7f": "backspace",
    "\x08": "backspace",
    "\x00": "",
    "\x1b": "esc",
}


class Size(NamedTuple):
    """Columns and rows of a terminal."""

    width: int
    height: int


class Cursor(NamedTuple):
    """Where the cursor stands on a screen, from 0."""

    row: int
    column: int


def open_terminal(environ: Mapping[str, str]) -> RawTerminal | LineTerminal:
    """The terminal that stdin and stdout are."""
    if termios is None or environ.get("TERM", "dumb") in ("dumb", "unknown"):
        return LineTerminal()
    return RawTerminal()


def key_names(text: str) -> Iterator[str]:
    """The keys that a burst of characters from a keyboard means."""
    at = 0
    while at < len(text):
        sign = text[at]
        at += 1
        if sign == "\x1b" and text[at : at + 1] in ("[", "O"):
            end = at + 1
            while end < len(text) and not "@" <= text[end] <= "~":
                end += 1
            yield _SEQUENCES.get(text[at : end + 1], "")
            at = end + 1
        elif sign in _CONTROLS:
            yield _CONTROLS[sign]
        elif sign < " ":
            yield f"ctrl-{chr(ord(sign) + 96)}"
        else:
            yield sign


class RawTerminal:
    """The keyboard without echo and the other screen, from ``with`` to its end."""

    def __init__(self) -> None:
        self._in = sys.stdin.fileno()
        self._keys: deque[str] = deque()
        self._decoder = codecs.getincrementaldecoder(sys.stdin.encoding or "utf-8")("replace")
        self._saved: Any = None
        self._handlers: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._wake, self._bell = os.pipe()
        os.set_blocking(self._bell, False)
        self._old_bell = signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)
        for number in (signal.SIGWINCH, signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            self._handlers[number] = signal.signal(number, _noted)
        self._take()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._old_bell)
        os.close(self._wake)
        os.close(self._bell)

    def size(self) -> Size:
        """Its size now."""
        try:
            size = os.get_terminal_size(sys.stdout.fileno())
        except OSError:
            return Size(80, 24)
        return Size(size.columns or 80, size.lines or 24)

    def draw(self, rows: Sequence[str], cursor: Cursor | None = None) -> None:
        """Show `rows` in place of what was there, without clearing first, so that nothing flickers."""
        told = (
            "\x1b[?25l\x1b[H\x1b[K"
            + "\r\n\x1b[K".join(rows)
            + "\r\n\x1b[J" * (len(rows) < self.size().height)
        )
        if cursor:
            told += f"\x1b[{cursor.row + 1};{cursor.column + 1}H\x1b[?25h"
        _write(told)

    def key(self, *, typing: bool = False) -> str:  # noqa: ARG002
        """The next key; waits for it. ``eof`` when the terminal is gone or the program is to end."""
        while not self._keys:
            ready, _, _ = select.select([self._wake, self._in], [], [])
            if self._wake in ready:
                self._keys.extend(_signalled(os.read(self._wake, 64)))
            else:
                self._keys.extend(key_names(self._read()) if self._in in ready else ())
            while "ctrl-z" in self._keys:
                self._keys.remove("ctrl-z")
                self._pause()
            self._keys = deque(key for key in self._keys if key)
        return self._keys.popleft()

    def _read(self) -> str:
        told = self._burst()
        while told.endswith("\x1b") or (told[-2:-1] == "\x1b" and told[-1] in "[O"):
            if not select.select([self._in], [], [], ESCAPE_TIME)[0]:
                break
            told += self._burst()
        return told

    def _burst(self) -> str:
        try:
            data = os.read(self._in, 1024)
        except OSError:  # the terminal was closed
            data = b""
        if not data:
            self._keys.append("eof")
        return self._decoder.decode(data)

    def _take(self) -> None:
        self._saved = termios.tcgetattr(self._in)
        mode = termios.tcgetattr(self._in)
        mode[0] &= ~(termios.IXON | termios.ICRNL)
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._in, termios.TCSADRAIN, mode)
        _write(_ENTER)

    def _release(self) -> None:
        _write(_LEAVE)
        with suppress(termios.error):
            termios.tcsetattr(self._in, termios.TCSADRAIN, self._saved)

    def _pause(self) -> None:
        """Ctrl-Z: give the terminal back to the shell until it lets the program go on."""
        self._release()
        os.kill(os.getpid(), signal.SIGTSTP)
        self._take()
        self._keys.append("resize")


class LineTerminal:
    """A terminal without a cursor: each line that is typed is a row of keys, and an answer ends with it."""

    def __init__(self) -> None:
        self._keys: deque[str] = deque()
        self._shown: list[str] = []
        self._reading = False
        self._handler: Any = None

    def __enter__(self) -> Self:
        self._handler = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._handler)

    def size(self) -> Size:
        """As wide as it says, and endlessly long."""
        try:
            width = os.get_terminal_size(sys.stdout.fileno()).columns
        except OSError:
            width = 0
        return Size(width or 80, 10_000)

    def draw(self, rows: Sequence[str], cursor: Cursor | None = None) -> None:  # noqa: ARG002
        """Print the rows that are new, once all keys of the last line are worked off."""
        if self._keys:
            return
        same = 0
        while same < min(len(rows), len(self._shown)) and rows[same] == self._shown[same]:
            same += 1
        self._shown = list(rows)
        _write("".join(f"{row}\n" for row in rows[same:]))

    def key(self, *, typing: bool = False) -> str:
        """The next key of the line, or of the next line; waits for it."""
        if not self._keys:
            self._reading = True
            try:
                line = sys.stdin.readline()
            except KeyboardInterrupt:
                return "ctrl-c"
            finally:
                self._reading = False
            if not line:
                return "eof"
            told = line.rstrip("\r\n")
            self._keys.extend(told)
            if typing or not told:
                self._keys.append("enter")
        return self._keys.popleft()

    def _interrupted(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Ctrl-C ends the sitting at the next key, and never what is being written."""
        if self._reading:
            raise KeyboardInterrupt
        self._keys.append("ctrl-c")


def _noted(number: int, frame: FrameType | None) -> None:
    """A handler that does nothing: the wakeup pipe tells of the signal."""


def _signalled(numbers: bytes) -> Iterator[str]:
    for number in numbers:
        yield "resize" if number == signal.SIGWINCH else "eof"


def _write(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    with suppress(OSError):  # a closed terminal; the next key will be eof
        sys.stdout.buffer.write(text.encode(encoding, "replace"))
        sys.stdout.buffer.flush()
