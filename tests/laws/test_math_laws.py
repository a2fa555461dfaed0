"""A formula on the terminal says the same as the formula that was written."""

from __future__ import annotations

import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy.parsing.sympy_parser import (
    implicit_multiplication,
    parse_expr,
    split_symbols,
    standard_transformations,
)

from studyctl.adapters.terminal_math import formula
from studyctl.core.readable import TIE, Run
from studyctl.core.scripts import script_letters

LETTERS = sp.symbols("a b k n x y", positive=True)
RULES = (*standard_transformations, split_symbols, implicit_multiplication)
RAISED = {raised: plain for plain, raised in script_letters("super").items()}


def expressions() -> st.SearchStrategy[sp.Expr]:
    """Sums, products, fractions, powers and roots, as an author would write them."""

    def larger(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
        pair = st.tuples(inner, inner)
        return st.one_of(
            pair.map(lambda two: two[0] + two[1]),
            pair.map(lambda two: two[0] - two[1]),
            pair.map(lambda two: two[0] * two[1]),
            pair.map(lambda two: two[0] / (two[1] + 3)),
            st.tuples(inner, st.sampled_from([2, 3, -1, -2, LETTERS[2], LETTERS[3] - 1])).map(
                lambda two: (two[0] + 2) ** two[1]
            ),
            inner.map(lambda one: sp.sqrt(one**2 + 1)),
        )

    atoms = st.one_of(st.sampled_from(LETTERS), st.sampled_from(LETTERS), st.integers(1, 12).map(sp.Integer))
    return st.recursive(atoms, larger, max_leaves=7)


def read(text: str) -> sp.Expr:
    """What a person reads: raised letters are exponents, a root covers one thing, neighbours are multiplied."""
    told = ""
    raised = ""
    for sign in f"{text} ":
        if sign in RAISED:
            raised += RAISED[sign]
            continue
        if raised:
            told += f"**({raised})"
            raised = ""
        told += {"−": "-", "·": "*", "^": "**", TIE: " ", "√": "sqrt "}.get(sign, sign)
    names = {str(letter): letter for letter in LETTERS}
    return parse_expr(_roots(told.replace("−", "-").strip()), names, RULES)


def _roots(text: str) -> str:
    """``sqrt 2`` and ``sqrt (x)`` as calls."""
    while "sqrt " in text:
        before, _, after = text.rpartition("sqrt ")
        depth = end = 0
        for end, sign in enumerate(after, 1):
            depth += (sign == "(") - (sign == ")")
            if not depth and not after[end : end + 1].isdecimal():
                break
        text = f"{before}SQ({after[:end]}){after[end:]}"
    return text.replace("SQ(", " sqrt(")


@settings(deadline=None)
@given(expressions())
def test_a_formula_is_read_as_it_was_meant(expression: sp.Expr):
    assume(not expression.has(sp.zoo, sp.nan, sp.oo))
    pieces = formula(sp.latex(expression))
    assert all(isinstance(piece, Run) for piece in pieces)
    text = "".join(piece.text for piece in pieces if isinstance(piece, Run))
    values = dict(zip(LETTERS, (1.3717, 2.1193, 3.0719, 4.2361, 2.7129, 5.9071), strict=True))
    wanted, told = (complex(one.subs(values).evalf()) for one in (expression, read(text)))
    assert abs(wanted - told) <= 1e-9 * max(1.0, abs(wanted)), f"{sp.latex(expression)}  ->  {text}"
