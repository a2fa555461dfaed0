"""Which cards come first when there is no time for all: under maintenance, and after a long break."""

from __future__ import annotations

from collections.abc import Sequence

from studyctl.cli import gather, screen
from studyctl.cli.returning import returning
from studyctl.cli.workspace import Workspace
from studyctl.core.comeback import FIRST
from studyctl.core.keeping import Keeping
from studyctl.core.queue import Candidate, by_rank
from studyctl.core.session import Moment

ONCE_MORE = 0.2  # of cards that have waited so long are forgotten, and asked again at once


def in_turn(
    work: Workspace, candidates: Sequence[Candidate], now: Moment, minutes: float | None = None
) -> tuple[Candidate, ...] | None:
    """The cards to ask by what they gain; None where everything that is due is asked as usual.

    After a break no more than fit into the `minutes` of a first session: nobody should see a wall.
    """
    keeping = work.learner().keeping
    if keeping is not None:
        return _kept(work, keeping, candidates, now)
    told = returning(work, gather.standing(work))
    if told is None:
        return None
    queue = by_rank(candidates, _gains(work, candidates, now), ms=now.ms, day=now.day, first=told.probe)
    most = (FIRST if minutes is None else minutes) * 60 / gather.seconds(work)
    return queue[: max(1, round(most))]


def wait(work: Workspace) -> str | None:
    """What is said after a session while a backlog is left from a break; None without one."""
    told = returning(work, gather.standing(work))
    if told is None:
        return None
    left = screen.minutes(max(1, told.minutes))
    return f"The rest can wait, about {left} in all: studyctl comeback says what is there."


def minutes_left(work: Workspace, keeping: Keeping) -> float:
    """The minutes of today's or this week's share that are not used yet."""
    count, timed, seconds = work.history.whole.spent(keeping.since(work.today))
    spent = seconds + (count - timed) * gather.seconds(work)
    return max(0.0, keeping.minutes - spent / 60)


def kept_reviews(work: Workspace, keeping: Keeping, due: int) -> gather.Reviews:
    """How many of the due cards fit into the share that is left, and their minutes."""
    seconds = gather.seconds(work) * (1 + ONCE_MORE)
    count = min(due, int(minutes_left(work, keeping) * 60 / seconds))
    return gather.Reviews(count, count * seconds / 60)


def _kept(
    work: Workspace, keeping: Keeping, candidates: Sequence[Candidate], now: Moment
) -> tuple[Candidate, ...]:
    queue = by_rank(candidates, _gains(work, candidates, now), ms=now.ms, day=now.day)
    return queue[: kept_reviews(work, keeping, len(queue)).due]


def _gains(work: Workspace, candidates: Sequence[Candidate], now: Moment) -> dict[str, float]:
    """The gain of asking each due card now."""
    import numpy as np  # noqa: PLC0415 (only when there is little time)

    from studyctl.core.habits import USUAL  # noqa: PLC0415
    from studyctl.core.upkeep import gain_order  # noqa: PLC0415

    due = [
        (one.card, one.memory)
        for one in candidates
        if one.memory is not None and one.memory.due_ms is None and one.memory.due_day <= now.day
    ]
    if not due:
        return {}
    gains = gain_order(
        np.array([memory.stability for _, memory in due]),
        np.array([memory.difficulty for _, memory in due]),
        np.array([now.day - memory.last_day for _, memory in due], np.int64),
        np.array(_weights(work, [card for card, _ in due])),
        USUAL,
        work.history.parameters,
    )
    return dict(zip((card for card, _ in due), gains.tolist(), strict=True))


def _weights(work: Workspace, cards: Sequence[str]) -> list[float]:
    interest = work.settings.interest
    if not interest:
        return [1.0] * len(cards)
    from studyctl.core.goals import interests  # noqa: PLC0415

    number = work.outline.number
    told = interests(gather.standing(work), interest, gather.track_topics(work))
    return [told[number[topic]] if (topic := card.partition("/")[0]) in number else 1.0 for card in cards]
