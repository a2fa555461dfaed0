"""What is wrong with the math of a text: dollars, also of money, braces, and what MathJax refuses.

Of a cloze every side is looked at, with each gap open and with none, and the first that has faults
tells of them: the others have them for the same cause.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from studyctl.core import tex, text
from studyctl.core.problems import quoted
from studyctl.core.text import Gap, Kind, Segment

Finding = tuple[str, str]  # what is wrong, and what to do

# Math that begins at one price and ends at the next; nothing in it may look like a formula.
_TO_PRICE = re.compile(r"\$\d[^$\\^_{}=]*[\s,/(–-][A-Z]{0,3}\$")  # $5 and $6, US$5-US$6
_TO_WORD = re.compile(r"\$\d[^$\\^_{}=]*\s[a-z]{2,}\s\$")  # $5 or $ten
_BEHIND_PRICE = re.compile(r"\$[\s,.;:!?)–-][^$\\^_{}=+*/]*\d\s?\$")  # 5$ or 6$


def faults(said: str, is_cloze: bool) -> Iterable[Finding]:
    """Why the math of a text cannot be read: dollar signs come in pairs, and so do braces."""
    return _of_first_side(_faults, said, is_cloze)


def doubts(said: str, is_cloze: bool) -> Iterable[Finding]:
    """What can be read, but is no math, or none that Anki shows."""
    return _of_first_side(_doubts, said, is_cloze)


def _of_first_side(
    findings: Callable[[str], Iterable[Finding]], said: str, is_cloze: bool
) -> Iterable[Finding]:
    if "$" in said:
        for side in _sides(said) if is_cloze else (said,):
            if found := dict.fromkeys(findings(side)):
                return found
    return ()


def _sides(cloze: str) -> Iterator[str]:
    yield text.cloze_back(cloze)
    for part in text.cloze_parts(cloze):
        if isinstance(part, Gap):
            yield text.cloze_front(cloze, part.number)


def _faults(side: str) -> Iterator[Finding]:
    parts = list(text.segments(side))
    if any(part.kind is Kind.UNCLOSED for part in parts):
        # formulas before may be no formulas, but what stands between two of them
        yield "math is opened and never closed", r"write \$ for a dollar sign"
        return
    for part in parts:
        if part.kind in (Kind.MATH, Kind.DISPLAY) and (wrong := text.math_problem(part.body)):
            yield f"unbalanced math: {wrong}", ""


def _doubts(side: str) -> Iterator[Finding]:
    parts = list(text.segments(side))
    money = set(prices(parts))
    for part in parts:
        if part.source in money:
            yield f"{quoted(part.source)} is read as math", r"write \$ for a dollar sign"
        elif (
            part.kind in (Kind.MATH, Kind.DISPLAY)
            and not text.math_problem(part.body)
            and (wrong := tex.refused(part.body))
        ):
            yield f"math that Anki cannot show: {wrong[0]}", wrong[1]


def prices(parts: Sequence[Segment]) -> Iterator[str]:
    """Stretches of a text that are math to the reader of dollar signs, and surely prices to people."""
    sources = ["", *(part.source for part in parts), ""]
    for part, before, source, after in zip(parts, sources, sources[1:], sources[2:], strict=False):
        if part.kind is Kind.MATH and (
            (_TO_PRICE.fullmatch(source) and after[:1].isdigit())
            or (_TO_WORD.fullmatch(source) and after[:1].isalnum())
            or (_BEHIND_PRICE.fullmatch(source) and before[-1:].isdigit() and not after[:1].isalnum())
        ):
            yield source
