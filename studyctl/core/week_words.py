"""The sentences of a week, the same on every screen: numbers put into words, and nothing decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyctl.core.counted import count
from studyctl.core.switches import Switches
from studyctl.core.time import in_words, to_date
from studyctl.core.week import LITTLE, Entry, GoalMove
from studyctl.core.week_review import Answers, Change, WeekReview

NAMED = 4  # topics in a sentence
LEDGER = {
    "learnt": "learnt",
    "worked": "worked on",
    "pace": "pace known better",
    "goals": "goals changed",
    "faded": "faded, to refresh",
    "again": "taken up again",
    "other": "other ways, or another curriculum",
}


def hours(number: float) -> str:
    """``3.9 h``."""
    return f"{number:.1f} h"


def signed(number: float) -> str:
    """``+2.5`` or ``−2.5``."""
    return f"{number:+.1f}".replace("-", "−")


def share(number: float) -> str:
    """``91 %``."""
    return f"{100 * number:.0f} %"


def title(told: WeekReview) -> str:
    """Which days it is about."""
    first, last = to_date(told.first), to_date(told.last)
    return f"{first:%a} {in_words(told.first, told.last)} to {last:%a} {in_words(told.last)}"


def things(names: Sequence[str], most: int = NAMED) -> str:
    """Names in a row, some of them where they are many."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def reviews(told: Answers) -> list[str]:
    """What was reviewed, and how well that went against what was predicted."""
    if not told.answers:
        return ["No card was answered."]
    new = f", {count(told.new_cards, 'card')} for the first time" if told.new_cards else ""
    lines = [f"{count(told.answers, 'answer')}{new}."]
    if told.recalled is not None and told.predicted is not None:
        lines.append(
            f"Retention: {share(told.recalled)} recalled, {share(told.predicted)} predicted "
            f"({count(told.scored, 'answer')} after a day or more)."
        )
    return lines


def changes(told: Sequence[Change], most: int = NAMED) -> str:
    """Topics with their recall, before and now."""
    return things([f"{one.topic} ({from_to(one.before, one.now)})" for one in told], most)


def from_to(before: float | None, now: float | None) -> str:
    """Recall before and now: ``0.74 → 0.69``."""
    return " → ".join("?" if one is None else f"{one:.2f}" for one in (before, now))


def moved(days: int) -> str:
    """By how many days something moved: ``3 days later``."""
    if not days:
        return "as before"
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def goal(one: GoalMove, today: int) -> str:
    """When a goal is reached, and by how much that moved."""
    if one.now is None:
        return "no end in sight at this rate"
    told = f"likely {in_words(one.now, today)}"
    if one.soon is not None and one.slow is not None:
        told += f", between {in_words(one.soon, today)} and {in_words(one.slow, today)}"
    told += "; new, or without an end before" if one.days is None else f"; {moved(one.days)}"
    if one.by is not None:
        room = one.by - one.now
        left = f"{count(room, 'day')} to spare" if room >= 0 else f"{count(-room, 'day')} late"
        told += f"; wanted by {in_words(one.by, today)}, {left}"
    return told


def entries(told: WeekReview) -> Iterator[tuple[str, float, str]]:
    """The ledger, as words, hours and names; what the plan had meant to take off stands first."""
    if told.ledger is None:
        return
    yield f"left on {in_words(told.first, told.last)}", told.ledger.before, "at your pace"
    for one in told.ledger.entries:
        if abs(one.hours) >= LITTLE:
            yield LEDGER.get(one.what, one.what), one.hours, _names(one)
    yield f"left on {in_words(told.last, told.last)}", told.ledger.now, ""


def _names(one: Entry) -> str:
    return things(one.names, 2) if one.what != "pace" else ""


def why(told: WeekReview) -> str:
    """Why the end moved, in a sentence; empty where nothing can be said."""
    if told.ledger is None:
        return ""
    taken_off = -told.ledger.of("learnt", "worked")
    parts = []
    if told.planned_study > LITTLE:
        parts.append(
            f"{hours(told.planned_study)} of study were planned and {hours(max(0.0, taken_off))} came off"
        )
    added = [
        f"{LEDGER[one.what]} {signed(one.hours)} h"
        for one in told.ledger.entries
        if one.what not in ("learnt", "worked") and abs(one.hours) >= LITTLE
    ]
    if added:
        parts.append(", ".join(added))
    if told.away_days:
        parts.append(f"{count(told.away_days, 'day')} away {'was' if told.away_days == 1 else 'were'} added")
    return "; ".join(parts) + "." if parts else ""


def switches(told: Switches) -> str:
    """The changes of area."""
    jumps, back = told.jumps, told.steps_back
    if not jumps and not back:
        return "none"
    parts = []
    if jumps:
        parts.append(f"{count(jumps, 'change')} of area, about {told.hours:.0f} h of finding back in")
    if back:
        parts.append(f"{count(back, 'step')} back or forth along prerequisites")
    return "; ".join(parts)
