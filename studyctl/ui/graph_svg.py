"""A picture as SVG that needs nothing else: for a file, for a page, for the report.

What a topic's state is can be seen three times, so never by colour alone: by the sign before its
title, by the border, and by the colour. The colours follow the reader's choice of light or dark.
"""

from __future__ import annotations

from collections.abc import Iterator

from studyctl.core.picture import LOOKS, Node, Picture
from studyctl.ui.graph_layout import ACROSS, HEIGHT, WIDTH, Layout, layout
from studyctl.ui.html import Markup, element

LETTERS = 24  # of a title that fit

STYLE = Markup("""
.graph { --paper: #ffffff; --ink: #1b1f26; --quiet: #566070; --line: #9aa4b2; --band: #f5f6f8;
  --new: #f2f4f7; --new-line: #7a8494; --ready: #e3eefc; --ready-line: #1457b8;
  --studying: #fff1d6; --studying-line: #8a5800; --learnt: #d7efe2; --learnt-line: #0b6b4a;
  --faded: #fbe3e4; --faded-line: #a3211a; font-family: system-ui, "Segoe UI", Roboto, sans-serif; font-size: 12px; }
@media (prefers-color-scheme: dark) {
  .graph { --paper: #14171c; --ink: #e9ebef; --quiet: #a6afbd; --line: #5d6776; --band: #1a1e25;
    --new: #1f242c; --new-line: #8d97a6; --ready: #14263f; --ready-line: #7db4ff;
    --studying: #33270f; --studying-line: #e0aa4e; --learnt: #133628; --learnt-line: #58c99b;
    --faded: #3a1b1f; --faded-line: #ff9a94; } }
.graph .ground { fill: var(--paper); } .graph .band { fill: var(--band); }
.graph text { fill: var(--ink); } .graph .area { fill: var(--quiet); font-weight: 600; font-size: 13px; }
.graph .arrow { fill: none; stroke: var(--line); stroke-width: 1.2; }
.graph .node rect { stroke-width: 1.5; rx: 6px; }
.graph .new rect { fill: var(--new); stroke: var(--new-line); }
.graph .ready rect { fill: var(--ready); stroke: var(--ready-line); stroke-width: 2.2; }
.graph .studying rect { fill: var(--studying); stroke: var(--studying-line); stroke-width: 2.2; }
.graph .learnt rect { fill: var(--learnt); stroke: var(--learnt-line); }
.graph .faded rect { fill: var(--faded); stroke: var(--faded-line); stroke-dasharray: 5 3; stroke-width: 2; }
""")


def svg(picture: Picture) -> Markup:
    """The picture."""
    told = layout(picture)
    legend = told.height + 4
    height = legend + HEIGHT
    width = max(told.width, 5 * 92 + 32)
    return element(
        "svg",
        element("title", f"{picture.title}: {len(picture.nodes)} topics and what they need"),
        element("style", STYLE),
        element("rect", class_="ground", width=f"{width:g}", height=f"{height:g}"),
        *_bands(picture, told),
        element("g", *_arrows(picture, told), class_="arrows", aria_hidden="true"),
        element("g", *_nodes(picture, told), class_="nodes"),
        element("g", *_legend(legend), class_="legend"),
        xmlns="http://www.w3.org/2000/svg",
        class_="graph",
        viewBox=f"0 0 {width:g} {height:g}",
        width=f"{width:g}",
        height=f"{height:g}",
        role="group",
        aria_label=picture.title,
    )


def _bands(picture: Picture, told: Layout) -> Iterator[Markup]:
    for number, band in enumerate(told.bands):
        if number % 2 == 0:
            yield element(
                "rect",
                class_="band",
                x=0,
                y=f"{band.top - 6:g}",
                width=f"{told.width:g}",
                height=f"{band.bottom - band.top + 12:g}",
            )
        yield element("text", picture.areas[band.area], class_="area", x=16, y=f"{band.top + 13:g}")


def _arrows(picture: Picture, told: Layout) -> Iterator[Markup]:
    for arrow in picture.arrows:
        (x0, y0), (x1, y1) = told.places[arrow.need], told.places[arrow.topic]
        x0, y0, y1 = x0 + WIDTH, y0 + HEIGHT / 2, y1 + HEIGHT / 2
        bend = max(ACROSS / 2, min(140.0, (x1 - x0) / 2))
        yield element(
            "path",
            class_="arrow",
            d=f"M{x0:.0f} {y0:.0f}C{x0 + bend:.0f} {y0:.0f} {x1 - bend:.0f} {y1:.0f} {x1:.0f} {y1:.0f}",
            data_from=picture.nodes[arrow.need].id,
            data_to=picture.nodes[arrow.topic].id,
        )


def _nodes(picture: Picture, told: Layout) -> Iterator[Markup]:
    for node, (x, y) in zip(picture.nodes, told.places, strict=True):
        yield element(
            "g",
            element("title", describe(node)),
            element("rect", width=WIDTH, height=HEIGHT),
            element("text", f"{LOOKS[node.look]} {short(node.title)}", x=8, y=17),
            class_=f"node {node.look}",
            transform=f"translate({x:.0f} {y:.0f})",
            data_id=node.id,
        )


def _legend(y: float) -> Iterator[Markup]:
    for at, (name, sign) in enumerate(LOOKS.items()):
        yield element(
            "g",
            element("rect", width=84, height=20),
            element("text", f"{sign} {name}", x=8, y=14),
            class_=f"node {name}",
            transform=f"translate({16 + at * 92} {y:.0f})",
        )


def short(title: str) -> str:
    """A title that fits into its box."""
    plain = title.replace("$", "")
    return plain if len(plain) <= LETTERS else plain[: LETTERS - 1].rstrip() + "…"


def describe(node: Node) -> str:
    """What is said of a topic when one points at it."""
    told = [node.title, f"{node.look}, {node.hours:g} h"]
    if node.recall is not None:
        told.append(f"recall {node.recall:.0%}")
    if node.unlocks:
        told.append(f"unlocks {node.unlocks}")
    return ", ".join(told) + f" ({node.id})"
