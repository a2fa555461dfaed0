"""Texts of a curriculum as lines of plain text, for screens that are not rich ones."""

from __future__ import annotations


def lines(text: str, width: int, indent: str = "") -> list[str]:
    """Markup and math made readable, at most `width` columns wide, each line behind `indent`."""
    from studyctl.adapters.terminal_text import readable  # noqa: PLC0415 (loads a Markdown parser)
    from studyctl.ui.reading import reading  # noqa: PLC0415 (loads rich)

    told = reading(readable(text), max(10, width - len(indent)), colour=False)
    return [(indent + line.plain).rstrip() for line in told]
