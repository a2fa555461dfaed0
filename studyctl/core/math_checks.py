"""What is wrong with the math of a text: dollars, braces, and what MathJax refuses.

Of a cloze every side is looked at, with each gap open and with none, and the first that has faults
tells of them: the others have them for the same cause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from studyctl.core import tex, text
from studyctl.core.problems import quoted
from studyctl.core.text import Gap, Kind

Finding = tuple[str, str]  # what is wrong, and what to do


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
    prices = set(tex.prices(parts))
    for part in parts:
        if part.source in prices:
            yield f"{quoted(part.source)} is read as math", r"write \$ for a dollar sign"
        elif (
            part.kind in (Kind.MATH, Kind.DISPLAY)
            and not text.math_problem(part.body)
            and (wrong := tex.refused(part.body))
        ):
            yield f"math that Anki cannot show: {wrong[0]}", wrong[1]
