"""The ids that are given: to topics, tracks, areas and recipes, which share one namespace."""

from __future__ import annotations

import os
from typing import NamedTuple

from studyctl.cli.check import shown
from studyctl.cli.workspace import Workspace
from studyctl.core.links import RECIPES


class Given(NamedTuple):
    """An id that something has: what, where it stands, and what can be done."""

    kind: str
    place: str
    hint: str


_SEEN_WITH = {"topic": "studyctl show {}", "track": "studyctl tracks {}", "area": "studyctl topics --area {}"}


def given_ids(work: Workspace) -> dict[str, Given]:
    """Every id that is given, also by files that have errors and are read by nothing else."""
    from studyctl.adapters.curriculum_folder import file_of, scan  # noqa: PLC0415

    told = {name: Given("recipe", "a recipe of decks", "choose another id") for name in RECIPES}
    for old, new in work.catalog.topic_aliases().items():
        told[old] = Given("topic", f"an earlier id of {new}", f"studyctl show {new}, or choose another id")
    out = set(work.catalog.left_out())
    for source in scan(work.roots)[0]:
        file = file_of(work.roots, source)
        if source.area:
            folder = f"{shown(os.path.dirname(file))}{os.sep}"
            told.setdefault(source.area, _seen("area", source.area, folder))
        if source.id and file in out:
            check = f"studyctl check {shown(file)}, or choose another id"
            told.setdefault(source.id, Given(source.kind, f"{shown(file)}, which has errors", check))
        elif source.id:
            told.setdefault(source.id, _seen(source.kind, source.id, shown(file)))
    for name, area in work.catalog.areas().items():
        told.setdefault(name, _seen("area", name, shown(area.place.file)))
    return told


def _seen(kind: str, name: str, place: str) -> Given:
    return Given(kind, place, f"{_SEEN_WITH[kind].format(name)}, or choose another id")
