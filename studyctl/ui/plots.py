"""Plots in the terminal, where a line says more than a number.

Drawn by plotille in braille dots: eight to a character, with axes that begin where the numbers do and
say what they are. Lines differ by being drawn through or dotted, never by colour alone, so they are the
same on paper, in a pipe and in 60 columns.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import plotille

from studyctl.core.time import to_date

AXIS = 13  # columns of the labels at the left
TAIL = 8  # and behind the axis at the bottom
TICK = 10  # columns from one label at the bottom to the next
ROWS = 10
STEPS = (1, 2, 3, 4, 5, 10)
BLANK = "\u2800"  # braille without a dot, which some fonts draw as empty circles


class Series(NamedTuple):
    """A line: its name (empty: not in the key), its points by study day, and whether it is dotted."""

    name: str
    points: Sequence[tuple[float, float]]
    dotted: bool = False


class _Tick(NamedTuple):
    """A label of an axis."""

    text: str


def plot(
    series: Sequence[Series], columns: int, label: str, top: float | None = None, rows: int = ROWS
) -> str:
    """The lines over time, at most `columns` wide; the other axis begins at 0 and is called `label`.

    `top` is where it ends; without it, at a round number over all points.
    """
    kept = [one for one in series if one.points]
    days = [day for one in kept for day, _ in one.points]
    if not days or min(days) == max(days):
        return ""
    ceiling = (
        top if top is not None else round_up(max(value for one in kept for _, value in one.points), rows)
    )
    wide = max(2 * TICK, (columns - AXIS - TAIL) // TICK * TICK)
    first, last = min(days), max(days)
    figure = plotille.Figure()
    figure.with_colors = False
    figure.origin = False
    figure.width, figure.height = wide, rows
    figure.set_x_limits(first, last)
    figure.set_y_limits(0, ceiling)
    figure.x_label, figure.y_label = "date", label
    figure.register_label_formatter(_Tick, _said)
    span = last - first
    figure.x_ticks_fkt = lambda day, _next: _Tick(_day(float(day), span))
    figure.y_ticks_fkt = lambda value, _next: _Tick(f"{float(value):.4g}")
    for one in kept:
        xs, ys = zip(*(_dots(one, first, last, wide) if one.dotted else one.points), strict=True)
        if one.dotted or len(one.points) < 2:
            figure.scatter(list(xs), list(ys))
        else:
            figure.plot(list(xs), list(ys))
    lines = [line.replace(BLANK, " ").rstrip() for line in figure.show().splitlines()]
    return "\n".join([*lines, "", key(kept)])


def key(series: Sequence[Series]) -> str:
    """What each line is."""
    return "   ".join(f"{'⠂ ⠂ ' if one.dotted else '⠒⠒⠒ '}{one.name}" for one in series if one.name)


def round_up(value: float, rows: int) -> float:
    """A round number not under `value` that so many rows divide into round steps; over nothing, one a row."""
    if value <= 0:
        return float(rows)
    step = value / rows
    size = 10.0 ** math.floor(math.log10(step))
    return rows * size * next(one for one in STEPS if one * size >= step * (1 - 1e-9))


def _dots(one: Series, first: float, last: float, wide: int) -> list[tuple[float, float]]:
    """Points on a line, one for each character."""
    told = []
    points = sorted(one.points)
    for at in range(wide):
        day = first + (at + 0.5) * (last - first) / wide
        if points[0][0] <= day <= points[-1][0]:
            told.append((day, _between(points, day)))
    return told or list(points)


def _between(points: Sequence[tuple[float, float]], day: float) -> float:
    for (before, low), (after, high) in itertools.pairwise(points):
        if before <= day <= after:
            return low + (high - low) * ((day - before) / (after - before) if after > before else 0.0)
    return points[-1][1]


def _day(day: float, span: float) -> str:
    when = to_date(round(day))
    return f"{when:%b %Y}" if span > 180 else f"{when.day} {when:%b}"


def _said(tick: _Tick, chars: int, delta: object, left: bool = False) -> str:  # noqa: ARG001 (as plotille calls it)
    return tick.text[:chars].ljust(chars) if left else tick.text[:chars].rjust(chars)
