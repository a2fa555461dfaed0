"""What a dollar sign means, where a gap ends, and what is never shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core import text
from studyctl.core.text import Gap


def kinds(source: str) -> list[tuple[str, str]]:
    return [(part.kind.value, part.body) for part in text.segments(source)]


def test_a_text_is_prose_math_and_code():
    told = kinds("If $x > 0$ then `x` is\n$$x^2$$\n```python\nx = '$'\n```\n")
    assert [
        ("prose", "If "),
        ("math", "x > 0"),
        ("prose", " then "),
        ("code", "x"),
        ("prose", " is\n"),
        ("display", "x^2"),
        ("prose", "\n"),
        ("fence", "x = '$'\n"),
        ("prose", "\n"),
    ] == told


def test_a_fence_knows_its_language():
    (part,) = text.segments("```python\nx\n```")
    assert "python" == part.language


def test_an_escaped_dollar_is_prose():
    assert [("prose", r"It costs \$5 or \$6.")] == kinds(r"It costs \$5 or \$6.")


def test_a_dollar_in_code_is_no_math():
    assert [("code", "$HOME")] == kinds("`$HOME`")
    assert [("code", "a ` b $")] == kinds("``a ` b $``")


def test_a_backtick_that_is_never_closed_is_prose():
    assert [("prose", "a `` b")] == kinds("a `` b")
    assert [("prose", "``x`")] == kinds("``x`")


def test_math_may_hold_an_escaped_dollar():
    assert [("math", r"5\,\$")] == kinds(r"$5\,\$$")


def test_an_odd_dollar_is_told():
    assert ("unclosed", "$") in kinds("from $5 to 6")


def test_a_gap_ends_at_its_matching_braces():
    parts = text.cloze_parts(r"$h = {{c1::\frac{1}{x^{2}}}} + {{c2::y}}$")
    assert ("$h = ", Gap(1, r"\frac{1}{x^{2}}"), " + ", Gap(2, "y"), "$") == parts


def test_an_escaped_brace_does_not_count():
    assert (Gap(1, r"\{1\}"),) == text.cloze_parts(r"{{c1::\{1\}}}")


def test_a_gap_that_never_ends_stays_text():
    assert ("{{c1::open",) == text.cloze_parts("{{c1::open")
    assert ("{{c1::{open}}",) == text.cloze_parts("{{c1::{open}}")


def test_a_gap_number_of_a_thousand_digits_is_no_gap():
    assert {} == text.gaps("{{c" + "9" * 5000 + "::x}}")


def test_gaps_come_by_name_and_a_number_used_twice_keeps_its_first():
    assert {"c2": "b", "c1": "a"} == text.gaps("{{c2::b}} {{c1::a}} {{c2::z}}")


def test_a_cloze_is_asked_with_one_hole_and_answered_whole():
    cloze = "{{c1::Rome}} is in {{c2::Italy}}"
    assert "[…] is in Italy" == text.cloze_front(cloze, 1)
    assert "Rome is in ___" == text.cloze_front(cloze, 2, hole="___")
    assert "Rome is in Italy" == text.cloze_back(cloze)


def test_a_hole_in_math_is_math():
    assert r"$a + \boxed{\ldots} = c$" == text.cloze_front("$a + {{c1::b}} = c$", 1)


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        (r"\frac{1}{2}", None),
        (r"\{x\}", None),
        (r"\left( x \right)", None),
        (r"\leftarrow", None),
        (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}", None),
        (r"\frac{1}{2", "a '{' without its '}'"),
        (r"x}", "a '}' without its '{'"),
        (r"\left( x", r"\left and \right are not paired"),
        (r"\begin{cases} x", r"\begin{cases} without its \end"),
        (r"\begin{cases} x \end{pmatrix}", r"\end{pmatrix} without its \begin"),
    ],
)
def test_a_formula_is_balanced_or_it_is_said_what_is_not(formula: str, wrong: str | None):
    assert wrong == text.math_problem(formula)


def test_control_characters_are_found_and_taken_away():
    strange = "a\x1b[31mb\u202ec\ud800d\te\nf"
    assert "\x1b\u202e\ud800" == text.control_characters(strange)
    assert "a[31mbcd\te\nf" == text.without_controls(strange)


def test_raw_html_is_found_and_comparisons_and_links_are_not():
    assert ["<b>", "</b>", "<img src=x onerror=y>", "<!--"] == list(
        text.html_tags("<b>x</b> <img src=x onerror=y> <!-- c -->")
    )
    assert [] == list(text.html_tags("x <y and z, `<b>`, $<b>$, <https://example.org>, a < b > c"))


def test_plain_text_has_no_delimiters_and_stands_on_one_line():
    assert "If x > 0 then y" == text.plain("If $x > 0$\nthen `y`")


@given(st.text(alphabet="ab$`\\\n{}c1: ", max_size=60))
def test_the_segments_of_a_text_joined_are_the_text(source: str):
    assert source == "".join(part.source for part in text.segments(source))


@given(st.text(alphabet="ab{}:c12\\ ", max_size=60))
def test_the_parts_of_a_cloze_joined_are_the_cloze(source: str):
    parts = text.cloze_parts(source)
    assert source.replace("c01", "c1") == "".join(
        f"{{{{c{part.number}::{part.text}}}}}" if isinstance(part, Gap) else part for part in parts
    ) or any(isinstance(part, Gap) for part in parts)


@given(st.text(max_size=80))
def test_any_text_can_be_read(source: str):
    list(text.segments(source))
    text.plain(source)
    text.cloze_back(source)
    assert not text.control_characters(text.without_controls(source))
