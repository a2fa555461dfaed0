"""The lifeline: what most hangs on comes first, and no topic takes all the places."""

from __future__ import annotations

import pytest

from studyctl.core.curriculum import Card, Objective, Requirement, Topic
from studyctl.core.lifeline import lifeline, size, weights


def topic(name: str, *needs: str, cards: int = 4, **more) -> Topic:
    objectives = (Objective("one", "One"), Objective("two", "Two"))
    made = tuple(
        Card(f"c{at}", name, "one" if at * 2 < cards else "two", q="What?", a="That.") for at in range(cards)
    )
    required = tuple(Requirement(need, "because") for need in needs)
    return Topic(name, "area", name, "", 1, requires=required, objectives=objectives, cards=made, **more)


def by_id(*topics: Topic) -> dict[str, Topic]:
    return {one.id: one for one in topics}


def test_a_topic_weighs_what_hangs_on_it_over_all_steps():
    chain = by_id(topic("d", "b", "c"), topic("c", "a"), topic("b", "a"), topic("a"))
    assert {"a": 4, "b": 2, "c": 2, "d": 1} == weights(chain)


def test_alternatives_hang_on_each_of_theirs():
    assert {"a": 2, "b": 2, "c": 1} == weights(
        by_id(topic("a"), topic("b"), topic("c", any_of=(("a", "b"),)))
    )


def test_what_is_exercised_anyway_weighs_less():
    told = weights(by_id(topic("a"), topic("b", "a", practises={"a": 0.75})))
    assert (0.5, 1.0) == (told["a"], told["b"])


def test_a_circle_or_a_prerequisite_that_is_nowhere_stops_nothing():
    assert weights(by_id(topic("a", "b"), topic("b", "a"), topic("c", "gone"))).keys() == {"a", "b", "c"}


def test_every_objective_gets_its_first_card_before_any_gets_its_second():
    assert ["a/c0", "a/c2"] == lifeline(by_id(topic("a")), 2)


def test_each_further_card_of_a_topic_is_worth_half():
    topics = by_id(topic("a"), topic("b", "a"), topic("c", "a"), topic("d", "a"))  # a weighs four
    assert ["a/c0", "a/c2"] == lifeline(topics, 2)
    assert ["a/c0", "a/c1", "a/c2", "b/c0", "c/c0", "d/c0"] == lifeline(topics, 6)


def test_a_cloze_counts_its_gaps_and_never_breaks_the_limit():
    cloze = Card("many", "a", "one", cloze="{{c1::x}} {{c2::y}} {{c3::z}}")
    one = Topic("a", "area", "a", "", 1, objectives=(Objective("one", "One"),), cards=(cloze,))
    assert [] == lifeline({"a": one}, 2)
    assert ["a/many"] == lifeline({"a": one}, 3)


@pytest.mark.parametrize(("retention", "cards"), [(0.90, 317), (0.80, 470)])
def test_its_size_follows_from_ten_minutes_a_week(retention: float, cards: int):
    assert pytest.approx(cards, rel=0.08) == size(10, retention)
    assert size(20, retention) in (2 * size(10, retention), 2 * size(10, retention) + 1)
