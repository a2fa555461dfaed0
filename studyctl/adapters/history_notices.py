"""What the learner should know of the journal's files, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

SHOWN = 3  # damaged lines of one file of which it is told what is wrong
STRETCHES = 20  # of further ones, of which only the numbers are


def notices(ask: Callable[..., list[Any]], folder: Path, unreadable: Mapping[str, str]) -> tuple[str, ...]:
    """Files that cannot be read, damaged lines with their places, and what a newer version wrote."""
    told = [
        f"{folder / name} cannot be read ({why}); its events are missing" for name, why in unreadable.items()
    ]
    damaged = ask(
        "SELECT name, what, line FROM journal_notice JOIN journal_file ON key = file"
        " WHERE damaged ORDER BY name, line"
    )
    for name, rows in groupby(damaged, lambda row: row[0]):
        lines = list(rows)
        path = folder / name
        told += [f"{path}:{line}: damaged line, passed over: {what}" for _, what, line in lines[:SHOWN]]
        if len(lines) > SHOWN:
            others = [line for _, _, line in lines[SHOWN:]]
            told.append(f"{path}: {len(others)} more damaged lines, passed over: {_stretches(others)}")
    strange = ask("SELECT DISTINCT what FROM journal_notice WHERE NOT damaged ORDER BY what")
    if strange:
        what = ", ".join(what for (what,) in strange[:SHOWN])
        more = f" and {len(strange) - SHOWN} more" if len(strange) > SHOWN else ""
        told.append(f"the journal holds what only a newer studyctl knows, kept as it is: {what}{more}")
    return tuple("".join(sign if sign.isprintable() else "?" for sign in line) for line in told)


def _stretches(numbers: Sequence[int]) -> str:
    """``4, 7 to 9 and 12 more``: numbers in order, those that follow each other in one."""
    told: list[list[int]] = []
    for number in numbers:
        if told and told[-1][1] == number - 1:
            told[-1][1] = number
        else:
            told.append([number, number])
    some = [str(first) if first == last else f"{first} to {last}" for first, last in told[:STRETCHES]]
    rest = sum(last - first + 1 for first, last in told[STRETCHES:])
    return ", ".join(some) + (f" and {rest} more" if rest else "")
