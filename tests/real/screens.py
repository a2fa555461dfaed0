"""Makes the pictures of the manual: `python -m tests.real.screens` writes `docs/screens/`.

They show somebody who has studied for two years (`tests/evenings.py`): screens of the terminal as SVG,
the report, the map and cards as a browser draws them. Needs Chromium, Anki and MathJax, as the tests beside it.
"""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from tests import evenings

from .browser import Browser, browser
from .card_page import View, frame
from .conftest import ROOT, Learner, deck_of, faces_of, program

SCREENS = ROOT / "docs" / "screens"
COLUMNS = 80
PLAN_DOES_NOT_FIT = 4
COMMANDS = {
    "status": ["status"],
    "plan": ["plan"],
    "week": ["report", "--week"],
    "forecast": ["forecast", "--plot"],
    "tree": ["graph", "self-attention"],
}
CARD = "svd/image-of-the-disk"
TERMINAL = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px;
line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}"
height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    """Write every picture."""
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = evenings.built_in(folder)
        for picture, words in COMMANDS.items():
            told = studyctl(home, *words)
            write(f"{picture}.svg", terminal(words, told).encode())
        studyctl(home, "report", "--html", str(folder / "report.html"))
        studyctl(home, "graph", "-o", str(folder / "graph.html"))
        with browser(program("a browser", ["chromium", "chromium-browser", "google-chrome"]), folder) as one:
            for hour, night in (("day", False), ("night", True)):
                one.look(1200, 900, night=night)
                one.open(folder / "report.html")
                write(f"report-{hour}.webp", seen(one))
                one.open(folder / "graph.html")
                write(f"graph-{hour}.webp", seen(one))
            cards(one, folder)


def studyctl(home: Path, *words: str) -> str:
    """What a command prints on a terminal."""
    setting = os.environ | {
        "STUDYCTL_HOME": str(home),
        "STUDYCTL_CACHE": str(home.parent / "cache"),
        "COLUMNS": str(COLUMNS),
        "TERM": "xterm-256color",
    }
    screen, end = os.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "studyctl", "--now", evenings.NOW, *words], env=setting, stdout=end
    )
    os.close(end)
    told = b""
    while data := _read(screen):
        told += data
    os.close(screen)
    assert run.wait() in (0, PLAN_DOES_NOT_FIT)
    return told.decode().replace("\r\n", "\n")


def _read(screen: int) -> bytes:
    """What comes next on the screen; nothing once the program has ended."""
    try:
        return os.read(screen, 1 << 16)
    except OSError:
        return b""


def terminal(words: list[str], told: str) -> str:
    """A drawing of a terminal with a command and what it prints."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text("$ studyctl " + " ".join(words), style="bold"))
    console.print(Text.from_ansi(told))
    return console.export_svg(title="studyctl", code_format=TERMINAL, unique_id="studyctl-" + words[0])


def seen(one: Browser, **clip: Any) -> bytes:
    """What is seen in the window."""
    told = one("Page.captureScreenshot", format="webp", quality=80, **clip)
    return base64.b64decode(told["data"])


def cards(one: Browser, folder: Path) -> None:
    """Cards on a phone, question and answer, by day and by night."""
    import anki.collection as anki

    collection = anki.Collection(str(folder / "collection.anki2"))
    learner = Learner(collection, anki, folder)
    deck = deck_of(ROOT / "curriculum")
    learner.imports(deck.only(lambda note: note.id == CARD).packed())
    chosen = faces_of(learner)[:1]
    media = Path(collection.media.dir()).as_uri()
    mathjax = Path(os.environ["STUDYCTL_MATHJAX"])
    for hour, night in (("day", False), ("night", True)):
        frames = "".join(
            frame(
                mathjax,
                View(390, night),
                [(face.id, side.replace('src="studyctl-', f'src="{media}/studyctl-'))],
                face.css,
                560,
            )
            for face in chosen
            for side in (face.question, face.answer)
        )
        page = folder / "cards.html"
        page.write_text(f"<!doctype html><meta charset=utf-8><body style='margin:0'>{frames}", "utf-8")
        one.look(2 * 400, 568, night=night)
        one.open(page)
        write(f"card-{hour}.webp", seen(one))
    collection.close()


def write(name: str, data: bytes) -> None:
    """Write a picture and say so."""
    (SCREENS / name).write_bytes(data)
    print(f"wrote docs/screens/{name} ({len(data) // 1000} kB)")


if __name__ == "__main__":
    main()
