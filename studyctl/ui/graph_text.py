"""A picture as text for other programs: Graphviz's DOT, and Mermaid."""

from __future__ import annotations

from collections.abc import Iterator

from studyctl.core.picture import LOOKS, Picture
from studyctl.ui.graph_svg import describe

FILLS = {"new": "#f2f4f7", "ready": "#e3eefc", "studying": "#fff1d6", "learnt": "#d7efe2", "faded": "#fbe3e4"}
LINES = {"new": "#7a8494", "ready": "#1457b8", "studying": "#8a5800", "learnt": "#0b6b4a", "faded": "#a3211a"}


def dot(picture: Picture) -> str:
    """The picture in the language of Graphviz."""
    return "\n".join(_dot(picture)) + "\n"


def _dot(picture: Picture) -> Iterator[str]:
    yield f"digraph {_quoted(picture.title)} {{"
    yield "  rankdir=LR;"
    yield '  node [shape=box, style="rounded,filled", fontname="sans-serif", fontcolor="#1b1f26"];'
    for number, (area, title) in enumerate(picture.areas.items()):
        yield f"  subgraph cluster_{number} {{"
        yield f"    label={_quoted(title)};"
        for node in picture.nodes:
            if node.area == area:
                style = '"rounded,filled,dashed"' if node.look == "faded" else '"rounded,filled"'
                yield (
                    f"    {_quoted(node.id)} [label={_quoted(f'{LOOKS[node.look]} {node.title}')}, style={style}, "
                    f'fillcolor="{FILLS[node.look]}", color="{LINES[node.look]}", tooltip={_quoted(describe(node))}];'
                )
        yield "  }"
    for arrow in picture.arrows:
        yield f"  {_quoted(picture.nodes[arrow.need].id)} -> {_quoted(picture.nodes[arrow.topic].id)};"
    yield "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def mermaid(picture: Picture) -> str:
    """The picture in the language of Mermaid, which GitHub and many editors draw."""
    return "\n".join(_mermaid(picture)) + "\n"


def _mermaid(picture: Picture) -> Iterator[str]:
    yield "flowchart LR"
    for number, (area, title) in enumerate(picture.areas.items()):
        yield f"  subgraph area{number}[{_entity(title)}]"
        for at, node in enumerate(picture.nodes):
            if node.area == area:
                yield f"    t{at}[{_entity(f'{LOOKS[node.look]} {node.title}')}]:::{node.look}"
        yield "  end"
    for arrow in picture.arrows:
        yield f"  t{arrow.need} --> t{arrow.topic}"
    for name in LOOKS:
        dash = ",stroke-dasharray:5 3" if name == "faded" else ""
        yield f"  classDef {name} fill:{FILLS[name]},stroke:{LINES[name]},color:#1b1f26{dash}"


def _entity(text: str) -> str:
    """Text between quotes; what Mermaid would read as its own is written as a number."""
    safe = "".join(f"#{ord(sign)};" if sign in '"#;<>&$\\`' else sign for sign in text)
    return f'"{safe}"'
