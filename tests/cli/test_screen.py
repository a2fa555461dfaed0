"""Text laid into the columns of a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.cli import screen


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("one two three four", "one two\nthree four"),
        ("  one two three", "  one two\n  three"),
        ("short", "short"),
        ("one  two  three four", "one  two  three four"),
        ("\x1b[1mone two three four\x1b[0m", "\x1b[1mone two three four\x1b[0m"),
        ("one two three\nfour", "one two\nthree\nfour"),
        ("one two x 90 % of", "one two x\n90 % of"),
        ("about now 2 h 39 min.", "about now\n2 h 39 min."),
        ("in hour h, or not", "in hour h,\nor not"),
        ("try: studyctl maintain --minutes 5", "try:\nstudyctl maintain --minutes 5"),
        ("so: studyctl next; or: studyctl up", "so: studyctl\nnext; or:\nstudyctl up"),
    ],
)
def test_sentences_are_laid_and_tables_and_commands_stay_whole(text: str, told: str):
    assert told == screen.laid(text, 12)


@given(st.text(st.sampled_from("abc :\n"), max_size=80), st.integers(1, 40))
def test_no_word_is_lost(text: str, width: int):
    assert text.split() == screen.laid(text, width).split()
