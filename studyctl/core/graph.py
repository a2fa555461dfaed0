"""Circles and shortcuts among prerequisites, on plain lists.

Nodes are numbers, and `needs[node]` lists what a node needs. A *component* is a largest set of
nodes that all need each other; a healthy curriculum has none of more than one node. An edge is
*redundant* when its need is needed anyway, by way of another one. Every function is near linear
in nodes and edges, whatever the curriculum; networkx is its oracle in the tests.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

Needs: TypeAlias = Sequence[Sequence[int]]
Edge: TypeAlias = tuple[int, int]  # (node, what it needs)

CAREFUL_CUTS = 20  # in one component, each for its own shortest circle; the rest are found in one walk
BLOCK = 8192  # bits that are carried at once when looking for redundant edges


class Circle(NamedTuple):
    """Nodes that each need the next, and the last the first; and the edge of it to cut."""

    nodes: tuple[int, ...]
    cut: Edge

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The edges of the circle, from its first node around."""
        return tuple(zip(self.nodes, self.nodes[1:] + self.nodes[:1], strict=True))


def order(needs: Needs) -> list[int]:
    """The nodes, each after what it needs; those on a circle, and those that need one, are left out."""
    waits = [len(of) for of in needs]
    needed_by: list[list[int]] = [[] for _ in needs]
    for node, of in enumerate(needs):
        for need in of:
            needed_by[need].append(node)
    told = [node for node, count in enumerate(waits) if not count]
    for node in told:
        for other in needed_by[node]:
            waits[other] -= 1
            if not waits[other]:
                told.append(other)
    return told


def components(needs: Needs) -> list[list[int]]:
    """The components of more than one node, each sorted (Tarjan's algorithm without recursion)."""
    unseen = -1
    index = [unseen] * len(needs)
    low = [0] * len(needs)
    open_nodes: list[int] = []
    is_open = bytearray(len(needs))
    told: list[list[int]] = []
    count = 0
    for root in range(len(needs)):
        if index[root] != unseen:
            continue
        index[root] = low[root] = count
        count += 1
        open_nodes.append(root)
        is_open[root] = 1
        walk: list[tuple[int, Iterator[int]]] = [(root, iter(needs[root]))]
        while walk:
            node, rest = walk[-1]
            for need in rest:
                if index[need] == unseen:
                    index[need] = low[need] = count
                    count += 1
                    open_nodes.append(need)
                    is_open[need] = 1
                    walk.append((need, iter(needs[need])))
                    break
                if is_open[need]:
                    low[node] = min(low[node], index[need])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    members = _pop_to(open_nodes, node)
                    for member in members:
                        is_open[member] = 0
                    if len(members) > 1:
                        told.append(sorted(members))
    return told


def _pop_to(stack: list[int], node: int) -> list[int]:
    taken = []
    while True:
        taken.append(stack.pop())
        if taken[-1] == node:
            return taken


def circles(needs: Needs, cost: Callable[[int, int], Any]) -> Iterator[Circle]:
    """Circles whose cuts together leave no circle; of each, the edge that costs least is the one to cut.

    An edge from a node to itself is no circle here.
    """
    for members in sorted(components(needs)):
        inside = set(members)
        left = {node: [need for need in needs[node] if need in inside and need != node] for node in members}
        yield from _circles_within(left, cost)


def _circles_within(left: dict[int, list[int]], cost: Callable[[int, int], Any]) -> Iterator[Circle]:
    for _ in range(CAREFUL_CUTS):
        nodes = _short_circle(left)
        if nodes is None:
            return
        edges = Circle(nodes, (0, 0)).edges
        cut = min(edges, key=lambda edge: (cost(*edge), edge))
        left[cut[0]].remove(cut[1])
        yield Circle(nodes, cut)
    yield from _all_at_once(left)


def _short_circle(left: dict[int, list[int]]) -> tuple[int, ...] | None:
    """A shortest circle through the lowest node that lies on one."""
    names = sorted(left)
    number = {name: at for at, name in enumerate(names)}
    found = components([[number[need] for need in left[name]] for name in names])
    if not found:
        return None
    start = min(members[0] for members in found)
    came: dict[int, int] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for name in left[names[node]]:
            need = number[name]
            if need == start:
                path = [node]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return tuple(names[at] for at in reversed(path))
            if need not in came:
                came[need] = node
                queue.append(need)
    raise AssertionError("a component has a circle through each of its nodes")  # pragma: no cover


def _all_at_once(left: dict[int, list[int]]) -> Iterator[Circle]:
    """One walk, which cuts every edge that leads back to where it came from."""
    place: dict[int, int] = {}  # on the path at hand
    done: set[int] = set()
    for root in sorted(left):
        if root in done:
            continue
        path = [root]
        place[root] = 0
        walk = [iter(left[root])]
        while walk:
            for need in walk[-1]:
                if need in place:
                    yield Circle(tuple(path[place[need] :]), (path[-1], need))
                elif need not in done:
                    place[need] = len(path)
                    path.append(need)
                    walk.append(iter(left[need]))
                    break
            else:
                walk.pop()
                node = path.pop()
                del place[node]
                done.add(node)


def redundant(needs: Needs) -> list[Edge]:
    """The edges whose need is needed anyway by way of another; circles, and what needs them, are left out.

    The needs behind each node are bits of one integer, for a block of nodes at a time.
    """
    told: list[Edge] = []
    nodes = order(needs)
    for start in range(0, len(nodes), BLOCK):
        bit = {node: 1 << at for at, node in enumerate(nodes[start : start + BLOCK])}
        behind = [0] * len(needs)  # all that a node needs, directly or not
        for node in nodes[start:]:
            far = 0
            for need in needs[node]:
                far |= behind[need]
            near = 0
            for need in needs[node]:
                own = bit.get(need, 0)
                if own & far:
                    told.append((node, need))
                near |= own
            behind[node] = far | near
    return sorted(told)
