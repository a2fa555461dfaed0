"""Memories of many cards at once: the rows go through numpy arrays, whole journals at a time.

Only commands that find much to read come here; the others never load numpy. Cards of which the
journal says something unusual (an answer twice or undone, a reset, a suspension) are settled one
by one before they join the arrays.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studyctl.adapters.history_fold import LONGEST, Story, topic_of
from studyctl.core.fsrs_arrays import NO_STEP, Ints, intervals, replay, waits
from studyctl.core.memory import Memory, Model, Rating, State

if TYPE_CHECKING:
    from studyctl.adapters.history_fold import Folding

_NARROW = 8  # cards; fewer are faster one by one
_STATES = [State(number) for number in range(4)]


class _Answers(NamedTuple):
    """Columns of answers, by card and in order of time."""

    card: Ints
    at: Ints
    day: Ints
    rating: Ints
    ms: Ints  # -1 where it is not known

    def where(self, which: Sequence[int] | np.ndarray[tuple[int], np.dtype[np.bool_]] | Ints) -> _Answers:
        return _Answers(*(column[which] for column in self))


def retell_all(
    db: sqlite3.Connection, folding: Folding, model: Callable[[], Model], retention: Callable[[str], float]
) -> None:
    """Tell every memory again."""
    db.execute("DELETE FROM memory")
    db.execute("UPDATE review SET counts = NOT copy WHERE counts = copy")
    answers = _all_answers(db)
    same = (answers.card[1:] == answers.card[:-1]) & (answers.at[1:] == answers.at[:-1])
    unusual = _unusual(db) | set(np.unique(answers.card[1:][same]).tolist())
    plain = answers.where(~np.isin(answers.card, list(unusual))) if unusual else answers
    names = dict(db.execute("SELECT key, raw FROM card_name WHERE key = home"))
    folding.insert(_plain_rows(plain, names, model, retention))
    if unusual:
        folding.insert(rows_of_many(folding.stories(unusual), names, model, retention))


def rows_of_many(
    stories: Iterable[Story],
    names: Mapping[int, str],
    model: Callable[[], Model],
    retention: Callable[[str], float],
) -> Iterator[Sequence[object]]:
    """The rows of `memory` that tell these cards."""
    from studyctl.adapters.history_fold import row_of_memory  # noqa: PLC0415

    told = list(stories)
    table = [
        (answer.card, answer.at, answer.day, answer.rating, -1)
        for story in told
        for answer in story.answers[story.since :]
    ]
    columns = np.array(table, np.int64).reshape(-1, 5).T
    remembered = dict(_memories(_Answers(*columns), names, model, retention))
    for story in told:
        name = names[story.card]
        yield row_of_memory(name, story, remembered.get(story.card), retention(topic_of(name)))


def _all_answers(db: sqlite3.Connection) -> _Answers:
    columns = ("card", "at", "day", "rating", "ms")
    sql = "SELECT card, at, day, rating, ifnull(ms, -1) FROM review WHERE NOT copy"
    table = np.fromiter(db.execute(sql), [(name, np.int64) for name in columns])
    homes = np.array(db.execute("SELECT key, home FROM card_name").fetchall() or [(0, 0)], np.int64)
    today = np.zeros(int(homes[:, 0].max()) + 1, np.int64)
    today[homes[:, 0]] = homes[:, 1]
    card = today[table["card"]]
    order = np.lexsort((table["at"], card))
    rest = (np.ascontiguousarray(table[name])[order] for name in columns[1:])
    return _Answers(card[order], *rest)


def _unusual(db: sqlite3.Connection) -> set[int]:
    """Cards with more to tell than answers that all count."""
    sql = """
        SELECT DISTINCT home FROM card_name WHERE key IN (
            SELECT card FROM event WHERE card IS NOT NULL
            UNION SELECT card FROM undone_review
            UNION SELECT r.card FROM undone u JOIN review r ON r.id = u.id)
    """
    return {home for (home,) in db.execute(sql)}


def _plain_rows(
    answers: _Answers, names: Mapping[int, str], model: Callable[[], Model], retention: Callable[[str], float]
) -> Iterator[Sequence[object]]:
    if not len(answers.card):
        return
    first = np.flatnonzero(np.r_[True, answers.card[1:] != answers.card[:-1]])
    timed = answers.ms >= 0
    counts = np.add.reduceat(timed.astype(np.int64), first).tolist()
    times = np.add.reduceat(np.where(timed, np.minimum(answers.ms, LONGEST), 0), first).tolist()
    days = answers.day[first].tolist()
    told = _memories(answers, names, model, retention)
    for (card, memory), day, count, time in zip(told, days, counts, times, strict=True):
        name = names[card]
        topic = topic_of(name)
        yield (topic, name, *memory, day, count, time, False, 0, retention(topic))


def _memories(
    answers: _Answers, names: Mapping[int, str], model: Callable[[], Model], retention: Callable[[str], float]
) -> Iterator[tuple[int, Memory]]:
    """Each card with its memory after all these answers, in the order of the cards."""
    told = replay(answers.card, answers.day, answers.rating, narrow=_NARROW)
    last = told.first + told.taken - 1
    cards = answers.card[told.first].tolist()
    wanted = np.array([retention(topic_of(names[card])) for card in cards])
    at, day, rating = answers.at[last], answers.day[last], answers.rating[last]
    reviewing = told.state == State.REVIEW
    due_day = day + np.where(reviewing, intervals(told.stability, wanted), 0)
    due_ms = at + waits(told.state, told.step, rating)
    ends = [*told.first[1:].tolist(), len(answers.card)]
    columns = (
        told.state, told.step, told.stability, told.difficulty, due_day, due_ms, at, day, told.taken, told.lapses,
    )  # fmt: skip
    rows = zip(*(column.tolist() for column in columns), strict=True)
    for card, end, start, row in zip(cards, ends, (last + 1).tolist(), rows, strict=True):
        memory = _memory(*row) if row[-2] else None
        for place in range(start, end):  # of the few cards with the most answers
            memory = model().after(
                memory,
                Rating(int(answers.rating[place])),
                ms=int(answers.at[place]),
                day=int(answers.day[place]),
                retention=retention(topic_of(names[card])),
            )
        assert memory is not None
        yield card, memory


def _memory(
    state: int,
    step: int,
    s: float,
    d: float,
    due_day: int,
    due_ms: int,
    at: int,
    day: int,
    reviews: int,
    lapses: int,
) -> Memory:
    return Memory(
        _STATES[state],
        None if step == NO_STEP else step,
        s,
        d,
        due_day,
        None if state == State.REVIEW else due_ms,
        at,
        day,
        reviews,
        lapses,
    )
