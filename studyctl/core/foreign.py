"""An Anki deck as somebody else made it: note types with templates, and notes with fields.

This is what `import` reads. A note makes a card for each `ord`: of an ordinary note type by the
template of that number, of a cloze by the gaps with that number and one more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Template(NamedTuple):
    """Both sides of a card, as HTML with the names of fields in double braces."""

    front: str
    back: str


@dataclass(frozen=True, slots=True)
class ForeignType:
    """A note type: names of fields in order, and a template for each card; a cloze has one for all."""

    name: str
    is_cloze: bool
    fields: tuple[str, ...]
    templates: tuple[Template, ...]

    def template(self, ord_: int) -> Template | None:
        """The template of a card."""
        number = 0 if self.is_cloze else ord_
        return self.templates[number] if 0 <= number < len(self.templates) else None


@dataclass(frozen=True, slots=True)
class ForeignNote:
    """A note: its fields as HTML by name, its tags, and the deck of each of its cards by ord."""

    guid: str
    kind: ForeignType
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    decks: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class ForeignDeck:
    """All notes of a package; `broken` counts those whose note type is missing."""

    notes: Sequence[ForeignNote]
    broken: int = 0
