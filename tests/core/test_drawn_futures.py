"""Forecasts: exact where nothing is left to chance, near an independent simulator where it is."""

from __future__ import annotations

import numpy as np
import pytest

from studyctl.core.doubt import doubt
from studyctl.core.forecast import NOTHING_NEW, Coming, Futures, ending, futures, if_you_stop, load
from studyctl.core.habits import USUAL
from studyctl.core.held import Held
from studyctl.core.memory import PARAMETERS, retrievability
from studyctl.core.review_log import Judged

TODAY = 20_000


def held(
    stability: list[float], topic: list[int] | None = None, last: int = TODAY, due: int = TODAY + 9
) -> Held:
    size = len(stability)
    return Held(
        tuple(f"t/{n}" for n in range(size)),
        np.array(topic or [0] * size, np.int64),
        np.array(stability),
        np.full(size, 5.0),
        np.full(size, last),
        np.full(size, due),
        np.full(size, 0.9),
    )


def test_what_is_left_is_the_exact_mean_of_recall():
    cards = held([3.0, 30.0, 300.0], [0, 0, 2], last=TODAY - 4)
    (left,) = if_you_stop(cards, [TODAY + 100], 3, PARAMETERS[20])
    chances = [retrievability(stability, 104) for stability in (3.0, 30.0, 300.0)]
    assert left.recall == pytest.approx(sum(chances) / 3, rel=1e-12)
    assert left.topics[0] == pytest.approx(sum(chances[:2]) / 2, rel=1e-12)
    assert np.isnan(left.topics[1])
    assert if_you_stop(held([]), [TODAY], 1, PARAMETERS[20])[0].recall is None


def test_the_load_is_the_same_for_the_same_seed():
    cards = held([5.0] * 50)
    starts = list(range(TODAY, TODAY + 365, 7))
    first, second = (futures(cards, USUAL, PARAMETERS, today=TODAY, starts=starts) for _ in range(2))
    assert np.array_equal(first.minutes, second.minutes)


def test_a_backlog_is_done_in_the_first_week():
    cards = held([50.0] * 40, last=TODAY - 400, due=TODAY - 350)
    told = futures(cards, USUAL, PARAMETERS, today=TODAY, starts=[TODAY, TODAY + 7, TODAY + 14])
    assert told.reviews[:, 0].min() >= 40


def test_the_load_is_the_mean_of_the_futures_and_its_interval_holds_four_of_five():
    cards = held([20.0] * 60)._replace(due=TODAY + np.arange(60) % 28)
    starts = list(range(TODAY, TODAY + 57, 7))
    told = [
        futures(cards.scaled(factor), USUAL, PARAMETERS, today=TODAY, starts=starts, runs=20, seed=seed)
        for seed, factor in enumerate((0.7, 1.0, 1.4))
    ]
    weeks = load(told)
    minutes = np.concatenate([one.minutes for one in told])
    assert weeks.minutes == pytest.approx(minutes.mean(axis=0), rel=1e-12)
    assert weeks.reviews == pytest.approx(np.mean([one.reviews for one in told], axis=(0, 1)), rel=1e-12)
    assert (weeks.low < weeks.minutes).all()
    assert (weeks.minutes < weeks.high).all()
    inside = (minutes >= weeks.low) & (minutes <= weeks.high)
    assert inside.mean(axis=0) == pytest.approx(0.8, abs=0.04)


def test_the_mean_is_inside_also_where_one_future_outweighs_all_others():
    rare = Futures(np.zeros((40, 1)), np.array([[0.0]] * 39 + [[60.0]]))
    assert load([rare]).low == 0.0
    assert load([rare]).high == load([rare]).minutes == 1.5


def test_new_cards_are_seen_on_their_days():
    coming = Coming(np.array([TODAY, TODAY + 8]), np.full(2, 0.9))
    told = futures(
        held([]), USUAL, PARAMETERS, today=TODAY, starts=[TODAY, TODAY + 7, TODAY + 14], coming=coming
    )
    assert told.reviews[:, 0].min() >= 1
    assert told.minutes[:, 0].min() > 0


def test_a_higher_retention_costs_more_and_keeps_more():
    cards = held([20.0] * 200)
    told = [
        ending(
            cards.with_retention(np.full(200, share), PARAMETERS), USUAL, PARAMETERS, today=TODAY, days=364
        )
        for share in (0.8, 0.9, 0.95)
    ]
    assert sorted(told) == told


@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
def test_the_load_is_within_15_per_cent_of_the_librarys_simulator(retention):
    """Two quite different ways to simulate: from card to card here, from day to day there."""
    rust = pytest.importorskip("fsrs_rs_python")
    size, weeks = 1500, 104
    coming = Coming(np.arange(size) // 10, np.full(size, retention))
    starts = list(range(0, 7 * weeks + 1, 7))
    ours = load([futures(held([]), USUAL, PARAMETERS, today=0, starts=starts, coming=coming, runs=16)])
    config = rust.default_simulator_config()
    config.deck_size, config.learn_span, config.learn_limit, config.max_cost_perday = size, 7 * weeks, 10, 1e9
    runs = [rust.simulate(list(PARAMETERS), retention, config, seed).cost_per_day for seed in range(16)]
    theirs = np.mean(runs, axis=0)[: 7 * weeks].reshape(weeks, 7).sum(axis=1) / 60
    apart = np.abs(ours.minutes / theirs - 1)
    assert np.quantile(apart, 0.95) < 0.15
    for year in (slice(0, 52), slice(52, 104)):
        assert ours.minutes[year].sum() == pytest.approx(theirs[year].sum(), rel=0.10)


def test_nothing_new_comes_of_itself():
    told = futures(held([]), USUAL, PARAMETERS, today=TODAY, starts=[TODAY, TODAY + 7], coming=NOTHING_NEW)
    assert 0 == told.minutes.sum()


def judged(factor: float, answers: int) -> Judged:
    """Answers of cards whose stability is really `factor` times what the model believes."""
    dice = np.random.default_rng(1)
    stability = dice.uniform(2, 60, answers)
    gap = np.maximum(1, stability.round()).astype(np.int64)
    chance = np.array([retrievability(s * factor, int(t)) for s, t in zip(stability, gap, strict=True)])
    recalled = dice.random(answers) < chance
    nothing = np.zeros(answers, np.int64)
    return Judged(np.arange(answers), gap, stability, chance, recalled, nothing, nothing)


def test_the_doubt_narrows_with_answers_but_never_goes_away():
    none, few, many = (
        doubt(judged(1.0, count) if count else None, PARAMETERS[20]) for count in (0, 60, 6000)
    )
    assert none.high / none.low > few.high / few.low > many.high / many.low > 1.6


def test_the_doubt_follows_answers_that_the_model_did_not_expect():
    assert doubt(judged(0.5, 4000), PARAMETERS[20]).low < 0.55
    assert doubt(judged(2.0, 4000), PARAMETERS[20]).high > 1.9
    assert 1.0 == doubt(judged(0.4, 4000), PARAMETERS[20]).high
