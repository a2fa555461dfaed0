"""A picture as a page to move about in: zoom, search, and light that follows the arrows."""

from __future__ import annotations

from pathlib import Path

from studyctl.core.picture import LOOKS, Picture
from studyctl.ui.graph_svg import svg
from studyctl.ui.html import Markup, data, element

WEB = Path(__file__).parent / "web"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def page(picture: Picture) -> str:
    """The page; it needs no network and no other file."""
    head = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content="studyctl"),
        element("title", f"{picture.title}: topics and what they need"),
        element("style", _web("graph.css")),
    )
    search = element(
        "label",
        element("span", "Find a topic", class_="hidden"),
        element(
            "input", type="search", id="search", placeholder="Find a topic", list="topics", autocomplete="off"
        ),
    )
    names = element("datalist", *(element("option", value=node.title) for node in picture.nodes), id="topics")
    buttons = element(
        "div",
        *(
            element("button", sign, type="button", id=name, title=words, aria_label=words)
            for name, sign, words in (
                ("out", "−", "Smaller"),
                ("in", "+", "Larger"),
                ("fit", "⤢", "Show everything"),
            )
        ),
        class_="buttons",
    )
    counts = {name: sum(node.look == name for node in picture.nodes) for name in LOOKS}
    legend = element(
        "ul",
        *(
            element(
                "li",
                element(
                    "button",
                    f"{sign} {name} {counts[name]}",
                    type="button",
                    data_look=name,
                    aria_pressed="false",
                ),
            )
            for name, sign in LOOKS.items()
            if counts[name]
        ),
        class_="looks",
        aria_label="States: press one to find its topics",
    )
    body = (
        element("header", element("h1", picture.title), search, names, buttons, legend),
        element("main", svg(picture), id="stage"),
        element("aside", _hint(), id="about", aria_live="polite"),
        element("script", data(picture.document()), type="application/json", id="data"),
        element("script", _web("d3.min.js")),
        element("script", _web("graph.js")),
    )
    told = element("html", element("head", *head), element("body", *body), lang="en")
    return f"<!doctype html>\n{told}\n"


def _hint() -> Markup:
    return element(
        "p",
        "Arrows lead down, from a topic to what needs it. Click a topic: full lines light up to what it needs, "
        "broken ones to what it leads to. ",
        element("span", "Keys: / searches, arrows go from topic to topic, Escape clears.", class_="keys"),
    )


def _web(name: str) -> Markup:
    return Markup((WEB / name).read_text(encoding="utf-8"))
