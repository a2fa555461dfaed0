"""Implicit practice, as the verbs decide it: turned on and off, and every easing an event of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from studyctl.cli import screen
from studyctl.cli.workspace import Workspace
from studyctl.core.due_days import is_control
from studyctl.core.events import Event, Fact, fact
from studyctl.core.practice import EASED, exercised

LEARNS = ("done", "known")


def turn(work: Workspace, *, on: bool) -> list[str]:
    """Turn implicit practice on or off, and say what that changed."""
    if on == work.learner().practising:
        return [f"Implicit practice is {'on' if on else 'off'} already."]
    if not on:
        work.record([fact("practice-off")])
        return ["Implicit practice is off: every card comes back at its own desired retention again."]
    facts = easing(work, ())
    work.record([fact("practice-on"), *facts])
    what = screen.count(len(facts), "topic")
    return [
        f"Implicit practice is on: cards of {what} come back at {EASED:.2f}, a fifth of them left as they were.",
        "No memory is changed by it. studyctl why CARD says what was decided; studyctl tune --practice off ends it.",
    ]


def easing(work: Workspace, facts: Iterable[Fact]) -> list[Fact]:
    """What is eased once these facts are recorded, and was not before."""
    lines, number = work.outline.lines, work.outline.number
    learnt = bytearray(len(lines))
    for name, record in work.learner().topics.items():
        if name in number and record.learnt:
            learnt[number[name]] = 1
    for one in facts:
        topic = number.get(str(one.facts.get("topic")))
        if one.do in LEARNS and topic is not None:
            learnt[topic] = 1
    known = work.history.due_days.eased
    return [
        fact(
            "eased",
            topic=lines[one.topic].id,
            retention=EASED,
            by={lines[other].id: weight for other, weight in one.by},
        )
        for one in exercised(work.outline, learnt)
        if lines[one.topic].id not in known and work.retention(lines[one.topic].id) > EASED
    ]


def decided(events: Iterable[Event], topic: str) -> Event | None:
    """The event by which a topic is eased now."""
    told = None
    for event in events:
        if event.do == "practice-off":
            told = None
        elif event.do == "eased" and event.facts.get("topic") == topic:
            told = event
    return told


def about(work: Workspace, card: str, topic: str) -> dict[str, Any] | None:
    """What was decided about a card, for `why`; None if its topic is not eased."""
    share = work.history.due_days.eased.get(topic)
    event = decided(work.history.events(), topic) if share is not None else None
    if share is None or event is None:
        return None
    by = event.facts.get("by")
    return {
        "retention": share,
        "by": by if isinstance(by, dict) else {},
        "since": f"{event.when.local():%Y-%m-%d}",
        "control": is_control(card),
    }


def sentence(told: dict[str, Any]) -> str:
    """The same for people."""
    names = ", ".join(f"{name} ({weight:g})" for name, weight in told["by"].items())
    if told["control"]:
        return (
            f"exercised by {names}, but in the control group: it is asked as ever, so that one can "
            "tell what easing the others costs"
        )
    return f"comes back at a recall of {told['retention']:.2f} since {told['since']}: exercised by {names}"


def groups(work: Workspace, cards: Sequence[str], moments: Sequence[int]) -> list[str]:
    """For each answer ``eased`` or ``control`` if its topic was eased then, else nothing."""
    since: dict[str, int] = {}
    for event in work.history.events():
        if event.do == "practice-off":
            since.clear()
        elif event.do == "eased":
            since.setdefault(str(event.facts.get("topic")), event.at)
    told = []
    for card, at in zip(cards, moments, strict=True):
        begun = since.get(card.partition("/")[0])
        told.append("" if begun is None or at < begun else "control" if is_control(card) else "eased")
    return told
