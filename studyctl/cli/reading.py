"""Texts of a curriculum as lines of plain text, for screens that are not rich ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyctl.cli import screen
from studyctl.cli.workspace import Workspace

if TYPE_CHECKING:
    from studyctl.core.curriculum import Citation

_PLAIN = re.compile(r"[\w ,.;:?!()'\"’“”–—/%=+-]*")


def lines(text: str, width: int, indent: str = "") -> list[str]:
    """Markup and math made readable, at most `width` columns wide, each line behind `indent`."""
    if _PLAIN.fullmatch(text) and "_" not in text and not text.startswith(("-", "+")):
        return screen.wrap(text, width, indent).splitlines()
    from studyctl.adapters.terminal_text import readable  # noqa: PLC0415 (loads a Markdown parser)
    from studyctl.ui.reading import reading  # noqa: PLC0415 (loads rich)

    told = reading(readable(text), max(10, width - len(indent)), colour=False)
    return [(indent + line.plain).rstrip() for line in told]


def cited(work: Workspace, citation: Citation) -> str:
    """A text and the place in it, in one line: ``Title: where (free)``."""
    resource = work.catalog.resources([citation.ref]).get(citation.ref)
    title = resource.title if resource else citation.ref
    free = " (free)" if resource and resource.access == "free" else ""
    where = f": {citation.where}" if citation.where else ""
    return screen.clean(f"{title}{where}{free}")
