"""The label of a card that a package of ours handed over as suspended.

A collection alone does not tell a card that arrived suspended and was taken back there from one that
had been there before, awake, and was suspended only here. So the package writes the card's time of
change into its *custom data*, a place where Anki keeps what belongs to others: a card that bears the label,
is awake and has changed since was taken back in Anki. Measured on Anki 26.9: the label survives an
import, answers, and taking the card back; an import without learning progress keeps it and the time.
"""

from __future__ import annotations

import json
from contextlib import suppress

HANDED = "studyctl"  # the name of the label; Anki allows eight bytes


def labelled(data: str, changed: int) -> str:
    """A card's `data` with the label; `changed` is the card's time of change, in seconds."""
    told = json.loads(data) if data else {}
    return json.dumps(
        told | {"cd": json.dumps({HANDED: changed}, separators=(",", ":"))}, separators=(",", ":")
    )


def handed(data: object) -> int | None:
    """The time of change, in ms, that the label in a card's `data` names; None without one."""
    if not data:
        return None
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        changed = json.loads(json.loads(str(data))["cd"]).get(HANDED)
        return changed * 1000 if type(changed) is int else None
    return None
