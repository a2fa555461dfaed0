"""What makes a card good, as far as a program can see it.

The criteria carry the numbers of the curriculum's own list, which docs/writing-cards.md
explains with examples: C2 short answers, C3 no lists, C4 one clear question, C5 no
guessing between yes and no, C6 no two cards alike, C7 no answer in the question.
Every function takes the two sides of a card as text; a finding is a hint to a person
who writes cards, never a proof.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from studyctl.core.counted import count
from studyctl.core.text import Kind, segments

ANSWER_WORDS = 25
SYMBOLS_A_WORD = 4  # a reader takes in about four symbols of a formula as one word
PROMPT_WORDS = 4
ALIKE = 0.8  # share of common words from which two prompts are called alike

_YES_NO = re.compile(
    r"(is|are|was|were|does|do|did|can|could|will|would|should|must|has|have|true or false)\b", re.I
)
_LIST = re.compile(
    r"(?:^|[.:;?!]\s+)(?:list|enumerate)\b(?! comprehension)"
    r"|\b(?:list|enumerate|name) (?:the|all|at least|two|three|four|five|six|seven|\d+)\b"
    r"|\bwhat are the (?:\w+ )?(?:two|three|four|five|six|seven|\d+)\b",
    re.I,
)
_VAGUE = re.compile(r"(describe|explain|what about|discuss|tell)\b", re.I)
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s", re.M)
_PLACEHOLDER = re.compile(
    r"(?i:todo|tbd|fixme|xxx|placeholder|lorem ipsum)?[\s?.…!:]*|(?:TODO|TBD|FIXME|XXX)\b.*", re.DOTALL
)


class Finding(NamedTuple):
    """One criterion that a card seems to miss."""

    rule: str
    message: str


def words(text: str) -> int:
    """How many words a reader meets in `text`; a formula counts a word for every four symbols."""
    count = 0
    for part in segments(text):
        if part.kind in (Kind.MATH, Kind.DISPLAY):
            symbols = re.findall(r"\\[a-zA-Z]+|[^\s{}^_&\\]", part.body)
            count += max(1, math.ceil(len(symbols) / SYMBOLS_A_WORD))
        else:
            count += len(re.findall(r"[^\W_]+(?:['’.-][^\W_]+)*", part.body))
    return count


def is_placeholder(text: str) -> bool:
    """Whether a text says nothing yet: empty, TODO, three dots. Math and code always say something."""
    if not _PLACEHOLDER.fullmatch(text.strip()):
        return False
    return all(part.kind is Kind.PROSE for part in segments(text))


def findings(prompt: str, answer: str) -> Iterator[Finding]:
    """The criteria C2, C3, C4, C5 and C7 for one card that asks `prompt` and expects `answer`."""
    length = words(answer)
    if length > ANSWER_WORDS:
        yield Finding("C2", f"the answer has {length} words; {ANSWER_WORDS} are enough, or it is two cards")
    if _LIST.search(prompt) or _is_list(answer):
        yield Finding("C3", "asks for a list; ask for one thing, or make it a cloze")
    asked = words(prompt)
    if asked < PROMPT_WORDS:
        yield Finding("C4", f"the question has {count(asked, 'word')}; say in which context it is asked")
    elif _VAGUE.match(prompt.strip()):
        yield Finding("C4", "has no single right answer; ask what exactly should be said")
    if _asks_yes_or_no(prompt):
        yield Finding("C5", "can be guessed with yes or no; ask why, which, or for an example")
    if _gives_away(prompt, answer):
        yield Finding("C7", "the question contains its answer")


def gap_findings(front: str, gap: str) -> Iterator[Finding]:
    """The criteria for one gap of a cloze: C2 for what is asked, C4 for what stands around it."""
    length = words(gap)
    if length > ANSWER_WORDS:
        yield Finding("C2", f"the gap has {length} words; {ANSWER_WORDS} are enough")
    around = words(front)
    if around < PROMPT_WORDS:
        yield Finding("C4", f"there are {around} words around the gap; say in which context it is asked")


def _is_list(answer: str) -> bool:
    prose = "".join(part.body if part.kind is Kind.PROSE else "x" for part in segments(answer))
    if len(_BULLET.findall(prose)) > 1:
        return True
    items = re.split(r"[;,]\s+(?:and\s+|or\s+)?|\s+and\s+", prose.strip().rstrip("."))
    return (
        prose.count(",") + prose.count(";") > 1
        and len(items) > 2
        and all(0 < len(item.split()) <= 3 for item in items)
    )


def _asks_yes_or_no(prompt: str) -> bool:
    sentences = re.split(r"(?<=[.!?:;])\s+", prompt.strip())
    asked = sentences[-1] if len(sentences) > 1 else prompt.strip()
    return bool(_YES_NO.match(asked)) and " or " not in asked.removeprefix("True or false")


def _gives_away(prompt: str, answer: str) -> bool:
    told = _normal(answer)
    if not any(len(word) > 3 for word in told) or all(word.isdigit() for word in told):
        return False
    asked = _normal(prompt)
    return any(asked[at : at + len(told)] == told for at in range(len(asked) - len(told) + 1))


def _normal(text: str) -> list[str]:
    return (
        re.findall(r"\\[a-zA-Z]+|[^\W_]+|[^\s\w$]", " ".join(part.body for part in segments(text.lower())))
        if text
        else []
    )


def alike(prompts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """C6: pairs of ids whose prompts are nearly the same, given `(id, prompt)` pairs.

    Two prompts are alike when they share four fifths of their words and signs, and all numbers
    and symbols in the same order. Each prompt is paired with one earlier one at most.

    Words stand rarest first, and prompts meet only at the first word that they share; where that
    stands so late that too few can follow, they never meet (the positional filter of PPJoin,
    Xiao et al. 2008). That keeps the cost near linear, even for a bank made from one template.
    """
    bank = [(name, _normal(text)) for name, text in prompts]
    common = Counter(word for _, order in bank for word in set(order))
    met: dict[tuple[tuple[str, ...], str], dict[tuple[int, int], list[int]]] = defaultdict(dict)
    bags = [sorted(set(order), key=lambda word: (common[word], word)) for _, order in bank]
    for number, (name, order) in enumerate(bank):
        bag, symbols = bags[number], _numbers(order)
        other = next(_met_before(bag, symbols, met, bags), None)
        if other is not None:
            yield bank[other][0], name
        for place, word in enumerate(bag[: _late(len(bag))]):
            met[symbols, word].setdefault((place, len(bag)), []).append(number)


def _late(size: int) -> int:
    """How many of `size` words another bag may lack before it cannot be alike any more."""
    return size - math.ceil(ALIKE * size) + 1


def _met_before(
    bag: Sequence[str],
    symbols: tuple[str, ...],
    met: Mapping[tuple[tuple[str, ...], str], Mapping[tuple[int, int], Sequence[int]]],
    bags: Sequence[Sequence[str]],
) -> Iterator[int]:
    words_here = set(bag)
    for place, word in enumerate(bag[: _late(len(bag))]):
        for (there, size), numbers in met.get((symbols, word), {}).items():
            most = min(len(bag) - place, size - there)  # words that they can share from here on
            if most < ALIKE / (1 + ALIKE) * (len(bag) + size):
                continue
            for other in numbers:
                shared = len(words_here.intersection(bags[other]))
                if shared >= ALIKE * (len(bag) + size - shared):
                    yield other


def _numbers(order: Sequence[str]) -> tuple[str, ...]:
    """Numbers and symbols: two exercises with other figures are two exercises. An article is none."""
    return tuple(word for word in order if not word.isalpha() or (len(word) == 1 and word != "a"))
