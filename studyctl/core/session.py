"""One sitting of reviews as a state machine: (sitting, key) -> (sitting, facts to record).

No clock, no file, no screen: whoever runs a sitting gives each key with its moment, records
the facts at once, and hands the events back (`recorded`), so that a later undo can name them.
A *sitting* asks its *queue*; a card in its learning steps goes to the *waiting* ones and comes
back when it is due, or when nothing else is left and it would be due within `AHEAD`. A card is
*in hand* from the moment it is shown until it is rated, put off or taken out.

A *key* is a printable character, or one of the names in `KEYS`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from studyctl.core.due_days import AS_TOLD, DueDays
from studyctl.core.events import Event, Fact, fact, undone
from studyctl.core.memory import MODEL, RETENTION, Memory, Model, Rating
from studyctl.core.queue import Candidate
from studyctl.core.time import MINUTE, to_date

AHEAD = 20 * MINUTE
LONGEST = 500  # characters of a typed answer
KEYS = ("enter", "esc", "backspace", "ctrl-c", "ctrl-d", "ctrl-u", "eof")
_QUIT = ("esc", "ctrl-c", "ctrl-d", "eof")


class Phase(Enum):
    """What the sitting waits for."""

    ASKING = "asking"
    SHOWN = "shown"
    OVER = "over"


class Moment(NamedTuple):
    """When a key was pressed: ms since 1970, and the study day."""

    ms: int
    day: int


def _usual(_topic: str) -> float:
    return RETENTION


@dataclass(frozen=True, slots=True)
class Rules:
    """How a sitting goes: the memory model, the retention wanted of a topic, and its limit."""

    model: Model
    retention: Callable[[str], float] = _usual
    minutes: float | None = None
    recording: bool = True  # a cram records nothing
    due_days: DueDays = AS_TOLD


class Tally(NamedTuple):
    """What was done so far."""

    rated: int = 0
    again: int = 0
    finished: int = 0  # cards that will not come back in this sitting
    skipped: int = 0
    set_aside: int = 0  # buried or suspended


NOTHING_DONE = Tally()


@dataclass(frozen=True, slots=True)
class Sitting:
    """The state of a sitting; `before` and `events` are the last step, for undo."""

    rules: Rules
    began: int
    queue: tuple[Candidate, ...]
    waiting: tuple[Candidate, ...] = ()
    card: Candidate | None = None
    phase: Phase = Phase.ASKING
    shown: int = 0  # when the card in hand was asked, in ms
    typed: str = ""
    tally: Tally = NOTHING_DONE
    help: bool = False
    notice: str = ""
    before: Sitting | None = field(default=None, repr=False, compare=False)
    left: int = field(default=0, compare=False)  # when `before` was left, in ms
    events: tuple[Event, ...] = field(default=(), repr=False, compare=False)

    @property
    def typing(self) -> bool:
        """Whether characters are an answer and not commands."""
        return self.phase is Phase.ASKING and self.card is not None and self.card.typed

    @property
    def total(self) -> int:
        """The cards of this sitting, done with or to come."""
        done = self.tally.finished + self.tally.skipped + self.tally.set_aside
        return done + len(self.queue) + len(self.waiting) + (self.card is not None)

    @property
    def met(self) -> int:
        """How many of them were in hand so far; a card that comes back is no other one."""
        return self.total - len(self.queue)


def begin(queue: Sequence[Candidate], rules: Rules, now: Moment) -> Sitting:
    """A sitting with its first card in hand; it is over at once when there is none."""
    return _next(Sitting(rules, now.ms, tuple(queue)), now)


def recorded(sitting: Sitting, events: Sequence[Event]) -> Sitting:
    """The sitting, knowing as which events its last facts were recorded; an undo is no step of its own."""
    if not events or events[0].do == "undone":
        return sitting
    return replace(sitting, events=tuple(events))


def preview(sitting: Sitting, now: Moment) -> dict[Rating, Memory]:
    """What would be remembered of the card in hand after each rating."""
    card = sitting.card
    return {rating: _rated(sitting.rules, card, rating, now) for rating in Rating} if card else {}


def press(sitting: Sitting, key: str, now: Moment) -> tuple[Sitting, tuple[Fact, ...]]:
    """Where a key leads, and what it leaves to be recorded; a key without a meaning changes nothing."""
    if sitting.phase is Phase.OVER or sitting.card is None:
        return sitting, ()
    if key in _QUIT or (key == "q" and not sitting.typing):
        return replace(sitting, phase=Phase.OVER, notice=""), ()
    if sitting.typing:
        return _typed(sitting, key), ()
    quiet = replace(sitting, notice="", help=False) if sitting.notice or sitting.help else sitting
    match key:
        case "?":
            return replace(quiet, help=not sitting.help), ()
        case " " | "enter" if quiet.phase is Phase.ASKING:
            return replace(quiet, phase=Phase.SHOWN), ()
        case "1" | "2" | "3" | "4" if quiet.phase is Phase.SHOWN:
            return _rate(quiet, Rating(int(key)), now)
        case "u":
            return _undo(quiet, now)
        case "s":
            tally = quiet.tally._replace(skipped=quiet.tally.skipped + 1)
            return _put_away(quiet, tally, "put off to another sitting", now), ()
        case "b" if quiet.rules.recording:
            until = to_date(now.day + 1).isoformat()
            return _set_aside(
                quiet, fact("buried", card=sitting.card.card, until=until), "buried until tomorrow", now
            )
        case "x" | "!" if quiet.rules.recording:
            return _set_aside(quiet, fact("suspended", card=sitting.card.card), "suspended", now)
    return sitting, ()


def _typed(sitting: Sitting, key: str) -> Sitting:
    if key == "enter":
        return replace(sitting, phase=Phase.SHOWN, notice="")
    if key == "backspace":
        return replace(sitting, typed=sitting.typed[:-1])
    if key == "ctrl-u":
        return replace(sitting, typed="")
    if len(key) == 1 and key.isprintable() and len(sitting.typed) < LONGEST:
        return replace(sitting, typed=sitting.typed + key, notice="")
    return sitting


def _rated(rules: Rules, card: Candidate, rating: Rating, now: Moment) -> Memory:
    retention = rules.retention(card.topic)
    after = rules.model.after(card.memory, rating, ms=now.ms, day=now.day, retention=retention)
    return rules.due_days.settled(card.card, after)


def _rate(sitting: Sitting, rating: Rating, now: Moment) -> tuple[Sitting, tuple[Fact, ...]]:
    card = sitting.card
    assert card is not None
    tally = sitting.tally
    tally = tally._replace(rated=tally.rated + 1, again=tally.again + (rating is Rating.AGAIN))
    if not sitting.rules.recording:
        back = rating is Rating.AGAIN
        after = replace(
            _left(sitting, now),
            queue=(*sitting.queue, card) if back else sitting.queue,
            tally=tally._replace(finished=tally.finished + (not back)),
        )
        return _next(after, now), ()
    memory = _rated(sitting.rules, card, rating, now)
    back = memory.due_ms is not None
    after = replace(
        _left(sitting, now),
        waiting=(*sitting.waiting, card._replace(memory=memory)) if back else sitting.waiting,
        tally=tally._replace(finished=tally.finished + (not back)),
    )
    took = max(0, now.ms - sitting.shown)
    return _next(after, now), (fact("reviewed", card=card.card, rating=int(rating), ms=took, model=MODEL),)


def _left(sitting: Sitting, now: Moment) -> Sitting:
    """The state behind the card in hand, remembering what undo returns to."""
    return replace(
        sitting,
        card=None,
        phase=Phase.ASKING,
        typed="",
        notice="",
        before=sitting,
        left=now.ms,
        events=(),
    )


def _put_away(sitting: Sitting, tally: Tally, what: str, now: Moment) -> Sitting:
    assert sitting.card is not None
    told = _next(replace(_left(sitting, now), tally=tally), now)
    return replace(told, notice=f"{sitting.card.card}: {what}")


def _set_aside(sitting: Sitting, told: Fact, what: str, now: Moment) -> tuple[Sitting, tuple[Fact, ...]]:
    tally = sitting.tally._replace(set_aside=sitting.tally.set_aside + 1)
    return _put_away(sitting, tally, what, now), (told,)


def _undo(sitting: Sitting, now: Moment) -> tuple[Sitting, tuple[Fact, ...]]:
    """Back to where the last card was rated or put away, as if no time had passed since."""
    before = sitting.before
    if before is None:
        return replace(sitting, notice="nothing to take back in this sitting"), ()
    card = before.card
    assert card is not None
    back = replace(before, shown=before.shown + now.ms - sitting.left, notice=f"taken back: {card.card}")
    if not sitting.events:
        return back, ()
    return back, (undone(sitting.events),)


def _next(sitting: Sitting, now: Moment) -> Sitting:
    """The sitting with its next card in hand, or over."""
    limit = sitting.rules.minutes
    if limit is not None and now.ms - sitting.began >= limit * MINUTE:
        return replace(sitting, card=None, phase=Phase.OVER)
    back = _back(sitting, now, 0)
    if back is None and sitting.queue:
        return replace(sitting, card=sitting.queue[0], queue=sitting.queue[1:], shown=now.ms)
    back = back or _back(sitting, now, AHEAD)
    if back is None:
        return replace(sitting, card=None, phase=Phase.OVER)
    waiting = tuple(one for one in sitting.waiting if one is not back)
    return replace(sitting, card=back, waiting=waiting, shown=now.ms)


def _back(sitting: Sitting, now: Moment, ahead: int) -> Candidate | None:
    """The waiting card that is due first within `ahead` ms; the last one asked only if it is alone."""
    last = sitting.before.card.card if sitting.before and sitting.before.card else None
    due = [
        (one.card == last, one.memory.due_ms, place)
        for place, one in enumerate(sitting.waiting)
        if one.memory and one.memory.due_ms is not None and one.memory.due_ms <= now.ms + ahead
    ]
    return sitting.waiting[min(due)[2]] if due else None
