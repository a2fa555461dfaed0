"""On which day a card comes back, of the days on which it might as well.

FSRS gives an interval; a day more or less changes nothing for the memory, and everything for the
load. So the due day is spread over FSRS's fuzz range, by the card and the number of its reviews
and never by chance: the same journal gives the same days on every device. Weekdays without study
hours get no cards, lighter ones fewer, and *siblings*, cards of one note, take even and odd days.

Cards of topics that harder ones exercise anyway may be *eased*: they come back at a lower desired
retention. A fifth of them, the *control group*, never is, so that later answers can tell what it cost.

Ranges: https://github.com/open-spaced-repetition/py-fsrs (fuzz), which Anki uses, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from zlib import crc32

from studyctl.core.memory import LONGEST, PARAMETERS, Memory, State, interval

RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
SHORT = 2.5  # days; shorter intervals stay as they are
TRIES = 12  # days that are looked at before the next best is taken
CONTROL = 5  # of so many eased cards one is left as it was
EVEN = (1.0,) * 7
NOBODY: Mapping[str, float] = {}


class DueDays(NamedTuple):
    """How due days are chosen.

    `weekdays` are how much of the load each day takes, Monday first and the greatest 1; None: not
    spread at all. `eased` are topics with the desired retention of their cards.
    """

    weekdays: tuple[float, ...] | None = EVEN
    eased: Mapping[str, float] = NOBODY
    decay: float = PARAMETERS[20]

    def settled(self, card: str, memory: Memory) -> Memory:
        """The memory with the day on which the card really comes back; cards in learning stay as they are."""
        if memory.state is not State.REVIEW:
            return memory
        due = self.day(
            card, memory.reviews, memory.last_day, memory.due_day - memory.last_day, memory.stability
        )
        return memory if due == memory.due_day else memory._replace(due_day=due)

    def day(self, card: str, reviews: int, last: int, days: int, stability: float) -> int:
        """The due day of a card that is in review, after so many reviews, with this interval by the model."""
        if self.eased:
            share = self.eased.get(card.partition("/")[0])
            if share is not None and not is_control(card):
                days = max(days, min(LONGEST, round(interval(stability, share, self.decay))))
        if self.weekdays is None or days < SHORT:
            return last + days
        return self._spread(card, reviews, last, days)

    def _spread(self, card: str, reviews: int, last: int, days: int) -> int:
        low, high = fuzz(days)
        assert self.weekdays is not None
        place = sibling(card)
        first = 0
        for number in range(TRIES):
            dice = _dice(f"{card} {reviews} {number}")
            day = last + low + (dice & 0xFFFF) * (high - low + 1) // 0x10000
            first = first or day
            if place is not None and day % 2 != place:
                continue
            if (dice >> 16) / 0x10000 < self.weekdays[(day + 3) % 7]:  # 1970-01-01 was a Thursday
                return day
        return self._nearest(first, range(last + low, last + high + 1), place)

    def _nearest(self, wanted: int, days: range, place: int | None) -> int:
        """The day next to the wanted one on which there are hours and no sibling; as far as there is one."""
        assert self.weekdays is not None
        told = [day for day in days if self.weekdays[(day + 3) % 7] > 0] or list(days)
        told = [day for day in told if place is None or day % 2 == place] or told
        return min(told, key=lambda day: (abs(day - wanted), day))


AS_TOLD = DueDays(weekdays=None)  # the model's own days


def fuzz(days: int) -> tuple[int, int]:
    """FSRS's fuzz range of an interval: the shortest and the longest that will do as well."""
    if days < SHORT:
        return days, days
    apart = 1.0 + sum(share * max(min(days, end) - start, 0.0) for start, end, share in RANGES)
    high = min(LONGEST, round(days + apart))
    return min(max(2, round(days - apart)), high), high


def sibling(card: str) -> int | None:
    """Whether a card of a note with several takes even (0) or odd (1) days; None for a card that is alone."""
    _, dot, number = card.rpartition(".c")
    return int(number) % 2 if dot and number.isdigit() else None


def is_control(card: str) -> bool:
    """Whether a card belongs to the control group; the same for ever."""
    return _dice(f"control {card}") % CONTROL == 0


def _dice(text: str) -> int:
    """32 bits that look like chance and are the same for the same text everywhere."""
    bits = crc32(text.encode())
    bits = (
        bits ^ (bits >> 16)
    ) * 0x85EBCA6B & 0xFFFFFFFF  # a checksum alone is too regular (MurmurHash3's mixer)
    bits = (bits ^ (bits >> 13)) * 0xC2B2AE35 & 0xFFFFFFFF
    return bits ^ (bits >> 16)
