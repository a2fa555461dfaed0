"""What the text of a card is made of: prose, math and code.

A text is CommonMark with ``$math$``, ``$$display math$$``, code spans and fenced code.
This module is the only one that knows what a dollar sign means, so that `check`, the
terminal and the deck writer can never disagree about it: a ``$`` opens math unless it
stands in code or is written ``\\$``; math ends at the next ``$`` that is not escaped.

Words: *segment*, a stretch of one kind; *cloze*, a text with *gaps* ``{{c1::...}}``; a
gap ends at its matching ``}}``, braces counted, so that ``{{c1::\\frac{1}{x^{2}}}}`` works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

URL = re.compile(r"(?i:https?)://[^\s<>\"'`\\]+")


class Kind(Enum):
    """What a segment is."""

    PROSE = "prose"
    MATH = "math"
    DISPLAY = "display"
    CODE = "code"
    FENCE = "fence"
    UNCLOSED = "unclosed"  # a dollar sign that opens math which never ends


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text of one kind; `body` is without its delimiters."""

    kind: Kind
    body: str
    language: str = ""  # of a fence
    source: str = ""  # the stretch as it was written


_SEGMENT = re.compile(
    r"""
      (?P<fence>(?:^|(?<=\n))[ ]{0,3}(?P<bar>`{3,}+|~{3,}+)[ ]*+(?P<lang>[^\n`]*)\n
          (?P<block>.*?)(?:(?:^|(?<=\n))[ ]{0,3}(?P=bar)[`~]*[ ]*(?=\n|\Z)|\Z))
    | (?<!`)(?P<tick>`++)(?P<code>(?:[^`]|(?!(?<!`)(?P=tick)(?!`))`)+)(?<!`)(?P=tick)(?!`)
    | (?P<escape>\\[^\w\s])
    | \$\$(?P<display>(?:\\.|[^$\\])+)\$\$
    | \$(?P<math>(?:\\.|[^$\\])+)\$
    | (?P<unclosed>\$)
    """,
    re.VERBOSE | re.DOTALL,
)


def segments(text: str) -> Iterator[Segment]:
    """The segments of `text`, in order; their `source` joined together is `text` again."""
    prose = 0
    for found in _SEGMENT.finditer(text):
        if found["escape"]:
            continue
        if found.start() > prose:
            plain = text[prose : found.start()]
            yield Segment(Kind.PROSE, plain, source=plain)
        prose = found.end()
        whole = found[0]
        if found["fence"]:
            yield Segment(Kind.FENCE, found["block"], found["lang"].strip(), whole)
        elif found["tick"]:
            yield Segment(Kind.CODE, found["code"].strip(), source=whole)
        elif found["display"]:
            yield Segment(Kind.DISPLAY, found["display"].strip(), source=whole)
        elif found["math"]:
            yield Segment(Kind.MATH, found["math"].strip(), source=whole)
        else:
            yield Segment(Kind.UNCLOSED, whole, source=whole)
    if prose < len(text):
        yield Segment(Kind.PROSE, text[prose:], source=text[prose:])


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of a cloze: the text that is asked for."""

    number: int
    text: str


GAP = re.compile(r"\{\{c([0-9]{1,6})::")
"""How a gap begins."""

MOST_GAPS = 499
"""The highest number of a gap; Anki makes no card of a higher one."""


def cloze_parts(text: str) -> tuple[str | Gap, ...]:
    """The text of a cloze, cut at its gaps; a gap that never ends stays plain text."""
    parts: list[str | Gap] = []
    at = 0
    while found := GAP.search(text, at):
        end = _gap_end(text, found.end())
        if end is None:
            break
        if found.start() > at:
            parts.append(text[at : found.start()])
        parts.append(Gap(int(found[1]), text[found.end() : end]))
        at = end + 2
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _gap_end(text: str, at: int) -> int | None:
    """Where the ``}}`` stands that matches an opening before `at`."""
    depth = 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
        elif sign == "{":
            depth += 1
        elif sign == "}":
            if depth:
                depth -= 1
            elif text.startswith("}}", at):
                return at
        at += 1
    return None


def gaps(text: str) -> dict[str, str]:
    """``{"c1": "text of the gap"}`` in the order of the text; a number used twice keeps its first."""
    found: dict[str, str] = {}
    for part in cloze_parts(text):
        if isinstance(part, Gap):
            found.setdefault(f"c{part.number}", part.text)
    return found


def cloze_front(text: str, number: int, hole: str = "[…]") -> str:
    """The cloze as it is asked: gap `number` hidden, the others filled in.

    In math the hole is set as ``\\boxed{\\ldots}``, which both MathJax and the terminal can show.
    """
    told = ""
    for part in cloze_parts(text):
        if isinstance(part, str):
            told += part
        elif part.number != number:
            told += part.text
        else:
            told += r"\boxed{\ldots}" if in_math(told) else hole
    return told


def cloze_back(text: str) -> str:
    """The cloze with every gap filled in."""
    return "".join(part.text if isinstance(part, Gap) else part for part in cloze_parts(text))


def in_math(before: str) -> bool:
    """Whether a text that begins with `before` is inside math where `before` ends."""
    return any(part.kind is Kind.UNCLOSED for part in segments(before))


def math_problem(body: str) -> str | None:
    """What is unbalanced in a formula: braces, ``\\left`` and ``\\right``, environments; None if nothing."""
    depth = 0
    for sign in re.findall(r"\\.|[{}]", body, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return "a '}' without its '{'"
    if depth:
        return "a '{' without its '}'"
    lefts, rights = (len(re.findall(rf"\\{side}(?![a-zA-Z])", body)) for side in ("left", "right"))
    if lefts != rights:
        return r"\left and \right are not paired"
    stack: list[str] = []
    for verb, name in re.findall(r"\\(begin|end)\{([^}]*)\}", body):
        if verb == "begin":
            stack.append(name)
        elif not stack or stack.pop() != name:
            return f"\\end{{{name}}} without its \\begin"
    return f"\\begin{{{stack[-1]}}} without its \\end" if stack else None


def plain(text: str) -> str:
    """The text with its delimiters taken away: for searching, counting and one-line lists."""
    return " ".join("".join(part.body for part in segments(text)).split())


# What a terminal or a reader could be deceived by: control characters but tab and newline, marks
# that turn the direction of writing, separators that some programs take for a new line, and
# halves of surrogate pairs, which cannot be printed at all.
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def control_characters(text: str) -> str:
    """The control characters in `text`, each once; tab and newline are none."""
    return "".join(dict.fromkeys(_CONTROL.findall(text)))


def without_controls(text: str) -> str:
    """The text with its control characters taken away."""
    return _CONTROL.sub("", text)


_TAG = re.compile(r"<[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|</[A-Za-z][^<>]*>|<!--|<[!?][A-Za-z][^<>]*>")


def html_tags(text: str) -> Iterator[str]:
    """What CommonMark would take for raw HTML, which studyctl never passes on."""
    if "<" not in text:
        return
    for part in segments(text):
        if part.kind is Kind.PROSE:
            yield from _TAG.findall(part.body)
