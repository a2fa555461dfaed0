"""The screen of a sitting."""

from __future__ import annotations

import pytest

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.memory import Memory, State
from studyctl.core.queue import Candidate
from studyctl.core.readable import Code, Paragraph, Run, cells
from studyctl.core.session import Moment, Rules, Sitting, Tally, begin, press, preview
from studyctl.core.time import MINUTE
from studyctl.core.typed import compare
from studyctl.ui.review_screen import Screen, View, draw, summary, wait

NOW = Moment(20_000 * 86_400_000, 20_000)


def memory(days: int, minutes: int | None = None) -> Memory:
    due_ms = None if minutes is None else NOW.ms + minutes * MINUTE
    return Memory(State.REVIEW, None, 1.0, 5.0, NOW.day + days, due_ms, NOW.ms, NOW.day, 1, 0)


@pytest.mark.parametrize(
    ("days", "minutes", "told"),
    [
        (0, 0, "1 min"), (0, 10, "10 min"), (0, 59, "59 min"), (0, 120, "2 h"), (0, None, "1 d"), (9, None, "9 d"),
        (99, None, "99 d"), (137, None, "4.5 mo"), (364, None, "12.0 mo"), (767, None, "2.1 y"),
        (36_500, None, "99.9 y"),
    ],
)  # fmt: skip
def test_the_time_until_a_card_comes_back(days: int, minutes: int | None, told: str):
    assert told == wait(memory(days, minutes), NOW)


def test_a_sitting_ends_with_one_quiet_line():
    assert "23 answers in 9 min, 13 % forgotten." == summary(Tally(23, 3, 20), 9.2, recording=True)
    assert "1 answer in 1 min, 0 % forgotten, 2 put off, 1 set aside." == summary(
        Tally(1, 0, 1, 2, 1), 0.0, recording=True
    )
    assert "Nothing was rated." == summary(Tally(), 3, recording=True)
    assert "2 answers in 1 min, 50 % forgotten; nothing was recorded." == summary(
        Tally(2, 1, 1), 1, recording=False
    )


def held(*keys: str, typed: bool = False, recording: bool = True) -> Sitting:
    queue = [Candidate(f"a-long-topic-name/{n}", f"n{n}", "a-long-topic-name", n, typed) for n in range(3)]
    sitting = begin(queue, Rules(FsrsModel(), recording=recording), NOW)
    for key in keys:
        sitting, _ = press(sitting, key, NOW)
    return sitting


def shown(sitting: Sitting, width: int = 80, height: int = 24, **how: object) -> Screen:
    front = (
        Paragraph((Run("A question of a few words, and some more of them?"),)),
        Code("x = 1\n" * 30, "python"),
    )
    view = View(
        sitting, NOW, front, (Paragraph((Run("four"),)),), (Paragraph((Run("small print"),)),),
        "A Book [bold], ch\x1b 1", preview(sitting, NOW) if sitting.card else {}, how.get("verdict"),
    )  # fmt: skip
    return draw(view, width, height, colour=False, scroll=how.get("scroll"))


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
@pytest.mark.parametrize("keys", [[], [" "], ["?"], [" ", "1"], ["u"], [" ", "b"]])
@pytest.mark.parametrize("typed", [False, True])
def test_it_fits_every_terminal_with_all_its_keys(width: int, keys: list[str], typed: bool):
    screen = shown(held(*keys, typed=typed), width, 40)
    assert len(screen.rows) <= 40
    assert all(cells(row.plain) <= width for row in screen.rows)


def test_what_is_told_of_a_source_is_inert_text():
    text = "\n".join(row.plain for row in shown(held(" "), height=80).rows)
    assert "A Book [bold], ch␛ 1" in text
    assert "\x1b" not in text


def test_a_shown_answer_is_in_sight_and_the_question_can_be_scrolled_back_to():
    screen = shown(held(" "))
    assert any("four" in row.plain for row in screen.rows)
    assert screen.scroll > 0
    top = shown(held(" "), scroll=0)
    assert "A question" in top.rows[2].plain
    assert "↓ more" in top.rows[-4].plain
    assert screen.scroll == shown(held(" "), scroll=10_000).scroll


def test_the_cursor_stands_behind_what_is_typed():
    screen = shown(held(*"abc", typed=True), height=60)
    assert screen.cursor is not None
    row, column = screen.cursor
    assert "   > abc" == screen.rows[row].plain
    assert len("   > abc") == column
    long = shown(held(*"x" * 200, typed=True), width=40, height=60)
    assert long.cursor is not None
    assert long.cursor[1] < 40
    assert shown(held(" ")).cursor is None


def test_a_wrong_answer_is_shown_letter_by_letter_without_colour():
    told = [
        row.plain
        for row in shown(held(*"for", "enter", typed=True), height=80, verdict=compare("four", "for")).rows
    ]
    at = told.index("   you     for")
    assert ["   answer  four", "             ^"] == told[at + 1 : at + 3]
    assert any("→ 1 again" in row for row in told)
    assert not any(row.strip() == "four" for row in told)


def test_a_cram_says_that_nothing_is_recorded_and_promises_no_interval():
    told = [row.plain for row in shown(held(" ", recording=False), height=80).rows]
    assert "nothing is recorded" in told[0]
    assert any("1 again   2 hard   3 good   4 easy" in row for row in told)
    assert not any("bury" in row for row in told)
