"""What is known of topics, as the verbs show it: from the standing and the cards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from studyctl.cli.workspace import Workspace
from studyctl.core.knowledge import Counter, Knowledge, counter, knowledge, word
from studyctl.core.memory import Memory
from studyctl.core.picture import LOOKS, look
from studyctl.core.standing import Standing
from studyctl.core.time import Instant, in_words, study_day, to_date

_ASIDE = {"detoured": "detoured", "parked": "parked", "once": "known once"}
_SIGNS = {**LOOKS, "detoured": "↩", "parked": "‖", "known once": "?"}


def learnt_on(work: Workspace, where: Standing, topic: int) -> int:
    """The study day on which a learnt topic was last worked on."""
    record = where.learner.topics[where.outline.lines[topic].id]
    learnt = record.learnt_at
    last = learnt if learnt.ms >= record.last else Instant(record.last, work.now.offset)
    return study_day(*last, work.settings.day_starts_at)


def by_topic(work: Workspace) -> Mapping[str, list[Memory]]:
    """The memories of the seen cards of each topic, read once."""

    def read() -> dict[str, list[Memory]]:
        told: dict[str, list[Memory]] = {}
        gone = set(work.history.gone())
        for card, memory in work.history.memories().items():
            if card not in gone:
                told.setdefault(card.partition("/")[0], []).append(memory)
        return told

    memories: Mapping[str, list[Memory]] = work.once("memories by topic", read)
    return memories


def knowledge_of(work: Workspace, where: Standing, topic: int, memories: list[Memory]) -> Knowledge:
    """What is known of a topic today."""
    line = where.outline.lines[topic]
    learnt = learnt_on(work, where, topic) if where.known[topic] else None
    return knowledge(memories, line.cards, work.today, learnt_on=learnt, decay=work.history.parameters[20])


def counter_of(where: Standing, topic: int) -> Counter:
    """How often a topic was learnt and lost."""
    record = where.learner.topics.get(where.outline.lines[topic].id)
    if record is None:
        return Counter(0, 0, 0)
    fade = where.fade(topic) if where.memory(topic).seen or record.quizzes else None
    return counter(
        learnings=record.learnings,
        learnt=record.learnt,
        declared=len(record.once),
        confirmed=fade.forgotten if fade else 0,
        relearnt=fade.relearnt if fade else 0,
    )


def document(where: Standing, topic: int, told: Knowledge) -> dict[str, Any]:
    """Knowledge for other programs, as part of a topic."""
    times = counter_of(where, topic)
    lost = times.forgotten - times.declared > 0 and where.fade(topic).lost
    return {
        "coverage": told.coverage,
        "recall": told.recall,
        "recall_low": told.low,
        "recall_high": told.high,
        "guess": told.guess,
        "unproven": told.unproven,
        "word": word(learnt=bool(where.known[topic]), faded=bool(where.faded[topic]), lost=lost),
        "learnt_times": times.learnt,
        "forgotten_times": times.forgotten,
        "fades_on": to_date(told.fades_on).isoformat() if told.fades_on is not None else None,
    }


def short(told: Knowledge) -> str:
    """Recall and its interval in a few characters; a question mark where it is not proven."""
    if told.recall is None:
        return ""
    if told.guess:
        return f"guess  {told.recall:.2f}"
    doubt = " ?" if told.unproven else ""
    return f"recall {told.recall:.2f} ({told.low:.2f}-{told.high:.2f}){doubt}"


class Again(NamedTuple):
    """A topic that was learnt more than once, and would be lost once more without reviews."""

    topic: str
    times: Counter
    fades_on: int | None

    def document(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "topic": self.topic,
            "learnt": self.times.learnt,
            "forgotten": self.times.forgotten,
            "fades_on": to_date(self.fades_on).isoformat() if self.fades_on is not None else None,
        }

    def sentence(self, today: int) -> str:
        """For people."""
        when = f", would fade on {in_words(self.fades_on, today)}" if self.fades_on else ""
        return f"{self.topic} learnt {_times(self.times.learnt)}{when}"


def again(work: Workspace, where: Standing) -> list[Again]:
    """The topics that were learnt more than once and have not faded, the first to be lost in front."""
    number, memories = where.outline.number, by_topic(work)
    told = []
    for name, record in where.learner.topics.items():
        if record.learnings > 1 and name in number and where.learnt[number[name]]:
            topic = number[name]
            known = knowledge_of(work, where, topic, memories.get(name, []))
            told.append(Again(name, counter_of(where, topic), known.fades_on))
    return sorted(told, key=lambda one: (one.fades_on is None, one.fades_on or 0, one.topic))


def sentences(work: Workspace, where: Standing, topic: int) -> list[str]:
    """What is known of a topic, in sentences."""
    name = where.outline.lines[topic].id
    told = knowledge_of(work, where, topic, by_topic(work).get(name, []))
    if told.recall is None:
        return []
    times = counter_of(where, topic)
    counted = (
        [f"learnt {_times(times.learnt)}, forgotten {_times(times.forgotten)}"]
        if times.learnt > 1 or times.forgotten
        else []
    )
    if told.guess:
        guess = "a guess: none of its cards was seen, and others keep so much of a course"
        return [f"recall {told.recall:.2f}, {guess}", *counted]
    span = f"between {told.low:.2f} and {told.high:.2f}"
    cards = f"{told.seen} of {told.cards} cards seen"
    lines = [f"recall {told.recall:.2f} ({span}), {cards}"]
    if told.unproven:
        lines.append("not proven: most of its cards are long overdue, where the model is too hopeful")
    lines += counted
    if told.fades_on is not None:
        when = in_words(told.fades_on, work.today)
        lines.append(f"would fade on {when} if reviews stopped today; never while they go on")
    return lines


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def sign(where: Standing, topic: int) -> str:
    """How a topic looks, in one column, as in every picture of the graph."""
    return _SIGNS[_look(where, topic)]


def legend(where: Standing, topics: Iterable[int]) -> str:
    """What the signs of these topics say."""
    seen = {_look(where, topic) for topic in topics}
    return "  ".join(f"{mark} {name}" for name, mark in _SIGNS.items() if name in seen)


def _look(where: Standing, topic: int) -> str:
    state = _ASIDE.get(where.learner.state(where.outline.lines[topic].id))
    return state if state and not where.faded[topic] else look(where, topic)
