"""What the memories of its cards say about a topic."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.mastery import FADED, FRESH, Probed, Reviewed, fade, is_faded, mastery
from studyctl.core.memory import Memory, State, retrievability

DAY = 86_400_000


def quiz(day: int, *, passed: bool) -> Probed:
    return Probed(day * DAY + 1, day, passed)


def review(card: str, day: int, rating: int, stability: float) -> Reviewed:
    memory = Memory(State.REVIEW, None, stability, 5.0, day + 1, None, day * DAY, day, 1, 0)
    return Reviewed(card, day, rating, memory)


def test_mastery_is_the_share_seen_times_recall():
    assert 0.45 == mastery(seen=5, cards=10, recall=0.9)
    assert 0.0 == mastery(seen=0, cards=0, recall=None)


def test_a_topic_fades_under_070_and_only_if_it_was_learnt():
    assert is_faded(learnt=True, recall=FADED - 0.01, before=False)
    assert not is_faded(learnt=False, recall=FADED - 0.01, before=False)
    assert not is_faded(learnt=True, recall=None, before=True)


def test_what_has_faded_stays_so_until_it_is_085_again():
    assert is_faded(learnt=True, recall=0.80, before=True)
    assert not is_faded(learnt=True, recall=0.80, before=False)
    assert not is_faded(learnt=True, recall=FRESH, before=True)


def test_a_fading_that_a_lapse_confirms_counts_once_however_many_cards_lapse():
    assert retrievability(1.0, 60) < FADED
    before = [review(card, 0, 3, 1.0) for card in "abc"]
    told = fade([*before, review("a", 60, 1, 0.5), review("b", 60, 1, 0.5)])
    assert (True, 1) == told[:2]


def test_a_topic_can_be_forgotten_again():
    told = fade([review("a", 0, 3, 1.0), review("a", 60, 1, 0.5), review("a", 120, 1, 0.5)])
    assert 2 == told.forgotten


def test_a_fading_that_was_recalled_all_the_same_is_not_forgotten():
    told = fade([review("a", 0, 3, 1.0), review("a", 60, 3, 30.0)])
    assert (False, 0) == told[:2]


def test_a_topic_stays_faded_while_most_of_its_cards_are():
    told = fade([review("a", 0, 3, 1.0), review("b", 0, 3, 1.0), review("a", 60, 3, 30.0)])
    assert told.faded


def test_nothing_fades_before_it_was_learnt():
    told = fade([review("a", 0, 3, 1.0), review("a", 60, 1, 0.5)], learnt_on=70)
    assert (False, 0) == told[:2]


def test_a_failed_quiz_confirms_a_fading():
    told = fade([review("a", 0, 3, 1.0)], quizzes=[quiz(60, passed=False)])
    assert (True, 1, True) == told[:3]


def test_a_failed_quiz_says_that_it_is_gone_whatever_the_cards_say():
    told = fade([review("a", 0, 3, 900.0)], quizzes=[quiz(60, passed=False)])
    assert (False, 0, True) == told[:3]


def test_a_failed_quiz_is_over_once_recall_is_good_again_or_another_one_is_passed():
    first = review("a", 0, 3, 900.0)
    assert not fade([first, review("a", 61, 3, 900.0)], quizzes=[quiz(60, passed=False)]).failed
    assert not fade([first], quizzes=[quiz(60, passed=False), quiz(70, passed=True)]).failed


def test_what_was_never_reviewed_can_be_found_gone():
    assert fade([], quizzes=[quiz(60, passed=False)]).failed


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from([0, 0, 1, 9, 60]), st.sampled_from([1, 3]))),
    st.sampled_from([0.5, 5.0, 80.0]),
)
def test_a_topic_is_faded_as_its_cards_are_whatever_was_added_up_before(answers, stability):
    told, seen, day, faded = [], {}, 0, False
    for card, wait, rating in answers:
        day += wait
        told.append(review(card, day, rating, stability * rating))
        if seen:
            faded = faded or mean(seen.values(), day) < FADED
        seen[card] = told[-1].memory
        faded = faded and mean(seen.values(), day) < FRESH
    assert faded == fade(told).faded


def mean(memories: Iterable[Memory], day: int) -> float:
    chances = [retrievability(one.stability, day - one.last_day) for one in memories]
    return sum(chances) / len(chances)
