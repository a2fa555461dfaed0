"""A simulated learner who studies, reviews and lives through the real commands, with a memory of its own.

The memory of this learner is not the scheduler's: every card grows faster or slower than FSRS
believes (lognormal, 0.3), and what studyctl sees are grades only.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from conftest import Studyctl
from layered import layered

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.memory import Memory, Rating, retrievability
from studyctl.core.outline import Outline

BEGIN = datetime(2025, 1, 6, 20, tzinfo=UTC)  # a Monday evening
SECONDS = 18.5  # of an answer, mean
STEP = 12  # seconds between two answers on the clock of the simulation


def write(folder: Path, outline: Outline, cards: int) -> Path:
    """The outline as curriculum files, with so many cards a topic."""
    areas = sorted({line.area for line in outline.lines})
    for area in areas:
        (folder / "topics" / area).mkdir(parents=True, exist_ok=True)
    (folder / "areas.yaml").write_text("".join(f"{area}: {{title: {area.title()}}}\n" for area in areas))
    (folder / "tracks").mkdir(exist_ok=True)
    names = ", ".join(line.id for line in outline.lines)
    (folder / "tracks/all.yaml").write_text(f"title: All\nsections: [{{title: All, topics: [{names}]}}]\n")
    for number, line in enumerate(outline.lines):
        needs = [f'{{topic: {outline.lines[one].id}, why: "needed"}}' for one in outline.requires[number]]
        notes = [
            f'  - {{id: c{card}, objective: do, q: "What is {line.id} number {card} good for here?", a: "{card}"}}'
            for card in range(cards)
        ]
        text = [
            f"title: {line.title}",
            f"summary: About {line.id}.",
            f"hours: {line.hours:.1f}",
            f"requires: [{', '.join(needs)}]",
            "objectives: [{id: do, text: Do it}]",
            "cards:",
            *notes,
        ]
        (folder / "topics" / line.area / f"{line.id}.yaml").write_text("\n".join(text) + "\n")
    return folder


@dataclass
class Learner:
    """One life, day by day."""

    studyctl: Studyctl
    outline: Outline
    seed: int = 0
    told: dict[str, Memory] = field(default_factory=dict)
    growth: dict[str, float] = field(default_factory=dict)
    model: FsrsModel = field(default_factory=FsrsModel)

    def __post_init__(self) -> None:
        self.dice = np.random.default_rng(self.seed)

    @classmethod
    def begin(cls, studyctl: Studyctl, folder: Path, topics: int, cards: int, seed: int = 0) -> Learner:
        """A learner with a curriculum of so many topics in `folder`."""
        outline = layered(topics, areas=5, seed=seed)
        studyctl.options = ["--no-builtin", "--curriculum", str(write(folder, outline, cards))]
        return cls(studyctl, outline, seed)

    def now(self, day: int) -> str:
        return (BEGIN + timedelta(days=day)).isoformat()

    def study(self, day: int, topic: int) -> None:
        """A topic is learnt."""
        self.studyctl.ok("know", self.outline.lines[topic].id, "--only", now=self.now(day))

    def evening(self, day: int, new: int = 10) -> int:
        """Everything that is due, and some new cards; how many answers."""
        cards = self.studyctl.ok("cards", "--json", now=self.now(day)).json["cards"]
        end = (BEGIN + timedelta(days=day)).isoformat()
        due = [one["id"] for one in cards if one["state"] != "new" and one["due"] <= end]
        fresh = [one["id"] for one in cards if one["state"] == "new" and one["available"]]
        return self.answer(day, [*due, *fresh[:new]])

    def session(self, day: int, minutes: float = math.inf) -> int:
        """What `review` would ask first, as long as there is time."""
        from studyctl.cli.review import _candidates, _due
        from studyctl.cli.workspace import Options, Workspace
        from studyctl.core.session import Moment

        options = self.studyctl.options
        work = Workspace(Options((options[-1],), builtin=False, now=self.now(day)))
        queue = _due(work, list(_candidates(work, None)), Moment(work.now.ms, work.today), None, ahead=False)
        work.close()
        return self.answer(day, [one.card for one in queue][: int(min(1e6, minutes * 60 / SECONDS))])

    def answer(self, day: int, cards: list[str]) -> int:
        """Answer these cards, and those that come back on the same evening."""
        count, at = 0, BEGIN + timedelta(days=day)
        while cards:
            lines = []
            for card in cards:
                at += timedelta(seconds=STEP)
                rating = self._recall(card, day, at)
                seconds = round(float(self.dice.gamma(4, SECONDS / 4)), 1)
                lines.append({"card": card, "rating": str(rating), "at": at.isoformat(), "seconds": seconds})
            stdin = "\n".join(map(json.dumps, lines))
            answers = map(
                json.loads,
                self.studyctl.ok("rate", "--stdin", stdin=stdin, now=at.isoformat()).out.splitlines(),
            )
            count += len(cards)
            night = (BEGIN + timedelta(days=day, hours=6)).isoformat()
            cards = [one["card"] for one in answers if one["due"] < night]
            at += timedelta(minutes=10)
        return count

    def _recall(self, card: str, day: int, at: datetime) -> Rating:
        """How well a card is recalled, and what it leaves in this learner's own memory."""
        before = self.told.get(card)
        growth = self.growth.setdefault(card, float(np.exp(self.dice.normal(0, 0.3))))
        if before is None:
            rating = Rating(int(self.dice.choice(4, p=(0.24, 0.094, 0.495, 0.171))) + 1)
        elif self.dice.random() < self._chance(before, day):
            rating = Rating(int(self.dice.choice((2, 3, 4), p=(0.224, 0.631, 0.145))))
        else:
            rating = Rating.AGAIN
        after = self.model.after(before, rating, ms=int(at.timestamp() * 1000), day=day)
        if before is not None and rating is not Rating.AGAIN:
            longer = before.stability + growth * (after.stability - before.stability)
            after = after._replace(stability=max(longer, 0.1))
        self.told[card] = after
        return rating

    @staticmethod
    def _chance(memory: Memory, day: int) -> float:
        return retrievability(memory.stability, day - memory.last_day)

    def recall(self, topic: int, day: int, cards: int) -> float:
        """What is truly left of a topic on a day."""
        name = self.outline.lines[topic].id
        seen = [self.told.get(f"{name}/c{card}") for card in range(cards)]
        return sum(self._chance(one, day) for one in seen if one is not None) / cards

    def usable(self, topics: range, day: int, cards: int) -> int:
        """Topics with a recall of 0.8 whose prerequisites have 0.7."""
        told = {topic: self.recall(topic, day, cards) for topic in range(len(self.outline.lines))}
        return sum(
            told[topic] >= 0.8 and all(told[need] >= 0.7 for need in self.outline.requires[topic])
            for topic in topics
        )
