"""Rectangles on a sheet, in their order: each as high up as it can stand, then as far left.

Packers of libraries sort by size, to waste nothing; here the order says something (areas by depth),
so that what comes first must stay on top.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTHS = range(80, 200, 5)  # that are tried, in hundredths of what would do if nothing were wasted


class Packing(NamedTuple):
    """The upper left corner of each rectangle, and the size of it all."""

    corners: Sequence[tuple[float, float]]
    width: float
    height: float


def packed(sizes: Sequence[tuple[float, float]], gap: float, shape: float) -> Packing:
    """Rectangles of these widths and heights, on a sheet of about `shape` as width by height."""
    widest = max(width for width, _ in sizes)
    room = sum((width + gap) * (height + gap) for width, height in sizes)
    tried = (_within(sizes, max(widest, math.sqrt(room * shape) * share / 100), gap) for share in WIDTHS)
    return min(tried, key=lambda one: max(one.width / shape, one.height))


def _within(sizes: Sequence[tuple[float, float]], limit: float, gap: float) -> Packing:
    """The same on a sheet of a given width."""
    # stretches from left to right: from, to, and how far down they are taken
    skyline = [(0.0, limit + gap, 0.0)]
    corners: list[tuple[float, float]] = []
    for width, height in sizes:
        y, x = min(
            (max(low for begin, end, low in skyline if begin < left + width + gap and end > left), left)
            for left, _, _ in skyline
            if left + width <= limit
        )
        corners.append((x, y))
        end = x + width + gap
        left_of = [(begin, min(to, x), low) for begin, to, low in skyline if begin < x]
        right_of = [(max(begin, end), to, low) for begin, to, low in skyline if to > end]
        skyline = [*left_of, (x, end, y + height + gap), *right_of]
    return Packing(
        corners,
        max(x + size[0] for (x, _), size in zip(corners, sizes, strict=True)),
        max(y + size[1] for (_, y), size in zip(corners, sizes, strict=True)),
    )
