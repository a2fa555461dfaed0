"""The report as one page that needs nothing else: no network, no font, no script from anywhere.

The page holds the document of `report --json`, word for word. Sentences and tables are written here;
the pictures are drawn from the same document in the browser, by Observable Plot, as wide as there is
room. So the page is whole without a script, and its numbers can't differ from the JSON's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studyctl.ui.html import Markup, data, element, joined
from studyctl.ui.pages import script, whole
from studyctl.ui.report_sections import Section, sections
from studyctl.ui.report_week import day, week


def page(document: Mapping[str, Any], graph: Markup | None = None) -> str:
    """The page of a report; a document that has the week only makes a page of the week only.

    `graph` is the picture of the prerequisite graph, as SVG.
    """
    parts = [Section("week", "The week", week(document["week"]))]
    if "status" in document:
        glance, *rest = sections(document, graph)
        parts = [glance, *parts, *rest]
    body = (
        element("a", "Skip to the report", href="#report", class_="skip"),
        _header(document, parts),
        element("main", *(_section(one) for one in parts), id="report"),
        element(
            "footer",
            element(
                "p",
                "Made by studyctl from your own journal. Every number is in ",
                element("code", "studyctl report --json"),
                "; point at a picture, tap it or open the table under it for values.",
            ),
        ),
        element("script", data(document), type="application/json", id="data"),
        *(
            [script(name) for name in ("d3.min.js", "plot.umd.min.js", "report.js")]
            if "status" in document
            else []
        ),
    )
    return whole(f"Study report, {document['week']['last']}", "report.css", *body)


def _header(document: Mapping[str, Any], parts: list[Section]) -> Markup:
    links = [element("li", element("a", one.title, href=f"#{one.id}")) for one in parts]
    return element(
        "header",
        element("p", "studyctl", class_="mark"),
        element("h1", "Study report"),
        element("p", f"as of {day(document['week']['last'])}", class_="quiet"),
        element("nav", element("ul", *links), aria_label="Contents") if len(links) > 1 else None,
    )


def _section(one: Section) -> Markup:
    return element(
        "section",
        element("h2", one.title, id=f"{one.id}-title"),
        joined([one.body]),
        id=one.id,
        aria_labelledby=f"{one.id}-title",
    )
