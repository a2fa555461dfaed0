"""The report's page in a browser: its numbers, its looks by day and night, on a phone, a desk and paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import evenings
import pytest
from conftest import Studyctl, write_curriculum

from .browser import Browser, browser

pytestmark = pytest.mark.real
VIEWS = [(360, False), (360, True), (1440, False), (1440, True)]

LOOKS = """(() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgba = (colour) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = (colour) => { const [r, g, b] = rgba(colour).map((c) => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
  const ground = (one) => { for (let at = one; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor; if (rgba(colour)[3] > 250) return colour; } return 'white'; };
  const shown = (one) => { const box = one.getBoundingClientRect(); return box.width > 1 && box.height > 1 && getComputedStyle(one).visibility !== 'hidden'; };
  const words = [...document.querySelectorAll('body *')].filter((one) => shown(one) && !one.closest('script, style, #graph')
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  const pale = words.filter((one) => ratio(one instanceof SVGElement ? getComputedStyle(one).fill : getComputedStyle(one).color, ground(one)) < 4.5);
  const over = [];
  for (const chart of document.querySelectorAll('.chart svg')) {
    const boxes = [...chart.querySelectorAll('text')].filter((one) => one.textContent.trim() && shown(one)).map((one) => [one.textContent, one.getBoundingClientRect()]);
    for (let a = 0; a < boxes.length; a++) for (let b = a + 1; b < boxes.length; b++) {
      const [p, q] = [boxes[a][1], boxes[b][1]];
      if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2.5)
        over.push(`${chart.closest('[data-chart]').dataset.chart}: ${boxes[a][0]} / ${boxes[b][0]}`);
    }
  }
  const wide = [...document.querySelectorAll('.chart svg text')].filter((one) => shown(one) && !one.closest('.scroll') && (one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1));
  return {pale: pale.map((one) => one.textContent.slice(0, 40)), over, wide: wide.map((one) => one.textContent), width: document.documentElement.scrollWidth};
})()"""

TABLES = """Object.fromEntries([...document.querySelectorAll('table[data-table]')].map((table) => [table.dataset.table,
  [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('[data-value]')].map((cell) => JSON.parse(cell.dataset.value)))]))"""


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody who has studied the built-in curriculum for two years."""
    return evenings.built_in(tmp_path_factory.mktemp("life"))


@pytest.fixture
def told(studyctl: Studyctl, life: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Any]:
    """The page, and the document that it is made of."""
    monkeypatch.setenv("STUDYCTL_HOME", str(life))
    studyctl.now = evenings.NOW
    page = tmp_path / "report.html"
    studyctl.ok("report", "--html", str(page))
    document = studyctl.ok("report", "--json").json
    document.pop("version")
    return page, document


@pytest.fixture
def one(chromium: str, tmp_path: Path) -> Iterator[Browser]:
    with browser(chromium, tmp_path) as opened:
        yield opened


def shots(tmp_path: Path) -> Path:
    """Set STUDYCTL_SHOTS to a folder to look at the pictures."""
    return Path(os.environ.get("STUDYCTL_SHOTS", tmp_path))


def test_the_numbers_are_those_of_the_json(one: Browser, told: tuple[Path, Any]):
    page, document = told
    one.look(1440)
    one.open(page)
    assert document == one.ask("JSON.parse(document.getElementById('data').textContent)")
    tables = one.ask(TABLES)
    recall = document["recall"]["all"]
    assert [[row["study"], row["reviews"]] for row in document["days"]] == tables["days"]
    assert [[row["available"], row["study"], row["reviews"]] for row in document["weeks"]] == tables["weeks"]
    assert [[row["learnt"], row["total"]] for row in document["burn_up"]["past"]] == tables["burn-up-past"]
    assert [[row["slow"], row["likely"], row["soon"]] for row in document["burn_up"]["ahead"]] == tables[
        "burn-up-ahead"
    ]
    assert [[row["recall"], row["cards"]] for row in recall["past"]] == tables["recall-past"]
    assert [[row["recall"]] for row in recall["if_you_stop"]] == tables["recall-stop"]
    assert [[row["reviews"], row["minutes"]] for row in document["load"]] == tables["load"]
    for name in ("calibration", "months"):
        lines = document["retention"][name]
        assert [[row["answers"], row["recalled"], row["predicted"]] for row in lines] == tables[name]
    assert [[row["estimate"], row["hours"]] for row in document["estimates"]] == tables["estimates"]
    assert [[row["lapses"], row["early"]] for row in document["leeches"][:20]] == tables["leeches"]
    shares = [goal["done_hours"] / goal["total_hours"] for goal in document["status"]["goals"]]
    known = set(numbers_of(document)) | set(shares)
    assert {value for rows in tables.values() for row in rows for value in row if value is not None} <= known


def numbers_of(document: Any) -> Iterator[float]:
    """Every number in a document."""
    if isinstance(document, dict):
        document = list(document.values())
    if isinstance(document, list):
        for one in document:
            yield from numbers_of(one)
    elif isinstance(document, int | float):
        yield document


def test_every_picture_is_drawn_from_all_of_its_numbers(one: Browser, told: tuple[Path, Any]):
    page, document = told
    one.look(1440)
    one.open(page)
    assert "yes" == one.ask("document.documentElement.dataset.drawn")
    assert [] == one.ask(
        "[...document.querySelectorAll('[data-chart]')].filter((one) => !one.querySelector('svg')).map((one) => one.dataset.chart)"
    )
    count = "document.querySelectorAll('[data-chart={}] svg [aria-label={}] {}').length"
    assert len(document["estimates"]) == one.ask(count.format("estimates", "dot", "circle"))
    answered = [row for row in document["retention"]["calibration"] if row["answers"] >= 5]
    assert len(answered) == one.ask(count.format("calibration", "dot", "circle"))
    assert len(document["load"]) == one.ask(count.format("load", "rect", "rect"))
    assert 104 == len(document["weeks"])
    for width in (360, 1440):
        one.look(width)
        one.settle()
        assert 2 * 104 == one.ask(count.format("weeks", "rect", "rect"))
    cells = "[...document.querySelectorAll('[data-chart=days] svg rect')].filter((one) => one.getAttribute('fill') && one.closest('[aria-label=cell]')).length"
    assert len(document["days"]) == one.ask(cells)


@pytest.mark.parametrize(("width", "night"), VIEWS)
def test_it_can_be_read_by_day_and_night_on_a_phone_and_a_desk(
    one: Browser, told: tuple[Path, Any], tmp_path: Path, width: int, night: bool
):
    page, _ = told
    one.look(width, night=night)
    one.open(page)
    picture = one.whole_picture(shots(tmp_path) / f"report-{width}-{'night' if night else 'day'}.png")
    assert picture.startswith(b"\x89PNG")
    assert {"pale": [], "over": [], "wide": [], "width": width} == one.ask(LOOKS)
    assert [] == one.said
    assert all(address.startswith("file:") for address in one.asked)


def test_it_is_one_file_under_two_megabytes_that_asks_for_nothing(one: Browser, told: tuple[Path, Any]):
    page, _ = told
    assert page.stat().st_size < 2_000_000
    one.open(page)
    assert {page.as_uri()} == set(one.asked)
    one.ask("fetch('https://example.org/').catch(() => 0)")
    assert any("Content Security Policy" in line for line in one.said)


SQUARES = """(() => {
  const box = (one) => one.getBoundingClientRect();
  const squares = [...document.querySelectorAll('[data-chart=days] [aria-label=cell] rect')].map(box);
  const last = Math.max(...squares.map((one) => one.right)), first = Math.min(...squares.map((one) => one.left));
  const frame = document.querySelector('[data-chart=days] .scroll');
  return {width: Math.min(...squares.map((one) => one.width)), height: Math.min(...squares.map((one) => one.height)),
    first, last, moves: frame ? frame.scrollWidth > frame.clientWidth : false, page: document.documentElement.scrollWidth};
})()"""


@pytest.mark.parametrize(("width", "size", "moves"), [(360, 20, True), (768, 20, True), (1440, 20, False)])
def test_days_can_be_read_and_touched_and_the_last_ones_are_seen_first(
    one: Browser, told: tuple[Path, Any], width: int, size: int, moves: bool
):
    page, _ = told
    one.look(width)
    one.open(page)
    squares = one.ask(SQUARES)
    assert min(squares["width"], squares["height"]) >= size
    assert squares["last"] <= width == squares["page"]
    assert moves == squares["moves"] == (squares["first"] < 0)


def test_a_calendar_of_a_few_weeks_needs_no_frame(one: Browser, studyctl: Studyctl, tmp_path: Path):
    studyctl.ok("log", "naive-sets", "45", "--ended", "2026-11-10T20:00", now=evenings.NOW)
    page = tmp_path / "few.html"
    studyctl.ok("report", "--html", str(page), now=evenings.NOW)
    one.look(360)
    one.open(page)
    squares = one.ask(SQUARES)
    assert not squares["moves"]
    assert squares["first"] > 0
    assert squares["last"] <= 360
    assert [] == one.said


OPEN = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
FRAMES = """[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1)
  .map((one) => [one.getBoundingClientRect().right, getComputedStyle(one).overflowX])"""


@pytest.mark.parametrize("width", [320, 360])
def test_wide_tables_move_in_their_own_frames_and_not_the_page(
    one: Browser, told: tuple[Path, Any], width: int
):
    page, _ = told
    one.look(width, phone=True)
    one.open(page)
    one.ask(OPEN)
    frames = one.ask(FRAMES)
    assert len(frames) >= 5
    assert all(right <= width and overflow == "auto" for right, overflow in frames)
    assert [width, width] == one.ask("[innerWidth, document.documentElement.scrollWidth]")


def test_words_that_are_longer_than_a_line_do_not_move_the_page(
    one: Browser, studyctl: Studyctl, tmp_path: Path
):
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    text = "title: {}\nsummary: Odd. One can look.\nhours: 3\n"
    files = {"areas.yaml": f"odd: {{title: {word}}}\n", f"topics/odd/{'long' * 15}.yaml": text.format(word)}
    studyctl.options = ["--no-builtin", "--curriculum", str(write_curriculum(tmp_path / "odd", files))]
    studyctl.ok("goal", "add", "long" * 15, now=evenings.NOW)
    studyctl.ok("log", "long" * 15, "90", now=evenings.NOW)
    for words in (["report", "--html"], ["report", "--week", "--html"], ["graph", "-o"]):
        studyctl.ok(*words, str(tmp_path / "page.html"), now=evenings.NOW)
        one.look(360, phone=True)
        one.open(tmp_path / "page.html")
        one.ask("document.querySelector('.node')?.dispatchEvent(new MouseEvent('click', {bubbles: true}))")
        assert [360, 360] == one.ask("[innerWidth, document.documentElement.scrollWidth]")


@pytest.mark.parametrize("night", [False, True])
def test_what_a_square_says_can_be_read(one: Browser, told: tuple[Path, Any], night: bool):
    page, document = told
    one.look(360, night=night, phone=True)
    one.open(page)
    square = "[...document.querySelectorAll('[data-chart=days] [aria-label=cell] rect')].at(-1)"
    one.ask(
        f"document.documentElement.style.scrollBehavior = 'auto'; {square}.scrollIntoView({{block: 'center'}})"
    )
    at = f"(() => {{ const r = {square}.getBoundingClientRect(); return {{x: r.x + r.width / 2, y: r.y + r.height / 2}}; }})()"
    one("Input.dispatchTouchEvent", type="touchStart", touchPoints=[one.ask(at)])
    one("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])
    one.settle()
    tip = "document.querySelector('[data-chart=days] [aria-label=tip]')"
    minutes = [round(60 * document["days"][-1][name]) for name in ("study", "reviews")]
    assert f"{minutes[0]} min study, {minutes[1]} min reviews" in one.ask(f"{tip}.textContent")
    paper = one.ask("getComputedStyle(document.body).backgroundColor")
    assert paper == one.ask(f"getComputedStyle({tip}.querySelector('path')).fill")


def test_it_draws_itself_anew_when_the_window_changes(one: Browser, told: tuple[Path, Any]):
    page, _ = told
    one.look(1440)
    one.open(page)
    wide = one.ask("document.querySelector('[data-chart=burn-up] > svg').clientWidth")
    one.look(500)
    one.settle()
    assert one.ask("document.querySelector('[data-chart=burn-up] > svg').clientWidth") < wide
    assert one.ask("document.documentElement.scrollWidth") <= 500


def test_keys_and_screen_readers_find_their_way(one: Browser, told: tuple[Path, Any]):
    page, _ = told
    one.open(page)
    assert "en" == one.ask("document.documentElement.lang")
    assert one.ask(
        "[...document.querySelectorAll('nav a, .skip')].every((a) => document.querySelector(a.getAttribute('href')))"
    )
    unnamed = "[...document.querySelectorAll('.chart > svg, .chart > .scroll > svg')].filter((one) => one.getAttribute('role') !== 'img' || !one.getAttribute('aria-label') || !one.getAttribute('aria-description')).length"
    assert 0 == one.ask(unnamed)
    assert 0 == one.ask(
        "[...document.querySelectorAll('section')].filter((one) => !document.getElementById(one.getAttribute('aria-labelledby'))).length"
    )
    assert 0 == one.ask(
        "[...document.querySelectorAll('table')].filter((one) => !one.caption || !one.querySelector('th[scope=col]')).length"
    )
    one.ask("document.querySelector('summary').focus()")
    for kind in ("keyDown", "keyUp"):
        one(
            "Input.dispatchKeyEvent",
            type=kind,
            key="Enter",
            code="Enter",
            text="\r",
            windowsVirtualKeyCode=13,
        )
    one.settle()
    assert one.ask("document.querySelector('details').open")


def test_it_prints_on_a_few_pages_of_a4_the_same_from_a_phone_and_a_desk(
    one: Browser, told: tuple[Path, Any], tmp_path: Path
):
    page, _ = told
    widths, pages = [], []
    drawn = (
        "[...document.querySelectorAll('[data-chart] svg[role=img]')].map((one) => one.getAttribute('width'))"
    )
    for width in (360, 1440):
        one.look(width)
        one.open(page)
        one.ask(f"addEventListener('beforeprint', () => {{ window.printed = {drawn}; }}); 0")
        data = one.print(shots(tmp_path) / "report.pdf")
        assert data.startswith(b"%PDF")
        pages.append(data.count(b"/Type /Page\n"))
        widths.append(one.ask("window.printed"))
    assert pages[0] == pages[1]
    assert 3 <= pages[0] <= 14
    assert widths[0] == widths[1]
    assert [] == one.said


def test_the_week_alone_is_a_small_page_without_a_script(
    one: Browser, studyctl: Studyctl, life: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STUDYCTL_HOME", str(life))
    page = tmp_path / "week.html"
    studyctl.ok("report", "--week", "--html", str(page), now=evenings.NOW)
    assert page.stat().st_size < 60_000
    one.look(360)
    one.open(page)
    assert "One decision" in one.ask("document.body.innerText")
    assert {"pale": [], "over": [], "wide": [], "width": 360} == one.ask(LOOKS)
    assert [] == one.said
