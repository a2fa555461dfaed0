"""What a name means that somebody typed: an id, an earlier id, a unique prefix, or a mistake."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studyctl.core.problems import AmbiguousNameError, UnknownNameError, UsageError


def resolve(
    kind: str, name: str, known: Mapping[str, Any], aliases: Mapping[str, str] | None = None, hint: str = ""
) -> str:
    """The id that `name` means: itself, its living successor, or the one id that it begins."""
    if name in known:
        return name
    if aliases and aliases.get(name) in known:
        return aliases[name]
    matches = [] if not name or name.isdigit() else [one for one in known if one.startswith(name)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise AmbiguousNameError(kind, name, matches)
    raise UnknownNameError(kind, name, known, hint)


def topic_named(
    name: str, known: Mapping[str, Any], aliases: Mapping[str, str], ids: Callable[[str], Sequence[str]]
) -> str:
    """The topic that `name` means; a track in its place is told apart. `ids` gives all ids of a kind."""
    try:
        return resolve("topic", name, known, aliases, "studyctl topics")
    except UnknownNameError:
        if name in ids("track"):
            raise UsageError(f"{name} is a track, not a topic", f"studyctl tracks {name}") from None
        raise
