"""Blocks as lines that fit a width."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.readable import TIE, Block, Code, Grid, Paragraph, Run, Style, cells
from studyctl.ui.reading import reading


def lines(*blocks: Block, width: int = 20, colour: bool = False) -> list[str]:
    return [line.plain for line in reading(blocks, width, colour=colour)]


def test_words_flow_and_blocks_are_set_apart():
    told = lines(Paragraph((Run("one two three four five"),)), Paragraph((Run("six"),)))
    assert ["one two three four", "five", "", "six"] == told


def test_pieces_without_a_space_between_them_stay_together():
    told = lines(Paragraph((Run("a sentence with ("), Run("code", Style.CODE), Run(")."))), width=18)
    assert ["a sentence with", "(code)."] == told


def test_a_tie_breaks_no_line_unless_it_must():
    assert ["x is", "f(a, b) = c"] == lines(Paragraph((Run(f"x is f(a,{TIE}b){TIE}={TIE}c"),)), width=13)
    assert ["aaaa", "bbbb", "cccc"] == lines(Paragraph((Run(f"aaaa{TIE}bbbb{TIE}cccc"),)), width=8)


def test_a_word_wider_than_the_line_is_cut():
    assert ["abcdefgh", "ijkl mn"] == lines(Paragraph((Run("abcdefghijkl mn"),)), width=8)


def test_a_grid_stands_on_the_line_of_its_words():
    grid = Grid(("⎛1⎞", "⎜2⎟", "⎝3⎠"), 1)
    assert ["   ⎛1⎞", "is ⎜2⎟?", "   ⎝3⎠"] == lines(Paragraph((Run("is "), grid, Run("?"))))


def test_the_rows_of_a_grid_in_a_list_are_indented_like_its_words():
    grid = Grid(("⎛1⎞", "⎝2⎠"), 0)
    assert ["• ⎛1⎞", "  ⎝2⎠", "• b"] == lines(
        Paragraph((grid,), "• ", "  "), Paragraph((Run("b"),), "• ", "  ", tight=True)
    )


def test_a_hard_break_breaks():
    assert ["a", "b"] == lines(Paragraph((Run("a \n b"),)))


def test_code_keeps_its_lines_and_is_highlighted_only_in_colour():
    code = Code("for x in y:\n\n    pass", "python")
    assert ["  for x in y:", "", "      pass"] == [line.rstrip() for line in lines(code)]
    assert not any(line.spans for line in reading([code], 40, colour=False))
    assert any(line.spans for line in reading([code], 40, colour=True))
    assert ["  for x in y:", "", "      pass"] == [line.rstrip() for line in lines(code, colour=True)]


def test_a_language_that_nobody_knows_is_no_error():
    assert ["  x"] == lines(Code("x", "no such language; rm -rf"), colour=True)


def test_markup_of_rich_stays_text():
    assert ["[red]x[/] [/]"] == lines(Paragraph((Run("[red]x[/] [/]"),)))


texts = st.text(alphabet="ab 漢é\u0301" + TIE, max_size=30)
grids = st.tuples(st.integers(1, 4), st.integers(1, 40)).map(
    lambda size: Grid(("x" * size[1],) * size[0], size[0] // 2)
)
pieces = st.lists(st.one_of(texts.map(Run), grids), max_size=6).map(tuple)
blocks = st.lists(st.one_of(pieces.map(Paragraph), texts.map(Code)), max_size=4)


@given(blocks, st.integers(10, 60), st.booleans())
def test_no_line_is_wider_than_the_width_and_no_letter_is_lost(told: list[Block], width: int, colour: bool):
    shown = reading(told, width, colour=colour)
    assert all(cells(line.plain) <= width for line in shown)
    letters = "".join(line.plain for line in shown)
    for sign in "a漢":
        wanted = sum(
            block.text.count(sign)
            if isinstance(block, Code)
            else sum(piece.text.count(sign) for piece in block.pieces if isinstance(piece, Run))
            for block in told
        )
        assert wanted == letters.count(sign)
