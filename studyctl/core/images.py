"""The pictures that a text shows: what it names, and which names are shown at all.

A text can only show a file of the topic's own ``media/``, with a name that every program on the way
takes as it is; `check` and the deck writer ask this module, so that they cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyctl.core.text import Kind, segments

FORMATS = ".svg, .png, .jpg, .gif or .webp"
_IMAGE = re.compile(
    r"""(?<!\\)!\[(?:[^\[\]]|\[[^\[\]]*\]){0,500}\]\(\s*
        (<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))+(?:[ ]+(?!["'(])(?:[^\s()]|\([^\s()]*\))+)*)""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_SHOWN = re.compile(
    r"(?:\./)?media/([A-Za-z0-9][\w.-]*\.(?:svg|png|jpe?g|gif|webp))", re.IGNORECASE | re.ASCII
)
_IN_MEDIA = re.compile(r"(?:\./)?media/(?!\.)([^/\\:]+)", re.IGNORECASE)
_OUTSIDE = "\ufffc"  # in the place of a formula or code: one character that is no markup


def images(text: str) -> Iterator[str]:
    """The targets of the images in `text`, with spaces, too, for which Markdown shows none."""
    if "![" not in text:
        return
    prose = "".join(part.body if part.kind is Kind.PROSE else _OUTSIDE for part in segments(text))
    for target in _IMAGE.findall(prose):
        yield _ESCAPE.sub("", target.strip("<>"))


def media_file(target: str) -> str | None:
    """The name in the folder ``media/`` of the picture that is shown for a target; None if none is."""
    found = _SHOWN.fullmatch(target)
    return found[1] if found else None


def why_not_shown(target: str) -> tuple[str, str]:
    """What is wrong with the name of a picture that is not shown, and what to do."""
    found = _IN_MEDIA.fullmatch(target)
    if found is None:
        return "is not one of the topic's own media/", "it is not shown; copy it to media/"
    better = re.sub(r"[^A-Za-z0-9_.-]+", "-", found[1]).strip("-_.")
    if media_file(f"media/{better}"):
        return "has a name that is not shown", f"call the file {better}, and write media/{better}"
    return "has a name that is not shown", f"a picture ends with {FORMATS}"
