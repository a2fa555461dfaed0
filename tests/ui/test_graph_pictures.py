"""Pictures of the graph: nothing lies over anything, and strange titles do no harm."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from studyctl.core.picture import LOOKS, Arrow, Node, Picture
from studyctl.ui.graph_layout import HEIGHT, MANY, WIDTH, layout
from studyctl.ui.graph_page import page
from studyctl.ui.graph_svg import LETTERS, short, svg
from studyctl.ui.graph_text import dot, mermaid

SVG = "{http://www.w3.org/2000/svg}"
STRANGE = 'A "quoted" <b>bold</b> & $x_1$ ]]> \\ title; that goes on and on'


def made(count: int, areas: int = 4, title: str = "Topic") -> Picture:
    names = list(LOOKS)
    nodes = [
        Node(
            f"t{n}",
            f"{title} {n}",
            f"a{n % areas}",
            "concept",
            names[n % 5],
            2.0,
            0.8 if n % 3 else None,
            n % 4,
        )
        for n in range(count)
    ]
    arrows = [Arrow(need, n) for n in range(count) for need in {n // 2, n // 3} if need < n]
    return Picture("A picture", nodes, arrows, {f"a{n}": f"Area {n}" for n in range(min(areas, count))})


@pytest.mark.parametrize("count", [1, 2, 25, MANY + 1, 444])
def test_no_topic_lies_over_another_and_arrows_go_to_the_right(count: int):
    told = made(count)
    where = layout(told)
    boxes = sorted(where.places)
    assert len(boxes) == len(set(boxes))
    by_column: dict[float, list[float]] = {}
    for x, y in boxes:
        by_column.setdefault(x, []).append(y)
    for column in by_column.values():
        assert all(b - a >= HEIGHT for a, b in pairwise(column))
    for arrow in told.arrows:
        assert where.places[arrow.need][0] + WIDTH < where.places[arrow.topic][0]
    assert max(x for x, _ in boxes) + WIDTH < where.width
    assert max(y for _, y in boxes) + HEIGHT < where.height


def test_many_topics_are_banded_by_area_and_few_are_not():
    assert ["a0", "a1", "a2", "a3"] == [band.area for band in layout(made(MANY + 1)).bands]
    assert [] == layout(made(MANY)).bands
    told = made(MANY + 1)
    where = layout(told)
    ends = {band.area: (band.top, band.bottom) for band in where.bands}
    for node, (_, y) in zip(told.nodes, where.places, strict=True):
        assert ends[node.area][0] < y < y + HEIGHT <= ends[node.area][1]


def test_the_layout_is_the_same_in_every_run():
    assert layout(made(100)) == layout(made(100))


def test_a_picture_is_sound_xml_with_a_title_for_each_topic():
    root = ET.fromstring(svg(made(30, title=STRANGE)))
    nodes = [one for one in root.iter(f"{SVG}g") if one.get("data-id")]
    assert 30 == len(nodes)
    assert all(STRANGE in (one.find(f"{SVG}title").text or "") for one in nodes)
    assert not list(root.iter(f"{SVG}b"))


def test_a_state_is_never_told_by_colour_alone():
    told = svg(made(10))
    for name, sign in LOOKS.items():
        assert re.search(rf'class="node {name}".*?<text[^>]*>{sign} ', told)


def test_a_long_title_is_cut_and_math_signs_go():
    assert LETTERS == len(short("x" * 100))
    assert "x_1" == short("$x_1$")


def test_a_page_holds_its_document_and_asks_for_nothing():
    told = page(made(5, title="</script><script>alert(1)</script>"))
    assert "alert(1)</script>" not in told
    assert "default-src &#x27;none&#x27;" in told
    assert not re.search(r'(?:src|href)="http', told)


def test_dot_and_mermaid_quote_what_they_would_read_as_their_own():
    told = made(6, title=STRANGE)
    assert r"\"quoted\"" in dot(told)
    assert 6 == dot(told).count("fillcolor=")
    lines = mermaid(told).splitlines()
    assert "flowchart LR" == lines[0]
    assert all(line.count('"') in (0, 2) for line in lines)
    assert "#34;quoted#34;" in mermaid(told)


def test_a_circle_is_drawn_and_ends_nothing():
    told = made(3)
    circle = Picture(told.title, told.nodes, [Arrow(0, 1), Arrow(1, 0), Arrow(1, 2), Arrow(2, 2)], told.areas)
    assert 3 == len(layout(circle).places)


def test_a_picture_of_nothing_is_a_picture():
    assert "<svg" in svg(Picture("Nothing", [], [], {}))
