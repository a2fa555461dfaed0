"""The learner's state, told from the events of the journal.

The fold is a pure function of the events in (at, id) order; undone events are gone before.
What the values mean stands in `studyctl.core.learner`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from studyctl.core import detours, keeping
from studyctl.core.calendar import Away
from studyctl.core.corrections import corrected
from studyctl.core.detours import Frame, Frames
from studyctl.core.events import Event
from studyctl.core.keeping import Keeping
from studyctl.core.learner import Answer, Goal, Learner, Record, Running, Session, TopicState
from studyctl.core.probes import with_answer
from studyctl.core.time import HOUR, MINUTE, Instant, from_date, from_iso, is_date

ABOUT_A_TOPIC = frozenset(
    [
        "started",
        "done",
        "known",
        "once",
        "logged",
        "corrected",
        "detoured",
        "returned",
        "parked",
        "probed",
        "place-answered",
        "place-said",
    ]
)


def fold(
    events: Iterable[Event],
    *,
    aliases: Mapping[str, str] | None = None,
    cards_from: str = "done",
    session_cap: float = 3.0,
) -> Learner:
    """The state that the events tell; `aliases` maps the earlier id of a topic to its living one."""
    told = _Telling(aliases or {}, session_cap)
    for event in events:
        told.take(event)
    return Learner(
        told.topics,
        tuple(told.sessions),
        told.running,
        told.goals,
        cards_from,
        session_cap,
        tuple(sorted(told.away)),
        told.frames,
        told.placement,
        told.keeping,
        told.practising,
        told.placed_at,
    )


class _Telling:
    """The state while the events are being read."""

    def __init__(self, aliases: Mapping[str, str], session_cap: float) -> None:
        self.aliases = aliases
        self.cap = round(session_cap * HOUR)
        self.topics: dict[str, Record] = {}
        self.sessions: list[Session] = []
        self.running: Running | None = None
        self.goals: dict[str, Goal] = {}
        self.away: set[Away] = set()
        self.frames: Frames = ()
        self.placement: dict[str, Answer] = {}
        self.keeping: Keeping | None = None
        self.practising = False
        self.placed_at = 0

    def take(self, event: Event) -> None:
        facts = event.facts
        if event.do in ABOUT_A_TOPIC:
            topic = self._name(facts.get("topic"))
            if topic:
                self._take_topic(topic, self.topics.setdefault(topic, Record()), event)
            return
        match event.do:
            case "stopped":
                if self.running and self._name(facts.get("topic")) not in ("", self.running.topic):
                    return  # another device has begun something else in the meantime
                self._end(_moment(facts.get("ended"), event.at), str(facts.get("note") or ""))
            case "placed":
                self._placed(facts.get("unsure"))
                self.placed_at = event.at
            case "goal-added":
                self._goal(event)
            case "away" | "away-cancelled":
                self._away(event)
            case "maintain-on":
                self.keeping = keeping.read(facts) or self.keeping
            case "practice-on" | "practice-off":
                self.practising = event.do == "practice-on"
            case "maintain-off":
                self.keeping = None
            case "goal-dropped":
                self.goals.pop(self._name(facts.get("goal")), None)

    def _take_topic(self, topic: str, record: Record, event: Event) -> None:
        facts = event.facts
        match event.do:
            case "started":
                self._begin(topic, event)
                self._settle(detours.arrived(self.frames, topic), event.at)
            case "done":
                if self.running and self.running.topic == topic:
                    self._end(event.at)
                passed, of = facts.get("passed"), facts.get("of")
                if isinstance(passed, int) and isinstance(of, int):
                    record.passed = (passed, of)
                record.last = event.at
                self._learn(record, "done", event.when)
                self._settle(detours.finished(self.frames, topic), event.at)
            case "known":
                self._learn(record, "known", event.when)
                self._settle(detours.finished(self.frames, topic), event.at)
            case "once":
                year = facts.get("year")
                record.once.append(year if isinstance(year, int) else 0)
                record.learnings += 1
                if not record.learnt and record.state == "new":
                    self._move(record, "once", event.at)
            case "logged":
                minutes = facts.get("minutes")
                if isinstance(minutes, int | float) and minutes > 0:
                    start = event.at - round(minutes * MINUTE)
                    self._add(Session(topic, start, event.at, event.offset))
            case "corrected":
                start, end = _moment(facts.get("start"), event.at), _moment(facts.get("ended"), event.at)
                self.sessions, more = corrected(self.sessions, topic, start, end)
                record.hours += more
            case "detoured":
                self._detour(topic, record, event)
            case "returned":
                self._return(topic, event)
            case "parked":
                self._park(topic, record, event)
            case "probed":
                right = facts.get("right") is True
                record.quizzes = with_answer(record.quizzes, event.at, event.offset, event.batch, right)
                record.unsure = False
            case "place-answered" | "place-said":
                self.placement[topic] = Answer(facts.get("right") is True, str(facts.get("card") or ""))

    def _begin(self, topic: str, event: Event) -> None:
        """The clock begins to run for a topic."""
        self._end(event.at)
        self.running = Running(topic, event.at, event.offset)
        record = self.topics.setdefault(topic, Record())
        record.started = True
        record.last = event.at
        self._move(record, "studying", event.at)

    def _detour(self, topic: str, record: Record, event: Event) -> None:
        facts = event.facts
        source = self._name(facts.get("from"))
        hours = facts.get("box")
        note = str(facts.get("note") or "")
        if not source or source == topic:
            return
        self._end(event.at, note if self.running and self.running.topic == source else "")
        left = self.topics.setdefault(source, Record())
        left.note = note or left.note
        frame = Frame(
            topic,
            source,
            event.at,
            event.offset,
            str(facts.get("cause") or "you"),
            str(facts.get("evidence") or ""),
            float(hours) if isinstance(hours, int | float) and hours > 0 else detours.LEAST_BOX,
            note,
            record.state,
        )
        frames = detours.opened(self.frames, frame)
        if frames and frames[-1] is frame:
            self._move(left, "detoured", event.at)
        self._begin(topic, event)
        self._settle(frames, event.at)

    def _return(self, topic: str, event: Event) -> None:
        source = self._name(event.facts.get("to"))
        self._end(event.at)
        if source:
            self._begin(source, event)
            self._settle(detours.arrived(self.frames, source), event.at)
        else:
            self._settle(detours.put_aside(self.frames, topic), event.at)

    def _park(self, topic: str, record: Record, event: Event) -> None:
        note = str(event.facts.get("note") or "")
        if self.running and self.running.topic == topic:
            self._end(event.at, note)
        record.note = note or record.note
        self._settle(detours.put_aside(self.frames, topic), event.at)
        if record.state not in ("done", "known"):
            self._move(record, "parked", event.at)

    def _settle(self, frames: Frames, at: int) -> None:
        """The stack is this now: what was left for a detour that is closed is in work again.

        A topic that was learnt before a detour came to it is so again.
        """
        sources = {frame.source for frame in frames}
        for frame in (one for one in self.frames if one not in frames):
            source, topic = self.topics[frame.source], self.topics[frame.topic]
            if source.state == "detoured" and frame.source not in sources:
                self._move(source, "studying", at)
            if topic.state == "studying" and frame.before in ("done", "known"):
                self._move(topic, "done" if frame.before == "done" else "known", at)
        self.frames = frames

    def _placed(self, unsure: object) -> None:
        """A placement is at its end; what it could not tell is unsure until something else does."""
        self.placement = {}
        for record in self.topics.values():
            record.unsure = False
        for name in unsure if isinstance(unsure, list) else ():
            record = self.topics.setdefault(self._name(name), Record())
            record.unsure = record.state in ("new", "once")

    def _name(self, topic: object) -> str:
        name = topic if isinstance(topic, str) else ""
        return self.aliases.get(name, name)

    def _goal(self, event: Event) -> None:
        name = self._name(event.facts.get("goal"))
        value = event.facts.get("value")
        by = event.facts.get("by")
        if name:
            before = self.goals.get(name)
            self.goals[name] = Goal(
                name,
                by if is_date(by) else None,
                float(value) if isinstance(value, int | float) else 1.0,
                before.added if before else event.at,
                event.facts.get("side_roads") is True,
            )

    def _away(self, event: Event) -> None:
        try:
            first = from_date(date.fromisoformat(str(event.facts.get("first"))))
            last = from_date(date.fromisoformat(str(event.facts.get("last"))))
        except ValueError:
            return
        if event.do == "away":
            self.away.add(Away(first, last))
        else:
            self.away.discard(Away(first, last))

    @staticmethod
    def _move(record: Record, state: TopicState, at: int) -> None:
        record.state = state
        record.since = at

    def _learn(self, record: Record, state: TopicState, when: Instant) -> None:
        record.unsure = False
        if record.state not in ("done", "known"):
            record.learnings += 1
        if not record.learnt:
            record.learnt, record.learnt_at = True, when
        self._move(record, state, when.ms)

    def _end(self, at: int, note: str = "") -> None:
        if self.running is None:
            return
        topic, start, offset = self.running
        limit = start + self.cap
        end = max(start, min(at, limit))
        self.running = None
        self._add(Session(topic, start, end, offset, note, capped=at > limit))

    def _add(self, session: Session) -> None:
        self.sessions.append(session)
        record = self.topics.setdefault(session.topic, Record())
        record.hours += session.hours
        record.last = max(record.last, session.end)
        if session.note:
            record.note = session.note


def _moment(text: object, otherwise: int) -> int:
    try:
        return from_iso(text) if isinstance(text, str) else otherwise
    except ValueError:
        return otherwise
