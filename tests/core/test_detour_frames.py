"""The stack of detours, and what the fold makes of it."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyctl.core import detours
from studyctl.core.detours import Frame
from studyctl.core.events import Event
from studyctl.core.fold import fold
from studyctl.core.learner import Learner
from studyctl.core.time import HOUR, MINUTE

_numbers = count()


def event(at: int, do: str, **facts: object) -> Event:
    name = f"e{next(_numbers):09d}"
    return Event(name, at, 0, name, do, facts)


def detour(at: int, source: str, topic: str, **facts: object) -> Event:
    return event(at, "detoured", **{"from": source, "topic": topic, **facts})


def stack(told: Learner) -> list[tuple[str, str]]:
    return [(frame.source, frame.topic) for frame in told.detours]


TWO = [
    event(0, "started", topic="gpt"),
    detour(HOUR, "gpt", "attention", note="shapes", box=3),
    detour(2 * HOUR, "attention", "tensors"),
]


def test_a_detour_stops_one_clock_and_starts_the_other():
    told = fold(TWO[:2])
    assert ("detoured", "studying") == (told.state("gpt"), told.state("attention"))
    assert (1.0, "attention") == (told.topics["gpt"].hours, told.running and told.running.topic)
    assert "shapes" == told.topics["gpt"].note
    assert 0.5 == told.on_detour(told.detours[0], HOUR + 30 * MINUTE)


def test_detours_lie_on_each_other_and_back_takes_off_the_last():
    assert [("gpt", "attention"), ("attention", "tensors")] == stack(fold(TWO))
    told = fold([*TWO, event(3 * HOUR, "returned", topic="tensors", to="attention")])
    assert [("gpt", "attention")] == stack(told)
    assert "attention" == (told.running and told.running.topic)
    assert ("detoured", "studying", "studying") == tuple(map(told.state, ("gpt", "attention", "tensors")))


def test_starting_what_was_left_closes_everything_that_was_opened_since():
    told = fold([*TWO, event(3 * HOUR, "started", topic="gpt")])
    assert [] == stack(told)
    assert ("studying", "studying") == (told.state("gpt"), told.state("attention"))


def test_starting_something_else_leaves_the_stack_alone():
    told = fold([*TWO, event(3 * HOUR, "started", topic="entropy")])
    assert 2 == len(told.detours)


def test_finishing_the_topic_of_a_detour_does_not_return_by_itself():
    told = fold([*TWO, event(3 * HOUR, "done", topic="tensors")])
    assert ("done", 2) == (told.state("tensors"), len(told.detours))


@pytest.mark.parametrize("how", ["done", "known"])
def test_finishing_what_was_left_closes_the_detours_from_it(how: str):
    told = fold([*TWO, event(3 * HOUR, how, topic="gpt")])
    assert [] == stack(told)
    assert "studying" == told.state("attention")


def test_parking_closes_the_detours_to_it_and_from_it():
    told = fold([*TWO, event(3 * HOUR, "parked", topic="attention", note="later")])
    assert ([], "parked", "later") == (stack(told), told.state("attention"), told.topics["attention"].note)
    assert "studying" == told.state("gpt")
    assert "studying" == fold([*TWO, event(3 * HOUR, "parked", topic="tensors")]).state("attention")


def test_a_parked_topic_comes_back_with_start_and_a_learnt_one_is_not_parked():
    events = [event(0, "parked", topic="gpt"), event(1, "started", topic="gpt")]
    assert "parked" == fold(events[:1]).state("gpt")
    assert "studying" == fold(events).state("gpt")
    assert "done" == fold([event(0, "done", topic="gpt"), event(1, "parked", topic="gpt")]).state("gpt")


def test_what_was_learnt_before_a_detour_to_it_is_learnt_after_it():
    events = [event(0, "done", topic="attention"), *TWO[:2]]
    assert "studying" == fold(events).state("attention")
    told = fold([*events, event(3 * HOUR, "returned", topic="attention", to="gpt")])
    assert ("done", "studying") == (told.state("attention"), told.state("gpt"))


def test_a_detour_to_what_was_left_goes_back_to_it():
    told = fold([*TWO, detour(3 * HOUR, "tensors", "gpt")])
    assert [] == stack(told)
    assert "studying" == told.state("tensors")


def test_leaving_a_topic_again_closes_what_was_opened_from_it_before():
    told = fold([*TWO, detour(3 * HOUR, "attention", "matrices")])
    assert [("gpt", "attention"), ("attention", "matrices")] == stack(told)
    told = fold([*TWO, detour(3 * HOUR, "gpt", "matrices")])
    assert [("gpt", "matrices")] == stack(told)
    assert ("detoured", "studying") == (told.state("gpt"), told.state("attention"))


def test_a_return_to_nowhere_closes_the_detour():
    told = fold([*TWO[:2], event(3 * HOUR, "returned", topic="attention")])
    assert ([], None) == (stack(told), told.running)


def test_renamed_topics_stay_on_the_stack():
    assert [("llm", "attention")] == stack(fold(TWO[:2], aliases={"gpt": "llm"}))


def test_events_without_their_facts_change_nothing():
    events = [event(1, "detoured", topic="a"), detour(2, "a", "a"), event(3, "returned"), event(4, "parked")]
    told = fold([*events, detour(5, "b", "c", box="long", note=None)])
    assert [("b", "c")] == stack(told)
    assert detours.LEAST_BOX == told.detours[0].box


def test_boxes_are_twice_the_repair_and_an_evening_at_most():
    assert [0.5, 1.0, 2.5, 3.0] == [detours.box(hours) for hours in (0.01, 0.5, 1.2, 9)]


def test_another_way_is_due_after_three_steps_back_or_two_overruns():
    frame = Frame("b", "a", 0, box=1.0)
    assert not detours.needs_another_way((frame,) * 3, [0.5] * 3)
    assert detours.needs_another_way((frame,) * 4, [0.1] * 4)
    assert not detours.needs_another_way((frame,), [1.5])
    assert detours.needs_another_way((frame,), [2.0])
    assert detours.needs_another_way((frame, frame), [1.0, 1.2])


NAMES = st.sampled_from("abcde")


@st.composite
def lives(draw: st.DrawFn) -> list[Event]:
    """Any order of commands on five topics, sensible or not (as merged journals may be)."""
    told = []
    for at in range(draw(st.integers(1, 25))):
        do = draw(st.sampled_from(["started", "stopped", "detoured", "returned", "parked", "done", "known"]))
        facts: dict[str, object] = {"topic": draw(NAMES)}
        if do == "detoured":
            facts["from"] = draw(NAMES)
        elif do == "returned" and draw(st.booleans()):
            facts["to"] = draw(NAMES)
        told.append(event(at * MINUTE, do, **facts))
    return told


@settings(max_examples=150)
@given(lives())
def test_exactly_what_was_left_is_detoured_and_back_always_leads_out(events: list[Event]):
    told = fold(events)
    names = [frame.source for frame in told.detours]
    assert len(set(names)) == len(names)
    assert {name for name in told.topics if told.state(name) == "detoured"} == set(names)
    at = events[-1].at
    while told.detours:
        depth = len(told.detours)
        top = told.detours[-1]
        at += MINUTE
        events = [*events, event(at, "returned", topic=top.topic, to=top.source)]
        told = fold(events)
        assert len(told.detours) < depth
        assert "studying" == told.state(top.source)


def test_the_note_of_a_detour_belongs_to_what_it_leaves_and_to_no_other_topic():
    told = fold([event(0, "started", topic="latin"), detour(HOUR, "gpt", "attention", note="shapes")])
    assert {"latin": "", "gpt": "shapes", "attention": ""} == {
        name: record.note for name, record in told.topics.items()
    }
    assert [("latin", "")] == [(one.topic, one.note) for one in told.sessions]
