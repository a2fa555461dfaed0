"""The answers to one card, as the journal tells them, each with the memory that it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studyctl.core.memory import Memory


class Review(NamedTuple):
    """An answer that counts: `at` in ms, `offset` in minutes, the study `day`, `ms` the time it took."""

    id: str
    card: str
    at: int
    offset: int
    day: int
    rating: int
    ms: int | None


class Log(NamedTuple):
    """All answers to a card. Each of `segments` begins with the card being new; between them it was reset.

    `resets` are the moments of the resets, of which there is one less than there are segments.
    """

    card: str
    segments: Sequence[Sequence[tuple[Review, Memory]]]
    resets: Sequence[int]
    suspended: bool

    @property
    def memory(self) -> Memory | None:
        """What is remembered now; None for a card that is new, or new again."""
        last = self.segments[-1]
        return last[-1][1] if last else None

    def reviews(self) -> Iterator[Review]:
        """All answers, in order of time."""
        for segment in self.segments:
            for review, _ in segment:
                yield review
