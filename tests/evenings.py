"""Two years of evenings, written at once: study with a clock, goals, breaks, and every review.

Somebody studies on four evenings a week with a clock, reviews on most of them, forgets the clock now
and then, is away over the new year, and stops for a while in the second summer. Unlike in
tests/lives.py topics are begun, worked on over days, and done. No command is run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.memory import Memory, Rating, State, retrievability
from studyctl.core.time import to_iso

HOUR, DAY = 3_600_000, 86_400_000
END = 1_795_464_000_000  # Monday, 23 November 2026, 20:00 UTC
NOW = "2026-11-23T20:00:00+00:00"
BREAK = (560, 601)  # days without anything
AWAY = ((42, 55), (407, 420))
MOST = 100  # reviews on an evening


class Subject(NamedTuple):
    """A topic that is going to be studied: its id, its hours, and its cards."""

    id: str
    hours: float
    cards: Sequence[str]


class Writer:
    """The events of a life, in order of time."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int, dict[str, object]]] = []

    def tell(self, at: int, do: str, **facts: object) -> None:
        name = f"e{len(self.told):06d}"
        event = {"v": 1, "id": name, "at": to_iso(at), "offset": 0, "batch": name, "do": do, **facts}
        self.told.append((at, len(self.told), event))

    def lines(self) -> Iterator[str]:
        return (json.dumps(event) for _, _, event in sorted(self.told))


def built_in(folder: Path) -> Path:
    """The home of somebody who has studied the built-in curriculum for two years; its cache lies beside it."""
    from studyctl.cli.workspace import Options, Workspace

    home = folder / "home"
    work = Workspace(Options(now=NOW), {"STUDYCTL_HOME": str(home), "STUDYCTL_CACHE": str(folder / "cache")})
    cards: dict[str, list[str]] = {}
    for card in work.catalog.cards():
        cards.setdefault(card.topic, []).append(card.id)
    lines = [work.outline.lines[number] for number in work.outline.order[:70]]
    work.close()
    subjects = [Subject(line.id, line.hours, cards.get(line.id, [])) for line in lines]
    write(home, subjects, [(0, "first-model", None), (30, "mathematics-for-ml", "2027-06-30")], new=8)
    return home


def write(
    home: Path,
    subjects: Sequence[Subject],
    goals: Sequence[tuple[int, str, str | None]] = (),
    days: int = 730,
    new: int = 12,
    seed: int = 0,
) -> int:
    """A journal of so many days up to `NOW` in a home; `goals` are (day, goal, date). How many answers it has."""
    dice = np.random.default_rng(seed)
    story = Writer()
    begin = END - days * DAY
    for day, goal, by in goals:
        story.tell(begin + day * DAY, "goal-added", goal=goal, **({"by": by} if by else {}))
    waiting: list[str] = []
    known: dict[str, Memory] = {}
    queue = list(subjects)
    left = queue[0].hours * 1.2 if queue else 0.0
    answers = 0
    for day in range(days):
        at = begin + day * DAY - 2 * HOUR
        if BREAK[0] <= day < BREAK[1] or any(first <= day <= last for first, last in AWAY):
            continue
        if queue and day % 7 in (0, 2, 4, 5) and dice.random() < 0.85:
            hours = float(dice.uniform(0.7, 2.1))
            topic = queue[0]
            story.tell(at, "started", topic=topic.id)
            if dice.random() < 0.03:
                hours = 3.0  # the clock was forgotten, and something else begun the day after
            else:
                story.tell(at + round(hours * HOUR), "stopped", topic=topic.id)
            left -= hours
            if left <= 0:
                story.tell(at + 4 * HOUR, "done", topic=topic.id, passed=4, of=5)
                waiting += topic.cards
                queue.pop(0)
                left = queue[0].hours * float(dice.lognormal(0.15, 0.35)) if queue else 0.0
        if dice.random() < 0.88:
            answers += _evening(story, dice, known, waiting, day, at + 4 * HOUR + 60_000, new)
    folder = home / "journal"
    folder.mkdir(parents=True)
    (folder / "desk.jsonl").write_text("\n".join(story.lines()) + "\n", encoding="utf-8")
    return answers


def _evening(
    story: Writer,
    dice: np.random.Generator,
    known: dict[str, Memory],
    waiting: list[str],
    day: int,
    at: int,
    new: int,
) -> int:
    model = FsrsModel()
    asked = sorted(
        (card for card, memory in known.items() if memory.due_day <= day),
        key=lambda card: known[card].due_day,
    )[:MOST]
    asked += waiting[:new]
    del waiting[:new]
    answers = 0
    while asked:
        again = []
        for card in asked:
            at += 15_000
            before = known.get(card)
            hard = 1.9 if card.endswith("3") else 1.05
            chance = (
                0.76 if before is None else retrievability(before.stability / hard, day - before.last_day)
            )
            good = dice.random() < chance
            rating = Rating(int(dice.choice((2, 3, 4), p=(0.2, 0.65, 0.15)))) if good else Rating.AGAIN
            known[card] = model.after(before, rating, ms=at, day=day)
            ms = int(dice.integers(4, 20)) * 1000
            story.tell(at, "reviewed", card=card, rating=int(rating), ms=ms, model="fsrs-6")
            answers += 1
            if known[card].state is not State.REVIEW:
                again.append(card)
        asked = again
        at += 300_000
    return answers
