"""Where the topics of a picture stand: what needs nothing on top, every other below all that it needs.

Layers and places within them are found by fast-sugiyama (the method of Sugiyama, Tagawa and Toda,
1981), which keeps arrows short and lets few of them cross. A picture of many topics is cut into
*clusters*, one for each area, each with layers of its own; the clusters stand beside and below each
other by depth, so that one reads from what needs little down to what stands on much.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from fast_sugiyama import from_edges

from studyctl.core.picture import Picture
from studyctl.ui.packing import packed

WIDTH, HEIGHT = 184, 40  # of a topic, in pixels
ACROSS, DOWN = 16, 30  # between topics of one layer, and between layers
HEAD = 62  # the line at the top of a cluster, with the name of its area
INSIDE = 16  # between the edge of a cluster and its topics
BETWEEN = 26  # clusters
EDGE = 20  # of the whole picture
SHAPE = 1.7  # width by height of a picture in clusters: that of a screen
MANY = 60  # topics from which areas get clusters of their own
BEND = 0.3  # the place of a long arrow in a layer that it passes, in places of a topic

Arrows = Sequence[tuple[int, int]]  # (need, topic)
Points = Sequence[tuple[float, float]]


class Cluster(NamedTuple):
    """The rectangle of an area."""

    area: str
    x: float
    y: float
    width: float
    height: float


class Layout(NamedTuple):
    """The upper left corner of each node, the clusters, and the size of it all.

    `bends` are the points at which long arrows, by (need, topic), pass the layers on their way.
    """

    places: Points
    bends: Mapping[tuple[int, int], Points]
    clusters: Sequence[Cluster]
    width: float
    height: float


class Sheet(NamedTuple):
    """Some nodes with their upper left corners, from (0, 0) on, and the bends of arrows among them."""

    places: Mapping[int, tuple[float, float]]
    bends: Mapping[tuple[int, int], Points]

    @property
    def width(self) -> float:
        """From the left edge to that of the rightmost node or bend."""
        bends = (x + ACROSS for points in self.bends.values() for x, _ in points)
        return max((*(x + WIDTH for x, _ in self.places.values()), *bends), default=0.0)

    @property
    def height(self) -> float:
        """From the upper edge to that of the lowest node."""
        return max((y + HEIGHT for _, y in self.places.values()), default=0.0)

    def moved(self, right: float, down: float) -> Sheet:
        """The same elsewhere."""
        return Sheet(
            {node: (x + right, y + down) for node, (x, y) in self.places.items()},
            {arrow: tuple((x + right, y + down) for x, y in points) for arrow, points in self.bends.items()},
        )


def layout(picture: Picture) -> Layout:
    """Places for all topics of a picture."""
    depths = _depths(picture)
    # no circle may go into the library, at which it would end the process
    forward = [(one.need, one.topic) for one in picture.arrows if depths[one.need] < depths[one.topic]]
    if len(picture.nodes) > MANY and len(picture.areas) > 1:
        return _clustered(picture, forward, depths)
    sheet = _sheet(range(len(picture.nodes)), forward)
    told = sheet.moved(EDGE, EDGE)
    return Layout(_listed(told.places), told.bends, (), sheet.width + 2 * EDGE, sheet.height + 2 * EDGE)


def _listed(places: Mapping[int, tuple[float, float]]) -> Points:
    return [places[at] for at in range(len(places))]


def _clustered(picture: Picture, forward: Arrows, depths: Sequence[int]) -> Layout:
    members: dict[str, list[int]] = {}
    for at, node in enumerate(picture.nodes):
        members.setdefault(node.area, []).append(at)
    mean = {area: sum(depths[at] for at in inside) / len(inside) for area, inside in members.items()}
    sheets = {area: _sheet(members[area], forward) for area in sorted(members, key=lambda one: mean[one])}
    sizes = [(one.width + 2 * INSIDE, one.height + HEAD + INSIDE) for one in sheets.values()]
    packing = packed(sizes, BETWEEN, SHAPE)
    clusters: list[Cluster] = []
    places: dict[int, tuple[float, float]] = {}
    bends: dict[tuple[int, int], Points] = {}
    for (area, sheet), (x, y), size in zip(sheets.items(), packing.corners, sizes, strict=True):
        clusters.append(Cluster(area, EDGE + x, EDGE + y, *size))
        told = sheet.moved(EDGE + x + INSIDE, EDGE + y + HEAD)
        places |= told.places
        bends |= told.bends
    return Layout(_listed(places), bends, clusters, packing.width + 2 * EDGE, packing.height + 2 * EDGE)


def _depths(picture: Picture) -> list[int]:
    """The longest way up to each node; 0 on a circle."""
    needed_by: list[list[int]] = [[] for _ in picture.nodes]
    waits = [0] * len(picture.nodes)
    for arrow in picture.arrows:
        needed_by[arrow.need].append(arrow.topic)
        waits[arrow.topic] += 1
    depth = [0] * len(picture.nodes)
    ready = [node for node, count in enumerate(waits) if not count]
    for node in ready:
        for other in needed_by[node]:
            depth[other] = max(depth[other], depth[node] + 1)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return depth


def _sheet(members: Sequence[int], arrows: Arrows) -> Sheet:
    """Some nodes in layers, parts without an arrow between them side by side, loners in rows below."""
    inside = frozenset(members)
    edges = [(need, topic) for need, topic in arrows if need in inside and topic in inside]
    places: dict[int, tuple[float, float]] = {}
    bends: dict[tuple[int, int], Points] = {}
    right = bottom = 0.0
    for part in _parts(edges):
        told = part.moved(right, 0)
        places |= told.places
        bends |= told.bends
        right += part.width + ACROSS
        bottom = max(bottom, part.height + DOWN)
    alone = [node for node in members if node not in places]
    columns = max(round(right / (WIDTH + ACROSS)), math.ceil(math.sqrt(len(alone) / 2)), 1)
    for at, node in enumerate(alone):
        row, column = divmod(at, columns)
        places[node] = (column * (WIDTH + ACROSS), bottom + row * (HEIGHT + ACROSS))
    return Sheet(places, bends)


def _parts(edges: Arrows) -> Iterator[Sheet]:
    """Nodes that arrows join, in layers."""
    if not edges:
        return
    # numbers without gaps go in: a set of them has the same order in every run, and the bends that
    # the library puts into long arrows have higher ones
    linked = sorted({end for edge in edges for end in edge})
    short = {node: at for at, node in enumerate(linked)}
    found = from_edges(
        [(short[need], short[topic]) for need, topic in edges],
        minimum_length=1,
        vertex_spacing=1,
        dummy_vertices=True,
        dummy_size=BEND,
        ranking_type="minimize",
        crossing_minimization="barycenter",
    )
    for positions, _, _, steps in found:
        spots = {int(number): spot for number, spot in positions}
        top = max(y for _, y in spots.values())
        corner = {
            number: (x * (WIDTH + ACROSS), (top - y) * (HEIGHT + DOWN)) for number, (x, y) in spots.items()
        }
        bends = {
            (linked[first], linked[last]): tuple(
                (corner[one][0] + WIDTH / 2, corner[one][1] + HEIGHT / 2) for one in passed
            )
            for first, passed, last in _long(steps or (), len(linked))
        }
        places = {linked[number]: spot for number, spot in corner.items() if number < len(linked)}
        passing = [x - ACROSS for points in bends.values() for x, _ in points]
        yield Sheet(places, bends).moved(-min([x for x, _ in places.values()] + passing), 0)


def _long(steps: Iterable[tuple[int | str, int | str]], count: int) -> Iterator[tuple[int, list[int], int]]:
    """The arrows that pass layers: where they begin, their bends (numbers from `count` on), where they end."""
    numbers = [(int(before), int(after)) for before, after in steps]
    onward = {before: after for before, after in numbers if before >= count}
    for first, after in numbers:
        if first < count <= after:
            passed = [after]
            while (after := onward[after]) >= count:
                passed.append(after)
            yield first, passed, after
