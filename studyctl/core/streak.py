"""How many study days in a row something was done."""

from __future__ import annotations

from collections.abc import Collection


def streak(days: Collection[int], today: int) -> int:
    """Days in a row up to today, or up to yesterday while today is still young."""
    have = set(days)
    day = today if today in have else today - 1
    count = 0
    while day in have:
        count += 1
        day -= 1
    return count
