"""What a stranger's deck costs to read grows no faster than the deck, whatever stands in it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from studyctl.core import foreign_cloze, foreign_template
from studyctl.core.foreign import ForeignNote, ForeignType, Template
from studyctl.core.foreign_cards import cards_of
from studyctl.core.html_text import Converter
from studyctl.core.text import segments

FEW, TIMES = 1_500, 8
MOST = 24  # times the work; a linear reader needs 8 times as much, a quadratic one 64 times


def text(html: str) -> str:
    return Converter(lambda name: None).text(html)


def render(template: str) -> str:
    return foreign_template.render(template, {}, lambda filters, field: field)


def asked(html: str) -> str:
    return foreign_cloze.asked(foreign_cloze.parse(html), 1)


def cards(html: str) -> object:
    kind = ForeignType("X", False, ("F",), (Template("{{F}}", "{{F}}"),))
    return list(cards_of(ForeignNote("g", kind, {"F": html}, (), {0: "D"}), Converter(lambda name: None)))


def work(job: Callable[[str], object], text: str) -> float:
    """Seconds of the processor, which other programs of the machine do not add to; the least of three."""
    spent = []
    for _ in range(3):
        began = time.process_time()
        job(text)
        spent.append(time.process_time() - began)
    return max(min(spent), 0.0005)  # below that a clock tells little


@pytest.mark.parametrize(
    ("job", "piece"),
    [
        *((text, piece) for piece in (
            r"\( ", r"\[ ", "[latex]", "[$] ", "[$$]", "<anki-mathjax>", "<anki-mathjax ", "[sound:",
            "[anki:tts]", "[anki:play", "<!-- ", "<!-- >", "<![if ", "<a ", '<a b="', "<ul><li>", "<pre>x", "<code>x",
            "<b>x", "\t", "[latex] ", "<br>",
        )),
        *((foreign_template.behind_the_line, piece) for piece in ("<hr ", "<hr id ")),
        *((render, piece) for piece in ("{{#a}}", "{{^a}}", "{{ ")),
        *((asked, piece) for piece in ("{{c1::", "{{c1::a}}", r"\( {{c1::a}}")),
        *((cards, piece) for piece in ("![", r"\(", "~")),
        *((lambda text: list(segments(text)), piece) for piece in ("~", "$$", "`a``b")),
    ],
)  # fmt: skip
def test_signs_without_an_end_cost_no_more_for_being_many(job: Callable[[str], object], piece: str):
    assert work(job, piece * FEW * TIMES) < MOST * work(job, piece * FEW)


def test_one_sign_with_much_space_behind_it_is_looked_at_once():
    for job, begin in ((render, "{{"), (text, "<pre>"), (text, "[latex]")):
        assert work(job, begin + " " * FEW * TIMES + "x") < MOST * work(job, begin + " " * FEW + "x")
