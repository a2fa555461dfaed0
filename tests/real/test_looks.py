"""The cards in a browser, by day and by night, on a phone and on a desk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from .card_page import VIEWS, View, measured, screenshot, widths
from .conftest import Deck, Face, Learner, deck_of, faces_of

pytestmark = pytest.mark.real

HARD = r"""
title: 'A topic whose title is rather long, with $\mathbb{R}^{n}$ and `code` in it'
summary: All that a card can hold. One can look at it.
hours: 1
objectives: [{id: look, text: Look at it}]
cards:
  - id: long-code
    objective: look
    q: |
      What does this print?

      ```python
      @cache
      def f(words: list[str], *, separator: str = ", ") -> str:  # a comment that goes on and on and on and on, off the screen
          return separator.join(word.upper() for word in words if len(word) >= 0x10 or word in {"a", 'b'})
      ```
    a: '`averyveryverylongnameofafunction.thatnobody_wouldever.write(but, somebody, did)`'
    extra: 'Read it twice. $x$, ($y$), and **bold**, *slanted*, [a link](https://example.org/a).'
  - id: wide-formula
    objective: look
    q: 'Which sum is this? $$\sum_{k=0}^{n} \binom{n}{k} a^{k} b^{n-k} = a^n + n a^{n-1} b + \frac{n(n-1)}{2} a^{n-2} b^2 + \dots + n a b^{n-1} + b^n$$'
    a: |
      The binomial theorem:

      1. first
      2. second
         - nested

      > A quotation.
  - {id: unbroken, objective: look, q: 'What is aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa for?', a: 'https://example.org/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'}
  - {id: picture, objective: look, q: 'Which curve is this? ![A wave](media/wave.svg)', a: 'A sine, $\sin x$.'}
  - {id: no-picture, objective: look, q: 'Which curve is this? ![A curve that is not there](media/none.svg)', a: 'None.'}
  - {id: gaps, objective: look, cloze: 'The {{c1::gap}}, ``{{c2::`code`}}``, {{c3::$\frac{1}{1 + x^{2}}$}}, $\begin{pmatrix}1\\{{c4::2}}\end{pmatrix}$ and $\sqrt{{c5::x}}$.'}
  - {id: slashes, objective: look, q: 'Is \\(x\\) or \\[y\\] a formula, or `\(z\)`?', a: 'No, they are words.'}
  - {id: type-it, objective: look, q: 'How much is $2^{3}$?', a: "8", typed: true}
"""
WAVE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="200" viewBox="0 0 900 200">'
    '<path d="M0 100 C150 -60 300 -60 450 100 S750 260 900 100" fill="none" stroke="black" stroke-width="4"/></svg>'
)


@pytest.fixture
def hard(learner: Learner, tmp_path: Path) -> list[Face]:
    """Cards that hold all that a card can hold."""
    area = tmp_path / "topics" / "odd"
    (area / "media").mkdir(parents=True)
    (area / "hard.yaml").write_text(HARD, encoding="utf-8")
    (area / "media" / "wave.svg").write_text(WAVE, encoding="utf-8")
    learner.imports(deck_of(tmp_path).packed())
    told = faces_of(learner)
    assert 12 == len(told)
    media = Path(learner.collection.media.dir()).as_uri()
    return [
        face._replace(
            question=face.question.replace('src="studyctl-', f'src="{media}/studyctl-'),
            answer=face.answer.replace('src="studyctl-', f'src="{media}/studyctl-'),
        )
        for face in told
    ]


def test_everything_fits_and_can_be_read(
    chromium: str, mathjax: Path, faces: list[Face], hard: list[Face], tmp_path: Path
):
    """By night only colours differ, so a part of the cards is enough."""
    told = {}
    for night in (False, True):
        views = [view for view in VIEWS if view.night is night]
        told |= measured(chromium, mathjax, tmp_path, views, [*faces[:: 8 if night else 1], *hard])
    assert {str(view): [] for view in VIEWS} == told


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_cards_have_their_picture_taken(
    chromium: str, mathjax: Path, faces: list[Face], hard: list[Face], tmp_path: Path, view: View
):
    """Set STUDYCTL_SHOTS to a folder to look at the pictures."""
    folder = Path(os.environ.get("STUDYCTL_SHOTS", tmp_path))
    path = folder / f"{view}.png"
    screenshot(chromium, mathjax, tmp_path, view, [*hard, *faces[:: max(1, len(faces) // 12)]], path)
    data = path.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) > 20_000


def test_a_formula_that_was_cut_is_as_wide_as_the_whole(
    chromium: str, mathjax: Path, deck: Deck, tmp_path: Path
):
    """Every long formula of the curriculum, once in one piece and once in several."""
    cut = r"(?:\\\((?:[^\\]|\\[^)])*\{\}\\\))+\\\(.*?\\\)"
    told = sorted(
        {found[0] for note in deck.notes for field in note.fields for found in re.finditer(cut, field)}
    )
    assert len(told) > 20
    whole = [formula.replace(r" {}\)\(", " ") for formula in told]
    pairs = zip(
        told,
        widths(chromium, mathjax, tmp_path, told),
        widths(chromium, mathjax, tmp_path, whole),
        strict=True,
    )
    assert [] == [(formula, one, other) for formula, one, other in pairs if abs(one - other) > 0.5]


def test_a_formula_that_is_too_wide_for_the_screen_is_found(
    chromium: str, mathjax: Path, hard: list[Face], tmp_path: Path
):
    """The measuring itself is measured."""
    wide = Face(
        "wide", "", rf"<div class='sheet'>\({'a + ' * 60}b\)</div>", r"<p>\(\frac{1}\)</p>", hard[0].css
    )
    told = measured(chromium, mathjax, tmp_path, [View(390, night=False)], [wide])
    whats = " ".join(what for _, what in told["day-390"])
    assert "cut off" in whats
    assert "MathJax error" in whats
