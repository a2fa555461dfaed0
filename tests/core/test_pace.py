"""How long a learner takes."""

from __future__ import annotations

import math

from studyctl.core.pace import BOUND, USUAL, pace


def test_without_a_finished_topic_the_pace_is_the_usual_one():
    told = pace([])
    assert (0, 0.0) == (told.topics, told.hours)
    assert math.isclose(USUAL, told.ratio)


def test_a_topic_done_after_minutes_says_nothing():
    assert pace([]) == pace([(0.01, 4.0), (0.0, 8.0), (0.5, 4.0)])


def test_a_clock_that_ran_on_counts_as_the_bound():
    assert pace([(BOUND * 4.0, 4.0)]).ratio == pace([(100.0, 4.0)]).ratio


def test_every_finished_topic_draws_the_pace_to_itself_and_narrows_it():
    one, two = pace([(8.0, 4.0)]), pace([(8.0, 4.0), (8.0, 4.0)])
    assert USUAL < one.ratio < two.ratio < 2.0
    assert two.spread < one.spread < pace([]).spread
