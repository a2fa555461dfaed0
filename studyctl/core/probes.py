"""Quizzes: a few cards of a topic asked to find out whether it is still there.

A *probe* is one such question. Its answer is evidence about the topic and no rating: the
card's memory stays what it was, since nobody looked at how hard it was to recall. The probes
of one command and topic are a *quiz*; it is passed with two of three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studyctl.core.curriculum import Card

QUESTIONS = 3
PASSED = 0.6  # share of right answers


class Quiz(NamedTuple):
    """How a quiz went: so many of its questions were right."""

    at: int  # ms, of its first question
    offset: int
    batch: str
    right: int
    of: int

    @property
    def passed(self) -> bool:
        """Whether the topic is there."""
        return self.right >= PASSED * self.of


def with_answer(quizzes: Sequence[Quiz], at: int, offset: int, batch: str, right: bool) -> tuple[Quiz, ...]:
    """The quizzes of a topic with one more answer; it belongs to the last one if that has its batch."""
    if quizzes and quizzes[-1].batch == batch:
        last = quizzes[-1]
        return (*quizzes[:-1], last._replace(right=last.right + right, of=last.of + 1))
    return (*quizzes, Quiz(at, offset, batch, int(right), 1))


def questions(notes: Iterable[Card], aside: Iterable[str] = (), turn: int = 0) -> list[str]:
    """The cards to ask in a quiz: of each objective one before a second of any, never two of a note.

    `aside` are suspended cards, and `turn` is how many quizzes there have been, so that another
    quiz begins with other cards.
    """
    hidden = set(aside)
    by_objective: dict[str, list[str]] = {}
    for note in notes:
        card = next((one for one, _ in note.cards() if one not in hidden), None)
        if card is not None:
            by_objective.setdefault(note.objective, []).append(card)
    rows = list(by_objective.values())
    longest = max(map(len, rows), default=0)
    order = [row[at] for at in range(longest) for row in rows if at < len(row)]
    start = turn * QUESTIONS % len(order) if order else 0
    return (order[start:] + order[:start])[:QUESTIONS]
