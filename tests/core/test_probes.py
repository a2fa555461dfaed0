"""Quizzes: which cards are asked, and what their answers say."""

from __future__ import annotations

from studyctl.core.curriculum import Card
from studyctl.core.events import Event
from studyctl.core.fold import fold
from studyctl.core.probes import Quiz, questions, with_answer


def note(name: str, objective: str, **how: str) -> Card:
    return Card(name, "t", objective, **({"q": "?", "a": "!"} | how))


NOTES = [note("a1", "a"), note("a2", "a"), note("b1", "b"), note("b2", "b", cloze="{{c1::x}} {{c2::y}}")]


def test_each_objective_is_asked_before_any_is_asked_twice():
    assert ["t/a1", "t/b1", "t/a2"] == questions(NOTES)


def test_another_quiz_begins_with_other_cards():
    assert ["t/b2.c1", "t/a1", "t/b1"] == questions(NOTES, turn=1)


def test_suspended_cards_are_not_asked():
    assert ["t/a2", "t/b1", "t/b2.c2"] == questions(NOTES, {"t/a1", "t/b2.c1"})


def test_a_topic_without_cards_has_no_quiz():
    assert [] == questions([], turn=4)


def test_answers_of_one_command_are_one_quiz():
    told: tuple[Quiz, ...] = ()
    for batch, right in (("x", True), ("x", False), ("y", True)):
        told = with_answer(told, 5, 0, batch, right)
    assert [(1, 2), (1, 1)] == [(one.right, one.of) for one in told]
    assert [False, True] == [one.passed for one in told]


def test_two_of_three_are_enough():
    assert Quiz(0, 0, "", 2, 3).passed
    assert not Quiz(0, 0, "", 1, 3).passed


def event(at: int, do: str, batch: str = "b", **facts: object) -> Event:
    return Event(f"e{at}", at, 0, batch, do, facts)


def test_placement_is_kept_until_it_is_at_its_end():
    events = [
        event(1, "place-answered", topic="a", card="a/x", right=True),
        event(2, "place-said", topic="b", right=False),
    ]
    told = fold(events)
    assert {"a": (True, "a/x"), "b": (False, "")} == dict(told.placement)
    told = fold([*events, event(3, "known", topic="a"), event(3, "placed", unsure=["b", "a", 7])])
    assert {} == told.placement
    assert (False, True) == (told.topics["a"].unsure, told.topics["b"].unsure)


def test_whatever_decides_ends_being_unsure():
    placed = event(1, "placed", unsure=["a"])
    for after in (event(2, "known", topic="a"), event(2, "probed", topic="a", right=False)):
        assert not fold([placed, after]).topics["a"].unsure
    assert not fold([placed, event(2, "placed")]).topics["a"].unsure
