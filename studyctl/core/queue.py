"""Which cards a sitting asks, and in which order.

Seen cards come when they are *due*, whether or not their topic is still being studied: what
was learnt once is kept. *New* cards come from available topics, as many as are still allowed
today. The due ones are interleaved over topics, each topic's most *overdue* first; new ones
follow the order of the curriculum and are spread evenly between them. *Siblings*, cards of
one note, give each other away: only one of them is asked on a day, unless nothing else is left.

A *candidate* is a card that could be asked, with what is remembered of it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from studyctl.core.memory import Memory, retrievability
from studyctl.core.time import HOUR


class Candidate(NamedTuple):
    """A card that could be asked; `position` is its place in the curriculum's order."""

    card: str
    note: str
    topic: str
    position: int
    typed: bool = False
    memory: Memory | None = None


class DueCount(NamedTuple):
    """How many cards a sitting would ask now: seen ones that are due, and new ones."""

    reviews: int
    new: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.reviews + self.new


def due_count(counts: Mapping[str, tuple[int, int]], *, allowance: int) -> DueCount:
    """How many cards `sitting` would ask, from numbers alone: by topic (due, new).

    Suspended and buried cards are in neither number, cards never seen of topics that are not
    available are not in the second; `allowance` is how many new cards are left today.
    """
    new = sum(max(0, unseen) for _, unseen in counts.values())
    return DueCount(sum(due for due, _ in counts.values()), min(max(0, allowance), new))


def sitting(
    candidates: Iterable[Candidate],
    *,
    ms: int,
    day: int,
    allowance: int,
    available: Callable[[str], bool],
    ahead: bool = False,
) -> tuple[Candidate, ...]:
    """The cards to ask at the moment `ms` of the study day `day`, in order.

    `candidates` are all cards that are neither suspended nor buried. With `ahead`, seen cards
    that are not due yet follow, those first that are due next.
    """
    steps: list[Candidate] = []
    due: list[Candidate] = []
    later: list[Candidate] = []
    new: list[Candidate] = []
    met: set[str] = set()
    for one in candidates:
        if one.memory is None:
            if available(one.topic):
                new.append(one)
            continue
        if one.memory.last_day == day:
            met.add(one.note)
        if not one.memory.is_due(ms, day):
            later.append(one)
        elif one.memory.due_ms is not None:
            steps.append(one)
        else:
            due.append(one)
    steps.sort(key=lambda one: (one.memory.due_ms or 0 if one.memory else 0, one.position))
    due.sort(key=lambda one: (-_overdue(one, day), one.position))
    first, siblings = _apart(due, met)
    chosen, more = _new(new, met, max(0, allowance))
    told = [*steps, *_spread(chosen, interleaved(first)), *interleaved(siblings), *more]
    if ahead:
        later.sort(key=lambda one: (*_next_due(one), one.position))
        told += (one for part in _apart(later, met) for one in part)
    return tuple(told)


def by_rank(
    candidates: Iterable[Candidate],
    rank: Mapping[str, float],
    *,
    ms: int,
    day: int,
    first: Sequence[str] = (),
) -> tuple[Candidate, ...]:
    """Due cards when there is no time for all of them: those `first`, then by rank; no new ones.

    Cards in their learning steps come before all others; only cards with a rank are asked.
    """
    place = {card: at for at, card in enumerate(first)}
    steps: list[Candidate] = []
    due: list[Candidate] = []
    for one in candidates:
        if one.memory is not None and one.memory.is_due(ms, day):
            if one.memory.due_ms is not None:
                steps.append(one)
            elif one.card in rank:
                due.append(one)
    steps.sort(key=lambda one: (one.memory.due_ms or 0 if one.memory else 0, one.position))
    due.sort(key=lambda one: (place.get(one.card, len(place)), -rank[one.card], one.position))
    apart, siblings = _apart(due, set())
    return (*steps, *apart, *siblings)


class Upcoming(NamedTuple):
    """What is due next: how many cards, on which study day; at which moment, if within 24 hours."""

    cards: int
    day: int
    ms: int | None = None


def upcoming(candidates: Iterable[Candidate], *, ms: int, day: int) -> Upcoming | None:
    """The seen cards that are not due now but next; None if there are none."""
    memories = [one.memory for one in candidates if one.memory and not one.memory.is_due(ms, day)]
    moments = [memory.due_ms for memory in memories if memory.due_ms is not None]
    steps = [moment for moment in moments if moment - ms < 24 * HOUR]
    if steps:
        return Upcoming(len(steps), day, min(steps))
    days = [memory.due_day for memory in memories]
    return Upcoming(days.count(min(days)), min(days)) if days else None


def cram(candidates: Iterable[Candidate], *, day: int) -> tuple[Candidate, ...]:
    """The cards of a sitting that records nothing: all of them, the weakest first, new ones last."""
    order = sorted(candidates, key=lambda one: (one.memory is None, _recall(one, day), one.position))
    first, siblings = _apart(order, set())
    return (*interleaved(first), *interleaved(siblings))


def interleaved(cards: Iterable[Candidate]) -> Iterator[Candidate]:
    """One card of each topic in turn, in their order within a topic."""
    by_topic: dict[str, deque[Candidate]] = defaultdict(deque)
    for one in cards:
        by_topic[one.topic].append(one)
    turn = deque(by_topic.values())
    while turn:
        queue = turn.popleft()
        yield queue.popleft()
        if queue:
            turn.append(queue)


def _apart(cards: Iterable[Candidate], met: set[str]) -> tuple[list[Candidate], list[Candidate]]:
    """The first card of each note that was not `met` (which grows by them), and the others."""
    first: list[Candidate] = []
    others: list[Candidate] = []
    for one in cards:
        (others if one.note in met else first).append(one)
        met.add(one.note)
    return first, others


def _new(cards: list[Candidate], met: set[str], allowance: int) -> tuple[list[Candidate], list[Candidate]]:
    """As many new cards as are allowed, one of a note; siblings only where the others are too few."""
    cards.sort(key=lambda one: one.position)
    chosen: list[Candidate] = []
    siblings: list[Candidate] = []
    for one in cards:
        if len(chosen) == allowance:
            break
        (siblings if one.note in met else chosen).append(one)
        met.add(one.note)
    return chosen, siblings[: allowance - len(chosen)]


def _spread(few: Sequence[Candidate], many: Iterable[Candidate]) -> Iterator[Candidate]:
    """`few` spread evenly between `many`, both in their order; the first of all is one of `many`."""
    others = list(many)
    told = 0
    for at, one in enumerate(others, 1):
        yield one
        while told < len(few) * at // len(others):
            yield few[told]
            told += 1
    yield from few[told:]


def _overdue(one: Candidate, day: int) -> float:
    """How many of its intervals have passed since the last review; 1 on the day it is due."""
    if one.memory is None:
        return 0.0
    return (day - one.memory.last_day) / max(1, one.memory.due_day - one.memory.last_day)


def _next_due(one: Candidate) -> tuple[int, int]:
    return (one.memory.due_day, one.memory.due_ms or 0) if one.memory else (0, 0)


def _recall(one: Candidate, day: int) -> float:
    return retrievability(one.memory.stability, day - one.memory.last_day) if one.memory else 0.0
