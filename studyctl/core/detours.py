"""The learner's backtracking: a step back to what is missing, and the way to return.

A *detour* leaves a topic, its *source*, for one that is in the way. Detours lie on each other
as a stack of *frames*, the innermost last; how many there are is the *depth*. Each has a *box*,
the hours after which it is worth asking whether it still helps. Nothing here forbids anything:
a deep stack or a second *overrun* of a box only means that another way should be offered.

These are rules on plain tuples; the fold applies them as it reads the events.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

DEEP = 3  # detours on each other; with more, another way round is offered
OVERRUNS = 2  # boxes used up beyond the first; from so many on as well
_MOST_OVERRUNS = 1000  # that are counted
LEAST_BOX, MOST_BOX, BOX_STEP = 0.5, 3.0, 0.5  # hours; an evening is enough to see whether it helps
BOX_FACTOR = 2  # a box is so many times what the detour is expected to take


class Frame(NamedTuple):
    """One detour: from where, since when, why, for how long, and what to come back to.

    `cause` is who found the culprit (``you``, ``quiz``, ``odds``), `evidence` what spoke for it,
    `note` where the source was left, and `before` the state that the topic had before.
    """

    topic: str
    source: str
    at: int  # ms
    offset: int = 0
    cause: str = "you"
    evidence: str = ""
    box: float = LEAST_BOX  # hours
    note: str = ""
    before: str = "new"


Frames = tuple[Frame, ...]


def box(repair: float) -> float:
    """The hours that a detour gets whose repair is expected to take `repair` hours."""
    return min(max(LEAST_BOX, BOX_STEP * round(BOX_FACTOR * repair / BOX_STEP)), MOST_BOX)


def opened(frames: Frames, frame: Frame) -> Frames:
    """The stack with a detour on top; one into a topic that is on the stack already goes back to it.

    Who leaves a topic is at it, so what was opened since it was left before is closed.
    """
    frames = arrived(frames, frame.source)
    if any(frame.topic in (one.topic, one.source) for one in frames):
        return arrived(frames, frame.topic)
    return (*frames, frame)


def arrived(frames: Frames, topic: str) -> Frames:
    """The stack once the learner goes on with `topic`: what was opened after leaving it is closed."""
    for depth, frame in enumerate(frames):
        if frame.source == topic:
            return frames[:depth]
        if frame.topic == topic and not any(one.source == topic for one in frames[depth + 1 :]):
            return frames[: depth + 1]
    return frames


def finished(frames: Frames, topic: str) -> Frames:
    """The stack once `topic` is learnt: what was opened for its sake is closed."""
    return next((frames[:depth] for depth, frame in enumerate(frames) if frame.source == topic), frames)


def put_aside(frames: Frames, topic: str) -> Frames:
    """The stack once `topic` is parked: the detour to it is closed, and those from it."""
    return next(
        (frames[:depth] for depth, frame in enumerate(frames) if topic in (frame.source, frame.topic)), frames
    )


def overruns(frame: Frame, spent: float) -> int:
    """How often the box of a detour is used up, given the hours spent on it."""
    return int(min(spent / frame.box, _MOST_OVERRUNS) + 1e-9) if frame.box > 0 else 0


def needs_another_way(frames: Frames, spent: Sequence[float]) -> bool:
    """Whether the way back has become so long that another one should be offered.

    `spent` are the hours of each frame.
    """
    used = sum(overruns(frame, hours) for frame, hours in zip(frames, spent, strict=True))
    return len(frames) > DEEP or used >= OVERRUNS
