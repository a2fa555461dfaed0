"""Recall as it was on earlier days, told from the answers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.fsrs_arrays import trace
from studyctl.core.memory import PARAMETERS, Rating, retrievability
from studyctl.core.recall_history import Past, lines, memories, minutes, past, reviews
from studyctl.core.review_log import log

DAY = 86_400_000
DECAY = PARAMETERS[20]


class Row(NamedTuple):
    card: str
    day: int
    rating: int
    ms: int | None = None

    @property
    def at(self) -> int:
        return self.day * DAY


ROWS = [
    Row("a/1", 10, 3, 6000), Row("a/1", 12, 3, 90_000), Row("a/1", 30, 1), Row("a/2", 11, 4), Row("b/1", 20, 3),
    Row("b/1", 21, 2), Row("b/1", 40, 3),
]  # fmt: skip


def told(rows=ROWS) -> Past:
    everything = log(rows)
    found = trace(everything.card, everything.day, everything.rating)
    return past(everything, found.after, DECAY)


def recall(card: str, day: int, until: int) -> float:
    """The same by the scheduler, one answer after the other."""
    model, memory = FsrsModel(), None
    for row in ROWS:
        if row.card == card and row.day <= until:
            memory = model.after(memory, Rating(row.rating), ms=row.at, day=row.day)
    return retrievability(memory.stability, day - memory.last_day)


@pytest.mark.parametrize("day", [10, 11, 15, 20, 29, 30, 35, 41, 400])
def test_on_any_day_recall_is_what_the_scheduler_says(day: int):
    one = told()
    cards, chance = one.recall(day, day)
    seen = {row.card for row in ROWS if row.day <= day}
    assert seen == {one.names[card] for card in cards}
    for card, share in zip(cards, chance, strict=True):
        assert share == pytest.approx(recall(one.names[card], day, day), rel=1e-9)


def test_a_morning_knows_nothing_of_its_day():
    found = memories(told(), 30)
    assert 2 == found["a"].seen
    assert found["a"].recall == pytest.approx((recall("a/1", 30, 29) + recall("a/2", 30, 29)) / 2)
    assert {} == memories(told(), 10)


def test_a_card_that_is_gone_counts_nowhere_not_even_in_the_past():
    found = memories(told(), 30, {"a/2", "b/1"})
    assert {"a"} == found.keys()
    assert (1, pytest.approx(recall("a/1", 30, 29))) == (found["a"].seen, found["a"].recall)


def test_lines_begin_with_the_first_card_of_their_group():
    group = np.array([0, 0, 1])
    a, b = lines(told(), [9, 10, 20, 40], group, 2)
    assert [10, 20, 40] == [point.day for point in a]
    assert [1, 2, 2] == [point.cards for point in a]
    assert [20, 40] == [point.day for point in b]
    nobody, _ = lines(told(), [40], np.array([-1, -1, 1]), 2)
    assert [] == nobody


def test_the_answers_of_a_topic_come_in_order_of_time_and_end_before_the_day():
    found = reviews(told(), 30)("a")
    assert [("a/1", 10), ("a/2", 11), ("a/1", 12)] == [(one.card, one.day) for one in found]
    assert [] == reviews(told(), 30)("nothing")


def test_minutes_count_no_answer_for_more_than_it_can_have_taken():
    found = minutes(log(ROWS), usual=12, longest=60)
    assert 0.1 == pytest.approx(found[10, "a"])
    assert 1.0 == pytest.approx(found[12, "a"])
    assert 0.2 == pytest.approx(found[11, "a"])
    assert {} == minutes(log([]), 12, 60)


def test_without_an_answer_there_is_no_past():
    empty = told([])
    assert {} == memories(empty, 30)
    assert [[]] == lines(empty, [30], np.zeros(0, np.int64), 1)
