"""Formulas as Unicode text that reads as the printed formula does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.adapters.terminal_math import LONGEST, formula
from studyctl.core.readable import TIE, Grid, Run, cells


def line(source: str) -> str:
    pieces = formula(source)
    assert all(isinstance(piece, Run) for piece in pieces), pieces
    return "".join(piece.text for piece in pieces if isinstance(piece, Run)).replace(TIE, " ")


def rows(source: str, *, display: bool = False) -> list[str]:
    (grid,) = [piece for piece in formula(source, display=display) if isinstance(piece, Grid)]
    return [row.replace(TIE, " ").rstrip() for row in grid.rows]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        # fractions and roots
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\frac{1}{n}\sum_{i=1}^n x_i", "1/n ∑ᵢ₌₁ⁿ xᵢ"),
        (r"P(A \mid B) = \frac{P(A \cap B)}{P(B)}", "P(A | B) = P(A ∩ B)/P(B)"),
        (r"\frac{dz}{dx} = \frac{dz}{dy} \cdot \frac{dy}{dx}", "dz/dx = dz/dy · dy/dx"),
        (r"\frac{1}{2ab}", "1/(2ab)"),
        (r"\frac{n!}{(n-k)!}", "n!/(n − k)!"),
        (r"f(x) = \frac{3x}{x - 2}", "f(x) = 3x/(x − 2)"),
        (r"\sqrt{b^2 - 4ac} + \sqrt[3]{2}", "√(b² − 4ac) + ∛2"),
        (r"\frac{5x + 1}{(x-1)(x+2)}", "(5x + 1)/((x − 1)(x + 2))"),
        (r"x_n - \frac{f(x_n)}{f'(x_n)}", "xₙ − f(xₙ)/f′(xₙ)"),
        (r"\sqrt{2}^8, \left(\frac{a}{b}\right)^2", "(√2)⁸, (a/b)²"),
        (r"a^x = e^{x \log a}, e^{ta}", "aˣ = e^(x log a), eᵗᵃ"),
        # sums, limits, integrals
        (r"\sum_{k=3}^{20} (2k + 1)", "∑ₖ₌₃²⁰ (2k + 1)"),
        (r"\lim_{h \to 0} f(h)", "lim_(h→0) f(h)"),
        (r"\int_{-\infty}^{\infty} e^{-x^2/2}\,dx", "∫_(−∞)^∞ e^(−x²/2) dx"),
        # alphabets and names
        (r"\mathbf{x} \in \mathbb{R}^n", "𝐱 ∈ ℝⁿ"),
        (r"\mathbb{E}[X] = \mu, \mathcal{N}(\mu, \sigma^2)", "𝔼[X] = μ, 𝒩(μ, σ²)"),
        (r"\dim \operatorname{null} A = n - r", "dim null A = n − r"),
        (r"\operatorname{rank}(AB) \le \operatorname{rank} A", "rank(AB) ≤ rank A"),
        (r"D_{\mathrm{KL}}(p \,\|\, q)", "D_KL(p ‖ q)"),
        (r"\nabla_\theta J(\theta)", "∇_θ J(θ)"),
        # hats, bars, primes
        (r"\hat{\beta} = (X^\top X)^{-1}X^\top y", "β̂ = (XᵀX)⁻¹Xᵀy"),
        (r"\hat{y}_i - \bar{y}", "ŷᵢ − ȳ"),
        (r"A\hat{\mathbf{x}}", "A𝐱̂"),
        (r"f''(x) + g'(x)", "f″(x) + g′(x)"),
        # logic and sets
        (r"P \land \neg Q \Rightarrow \lnot P", "P ∧ ¬Q ⇒ ¬P"),
        (r"\forall x\,\exists y\,(x < y)", "∀x ∃y (x < y)"),
        (r"\{n^2 : n \in \mathbb{Z},\ -3 \le n\}", "{n² : n ∈ ℤ, −3 ≤ n}"),
        (r"A \setminus B = \emptyset, x \notin A", "A ∖ B = ∅, x ∉ A"),
        # signs and spaces
        ("a=-b", "a = −b"),
        ("a = - b", "a = −b"),
        ("(-1, 0,1)", "(−1, 0,1)"),
        (r"2 \cdot (-6)", "2 · (−6)"),
        (r"H = -\sum_x p(x)\log_2 p(x)", "H = −∑ₓ p(x) log₂ p(x)"),
        (r"\lVert u - v \rVert^2 \ge 0", "‖u − v‖² ≥ 0"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"x_{ij}^2, x_{i,j}, 2^{2^n}, a^{(l-1)}", "xᵢⱼ², x_(i,j), 2^(2ⁿ), a⁽ˡ⁻¹⁾"),
        (r"50\% \text{ of } \$5", "50% of $5"),
        # the gap of a cloze
        (r"(AB)^\top = \boxed{\ldots}", "(AB)ᵀ = […]"),
        (r"\forall x\,(S(x) \boxed{\ldots} P(x))", "∀x (S(x) […] P(x))"),
        (r"2^t = \exp(\boxed{\ldots}), x^{\boxed{\ldots}}", "2ᵗ = exp([…]), x^[…]"),
        (r"P(H \mid E) = \frac{\boxed{\ldots}}{P(E)}", "P(H | E) = […]/P(E)"),
    ],
)
def test_a_formula_reads_as_it_is_printed(source: str, told: str):
    assert told == line(source)


def test_a_matrix_is_a_grid_that_stands_on_its_middle_row():
    assert ["⎛1   2⎞", "⎝3  −4⎠"] == rows(r"\begin{pmatrix}1&2\\3&-4\end{pmatrix}")
    assert ["⎡a₁₁  ⋯  a₁ₙ⎤", "⎢ ⋮   ⋱   ⋮ ⎥", "⎣aₘ₁  ⋯  aₘₙ⎦"] == rows(
        r"\begin{bmatrix}a_{11}&\cdots&a_{1n}\\\vdots&\ddots&\vdots\\a_{m1}&\cdots&a_{mn}\end{bmatrix}"
    )
    pieces = formula(r"A = \begin{pmatrix}1\\2\\3\end{pmatrix}")
    assert Grid(("⎛1⎞", "⎜2⎟", "⎝3⎠"), 1) == pieces[-1]


def test_cases_binomials_and_vectors():
    assert ["⎧x²  if x ≥ 0", "⎩−x  otherwise"] == rows(
        r"\begin{cases}x^2 & \text{if } x \ge 0\\-x & \text{otherwise}\end{cases}"
    )
    assert ["⎛n⎞", "⎝k⎠"] == rows(r"\binom{n}{k}")
    assert ["⎛1⎞ᵀ", "⎝2⎠"] == rows(r"\left(\begin{matrix}1\\2\end{matrix}\right)^\top")
    assert ["a = b + c", "  = d"] == rows(r"\begin{aligned}a &= b + c\\&= d\end{aligned}")


def test_a_fraction_on_a_line_of_its_own_is_stacked():
    assert [" a + b", "───────", "   2"] == rows(r"\frac{a+b}{2}", display=True)


def test_a_line_may_be_broken_after_outer_relations_but_not_within_brackets():
    breaks = [piece for piece in formula(r"f(x + y) = a + b") if piece == Run(" ", piece.style)]
    assert 2 == len(breaks)  # after = and after the outer +


@pytest.mark.parametrize(
    "source", ["x^", "{", "}", r"\begin{pmatrix}1", r"\frac{a}", r"\left(", r"\end{a}", "a_", "$", "\\", "{}"]
)
def test_what_is_no_formula_is_shown_as_it_was_written(source: str):
    assert cells("".join(piece.text for piece in formula(source) if isinstance(piece, Run))) > 0


def test_a_monster_is_shown_as_it_was_written_and_takes_no_time():
    for source in ("{" * 50_000, r"\frac{1}{" * 400 + "1" + "}" * 400, "^(" * 900, "x" * (LONGEST + 1)):
        assert formula(source)


PARTS = [*"ab1+-=^_{}()[]&\\ ,'|", "\\\\", r"\frac", r"\left(", r"\right)", r"\sum", r"\hat", r"\sqrt"]
PARTS += [
    r"\begin{pmatrix}",
    r"\end{pmatrix}",
    r"\binom{1}{2}",
    r"\text{a}",
    r"\not",
    r"\boxed{\ldots}",
    "{a}",
]


@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join))
def test_no_formula_is_fatal_and_all_grids_are_even(source: str):
    for display in (False, True):
        for piece in formula(source, display=display):
            if isinstance(piece, Grid):
                assert 1 == len({cells(row) for row in piece.rows})
                assert 0 <= piece.baseline < len(piece.rows)
