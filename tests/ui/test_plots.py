"""Lines in the terminal: as wide as they may be, with axes that are true."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.time import from_date
from studyctl.ui.plots import Series, plot, round_up

TODAY = from_date(date(2026, 11, 23))
FALLING = [(TODAY + day, 100 - day / 10) for day in range(0, 400, 10)]


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_a_plot_is_never_wider_than_the_terminal(columns: int):
    told = plot([Series("left", FALLING), Series("likely", FALLING, dotted=True)], columns, "%", top=100)
    lines = told.splitlines()
    assert columns - 20 <= max(map(len, lines)) <= columns
    assert "\x1b" not in told
    assert "\u2800" not in told
    assert "⠒⠒⠒ left   ⠂ ⠂ likely" == lines[-1]


def test_the_axes_begin_at_zero_and_say_what_they_are():
    lines = plot([Series("left", FALLING)], 80, "%", top=100).splitlines()
    assert "(%)" in lines[0]
    labels = [float(found[1]) for line in lines if (found := re.match(r"\s*([\d.]+) \|", line))]
    assert [float(100 - 10 * row) for row in range(11)] == labels
    assert "Nov 2026" in lines[-3]
    assert "Dec 2027" in lines[-3]


def test_a_point_stands_in_the_row_of_its_value():
    lines = plot([Series("flat", [(TODAY, 42.0), (TODAY + 100, 42.0)])], 60, "%", top=100).splitlines()
    (row,) = [line for line in lines[:-1] if re.search(r"[\u2801-\u28ff]{5}", line)]
    assert row.lstrip().startswith("40 |")


def test_nothing_is_drawn_of_nothing():
    assert "" == plot([], 80, "%")
    assert "" == plot([Series("one", [(TODAY, 1.0)])], 80, "%")


@given(st.floats(1e-3, 1e6))
def test_the_top_is_round_and_not_far_above(value: float):
    top = round_up(value, 10)
    assert value <= top * (1 + 1e-6)
    assert top <= 2.1 * value


def test_a_line_of_nothing_has_an_axis_of_whole_numbers():
    told = plot([Series("reviews", [(TODAY, 0.0), (TODAY + 20, 0.0)])], 60, "minutes")
    assert "e-" not in told
    assert re.search(r"^ +10 \|", told, re.MULTILINE)
