"""What the facts of events may be: a line of the journal that says anything else is damaged."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from studyctl.core.time import is_date

LONGEST_ANSWER = 10**9  # ms; nobody looks at a card for eleven days
_MOST = 10**7  # of minutes, hours, counts: nobody lives so long


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and -_MOST <= value <= _MOST  # type: ignore[operator]


def _is_whole(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _are_numbers(value: object) -> bool:
    return isinstance(value, list | tuple) and all(map(_is_number, value))


def _is_table(value: object) -> bool:
    return isinstance(value, dict)


_TESTS: Mapping[Callable[[object], bool], str] = {
    _is_text: "note cause evidence per guid origin hash",
    _is_name: "topic to from goal",
    _is_number: "minutes box value retention years",
    _is_whole: "passed of year questions known",
    _is_flag: "right side_roads",
    _is_list: "unsure",
    _are_numbers: "parameters",
    _is_table: "fields replaced",
    is_date: "first last until",
}
_MAY_BE = {key: test for test, keys in _TESTS.items() for key in keys.split()}


def wrong(facts: Mapping[str, object]) -> str | None:
    """The name of a fact that is of a wrong kind or out of all bounds; one that is null says nothing."""
    for key, value in facts.items():
        test = _MAY_BE.get(key)
        if test is not None and value is not None and not test(value):
            return key
    return None
