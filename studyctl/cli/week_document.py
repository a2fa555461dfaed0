"""A week for other programs: the part of `report --json` that every form of a report shows."""

from __future__ import annotations

from typing import Any

from studyctl.core.time import to_date
from studyctl.core.timesheet import Spent
from studyctl.core.week import AreaHours, GoalMove, Ledger
from studyctl.core.week_review import WeekReview


def date_text(day: int | None) -> str | None:
    """A study day as JSON has it."""
    return to_date(day).isoformat() if day is not None else None


def document(told: WeekReview) -> dict[str, Any]:
    """The week."""
    return {
        "first": date_text(told.first),
        "last": date_text(told.last),
        "days": told.days,
        "hours": {
            "available": told.available,
            "planned": told.planned,
            "planned_study": told.planned_study,
            "planned_reviews": told.planned_reviews,
        }
        | spent(told.spent),
        "areas": [_area(told, one) for one in told.areas],
        "reviews": told.reviews._asdict(),
        "learnt": [{"topic": name, "title": told.titles.get(name, name)} for name in told.learnt],
        "faded": [one._asdict() for one in told.faded],
        "rescued": [one._asdict() for one in told.rescued],
        "goals": [goal(one) for one in told.goals],
        "drift": {"days": told.drift, "away_days": told.away_days, "ledger": _ledger(told.ledger)},
        "switches": {
            "jumps": told.switches.jumps,
            "steps_back": told.switches.steps_back,
            "hours": told.switches.hours,
        },
        "detours": [one._asdict() for one in told.detours],
        "gaps": [
            {"first": date_text(one.first), "last": date_text(one.last), "days": one.days}
            for one in told.gaps
        ],
        "ahead": {
            "items": [one._asdict() for one in told.ahead],
            "review_minutes": told.ahead_review_minutes,
            "hours_available": told.ahead_hours,
        },
        "decision": {
            "kind": told.decision.kind,
            "question": told.decision.question,
            "why": told.decision.why,
            "choices": [one._asdict() for one in told.decision.choices],
        },
    }


def spent(told: Spent) -> dict[str, float]:
    """Hours spent, as every part of a report has them."""
    return {"spent": told.hours, "study": told.study, "reviews": told.reviews}


def _area(told: WeekReview, one: AreaHours) -> dict[str, Any]:
    topics = [{"topic": row.topic, "planned": row.planned} | spent(row.spent) for row in one.topics]
    return {
        "area": one.area,
        "title": told.titles.get(one.area, one.area),
        "planned": one.planned,
        "topics": topics,
    } | spent(one.spent)


def goal(one: GoalMove) -> dict[str, Any]:
    """When a goal was going to be reached, and when it is now."""
    return {
        "goal": one.goal,
        "by": date_text(one.by),
        "finish_before": date_text(one.before),
        "finish": date_text(one.now),
        "finish_between": [date_text(one.soon), date_text(one.slow)],
        "days": one.days,
    }


def _ledger(told: Ledger | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "hours_left_before": told.before,
        "hours_left": told.now,
        "entries": [{"what": one.what, "hours": one.hours, "names": list(one.names)} for one in told.entries],
    }
