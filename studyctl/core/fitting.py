"""Answers that are put into a log of Anki, with kinds that fit there.

Each row of the log has a *kind*, and Anki takes a learning row that follows any other for the sign
that the card was reset before it: what came earlier is forgotten. The rows that a log has stay as
they are. So of those that are put among them, one with a learning row of the log behind it is a
learning row, too; and none is that has a row of another kind before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studyctl.core.carried import LogRow
from studyctl.core.collection import LEARN, REVIEW, Meaning, Row, meaning

Either = Row | LogRow


def fitting(rows: Iterable[LogRow], log: Iterable[Row]) -> Iterator[LogRow]:
    """The rows in the order of time, each with the kind that it has among those of `log`."""
    kept = [row for row in log if meaning(row) not in (Meaning.CRAM, Meaning.UNREADABLE)]
    line: list[Either] = sorted([*kept, *rows], key=lambda row: row.id)
    answered = other = False  # since the last reset: any answer; any row that is no learning one
    for row, learns in zip(line, _learning_behind(line), strict=True):
        kind = row.kind
        if isinstance(row, LogRow):
            if row.ease and learns:
                kind = LEARN
            elif row.ease and other and kind == LEARN:
                kind = REVIEW
            yield row._replace(kind=kind)
        if _is_reset(row):
            answered = other = False
        else:
            other = other or (kind != LEARN and (answered or row.ease > 0))
            answered = answered or row.ease > 0


def _learning_behind(line: list[Either]) -> list[bool]:
    """Whether a learning row of the log follows each row before the next reset."""
    told = []
    learns = False
    for row in reversed(line):
        told.append(learns)
        if _is_reset(row):
            learns = False
        elif isinstance(row, Row) and row.ease and row.kind == LEARN:
            learns = True
    return told[::-1]


def _is_reset(row: Either) -> bool:
    if isinstance(row, Row):
        return meaning(row) is Meaning.RESET
    return not row.ease
