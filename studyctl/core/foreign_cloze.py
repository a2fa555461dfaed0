"""Anki's clozes: gaps that may stand in each other, share a number, and have hints.

Ours do none of that, so a cloze either comes over as it is, by `marked`, or as questions and
answers, one for each number: `asked` and `filled`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

OPEN, NUMBER, CLOSE = "\ue002", "\ue003", "\ue004"  # the signs of a gap while HTML becomes text
DEEPEST = 8  # gaps within each other, as in Anki
_TOKEN = re.compile(r"\{\{c(\d+(?:,\d+)*)::|\}\}|::")
_DELIMITER = re.compile(r"\\[()\[\]]")
_MARK = re.compile(f"{OPEN}(\\d+){NUMBER}")


@dataclass(frozen=True, slots=True)
class ForeignGap:
    """A gap with the numbers of the cards that ask it, what stands in it, and its hint."""

    numbers: tuple[int, ...]
    inner: tuple[str | ForeignGap, ...]
    hint: str = ""


Parts = Sequence[str | ForeignGap]


def parse(html: str) -> Parts:
    """The HTML of a field, cut at its gaps; one that never ends is no gap."""
    stack: list[tuple[str, tuple[int, ...], list[str | ForeignGap], list[str]]] = [("", (), [], [])]
    at = 0
    for found in _TOKEN.finditer(html):
        _, numbers, inner, hint = stack[-1]
        (hint or inner).append(html[at : found.start()])
        at = found.end()
        if found[1] and len(stack) <= DEEPEST:
            stack.append((found[0], tuple(int(number) for number in found[1].split(",")), [], []))
        elif found[0] == "::" and len(stack) > 1 and not hint:
            hint.append("")
        elif found[0] == "}}" and len(stack) > 1:
            stack.pop()
            stack[-1][2].append(ForeignGap(numbers, tuple(inner), "".join(hint)))
        else:
            (hint or inner).append(found[0])
    (stack[-1][3] or stack[-1][2]).append(html[at:])
    rest: list[str | ForeignGap] = []  # of the innermost that never ends, and then of those around it
    while len(stack) > 1:
        begin, _, inner, hint = stack.pop()
        rest = [begin, *inner, *(("::", *hint) if hint else ()), *rest]
    return tuple(part for part in (*stack[0][2], *rest) if part != "")


def gaps(parts: Parts) -> Iterator[ForeignGap]:
    """All gaps, those within gaps included."""
    for part in parts:
        if isinstance(part, ForeignGap):
            yield part
            yield from gaps(part.inner)


def filled(parts: Parts) -> str:
    """The HTML with every gap filled in."""
    return "".join(part if isinstance(part, str) else filled(part.inner) for part in parts)


def asked(parts: Parts, number: int) -> str:
    """The HTML as it is asked: gaps of this number hidden, with their hints, the others filled in."""
    return "".join(_asked(parts, number))


def _asked(parts: Parts, number: int) -> Iterator[str]:
    in_math = False  # where the part before ends
    for part in parts:
        if isinstance(part, str):
            told = part
        elif number in part.numbers:
            hint = part.hint or "…"
            told = rf"\boxed{{\text{{{hint}}}}}" if in_math else f"[{hint}]"
        else:
            told = asked(part.inner, number)
        yield told
        in_math = _ends_in_math(told, in_math)


def marked(parts: Parts) -> str:
    """The HTML with signs around its gaps, for `unmarked` to find again in the text."""
    return "".join(
        part if isinstance(part, str) else f"{OPEN}{part.numbers[0]}{NUMBER}{marked(part.inner)}{CLOSE}"
        for part in parts
    )


def unmarked(text: str) -> str:
    """The text with our own gaps in the place of signs."""
    return _MARK.sub(r"{{c\1::", text).replace(CLOSE, "}}")


def is_plain(parts: Parts) -> bool:
    """Whether each gap stands alone, with a number of its own: what our clozes can say."""
    found = list(gaps(parts))
    numbers = [number for gap in found for number in gap.numbers]
    nested = any(isinstance(part, ForeignGap) for gap in found for part in gap.inner)
    return bool(found) and not nested and len(set(numbers)) == len(numbers) == len(found)


def _ends_in_math(part: str, in_math: bool) -> bool:
    """Whether a part ends within math, if it begins there or not."""
    signs = _DELIMITER.findall(part)
    return signs[-1] in (r"\(", r"\[") if signs else in_math
