"""What the learner should know of the journal's files, as sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

SHOWN = 3  # places of damaged lines that are told of one file


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
            told.append(f"{path}: {len(lines) - SHOWN} more damaged lines, passed over")
    strange = ask("SELECT DISTINCT what FROM journal_notice WHERE NOT damaged ORDER BY what")
    if strange:
        what = ", ".join(what for (what,) in strange[:SHOWN])
        more = f" and {len(strange) - SHOWN} more" if len(strange) > SHOWN else ""
        told.append(f"the journal holds what only a newer studyctl knows, kept as it is: {what}{more}")
    return tuple("".join(sign if sign.isprintable() else "?" for sign in line) for line in told)
