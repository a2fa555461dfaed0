"""The answers to cards one after the other, each with the memory that it left.

`replay` tells a topic's answers since the last reset of each card, which is what its memory is
made of; a `Log` tells all of one card, what was before its resets included, as Anki keeps it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from studyctl.adapters.history_fold import Answer, Folding, Story, memories
from studyctl.core.answers import Log, Review
from studyctl.core.memory import Memory

_PLACES = 500  # values in one statement


def replay(db: sqlite3.Connection, folding: Folding, topic: str) -> list[tuple[Review, Memory]]:
    """The answers to a topic's cards in order of time, each with the memory after it."""
    told = []
    names = _names(db, [topic])
    for story in folding.stories(names):
        since = story.since
        told += _segment(folding, story, names[story.card], topic, since, len(story.answers))
    return sorted(told, key=lambda pair: (pair[0].at, pair[0].id))


def logs(db: sqlite3.Connection, folding: Folding, topics: Iterable[str]) -> Iterator[Log]:
    """All that the journal says of the cards of topics, by card; of those of which it says anything."""
    names = _names(db, sorted(topics))
    for story in folding.stories(names):
        card = names[story.card]
        topic = card.partition("/")[0]
        ends = [*(place for place, _ in story.resets), len(story.answers)]
        starts = [0, *ends[:-1]]
        segments = [
            _segment(folding, story, card, topic, start, end) for start, end in zip(starts, ends, strict=True)
        ]
        resets = tuple(at for _, at in story.resets)
        yield Log(card, tuple(map(tuple, segments)), resets, story.suspended)


def _names(db: sqlite3.Connection, topics: Sequence[str]) -> dict[int, str]:
    """The cards of topics of which there is a memory, by number."""
    told: dict[int, str] = {}
    for start in range(0, len(topics), _PLACES):
        some = topics[start : start + _PLACES]
        marks = ", ".join("?" * len(some))
        sql = f"SELECT key, raw FROM memory JOIN card_name ON raw = card WHERE topic IN ({marks})"
        told.update(db.execute(sql, some))
    return told


def _segment(
    folding: Folding, story: Story, card: str, topic: str, start: int, end: int
) -> list[tuple[Review, Memory]]:
    """The answers from one place of a story to another, as if the card had been new at the first."""
    part = story._replace(answers=story.answers[:end], since=start)
    left = memories(part, folding.model, folding.retention(topic))
    return [
        (_review(card, answer), folding.due_days.settled(card, memory))
        for answer, memory in zip(part.answers[start:], left, strict=True)
    ]


def _review(card: str, answer: Answer) -> Review:
    return Review(answer.id, card, answer.at, answer.offset, answer.day, answer.rating, answer.ms)
