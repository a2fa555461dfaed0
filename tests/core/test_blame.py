"""Who is to blame for being stuck, and what is tried first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core import blame
from studyctl.core.blame import Sign, Step, Suspect
from studyctl.core.outline import Line, Outline

CHAIN = {0: 1, 1: 2, 2: 3}  # topic -> steps down


def outline(requires: list[list[int]], any_of: list[list[list[int]]] | None = None) -> Outline:
    count = len(requires)
    lines = [Line(f"t{n}", f"T{n}", "a", "concept", 4, 5) for n in range(count)]
    nothing: list[tuple[int, ...]] = [()] * count
    return Outline(lines, requires, any_of or [[]] * count, nothing, [{}] * count)


def chance(told: list[Suspect], topic: int) -> float:
    return next(one.chance for one in told if one.topic == topic)


def test_everything_underneath_is_suspected_with_its_distance():
    graph = outline([[], [0], [1], [2, 0]])
    assert {2: 1, 0: 1, 1: 2} == blame.below(graph, 3, bytearray(4))


def test_of_alternatives_the_learnt_one_is_suspected():
    graph = outline([[], [], []], [[], [], [[0, 1]]])
    assert {0: 1} == blame.below(graph, 2, bytearray(3))
    assert {1: 1} == blame.below(graph, 2, bytearray([0, 1, 0]))


def test_a_cycle_does_not_matter():
    assert {1: 1} == blame.below(outline([[1], [0]]), 0, bytearray(2))


def test_what_is_nearer_and_less_there_is_likelier():
    told = blame.suspects(CHAIN, {0: Sign(0.7), 1: Sign(0.7), 2: Sign(0.7)})
    assert [0, 1, 2] == [one.topic for one in told]
    told = blame.suspects(CHAIN, {0: Sign(0.95), 1: Sign(0.4), 2: Sign(0.9)})
    assert 1 == told[0].topic


def test_lapses_practice_and_the_learners_word_raise_the_odds():
    plain = Sign(0.8)
    signs = {0: plain, 1: plain}
    before = chance(blame.suspects({0: 1, 1: 1}, signs), 0)
    for sign in (Sign(0.8, lapses=1), Sign(0.8, practised=0.8), Sign(0.8, said=True)):
        told = blame.suspects({0: 1, 1: 1}, signs | {0: sign})
        assert 0 == told[0].topic
        assert chance(told, 0) > before


def test_the_learners_word_makes_the_odds_five_times_what_they_were():
    (plain,) = blame.suspects({0: 1}, {0: Sign(0.8)})
    (said,) = blame.suspects({0: 1}, {0: Sign(0.8, said=True)})
    assert pytest.approx(5 * plain.odds) == said.odds


def test_a_quiz_clears_or_accuses_and_the_others_make_up_for_it():
    told = blame.suspects({0: 1, 1: 1}, {0: Sign(0.6), 1: Sign(0.6)})
    cleared = blame.after_quiz(told, 0, 3, 3)
    assert chance(cleared, 0) < 0.1 < chance(told, 1) < chance(cleared, 1)
    assert chance(blame.after_quiz(told, 0, 0, 3), 0) > 0.9


def test_a_cheap_question_comes_before_a_dear_repair():
    told = blame.suspects({0: 1, 1: 1}, {0: Sign(0.6, repair=5), 1: Sign(0.6, repair=5)})
    assert Step.QUIZ is blame.advice(told, {0, 1})[0]
    assert Step.REPAIR is blame.advice(told, ())[0]


def test_what_a_quiz_accused_is_repaired():
    told = blame.suspects({0: 1, 1: 1}, {0: Sign(0.6, repair=5), 1: Sign(0.6, repair=5)})
    step, one = blame.advice(blame.after_quiz(told, 1, 0, 3), {0, 1})
    assert (Step.REPAIR, 1) == (step, one.topic if one else None)


def test_where_nothing_underneath_is_to_blame_it_is_the_text():
    assert (Step.LOOK_ELSEWHERE, None) == blame.advice(blame.suspects({}, {}), ())
    told = blame.suspects({0: 1}, {0: Sign(1.0)})
    assert Step.LOOK_ELSEWHERE is blame.advice(told, {0})[0]
    assert 0.9 < blame.leak(told) <= 1.0


def test_only_somebody_far_ahead_is_clear():
    assert not blame.is_clear([])
    assert not blame.is_clear(blame.suspects({0: 1, 1: 1}, {0: Sign(0.2), 1: Sign(0.2)}))
    assert blame.is_clear(blame.suspects({0: 1, 1: 1}, {0: Sign(0.15), 1: Sign(0.9)}))


signs = st.builds(
    Sign,
    there=st.floats(0, 1),
    lapses=st.floats(0, 50),
    practised=st.floats(0, 1),
    said=st.booleans(),
    repair=st.floats(0, 100),
)


@given(st.lists(signs, min_size=1, max_size=30), st.data())
def test_chances_are_chances_and_the_advice_is_about_a_suspect(told: list[Sign], data: st.DataObject):
    steps = {topic: data.draw(st.integers(1, 9)) for topic in range(len(told))}
    found = blame.suspects(steps, dict(enumerate(told)))
    for _ in range(data.draw(st.integers(0, 4))):
        topic = data.draw(st.sampled_from(range(len(told))))
        found = blame.after_quiz(found, topic, data.draw(st.integers(0, 3)), 3)
    assert sorted(steps) == sorted(one.topic for one in found)
    assert all(0 <= one.chance <= 1 for one in found)
    assert [one.chance for one in found] == sorted((one.chance for one in found), reverse=True)
    assert 0 <= blame.leak(found) <= 1
    step, one = blame.advice(found, steps)
    assert (one is None) == (step is Step.LOOK_ELSEWHERE)
