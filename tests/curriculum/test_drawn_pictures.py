"""The pictures of the curriculum are those that are drawn, plain, and told to who cannot see them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from pictures.draw import PICTURES, TOPICS

from studyctl.adapters.curriculum_files import read


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_up_to_date_and_plain(name: str):
    text = (TOPICS / name).read_text("utf-8")
    assert text == PICTURES[name]().svg(), "run: python -m tests.pictures.draw"
    root = ET.fromstring(text)
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert not re.search(r"<script|<foreignObject|href|url\(|on\w+=", text)


def test_every_picture_is_shown_by_the_card_that_it_is_named_after():
    shown = {}
    for card in read([TOPICS.parent])[0].cards():
        for alt, name in re.findall(
            r"!\[([^\]]*)\]\(media/([\w.-]+)\)", card.q + card.a + card.cloze + card.extra
        ):
            assert len(alt) > 20
            shown[name] = card.note
    assert {path.name for path in TOPICS.glob("*/media/*")} == shown.keys()
    for name, note in shown.items():
        assert f"{note.replace('/', '-')}.svg" == name
