"""What is known of a topic, how sure that is, and when it will be lost."""

from __future__ import annotations

import pytest
from scipy import stats

from studyctl.core.knowledge import (
    counter,
    fades_on,
    guessed,
    interval,
    knowledge,
    long_overdue,
    recall_on,
    word,
)
from studyctl.core.mastery import FADED
from studyctl.core.memory import Memory, State

TODAY = 20_000


def memory(stability: float, last: int = TODAY, due: int | None = None) -> Memory:
    due_day = last + round(stability) if due is None else due
    return Memory(State.REVIEW, None, stability, 5.0, due_day, None, 0, last, 3, 0)


def test_recall_is_the_mean_over_the_seen_cards_and_coverage_their_share():
    told = knowledge([memory(10, TODAY - 10), memory(40)], 4, TODAY, learnt_on=TODAY - 30)
    assert told.recall == pytest.approx((0.9 + 1.0) / 2)
    assert (2, 0.5, False) == (told.seen, told.coverage, told.guess)


def test_the_interval_is_near_the_beta_interval_and_narrows_with_cards():
    for cards in (5, 10, 40):
        for share in (0.6, 0.8, 0.95):
            low, high = interval(share, cards)
            beta = stats.beta(share * cards + 0.5, (1 - share) * cards + 0.5).interval(0.9)
            assert low == pytest.approx(beta[0], abs=0.06)
            assert high == pytest.approx(beta[1], abs=0.06)
            assert 0 <= low < share < high <= 1
    assert interval(0.8, 40)[0] > interval(0.8, 5)[0]


def test_a_topic_fades_on_the_first_day_under_070_and_not_a_day_earlier():
    cards = [memory(stability, TODAY - 3) for stability in (2.0, 9.0, 70.0)]
    day = fades_on(cards, TODAY)
    assert day is not None
    assert recall_on(cards, day) < FADED <= recall_on(cards, day - 1)


def test_what_has_faded_or_will_not_in_a_century_has_no_such_day():
    assert fades_on([memory(1.0, TODAY - 100)], TODAY) is None
    assert fades_on([memory(36_500.0)], TODAY) is None


def test_without_cards_recall_is_a_guess_from_what_others_keep():
    told = knowledge([], 0, TODAY, learnt_on=TODAY - 365)
    assert told.guess
    assert told.recall == pytest.approx(0.70, abs=0.001)
    assert guessed(0) == 1.0
    assert guessed(-5) == 1.0
    assert knowledge([], 0, TODAY, learnt_on=TODAY).fades_on == TODAY + 366
    assert knowledge([], 0, TODAY, learnt_on=None).recall is None


def test_a_topic_is_unproven_while_most_of_its_cards_are_long_overdue():
    late, fine = memory(10, TODAY - 60), memory(10, TODAY - 5)
    assert long_overdue([late, late, fine], TODAY)
    assert not long_overdue([late, fine, fine], TODAY)


def test_the_third_time_counter_counts_declared_learnings_and_relearnings():
    assert (3, 2, 1) == counter(learnings=2, learnt=True, declared=1, confirmed=1, relearnt=1)
    assert (1, 0, 0) == counter(learnings=1, learnt=True, declared=0, confirmed=0, relearnt=0)
    assert (1, 1, 1) == counter(learnings=1, learnt=False, declared=1, confirmed=0, relearnt=0)


def test_forgotten_is_only_what_a_lapse_or_a_quiz_has_confirmed():
    assert "faded" == word(learnt=True, faded=True, lost=False)
    assert "forgotten" == word(learnt=True, faded=True, lost=True)
    assert "learnt" == word(learnt=True, faded=False, lost=True)
    assert "unknown" == word(learnt=False, faded=True, lost=True)
