"""HTML in which no text is markup."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from studyctl.ui.html import Cell, Markup, data, element, joined, table, text


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.said += data


@given(st.text())
def test_text_stays_text_wherever_it_stands(said: str):
    told = Reader()
    told.feed(element("p", said, title=said))
    told.close()
    assert ["p"] == told.tags
    assert said.replace("\r\n", "\n").replace("\r", "\n") == told.said or "\x00" in said or told.said == said


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_a_document_in_a_script_is_the_document_and_never_ends_it(document):
    told = data(document)
    assert document == json.loads(told)
    assert not {"<", ">", "&"} & set(told)


def test_attributes_may_be_left_out():
    assert '<a href="x">y</a>' == element("a", "y", href="x", class_=None, hidden=False)
    assert '<details open data-name="a">b</details>' == element(
        "details", "b", None, open=True, data_name="a"
    )
    assert "<br>" == element("br")
    assert "1&lt;2<br>" == joined([text("1<2"), Markup("<br>"), None])


def test_columns_of_numbers_are_set_right_with_the_number_behind():
    told = table("Hours", ("topic", "hours"), [("a<b", Cell("1.2", 1.25)), ("c", Cell("–"))], "hours")
    assert '<th scope="col">topic</th><th scope="col" class="n">hours</th>' in told
    assert '<th scope="row">a&lt;b</th><td class="n" data-value="1.25">1.2</td>' in told
    assert '<td class="n">–</td>' in told
