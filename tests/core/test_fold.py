"""The state that the events tell."""

from __future__ import annotations

from itertools import count

from studyctl.core.events import Event
from studyctl.core.fold import fold
from studyctl.core.time import HOUR, MINUTE, to_iso

_numbers = count()


def event(at: int, do: str, **facts: object) -> Event:
    name = f"e{next(_numbers)}"
    return Event(name, at, 0, name, do, facts)


def test_a_topic_goes_from_new_over_studying_to_done():
    assert "new" == fold([]).state("sums")
    assert "studying" == fold([event(1, "started", topic="sums")]).state("sums")
    told = fold([event(1, "started", topic="sums"), event(2, "done", topic="sums")])
    assert ("done", True) == (told.state("sums"), told.learnt("sums"))


def test_what_was_learnt_keeps_its_cards_when_it_is_started_again():
    told = fold([event(1, "done", topic="sums"), event(2, "started", topic="sums")])
    assert "studying" == told.state("sums")
    assert told.available("sums")


def test_cards_come_at_the_start_where_that_is_wanted():
    events = [event(1, "started", topic="sums")]
    assert not fold(events).available("sums")
    assert fold(events, cards_from="start").available("sums")


def test_a_session_lasts_from_start_to_stop():
    told = fold([event(0, "started", topic="sums"), event(30 * MINUTE, "stopped", topic="sums")])
    assert 0.5 == told.topics["sums"].hours
    assert told.running is None


def test_a_stop_of_another_device_stops_only_what_it_means():
    told = fold(
        [
            event(0, "started", topic="sums"),
            event(10 * MINUTE, "started", topic="numbers"),
            event(50 * MINUTE, "stopped", topic="sums"),
            event(70 * MINUTE, "stopped", topic="numbers"),
        ]
    )
    assert [("sums", 10), ("numbers", 60)] == [
        (one.topic, (one.end - one.start) // MINUTE) for one in told.sessions
    ]


def test_starting_another_topic_stops_the_first():
    told = fold([event(0, "started", topic="sums"), event(HOUR, "started", topic="products")])
    assert 1.0 == told.topics["sums"].hours
    assert "products" == (told.running and told.running.topic)


def test_a_forgotten_clock_stops_at_the_cap():
    told = fold([event(0, "started", topic="sums"), event(20 * HOUR, "stopped")], session_cap=3)
    assert (3.0, True) == (told.sessions[0].hours, told.sessions[0].capped)


def test_a_running_clock_counts_up_to_the_cap_only():
    told = fold([event(0, "started", topic="sums")], session_cap=3)
    assert 1.0 == told.spent("sums", HOUR)
    assert 3.0 == told.spent("sums", 50 * HOUR)


def test_a_stop_can_say_when_it_really_was():
    told = fold(
        [event(0, "started", topic="sums"), event(2 * HOUR, "stopped", ended=to_iso(HOUR), note="page 9")]
    )
    assert 1.0 == told.topics["sums"].hours
    assert "page 9" == told.topics["sums"].note


def test_what_was_known_once_is_not_learnt_but_counts():
    told = fold([event(1, "once", topic="sums", year=2016)])
    assert ("once", False, 1) == (told.state("sums"), told.learnt("sums"), told.topics["sums"].learnings)


def test_knowing_something_once_takes_nothing_away():
    told = fold([event(1, "done", topic="sums"), event(2, "once", topic="sums", year=2016)])
    assert "done" == told.state("sums")


def test_the_history_of_a_renamed_topic_follows_it():
    told = fold([event(1, "done", topic="old-sums")], aliases={"old-sums": "sums"})
    assert "done" == told.state("sums")


def test_goals_come_and_go():
    events = [event(1, "goal-added", goal="a", by="2027-01-01"), event(2, "goal-added", goal="b")]
    assert ["a", "b"] == list(fold(events).goals)
    assert ["b"] == list(fold([*events, event(3, "goal-dropped", goal="a")]).goals)


def test_a_goal_by_what_is_no_date_is_a_goal_without_one():
    assert fold([event(1, "goal-added", goal="a", by="in spring")]).goals["a"].by is None


def test_facts_of_the_wrong_kind_change_nothing():
    events = [
        event(1, "started"),
        event(2, "started", topic=7),
        event(3, "logged", topic="sums", minutes="many"),
        event(4, "goal-added", goal=None, value="x"),
        event(5, "stopped", ended="yesterday"),
        event(6, "of-a-newer-version", topic="sums"),
    ]
    told = fold(events)
    assert (None, {}, 0) == (told.running, told.goals, len(told.sessions))
