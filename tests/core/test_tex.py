"""Formulas that MathJax refuses, and prices that are read as math; what is not sure is not told."""

from __future__ import annotations

import pytest

from studyctl.core.math_checks import prices
from studyctl.core.tex import refused
from studyctl.core.text import segments


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("x^2^3", "a second ^ at one sign"),
        ("x_1_2", "a second _ at one sign"),
        (r"x^{a}_{b} ^\alpha", "a second ^ at one sign"),
        (r"\frac{x^2^3}{2}", "a second ^ at one sign"),
        (r"\left( x \right)^2^3", "a second ^ at one sign"),
        (r"{\left( x} \right)", r"\left and \right do not stand in the same group"),
        (r"\left( {x \right)}", r"\left and \right do not stand in the same group"),
        (r"\right) x \left(", r"\left and \right do not stand in the same group"),
        (r"\begin{matrix} \left( \end{matrix} \right)", r"\left and \right do not stand in the same group"),
        (r"{\begin{matrix} x }\end{matrix}", "a '}' does not end what began last"),
        (r"\left{ x \right}", r"\left takes no brace"),
        (r"\left x \right.", r"\left stands before no bracket"),
        (r"\begin{pmatrx} x \end{pmatrx}", "there is no environment 'pmatrx'"),
        ("a & b", "an & outside of a table"),
    ],
)
def test_what_mathjax_surely_refuses_is_told(formula: str, why: str):
    told = refused(formula)
    assert told
    assert why == told[0]
    assert told[1]


@pytest.mark.parametrize(
    "formula",
    [
        "x^2_1", "{x^2}^3", "x^{2^3}", "x^2{}^3", "x^10^2", "x'^2", "x_1'^2", "x^a y^b", r"\sum\limits_a^b",
        r"x^\frac{1}{2}_3", r"\text{a_b_c}", r"\text{a {b_c_d} e}", r"\mbox{x^2^3}", r"\tag{a_b_c} x", r"\ce{SO4^2-^3}",
        r"\left( x \right)", r"\left\{ x \right.", r"\left. x \right|_a^b", r"\left<x\right>", r"\left [ x \right )",
        r"\begin{array}{c|c} a & b \end{array}", r"\begin{pmatrix} x^2 & ^3 \\ ^4 \end{pmatrix}",
        r"\begin {cases} x^2 \end {cases}", r"\cases{a & b}", r"a \& b", "x % ^2^3 {", r"\verb|x_1_2|", r"\leftarrow",
        r"\newcommand{\x}[1]{y^#1^2}",
    ],
)  # fmt: skip
def test_what_it_may_set_is_not_told(formula: str):
    assert refused(formula) is None


def test_a_misspelt_environment_is_guessed():
    told = refused(r"\begin{pmatrx} x \end{pmatrx}")
    assert told
    assert told[1].startswith("did you mean 'pmatrix'")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It costs 5$ or 6$ a day", ["$ or 6$"]),
        ("It costs $5 or $6 a day", ["$5 or $"]),
        ("It costs US$5-US$6 a day", ["$5-US$"]),
        ("It costs $5 or $ten a day", ["$5 or $"]),
        ("5$, 6$, 7$ and 8$", ["$, 6$", "$ and 8$"]),
        (r"It costs \$5 or \$6, and $x$ more", []),
        ("the $n$th of $ x $ and $ y $", []),
        ("2$x$ + 3$y$ and 2$ x^3$", []),
        ("$2^n$ or $3$, of 5 $x$ 6", []),
        (r"2$\to$3, $10$.", []),
    ],
)
def test_prices_that_are_read_as_math_are_told(text: str, told: list[str]):
    assert told == list(prices(list(segments(text))))
