"""A number of things in words."""

from __future__ import annotations


def count(number: int, what: str) -> str:
    """A number of things: ``1 card``, ``2 cards``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
