"""The outline of a curriculum: what planning needs of it, and none of its texts.

Topics have numbers here, from 0 in the order of the curriculum, and every relation is a list
of numbers by topic; so a walk over five thousand topics is a walk over lists. `requires` are
hard prerequisites, `helps` soft ones, `any_of` groups of alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


class Line(NamedTuple):
    """One topic as a planner sees it; `cards` counts its cards (a cloze has one for each gap)."""

    id: str
    title: str
    area: str
    kind: str
    hours: float
    cards: int


@dataclass(frozen=True)
class Outline:
    """Topics by number, and what they need of each other."""

    lines: Sequence[Line]
    requires: Sequence[Sequence[int]]
    any_of: Sequence[Sequence[Sequence[int]]]
    helps: Sequence[Sequence[int]]
    weights: Sequence[Mapping[int, float]]  # topic -> {topic it practises: 0..1}
    lost: frozenset[int] = frozenset()  # topics that require one which is not there: never ready

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of a topic id."""
        return {line.id: number for number, line in enumerate(self.lines)}

    @cached_property
    def needs(self) -> list[tuple[int, ...]]:
        """What must be learnt first, of an `any_of` the first alternative."""
        return [
            (*hard, *(group[0] for group in groups if group)) if groups else tuple(hard)
            for hard, groups in zip(self.requires, self.any_of, strict=True)
        ]

    def open_needs(self, learnt: bytearray) -> list[tuple[int, ...]]:
        """The needs once something is learnt: an `any_of` of which one is learnt needs nothing more."""
        if not any(self.any_of):
            return self.needs
        return [
            (
                *hard,
                *(group[0] for group in groups if group and not any(learnt[other] for other in group)),
            )
            if groups
            else tuple(hard)
            for hard, groups in zip(self.requires, self.any_of, strict=True)
        ]

    @cached_property
    def dependents(self) -> list[list[int]]:
        """For each topic those that need it directly, alternatives of an `any_of` included."""
        told: list[list[int]] = [[] for _ in self.lines]
        for topic, (hard, groups) in enumerate(zip(self.requires, self.any_of, strict=True)):
            for need in (*hard, *(other for group in groups for other in group)) if groups else hard:
                told[need].append(topic)
        return told

    @cached_property
    def order(self) -> list[int]:
        """All topics, each after what it needs; otherwise as the curriculum lists them."""
        return topological(range(len(self.lines)), self.needs)

    def is_ready(self, topic: int, learnt: bytearray) -> bool:
        """Whether all that a topic requires is learnt, and of each `any_of` one."""
        return (
            topic not in self.lost
            and all(learnt[need] for need in self.requires[topic])
            and all(any(learnt[other] for other in group) for group in self.any_of[topic])
        )

    def closure(self, goals: Iterable[int], learnt: bytearray) -> list[int]:
        """The goals and all that they need and that is not learnt, each after its needs.

        What lies behind a learnt topic is not asked for: who has learnt it can use it.
        """
        needs = self.open_needs(learnt)
        wanted = dict.fromkeys(goal for goal in goals if not learnt[goal])
        stack = list(wanted)
        while stack:
            for need in needs[stack.pop()]:
                if need not in wanted and not learnt[need]:
                    wanted[need] = None
                    stack.append(need)
        inside = {topic: [need for need in needs[topic] if need in wanted] for topic in wanted}
        return topological(sorted(wanted), inside)

    def prerequisites(self, topic: int) -> list[int]:
        """All topics that `topic` stands on, directly or not, each after its own needs."""
        return [other for other in self.closure([topic], bytearray(len(self.lines))) if other != topic]


def topological(
    topics: Iterable[int], needs: Sequence[Sequence[int]] | Mapping[int, Sequence[int]]
) -> list[int]:
    """The topics, each after its needs and otherwise in the order given; a cycle is cut where it closes."""
    told: list[int] = []
    met: dict[int, bool] = {}  # False while a topic waits for its needs, True once it is told
    for root in topics:
        stack = [root]
        while stack:
            topic = stack[-1]
            if topic in met:
                stack.pop()
                if not met[topic]:
                    met[topic] = True
                    told.append(topic)
                continue
            met[topic] = False
            stack.extend(need for need in reversed(needs[topic]) if need not in met)
    return told
