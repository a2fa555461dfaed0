"""Long formulas, cut where a line may break."""

from __future__ import annotations

import pytest

from studyctl.adapters.math_html import html, pieces
from studyctl.core.text import Kind


@pytest.mark.parametrize(
    "formula",
    [
        "a = b",
        r"-1 = -2",
        r"f: \mathbb{R} \to \mathbb{R}",
        r"\frac{a + b + c + d + e + f + g + h + i + j = k}{l}",
        r"\left( a + b + c + d + e + f + g + h = i \right)",
        r"\begin{pmatrix} 1 & 2 & 3 & 4 & 5 & 6 & 7 & 8 & 9 = a \end{pmatrix}",
        r"\displaystyle a + b + c + d + e + f + g + h = i + j",
        r"{a + b + c + d + e + f \over g + h + i + j + k + l}",
    ],
)
def test_a_formula_that_is_short_or_one_thing_stays_whole(formula: str):
    assert [formula] == pieces(formula)


@pytest.mark.parametrize(
    ("formula", "cut"),
    [
        (
            r"\cos(x + y) = \cos x \cos y - \sin x \sin y",
            [r"\cos(x + y) = {}", r"\cos x \cos y - \sin x \sin y"],
        ),
        (
            r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)}",
            [r"P(A \mid B) = {}", r"\frac{P(B \mid A)\,P(A)}{P(B)}"],
        ),
        (
            r"a_1 + a_2 + a_3 + a_4 + a_5 + a_6 = -s",
            [r"a_1 + a_2 + a_3 + a_4 + {}", "a_5 + a_6 = {}", "-s"],
        ),
        (
            r"\lVert a + b + c + d \rVert \le \lVert e + f \rVert",
            [r"\lVert a + b + c + d \rVert \le {}", r"\lVert e + f \rVert"],
        ),
        (
            r"x_{1}, x_{2}, x_{3}, x_{4}, x_{5}, x_{6}, x_7",
            ["x_{1}, x_{2}, x_{3}, x_{4}, {}", "x_{5}, x_{6}, x_7"],
        ),
    ],
)
def test_a_long_formula_is_cut_behind_relations_then_behind_operators(formula: str, cut: list[str]):
    assert cut == pieces(formula)


@pytest.mark.parametrize("clings", ["^2", "_2", "'", "{}", r"\limits_x", r"\\ b"])
def test_a_formula_never_begins_with_what_belongs_to_the_sign_before(clings: str):
    for piece in pieces(f"a + b + c + d + e + f + g + h ={clings} i"):
        assert not piece.startswith(clings)


def test_a_gap_is_never_cut():
    gap = "\x0e1\x0fa = b + c = d + e = f + g = h\x10"
    assert ["x = {}", f"{gap} = {{}}", "y"] == pieces(f"x = {gap} = y")


def test_only_formulas_in_running_text_are_cut():
    formula = "a + b + c + d + e + f = g + h + i + j"
    assert rf"\[{formula}\]" == html(Kind.DISPLAY, formula)
    assert r"\(a + b + c + d + e + {}\)\(f = {}\)\(g + h + i + j\)" == html(Kind.MATH, formula)
