"""Every formula of every card sets in the version of MathJax that Anki ships."""

from __future__ import annotations

import html
import json
import random
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyctl.core.tex import refused
from studyctl.core.text import math_problem

from .conftest import Face

pytestmark = pytest.mark.real

CODE = re.compile(r"<(pre|code)\b.*?</\1>", re.DOTALL)
FORMULA = re.compile(r"\\\((?P<inline>.*?)\\\)|\\\[(?P<display>.*?)\\\]", re.DOTALL)


def formulas(side: str) -> Iterator[tuple[str, bool]]:
    """What MathJax finds on one side of a card: formulas, and whether each stands by itself."""
    for found in FORMULA.finditer(CODE.sub("", side)):
        formula = found["inline"] or found["display"]
        assert "<" not in formula, f"a tag, or what a browser takes for one, in {formula}"
        yield html.unescape(formula), found["inline"] is None


def failures(node: str, mathjax: Path, told: list[tuple[str, str, bool]]) -> list[list[str]]:
    script = Path(__file__).parent / "sets.js"
    run = subprocess.run(
        [node, str(script), str(mathjax)],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert 0 == run.returncode, run.stderr
    answer = json.loads(run.stdout)
    assert "3.2.2" == answer["version"]
    failed: list[list[str]] = answer["failed"]
    return failed


def test_every_formula_of_every_card_sets(node: str, mathjax: Path, faces: list[Face]):
    told = [
        (face.id, formula, display)
        for face in faces
        for side in (face.question, face.answer)
        for formula, display in formulas(side)
    ]
    assert len(told) > 300
    assert [] == failures(node, mathjax, told)


def test_no_delimiter_is_left_over(faces: list[Face]):
    for face in faces:
        for side in (face.question, face.answer):
            rest = FORMULA.sub("", CODE.sub("", side))
            assert not re.search(r"\\[()\[\]]|\$", rest), f"{face.id}: {rest}"


@pytest.mark.parametrize(
    "formula",
    [r"\frac{1}{2", r"\nosuchmacro", r"\left( x", r"a^b^c", r"\begin{pmatrix} 1 \\[...] \end{pmatrix}"],
)
def test_what_is_wrong_is_found(node: str, mathjax: Path, formula: str):
    assert [["x", formula]] == [row[:2] for row in failures(node, mathjax, [("x", formula, False)])]


PIECES = [
    r"x",
    r"a",
    r"2",
    r"^",
    r"^",
    r"_",
    r"_",
    r"{",
    r"}",
    r"{}",
    r"^{2}",
    r"_{1}",
    r"\frac{1}{2}",
    r"\frac",
    r"\alpha",
    r"\prime",
    r"\left(",
    r"\right)",
    r"\left\{",
    r"\right\}",
    r"\left",
    r"\right.",
    r"&",
    r"&",
    r"\\",
    r"\sum",
    r"\limits",
    r"\hat",
    r"\sqrt[3]{x}",
    r"\begin{pmatrix}",
    r"\end{pmatrix}",
    r"\begin{foo}",
    r"\text{a_b_c}",
    r"\text",
    r"|",
    r"%",
    r"\,",
    r"~",
    r"\mathrm{T}",
    r"\boxed{\ldots}",
    r"\operatorname{ab}",
    r"\max",
    r"\not=",
    r"\overset{a}{b}",
    r"\rm",
    r"\textcolor{red}{x}",
    r"\{",
    r"\}",
    r"\substack{a\\b}",
    r"\underbrace{x}",
    r"'",
    r"\over",
]


def test_whatever_check_says_of_a_formula_is_refused(node: str, mathjax: Path):
    """Said of formulas drawn by chance; what is refused and not told is no fault."""
    draw = random.Random(7)
    told = []
    while len(told) < 1_500:
        formula = " ".join(draw.choice(PIECES) for _ in range(draw.randint(3, 9)))
        if math_problem(formula) is None and refused(formula):
            told.append((str(len(told)), formula, draw.random() < 0.5))
    failed = {name for name, *_ in failures(node, mathjax, told)}
    assert [] == [formula for name, formula, _ in told if name not in failed]
