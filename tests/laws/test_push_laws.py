"""Laws of the way to Anki: answers put into a log are never taken for a reset; edits are followed exactly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.carried import LogRow
from studyctl.core.collection import LEARN, Row
from studyctl.core.edits import edit_of, followed
from studyctl.core.fitting import fitting

MOMENTS = st.integers(1, 40)
WORDS = st.lists(
    st.sampled_from(["one", "two", "three", "four", "five", "(six)", "$seven$"]), max_size=12
).map(" ".join)


def resets(rows: list[tuple[int, int]]) -> int:
    """How many learning rows follow another kind, as a pull counts them."""
    told, other = 0, False
    for _, kind in sorted(rows):
        if kind == LEARN and other:
            told += 1
        other = kind != LEARN
    return told


@given(st.dictionaries(MOMENTS, st.booleans()), st.dictionaries(MOMENTS, st.integers(0, 2)))
def test_answers_among_those_of_anki_are_never_the_sign_of_a_reset(
    there: dict[int, bool], ours: dict[int, int]
):
    """`there` is a log as Anki writes it: learning first, then reviews."""
    order = sorted(there)
    first = sum(there.values())  # so many learning rows
    log = [Row(at, 7, 3, 1, 500, 9, LEARN if place < first else 1) for place, at in enumerate(order)]
    rows = [LogRow(at, 3, 1, 0, 500, 9, kind) for at, kind in sorted(ours.items()) if at not in there]
    told = list(fitting(rows, log))
    assert [row.id for row in rows] == [row.id for row in told]
    assert 0 == resets([(row.id, row.kind) for row in (*log, *told)])


@given(WORDS, WORDS)
def test_an_edit_of_a_plain_text_is_followed_exactly(ours: str, edited: str):
    told = followed(ours, ours, edited)
    assert told is None or told == edited
    edit = edit_of("a/b", "q", ours, edited, read=str, render=str)
    if ours.split() == edited.split():
        assert edit is None
    else:
        assert edit is not None
        assert (edit.proved, edit.after) == (True, edited)


@given(WORDS, WORDS, st.integers(0, 12))
def test_what_was_not_edited_keeps_its_own_form(ours: str, word: str, place: int):
    """Our text has marks that the HTML, read back, does not have."""
    words = ours.split()
    mine = " ".join(f"~{one}" for one in words)
    base = " ".join(words)
    edited = [*words[:place], *(f"new{one}" for one in word.split()), *words[place:]]
    told = followed(mine, base, " ".join(edited))
    if told is not None:
        assert [one.strip("~") for one in told.split()] == edited
        assert sum(one.startswith("~") for one in told.split()) >= len(words) - 1
