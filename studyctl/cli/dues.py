"""When a card comes back, for other programs and for people."""

from __future__ import annotations

from studyctl.cli import screen
from studyctl.cli.clock import offset_at
from studyctl.core.memory import Memory
from studyctl.core.time import MINUTE, Instant, day_start, in_words, local_iso


def due_moment(memory: Memory, day_starts_at: int) -> Instant:
    """The moment at which a card is due: in review the beginning of a study day, else to the millisecond."""
    if memory.due_ms is not None:
        return Instant(memory.due_ms, offset_at(memory.due_ms))
    near = day_start(memory.due_day, 0, day_starts_at)
    offset = offset_at(near)
    offset = offset_at(near - offset * MINUTE)  # the clock may be put back or forward in between
    return Instant(day_start(memory.due_day, offset, day_starts_at), offset)


def due_text(memory: Memory | None, day_starts_at: int) -> str | None:
    """That moment in ISO 8601 with the learner's UTC offset; None for a card that was never seen."""
    return None if memory is None else local_iso(due_moment(memory, day_starts_at))


def due_words(memory: Memory, now: int, today: int) -> str:
    """When a card comes back, as people say it: ``in 10 min``, ``in 9 days, on 2 Dec``."""
    if memory.due_ms is not None:
        wait = max(0, memory.due_ms - now)
        return f"in {screen.minutes(max(1, wait / MINUTE))}" if wait else "now"
    days = memory.due_day - today
    if days <= 0:
        return "today"
    return f"in {days} day{'s' * (days > 1)}, on {in_words(memory.due_day, today)}"
