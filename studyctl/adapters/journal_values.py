"""The values of one line of the journal, each judged by itself; a ValueError says what is wrong with it."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from studyctl.core.events import VERSION
from studyctl.core.time import END, from_iso

_HALF = re.compile(r"[\ud800-\udfff]")  # half a surrogate, which no file can hold
_WIDE = 60  # characters of a value that a message shows


def record_of(line: str) -> Any:
    """What a line says as JSON, in which no number is infinite or none at all."""
    return json.loads(line, parse_constant=_no_number, parse_float=_finite)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number")


def version(record: Any) -> int:
    """The version of the format that a line says it has."""
    if not isinstance(record, dict):
        raise ValueError("it is no event")  # noqa: TRY004 (the line is at fault, not its reader)
    told = record.get("v", VERSION)
    if type(told) is not int or told < 1:
        raise ValueError(f"'v' is {shown(told)}")
    return told


def text(record: dict[str, Any], key: str) -> str:
    """The text under a key, which must be there and say something."""
    value = record.get(key)
    if isinstance(value, str) and value and (value.isascii() or not _HALF.search(value)):
        return value
    raise ValueError(f"{key!r} is {shown(value)}")


def is_moment(told: str) -> bool:
    """Whether a text names a moment from 1970 on and before `END`."""
    try:
        return 0 <= from_iso(told) < END
    except ValueError:
        return False


def moment(record: dict[str, Any]) -> int:
    """When it was, in ms."""
    value = record.get("at")
    if isinstance(value, str) and is_moment(value):
        return from_iso(value)
    raise ValueError(f"'at' is {shown(value)}")


def whole(record: dict[str, Any], key: str, low: int, high: int, otherwise: int | None = None) -> int:
    """The whole number under a key, within bounds."""
    value = record.get(key, otherwise)
    if type(value) is int and low <= value <= high:
        return value
    raise ValueError(f"{key!r} is {shown(value)}")


def shown(value: object) -> str:
    """A value as a message shows it."""
    told = repr(value)
    return told if len(told) <= _WIDE else f"{told[:_WIDE]}…"
