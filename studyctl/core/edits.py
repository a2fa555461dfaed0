"""What somebody corrected in Anki, as a change of the text that the curriculum has.

A field of Anki is HTML that was made of our text, and the way back is not exact: a long formula was
cut, code lost the name of its language. So the field is not simply read back. Our own HTML and the
edited one are both turned into text, what differs between these two is looked for in our text, and
only that is changed there. Each result is *proved*: its HTML, turned into text once more, must say
what the edited field says. Where our text cannot be followed the field is read back whole, proved
likewise; where that fails as well, the edit is only shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")

Convert = Callable[[str], str]


class Edit(NamedTuple):
    """A text of a note: its key in the YAML file, as it was and as it should be; `proved` as above."""

    note: str
    key: str
    before: str
    after: str
    proved: bool


def edit_of(note: str, key: str, ours: str, edited: str, read: Convert, render: Convert) -> Edit | None:
    """The edit of a text, of which Anki has the HTML `edited`; None if it says the same as ours.

    `read` turns HTML into text, `render` text into HTML.
    """
    base, wanted = read(render(ours)), read(edited)
    if _words(base) == _words(wanted):
        return None
    for candidate in (followed(ours, base, wanted), wanted):
        if candidate is not None and _words(read(render(candidate))) == _words(wanted):
            return Edit(note, key, ours, candidate, proved=True)
    return Edit(note, key, ours, wanted, proved=False)


def _words(text: str) -> list[str]:
    return text.split()


def followed(ours: str, base: str, wanted: str) -> str | None:
    """`ours` with what changes from `base` to `wanted`; None where `ours` differs from `base` at that place."""
    mine, old, new = (_TOKEN.findall(text) for text in (ours, base, wanted))
    place = {
        at: there
        for start, begin, size in SequenceMatcher(None, old, mine, autojunk=False).get_matching_blocks()
        for at, there in zip(range(start, start + size), range(begin, begin + size), strict=True)
    }
    told: list[str] = []
    done = 0
    for begin, end, some in _changes(old, new):
        found = _range(place, begin, end, len(old), len(mine))
        if found is None or found[0] < done:
            return None
        told += mine[done : found[0]] + some
        done = found[1]
    return "".join(told + mine[done:])


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """What changes: from where to where in `old`, and what stands there in `new`."""
    for tag, begin, end, start, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield begin, end, new[start:stop]


def _range(place: dict[int, int], begin: int, end: int, size: int, whole: int) -> tuple[int, int] | None:
    """Where the tokens from `begin` to `end` stand in our text, if they stand there as they are."""
    if begin == end:
        before = place.get(begin - 1, -1 if begin == 0 else None)
        after = place.get(end, whole if end == size else None)
        return (after, after) if before is not None and after == before + 1 else None
    found = [place.get(at) for at in range(begin, end)]
    first = found[0]
    if first is None or found != list(range(first, first + len(found))):
        return None
    return first, first + len(found)
