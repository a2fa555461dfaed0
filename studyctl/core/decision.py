"""The one decision that a week asks for: the first of some rules that speaks.

A review that ends in ten suggestions ends in none. So there is exactly one question, with what
speaks for asking it now and with two or three answers, each of which is a command. What stands
in the way of everything else is asked first: a break that is not over, dates that cannot hold,
hours that are not there, a detour that does not end, memory that is slipping; and where nothing
presses, what comes next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studyctl.core.counted import count

SHORT = 0.6  # of the planned study; less was not a bad evening
ENOUGH = 2.0  # hours planned, under which nothing can be said
MANY_FADED = 3
STEP = 0.5  # hours a week


class Choice(NamedTuple):
    """An answer: what it means, and the command that does it; no command where nothing has to be done."""

    text: str
    command: str = ""


class Decision(NamedTuple):
    """A question, why it is asked now, and its answers."""

    kind: str
    question: str
    why: str
    choices: tuple[Choice, ...]


class Week(NamedTuple):
    """What the rules look at."""

    waiting: int = 0  # cards that are due after a break
    conflict: str = ""  # why no plan holds all dates; empty if one does
    repairs: tuple[Choice, ...] = ()
    planned: float = 0.0  # hours of study and reviews
    spent: float = 0.0
    usual: float = 0.0  # hours a week, in the mean of the last four, days away left out
    a_week: float = 0.0  # hours a week that the plan reckons with
    detour: tuple[str, str, float, float] | None = None  # topic, source, hours spent, box
    faded: Sequence[str] = ()  # topics that have faded and not come back
    minutes_due: float = 0.0
    leech: tuple[str, str, str] | None = None  # card, how it failed, the weakest topic below it or ""
    goals: int = 0
    open_goals: int = 0
    next: tuple[str, ...] = ()  # what `next` suggests


def decide(week: Week) -> Decision:
    """The decision of a week."""
    for rule in (_break, _dates, _hours, _detour, _memory, _leech, _goal):
        told = rule(week)
        if told is not None:
            return told
    return _next(week)


def _break(week: Week) -> Decision | None:
    if not week.waiting:
        return None
    return Decision(
        "comeback",
        "How to begin again?",
        f"After a break {count(week.waiting, 'card')} wait, {week.minutes_due:.0f} minutes of reviews.",
        (
            Choice("see what is left, and begin with fifteen minutes", "studyctl comeback"),
            Choice("keep only what little time keeps", "studyctl maintain"),
        ),
    )


def _dates(week: Week) -> Decision | None:
    if not week.conflict:
        return None
    choices = week.repairs or (Choice("more hours, or a later date", "studyctl plan"),)
    return Decision("dates", "Which date gives way?", week.conflict, choices)


def _hours(week: Week) -> Decision | None:
    if week.planned < ENOUGH or week.spent >= SHORT * week.planned or week.usual >= SHORT * week.a_week:
        return None
    true = max(STEP, round(week.usual / STEP) * STEP)
    evening = round(2 * week.a_week / 3) / 2
    what = "which is what there was" if week.usual >= STEP / 2 else "which may be found"
    return Decision(
        "hours",
        f"Are {week.a_week:g} hours a week true?",
        f"{week.planned:.1f} h were planned and {week.spent:.1f} h spent; of late there were {week.usual:.1f} h a week.",
        (
            Choice(
                f"plan with {true:g} h a week, {what}",
                f"studyctl config set hours_per_week {true:g}",
            ),
            Choice(
                f"keep {week.a_week:g} h, and name the evenings on which they are",
                f'studyctl config set hours_per_week "{{tue: {evening:g}, sat: {week.a_week - evening:g}}}"',
            ),
        ),
    )


def _detour(week: Week) -> Decision | None:
    if week.detour is None or week.detour[2] < week.detour[3]:
        return None
    topic, source, spent, box = week.detour
    return Decision(
        "detour",
        f"Does {topic} still help with {source}?",
        f"The detour had {box:g} h and has taken {spent:.1f} h.",
        (
            Choice(f"go back to {source}, and see", "studyctl back"),
            Choice(f"stay with {topic} for now", f"studyctl start {topic}"),
            Choice(f"put {source} aside", f"studyctl park {source}"),
        ),
    )


def _memory(week: Week) -> Decision | None:
    if len(week.faded) < MANY_FADED:
        return None
    names = ", ".join(week.faded[:MANY_FADED])
    return Decision(
        "memory",
        "A week for what is slipping, or on with the new?",
        f"{len(week.faded)} topics have faded, among them {names}; {week.minutes_due:.0f} minutes of reviews are due.",
        (
            Choice("reviews first, until nothing is due", "studyctl review"),
            Choice(f"bring one back: {week.faded[0]}", f"studyctl start {week.faded[0]}"),
            Choice("let them go for now, and on with the plan", "studyctl next"),
        ),
    )


def _leech(week: Week) -> Decision | None:
    if week.leech is None:
        return None
    card, how, below = week.leech
    choices = [Choice("say it in your own words", f"studyctl cards --rewrite {card}")]
    if below:
        choices.append(Choice(f"step back to {below}", f"studyctl start {below}"))
    choices.append(Choice("leave it out", f"studyctl cards --suspend {card}"))
    return Decision("leech", f"What becomes of {card}?", f"It was {how}.", tuple(choices))


def _goal(week: Week) -> Decision | None:
    if week.open_goals:
        return None
    why = "Every goal is reached." if week.goals else "There is no goal, so nothing can be late or done."
    return Decision(
        "goal",
        "Where to go next?" if week.goals else "Where to?",
        why,
        (
            Choice("choose a track", "studyctl tracks"),
            Choice("one topic as a goal", "studyctl goal add TOPIC"),
        ),
    )


def _next(week: Week) -> Decision:
    if not week.next:
        return Decision(
            "parked",
            "What is taken up again?",
            "A goal is open, and nothing is ready that is not parked.",
            (
                Choice("something of what is parked", "studyctl topics --state parked"),
                Choice("another goal", "studyctl tracks"),
            ),
        )
    return Decision(
        "next",
        "What comes first next week?" if len(week.next) > 1 else f"Begin with {week.next[0]}?",
        "Nothing is in the way.",
        tuple(Choice(name, f"studyctl start {number}") for number, name in enumerate(week.next[:3], 1)),
    )
