"""Leeches: cards that fail again and again, and will go on doing so until something else changes.

A card that failed four times in its first weeks was never understood; one that lapses for the
sixth time is worded badly or stands on something that is gone. More reviews help neither.
"""

from __future__ import annotations

from typing import NamedTuple

EARLY = 4  # failures in the first weeks
WEEKS = 4
LAPSES = 6


class Failures(NamedTuple):
    """How often a card failed: in its first weeks, new or not, and later out of review."""

    early: int
    lapses: int

    @property
    def is_leech(self) -> bool:
        """Whether it is one."""
        return self.early >= EARLY or self.lapses >= LAPSES

    def __str__(self) -> str:
        if self.lapses >= LAPSES:
            return f"forgotten {self.lapses} times"
        return f"failed {self.early} times in its first {WEEKS} weeks"
