"""A picture as SVG that needs nothing else: for a file, for a page, for the report.

What a topic's state is can be seen three times, so never by colour alone: by the sign before its
title, by the border, and by the colour. The colours follow the reader's choice of light or dark.
Arrows lead down, from a topic to what needs it; those from one area to another are thin, so that
the clusters can be read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from studyctl.core.counted import count
from studyctl.core.picture import LOOKS, Node, Picture
from studyctl.core.readable import cells
from studyctl.ui.graph_layout import DOWN, HEAD, HEIGHT, INSIDE, WIDTH, Cluster, Layout, layout
from studyctl.ui.html import Markup, element

LETTERS = 20  # of a title that fit on one of its two lines
TEXT = 30  # where the title begins, right of the sign
AREA, LARGEST, SMALLEST = (
    22,
    40,
    12,
)  # sizes of an area's name: usual, on a large sheet, where there is no room
SHEET = 120  # a large sheet is looked at from afar: its width by this is the size of names
BREADTH = 0.64  # of a letter, in sizes of the font; that of a wide one
LEGEND = 92  # from one state of the legend to the next

STYLE = Markup("""
.graph { --paper: #ffffff; --ink: #1b1f26; --quiet: #566070; --arrow: #788292; --cluster: #f3f5f8; --needs: #1457b8; --leads: #8430b0;
  --new: #ffffff; --new-line: #7a8494; --ready: #e3eefc; --ready-line: #1457b8;
  --studying: #fff1d6; --studying-line: #8a5800; --learnt: #d7efe2; --learnt-line: #0b6b4a;
  --faded: #fbe3e4; --faded-line: #a3211a; font-family: system-ui, "Segoe UI", Roboto, sans-serif; font-size: 12px; }
@media (prefers-color-scheme: dark) {
  .graph { --paper: #14171c; --ink: #e9ebef; --quiet: #a6afbd; --arrow: #768293; --cluster: #1b1f26; --needs: #7db4ff; --leads: #d9a5ff;
    --new: #232933; --new-line: #8d97a6; --ready: #14263f; --ready-line: #7db4ff;
    --studying: #33270f; --studying-line: #e0aa4e; --learnt: #133628; --learnt-line: #58c99b;
    --faded: #3a1b1f; --faded-line: #ff9a94; } }
.graph .ground { fill: var(--paper); } .graph .cluster rect { fill: var(--cluster); rx: 14px; }
.graph text { fill: var(--ink); } .graph .cluster text { fill: var(--quiet); font-weight: 600; }
.graph .arrow { fill: none; stroke: var(--arrow); stroke-width: 1.3; }
.graph .arrow:not(.far) { marker-end: url(#tip); } .graph .far { stroke-width: 0.8; opacity: 0.3; }
.graph #tip path { fill: var(--arrow); } .graph #up path { fill: var(--needs); } .graph #down path { fill: var(--leads); }
.graph .node rect { stroke-width: 1.5; rx: 7px; } .graph .node .sign { font-size: 15px; }
.graph .new rect { fill: var(--new); stroke: var(--new-line); }
.graph .ready rect { fill: var(--ready); stroke: var(--ready-line); stroke-width: 2.2; }
.graph .studying rect { fill: var(--studying); stroke: var(--studying-line); stroke-width: 3; }
.graph .learnt rect { fill: var(--learnt); stroke: var(--learnt-line); }
.graph .faded rect { fill: var(--faded); stroke: var(--faded-line); stroke-dasharray: 5 3; stroke-width: 2.2; }
""")


def svg(picture: Picture) -> Markup:
    """The picture."""
    told = layout(picture)
    width, height = max(told.width, len(LOOKS) * LEGEND + 32), told.height + HEIGHT
    return element(
        "svg",
        element("title", f"{picture.title}: {count(len(picture.nodes), 'topic')} and what they need"),
        element("style", STYLE),
        element("defs", *(_tip(name) for name in ("tip", "up", "down"))),
        element("rect", class_="ground", width=f"{width:g}", height=f"{height:g}"),
        element(
            "g",
            element("g", *_clusters(picture, told), class_="clusters"),
            element("g", *_arrows(picture, told), class_="arrows", aria_hidden="true"),
            element("g", *_nodes(picture, told), class_="nodes"),
            class_="world",
        ),
        element("g", *_legend(told.height), class_="legend"),
        xmlns="http://www.w3.org/2000/svg",
        class_="graph",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="group",
        aria_label=picture.title,
    )


def _tip(name: str) -> Markup:
    """The point of an arrow."""
    return element(
        "marker",
        element("path", d="M0 0L8 4L0 8z"),
        id=name,
        viewBox="0 0 8 8",
        refX=8,
        refY=4,
        markerWidth=7,
        markerHeight=7,
        markerUnits="userSpaceOnUse",
        orient="auto",
    )


def _clusters(picture: Picture, told: Layout) -> Iterator[Markup]:
    counts = Counter((node.area, node.look == "learnt") for node in picture.nodes)
    usual = max(AREA, min(LARGEST, told.width / SHEET))
    for one in told.clusters:
        learnt, other = counts[one.area, True], counts[one.area, False]
        yield _cluster(one, picture.areas[one.area], f"{learnt} of {learnt + other} learnt", usual)


def _cluster(one: Cluster, title: str, tally: str, usual: float) -> Markup:
    """The ground of an area, its name as large as fits, and the tally where there is room."""
    room = one.width - 2 * INSIDE
    size = max(SMALLEST, min(usual, room / (BREADTH * max(1, cells(title)))))
    shown = title if size > SMALLEST else cut(title, int(room / (BREADTH * size)))
    small = max(SMALLEST, usual / 2)
    left = room - BREADTH * (size * cells(shown) + small * (len(tally) + 1))
    return element(
        "g",
        element("title", f"{title}: {tally}"),
        element("rect", x=f"{one.x:g}", y=f"{one.y:g}", width=f"{one.width:g}", height=f"{one.height:g}"),
        element(
            "text",
            shown,
            element("tspan", tally, dx=f"{small:g}", font_size=f"{small:g}") if left > 0 else None,
            x=f"{one.x + INSIDE:g}",
            y=f"{one.y + HEAD - 20:g}",
            font_size=f"{size:.1f}",
        ),
        class_="cluster",
        data_area=one.area,
    )


def _arrows(picture: Picture, told: Layout) -> Iterator[Markup]:
    for arrow in picture.arrows:
        need, topic = picture.nodes[arrow.need], picture.nodes[arrow.topic]
        (x0, y0), (x1, y1) = told.places[arrow.need], told.places[arrow.topic]
        way = [(x0 + WIDTH / 2, y0 + HEIGHT), (x1 + WIDTH / 2, y1)]
        for x, y in told.bends.get((arrow.need, arrow.topic), ()):
            way[-1:-1] = [(x, y - HEIGHT / 2), (x, y + HEIGHT / 2)]
        yield element(
            "path",
            class_="arrow far" if told.clusters and need.area != topic.area else "arrow",
            d=f"M{way[0][0]:.0f} {way[0][1]:.0f}" + "".join(map(_curve, way, way[1:])),
            data_from=need.id,
            data_to=topic.id,
        )


def _curve(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that leaves and arrives upright; between points above each other it is a straight line."""
    (x0, y0), (x1, y1) = start, end
    if x0 == x1 and y0 < y1:
        return f"V{y1:.0f}"
    bend = max(DOWN / 2, min(120.0, abs(y1 - y0) / 2))
    return f"C{x0:.0f} {y0 + bend:.0f} {x1:.0f} {y1 - bend:.0f} {x1:.0f} {y1:.0f}"


def _nodes(picture: Picture, told: Layout) -> Iterator[Markup]:
    for node, (x, y) in zip(picture.nodes, told.places, strict=True):
        first, second = lines(node.title)
        yield element(
            "g",
            element("title", describe(node)),
            element("rect", width=WIDTH, height=HEIGHT),
            element("text", LOOKS[node.look], class_="sign", x=9, y=25),
            element("text", first, x=TEXT, y=17 if second else 24),
            element("text", second, x=TEXT, y=32) if second else None,
            class_=f"node {node.look}",
            transform=f"translate({x:.0f} {y:.0f})",
            data_id=node.id,
        )


def _legend(y: float) -> Iterator[Markup]:
    for at, (name, sign) in enumerate(LOOKS.items()):
        yield element(
            "g",
            element("rect", width=LEGEND - 8, height=20),
            element("text", f"{sign} {name}", x=8, y=14),
            class_=f"node {name}",
            transform=f"translate({20 + at * LEGEND} {y:.0f})",
        )


def cut(text: str, width: int) -> str:
    """A text of at most so many columns, with an ellipsis where it is shortened."""
    if cells(text) <= width:
        return text
    while text and cells(text) >= width:
        text = text[:-1]
    return f"{text.rstrip()}…"


def lines(title: str) -> tuple[str, str]:
    """A title on two lines that fit into its box; the second is empty where one is enough."""
    first, rest = "", title.replace("$", "").split()
    while rest and cells(f"{first} {rest[0]}".strip()) <= LETTERS:
        first = f"{first} {rest.pop(0)}".strip()
    if not first and rest:
        word = rest[0]
        fits = next(at for at in range(len(word), 0, -1) if cells(word[:at]) < LETTERS)
        first, rest[0] = f"{word[:fits]}-", word[fits:]
    return first, cut(" ".join(rest), LETTERS)


def describe(node: Node) -> str:
    """What is said of a topic when one points at it."""
    told = [node.title, f"{node.look}, {node.hours:g} h"]
    if node.recall is not None:
        told.append(f"recall {node.recall:.0%}")
    if node.unlocks:
        told.append(f"unlocks {node.unlocks}")
    return ", ".join(told) + f" ({node.id})"
