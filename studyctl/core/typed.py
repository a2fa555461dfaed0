"""Whether a typed answer is the right one, judged kindly.

Case, spaces, a final full stop, the shape of quotes, dashes and minus signs and Unicode's
various forms of one letter make no difference; numbers are compared as numbers, so 0.5, .5,
1/2, 50 % and 0,5 are one. A more exact number than the expected one is right when it rounds
to it. The verdict is a suggestion: the learner decides.

*Marks* show where two texts differ: what is the same, and what is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from fractions import Fraction
from typing import NamedTuple

LONGEST = 500  # characters that are compared letter by letter; more differ as a whole, and are no number

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", "0123456789+-n")
_RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+")
_SIGNS = str.maketrans(
    dict.fromkeys("‐‑‒–—−﹣－", "-")
    | dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟″", '"')
    | {"×": "*", "·": "*", "⋅": "*", "÷": "/", "∕": "/", "⁄": "/", "≤": "<=", "≥": ">=", "≠": "!="}
)
_PLAIN = r"(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?"
_GROUPED = r"[1-9]\d{0,2}(?:[,_]\d{3})+(?:\.\d*)?"
_TOKEN = re.compile(rf"{_PLAIN}(?!\w)|[^\W\d]\w*|\d+|\S")
_TOKEN_GROUPED = re.compile(rf"(?<![\w.]){_GROUPED}(?![\w,])|{_TOKEN.pattern}")
_NUMBER = re.compile(rf"[+-]?(?:{_GROUPED}|{_PLAIN})")
_POWER = re.compile(rf"([+-]?(?:{_PLAIN}\*)?)10\^\(?([+-]?\d{{1,3}})\)?")
_SPACE = re.compile(r"\s*([/%^*])\s*")


class Mark(NamedTuple):
    """A stretch of one of two texts; `same` where the other has it too."""

    text: str
    same: bool


class Verdict(NamedTuple):
    """Whether the answer is right, and both texts with the places where they differ."""

    right: bool
    given: tuple[Mark, ...]
    expected: tuple[Mark, ...]


def compare(expected: str, given: str) -> Verdict:
    """What is to be thought of `given` where `expected` is the answer."""
    given = " ".join(given.split())
    expected = " ".join(expected.split())
    if is_right(expected, given):
        return Verdict(True, _whole(given, same=True), _whole(expected, same=True))
    return Verdict(False, *_difference(given, expected))


def is_right(expected: str, given: str) -> bool:
    """Whether `given` says what `expected` says."""
    wanted, told = _normal(expected), _normal(given)
    if not told:
        return not wanted
    if _alike(wanted, told):
        return True
    name, equals, value = told.rpartition("=")  # x = 5, where 5 is asked for
    return bool(equals) and "=" not in wanted and name.strip().isalnum() and _alike(wanted, value.strip())


def _normal(text: str) -> str:
    text = _RAISED_RUN.sub(lambda run: "^" + run[0].translate(_RAISED), text)
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS)
    text = text.replace("**", "^").casefold()
    text = " ".join(text.split()).rstrip(".!").strip()
    quoted = len(text) > 2 and text[0] == text[-1] and text[0] in "'\""
    return text[1:-1].strip() if quoted else text


def _alike(wanted: str, told: str) -> bool:
    if wanted == told:
        return True
    number = _number(wanted)
    if number is not None:
        return any(_rounds_to(value, number, wanted) for value in _readings(told))
    forms = (_TOKEN, _TOKEN_GROUPED)  # (1,234) is a pair, or a number in brackets
    return any(_tokens(wanted, here) == _tokens(told, there) for here in forms for there in forms)


def _tokens(text: str, form: re.Pattern[str]) -> list[str | Fraction]:
    """Words, signs, and numbers as numbers; where spaces stand makes no difference."""
    told: list[str | Fraction] = []
    for token in form.findall(text):
        number = _number(token)
        told.append(token if number is None else number)
    return told


def _number(text: str) -> Fraction | None:
    """The number that a text is, as English writes it; None if it is none."""
    if len(text) > LONGEST:
        return None
    text = _SPACE.sub(r"\1", text)
    if text.endswith("%"):
        share = _number(text[:-1])
        return share / 100 if share is not None else None
    over, slash, under = text.partition("/")
    if slash:
        above, below = _number(over), _number(under)
        return above / below if above is not None and below else None
    power = _POWER.fullmatch(text)
    if power:
        mantissa = _number(power[1].rstrip("*") + ("" if power[1].endswith("*") else "1"))
        return mantissa * Fraction(10) ** int(power[2]) if mantissa is not None else None
    return Fraction(re.sub("[,_]", "", text)) if _NUMBER.fullmatch(text) else None


def _readings(text: str) -> Iterator[Fraction]:
    """The numbers that a learner may have meant: a comma may begin the decimals, a space group thousands."""
    forms = [text]
    if re.fullmatch(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?", text):
        forms.append(text.replace(" ", ""))
    for form in forms:
        number = _number(form)
        if number is None and form.count(",") == 1 and "." not in form:
            number = _number(form.replace(",", "."))
        if number is not None:
            yield number


def _rounds_to(value: Fraction, wanted: Fraction, written: str) -> bool:
    """Whether a number is the wanted one, or is it when rounded to as many decimals as it has."""
    if value == wanted:
        return True
    decimals = re.fullmatch(r"[+-]?\d*\.(\d+)", written)
    if not decimals:
        return False
    return abs(value - wanted) <= Fraction(1, 2 * 10 ** len(decimals[1]))


def _whole(text: str, *, same: bool) -> tuple[Mark, ...]:
    return (Mark(text, same),) if text else ()


def _difference(given: str, expected: str) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    if max(len(given), len(expected)) > LONGEST:
        return _whole(given, same=False), _whole(expected, same=False)
    here: list[Mark] = []
    there: list[Mark] = []
    matcher = SequenceMatcher(None, given.casefold(), expected.casefold(), autojunk=False)
    if len(given.casefold()) != len(given) or len(expected.casefold()) != len(expected):
        matcher.set_seqs(given, expected)  # some letter has a longer form, so that places would not fit
    for kind, a, b, c, d in matcher.get_opcodes():
        if b > a:
            here.append(Mark(given[a:b], kind == "equal"))
        if d > c:
            there.append(Mark(expected[c:d], kind == "equal"))
    return tuple(here), tuple(there)
