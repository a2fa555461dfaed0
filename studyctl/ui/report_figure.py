"""A figure of the report: a picture that the browser draws, and the table behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studyctl.ui.html import Markup, element

Document = Mapping[str, Any]


def figure(name: str, label: str, says: str, *behind: Markup, small: bool = False) -> Markup:
    """A picture that the browser draws, with what it says for those who do not see it, and its table."""
    return element(
        "figure",
        element("figcaption", label),
        element(
            "div",
            class_="chart small" if small else "chart",
            data_chart=name,
            data_label=label,
            data_says=says,
        ),
        element("details", element("summary", "Table", aria_label=f"Table: {label}"), *behind)
        if behind
        else None,
    )
