"""docs/curriculum.md: areas, tracks, counts, hours, licences, and how to contribute a topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from studyctl.adapters.curriculum_files import read
from studyctl.core.curriculum import Curriculum, Topic, Track

CURRICULUM = Path(__file__).parents[2] / "curriculum"
HEAD = """\
# The curriculum

What comes with studyctl, counted from its files (`python -m tests.pages` writes this page anew). A note is
one card, or a cloze with a card for each gap; "computed" are notes whose answer a program recomputes in the
tests. Hours are reading and exercises at an unhurried pace, reviews not included.
"""
TAIL = """\
## Licences

The curriculum, with the decks built from it, is under CC BY 4.0 (`curriculum/LICENSE`); the code under MIT
(`LICENSE`). The texts that topics point to belong to their authors; they are cited, never copied.

## A topic in ten minutes

1. `studyctl new topic AREA/NAME` writes a commented template into your own curriculum.
2. Fill in what says TODO: summary, hours, what it requires and why, objectives, one free text with the chapter.
3. Six to twelve [good cards](writing-cards.md), an exit test; `studyctl check` says what is missing, all at once.
4. Use it: it is part of your graph already. To share it, see [CONTRIBUTING](../CONTRIBUTING.md): somebody who
   did not write it reads every card against its source before it is merged ([the record](content-review.md)).
"""


def curriculum_page() -> str:
    """The page as it should be."""
    told, _ = read([CURRICULUM])
    parts = [
        HEAD,
        *_areas(told),
        "## Tracks\n",
        *(_track(told, track) for track in told.tracks.values()),
        "## Topics\n",
        *_topics(told),
        TAIL,
    ]
    return "\n".join(parts)


def _areas(told: Curriculum) -> Iterator[str]:
    yield "| area | topics | projects | hours | notes | cards | computed |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    for name, area in told.areas.items():
        topics = [topic for topic in told.topics.values() if topic.area == name]
        if topics:
            yield _row(f"[{area.title}](#{area.title.lower().replace(' ', '-')})", topics)
    yield _row("all", told.topics.values()) + "\n"


def _row(name: str, topics: Iterable[Topic]) -> str:
    topics = list(topics)
    notes = [card for topic in topics for card in topic.cards]
    cells = [
        len(topics),
        sum(topic.kind == "project" for topic in topics),
        round(sum(topic.hours for topic in topics)),
        len(notes),
        sum(1 for note in notes for _ in note.cards()),
        sum(bool(note.verify) for note in notes),
    ]
    return f"| {name} | " + " | ".join(f"{cell:,}" for cell in cells) + " |"


def _track(told: Curriculum, track: Track) -> str:
    topics = told.topics
    path = [name for name in track.topics if name in topics]
    needed = _closure(told, path)
    roads = {name for part in track.sections for name in part.optional}
    hours = round(sum(topics[name].hours for name in needed))
    extra = f", {len(roads)} side roads" if roads else ""
    sections = "\n".join(
        f"{number}. {part.title}: " + ", ".join(f"`{name}`" for name in part.topics)
        for number, part in enumerate(track.sections, 1)
    )
    return (
        f"### {track.title}\n\n`{track.id}` · {len(path)} topics, {len(needed)} with all that they need, "
        f"{hours} h{extra}\n\n{track.summary}\n\n*For whom:* {track.for_whom}\n\n{sections}\n"
    )


def _closure(told: Curriculum, names: Iterable[str]) -> set[str]:
    met: set[str] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name in met or name not in told.topics:
            continue
        met.add(name)
        stack += [need.topic for need in told.topics[name].requires]
    return met


def _topics(told: Curriculum) -> Iterator[str]:
    for name, area in told.areas.items():
        lines = [
            f"- **{topic.title}** `{topic.id}`, {topic.hours:g} h{'' if topic.kind == 'concept' else ', ' + topic.kind}"
            for topic in told.topics.values()
            if topic.area == name
        ]
        if lines:
            yield f"### {area.title}\n\n" + "\n".join(lines) + "\n"
