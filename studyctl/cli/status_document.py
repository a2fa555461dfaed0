"""The status for other programs, as `status --json` and the report have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from studyctl.cli.status_facts import GoalProgress, Status
from studyctl.core.time import to_date


class Says(Protocol):
    """How topics and goals are called."""

    def topic(self, topic: str) -> str:
        """The name of a topic."""

    def goal(self, goal: str) -> str:
        """The name of a goal."""


class Plain:
    """Names as they are."""

    def topic(self, topic: str) -> str:
        """The name of a topic."""
        return topic

    def goal(self, goal: str) -> str:
        """The name of a goal."""
        return goal


PLAIN = Plain()


def document(told: Status, names: Says = PLAIN, *, anonymous: bool = False) -> dict[str, Any]:
    """The numbers of the status screen; in an anonymous report without the sentence, which has names in it."""
    topic: Callable[[str], str] = names.topic
    deadline = told.deadline
    return {
        "topics": told.topics,
        "cards": told.cards,
        "cards_seen": told.seen,
        "due": told.reviews.due,
        "minutes_due": round(told.minutes_due, 1),
        "recall": told.recall,
        "streak": told.streak,
        "hours_this_week": round(told.hours_this_week, 4),
        "hours_a_week": round(told.hours_a_week, 4),
        "forgotten_again": told.forgotten_again,
        "fading": [{"topic": topic(name), "recall": recall} for name, recall in told.fading],
        "learnt_again": [one.document() | {"topic": topic(one.topic)} for one in told.again],
        "goals": [_goal(one, names.goal(one.id)) for one in told.goals],
        "today": {
            "minutes_due": round(told.minutes_due, 1),
            "hours": round(told.today.hours, 4),
            "keeps": [topic(name) for name in told.today.keeps],
        },
        "faded_lately": [
            {"topic": topic(name), "before": before, "now": now} for name, before, now in told.faded_lately
        ],
        "detours": [
            {
                "topic": topic(frame.topic),
                "from": topic(frame.source),
                "minutes": round(hours * 60, 1),
                "box_minutes": round(frame.box * 60, 1),
            }
            for frame, hours in told.detours
        ],
        "deadline": None
        if deadline is None
        else {"goal": names.goal(deadline.id), "by": _date(deadline.by), "finish": _date(deadline.finish)},
        "good_news": None if anonymous or told.news is None else told.news._asdict(),
    }


def _goal(one: GoalProgress, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "done_hours": round(one.done_hours, 2),
        "total_hours": round(one.total_hours, 2),
        "finish": _date(one.finish),
        "finish_between": [_date(one.soon), _date(one.slow)],
        "by": _date(one.by),
    }


def _date(day: int | None) -> str | None:
    return to_date(day).isoformat() if day is not None else None
