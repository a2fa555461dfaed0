"""Little time, spent where it keeps the most."""

from __future__ import annotations

import numpy as np
import pytest

from studyctl.core.events import Event
from studyctl.core.fold import fold
from studyctl.core.fsrs_arrays import recall
from studyctl.core.habits import USUAL
from studyctl.core.held import Held
from studyctl.core.keeping import Keeping
from studyctl.core.memory import PARAMETERS, Memory, State
from studyctl.core.queue import Candidate, by_rank
from studyctl.core.upkeep import by_due, by_gain, gain_order, live_on

TODAY, CARDS = 20_000, 400


@pytest.fixture(scope="module")
def cards() -> Held:
    dice = np.random.default_rng(0)
    stability = np.exp(dice.normal(3.5, 1.0, CARDS))
    last = TODAY - dice.integers(0, 60, CARDS)
    zeros = np.zeros(CARDS, np.int64)
    names = tuple(f"t/{n:03d}" for n in range(CARDS))
    difficulty, share = dice.uniform(1, 10, CARDS), np.full(CARDS, 0.9)
    return Held(names, zeros, stability, difficulty, last, last + 20, share)


def end(cards: Held, minutes: float, order=None) -> float:
    order = order or by_gain(USUAL, PARAMETERS, np.ones(CARDS))
    told = live_on(cards, USUAL, PARAMETERS, order, today=TODAY, days=728, minutes=minutes)
    return float(told.recall.mean())


def test_a_few_minutes_keep_more_than_nothing_and_more_keep_more(cards):
    left = float(recall(cards.stability, TODAY + 728 - cards.last, PARAMETERS[20]).mean())
    kept = [end(cards, minutes) for minutes in (2, 5, 15)]
    assert left + 0.03 < kept[0] < kept[1] < kept[2]


def test_gain_order_keeps_more_than_due_order_when_time_is_short(cards):
    assert end(cards, 2) > end(cards, 2, by_due) + 0.01


def test_no_more_time_is_spent_than_there_is(cards):
    order = by_gain(USUAL, PARAMETERS, np.ones(CARDS))
    told = live_on(cards, USUAL, PARAMETERS, order, today=TODAY, days=728, minutes=3)
    assert told.minutes < 3 * 1.25  # an answer may take longer than expected


def test_what_loses_nothing_is_left_alone(cards):
    fresh = cards._replace(last=np.full(CARDS, TODAY), stability=np.full(CARDS, 10_000.0))
    order = by_gain(USUAL, PARAMETERS, np.ones(CARDS))
    told = live_on(fresh, USUAL, PARAMETERS, order, today=TODAY, days=70, minutes=60)
    assert 0 == told.asked.sum()


def test_a_gain_counts_what_matters():
    same = np.full(2, 30.0), np.full(2, 5.0), np.full(2, 40)
    gain = gain_order(*same, np.array([1.0, 2.0]), USUAL, PARAMETERS)
    assert gain[1] == pytest.approx(2 * gain[0])
    assert gain[0] > 0


def test_a_rank_puts_probes_first_and_siblings_apart():
    def one(card: str, note: str, due: int = TODAY - 5) -> Candidate:
        return Candidate(
            card, note, "t", 0, memory=Memory(State.REVIEW, None, 9.0, 5.0, due, None, 0, 0, 3, 0)
        )

    asked = [one("a.c1", "a"), one("a.c2", "a"), one("b", "b"), one("p", "p"), one("later", "l", TODAY + 1)]
    rank = {"a.c1": 3.0, "a.c2": 2.0, "b": 1.0, "p": 0.1}
    told = by_rank([*asked, Candidate("new", "n", "t", 0)], rank, ms=0, day=TODAY, first=["p"])
    assert ["p", "a.c1", "b", "a.c2"] == [one.card for one in told]


def event(number: int, do: str, **facts: object) -> Event:
    return Event(f"e{number}", number, 0, "b", do, facts)


def test_maintenance_is_what_was_agreed_last():
    on = event(1, "maintain-on", minutes=3, per="day", years=2)
    assert Keeping(3.0, weekly=False, years=2.0) == fold([on]).keeping
    weekly = event(2, "maintain-on", minutes=20.0, per="week")
    assert Keeping(20.0, weekly=True) == fold([on, weekly]).keeping
    assert fold([on, weekly, event(3, "maintain-off")]).keeping is None


@pytest.mark.parametrize("minutes", [0, -1, float("nan"), "3", None, True])
def test_an_agreement_without_minutes_is_none(minutes):
    assert fold([event(1, "maintain-on", minutes=minutes)]).keeping is None


def test_a_week_counts_from_monday_and_a_day_from_itself():
    friday = 20_000 - (20_000 + 3) % 7 + 4
    assert friday == Keeping(3).since(friday)
    assert friday - 4 == Keeping(20, weekly=True).since(friday)
    assert 21 == Keeping(3).a_week
