"""The graph's page in a browser: search, click, keys, light and dark, wide and narrow, and 444 topics."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import mapped
import pytest
from conftest import Studyctl

from .browser import Browser, browser

pytestmark = pytest.mark.real
WIDTHS = (360, 1440)

CONTRAST = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = (colour) => { canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const light = (colour) => { const [r, g, b] = rgb(colour).map((c) => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const style = (one) => getComputedStyle(one);
  const told = [];
  for (const box of document.querySelectorAll('.nodes .node, .clusters .cluster')) {
    for (const text of box.querySelectorAll('text')) told.push(ratio(style(text).fill, style(box.querySelector('rect')).fill));
  }
  const behind = (one) => { while (style(one).backgroundColor === 'rgba(0, 0, 0, 0)') one = one.parentElement; return style(one).backgroundColor; };
  for (const one of document.querySelectorAll('header button, h1, input, #about p, #about h2, #about button, #about code, #about .key')) {
    told.push(ratio(style(one).color, behind(one)));
  }
  return Math.min(...told);
})()"""
COVERED = """(() => {
  const texts = [...document.querySelectorAll('.world text')].filter((one) => one.textContent);
  const boxes = texts.map((one) => one.getBoundingClientRect());
  const told = [];
  for (let a = 0; a < boxes.length; a++) for (let b = a + 1; b < boxes.length; b++) {
    const [p, q] = [boxes[a], boxes[b]];
    const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (across > 0 && down > .25 * Math.min(p.height, q.height)) told.push([texts[a].textContent, texts[b].textContent]);
  }
  return told;
})()"""
OVERFLOW = """[...document.querySelectorAll('.world .node, .world .cluster')].filter((box) => {
  const room = box.querySelector('rect').getBoundingClientRect();
  return [...box.querySelectorAll('text')].some((text) => {
    const told = text.getBoundingClientRect();
    return told.right > room.right || told.left < room.left || told.top < room.top || told.bottom > room.bottom;
  });
}).map((one) => one.textContent)"""
DATA = "document.getElementById('data').textContent"
SELF = "document.querySelector('.node.self').dataset.id"


def node(name: str) -> str:
    return f"""document.querySelector('.node[data-id="{name}"]')"""


def click(one: Browser, name: str) -> None:
    one.ask(f"{node(name)}.dispatchEvent(new MouseEvent('click', {{bubbles: true}}))")


def press(one: Browser, where: str, key: str) -> None:
    one.ask(f"{where}.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))")


def names(one: Browser, kind: str) -> set[str]:
    return set(one.ask(f"[...document.querySelectorAll('.node.{kind}')].map((node) => node.dataset.id)"))


def quiet(one: Browser) -> None:
    assert [] == one.said
    assert all(address.startswith("file:") for address in one.asked)


def behind(edges: list[dict[str, str]], start: str, here: str, there: str) -> set[str]:
    """Everything that edges lead to from `start`."""
    met: set[str] = set()
    stack = [start]
    while stack:
        name = stack.pop()
        fresh = {edge[there] for edge in edges if edge[here] == name} - met
        met |= fresh
        stack += fresh
    return met


@pytest.fixture
def page(studyctl: Studyctl, tmp_path: Path) -> Path:
    """The whole curriculum, some of it learnt."""
    studyctl.ok("know", "linear-regression")
    studyctl.ok("start", "derivatives")
    path = tmp_path / "graph.html"
    studyctl.ok("graph", "-o", str(path))
    return path


@pytest.fixture
def grown(studyctl: Studyctl, tmp_path: Path) -> tuple[Path, Any]:
    """A curriculum of 444 topics as a page, and what JSON says of it."""
    studyctl.options = ["--no-builtin", "--curriculum", str(mapped.write(tmp_path / "grown"))]
    studyctl.ok("know", "topic-10-05")
    studyctl.ok("start", "topic-11-03")
    path = tmp_path / "grown.html"
    studyctl.ok("graph", "-o", str(path))
    return path, studyctl.ok("graph", "--json").json


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_works_and_can_be_read(chromium: str, page: Path, tmp_path: Path, width: int, night: bool):
    with browser(chromium, tmp_path) as one:
        one.look(width, night=night)
        one.open(page)
        assert "yes" == one.ask("document.body.dataset.ready")
        assert one.ask("document.documentElement.scrollWidth") <= width
        assert [] == one.ask(OVERFLOW)
        assert [] == one.ask(COVERED)
        assert one.ask(CONTRAST) >= 4.5
        click(one, "pca")
        assert one.ask("document.documentElement.scrollWidth") <= width
        lit = names(one, "lit")
        assert {"pca", "svd", "precalculus"} <= lit
        assert "poisson-process" not in lit
        assert "Principal component analysis" in one.ask("document.getElementById('about').textContent")
        assert one.picture(tmp_path / f"{width}-{night}.png").startswith(b"\x89PNG")
        quiet(one)


@pytest.mark.parametrize("width", WIDTHS)
def test_444_topics_can_be_read_and_their_numbers_are_those_of_the_json(
    chromium: str, grown: tuple[Path, Any], tmp_path: Path, width: int
):
    path, told = grown
    assert 444 == len(told["nodes"])
    with browser(chromium, tmp_path) as one:
        one.look(width)
        one.open(path)
        assert [] == one.ask(OVERFLOW)
        assert [] == one.ask(COVERED)
        assert one.ask(CONTRAST) >= 4.5
        assert one.ask("document.querySelectorAll('.arrow').length") == len(told["edges"])
        looks = {node["id"]: node["look"] for node in told["nodes"]}
        for name in sorted(set(looks.values())):
            button = f"document.querySelector('button[data-look={name}]')"
            assert str(list(looks.values()).count(name)) == one.ask(f"{button}.textContent").split()[-1]
            one.ask(f"{button}.click()")
            assert {topic for topic, look in looks.items() if look == name} == names(one, "hit")
        click(one, "topic-14-08")
        up = behind(told["edges"], "topic-14-08", "to", "from")
        down = behind(told["edges"], "topic-14-08", "from", "to")
        assert up
        assert down
        assert {"topic-14-08", *up, *down} == names(one, "lit")
        assert f"stands on {len(up)}, leads to {len(down)}" in one.ask(
            "document.getElementById('about').textContent"
        )
        quiet(one)


def test_what_is_behind_and_what_is_ahead_look_different(chromium: str, page: Path, tmp_path: Path):
    with browser(chromium, tmp_path) as one:
        one.look(1440)
        one.open(page)
        click(one, "svd")
        dash = "getComputedStyle(document.querySelector('.arrow.{}')).strokeDasharray"
        colour = "getComputedStyle(document.querySelector('.arrow.{}')).stroke"
        assert one.ask(dash.format("up")) != one.ask(dash.format("down"))
        assert one.ask(colour.format("up")) != one.ask(colour.format("down"))


def test_search_lights_and_leads_to_a_topic(chromium: str, page: Path, tmp_path: Path):
    with browser(chromium, tmp_path) as one:
        one.look(1200)
        one.open(page)
        find = "(() => {{ const s = document.getElementById('search'); s.value = '{}'; s.dispatchEvent(new Event('{}')); }})()"
        one.ask(find.format("eigen", "input"))
        assert "eigenvalues-and-diagonalization" in names(one, "hit")
        assert "found" in one.ask("document.getElementById('about').textContent")
        one.ask(find.format("Quantifiers", "change"))
        assert {"quantifiers"} == names(one, "self")
        one.ask("new Promise((done) => setTimeout(done, 500))")
        x, y = one.ask(
            f"(() => {{ const b = {node('quantifiers')}.getBoundingClientRect(); return [b.x + b.width / 2, b.y]; }})()"
        )
        assert 0 < x < 1200
        assert 0 < y < 900
        press(one, "document", "Escape")
        assert set() == names(one, "lit")
        quiet(one)


def test_the_keyboard_goes_everywhere(chromium: str, page: Path, tmp_path: Path):
    with browser(chromium, tmp_path) as one:
        one.look(1200)
        one.open(page)
        press(one, "document", "/")
        assert "search" == one.ask("document.activeElement.id")
        assert 1 == one.ask("document.querySelectorAll('.node[tabindex=\"0\"]').length")
        one.ask(f"{node('svd')}.focus()")
        press(one, node("svd"), "Enter")
        assert "svd" == one.ask(SELF)
        needs = {edge["from"] for edge in json.loads(one.ask(DATA))["edges"] if edge["to"] == "svd"}
        press(one, node("svd"), "ArrowUp")
        above = one.ask("document.activeElement.dataset.id")
        assert above in needs
        press(one, node(above), "ArrowDown")
        press(one, "document.activeElement", " ")
        assert one.ask(SELF) == one.ask("document.activeElement.dataset.id")
        quiet(one)


def test_zoom_and_the_whole(chromium: str, page: Path, tmp_path: Path):
    where = "document.querySelector('.world').getAttribute('transform')"
    with browser(chromium, tmp_path) as one:
        one.look(1440)
        one.open(page)
        first = one.ask(where)
        one.ask("document.getElementById('in').click()")
        assert first != one.ask(where)
        one.ask("document.getElementById('fit').click()")
        one.ask("new Promise((done) => setTimeout(done, 500))")
        inside = one.ask(
            "(() => { const s = document.getElementById('stage').getBoundingClientRect();"
            " const w = document.querySelector('.clusters').getBoundingClientRect();"
            " return w.left >= s.left && w.right <= s.right && w.top >= s.top && w.bottom <= s.bottom; })()"
        )
        assert inside
        quiet(one)


def test_paper_has_the_whole_and_the_window_stays_where_it_was(chromium: str, page: Path, tmp_path: Path):
    where = "document.querySelector('.world').getAttribute('transform')"
    with browser(chromium, tmp_path) as one:
        one.look(1440)
        one.open(page)
        one.ask("document.getElementById('in').click()")
        one.ask("new Promise((done) => setTimeout(done, 500))")
        there = one.ask(where)
        one.ask(
            f"addEventListener('beforeprint', () => {{ window.printed = [{where}, svg.getAttribute('viewBox')]; }});"
            " const svg = document.querySelector('svg.graph'); 0"
        )
        one.print(tmp_path / "graph.pdf")
        told = one.ask("window.printed")
        assert told[0] is None
        assert told[1].startswith("0 0 ")
        assert there == one.ask(where)
        assert one.ask("document.querySelector('svg.graph').getAttribute('viewBox')") is None
        quiet(one)


def test_it_opens_where_one_studies_with_the_name_of_the_area(
    chromium: str, grown: tuple[Path, Any], tmp_path: Path
):
    path, told = grown
    area = next(one["area"] for one in told["nodes"] if one["id"] == "topic-11-03")
    seen = f"""(() => {{
      const stage = document.getElementById('stage').getBoundingClientRect();
      return [...document.querySelectorAll('.cluster[data-area="{area}"] text, .node[data-id="topic-11-03"]')].map((one) => {{
        const box = one.getBoundingClientRect();
        return box.left >= stage.left && box.right <= stage.right && box.top >= stage.top && box.bottom <= stage.bottom && box.height > 10;
      }}); }})()"""
    with browser(chromium, tmp_path) as one:
        one.look(1366, 720)
        one.open(path)
        assert [True, True] == one.ask(seen)
        quiet(one)


def test_a_state_says_what_it_means(chromium: str, page: Path, tmp_path: Path):
    with browser(chromium, tmp_path) as one:
        one.look(360)
        one.open(page)
        one.ask("document.querySelector('button[data-look=ready]').click()")
        assert "all that they need is learnt" in one.ask("document.getElementById('about').textContent")
        one.ask("document.querySelector('button[data-look=ready]').click()")
        assert "Arrows lead down" in one.ask("document.getElementById('about').textContent")
        quiet(one)
