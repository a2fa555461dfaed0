"""What holds for the HTML of every text, however strange."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from studyctl.adapters import markdown_html
from studyctl.adapters.card_html import CardHtml
from studyctl.adapters.math_html import pieces
from studyctl.core.tex import refused
from studyctl.core.text import gaps, math_problem

HTML = CardHtml({"media/a.svg": "studyctl-1.svg"}.get)
STUFF = [
    "word", " ", "\n", "\n\n", "a", "1", "1. ", "- ", "# ", "> ", "    ", "---", "=", ".", ",", ":", "::", ";", "(", ")",
    "[", "]", "](", "![", "](media/a.svg)", "](https://a.org)", "](javascript:a)", "<", ">", "<b>", "</b>", "<script>",
    "&", "&amp;", "&lt;", "&#123;", "*", "**", "_", "`", "``", "```", "~~~", "```python\n", "\\", "\\\\", "\\(", "\\)",
    "\\[", "\\]", "$", "$$", "\\$", "$x$", "$a<b$", "$$y$$", r"\frac", "{", "}", "{{", "}}", "{{c1::", "{{c2::", "{{c3::",
    "{{c1::x}}", "[sound:a.mp3]", "[latex]", "[$]", "\x02", "\x0e1\x0f", "\x10", "\x1f", "é", "語", "\u2028",
]  # fmt: skip
texts = st.lists(st.sampled_from(STUFF) | st.text(max_size=3), max_size=25).map("".join)
ALLOWED = {
    "p", "em", "strong", "code", "pre", "span", "a", "img", "br", "hr", "ul", "ol", "li", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
OPENING = re.compile(r"\{\{c(\d+)::")


class Reader(HTMLParser):
    """What a browser would find: tags, attributes, text."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words += data


def clozes(field: str) -> Iterator[tuple[int, str]]:
    """The cloze deletions as Anki reads them: none within another, each to the next ``}}``."""
    at = 0
    while found := OPENING.search(field, at):
        end = field.find("}}", found.end())
        assert end >= 0, "a cloze deletion that never ends"
        inside = field[found.end() : end]
        assert not OPENING.search(inside), "one cloze deletion within another"
        assert "::" not in inside, "a hint"
        yield int(found[1]), inside
        at = end + 2


@given(texts)
def test_no_text_becomes_more_than_harmless_html(text: str):
    for made in (HTML.text(text), HTML.cloze(text), HTML.source(text, text, text), HTML.answer(text)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", made)
        assert not re.search(r"\[(sound|anki|type):|\[/?latex\]|\[/?\$\$?\]", made, re.IGNORECASE)
        read = Reader(OPENING.sub("", made).replace("}}", ""))
        assert [] == read.open
        for tag, attributes in read.tags:
            assert tag in ALLOWED
            assert set(attributes) <= {"class", "href", "src", "alt", "start"}
            assert re.match(r"https?://", attributes.get("href") or "https://")
            assert re.fullmatch(r"studyctl-\w+\.svg", attributes.get("src") or "studyctl-1.svg")


@given(texts)
def test_only_a_cloze_has_cloze_deletions(text: str):
    for made in (HTML.text(text), HTML.source(text, text, ""), HTML.answer(text)):
        assert not OPENING.search(made)


@given(texts)
def test_every_gap_is_there_and_no_other(text: str):
    found = {number for number, inside in clozes(HTML.cloze(text))}
    assert {int(name[1:]) for name in gaps(text)} == found


@given(texts)
def test_a_gap_is_never_empty(text: str):
    for _, inside in clozes(HTML.cloze(text)):
        assert inside.strip() or not gaps(text)["c1"].strip()


@given(texts)
def test_tags_within_a_gap_are_closed_within_it(text: str):
    for _, inside in clozes(HTML.cloze(text)):
        assert [] == Reader(inside).open


@contextmanager
def the_long_way() -> Iterator[None]:
    """Every text goes through Markdown, also those that need none."""
    short = markdown_html._NO_MARKDOWN
    markdown_html._NO_MARKDOWN = re.compile(r"(?!)")
    try:
        yield
    finally:
        markdown_html._NO_MARKDOWN = short


plain_texts = st.lists(
    st.sampled_from(["word", " ", "  ", "-", "+ ", "1.", "2) ", "#", "# ", "> ", "---", "$x$", "$", ".", "(", ")", ":",
                     "~~~", "=", "{", "}", "\t", "\u00a0", "\u2003", '"', "'", "é", "{{c1::x}}", "^", "|"])
    | st.text(max_size=2), max_size=8,
).map("".join)  # fmt: skip


@given(plain_texts)
def test_the_short_way_and_the_long_way_lead_to_the_same_html(text: str):
    short = HTML.text(text), HTML.cloze(text)
    with the_long_way():
        assert short == (HTML.text(text), HTML.cloze(text))


@given(st.lists(st.sampled_from(["a", "b", "+", "-", "=", r"\le ", ",", "(", ")", "{", "}", r"\left(", r"\right)",
                                 r"\frac", "^", "_", "'", " ", r"\sin ", r"\\", "&", r"\{", r"\}"]), max_size=60))  # fmt: skip
def test_the_pieces_of_a_formula_are_the_formula(tokens: list[str]):
    formula = "".join(tokens)
    told = pieces(formula)
    joined = "".join(piece.removesuffix(" {}") for piece in told[:-1]) + told[-1]
    assert formula.replace(" ", "") == joined.replace(" ", "")
    if balance(formula) == 0 and math_problem(formula) is None and refused(formula) is None:
        assert [0] * len(told) == [balance(piece) for piece in told]


def balance(formula: str) -> int | None:
    """How many braces stay open; None if one closes that never opened."""
    depth = 0
    for token in re.findall(r"\\.|[{}]", formula):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            return None
    return depth


@given(
    st.lists(st.sampled_from([one for one in STUFF if not set(one) & set("`~[]<&")]), max_size=25).map(
        "".join
    )
)
def test_words_survive(text: str):
    """Whatever Markdown makes of a text, its words reach the reader."""
    assert text.count("word") <= Reader(HTML.text(text)).words.count("word")
