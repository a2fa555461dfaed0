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

    @cached_property
    def dependents(self) -> list[list[int]]:
        """For each topic those that need it directly, alternatives of an `any_of` included."""
        told: list[list[int]] = [[] for _ in self.lines]
        for topic, (hard, groups) in enumerate(zip(self.requires, self.any_of, strict=True)):
            for need in {*hard, *(other for group in groups for other in group)}:
                told[need].append(topic)
        return told

    @cached_property
    def order(self) -> list[int]:
        """All topics, each after what it needs; otherwise as the curriculum lists them."""
        told: list[int] = []
        done = bytearray(len(self.lines))
        for root in range(len(self.lines)):
            stack = [root]
            while stack:
                topic = stack[-1]
                if done[topic]:
                    stack.pop()
                    continue
                open_needs = [need for need in self.needs[topic] if not done[need]]
                if open_needs:
                    stack.extend(reversed(open_needs))
                else:
                    done[topic] = 1
                    told.append(topic)
                    stack.pop()
        return told

    def closure(self, goals: Iterable[int], without: Sequence[bool] | bytearray) -> list[int]:
        """The goals and all that they need, each after its needs; `without` marks what is learnt.

        What lies behind a learnt topic is not asked for: who has learnt it can use it.
        """
        wanted = bytearray(len(self.lines))
        stack = [goal for goal in goals if not without[goal]]
        for goal in stack:
            wanted[goal] = 1
        while stack:
            for need in self.needs[stack.pop()]:
                if not wanted[need] and not without[need]:
                    wanted[need] = 1
                    stack.append(need)
        return [topic for topic in self.order if wanted[topic]]

    def prerequisites(self, topic: int) -> list[int]:
        """All topics that `topic` stands on, directly or not, each after its own needs."""
        nothing = bytearray(len(self.lines))
        return [other for other in self.closure([topic], nothing) if other != topic]
