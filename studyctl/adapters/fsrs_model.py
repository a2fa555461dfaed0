"""The memory model FSRS-6, as py-fsrs has it, behind our own words.

The library is fed study days: each review happens at midnight (UTC) of its study day, so that two
evenings a few hours less than 24 apart are a day, as in Anki. What it says in days is counted from
the study day, what it says in minutes from the true moment. It has no clock here, no dice, and no
ids of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import fsrs

from studyctl.core.memory import (
    LEARNING_STEPS,
    LONGEST,
    PARAMETERS,
    RELEARNING_STEPS,
    RETENTION,
    Memory,
    Rating,
    State,
)

_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_RATINGS = {Rating(rating): rating for rating in fsrs.Rating}
_STATES = {State(state): state for state in fsrs.State}
_LEARNING, _RELEARNING = (
    [timedelta(milliseconds=ms) for ms in steps] for steps in (LEARNING_STEPS, RELEARNING_STEPS)
)


class FsrsModel:
    """FSRS-6 with these parameters, Anki's learning steps, and no fuzz."""

    def __init__(self, parameters: Sequence[float] = PARAMETERS) -> None:
        self._parameters = tuple(parameters)
        self._schedulers: dict[float, fsrs.Scheduler] = {}

    def after(
        self, memory: Memory | None, rating: Rating, *, ms: int, day: int, retention: float = RETENTION
    ) -> Memory:
        """The memory after a review at the moment `ms` of the study day `day`."""
        now = _FIRST + timedelta(days=day)
        card, _ = self._scheduler(retention).review_card(_card(memory, now), _RATINGS[rating], now)
        assert card.stability is not None
        assert card.difficulty is not None
        state = State(card.state)
        wait = card.due - now
        failed = memory is not None and memory.state is State.REVIEW and rating is Rating.AGAIN
        return Memory(
            state=state,
            step=card.step,
            stability=card.stability,
            difficulty=card.difficulty,
            due_day=day + wait.days,
            due_ms=None if state is State.REVIEW else ms + wait // _MILLISECOND,
            last_ms=ms,
            last_day=day,
            reviews=(memory.reviews if memory else 0) + 1,
            lapses=(memory.lapses if memory else 0) + failed,
        )

    def _scheduler(self, retention: float) -> fsrs.Scheduler:
        if retention not in self._schedulers:
            self._schedulers[retention] = fsrs.Scheduler(
                self._parameters, retention, _LEARNING, _RELEARNING, LONGEST, enable_fuzzing=False
            )
        return self._schedulers[retention]


def _card(memory: Memory | None, now: datetime) -> fsrs.Card:
    if memory is None:
        return fsrs.Card(card_id=0, due=now)
    return fsrs.Card(
        card_id=0,
        state=_STATES[memory.state],
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=now,
        last_review=_FIRST + timedelta(days=memory.last_day),
    )
