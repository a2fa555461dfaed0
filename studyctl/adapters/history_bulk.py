"""Memories of many cards at once: the rows go through numpy arrays, whole journals at a time.

Only commands that find much to read come here; the others never load numpy. Cards of which the
journal says something unusual (an answer twice or undone, a reset, a suspension) are settled one
by one before they join the arrays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from studyctl.adapters.history_fold import LONGEST, Story, row_of_memory, topic_of
from studyctl.core.fsrs_arrays import NO_STEP, Ints, intervals, replay, waits
from studyctl.core.memory import Memory, Rating, State
from studyctl.core.time import HOUR, MINUTE

if TYPE_CHECKING:
    from studyctl.adapters.history_fold import Folding
    from studyctl.adapters.history_names import Columns

_NARROW = 8  # cards; fewer are faster one by one
_STATES = [State(number) for number in range(4)]
_COLUMNS = ("card", "at", "offset", "rating", "ms")


class _Answers(NamedTuple):
    """Columns of answers, by card and in order of time; `ms` is -1 where it is not known."""

    card: Ints
    at: Ints
    day: Ints
    rating: Ints
    ms: Ints

    def where(self, which: NDArray[Any]) -> _Answers:
        return _Answers(*(column[which] for column in self))


def retell_all(db: sqlite3.Connection, folding: Folding, answers: Columns | None) -> None:
    """Tell every memory again; from `answers`, if these are all there are."""
    db.execute("DELETE FROM memory")
    if answers is None:  # else they were added just now, and count
        db.execute("UPDATE review SET counts = NOT copy WHERE counts = copy")
    told = _in_order(db, answers or _from_rows(db), folding.day_starts_at)
    same = (told.card[1:] == told.card[:-1]) & (told.at[1:] == told.at[:-1])
    unusual = _unusual(db) | set(np.unique(told.card[1:][same]).tolist())
    names = dict(db.execute("SELECT key, raw FROM card_name WHERE key = home"))
    plain = told.where(~np.isin(told.card, list(unusual))) if unusual else told
    if len(plain.card):
        folding.insert(_plain_rows(plain, names, folding))
    if unusual:
        folding.insert(rows_of_many(folding.stories(unusual), names, folding))


def rows_of_many(
    stories: Iterable[Story], names: Mapping[int, str], folding: Folding
) -> Iterator[Sequence[object]]:
    """The rows of `memory` that tell these cards."""
    told = list(stories)
    table = [
        (answer.card, answer.at, answer.day, answer.rating, -1)
        for story in told
        for answer in story.answers[story.since :]
    ]
    answers = _Answers(*np.array(table, np.int64).reshape(-1, len(_Answers._fields)).T)
    first = _firsts(answers.card)
    cards = answers.card[first].tolist()
    wanted = [folding.retention(topic_of(names[card])) for card in cards]
    memories = _memories(answers, wanted, folding)
    remembered = {
        card: Memory(_STATES[state], *rest) for card, (state, *rest) in zip(cards, memories, strict=True)
    }
    for story in told:
        name = names[story.card]
        yield row_of_memory(name, story, remembered.get(story.card), folding.retention(topic_of(name)))


def _from_rows(db: sqlite3.Connection) -> Mapping[str, Ints] | NDArray[Any]:
    sql = "SELECT card, at, offset, rating, ifnull(ms, -1) FROM review WHERE NOT copy"
    return np.fromiter(db.execute(sql), [(name, np.int64) for name in _COLUMNS])


def _in_order(db: sqlite3.Connection, answers: Any, day_starts_at: int) -> _Answers:
    """The answers by the number of the card's name of today, and in order of time."""
    columns = answers if isinstance(answers, tuple) else (answers[name] for name in _COLUMNS)
    card, at, offset, rating, ms = (np.array(column, np.int64) for column in columns)
    homes = np.array(db.execute("SELECT key, home FROM card_name").fetchall() or [(0, 0)], np.int64)
    today = np.zeros(int(homes[:, 0].max()) + 1, np.int64)
    today[homes[:, 0]] = homes[:, 1]
    card = today[card]
    day = (at + offset * MINUTE - day_starts_at * HOUR) // (24 * HOUR)
    return _Answers(card, at, day, rating, ms).where(np.lexsort((at, card)))


def _unusual(db: sqlite3.Connection) -> set[int]:
    """Cards with more to tell than answers that all count."""
    sql = """
        SELECT DISTINCT home FROM card_name WHERE key IN (
            SELECT card FROM event WHERE card IS NOT NULL
            UNION SELECT card FROM undone_review
            UNION SELECT r.card FROM undone u JOIN review r ON r.id = u.id)
    """
    return {home for (home,) in db.execute(sql)}


def _plain_rows(answers: _Answers, names: Mapping[int, str], folding: Folding) -> Iterator[Sequence[object]]:
    """The rows of `memory` of cards of which every answer counts."""
    first = _firsts(answers.card)
    timed = answers.ms >= 0
    cards = list(map(names.__getitem__, answers.card[first].tolist()))
    topics = list(map(topic_of, cards))
    wanted = {topic: folding.retention(topic) for topic in set(topics)}
    wanted_of_card = list(map(wanted.__getitem__, topics))
    columns = (
        answers.day[first],
        np.add.reduceat(timed.astype(np.int64), first),
        np.add.reduceat(np.where(timed, np.minimum(answers.ms, LONGEST), 0), first),
    )
    rest = zip(*(column.tolist() for column in columns), strict=True)
    memories = _memories(answers, wanted_of_card, folding)
    told = zip(topics, cards, memories, rest, wanted_of_card, repeat((False, 0)))
    return ((topic, card, *memory, *some, *marks, share) for topic, card, memory, some, share, marks in told)


def _memories(answers: _Answers, retention: Sequence[float], folding: Folding) -> Iterator[Sequence[Any]]:
    """The memory of each card after all its answers, as rows of the values of `Memory`; by `retention` of each."""
    told = replay(answers.card, answers.day, answers.rating, folding.parameters, narrow=_NARROW)
    last = told.first + told.taken - 1
    at, day, rating = answers.at[last], answers.day[last], answers.rating[last]
    reviewing = told.state == State.REVIEW
    due_day = day + np.where(reviewing, intervals(told.stability, np.array(retention), folding.parameters), 0)
    due_ms = at + waits(told.state, told.step, rating)
    columns = (
        told.state.tolist(),
        [None if step == NO_STEP else step for step in told.step.tolist()],
        told.stability.tolist(),
        told.difficulty.tolist(),
        due_day.tolist(),
        [None if done else ms for done, ms in zip(reviewing.tolist(), due_ms.tolist(), strict=True)],
        *(column.tolist() for column in (at, day, told.taken, told.lapses)),
    )
    rows: list[Sequence[Any]] = list(zip(*columns, strict=True))
    end = np.append(told.first[1:], len(answers.card))
    for card in np.flatnonzero(last + 1 < end).tolist():  # the few cards with the most answers
        state, *rest = rows[card]
        memory = Memory(_STATES[state], *rest) if told.taken[card] else None
        for place in range(int(last[card]) + 1, int(end[card])):
            memory = folding.model().after(
                memory,
                Rating(int(answers.rating[place])),
                ms=int(answers.at[place]),
                day=int(answers.day[place]),
                retention=retention[card],
            )
        assert memory is not None
        rows[card] = memory
    return iter(rows)


def _firsts(card: Ints) -> Ints:
    """Where each card begins."""
    return np.flatnonzero(np.r_[True, card[1:] != card[:-1]]) if len(card) else np.zeros(0, np.int64)
