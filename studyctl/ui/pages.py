"""What every page of ours is: one file that needs no network, and may ask for nothing."""

from __future__ import annotations

from pathlib import Path

from studyctl.ui.html import Markup, element

WEB = Path(__file__).parent / "web"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"


def whole(title: str, style: str, *body: object) -> str:
    """A page with this title, the style sheet of this name, and this body."""
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="generator", content="studyctl"),
        element("title", title),
        element("style", shipped(style)),
    )
    return f"<!doctype html>\n{element('html', head, element('body', *body), lang='en')}\n"


def script(name: str) -> Markup:
    """A script that is shipped with us."""
    return element("script", shipped(name))


def shipped(name: str) -> Markup:
    """What a file that is shipped with us holds."""
    return Markup((WEB / name).read_text(encoding="utf-8"))
