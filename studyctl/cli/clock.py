"""The clock: this machine's, or a moment that was given instead of it."""

from __future__ import annotations

import time
from datetime import date

from studyctl.core.problems import UsageError
from studyctl.core.time import A_DAY, LAST_YEAR, Instant, day_start, from_date, from_iso


def instant(given: str | None = None) -> Instant:
    """The moment `given` (ISO 8601 with its offset), or now; always with the offset of TZ then."""
    if not given:
        ms = time.time_ns() // 1_000_000
        return Instant(ms, offset_at(ms))
    try:
        ms = from_iso(given.strip())
    except ValueError as error:
        raise UsageError(f"--now: {error}", "--now 2026-11-23T20:00+01:00") from None
    if not 0 <= ms < day_start(from_date(date(LAST_YEAR + 1, 1, 1)), 0, 0):
        what = f"--now: {given} is not in the years from 1970 to {LAST_YEAR}"
        raise UsageError(what, "--now 2026-11-23T20:00+01:00")
    return Instant(ms, offset_at(ms))


def offset_at(ms: int) -> int:
    """The learner's UTC offset at a moment, in minutes, by TZ or the zone of this machine."""
    offset = round((time.localtime(ms / 1000).tm_gmtoff or 0) / 60)
    return max(1 - A_DAY, min(offset, A_DAY - 1))  # TZ may say anything
