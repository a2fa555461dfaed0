"""Instants, study days and weeks: how studyctl counts time.

An *instant* is milliseconds since 1970 (UTC) together with the learner's UTC offset at that
moment. The *study day* is the learner's local date, turning at `day_starts_at` o'clock, as
Anki's does: half past one at night still belongs to yesterday. Study days are plain ordinals
(days since 1970-01-01), so that arithmetic on them is arithmetic on integers.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple, TypeGuard

HOUR = 3_600_000  # milliseconds
MINUTE = 60_000
A_DAY = 24 * 60  # minutes; every zone is nearer to UTC
EPOCH = date(1970, 1, 1).toordinal()
END = 7_258_118_400_000  # ms: the beginning of 2200, before which all moments of a journal lie
LAST_YEAR = 2199  # in which it may be now, or a goal be dated: what is reckoned from there is a date still


class Instant(NamedTuple):
    """A moment: `ms` since 1970 in UTC, and the learner's `offset` from UTC in minutes then."""

    ms: int
    offset: int = 0

    def local(self) -> datetime:
        """The moment as the learner's clock shows it."""
        zone = timezone(timedelta(minutes=self.offset))
        return datetime.fromtimestamp(self.ms / 1000, zone)


def study_day(ms: int, offset: int, day_starts_at: int = 4) -> int:
    """The study day of a moment, in days since 1970-01-01; `offset` in minutes."""
    return (ms + offset * MINUTE - day_starts_at * HOUR) // (24 * HOUR)


def day_start(day: int, offset: int, day_starts_at: int = 4) -> int:
    """The moment, in ms, at which a study day begins at this UTC offset."""
    return day * 24 * HOUR + day_starts_at * HOUR - offset * MINUTE


def to_date(day: int) -> date:
    """The calendar date of a study day."""
    return date.fromordinal(day + EPOCH)


def from_date(when: date) -> int:
    """The study day of a calendar date."""
    return when.toordinal() - EPOCH


def in_words(day: date | int, today: int | None = None) -> str:
    """``23 Nov 2026``: a date, or a study day, in a sentence; without its year where it is that of `today`."""
    when = to_date(day) if isinstance(day, int) else day
    year = "" if today is not None and to_date(today).year == when.year else f" {when.year}"
    return f"{when.day} {when:%b}{year}"


def is_date(text: object) -> TypeGuard[str]:
    """Whether this is the text of a calendar date, such as ``2026-11-23``."""
    try:
        return isinstance(text, str) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def monday(day: int) -> int:
    """The first day of the ISO week of a study day."""
    return day - (day + 3) % 7  # 1970-01-01 was a Thursday


def to_iso(ms: int) -> str:
    """``2026-11-23T20:15:03.120Z``: how the journal writes a moment."""
    day, rest = divmod(ms, 24 * HOUR)
    minute, rest = divmod(rest, MINUTE)
    return f"{_date_text(day)}T{_minute_text(minute)}:{rest // 1000:02d}.{rest % 1000:03d}Z"


@lru_cache(maxsize=1024)
def _date_text(day: int) -> str:
    return to_date(day).isoformat()


@lru_cache(maxsize=1440)
def _minute_text(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def local_iso(moment: Instant) -> str:
    """``2026-11-23T21:15:03.120+01:00``: a moment as the learner's clock shows it, for other programs."""
    return moment.local().isoformat(timespec="milliseconds")


_ISO = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)")


def from_iso(text: str) -> int:
    """Milliseconds since 1970 of an ISO 8601 moment with its offset; ValueError for anything else."""
    if not _ISO.fullmatch(text):
        raise ValueError(f"{text!r} is no moment such as 2026-11-23T20:15:00+01:00")
    try:
        when = datetime.fromisoformat(text.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"{text!r} is no moment: {error}") from None
    whole = when - datetime(1970, 1, 1, tzinfo=UTC)
    return (whole.days * 86_400 + whole.seconds) * 1000 + whole.microseconds // 1000


def offset_of(text: str) -> int | None:
    """The UTC offset in minutes that an ISO 8601 moment names; None where it is only said in UTC (``Z``)."""
    if text.endswith("Z"):
        return None
    offset = datetime.fromisoformat(text.replace(",", ".")).utcoffset()
    return None if offset is None else round(offset / timedelta(minutes=1))
