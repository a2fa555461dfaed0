"""The prerequisite graph as people want to see it: which topics, how each looks, which arrows.

An arrow leads from a topic to one that needs it. Arrows that follow from others are left out, so
that what is left can be read. How a topic *looks* is what one asks of a graph at first sight: new,
ready, studying, learnt, or faded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from studyctl.core.graph import redundant
from studyctl.core.standing import IN_WORK, Standing

LOOKS = {"new": "○", "ready": "◇", "studying": "◐", "learnt": "●", "faded": "◌"}


class Node(NamedTuple):
    """A topic in a picture; `recall` is None where no card of it was seen."""

    id: str
    title: str
    area: str
    kind: str
    look: str
    hours: float
    recall: float | None
    unlocks: int


class Arrow(NamedTuple):
    """`topic` needs `need`; numbers are places in the picture's nodes."""

    need: int
    topic: int


@dataclass(frozen=True)
class Picture:
    """Some topics with the arrows between them; `areas` are the titles of the areas in it, in their order."""

    title: str
    nodes: Sequence[Node]
    arrows: Sequence[Arrow]
    areas: Mapping[str, str]

    def document(self) -> dict[str, Any]:
        """The picture as scripts read it."""
        return {
            "title": self.title,
            "areas": [{"id": name, "title": title} for name, title in self.areas.items()],
            "nodes": [node._asdict() for node in self.nodes],
            "edges": [
                {"from": self.nodes[one.need].id, "to": self.nodes[one.topic].id} for one in self.arrows
            ],
        }


def look(where: Standing, topic: int) -> str:
    """How a topic looks."""
    if where.faded[topic]:
        return "faded"
    if where.learner.state(where.outline.lines[topic].id) in IN_WORK:
        return "studying"
    if where.known[topic]:
        return "learnt"
    return "ready" if where.ready[topic] else "new"


def picture(
    where: Standing,
    topics: Collection[int],
    title: str,
    areas: Mapping[str, str],
    *,
    all_arrows: bool = False,
) -> Picture:
    """The picture of some topics; `all_arrows` draws those too that follow from others."""
    lines = where.outline.lines
    chosen = sorted(topics)
    place = {topic: at for at, topic in enumerate(chosen)}
    needs = [[place[need] for need in _needs(where, topic) if need in place] for topic in chosen]
    spare = set() if all_arrows else set(redundant(needs))
    arrows = [
        Arrow(need, at) for at, of in enumerate(needs) for need in sorted(of) if (at, need) not in spare
    ]
    nodes = [
        Node(
            line.id,
            line.title,
            line.area,
            line.kind,
            look(where, topic),
            line.hours,
            where.memory(topic).recall,
            len(where.unlocks(topic)),
        )
        for topic in chosen
        for line in [lines[topic]]
    ]
    there = {node.area for node in nodes}
    shown = {name: told for name, told in areas.items() if name in there}
    return Picture(title, nodes, arrows, shown | {name: name for name in sorted(there - shown.keys())})


def _needs(where: Standing, topic: int) -> list[int]:
    """What a topic needs, every alternative included."""
    outline = where.outline
    return list(
        dict.fromkeys((*outline.requires[topic], *(one for group in outline.any_of[topic] for one in group)))
    )


def around(where: Standing, topic: int) -> list[int]:
    """A topic, all that it stands on, and what needs it directly."""
    outline = where.outline
    return [*outline.prerequisites(topic), topic, *dict.fromkeys(outline.dependents[topic])]


class Branch(NamedTuple):
    """A line of a tree; `also` are needs of the topic that stand elsewhere in the tree."""

    topic: int
    last: tuple[bool, ...]  # whether this line, and each above it, is the last of its branch
    also: tuple[int, ...]


def tree(where: Standing, topic: int) -> list[Branch]:
    """What a topic stands on, as a tree in which each other topic stands once, as near to the root as it can.

    A learnt topic is told without its own needs.
    """
    inside = [*where.outline.prerequisites(topic), topic]
    place = {one: at for at, one in enumerate(inside)}
    needs = [[place[need] for need in _needs(where, one) if need in place] for one in inside]
    spare = set(redundant(needs))
    kept = {one: [inside[need] for need in needs[at] if (at, need) not in spare] for one, at in place.items()}
    kept |= {one: [] for one in inside if one != topic and where.learnt[one]}
    below: dict[int, list[int]] = {topic: []}
    queue = deque([topic])
    while queue:
        one = queue.popleft()
        fresh = [need for need in kept[one] if need not in below]
        below[one] = fresh
        below |= {need: [] for need in fresh}
        queue.extend(fresh)
    return list(_branches(topic, below, kept))


def _branches(
    root: int, below: Mapping[int, Sequence[int]], kept: Mapping[int, Sequence[int]]
) -> Iterator[Branch]:
    stack: list[tuple[int, tuple[bool, ...]]] = [(root, ())]
    while stack:
        topic, last = stack.pop()
        if topic != root:
            yield Branch(topic, last, tuple(need for need in kept[topic] if need not in below[topic]))
        under = below[topic]
        stack += [(need, (*last, at == len(under) - 1)) for at, need in enumerate(under)][::-1]
