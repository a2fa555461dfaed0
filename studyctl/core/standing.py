"""Where the learner stands: every topic's state, recall and readiness, by topic number.

This is the one place where the outline (what there is), the learner (what was done) and the
memories (what is left of it) come together; planning, suggestions and summaries all read it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from studyctl.core.learner import Learner
from studyctl.core.mastery import FADED, FRESH, Fade, is_faded, mastery
from studyctl.core.memory import TopicMemory
from studyctl.core.outline import Outline
from studyctl.core.probes import Quiz
from studyctl.core.refresh import HOLDS, LOST, Level, level
from studyctl.core.refresh import hours as refresh_hours
from studyctl.core.time import HOUR

IN_WORK = ("studying", "detoured", "parked")  # hours that were spent on it are not asked for again
LEAST_LEFT = 0.1  # of a topic in work, however long it has taken


UNSEEN = TopicMemory()


@dataclass(frozen=True)
class Standing:
    """The state of every topic; all sequences are by topic number."""

    outline: Outline
    learner: Learner
    memories: Mapping[str, TopicMemory]
    fades: Callable[[str], Fade]  # how a topic's recall went up to its last review
    now: int
    returning: frozenset[int] = frozenset()  # learnt topics that will have to be refreshed for others

    def memory(self, topic: int) -> TopicMemory:
        """What the cards of a topic say."""
        return self.memories.get(self.outline.lines[topic].id, UNSEEN)

    @cached_property
    def known(self) -> bytearray:
        """1 where a topic was done or known and is not being studied anew."""
        told = bytearray(len(self.outline.lines))
        number = self.outline.number
        for name, record in self.learner.topics.items():
            if record.state in ("done", "known") and name in number:
                told[number[name]] = 1
        return told

    @cached_property
    def faded(self) -> bytearray:
        """1 where a learnt topic has faded, or a quiz found that it is gone."""
        return bytearray(known and self._has_faded(topic) for topic, known in enumerate(self.known))

    def _has_faded(self, topic: int) -> bool:
        recall = self.memory(topic).recall
        if self.failed(topic):
            return True
        if recall is None or (recall >= LOST and self.trusted(topic)):
            return False
        before = FADED <= recall < FRESH and self.fade(topic).faded
        return is_faded(learnt=True, recall=recall, before=before)

    def quiz(self, topic: int) -> Quiz | None:
        """The last quiz about a topic since it came into its state."""
        record = self.learner.topics.get(self.outline.lines[topic].id)
        last = record.quizzes[-1] if record and record.quizzes else None
        return last if record and last and last.at > record.since else None

    def failed(self, topic: int) -> bool:
        """Whether a quiz found that a learnt topic is gone, and nothing has brought it back since."""
        return self.quiz(topic) is not None and self.fade(topic).failed

    def trusted(self, topic: int) -> bool:
        """Whether a quiz found lately that a topic is there."""
        last = self.quiz(topic)
        return last is not None and last.passed and self.now - last.at < HOLDS * 24 * HOUR

    def recall(self, topic: int) -> float:
        """What is left of a learnt topic by its cards, or by a quiz that it failed; 0 where nothing is known."""
        told = self.memory(topic).recall or 0.0
        last = self.quiz(topic)
        if last is None or not self.failed(topic):
            return told
        share = last.right / last.of
        return min(told, share) if self.memory(topic).seen else share

    def fade(self, topic: int) -> Fade:
        """How a topic's recall went up to its last review."""
        return self.fades(self.outline.lines[topic].id)

    @cached_property
    def learnt(self) -> bytearray:
        """1 where one can build on a topic: it is done or known, and has not faded."""
        told = bytearray(known and not faded for known, faded in zip(self.known, self.faded, strict=True))
        for topic in self.returning:
            told[topic] = 0
        return told

    @cached_property
    def ready(self) -> bytearray:
        """1 where all that a topic requires is learnt."""
        return bytearray(
            self.outline.is_ready(topic, self.learnt) for topic in range(len(self.outline.lines))
        )

    def unlocks(self, topic: int) -> list[int]:
        """The topics that would become ready if this one were learnt."""
        if self.learnt[topic]:
            return []
        waiting = [
            other
            for other in dict.fromkeys(self.outline.dependents[topic])
            if not (self.learnt[other] or self.ready[other])
        ]
        if not waiting:
            return []
        then = bytearray(self.learnt)
        then[topic] = 1
        return [other for other in waiting if self.outline.is_ready(other, then)]

    def forgotten(self, topic: int) -> int:
        """How often a topic was forgotten: confirmed fadings, and declared earlier learnings."""
        name = self.outline.lines[topic].id
        record = self.learner.topics.get(name)
        declared = len(record.once) if record else 0
        return declared + (self.fade(topic).forgotten if self.memory(topic).seen else 0)

    def mastery(self, topic: int) -> float:
        """The share of a topic's cards that were seen, times their recall."""
        memory = self.memory(topic)
        return mastery(seen=memory.seen, cards=self.outline.lines[topic].cards, recall=memory.recall)

    def in_state(self, *states: str) -> frozenset[int]:
        """The topics in these states, other than new."""
        number = self.outline.number
        return frozenset(
            number[name]
            for name, record in self.learner.topics.items()
            if record.state in states and name in number
        )

    def kind(self, topic: int) -> str:
        """``detour`` for what the learner stepped back to, ``refresh`` for what has faded, else ``learn``."""
        if topic in self._detours:
            return "detour"
        return "refresh" if self.faded[topic] or topic in self.returning else "learn"

    @cached_property
    def _detours(self) -> frozenset[int]:
        number = self.outline.number
        return frozenset(number[one.topic] for one in self.learner.detours if one.topic in number)

    def refresh(self, topic: int) -> Level:
        """What has to be done about a topic that has faded, or will have."""
        how = level(self.recall(topic), faded=True, failed=self.failed(topic), trusted=self.trusted(topic))
        return max(how, Level.PROBE)

    @cached_property
    def hours(self) -> Sequence[float]:
        """The estimated hours that are left for each topic; a faded one needs less."""
        return self.hours_at(1.0)

    def hours_at(self, pace: float) -> Sequence[float]:
        """The hours that are left for each topic at a pace, in hours for each estimated hour."""
        told = [line.hours * pace for line in self.outline.lines]
        for topic in (*(at for at, faded in enumerate(self.faded) if faded), *self.returning):
            whole = self.outline.lines[topic].hours * pace
            told[topic] = refresh_hours(whole, self.recall(topic), self.refresh(topic))
        number = self.outline.number
        for name, record in self.learner.topics.items():
            if record.state in IN_WORK and name in number:
                whole = told[number[name]]
                told[number[name]] = max(whole - self.learner.spent(name, self.now), LEAST_LEFT * whole)
        return told

    @cached_property
    def here(self) -> int | None:
        """The topic in work: the one whose clock runs, else the last one that is being studied."""
        number = self.outline.number
        running = self.learner.running
        if running and running.topic in number:
            return number[running.topic]
        open_topics = [
            (record.last, name)
            for name, record in self.learner.topics.items()
            if record.state == "studying" and name in number
        ]
        return number[max(open_topics)[1]] if open_topics else None
