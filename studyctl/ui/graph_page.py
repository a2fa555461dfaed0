"""A picture as a page to move about in: zoom, search, and light that follows the arrows."""

from __future__ import annotations

from studyctl.core.picture import LOOKS, Picture
from studyctl.ui.graph_svg import svg
from studyctl.ui.html import Markup, data, element
from studyctl.ui.pages import script, whole

MEANS = {  # what is said of the topics of a look
    "new": "something that they need is not learnt yet",
    "ready": "all that they need is learnt",
    "studying": "begun and not finished",
    "learnt": "done or known",
    "faded": "learnt once, and recall is low now",
}


def page(picture: Picture) -> str:
    """The page; it needs no network and no other file."""
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
                    title=MEANS[name],
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
        script("d3.min.js"),
        script("graph.js"),
    )
    return whole(f"{picture.title}: topics and what they need", "graph.css", *body)


def _hint() -> Markup:
    return element(
        "p",
        "Arrows lead down, from a topic to what needs it. Choose a topic: full lines light up to what it needs, "
        "broken ones to what it leads to. A wheel or two fingers zoom, dragging moves, the name of an area shows it whole. ",
        element("span", "Keys: / searches, arrows go from topic to topic, Escape clears.", class_="keys"),
    )
