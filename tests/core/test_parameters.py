"""What parameters may be, and how far a fit is believed."""

from __future__ import annotations

import math

import fsrs.scheduler
import pytest

from studyctl.core.memory import PARAMETERS
from studyctl.core.parameters import HIGHEST, LOWEST, clipped, read, shrunk


def test_the_bounds_are_the_librarys():
    assert fsrs.scheduler.LOWER_BOUNDS_PARAMETERS == LOWEST
    assert fsrs.scheduler.UPPER_BOUNDS_PARAMETERS == HIGHEST


def test_a_fit_counts_as_much_as_its_answers_beside_a_thousand():
    fit = clipped([value * 1.5 for value in PARAMETERS])
    assert shrunk(fit, 0) == PARAMETERS
    half = shrunk(fit, 1000)
    assert half == pytest.approx([(a + b) / 2 for a, b in zip(fit, PARAMETERS, strict=True)])


def test_a_fit_in_32_bits_just_outside_its_bounds_is_brought_inside():
    fit = [*PARAMETERS[:19], 0.800000012, PARAMETERS[20]]
    fsrs.Scheduler(clipped(fit))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "default",
        [],
        list(PARAMETERS[:19]),
        [*PARAMETERS, 0.1],
        [*PARAMETERS[:20], 0.9],
        [math.nan, *PARAMETERS[1:]],
        [math.inf, *PARAMETERS[1:]],
        ["0.2", *PARAMETERS[1:]],
        [True, *PARAMETERS[1:]],
    ],
)
def test_what_is_no_parameters_is_not_read(value):
    assert read(value) is None


def test_parameters_are_read():
    assert PARAMETERS == read(list(PARAMETERS))
