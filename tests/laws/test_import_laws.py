"""Laws of importing: whatever HTML a field holds, what comes of it is sound, or stays behind and says why."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from studyctl.core import foreign_cloze as cloze
from studyctl.core import topic_checks
from studyctl.core.curriculum import Card, Objective, Topic
from studyctl.core.foreign import ForeignNote, ForeignType, Template
from studyctl.core.foreign_cards import LeftOut, cards_of
from studyctl.core.html_text import Converter
from studyctl.core.problems import Level
from studyctl.core.text import control_characters

PARTS = [
    "<b>", "</b>", "<i>", "<div>", "</div>", "<br>", "<ul>", "<li>", "</ul>", "<pre>", "</pre>", "<code>", "</code>",
    "<sub>", "</sub>", "<script>", "</script>", "<img src=a.png>", "<a href='https://a.b'>", "</a>", "<td>", "<!--",
    r"\(", r"\)", r"\[", r"\]", "[$]", "[/$]", "[latex]", "[/latex]", "[sound:a]", "{{c1::", "{{c2::", "{{c1,3::",
    "}}", "::", "$", "\\", "`", "```", "*", "_", "#", "- ", "1. ", "\n", " ", "&lt;", "&amp;", "&nbsp;", "x", "word",
    r"\frac{a}{b}", "{", "}", "\ue000", "\ue002", "\x07", "日本",
]  # fmt: skip
html = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=14).map("".join)
BASIC = ForeignType("B", False, ("F", "B"), (Template("{{F}}", "{{FrontSide}}<hr id=answer>{{B}}"),))
CLOZE = ForeignType("C", True, ("F", "B"), (Template("{{cloze:F}}", "{{cloze:F}}{{B}}"),))


@given(html)
def test_any_html_becomes_a_text_without_tags_that_run_or_signs_that_steer(page: str):
    told = Converter(lambda name: "anki-1.png").text(page)
    assert not control_characters(told)
    assert "\ue000" not in told
    assert told == told.strip()


@given(html, html, st.booleans())
def test_every_card_that_comes_over_is_sound_and_every_other_says_why(front: str, back: str, is_cloze: bool):
    note = ForeignNote("g", CLOZE if is_cloze else BASIC, {"F": front, "B": back}, (), {0: "D", 1: "D"})
    told = list(cards_of(note, Converter(lambda name: None)))
    keys = []
    for one in told:
        if isinstance(one, LeftOut):
            assert one.why
            keys.append(one.ord)
            continue
        keys += [ord_ for _, ord_ in one.cards()]
        topic = Topic("t", "a", "T", "S.", 1, objectives=(Objective("recall", "R"),), cards=(one,))
        assert not [problem for problem in topic_checks.errors(topic) if problem.level is Level.ERROR]
        assert isinstance(one, Card)
    assert [0, 1] == sorted(keys)


@given(html)
@example("{{c1::::{{c1::")
def test_a_cloze_filled_in_is_the_html_without_its_marks(page: str):
    parts = cloze.parse(page)
    if not list(cloze.gaps(parts)):
        assert page == cloze.filled(parts)
    for gap in cloze.gaps(parts):
        assert cloze.asked(parts, gap.numbers[0]) != page or not gap.inner
