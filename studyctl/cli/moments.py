"""Moments as people type them: a time of day, a day with a time, or all of it with its offset; and days."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from studyctl.cli.clock import offset_at
from studyctl.core.problems import UsageError
from studyctl.core.time import Instant, from_date, from_iso

FORGOTTEN = ", where a forgotten clock stops"  # behind the minutes of a session that the cap has ended
DAY = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M")


def moment(text: str, now: Instant, example: str) -> int:
    """The moment in ms: ``21:30`` is the last one that has been, ``2026-11-23 21:30`` by the learner's clock.

    UsageError for anything else, and for what has not been yet; `example` is the command to try.
    """
    said = text.strip()
    ms = _moment(said, now)
    if ms is None:
        raise UsageError(f"{text!r} is no time such as 21:30 or '2026-11-23 21:30'", example)
    if ms < 0:
        raise UsageError(f"{text} is before 1970", example)
    if ms > now.ms:
        raise UsageError(f"{text} has not been yet", example)
    return ms


def end_of(ms: int, offset: int) -> str:
    """The command that says when a session really ended, with the end that counts for now."""
    return f"studyctl log --ended '{Instant(ms, offset).local():%Y-%m-%d %H:%M}'"


def since(text: str, today: int, command: str) -> int:
    """The study day that the `--since` of a command names; UsageError for no date, and for one to come."""
    try:
        day = from_date(date.fromisoformat(text))
    except ValueError:
        raise UsageError(f"{text!r} is no date such as 2026-11-01", f"{command} --since 2026-11-01") from None
    if day > today:
        raise UsageError(f"{text} has not been yet", command)
    return day


def _moment(text: str, now: Instant) -> int | None:
    try:
        return from_iso(text)
    except ValueError:
        pass
    for form in DAY:
        try:
            return _local(datetime.strptime(text, form))  # noqa: DTZ007 (the zone is the learner's)
        except ValueError:
            continue
    try:
        clock = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 (a time of day)
    except ValueError:
        return None
    local = now.local()
    when = local.replace(hour=clock.hour, minute=clock.minute, second=0, microsecond=0)
    if when > local:
        when -= timedelta(days=1)
    return _local(when)


def _local(when: datetime) -> int:
    """A date and time by the learner's clock, whatever its offset was then."""
    guess = round(when.replace(tzinfo=timezone.utc).timestamp() * 1000)  # noqa: UP017 (as below)
    zone = timezone(timedelta(minutes=offset_at(guess - offset_at(guess) * 60_000)))
    return round(when.replace(tzinfo=zone).timestamp() * 1000)
