"""What an id looks like: areas, topics, tracks, objectives and cards all have one."""

from __future__ import annotations

import re

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_id(name: str) -> bool:
    """Whether a name may be the id of an area, topic, track, objective or card."""
    return ID.fullmatch(name) is not None
