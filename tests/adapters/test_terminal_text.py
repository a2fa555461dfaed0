"""The text of a card as readable blocks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyctl.adapters.terminal_text import readable
from studyctl.core.readable import Code, Grid, Paragraph, Run, Style, cells, inert, plain


def told(text: str) -> str:
    return plain(readable(text)).replace("\u00a0", " ")


def runs(text: str) -> list[Run]:
    return [
        piece
        for block in readable(text)
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if isinstance(piece, Run) and piece.text.strip()
    ]


def test_markup_becomes_styles():
    assert [
        Run("one ", Style.PLAIN),
        Run("two", Style.EMPHASIS),
        Run("three", Style.STRONG),
        Run("four", Style.CODE),
    ] == runs("one *two* **three** `four`")


def test_math_is_set_and_markup_around_it_does_not_meet_its_signs():
    assert "a₁ * b₁ _c_ a₁" == told("$a_1$ \\* $b_1$ \\_c\\_ $a_1$")
    assert [Run("so ", Style.STRONG), Run("x²", Style.MATH)] == runs("**so $x^2$**")


def test_a_dollar_in_code_and_an_escaped_one_are_dollars():
    assert 'f("$x$") costs $5' == told(r'`f("$x$")` costs \$5')


def test_the_gap_of_a_cloze_has_a_style_of_its_own_in_words_math_and_code():
    assert Run("[…]", Style.HOLE) in runs("the […] space")
    assert Run("[…]", Style.HOLE) in runs("the `a[…]` space")
    assert "x = […]" == told(r"$x = \boxed{\ldots}$")


def test_a_fence_keeps_its_lines_and_its_language():
    assert (Code("a = 1\n\nb = '$x$'", "python"),) == readable("```python\na = 1\n\nb = '$x$'\n```")


def test_a_matrix_stands_in_its_sentence():
    (block,) = readable(r"Is $\begin{pmatrix}1\\2\end{pmatrix}$ long?")
    assert isinstance(block, Paragraph)
    assert any(isinstance(piece, Grid) for piece in block.pieces)


def test_lists_and_quotes_keep_their_shape():
    blocks = readable("- one\n- two\n\n1. first\n2. second\n\n> said")
    shapes = [(block.first, block.rest, block.tight) for block in blocks if isinstance(block, Paragraph)]
    assert [("• ", "  ", False), ("• ", "  ", True)] == shapes[:2]
    assert [("1. ", "   ", False), ("2. ", "   ", True), ("│ ", "│ ", False)] == shapes[2:]


def test_a_list_in_a_list_item_begins_on_its_line():
    blocks = readable("- - deep\n  - too")
    assert ["• • ", "  • "] == [block.first for block in blocks if isinstance(block, Paragraph)]


def test_links_say_where_they_go_and_pictures_what_they_show():
    assert "the book (https://example.org/a_b)" == told("[the book](https://example.org/a_b)")
    assert "[picture: a parabola $x$]" == told("![a parabola $x$](media/p.png)")
    assert "[picture: without a description]" == told("![](media/p.png)")


def test_html_is_text():
    assert "<b onclick='x'>bold</b> &lt;" == told("<b onclick='x'>bold</b> &amp;lt;")


def test_rich_markup_is_text():
    assert "[bold red]x[/] [link=file:///etc]y[/link]" == told("[bold red]x[/] [link=file:///etc]y[/link]")


def test_control_characters_are_shown_and_steer_nothing():
    assert "a␛[31mb␇c␡" == told("a\x1b[31mb\x07c\x7f")
    assert "a�b" == told("a\x9bb")  # the one-byte form of an escape sequence
    assert "a�b" == told("a\u202eb")  # turns the direction of what follows
    assert "␛]0;title␇" == told("`\x1b]0;title\x07`")
    assert "␛x" == told("$\x1bx$").replace(" ", "")


def test_private_characters_can_not_stand_in_for_a_formula():
    assert "�0� x" == told("\ue0000\ue001 $x$")


@given(st.text(max_size=200))
def test_no_text_is_fatal_and_none_keeps_a_control_character(text: str):
    for block in readable(text):
        parts = [block.text] if isinstance(block, Code) else [
            row for piece in block.pieces for row in ([piece.text] if isinstance(piece, Run) else piece.rows)
        ]  # fmt: skip
        for part in parts:
            assert all(sign == "\n" or (ord(sign) >= 0x20 and not 0x7F <= ord(sign) < 0xA0) for sign in part)


@given(st.text(max_size=100))
def test_what_is_inert_stays_as_it_is(text: str):
    assert inert(text) == inert(inert(text))
    assert cells(inert(text)) >= 0
