"""The words of FSRS, and the model that schedules one review at a time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import fsrs
import pytest

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.memory import LONGEST, PARAMETERS, Memory, Rating, State, interval, retrievability

DAY = 20_000
NOON = DAY * 86_400_000 + 43_200_000
AGAIN, HARD, GOOD, EASY = Rating


@pytest.fixture(scope="module")
def model() -> FsrsModel:
    return FsrsModel()


def told(model: FsrsModel, *answers: tuple[int, Rating], retention: float = 0.9) -> Memory:
    """The memory after answers, each given with its study day, counted from the first."""
    memory = None
    for day, rating in answers:
        memory = model.after(memory, rating, ms=NOON + day * 86_400_000, day=DAY + day, retention=retention)
    assert memory is not None
    return memory


def test_the_parameters_are_the_librarys():
    assert fsrs.scheduler.DEFAULT_PARAMETERS == PARAMETERS


@pytest.mark.parametrize(
    ("answers", "minutes"),
    [([AGAIN], 1), ([HARD], 5.5), ([GOOD], 10), ([GOOD, HARD], 10), ([GOOD, AGAIN], 1)],
)
def test_a_new_card_takes_ankis_steps(model, answers, minutes):
    memory = told(model, *((0, rating) for rating in answers))
    assert State.LEARNING is memory.state
    assert NOON + minutes * 60_000 == memory.due_ms
    assert not memory.is_due(NOON + minutes * 60_000 - 1, DAY)
    assert memory.is_due(NOON + minutes * 60_000, DAY)


def test_a_card_that_was_easy_or_good_twice_is_in_review(model):
    for answers in ([EASY], [GOOD, GOOD]):
        memory = told(model, *((0, rating) for rating in answers))
        assert State.REVIEW is memory.state
        assert memory.due_ms is None
        assert memory.due_day > DAY


@pytest.mark.parametrize(("rating", "minutes"), [(AGAIN, 10), (HARD, 15)])
def test_a_forgotten_card_comes_back_after_ten_minutes(model, rating, minutes):
    answers = [(0, EASY), (8, AGAIN)] + ([(8, rating)] if rating is not AGAIN else [])
    memory = told(model, *answers)
    assert State.RELEARNING is memory.state
    assert memory.last_ms + minutes * 60_000 == memory.due_ms
    assert 1 == memory.lapses


def test_two_evenings_a_few_hours_less_than_a_day_apart_are_a_day(model):
    first = model.after(None, EASY, ms=NOON, day=DAY)
    early = model.after(first, GOOD, ms=NOON + 20 * 3_600_000, day=DAY + 1)
    late = model.after(first, GOOD, ms=NOON + 28 * 3_600_000, day=DAY + 1)
    assert (early.stability, early.due_day) == (late.stability, late.due_day)
    assert early.stability > first.stability


def test_travelling_back_over_midnight_is_the_same_day(model):
    first = model.after(None, EASY, ms=NOON, day=DAY)
    earlier = model.after(first, GOOD, ms=NOON + 1000, day=DAY - 1)
    same = model.after(first, GOOD, ms=NOON + 1000, day=DAY)
    assert same.stability == earlier.stability


def test_only_forgetting_a_card_in_review_is_a_lapse(model):
    memory = told(model, (0, AGAIN), (0, GOOD), (0, GOOD), (5, AGAIN), (5, AGAIN), (5, GOOD), (9, AGAIN))
    assert (7, 2) == (memory.reviews, memory.lapses)


def test_retention_moves_what_is_due_and_nothing_else(model):
    low, high = (told(model, (0, EASY), (8, GOOD), retention=share) for share in (0.8, 0.95))
    assert low.due_day > high.due_day
    assert low._replace(due_day=0) == high._replace(due_day=0)


def test_intervals_stay_between_a_day_and_a_century(model):
    assert 1 == told(model, (0, AGAIN), (0, GOOD), (0, GOOD)).due_day - DAY
    memory = told(model, *((n * 20_000, EASY) for n in range(6)))
    assert LONGEST == memory.due_day - memory.last_day


def test_the_next_interval_is_the_formulas_rounded(model):
    memory = told(model, (0, EASY), (8, GOOD))
    assert round(interval(memory.stability)) == memory.due_day - memory.last_day


def test_recall_is_nine_tenths_after_as_many_days_as_stability_says():
    assert pytest.approx(0.9, abs=1e-12) == retrievability(17, 17)
    assert 1.0 == retrievability(17, 0) == retrievability(17, -3)


def test_the_model_is_py_fsrs_fed_with_study_days(model):
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card = fsrs.Card(card_id=1)
    answers = [(0, GOOD), (0, GOOD), (3, HARD), (3, AGAIN), (4, GOOD), (30, EASY), (400, AGAIN), (401, GOOD)]
    for day, rating in answers:
        when = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), when)
    memory = told(model, *answers)
    assert (card.stability, card.difficulty) == (memory.stability, memory.difficulty)


def test_the_model_loads_no_numpy():
    code = (
        "import sys, studyctl.adapters.fsrs_model; assert not {'numpy', 'torch', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
