"""What can go into a deck: recipes, tracks, areas and topics, and the topics that each means.

All four have ids of one namespace, so a name on the command line means one of them. A *recipe*
is one of our own, told by a file of `decks/`; it includes others by their ids, everything, or
single notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from studyctl.core.curriculum import Area, Track
from studyctl.core.outline import Line


class Recipe(NamedTuple):
    """A recipe of `decks/`; `include` is None for everything, `notes` for whole topics."""

    id: str
    title: str
    summary: str
    include: tuple[str, ...] | None
    notes: frozenset[str] | None = None


class Choice(NamedTuple):
    """Something that a deck can be made of: a recipe, track, area or topic."""

    id: str
    kind: str
    title: str
    topics: frozenset[str]
    notes: frozenset[str] | None = None  # if it takes only some of the topics' notes

    def takes(self, note: str) -> bool:
        """Whether a note of its topics goes in."""
        return self.notes is None or note in self.notes


def choices(
    recipes: Iterable[Recipe], tracks: Iterable[Track], areas: Mapping[str, Area], lines: Iterable[Line]
) -> dict[str, Choice]:
    """All that can be chosen, by id: recipes first, then tracks, areas and topics.

    A track means its topics and its side roads, but not what these require beyond it. What a
    recipe includes and no curriculum has is not there.
    """
    lines = list(lines)
    known = {line.id for line in lines}
    named: dict[str, Choice] = {}
    for track in tracks:
        members = {topic for part in track.sections for topic in (*part.topics, *part.optional)}
        named.setdefault(track.id, Choice(track.id, "track", track.title, frozenset(known & members)))
    by_area: dict[str, set[str]] = {area: set() for area in areas}
    for line in lines:
        by_area.setdefault(line.area, set()).add(line.id)
    for area, topics in by_area.items():
        title = areas[area].title if area in areas else area
        named.setdefault(area, Choice(area, "area", title, frozenset(topics)))
    for line in lines:
        named.setdefault(line.id, Choice(line.id, "topic", line.title, frozenset({line.id})))
    told = {recipe.id: _choice(recipe, named, known) for recipe in recipes}
    return told | {name: choice for name, choice in named.items() if name not in told}


def _choice(recipe: Recipe, named: Mapping[str, Choice], known: Iterable[str]) -> Choice:
    if recipe.notes is not None:
        topics = frozenset(note.split("/")[0] for note in recipe.notes)
        return Choice(recipe.id, "recipe", recipe.title, topics.intersection(known), recipe.notes)
    if recipe.include is None:
        return Choice(recipe.id, "recipe", recipe.title, frozenset(known))
    parts = [named[name].topics for name in recipe.include if name in named]
    return Choice(recipe.id, "recipe", recipe.title, frozenset().union(*parts))
