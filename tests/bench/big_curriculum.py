"""A curriculum of any size, made by a rule: for benchmarks, and for tests of what must stay linear."""

from __future__ import annotations

import random
from pathlib import Path

AREAS = 25
REACH = 250  # a topic requires some of the so many before it, which makes a graph about 40 deep


def write_big(folder: Path, topics: int, cards: int, seed: int = 1) -> Path:
    """Write `topics` topics of `cards` cards each, about three prerequisites a topic."""
    dice = random.Random(seed)
    for area in range(AREAS):
        (folder / f"topics/area-{area:02d}").mkdir(parents=True, exist_ok=True)
    (folder / "areas.yaml").write_text(
        "".join(f"area-{area:02d}: {{title: Area {area}, colour: '#112233'}}\n" for area in range(AREAS))
    )
    (folder / "resources.yaml").write_text("".join(f"book-{n}: {{title: Book {n}}}\n" for n in range(100)))
    for number in range(topics):
        needs = sorted({dice.randrange(max(0, number - REACH), number) for _ in range(3)}) if number else []
        path = folder / f"topics/area-{number % AREAS:02d}/topic-{number:05d}.yaml"
        path.write_text(topic(number, needs, cards), encoding="utf-8")
    return folder


def topic(number: int, needs: list[int], cards: int) -> str:
    """The text of one topic file."""
    lines = [
        f"title: Topic number {number}",
        f"summary: What topic {number} is about, and what one can do with it once it is learnt well.",
        "hours: 6",
        "requires:",
        *(f'  - {{topic: topic-{need:05d}, why: "it uses number {need}", practises: 0.3}}' for need in needs),
        "objectives:",
        '  - {id: do, text: "Do the thing"}',
        "resources:",
        f'  - {{ref: book-{number % 100}, where: "ch 1", role: core}}',
        "cards:",
    ]
    for card in range(cards):
        lines += [
            f"  - id: card-{card}",
            "    objective: do",
            f"    q: 'For topic {number}, what is item {card} under the rule $x_{{{card}}} = \\frac{{{number}}}{{2}}$?'",
            f"    a: 'It is $\\frac{{{number}}}{{{card + 1}}}$.'",
            f'    source: {{ref: book-{number % 100}, where: "ch {card}"}}',
        ]
    return "\n".join(lines) + "\n"
