"""The two sides of a card."""

from __future__ import annotations

import pytest

from studyctl.core.curriculum import Card
from studyctl.core.face import face


def cloze(text: str) -> Card:
    return Card("n", "t", "o", cloze=text, extra="small")


def test_a_question_and_its_answer():
    note = Card("n", "t", "o", q="Why?", a="So.", typed=True)
    assert ("Why?", "So.", "", True, None) == face(note, "t/n")


def test_a_gap_is_hidden_in_its_sentence_and_told_alone():
    told = face(cloze("A {{c1::slice}} is a {{c2::view}}."), "t/n.c2")
    assert ("A slice is a […].", "view", "small") == told[:3]


@pytest.mark.parametrize(
    ("text", "back"),
    [
        (r"$a = {{c1::\frac{1}{x^{2}}}}$", r"$\frac{1}{x^{2}}$"),
        ("$$a = {{c1::b}}$$", "$b$"),
        ("so `a = {{c1::b}}` it is", "`b`"),
        ("x\n\n```python\na = {{c1::f(`x`)}} + 1\n```\n", "```python\nf(`x`)\n```"),
        ("so `` a = {{c1::`}} `` it is", "`` ` ``"),
        ("{{c1::the $L_2$ norm}}", "the $L_2$ norm"),
    ],
)
def test_the_gap_is_told_in_the_form_in_which_it_stood(text: str, back: str):
    assert back == face(cloze(text), "t/n.c1").back


@pytest.mark.parametrize("card", ["t/n", "t/n.c9", "t/n.cx", "t/n.c"])
def test_a_gap_that_is_not_there_is_a_key_error(card: str):
    with pytest.raises(KeyError):
        face(cloze("A {{c1::slice}}."), card)
