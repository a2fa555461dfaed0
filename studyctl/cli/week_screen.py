"""The week on the terminal: hours as a tree, what moved, the plan, and one decision."""

from __future__ import annotations

from collections.abc import Iterator

from studyctl.cli import screen
from studyctl.cli.workspace import Workspace
from studyctl.core import week_words as words
from studyctl.core.time import in_words
from studyctl.core.week import LITTLE
from studyctl.core.week_review import WeekReview

LABEL = 10  # columns of the words at the left
NUMBER = 9


def show(work: Workspace, told: WeekReview) -> None:
    """Print the week."""
    head = f"Week of study: {words.title(told)}"
    work.say(work.style(screen.cut(head, work.width), bold=True))
    for line in _body(work, told):
        work.say(line)
    _decide(work, told)


def _body(work: Workspace, told: WeekReview) -> Iterator[str]:
    yield ""
    yield from _hours(work, told)
    yield ""
    rows = [("reviews", " ".join(words.reviews(told.reviews)))]
    rows.append(("learnt", words.things(told.learnt) or "nothing"))
    rows.append(("faded", words.changes(told.faded) or "nothing"))
    rows.append(("rescued", words.changes(told.rescued) or "nothing"))
    rows.append(("switches", words.switches(told.switches)))
    for one in told.detours:
        note = f"; left at: {one.note}" if one.note else ""
        spent = f"{screen.minutes(one.hours * 60)} of {screen.minutes(one.box * 60)}"
        rows.append(("detour", f"{one.topic}, for {one.source}: {spent}{note}"))
    rows += [
        (
            "without",
            f"study or reviews from {in_words(one.first, told.last)} to {in_words(one.last, told.last)}",
        )
        for one in told.gaps
    ]
    yield from _labelled(work, rows)
    if told.goals or told.ledger:
        yield ""
        plans = [f"{one.goal}: {words.goal(one, told.last)}" for one in told.goals]
        yield from _labelled(work, [("" if at else "plan", text) for at, text in enumerate(plans)])
        why = words.why(told)
        if why:
            yield from _labelled(work, [("why", why)])
        yield from _ledger(work, told)
    if told.ahead:
        yield ""
        parts = [_item(one.kind, one.topic, one.hours, finished=one.finished) for one in told.ahead]
        parts.append(f"reviews {screen.minutes(told.ahead_review_minutes)}")
        yield from _labelled(work, [("next week", ", ".join(parts))])


def _item(kind: str, topic: str, hours: float, *, finished: bool) -> str:
    name = topic if kind == "learn" else f"{kind} {topic}"
    return f"{name} ✓" if finished else f"{name} {screen.hours(hours)}"


def _labelled(work: Workspace, rows: list[tuple[str, str]]) -> Iterator[str]:
    for label, text in rows:
        first, *rest = screen.wrap(text, work.width - LABEL).splitlines()
        yield work.style(screen.pad(label, LABEL), dim=True) + first
        yield from (" " * LABEL + line for line in rest)


def _hours(work: Workspace, told: WeekReview) -> Iterator[str]:
    wide = min(work.width, 72) - 2 * NUMBER
    yield f"{screen.pad('hours', wide)}{'planned':>{NUMBER}}{'spent':>{NUMBER}}"
    for area in told.areas:
        if area.planned < LITTLE and area.spent.study < LITTLE:
            continue
        yield _row(told.titles.get(area.area, area.area), area.planned, area.spent.study, wide)
        for row in area.topics:
            if row.planned >= LITTLE or row.spent.study >= LITTLE:
                yield _row(f"  {row.topic}", row.planned, row.spent.study, wide)
    yield _row("reviews", told.planned_reviews, told.spent.reviews, wide)
    yield " " * wide + "─" * (2 * NUMBER)
    yield _row("all", told.planned, told.spent.hours, wide)


def _row(name: str, planned: float, spent: float, wide: int) -> str:
    cells = [f"{one:.1f}".rjust(NUMBER) if one >= LITTLE else "–".rjust(NUMBER) for one in (planned, spent)]
    return screen.pad(screen.cut(name, wide - 1), wide) + "".join(cells)


def _ledger(work: Workspace, told: WeekReview) -> Iterator[str]:
    rows = list(words.entries(told))
    wide = max((screen.columns(what) for what, _, _ in rows), default=0)
    for number, (what, hours, names) in enumerate(rows):
        edge = number in (0, len(rows) - 1)
        amount = f"{hours:8.1f} h" if edge else f"{words.signed(hours):>8} h"
        line = f"{' ' * LABEL}{screen.pad(what, wide)}{amount}  {names}".rstrip()
        yield screen.cut(line, work.width)


def _decide(work: Workspace, told: WeekReview) -> None:
    one = told.decision
    work.say()
    work.say(work.style(screen.wrap(f"One decision: {one.question}", work.width), bold=True))
    work.say(screen.wrap(one.why, work.width, "  "))
    for choice in one.choices:
        if choice.command:
            work.say(screen.with_right(f"  · {choice.text}", choice.command, work.width))
        else:
            work.say(screen.wrap(f"· {choice.text}", work.width, "  "))
