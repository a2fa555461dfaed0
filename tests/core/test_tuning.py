"""Judging a fit in the order of time, and the report on what was really recalled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from studyctl.core.fsrs_arrays import replay
from studyctl.core.memory import PARAMETERS, State, retrievability
from studyctl.core.optimiser import HEADER, before, rows
from studyctl.core.retention import retention
from studyctl.core.review_log import Log, judged, log
from studyctl.core.tuning import compare, resamples

DAY = 86_400_000


class Row(NamedTuple):
    card: str
    at: int
    day: int
    rating: int
    ms: int | None = 8000


def history(cards: int = 60, days: int = 120, seed: int = 0, bias: float = 0.0) -> Log:
    """A log of cards answered every few days; `bias` makes them harder than the model believes."""
    dice = np.random.default_rng(seed)
    told: list[Row] = []
    for card in range(cards):
        day = int(dice.integers(0, 20))
        while day < days:
            rating = 3 if dice.random() > 0.12 + bias else 1
            told.append(Row(f"t{card % 7}/c{card:03d}", day * DAY + card, day, rating))
            day += int(dice.integers(1, 12))
    told.sort(key=lambda row: (row.card, row.at))
    return log(told)


def test_what_was_predicted_of_an_answer_rests_on_those_before_it():
    told = log(
        [Row("t/a", 0, 0, 3), Row("t/a", 5, 0, 3), Row("t/a", 4 * DAY, 4, 1), Row("t/a", 9 * DAY, 9, 3)]
    )
    scored = judged(told, PARAMETERS)
    assert [2, 3] == scored.place.tolist()
    memory = replay(told.card[:2], told.day[:2], told.rating[:2])
    assert scored.predicted[0] == pytest.approx(retrievability(memory.stability[0], 4), rel=1e-9)
    assert [4, 5] == scored.gap.tolist()
    assert [False, True] == scored.recalled.tolist()
    assert [2, 3] == scored.before.tolist()
    assert [0, 1] == scored.failed.tolist()


def test_answers_of_one_day_are_not_scored():
    assert 0 == len(judged(log([Row("t/a", 0, 0, 3), Row("t/a", 9, 0, 1)]), PARAMETERS).place)
    assert 0 == len(judged(log([]), PARAMETERS).place)


def test_a_card_that_was_reset_begins_a_life_of_its_own():
    answers = [Row("t/a", 0, 0, 3), Row("t/a", 9 * DAY, 9, 3), Row("t/a", 19 * DAY, 19, 3)]
    told = log(answers, {"t/a": [12 * DAY]})
    assert ("t/a", "t/a") == told.names
    assert [0, 0, 1] == told.card.tolist()
    assert 1 == len(judged(told, PARAMETERS).place)


def test_each_part_is_judged_by_a_fit_to_what_was_before_it():
    asked: list[int | None] = []
    told = history()

    def fit(moment: int | None) -> tuple[float, ...]:
        asked.append(moment)
        return PARAMETERS

    comparison = compare(told, fit)
    assert None is asked[-1]
    moments = [moment for moment in asked if moment is not None]
    assert sorted(moments) == moments
    assert 5 == len(moments)
    assert comparison.scores["own"] == comparison.scores["default"]
    assert (0.0, 0.0, 0.0) == comparison.difference
    assert not comparison.better
    assert comparison.judged < comparison.answers


def test_a_fit_that_knows_better_wins_and_one_that_is_mad_loses():
    told = history(bias=0.25, cards=200)
    shorter = [0.5 * value if place < 4 else value for place, value in enumerate(PARAMETERS)]
    shorter[8] = 0.8
    assert compare(told, lambda _: shorter).better
    longer = [100.0 if place < 4 else value for place, value in enumerate(PARAMETERS)]
    assert compare(told, lambda _: longer).difference.low > 0


def test_what_is_in_force_is_compared_when_it_is_not_the_default():
    told = history()
    assert "in force" not in compare(told, lambda _: PARAMETERS, PARAMETERS).scores
    other = (*PARAMETERS[:20], 0.2)
    assert "in force" in compare(told, lambda _: PARAMETERS, other).scores


def test_resamples_are_the_same_every_time():
    first, second = resamples(9, 3), resamples(9, 3)
    assert all(np.array_equal(a, b) for a, b in zip(first, second, strict=True))


def test_the_report_counts_every_scored_answer_once_in_every_group():
    told = history()
    scored = judged(told, PARAMETERS)
    report = retention(told, scored, lambda card: "odd" if int(card[-1]) % 2 else "even")
    for group in (report.months, report.areas, report.gaps, report.calibration):
        assert sum(line.answers for line in group) == report.scored == len(scored.place)
    assert report.all is not None
    assert report.all.recalled == pytest.approx(scored.recalled.mean())
    assert ["even", "odd"] == [line.name for line in report.areas]
    assert sum(grade.answers for grade in report.grades) == report.answers
    assert [8.0, None, 8.0, None] == [grade.seconds for grade in report.grades]


def test_an_empty_report_is_empty():
    report = retention(log([]), judged(log([]), PARAMETERS), lambda _: "")
    assert (0, None, ()) == (report.answers, report.all, report.months)


def test_states_in_the_optimisers_file_are_those_of_the_scheduler():
    from studyctl.adapters.fsrs_model import FsrsModel
    from studyctl.core.memory import Rating

    dice = np.random.default_rng(3)
    told = [Row("t/a", day * DAY, day, int(dice.integers(1, 5))) for day in range(200)]
    model, memory, states = FsrsModel(), None, []
    for row in told:
        states.append(memory.state if memory else State.NEW)
        memory = model.after(memory, Rating(row.rating), ms=row.at, day=row.day)
    assert states == before(log(told))


def test_cards_are_numbered_by_their_first_answer_and_lines_are_in_order_of_time():
    told = log([Row("t/a", 5 * DAY, 5, 3, None), Row("t/b", 0, 0, 1), Row("t/b", 60_000, 0, 3)])
    assert [HEADER, "1,0,1,0,8000", "1,60000,3,1,8000", f"2,{5 * DAY},3,0,0"] == list(rows(told))
