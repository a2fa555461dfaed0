"""A page of cards as Anki shows them, to be looked at and measured in a browser."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .conftest import Face

# What Anki's own style sheet says of cards, as far as it touches ours.
ANKI = """
hr { background-color: #cccccc; }
body { margin: 20px; overflow-wrap: break-word; }
body.nightMode { background-color: #2c2c2c; color: #fcfcfc; }
img { max-width: 100%; max-height: 95vh; }
li { text-align: start; }
pre { text-align: left; }
#typeans { width: 100%; box-sizing: border-box; }
code#typeans { white-space: pre-wrap; }
.typeGood { background: #afa; color: black; }
.typeBad { background: #faa; color: black; }
.typeMissed { background: #ccc; color: black; }
"""
TYPED = '<center><input type=text id=typeans style="font-family: Arial; font-size: 20px;"></center>'
COMPARED = (
    '<div style="font-family: Arial; font-size: 20px"><code id=typeans><span class=typeGood>a</span>'
    "<span class=typeBad>b</span><br><span id=typearrow>&darr;</span><br><span class=typeGood>a</span>"
    "<span class=typeMissed>c</span></code></div>"
)
MEASURE = (Path(__file__).parent / "measure.js").read_text(encoding="utf-8")


class View(NamedTuple):
    """How somebody looks at cards."""

    width: int
    night: bool

    def __str__(self) -> str:
        return f"{'night' if self.night else 'day'}-{self.width}"


VIEWS = [View(width, night) for width in (390, 1000) for night in (False, True)]


def mathjax_scripts(mathjax: Path) -> str:
    """MathJax with the settings of Anki."""
    scripts = mathjax.as_uri() + "/es5"
    settings = {
        "tex": {
            "displayMath": [["\\[", "\\]"]],
            "processEscapes": False,
            "processEnvironments": False,
            "processRefs": False,
            "packages": {"[+]": ["noerrors", "mathtools", "mhchem"]},
        },
        "chtml": {"fontURL": f"{scripts}/output/chtml/fonts/woff-v2"},
    }
    return f"<script>MathJax = {json.dumps(settings)}</script><script src='{scripts}/tex-chtml-full.js'></script>"


def frame(mathjax: Path, view: View, sides: Sequence[tuple[str, str]], css: str, height: int) -> str:
    """A frame that shows the sides, `(name, html)`, one below the other, and measures them."""
    classes = "card card1" + (" nightMode night_mode" if view.night else "")
    shown = "".join(
        f'<div class="side" data-name="{html.escape(name)}">{_typed(side)}</div>' for name, side in sides
    )
    page = (
        f"<!doctype html><meta charset=utf-8><style>{ANKI}</style><style>{css}</style>"
        f"{mathjax_scripts(mathjax)}"
        f'<body class="{classes}" data-view="{view}"><div id="qa">{shown}</div><script>{MEASURE}</script></body>'
    )
    style = f"width:{view.width}px;height:{height}px;border:0;margin:4px;display:inline-block"
    return f'<iframe style="{style}" srcdoc="{html.escape(page)}"></iframe>'


def _typed(side: str) -> str:
    """The field to type in, or the comparison, in the place that Anki marks for it."""
    return re.sub(r"\[\[type:[^\]]*\]\]", COMPARED if 'id="answer"' in side else TYPED, side)


def browse(chromium: str, page: Path, folder: Path, *options: str) -> str:
    """What the browser says about a page."""
    run = subprocess.run(
        [
            chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", "--allow-file-access-from-files", f"--user-data-dir={folder / 'profile'}",
            "--virtual-time-budget=120000", *options, page.as_uri(),
        ],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert 0 == run.returncode, run.stderr[-2000:]
    return run.stdout


def measured(chromium: str, mathjax: Path, folder: Path, views: Sequence[View], faces: Sequence[Face]) -> Any:
    """What is wrong with the cards in each view, by its name: `[[card, what], …]`."""
    sides = [
        (f"{face.id} {which}", side)
        for face in faces
        for which, side in (("question", face.question), ("answer", face.answer))
    ]
    page = folder / "measured.html"
    frames = "".join(frame(mathjax, view, sides, faces[0].css, 900) for view in views)
    page.write_text(
        f"<!doctype html><meta charset=utf-8><body><pre id=told></pre>{frames}<script>"
        "addEventListener('message', (e) => { told.textContent += JSON.stringify(e.data) + '\\n'; })</script>",
        encoding="utf-8",
    )
    dom = browse(chromium, page, folder, "--dump-dom")
    told = html.unescape(re.search(r"<pre id=\"told\">(.*?)</pre>", dom, re.DOTALL)[1])  # type: ignore[index]
    answers = [json.loads(line) for line in told.splitlines()]
    assert {str(view) for view in views} == {answer["view"] for answer in answers}
    assert all(answer["sides"] == len(sides) for answer in answers)
    return {answer["view"]: answer["faults"] for answer in answers}


def widths(chromium: str, mathjax: Path, folder: Path, formulas: Sequence[str]) -> list[float]:
    """How wide each text is when it is set in one line, in pixels."""
    page = folder / "widths.html"
    lines = "".join(f'<div style="width:5000px"><span>{formula}</span></div>' for formula in formulas)
    page.write_text(
        f"<!doctype html><meta charset=utf-8>{mathjax_scripts(mathjax)}<body>{lines}<pre id=told></pre><script>"
        "onload = () => MathJax.startup.promise.then(() => document.fonts.ready).then(() => { told.textContent ="
        " JSON.stringify([...document.querySelectorAll('div > span')].map((e) => e.getBoundingClientRect().width)) })"
        "</script>",
        encoding="utf-8",
    )
    told = re.search(r"<pre id=\"told\">(.*?)</pre>", browse(chromium, page, folder, "--dump-dom"))
    assert told
    found: list[float] = json.loads(told[1])
    return found


def screenshot(
    chromium: str, mathjax: Path, folder: Path, view: View, faces: Sequence[Face], path: Path
) -> None:
    """A picture of both sides of the cards."""
    height = 560 if view.width < 600 else 420
    columns = 4 if view.width < 600 else 2
    frames = [
        frame(mathjax, view, [(face.id, side)], face.css, height)
        for face in faces
        for side in (face.question, face.answer)
    ]
    page = folder / "looked.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><body style='margin:0;background:#888'>{''.join(frames)}",
        "utf-8",
    )
    rows = -(-len(frames) // columns)
    size = f"--window-size={columns * (view.width + 12)},{rows * (height + 12)}"
    browse(chromium, page, folder, size, f"--screenshot={path}")
