"""Typed answers, judged kindly."""

from __future__ import annotations

import pytest

from studyctl.core.typed import LONGEST, Mark, compare, is_right

RIGHT = {
    "case and spaces": [("None", "none"), ("row space", "  Row   space "), ("n - 1", "n-1")],
    "a full stop": [("addition", "Addition."), ("4960", "4960.")],
    "forms of a letter": [("café", "cafe\u0301"), ("fit", "ﬁt"), ("x^2", "x²"), ("x²", "x**2"), ("A", "Ａ")],
    "minus signs and dashes": [("-4", "−4"), ("-4", "–4"), ("least-squares", "least‑squares")],
    "quotes": [("cde", '"cde"'), ("'a'", "‘a’"), ("it's", "it’s")],
    "one number": [
        ("0.5", ".5"),
        ("0.5", "0.50"),
        ("0.5", "1/2"),
        ("1/3", "2 / 6"),
        ("2", "2.0"),
        ("5", "+5"),
    ],
    "percent": [("0.5", "50%"), ("0.5", "50 %"), ("50 %", "0.5")],
    "a decimal comma": [("0.5", "0,5"), ("12.5", "12,5"), ("0.125", "0,125")],
    "thousands": [("4960", "4,960"), ("4960", "4 960"), ("4,960", "4960"), ("1000000", "1_000_000")],
    "powers of ten": [("1000", "1e3"), ("0.001", "10^-3"), ("1500", "1.5*10^3"), ("1500", "1.5 · 10³")],
    "more digits than were asked for": [("5.44", "5.4366"), ("0.518", "0.5177")],
    "numbers inside": [("(1, 2)", "(1,2)"), ("(1, 2)", "( 1.0 , 2 )"), ("x > 0.5", "x>.5")],
    "the name of what is asked for": [("5", "x = 5"), ("0.5", "p=1/2")],
}
WRONG = {
    "another number": [("0.5", "5"), ("4", "-4"), ("102", "10^2"), ("5.44", "5.43"), ("12", "1 2")],
    "a number that was rounded too far": [("0.518", "0.52"), ("1/3", "0.33")],
    "thousands that are none": [("1", "1,000")],
    "another sign": [("a - b", "a + b"), ("<", "<=")],
    "two words for one": [("ab", "a b"), ("x", "xx")],
    "nothing": [("0.5", ""), ("a", "   ")],
    "nonsense": [("1/2", "1/0"), ("1/2", "1/2/3"), ("2", "e2"), ("1", "l"), ("5", "x = y = 4")],
}


@pytest.mark.parametrize(("expected", "given"), [pair for pairs in RIGHT.values() for pair in pairs])
def test_an_answer_is_right_in_whatever_form_it_is_written(expected: str, given: str):
    assert is_right(expected, given)


@pytest.mark.parametrize(("expected", "given"), [pair for pairs in WRONG.values() for pair in pairs])
def test_what_says_something_else_is_wrong(expected: str, given: str):
    assert not is_right(expected, given)


def test_the_difference_is_marked_in_both_texts():
    told = compare("addition", "Adition")
    assert not told.right
    assert "Adition" == "".join(mark.text for mark in told.given)
    assert "addition" == "".join(mark.text for mark in told.expected)
    assert [Mark("d", same=False)] == [mark for mark in told.expected if not mark.same]
    assert all(mark.same for mark in told.given)


def test_a_right_answer_has_nothing_marked():
    told = compare("1/2", "0.5")
    assert (True, (Mark("0.5", same=True),), (Mark("1/2", same=True),)) == told


def test_a_letter_whose_small_form_is_longer_keeps_the_marks_in_place():
    told = compare("İzmir", "Izmit")
    assert ("Izmit", "İzmir") == (
        "".join(mark.text for mark in told.given),
        "".join(mark.text for mark in told.expected),
    )


def test_very_long_texts_differ_as_a_whole():
    told = compare("a" * (LONGEST + 1), "b")
    assert ((Mark("b", same=False),), 1) == (told.given, len(told.expected))


@pytest.mark.parametrize("expected", ["1" + "%" * 5_000, "1/" * 5_000 + "1", "9" * 5_000])
def test_what_is_longer_than_any_number_is_none(expected: str):
    assert is_right(expected, expected)
    assert not is_right(expected, "1")
