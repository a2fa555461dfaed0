"""A session whose end was forgotten, and the end that it really had.

Nobody is asked about it while it happens; whoever looks at the log later may say when it was. The
journal keeps what was recorded, and one more event that names the session by its topic and its
start, and says when it ended.
"""

from __future__ import annotations

from collections.abc import Sequence

from studyctl.core.learner import Session
from studyctl.core.problems import UsageError
from studyctl.core.time import HOUR

LONGEST = 24 * HOUR  # ms; nobody studies on


def session_at(sessions: Sequence[Session], moment: int) -> Session:
    """The session that may have ended at a moment: the last one that began before it.

    UsageError if there is none that can have lasted so long.
    """
    begun = [one for one in sessions if one.start < moment]
    if not begun:
        raise UsageError("no session began before that", "studyctl log --sessions")
    found = max(begun, key=lambda one: (one.start, one.end))
    if moment - found.start > LONGEST:
        raise UsageError(
            "the last session before that began more than a day earlier", "studyctl log --sessions"
        )
    return found


def corrected(sessions: Sequence[Session], topic: str, start: int, end: int) -> tuple[list[Session], float]:
    """The sessions with another end of one of them, and the hours that this adds to its topic.

    The end is never before the start. Without such a session nothing changes.
    """
    told = list(sessions)
    for at, one in enumerate(told):
        if one.topic == topic and one.start == start:
            fresh = one._replace(end=max(start, min(end, start + LONGEST)), capped=False)
            told[at] = fresh
            return told, fresh.hours - one.hours
    return told, 0.0
