"""Everything that is known about the learner, as values: topics, sessions, goals, detours.

A topic is `new` until it is started, `studying` until it is done, `known` when the learner
says so, `once` when it was known in some earlier life, `detoured` while the learner is on a
detour from it, and `parked` while it is put aside. Whatever was done or known has been
*learnt* and stays so when it is started again: its cards keep coming. A *session* is a
stretch of study, from `start` to `stop`; a forgotten one stops counting at the session cap.

The values are told from the journal by `studyctl.core.fold`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from studyctl.core.calendar import Away
from studyctl.core.detours import Frame
from studyctl.core.keeping import Keeping
from studyctl.core.probes import Quiz
from studyctl.core.time import HOUR, Instant, study_day

LONG_AGO = Instant(0)
TopicState = Literal["new", "studying", "done", "known", "once", "detoured", "parked"]
STATES: tuple[TopicState, ...] = ("new", "studying", "done", "known", "once", "detoured", "parked")


class Session(NamedTuple):
    """A stretch of study: from `start` to `end`, in ms since 1970; `capped` if the timer was forgotten."""

    topic: str
    start: int
    end: int
    offset: int
    note: str = ""
    capped: bool = False

    @property
    def hours(self) -> float:
        """Its length in hours."""
        return (self.end - self.start) / HOUR


class Running(NamedTuple):
    """A session that has begun and not ended."""

    topic: str
    start: int
    offset: int


@dataclass(slots=True)
class Record:
    """What is known about one topic."""

    state: TopicState = "new"
    since: int = 0  # when it came into this state
    learnt: bool = False  # was done or known at some time
    learnt_at: Instant = LONG_AGO  # when it was that for the first time
    learnings: int = 0  # how often, declared ones included
    once: list[int] = field(default_factory=list)  # years of declared earlier learnings
    started: bool = False
    hours: float = 0.0
    last: int = 0  # when it was last worked on
    passed: tuple[int, int] | None = None  # the last exit test: passed, of
    note: str = ""
    quizzes: tuple[Quiz, ...] = ()
    unsure: bool = False  # placement could not tell whether it is known


class Goal(NamedTuple):
    """Where the learner wants to go: a track or topic, perhaps by a date, with a value of its own."""

    id: str
    by: str | None
    value: float
    added: int
    side_roads: bool = False  # whether a track's side roads are wanted, too, where they fit


class Answer(NamedTuple):
    """An answer of placement: whether the topic is there, told by a card or, without one, by one's word."""

    right: bool
    card: str = ""


@dataclass(frozen=True, slots=True)
class Learner:
    """Everything that the events say of topics, sessions, goals and detours."""

    topics: Mapping[str, Record]
    sessions: tuple[Session, ...]
    running: Running | None
    goals: Mapping[str, Goal]
    cards_from: str = "done"
    session_cap: float = 3.0
    away: tuple[Away, ...] = ()
    detours: tuple[Frame, ...] = ()  # the innermost last
    placement: Mapping[str, Answer] = field(
        default_factory=dict
    )  # answers of a placement that is not at its end
    keeping: Keeping | None = None  # maintenance, while it is on
    practising: bool = False  # whether cards of exercised topics may come back later
    placed_at: int = 0  # when the last placement came to its end; 0: never

    def state(self, topic: str) -> TopicState:
        """The state of a topic."""
        record = self.topics.get(topic)
        return record.state if record else "new"

    def learnt(self, topic: str) -> bool:
        """Whether a topic was ever done or known."""
        record = self.topics.get(topic)
        return record.learnt if record else False

    def available(self, topic: str) -> bool:
        """Whether a topic's cards are asked: it was learnt, or started where that is enough."""
        record = self.topics.get(topic)
        if record is None:
            return False
        return record.learnt or (self.cards_from == "start" and record.started)

    def spent(self, topic: str, now: int) -> float:
        """Hours spent on a topic, the running session included."""
        record = self.topics.get(topic)
        hours = record.hours if record else 0.0
        if self.running and self.running.topic == topic:
            hours += (self.until(now) - self.running.start) / HOUR
        return hours

    def until(self, now: int) -> int:
        """Up to when the running session counts: now, or where a forgotten timer stops."""
        if self.running is None:
            return now
        return max(self.running.start, min(now, self.running.start + round(self.session_cap * HOUR)))

    def all_sessions(self, now: int) -> tuple[Session, ...]:
        """The sessions, the running one as if it ended now."""
        if self.running is None:
            return self.sessions
        topic, start, offset = self.running
        end = self.until(now)
        return (*self.sessions, Session(topic, start, end, offset, capped=end < now))

    def on_detour(self, frame: Frame, now: int) -> float:
        """Hours spent on a detour since it was opened, the running session included."""
        return sum(
            one.hours for one in self.all_sessions(now) if one.topic == frame.topic and one.start >= frame.at
        )

    def days(self, day_starts_at: int) -> set[int]:
        """The study days on which something was studied."""
        return {study_day(one.start, one.offset, day_starts_at) for one in self.sessions}
