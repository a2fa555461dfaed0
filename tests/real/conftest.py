"""Where the real programs are found, and what is built once for all tests.

A test that needs a program which this machine does not have says so and is skipped. With
STUDYCTL_REQUIRE_REAL=1, which the gate sets after installing them, that is a failure.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from studyctl.adapters.card_html import CardHtml
from studyctl.adapters.curriculum_files import read
from studyctl.adapters.deck_files import looks
from studyctl.adapters.package import package
from studyctl.adapters.pictures import Pictures
from studyctl.core.notes import NOTE_TYPES, Note, notes

ROOT = Path(__file__).parent.parent.parent
WRITTEN = 1_760_000_000  # seconds; a moment before every test


def missing(what: str, how: str) -> None:
    """Skip the test, or fail it where the gate wants the real thing."""
    if os.environ.get("STUDYCTL_REQUIRE_REAL") == "1":
        pytest.fail(f"{what} is missing: {how}", pytrace=False)
    pytest.skip(f"{what} is missing: {how}")


def program(what: str, names: Sequence[str]) -> str:
    """The path of a program by one of its names."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    missing(what, f"install one of {', '.join(names)}")
    raise AssertionError


@pytest.fixture(scope="session")
def node() -> str:
    return program("node", ["node", "nodejs"])


@pytest.fixture(scope="session")
def chromium() -> str:
    return program("a browser", ["chromium", "chromium-browser", "google-chrome", "chrome"])


@pytest.fixture(scope="session")
def mathjax() -> Path:
    """The folder of the npm package mathjax-full 3.2.2, the version that Anki ships."""
    given = os.environ.get("STUDYCTL_MATHJAX")
    for folder in [Path(given)] if given else [ROOT, ROOT.parent]:
        for found in (folder, folder / "mathjax-full", folder / "node_modules" / "mathjax-full"):
            if (found / "js" / "mathjax.js").is_file():
                return found.resolve()
    missing(
        "MathJax", "npm install mathjax-full@3.2.2, and STUDYCTL_MATHJAX for its folder if it is elsewhere"
    )
    raise AssertionError


@pytest.fixture(scope="session")
def anki() -> Any:
    """The library of Anki."""
    try:
        import anki.collection
    except ImportError:
        missing("Anki", 'pip install "studyctl[real]"')
    return anki.collection


@dataclass
class Import:
    """What Anki says after an import."""

    new: int
    updated: int
    duplicate: int
    conflicting: int


@dataclass
class Learner:
    """Somebody with a fresh collection, who imports packages."""

    collection: Any
    anki: Any
    folder: Path

    def imports(self, data: bytes) -> Import:
        """Import a package with the options of Anki's import dialog in a fresh profile."""
        path = self.folder / "import.apkg"
        path.write_bytes(data)
        request = self.anki.ImportAnkiPackageRequest(
            package_path=str(path), options=self.anki.ImportAnkiPackageOptions()
        )
        log = self.collection.import_anki_package(request).log
        return Import(*(len(getattr(log, name)) for name in ("new", "updated", "duplicate", "conflicting")))

    def note(self, guid: str) -> Any:
        """The note with this guid."""
        return self.collection.get_note(
            self.collection.db.scalar("select id from notes where guid = ?", guid)
        )

    def cards(self) -> list[Any]:
        """All cards, in the order in which new ones come."""
        return [
            self.collection.get_card(card) for card in self.collection.find_cards("", order="c.due, c.ord")
        ]


@pytest.fixture(scope="session")
def learners(anki: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Learner]]:
    """Makes learners, each with a collection of their own."""
    opened = []

    def make() -> Learner:
        folder = tmp_path_factory.mktemp("anki")
        collection = anki.Collection(str(folder / "collection.anki2"))
        opened.append(collection)
        return Learner(collection, anki, folder)

    yield make
    for collection in opened:
        collection.close()


@pytest.fixture
def learner(learners: Callable[[], Learner]) -> Learner:
    return learners()


@dataclass(frozen=True)
class Deck:
    """Notes that can be packed."""

    notes: tuple[Note, ...]
    media: dict[str, Path]

    def packed(self, written: int = WRITTEN) -> bytes:
        times = {note.id: written for note in self.notes} | {it.name: written for it in NOTE_TYPES.values()}
        return package(self.notes, looks(ROOT / "decks"), times, self.media)

    def only(self, keep: Callable[[Note], bool]) -> Deck:
        return replace(self, notes=tuple(note for note in self.notes if keep(note)))


@pytest.fixture(scope="session")
def deck() -> Deck:
    """Every note of the built-in curriculum."""
    return deck_of(ROOT / "curriculum")


def deck_of(root: Path) -> Deck:
    """Every note of a curriculum folder."""
    told, _ = read([root])
    made: list[Note] = []
    media: dict[str, Path] = {}
    for topic in told.topics.values():
        pictures = Pictures([root / "topics" / topic.area / "media"])
        positions = {card.note: len(made) + number for number, card in enumerate(topic.cards)}
        made += notes(topic, told.areas, told.resources, positions, CardHtml(pictures))
        media |= pictures.files
    return Deck(tuple(made), media)


class Face(NamedTuple):
    """A card as Anki shows it."""

    id: str
    kind: str
    question: str
    answer: str
    css: str


@pytest.fixture(scope="session")
def faces(learners: Callable[[], Learner], deck: Deck) -> list[Face]:
    """Every card of the built-in curriculum as Anki renders it."""
    learner = learners()
    learner.imports(deck.packed())
    return faces_of(learner)


def faces_of(learner: Learner) -> list[Face]:
    """Every card of a collection as Anki renders it."""
    told = []
    for card in learner.cards():
        shown = card.render_output()
        name = f"{card.note()['CardId']}:{card.ord}"
        told.append(Face(name, card.note_type()["name"], shown.question_text, shown.answer_text, shown.css))
    return told


def clock() -> str:
    """This moment, for commands that meet a real Anki: it has a real clock, and answers to come do not count."""
    return datetime.now(UTC).isoformat(timespec="seconds")
