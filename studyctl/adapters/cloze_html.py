"""Gaps on their way from the text of a cloze to the HTML of an Anki field.

A *span* is a gap by its place in the text with all gaps filled in. While the text becomes HTML
the two ends of a span are *signs*, control characters that no text can hold. In the end the
HTML between two signs becomes ``{{c1::…}}``, with all that Anki would misread in it written as
entities: ``}}`` would end the gap, ``::`` would begin a hint. A span that a formula or an HTML
tag cuts, as in ``*one {{c1::two* three}}``, becomes several gaps of one number, which Anki
hides together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from studyctl.core.text import Gap, Kind, Segment

OPEN, NUMBER, CLOSE = "\x0e", "\x0f", "\x10"  # the signs: ␎ 1 ␏ text ␐
SIGN = re.compile(rf"({OPEN}\d+{NUMBER}|{CLOSE})")

_MARKED = re.compile(rf"{OPEN}(\d+){NUMBER}([^{OPEN}{CLOSE}]*){CLOSE}")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"<(/?)([a-z0-9]+)")
_VOID = {"br", "hr", "img"}
# Behind these, ``[...]``, with which Anki hides a gap, would be read as an argument.
_WANTS_ARGUMENT = re.compile(r"(?:\\\\|\\sqrt|\\x[a-zA-Z]+|[\^_])\s*\Z")
_CELLS = re.compile(r"(?<!\\)&|\\\\")


class Span(NamedTuple):
    """A gap: where it starts and ends in the filled text, and its number."""

    start: int
    end: int
    number: int


class Stretch(NamedTuple):
    """A segment with its place in the text: `low` to `high` is its body, without delimiters."""

    part: Segment
    start: int
    low: int
    high: int
    end: int


def filled(parts: Iterable[str | Gap]) -> tuple[str, list[Span]]:
    """The text with every gap filled in, and where the gaps were; an empty one holds three dots."""
    text, spans = "", []
    for part in parts:
        if isinstance(part, str):
            text += part
        else:
            start = len(text)
            text += part.text or "…"
            spans.append(Span(start, len(text), part.number))
    return text, spans


def stretches(parts: Iterable[Segment]) -> list[Stretch]:
    """The segments of a text with their places."""
    told = []
    at = 0
    for part in parts:
        end = at + len(part.source)
        low, high = at, end
        if part.kind is Kind.FENCE:
            low = at + part.source.find("\n") + 1
            high = low + len(part.body.rstrip("\n"))
        elif part.kind is Kind.CODE:
            ticks = len(part.source) - len(part.source.lstrip("`"))
            low, high = at + ticks, end - ticks
        elif part.kind in (Kind.MATH, Kind.DISPLAY):
            low = at + part.source.find(part.body, 1 if part.kind is Kind.MATH else 2)
            high = low + len(part.body)
        told.append(Stretch(part, at, low, high, end))
        at = end
    return told


def settled(line: Sequence[Stretch], spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, moved and cut so that HTML has room for their ends.

    Of a formula a span holds all, delimiters included, or a part of its body, or nothing; of a
    code span likewise; in a fence a span never leaves the body.
    """
    starts = [stretch.start for stretch in line]
    for span in spans:
        first = line[bisect_right(starts, span.start) - 1]
        last = line[bisect_left(starts, span.end) - 1]
        if first is last:
            yield _within(first, span)
            continue
        start, end = span.start, span.end
        if start > first.low or first.part.kind is Kind.FENCE:
            head = _within(first, span._replace(end=first.end))
            start = head.start
            if _is_formula(first) and start > first.start:
                yield head
                start = first.end
        if end < last.high or last.part.kind is Kind.FENCE:
            tail = _within(last, span._replace(start=last.start))
            end = tail.end
            if _is_formula(last) and end < last.end:
                yield tail
                end = last.start
        if start < end:
            yield span._replace(start=start, end=end)


def _is_formula(stretch: Stretch) -> bool:
    return stretch.part.kind in (Kind.MATH, Kind.DISPLAY)


def _within(stretch: Stretch, span: Span) -> Span:
    """A span that lies in one stretch."""
    start = min(max(span.start, stretch.low), stretch.high)
    end = min(max(span.end, stretch.low), stretch.high)
    if _is_formula(stretch) and (start, end) == (stretch.low, stretch.high):
        return span._replace(start=stretch.start, end=stretch.end)
    if stretch.part.kind is Kind.CODE and span.start <= stretch.start and span.end >= stretch.end:
        return span
    return span._replace(start=start, end=end)


def with_signs(
    line: Sequence[Stretch], spans: Iterable[Span]
) -> Iterator[tuple[Stretch, list[tuple[int, str]]]]:
    """Each stretch with the signs in it, by their place in the text; `spans` are settled."""
    signs = sorted(
        sign
        for span in spans
        if span.start < span.end
        for sign in ((span.end, 0, CLOSE), (span.start, 1, f"{OPEN}{span.number}{NUMBER}"))
    )
    signs.reverse()
    for stretch in line:
        here = []
        while signs and (signs[-1][0] < stretch.end or signs[-1][:2] == (stretch.end, 0)):
            place, _, sign = signs.pop()
            here.append((place, sign))
        yield stretch, here


def put_signs(
    source: str, start: int, signs: Iterable[tuple[int, str]], write: Callable[[str], str] = str
) -> str:
    """`source`, which stands at `start` of the text, with its signs, each as `write` writes it."""
    told, done = "", 0
    for place, sign in signs:
        told += source[done : place - start] + write(sign)
        done = place - start
    return told + source[done:]


def formula(body: str, low: int, signs: Sequence[tuple[int, str]]) -> str:
    """The body of a formula with the signs in it, in braces where a hidden gap would else be misread."""
    cuts = [(place - low, sign) for place, sign in signs]
    told, done = "", 0
    for (start, opening), (end, _) in zip(cuts[::2], cuts[1::2], strict=False):
        before, gap = body[done:start], body[start:end]
        told += before
        if not _WANTS_ARGUMENT.search(body[:start]):
            told += f"{opening}{gap}{CLOSE}"
        elif _CELLS.search(gap):
            told += f"{{}}{opening}{gap}{CLOSE}"
        else:
            told += f"{{{opening}{gap}{CLOSE}}}"
        done = end
    return told + body[done:]


def anki_gaps(html: str) -> tuple[str, set[int]]:
    """The HTML with ``{{c1::…}}`` for what stands between signs, and the numbers that are there."""
    numbers: set[int] = set()

    def gap(number: str, inside: str) -> str:
        if not inside.strip():
            return inside
        numbers.add(int(number))
        return f"{{{{c{number}::{_safe_in_gap(inside)}}}}}"

    def gaps(found: re.Match[str]) -> str:
        number, inside = found.groups()
        if _is_balanced(inside):
            return gap(number, inside)
        return "".join(
            part if part.startswith("<") else gap(number, part) for part in _TAG.split(inside) if part
        )

    told = _MARKED.sub(gaps, html)
    return SIGN.sub("", told), numbers


def _safe_in_gap(html: str) -> str:
    html = re.sub(r"\}(?=\}|\Z)", "&#125;", html)
    return re.sub(r":(?=:)|(?<=:):", "&#58;", html)


def _is_balanced(html: str) -> bool:
    """Whether every tag that opens in `html` closes in it, and the other way round."""
    stack: list[str] = []
    for tag in _TAG.findall(html):
        found = _NAME.match(tag)
        closing, name = found.groups() if found else ("", "br")
        if name in _VOID:
            continue
        if not closing:
            stack.append(name)
        elif not stack or stack.pop() != name:
            return False
    return not stack
