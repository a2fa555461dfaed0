"""Pictures of the graph: nothing lies over anything, and strange titles do no harm."""

from __future__ import annotations

import re
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.picture import LOOKS, Arrow, Node, Picture
from studyctl.core.readable import cells
from studyctl.ui.graph_layout import HEIGHT, MANY, WIDTH, layout
from studyctl.ui.graph_page import page
from studyctl.ui.graph_svg import LETTERS, lines, svg
from studyctl.ui.graph_text import dot, mermaid
from studyctl.ui.packing import packed

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


def apart(boxes: list[tuple[float, float, float, float]]) -> bool:
    """Whether no two of some rectangles (left, top, right, bottom) overlap."""
    return all(
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for a, b in combinations(boxes, 2)
    )


@pytest.mark.parametrize("count", [1, 2, 25, MANY, MANY + 1, 444])
def test_no_topic_lies_over_another_and_all_are_on_the_sheet(count: int):
    where = layout(made(count))
    boxes = [(x, y, x + WIDTH, y + HEIGHT) for x, y in where.places]
    assert count == len(boxes)
    assert apart(boxes)
    assert 0 <= min(box[0] for box in boxes)
    assert 0 <= min(box[1] for box in boxes)
    assert max(box[2] for box in boxes) <= where.width
    assert max(box[3] for box in boxes) <= where.height


@pytest.mark.parametrize("count", [2, 25, MANY, MANY + 1, 444])
def test_a_topic_stands_below_all_that_it_needs_in_its_cluster(count: int):
    told = made(count)
    where = layout(told)
    for arrow in told.arrows:
        if not where.clusters or told.nodes[arrow.need].area == told.nodes[arrow.topic].area:
            assert where.places[arrow.need][1] + HEIGHT < where.places[arrow.topic][1]


@pytest.mark.parametrize("count", [25, MANY])
def test_long_arrows_pass_between_topics(count: int):
    told = made(count)
    where = layout(told)
    assert where.bends
    for (need, topic), points in where.bends.items():
        way = [where.places[need][1], *(y for _, y in points), where.places[topic][1]]
        assert way == sorted(way)
        for bend_x, bend_y in points:
            assert not any(x <= bend_x <= x + WIDTH and y <= bend_y <= y + HEIGHT for x, y in where.places), (
                need,
                topic,
            )
            assert 0 <= bend_x <= where.width


def test_many_topics_stand_in_clusters_by_area_and_few_do_not():
    told = made(MANY + 1)
    where = layout(told)
    assert {"a0", "a1", "a2", "a3"} == {one.area for one in where.clusters}
    assert () == layout(made(MANY)).clusters
    rooms = {one.area: one for one in where.clusters}
    assert apart([(one.x, one.y, one.x + one.width, one.y + one.height) for one in where.clusters])
    for node, (x, y) in zip(told.nodes, where.places, strict=True):
        room = rooms[node.area]
        assert room.x < x < x + WIDTH < room.x + room.width
        assert room.y < y < y + HEIGHT < room.y + room.height


def test_areas_that_need_little_come_first():
    nodes = [Node(f"t{n}", "T", f"a{n // 40}", "concept", "new", 1.0, None, 0) for n in range(80)]
    arrows = [Arrow(n, n - 40) for n in range(40, 80)]
    told = Picture("Two", nodes, arrows, {"a0": "Later", "a1": "Earlier"})
    assert ["a1", "a0"] == [one.area for one in layout(told).clusters]


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=25))
def test_packed_rectangles_are_apart_and_the_first_is_in_the_corner(sizes: list[tuple[int, int]]):
    told = packed(sizes, 3, 1.5)
    boxes = [(x, y, x + w + 3, y + h + 3) for (x, y), (w, h) in zip(told.corners, sizes, strict=True)]
    assert (0, 0) == told.corners[0]
    assert apart(boxes)
    assert max(box[2] for box in boxes) == told.width + 3
    assert max(box[3] for box in boxes) == told.height + 3


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
        assert re.search(rf'class="node {name}".*?<text[^>]*>{sign}<', told)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Entropy", ("Entropy", "")),
        ("$x_1$", ("x_1", "")),
        ("The law of large numbers and the central limit", ("The law of large", "numbers and the cen…")),
        ("Initialization, normalization", ("Initialization,", "normalization")),
        ("x" * 50, ("x" * (LETTERS - 1) + "-", "x" * (LETTERS - 1) + "…")),
        ("証明" * 20, ("証明" * 4 + "証-", "明証" * 4 + "明…")),
        ("", ("", "")),
    ],
)
def test_a_title_takes_two_lines_at_most(title: str, wanted: tuple[str, str]):
    assert wanted == lines(title)
    assert all(cells(line) <= LETTERS for line in lines(title))


def test_a_cluster_says_how_much_is_learnt_and_its_name_fits():
    told = made(MANY + 1)
    told = Picture(told.title, told.nodes, told.arrows, told.areas | {"a0": STRANGE * 3})
    root = ET.fromstring(svg(told))
    names = {one.get("data-area"): one for one in root.iter(f"{SVG}g") if one.get("data-area")}
    learnt = sum(node.look == "learnt" for node in told.nodes if node.area == "a1")
    of = sum(node.area == "a1" for node in told.nodes)
    assert f"{learnt} of {of} learnt" in "".join(names["a1"].itertext())
    shown = names["a0"].find(f"{SVG}text")
    assert shown is not None
    assert (shown.text or "").endswith("…")


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
