"""What has to be refreshed before something is built on it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.memory import Memory, State, interval
from studyctl.core.refresh import (
    QUIZ_HOURS,
    REVIEWED,
    Level,
    Prospect,
    hours,
    level,
    prospect,
    refreshes,
)

TODAY = 20_780


def memory(stability: float, last: int, due: int | None = None) -> Memory:
    day = due if due is not None else last + round(interval(stability))
    return Memory(State.REVIEW, None, stability, 5.0, day, None, 0, last, 3, 0)


@pytest.mark.parametrize(
    ("recall", "expected"),
    [
        (0.9, Level.NOTHING),
        (0.85, Level.NOTHING),
        (0.8, Level.WARM_UP),
        (0.6, Level.PROBE),
        (0.4, Level.RETURN),
    ],
)
def test_recall_decides(recall: float, expected: Level):
    assert expected is level(recall)


def test_what_has_faded_comes_back_until_it_is_085():
    assert Level.PROBE is level(0.8, faded=True)
    assert Level.NOTHING is level(0.86, faded=True)


def test_a_quiz_has_the_last_word():
    assert Level.RETURN is level(0.95, failed=True)
    assert Level.WARM_UP is level(0.6, trusted=True)
    assert Level.RETURN is level(0.4, trusted=True)


def test_a_long_overdue_topic_is_asked_whatever_its_recall():
    assert Level.PROBE is level(0.9, believed=False)


def test_a_probe_is_believed_to_cost_what_it_costs_on_average():
    assert 0.0 == hours(4, 0.8, Level.WARM_UP)
    assert pytest.approx(QUIZ_HOURS + 0.4 * 4 * 0.64) == hours(4, 0.6, Level.PROBE)
    assert pytest.approx(4 * 0.76) == hours(4, 0.4, Level.RETURN)


@given(st.floats(0, 1), st.floats(0, 1), st.booleans(), st.booleans())
def test_more_recall_never_asks_for_more(one: float, other: float, faded: bool, believed: bool):
    low, high = sorted((one, other))
    assert level(low, faded=faded, believed=believed) >= level(high, faded=faded, believed=believed)


@given(st.floats(0, 1), st.sampled_from(Level))
def test_a_refresh_never_takes_much_more_than_learning_it(recall: float, how: Level):
    assert 0 <= hours(4, recall, how) <= 4 + QUIZ_HOURS


def test_cards_fade_towards_the_day_of_the_start():
    cards = [memory(30, TODAY - 10), memory(30, TODAY - 10)]
    now = prospect(cards, TODAY, TODAY, reviews=False)
    later = prospect(cards, TODAY + 28, TODAY, reviews=False)
    assert now
    assert later
    assert later.recall < now.recall
    assert (0, 2) == (now.cards, later.cards)


def test_who_reviews_will_have_reviewed_what_comes_due_before():
    cards = [memory(5, TODAY - 3)]
    told = prospect(cards, TODAY + 20, TODAY, reviews=True)
    assert (REVIEWED, True, 0) == told
    left = prospect([memory(5, TODAY - 40)], TODAY + 20, TODAY, reviews=True)
    assert left
    assert left.recall < 0.85


def test_most_cards_long_overdue_are_not_believed():
    late, fresh = memory(20, TODAY - 60), memory(200, TODAY - 60)
    told = prospect([late, late, fresh], TODAY, TODAY, reviews=False)
    assert told
    assert not told.believed
    told = prospect([late, fresh, fresh], TODAY, TODAY, reviews=False)
    assert told
    assert told.believed


def test_of_cards_that_were_never_seen_nothing_is_said():
    assert prospect([], TODAY, TODAY, reviews=True) is None


class Ground:
    """Topics 0 <- 1 <- 2 <- 3, of which the first three were learnt."""

    def __init__(self, *, faded: bytes = bytes(4), failed: tuple[int, ...] = ()) -> None:
        from test_blame import outline

        self.outline = outline([[], [0], [1], [2]])
        self.known, self.faded, self._failed = bytearray([1, 1, 1, 0]), bytearray(faded), failed

    def failed(self, topic: int) -> bool:
        return topic in self._failed

    def trusted(self, topic: int) -> bool:
        return False


def test_prerequisites_and_what_they_stand_on_are_looked_at():
    recalls = {0: 0.2, 1: 0.6, 2: 0.75}
    told = refreshes(
        Ground(), {3: TODAY}, lambda topic, day: Prospect(recalls[topic], believed=True, cards=3)
    )
    assert [(2, Level.WARM_UP), (1, Level.PROBE)] == [(one.topic, one.level) for one in told]
    assert {3} == {one.sake for one in told}


def test_what_is_planned_itself_is_not_named_again():
    told = refreshes(Ground(), {2: TODAY, 3: TODAY}, lambda topic, day: Prospect(0.6, True, 3))
    assert [1, 0] == [one.topic for one in told]


def test_a_failed_quiz_brings_back_what_has_no_cards():
    told = refreshes(Ground(failed=(2,)), {3: TODAY}, lambda topic, day: None)
    assert [(2, Level.RETURN)] == [(one.topic, one.level) for one in told]
