"""Changes of area, counted and never judged."""

from __future__ import annotations

from datetime import date

from studyctl.core.learner import Session
from studyctl.core.switches import Switches, between
from studyctl.core.time import HOUR, day_start, from_date

AREA = {"a1": "a", "a2": "a", "b1": "b", "b2": "b"}
TODAY = from_date(date(2026, 11, 23))


def sessions(*told: tuple[str, date]) -> list[Session]:
    return [
        Session(name, start := day_start(from_date(day), 0) + at * HOUR, start + HOUR, 0)
        for at, (name, day) in enumerate(told)
    ]


def count(*told: tuple[str, date], related: bool = False) -> Switches:
    return between(sessions(*told), AREA, lambda one, other: related, TODAY - 22, TODAY)


def test_only_changes_of_area_count():
    day = date(2026, 11, 20)
    assert Switches(0, 0) == count(("a1", day), ("a2", day), ("a1", day))
    assert Switches(2, 0) == count(("a1", day), ("b1", day), ("a1", day))
    assert 2.0 == count(("a1", day), ("b1", day), ("a1", day)).hours


def test_a_step_back_along_prerequisites_is_no_jump():
    day = date(2026, 11, 20)
    assert Switches(0, 1) == count(("a1", day), ("b1", day), related=True)


def test_only_the_days_that_were_asked_for_count():
    assert Switches(1, 0) == count(("a1", date(2026, 10, 31)), ("b1", date(2026, 11, 1)))
    assert Switches(0, 0) == count(("a1", date(2026, 10, 30)), ("b1", date(2026, 10, 31)))


def test_topics_that_are_gone_say_nothing():
    day = date(2026, 11, 20)
    assert Switches(0, 0) == count(("a1", day), ("gone", day), ("a2", day))
