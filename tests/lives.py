"""Lives that were lived before the test begins: a curriculum and a journal of many months, written at once.

The reviews follow the scheduler day by day, as somebody who reviews every evening would; no command is run.
For a learner who goes through the real commands see tests/learner.py.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from conftest import Studyctl
from layered import layered
from learner import BEGIN, write

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.memory import Memory, Rating, State, retrievability
from studyctl.core.time import to_iso

DAY = 86_400_000
FIRST = int(BEGIN.timestamp() * 1000)  # the first evening, in ms
TOPICS, CARDS, EVERY, DAYS = 24, 5, 5, 200


@cache
def lines(days: int = DAYS, seed: int = 0, harder: float = 1.0) -> tuple[str, ...]:
    """The journal of a life: a topic every few days, every evening all reviews; `harder` makes forgetting faster."""
    dice = np.random.default_rng(seed)
    model = FsrsModel()
    known: dict[str, Memory] = {}
    told: list[dict[str, object]] = []

    def tell(at: int, do: str, **facts: object) -> None:
        name = f"e{len(told):06d}"
        told.append({"v": 1, "id": name, "at": to_iso(at), "offset": 0, "batch": name, "do": do, **facts})

    for day in range(days):
        at = FIRST + day * DAY
        topic = day // EVERY
        asked = [card for card, memory in known.items() if memory.due_day <= day]
        if day % EVERY == 0 and topic < TOPICS:
            tell(at, "known", topic=f"t{topic}")
            asked += [f"t{topic}/c{card}" for card in range(CARDS)]
        while asked:
            again = []
            for card in asked:
                at += 15_000
                before = known.get(card)
                chance = (
                    0.76
                    if before is None
                    else retrievability(before.stability / harder, day - before.last_day)
                )
                rating = (
                    Rating(int(dice.choice((2, 3, 4), p=(0.2, 0.65, 0.15))))
                    if dice.random() < chance
                    else Rating.AGAIN
                )
                known[card] = model.after(before, rating, ms=at, day=day)
                tell(
                    at,
                    "reviewed",
                    card=card,
                    rating=int(rating),
                    ms=int(dice.integers(4, 20)) * 1000,
                    model="fsrs-6",
                )
                if known[card].state is not State.REVIEW:
                    again.append(card)
            asked = again
            at += 600_000
    return tuple(json.dumps(one) for one in told)


def live(studyctl: Studyctl, folder: Path, days: int = DAYS, **how: float) -> Studyctl:
    """studyctl with such a life behind it, on the evening after."""
    world = write(folder / "world", layered(TOPICS, areas=3, seed=1), CARDS)
    studyctl.options = ["--no-builtin", "--curriculum", str(world)]
    studyctl.now = at(days)
    journal = studyctl.home / "journal"
    journal.mkdir(parents=True)
    (journal / "phone.jsonl").write_text("\n".join(lines(days, **how)) + "\n")
    return studyctl


def at(day: int) -> str:
    """The evening of a day of the life, as --now takes it."""
    return to_iso(FIRST + day * DAY)
