"""Which of several alternatives to take: the search's own kind of backtracking.

Of each `any_of` group that the goals need and of which nothing is learnt, one alternative is
chosen. Without dates that is the one that adds the fewest hours. With dates that would be
missed so, a depth-first search looks for choices that meet them all. When a date is missed,
only the groups that are decided within what that date demands can be to blame, so the search
jumps back to the last of those instead of trying others in between (conflict-directed
backjumping, Prosser 1993). The search is bounded and deterministic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from studyctl.core.deadlines import ROUNDING, Due, Guard
from studyctl.core.order import Work
from studyctl.core.outline import Outline

NODES = 5_000  # choices tried before the search is given up
DEEPEST = 200  # groups decided one upon the other before it is given up; each is a call within a call

Group = tuple[int, int]  # a topic, and which of its any_of groups
Choice = dict[Group, int]  # group -> the chosen topic


class Found(NamedTuple):
    """The choices, whether they meet every date, and how many were tried."""

    choice: Choice
    feasible: bool
    nodes: int


def decided(outline: Outline, choice: Mapping[Group, int]) -> Outline:
    """The outline with the chosen alternative of each group in its first place."""
    if not choice:
        return outline
    any_of = list(outline.any_of)
    for (topic, at), chosen in choice.items():
        groups = list(any_of[topic])
        groups[at] = (chosen, *(other for other in groups[at] if other != chosen))
        any_of[topic] = tuple(groups)
    return replace(outline, any_of=any_of)


def choose(work: Work, goals: Sequence[Sequence[int]], dues: Sequence[Due] = ()) -> Found:
    """An alternative for every open group that the goals need; dates are met if they can be."""
    if not any(work.outline.any_of):
        return Found({}, Guard(work, dues).feasible, nodes=0)
    cheapest = _Search(work, dues)
    choice = cheapest.greedy([*(due.topics for due in dues), *goals])
    if not dues or cheapest.violated(choice) is None:
        return Found(choice, feasible=True, nodes=1)
    found = cheapest.run()
    if found is None:
        return Found(choice, feasible=False, nodes=cheapest.nodes)
    rest = cheapest.greedy([*(due.topics for due in dues), *goals], found)
    return Found(rest, feasible=True, nodes=cheapest.nodes)


class _Search:
    """The search over the open groups; undecided groups count nothing, which is a lower bound."""

    def __init__(self, work: Work, dues: Sequence[Due]) -> None:
        self.work = work
        self.dues = dues
        self.nodes = 0

    def demand(
        self, topics: Sequence[int], choice: Mapping[Group, int]
    ) -> tuple[set[int], list[Group], list[Group]]:
        """What `topics` need under a choice: topics, the decided groups, and the open ones."""
        outline, learnt = self.work.outline, self.work.learnt
        met = {topic for topic in topics if not learnt[topic]}
        stack = sorted(met, reverse=True)
        taken: list[Group] = []
        undecided: list[Group] = []
        while stack:
            topic = stack.pop()
            needs = list(outline.requires[topic])
            for at, group in enumerate(outline.any_of[topic]):
                if any(learnt[other] for other in group):
                    continue
                chosen = choice.get((topic, at))
                if chosen is None:
                    undecided.append((topic, at))
                else:
                    taken.append((topic, at))
                    needs.append(chosen)
            for need in needs:
                if not learnt[need] and need not in met:
                    met.add(need)
                    stack.append(need)
        still = [(topic, at) for topic, at in undecided if not met.intersection(outline.any_of[topic][at])]
        return met, taken, still

    def added(self, group: Group, met: set[int]) -> list[tuple[float, int, int]]:
        """The alternatives of a group: hours that each adds to what is demanded, its place, the topic."""
        topic, at = group
        told = []
        for place, other in enumerate(self.work.outline.any_of[topic][at]):
            more = self.work.outline.closure([other], self.work.learnt)
            told.append((sum(self.work.hours[one] for one in more if one not in met), place, other))
        return sorted(told)

    def greedy(self, goals: Sequence[Sequence[int]], start: Mapping[Group, int] | None = None) -> Choice:
        """Every group decided by the fewest added hours, goal by goal."""
        choice: Choice = dict(start or {})
        for at in range(len(goals)):
            topics = [topic for goal in goals[: at + 1] for topic in goal]
            while True:
                met, _, undecided = self.demand(topics, choice)
                if not undecided:
                    break
                choice[undecided[0]] = self.added(undecided[0], met)[0][2]
            for (topic, number), _chosen in self._coincident(met, choice).items():
                choice[topic, number] = _chosen
        return choice

    def _coincident(self, met: set[int], choice: Mapping[Group, int]) -> Choice:
        """Groups that are satisfied by something that is demanded anyhow."""
        outline, learnt = self.work.outline, self.work.learnt
        told: Choice = {}
        for topic in met:
            for at, group in enumerate(outline.any_of[topic]):
                if (topic, at) not in choice and not any(learnt[other] for other in group):
                    inside = [other for other in group if other in met]
                    if inside:
                        told[topic, at] = inside[0]
        return told

    def violated(self, choice: Mapping[Group, int]) -> list[Group] | None:
        """The decided groups within the first demand that does not fit before its date; None if all fit."""
        topics: list[int] = []
        for due in self.dues:
            topics += due.topics
            met, taken, _ = self.demand(topics, choice)
            if sum(self.work.hours[topic] for topic in met) > due.hours + ROUNDING:
                return taken
        return None

    def run(self) -> Choice | None:
        """A choice that meets every date, or None."""
        told = self._descend({})
        return told if isinstance(told, dict) else None

    def _descend(self, choice: Choice) -> Choice | set[Group]:
        """A full choice, or the groups that a failure is due to."""
        self.nodes += 1
        conflict = self.violated(choice)
        if conflict is not None:
            return set(conflict)
        topics = [topic for due in self.dues for topic in due.topics]
        group = self._open_group(choice, topics)
        if group is None:
            return choice
        met, _, _ = self.demand(topics, choice)
        blame: set[Group] = set()
        for _, _, other in self.added(group, met):
            if self.nodes >= NODES or len(choice) >= DEEPEST:
                break
            told = self._descend({**choice, group: other})
            if isinstance(told, dict):
                return told
            if group not in told:
                return told  # jump back: this group had no part in it
            blame |= told - {group}
        return blame

    def _open_group(self, choice: Choice, topics: Sequence[int]) -> Group | None:
        """The first group that some date's own demand leaves open, however satisfied others are."""
        upto: list[int] = []
        for due in self.dues:
            upto += due.topics
            _, _, undecided = self.demand(upto, choice)
            if undecided:
                return undecided[0]
        _, _, undecided = self.demand(topics, choice)
        return undecided[0] if undecided else None
