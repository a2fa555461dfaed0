"""Where the topics of a picture stand: layers by depth from left to right, few crossings.

The order within the layers is found by fast-sugiyama (the method of Sugiyama, Tagawa and Toda,
1981). A picture of many topics is cut into bands, one for each area, so that one finds one's way
about; a small one is a single band.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from fast_sugiyama import from_edges

from studyctl.core.picture import Picture

WIDTH, HEIGHT = 214, 26  # of a topic, in pixels
ACROSS, DOWN = 64, 8  # between layers, and between topics of one layer
HEAD = 26  # the line above a band with the name of its area
EDGE = 16
MANY = 60  # topics from which areas get bands of their own


class Band(NamedTuple):
    """The stretch of an area: its id, and where it begins and ends from the top."""

    area: str
    top: float
    bottom: float


class Layout(NamedTuple):
    """The upper left corner of each node, the bands, and the size of it all."""

    places: Sequence[tuple[float, float]]
    bands: Sequence[Band]
    width: float
    height: float


def layout(picture: Picture) -> Layout:
    """Places for all topics of a picture."""
    layers, order = _layers(picture)
    banded = len(picture.nodes) > MANY and len(picture.areas) > 1
    lanes = list(picture.areas) if banded else [""]
    places: list[tuple[float, float]] = [(0.0, 0.0)] * len(picture.nodes)
    bands: list[Band] = []
    top = float(EDGE)
    for lane in lanes:
        cells: defaultdict[int, list[int]] = defaultdict(list)
        for at, node in enumerate(picture.nodes):
            if not banded or node.area == lane:
                cells[layers[at]].append(at)
        tallest = max((len(cell) for cell in cells.values()), default=0)
        head = HEAD if banded else 0
        room = tallest * (HEIGHT + DOWN) - DOWN
        for layer, cell in cells.items():
            free = room - (len(cell) * (HEIGHT + DOWN) - DOWN)
            for row, at in enumerate(sorted(cell, key=lambda at: order[at])):
                down = top + head + (0 if banded else free / 2) + row * (HEIGHT + DOWN)
                places[at] = (EDGE + layer * (WIDTH + ACROSS), down)
        bands.append(Band(lane, top, top + head + room))
        top += head + room + (2 * DOWN if banded else 0)
    width = EDGE + max(layers, default=0) * (WIDTH + ACROSS) + WIDTH + EDGE
    return Layout(places, bands if banded else [], width, top + EDGE)


def _layers(picture: Picture) -> tuple[list[int], list[float]]:
    """The layer of each node, the longest way up to it, and its place within the layer."""
    count = len(picture.nodes)
    needs: list[list[int]] = [[] for _ in range(count)]
    for arrow in picture.arrows:
        needs[arrow.topic].append(arrow.need)
    depths = _depths(needs)
    order = [float(at) for at in range(count)]
    shift = 0.0
    # numbers, not names, go in, since a set of numbers has the same order in every run; and no circle
    # may go in, at which the library would end the process
    forward = [(one.need, one.topic) for one in picture.arrows if depths[one.need] < depths[one.topic]]
    for positions, across, _, _ in from_edges(forward) if forward else []:
        for node, (x, _) in positions:
            if isinstance(node, int) and node < count:
                order[node] = shift + float(x)
        shift += float(across) + 1
    return depths, order


def _depths(needs: Sequence[Sequence[int]]) -> list[int]:
    waits = [len(of) for of in needs]
    needed_by: list[list[int]] = [[] for _ in needs]
    for node, of in enumerate(needs):
        for need in of:
            needed_by[need].append(node)
    depth = [0] * len(needs)
    ready = [node for node, count in enumerate(waits) if not count]
    for node in ready:
        for other in needed_by[node]:
            depth[other] = max(depth[other], depth[node] + 1)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return depth
