"""Dates to come as people type them: by when a goal should be reached, and days away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from studyctl.core.calendar import Away
from studyctl.core.problems import UsageError
from studyctl.core.time import from_date, to_date

FARTHEST = 18_263  # days, fifty years, to the date of a goal
LONGEST = 3_650  # days away
EXAMPLE = "2027-03-12"
HOLIDAYS = ("2026-12-20", "2027-01-03")


def goal_date(text: str, today: int, fix: Callable[[str], str]) -> date:
    """The date by which a goal should be reached; UsageError if it is none, over, or too far away.

    `fix` gives the text to try with another date.
    """
    when = _date(text, EXAMPLE, fix(EXAMPLE))
    if when < to_date(today):
        raise UsageError(f"{when} is in the past; today is {to_date(today)}", "a later date, or none")
    if from_date(when) - today > FARTHEST:
        raise UsageError(f"{when} is more than fifty years away", "an earlier date, or none")
    return when


def days_away(first: str, last: str, fix: Callable[[str, str], str]) -> Away:
    """The days from `first` to `last`; UsageError if they are no dates, the wrong way round, or too many.

    `fix` gives the command to try with other dates.
    """
    example = fix(*HOLIDAYS)
    days = Away(*(from_date(_date(text, HOLIDAYS[0], example)) for text in (first, last)))
    if days.last < days.first:
        raise UsageError(f"{last} is before {first}", fix(last, first))
    if days.last - days.first > LONGEST:
        raise UsageError("nobody is away for more than ten years", "a shorter time")
    return days


def _date(text: str, example: str, fix: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no date such as {example}", fix) from None
