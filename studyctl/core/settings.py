"""The settings: their names, defaults and meaning, and the rules for their values.

Where a value comes from (option, environment, config.yaml, default) is decided outside; this
module only knows what a value may be. Each key has a reader that returns the value in its
final form or raises ValueError with a sentence that says what would be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from studyctl.core.calendar import Hours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Setting(NamedTuple):
    """One key of config.yaml."""

    default: Any
    meaning: str
    read: Callable[[Any], Any]


def _number(low: float, high: float, what: str) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"{what} is a number from {low:g} to {high:g}, not {value!r}")
        return value

    return read


def _whole(low: int, high: int, what: str) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{what} is a whole number from {low} to {high}, not {value!r}")
        return value

    return read


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"is true or false, not {value!r}")  # noqa: TRY004
    return value


def _choice(*names: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in names:
            raise ValueError(f"is {' or '.join(names)}, not {value!r}")
        return str(value)

    return read


def _map(each: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise ValueError(f"is a map such as {{linear-algebra: 3}}, not {value!r}")  # noqa: TRY004
        return {str(name): each(item) for name, item in value.items()}

    return read


def _retention(value: Any) -> float | dict[str, float]:
    share = _number(0.70, 0.99, "a desired retention")
    return _map(share)(value) if isinstance(value, Mapping) else share(value)


_a_day = _number(0, 24, "hours of a day")
_a_week = _number(0, 168, "hours of a week")


def _hours(value: Any) -> Hours:
    return _periods(value) if isinstance(value, list) else _every_week(value)


def _every_week(value: Any) -> Hours:
    return Hours(days=_weekdays(value)) if isinstance(value, Mapping) else Hours.weekly(_a_week(value))


def _weekdays(value: Mapping[Any, Any]) -> tuple[float, ...]:
    strange = [name for name in value if name not in WEEKDAYS]
    if strange:
        raise ValueError(f"weekdays are {', '.join(WEEKDAYS)}, not {strange[0]!r}")
    return tuple(_a_day(value.get(name, 0)) for name in WEEKDAYS)


def _periods(value: list[Any]) -> Hours:
    rest = Hours.weekly(6.0)
    periods: list[tuple[date, date, tuple[float, ...]]] = []
    for entry in value:
        if not isinstance(entry, Mapping) or "hours" not in entry:
            raise ValueError("each period is {from: DATE, to: DATE, hours: H}, the default just {hours: H}")
        hours = _every_week(entry["hours"])
        if "from" not in entry and "to" not in entry:
            rest = hours
            continue
        first, last = _date(entry.get("from")), _date(entry.get("to"))
        if last < first:
            raise ValueError(f"a period ends on {last} before it begins on {first}")
        periods.append((first, last, hours.days))
    return Hours(rest.days, tuple(periods))


def _date(value: Any) -> date:
    if type(value) is date:
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{value!r} is no date such as 2026-12-24") from None


SETTINGS: Mapping[str, Setting] = {
    "hours_per_week": Setting(6, "hours a week; or {mon: 1, sat: 3}; or a list of {from, to, hours}", _hours),
    "day_starts_at": Setting(4, "hour at which the study day turns", _whole(0, 23, "the hour")),
    "desired_retention": Setting(
        0.90, "recall at which a card comes back; or a map by area, track or topic", _retention
    ),
    "new_per_day": Setting(10, "new cards a day", _whole(0, 9999, "the number of new cards")),
    "smooth": Setting(
        True, "spread due days over FSRS's fuzz range, fewer on days with less study", _yes_or_no
    ),
    "cards_from": Setting(
        "done", "when a topic's cards become available: done or start", _choice("done", "start")
    ),
    "focus": Setting(3, "weight of staying in one area", _number(0, 100, "the focus")),
    "interest": Setting(
        {}, "1 to 5 by area, track or topic; 3 is neutral", _map(_number(1, 5, "an interest"))
    ),
    "reserve": Setting(0.1, "share of the hours that the plan leaves free", _number(0, 0.9, "the reserve")),
    "session_cap": Setting(3, "hours at which a forgotten clock stops counting", _number(0.1, 24, "the cap")),
}
