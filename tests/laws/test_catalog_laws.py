"""Laws of the cache: after any edits it says what reading all files anew says."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from studyctl.adapters import catalog
from studyctl.adapters.curriculum_files import read
from studyctl.core.checks import faulty

NAMES = ["ant", "bee", "cat", "dog", "eel"]
AREAS = ["north", "south"]
PLACES = [(root, area, name) for root in (0, 1) for area in AREAS for name in NAMES]


def rarely(odd: list, usual: object) -> st.SearchStrategy:
    """Mostly `usual`, else one of `odd`."""
    return st.integers(0, 7).flatmap(lambda n: st.sampled_from(odd) if n == 0 else st.just(usual))


@st.composite
def cards(draw: st.DrawFn) -> str:
    told = []
    names = st.lists(st.sampled_from(["one", "two", "three"]), max_size=3, unique=True)
    for name in draw(names) + draw(rarely([["one"]], [])):
        was = draw(rarely([", was: [two]", ", was: [old]", ", was: [bee/one]", ", was: [eel/old]"], ""))
        good = [
            "q: Which animal is it there?, a: the last one",
            "cloze: 'It is {{c1::here}} and {{c2::there}}'",
        ]
        bad = ["cloze: 'It is nowhere'", "q: Which sum?, a: $x", "drop: true"]
        face = draw(rarely(bad, draw(st.sampled_from(good))))
        told.append(f"  - {{id: {name}, objective: do, {face}{was}}}")
    return "cards:\n" + "\n".join(told) if told else ""


@st.composite
def topics(draw: st.DrawFn) -> str:
    lines = []
    if draw(st.integers(0, 3)) == 0:
        lines.append("patch: true")
    else:
        lines += [f"title: {draw(st.sampled_from(['A', 'B', 'C']))}", "summary: S", "hours: 2"]
        lines += ["objectives: [{id: do, text: Do it}]"]
    if draw(st.booleans()):
        needs = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True)) + draw(rarely([["fox"]], []))
        lines.append(
            "requires:"
            + "".join(f"\n  - {{topic: {need}, practises: 0.{at}}}" for at, need in enumerate(needs))
        )
    if draw(st.integers(0, 3)) == 0:
        lines.append(
            f"any_of: [[{', '.join(draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2)))}]]"
        )
    if draw(st.integers(0, 5)) == 0:
        lines.append(f"was: [{draw(st.sampled_from([*NAMES, 'old', 'fox']))}]")
    if draw(st.integers(0, 3)) == 0:
        lines.append(f"resources: [{{ref: {draw(st.sampled_from(['book', 'paper']))}}}]")
    lines.append(draw(cards()))
    if draw(st.integers(0, 9)) == 0:
        lines.append(draw(st.sampled_from(["hours: 1:30", "helps: no", "a: b: c", "kind: nothing"])))
    return "\n".join(lines) + "\n"


OTHERS = {
    "areas.yaml": [
        "north: {title: N}\n",
        "south: {title: S}\nnorth: {title: N, deck: other}\n",
        "x: [",
        "ant: {title: A}",
    ],
    "resources.yaml": ["book: {title: B}\n", "paper: {title: P}\nbook: {year: 2000}\n", "book: 3\n"],
    "tracks/way.yaml": [
        "title: W\nsections: [{title: S, topics: [ant, bee]}]\n",
        "summary: only\n",
        "title: W\nsections: [{title: S, topics: [gnu]}]\n",
        "title: W\nsections: [{title: S, topics: [ant, old, fox]}]\n",
    ],
}


TOPIC = "title: A\nsummary: S\nhours: 2\nobjectives: [{id: do, text: Do it}]\ncards:\n  - {id: one, objective: do, q: Which animal is it?, a: it}\n"
START: list[tuple[str, str | None]] = [
    *((f"0/topics/north/{name}.yaml", TOPIC) for name in NAMES),
    ("0/resources.yaml", "book: {title: B}\n"),
]


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, str | None]]:
    """Files that are written, or taken away where the text is None."""
    told: list[tuple[str, str | None]] = []
    for _ in range(draw(st.integers(1, 6))):
        root = draw(st.integers(0, 1))
        if draw(st.integers(0, 3)):
            path = f"{root}/topics/{draw(st.sampled_from(AREAS))}/{draw(st.sampled_from(NAMES))}.yaml"
            told.append((path, draw(st.none() | topics() | topics())))
        else:
            name = draw(st.sampled_from(sorted(OTHERS)))
            told.append((f"{root}/{name}", draw(st.none() | st.sampled_from(OTHERS[name]))))
    return told


def apply(folder: Path, changes: list[tuple[str, str | None]]) -> None:
    for name, text in changes:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text)


def same(known: catalog.Catalog, roots: list[Path]) -> None:
    told, problems = read(roots)
    assert set(known.left_out()) == faulty(problems)
    assert list(told.topics.values()) == list(known.topics())
    assert list(told.tracks.values()) == list(known.tracks())
    assert dict(told.areas) == known.areas()
    assert dict(told.resources) == known.resources()
    outline = known.outline()
    assert list(told.topics) == [line.id for line in outline.lines]
    order = {topic: at for at, topic in enumerate(outline.order)}
    assert all(order[need] < order[topic] for topic in order for need in outline.needs[topic])
    cards = {name: card for card in told.cards() for name, _ in card.cards()}
    assert {card.id for card in known.cards()} == set(cards)
    assert known.faces(cards) == cards
    assert [card.position for card in known.cards()] == list(range(len(cards)))
    assert not set(known.topic_aliases()) & set(told.topics)
    assert set(known.topic_aliases().values()) <= set(told.topics)
    assert not set(known.card_aliases()) & set(cards)


@settings(max_examples=60, deadline=None)
@given(st.lists(edits(), min_size=1, max_size=3))
def test_the_cache_says_what_the_files_say_after_any_edits(steps):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        roots = [folder / "0", folder / "1"]
        for root in roots:
            root.mkdir()
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.executescript(catalog.SCHEMA)
        for step in [START, *steps]:
            apply(folder, step)
            known = catalog.Catalog(db, roots)
            known.sync()
            same(known, roots)
        db.close()


@settings(max_examples=60, deadline=None)
@given(edits(), st.data())
def test_a_damaged_row_is_read_again_from_the_files(changes, data):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        roots = [folder / "0", folder / "1"]
        apply(folder, [("0/topics/north/ant.yaml", "title: A\nsummary: S\nhours: 1\n"), *changes])
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.executescript(catalog.SCHEMA)
        catalog.Catalog(db, roots).sync()
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = data.draw(st.sampled_from([*tables, "topic", "note", "light", "shelf"]))
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        column = data.draw(st.sampled_from(columns))
        if column not in ("id", "key", "root", "path", "kind", "file", "owner", "old"):
            db.execute(
                f"UPDATE {table} SET {column} = ?",
                (data.draw(st.sampled_from(["", "x", "[1]", "{}", None, b"\x00"])),),
            )
        known = catalog.Catalog(db, roots)
        known.sync()
        for ask in (
            known.topics,
            known.outline,
            known.tracks,
            known.areas,
            known.resources,
            known.left_out,
            known.version,
        ):
            ask()
        list(known.cards())
        db.close()
