"""Stretches of a text between two signs, found in one walk: formulas, sounds, comments of HTML.

A regular expression such as ``begin.*?end`` looks through the whole rest of a text again for each
beginning that never ends, so a stranger's field of many of them would take minutes. Here an end that
was looked for once and is not there is never looked for again.

Words: a *stretch* has a *kind*; what stands between its signs is its *body*.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple


class Stretch(NamedTuple):
    """One stretch: its kind, how it began, its body, and where it stands with both signs."""

    kind: str
    sign: str
    body: str
    start: int
    end: int


class Signs:
    """Pairs of regular expressions, for how a stretch of each kind begins and how it ends.

    The first beginning counts, and its first end; no sign may be long, or match in more than one way.
    """

    def __init__(self, pairs: Mapping[str, tuple[str, str]]) -> None:
        begins = "|".join(f"(?P<{kind}>{begin})" for kind, (begin, _) in pairs.items())
        self._begin = re.compile(begins, re.IGNORECASE)
        self._ends = {kind: re.compile(end, re.IGNORECASE) for kind, (_, end) in pairs.items()}

    def stretches(self, text: str) -> Iterator[Stretch]:
        """All stretches, in order; a beginning without an end is no stretch."""
        endless: set[str] = set()
        at = 0
        while begin := self._begin.search(text, at):
            kind = begin.lastgroup or ""
            end = None if kind in endless else self._ends[kind].search(text, begin.end())
            if end is None:
                endless.add(kind)
                at = begin.start() + 1
            else:
                yield Stretch(kind, begin[0], text[begin.end() : end.start()], begin.start(), end.end())
                at = end.end()

    def replaced(self, text: str, told: Callable[[Stretch], str]) -> str:
        """The text with every stretch told in another way."""
        parts: list[str] = []
        at = 0
        for one in self.stretches(text):
            parts += text[at : one.start], told(one)
            at = one.end
        return "".join((*parts, text[at:]))
