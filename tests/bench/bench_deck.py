"""How long a deck of ten thousand notes takes, against what genanki alone needs for it.

Run it as a program: ``python tests/bench/bench_deck.py [NOTES]``. It prints ratios of times
measured in the same run, the best of three each, and never fails.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))

import genanki

from studyctl.adapters.card_html import CardHtml
from studyctl.adapters.deck_files import looks
from studyctl.adapters.package import package
from studyctl.core.curriculum import Area, Card, Citation, Resource, Topic
from studyctl.core.notes import NOTE_TYPES, Note, notes

AREAS = {f"area-{n}": Area(f"area-{n}", f"Area {n}", deck=f"studyctl::Area {n}") for n in range(20)}
RESOURCES = {"book": Resource("book", "The Book of Everything", url="https://example.org/book")}


def topics(count: int) -> list[Topic]:
    """Ten cards a topic: seven plain, two clozes, one with code."""
    told = []
    for number in range(count // 10):
        name = f"topic-{number}"
        cards = [
            Card(
                f"plain-{n}", name, "apply",
                q=f"For which $k$ are $(2, k, {n})^\\top$ and $(k, 3, -{number})^\\top$ orthogonal?",
                a="$k = 2$", extra="One equation for *each* coordinate.", source=Citation("book", f"ch {n}"),
            )
            for n in range(7)
        ]  # fmt: skip
        cards += [
            Card(f"gap-{n}", name, "apply", cloze=f"In ${{{{c1::\\frac{{a}}{{b_{{{n}}}}}}}}}$ the {{{{c2::numerator}}}} is $a$.")
            for n in range(2)
        ]  # fmt: skip
        cards.append(
            Card("code", name, "apply", q=f"What does this print?\n\n```python\nfor n in range({number}):\n    print(n)\n```",
                 a="`0` to the number before.")
        )  # fmt: skip
        told.append(Topic(name, f"area-{number % 20}", f"Topic {number}", "Summary.", 5, cards=tuple(cards)))
    return told


def rendered(told: list[Topic]) -> list[Note]:
    made: list[Note] = []
    for topic in told:
        positions = {card.note: len(made) + n for n, card in enumerate(topic.cards)}
        made += notes(topic, AREAS, RESOURCES, positions, CardHtml())
    return made


def by_genanki(made: list[Note]) -> None:
    """The same fields in the same decks, as anybody would write them with genanki."""
    looked = looks(ROOT / "decks")
    models = {
        kind: genanki.Model(
            it.id, it.name, fields=[{"name": name} for name in it.fields],
            templates=[{"name": kind, "qfmt": looked[kind].front, "afmt": looked[kind].back}],
            model_type=genanki.Model.CLOZE if kind == "cloze" else genanki.Model.FRONT_BACK,
        )
        for kind, it in NOTE_TYPES.items()
    }  # fmt: skip
    decks: dict[str, genanki.Deck] = {}
    for note in made:
        deck = decks.setdefault(note.deck, genanki.Deck(len(decks) + 100, note.deck))
        deck.add_note(
            genanki.Note(models[note.kind], list(note.fields), guid=note.guid, tags=list(note.tags))
        )
    with tempfile.TemporaryDirectory() as folder:
        genanki.Package(list(decks.values())).write_to_file(f"{folder}/deck.apkg")


def best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def main(count: int) -> None:
    told = topics(count)
    made = rendered(told)
    times = {note.id: 1_760_000_000 for note in made} | {it.name: 1_760_000_000 for it in NOTE_TYPES.values()}
    looked = looks(ROOT / "decks")
    plain = best(lambda: by_genanki(made))
    ours = best(lambda: package(made, looked, times))
    html = best(lambda: rendered(told))
    size = len(package(made, looked, times))
    print(f"{len(made):,} notes, {sum(len(note.ords) for note in made):,} cards, {size / 1e6:.1f} MB")
    print(f"genanki alone           {plain:6.2f} s   1.0")
    print(f"our package, deflated   {ours:6.2f} s   {ours / plain:.1f}")
    print(f"text to HTML            {html:6.2f} s   {html / plain:.1f}")
    print(f"both                    {ours + html:6.2f} s   {(ours + html) / plain:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
