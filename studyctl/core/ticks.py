"""How work that takes a while says how far it is, without knowing who listens.

A *tick* is told how much is done and how much there is. Whoever shows it decides whether anybody
wants to see it; by default nobody does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

Tick: TypeAlias = Callable[[int, int], None]
Item = TypeVar("Item")


def silent(done: int, total: int) -> None:
    """Nobody is told."""


def ticking(items: Iterable[Item], total: int, tick: Tick = silent) -> Iterator[Item]:
    """The items, with a tick after each is dealt with."""
    for done, item in enumerate(items, 1):
        yield item
        tick(done, total)
