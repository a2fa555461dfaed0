"""The values of one line of the journal, each judged by itself; a ValueError says what is wrong with it."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NamedTuple

from studyctl.core.events import KINDS, VERSION
from studyctl.core.facts import wrong
from studyctl.core.time import A_DAY, END, from_iso

_OF_CARDS = frozenset(do for do, keys in KINDS.items() if "card" in keys.split())
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


class Envelope(NamedTuple):
    """What every event says, and the card of those that are about one."""

    id: str
    do: str
    at: int
    offset: int
    card: str | None


def envelope(record: dict[str, Any]) -> Envelope:
    """The envelope of an event whose facts can be as they are."""
    name, do = text(record, "id"), text(record, "do")
    at = moment(record)
    offset = whole(record, "offset", 1 - A_DAY, A_DAY - 1, 0)
    if not isinstance(record.get("batch", ""), str):
        raise ValueError(f"'batch' is {shown(record['batch'])}")  # noqa: TRY004 (the line is at fault)
    card = text(record, "card") if do in _OF_CARDS else None
    if do in KINDS and (key := wrong(record)):
        raise ValueError(f"{key!r} is {shown(record[key])}")
    if do == "reviewed":
        whole(record, "rating", 1, 4)
    return Envelope(name, do, at, offset, card)


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
