"""The stop that was forgotten, said afterwards."""

from __future__ import annotations

import pytest

from studyctl.core.corrections import corrected, session_at
from studyctl.core.events import Event
from studyctl.core.fold import fold
from studyctl.core.learner import Session
from studyctl.core.problems import UsageError
from studyctl.core.time import HOUR, to_iso

T = 1_795_464_000_000
FORGOTTEN = Session("sums", T, T + 3 * HOUR, 0, capped=True)
NEXT = Session("products", T + 20 * HOUR, T + 21 * HOUR, 0)


def event(number: int, at: int, do: str, **facts: object) -> Event:
    return Event(f"e{number}", at, 0, f"b{number}", do, facts)


def test_the_session_is_the_last_one_that_began_before():
    assert FORGOTTEN == session_at([FORGOTTEN, NEXT], T + HOUR)
    assert NEXT == session_at([FORGOTTEN, NEXT], T + 22 * HOUR)


def test_no_session_is_guessed_that_began_days_before_or_not_at_all():
    for moment in (T, T - HOUR, T + 50 * HOUR):
        with pytest.raises(UsageError):
            session_at([FORGOTTEN, NEXT], moment)


def test_an_end_is_never_before_the_start_nor_a_day_after_it():
    told, _ = corrected([FORGOTTEN], "sums", T, T - HOUR)
    assert 0 == told[0].hours
    told, _ = corrected([FORGOTTEN], "sums", T, T + 90 * HOUR)
    assert 24 == told[0].hours


def test_a_session_that_is_not_there_changes_nothing():
    assert ([FORGOTTEN], 0.0) == corrected([FORGOTTEN], "products", T, T + HOUR)
    assert ([FORGOTTEN], 0.0) == corrected([FORGOTTEN], "sums", T + 1, T + HOUR)


def test_the_fold_takes_the_end_that_was_said_last():
    events = [
        event(1, T, "started", topic="sums"),
        event(2, T + 20 * HOUR, "started", topic="products"),
        event(3, T + 21 * HOUR, "stopped", topic="products"),
        event(4, T + 22 * HOUR, "corrected", topic="sums", start=to_iso(T), ended=to_iso(T + HOUR)),
        event(5, T + 23 * HOUR, "corrected", topic="sums", start=to_iso(T), ended=to_iso(T + 2 * HOUR)),
    ]
    for count, hours in ((3, 3.0), (4, 1.0), (5, 2.0)):
        told = fold(events[:count])
        assert hours == told.sessions[0].hours == told.topics["sums"].hours
        assert (count == 3) == told.sessions[0].capped


def test_facts_that_make_no_sense_do_no_harm():
    events = [
        event(1, T, "started", topic="sums"),
        event(2, T + HOUR, "stopped", topic="sums"),
        event(3, T + 2 * HOUR, "corrected", topic="sums", start="soon", ended=7),
        event(4, T + 2 * HOUR, "corrected", topic="sums"),
        event(5, T + 2 * HOUR, "corrected"),
    ]
    assert 1.0 == fold(events).topics["sums"].hours
