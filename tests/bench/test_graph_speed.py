"""How long the pictures of a grown curriculum take, how soon its page can be used, how soon Tab answers.

Nothing here fails on time: ratios and milliseconds are printed (`python -m pytest tests/bench -s`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import mapped
import pytest
from real.browser import browser
from test_plan_speed import best


@pytest.fixture
def ours(home: Path, tmp_path: Path) -> list[str]:
    """The command line with a curriculum of 444 topics, some of them known."""
    told = [
        sys.executable,
        "-m",
        "studyctl",
        "--no-builtin",
        "--curriculum",
        str(mapped.write(tmp_path / "grown")),
    ]
    subprocess.run([*told, "know", "topic-10-05"], check=True, capture_output=True)
    return told


def test_pictures(ours: list[str], tmp_path: Path):
    floor = best(sys.executable, "-c", "import click")
    for kind in ("svg", "html", "dot", "mmd", "json"):
        path = tmp_path / f"graph.{kind}"
        ratio = best(*ours, "graph", "-o", str(path)) / floor
        print(f"\n444 topics as .{kind}: {ratio:.1f} × import click, {path.stat().st_size / 1e3:.0f} kB")
    for words in ([], ["topic-33-29"]):
        ratio = best(*ours, "graph", *words) / floor
        print(f"\ngraph {' '.join(words)} on the terminal: {ratio:.1f} × import click")


def test_the_page_in_a_browser(ours: list[str], tmp_path: Path):
    chromium = shutil.which("chromium") or pytest.skip("needs a browser")
    page = tmp_path / "graph.html"
    subprocess.run([*ours, "graph", "-o", str(page)], check=True, capture_output=True)
    with browser(chromium, tmp_path) as one:
        one.look(1440)
        for _ in range(3):
            one.open(page)
            ready = one.ask("performance.getEntriesByType('navigation')[0].loadEventEnd")
            click = one.ask(
                "(() => { const t = performance.now(); document.querySelector('.node[data-id=\"topic-14-08\"]')"
                ".dispatchEvent(new MouseEvent('click', {bubbles: true})); return performance.now() - t; })()"
            )
            print(f"\nthe page can be used after {ready:.0f} ms, a click lights up in {click:.0f} ms")


def test_tab(home: Path):
    floor = best(sys.executable, "-c", "import click")
    for words in ("studyctl s", "studyctl start lin", "studyctl rate naive-sets/p", "studyctl deck build l"):
        asked = {
            "_STUDYCTL_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(words.count(" ")),
        }
        times = []
        for _ in range(7):
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "studyctl"], env=os.environ | asked, check=True, capture_output=True
            )
            times.append(time.perf_counter() - began)
        told = min(times)
        print(f"\nTab after {words!r}: {1000 * told:.0f} ms, {told / floor:.1f} × import click")
