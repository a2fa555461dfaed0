"""The areas, tracks and topics that settings name: `interest` and `desired_retention` may go by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from studyctl.cli.workspace import Workspace
from studyctl.core.problems import UnknownNameError

KIND = "area, track or topic"
BY_NAME: Mapping[str, frozenset[str]] = {  # the settings with such names, and what else each may hold
    "interest": frozenset(),
    "desired_retention": frozenset({"default"}),
}


def unknown(work: Workspace, setting: str, value: Any) -> Iterator[UnknownNameError]:
    """What is wrong with the names in the value of a setting."""
    if setting not in BY_NAME or not isinstance(value, Mapping) or not value:
        return
    known = {name for kind in ("area", "track", "topic") for name in work.catalog.ids(kind)}
    known |= BY_NAME[setting]
    for name in map(str, value):
        if name not in known:
            yield UnknownNameError(KIND, name, known, "studyctl topics")


def note_unknown(work: Workspace) -> None:
    """Say on stderr which names in the settings in force nothing has, for they change nothing."""
    for setting in BY_NAME:
        for error in unknown(work, setting, work.settings.raw[setting]):
            work.note(f"{work.settings.origins[setting]}: {setting}: {error.what}")
