"""Detours as the verbs show them: the one on top, the whole stack, and another way round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studyctl.cli import reading, screen
from studyctl.cli.workspace import Workspace
from studyctl.core.detours import Frame, needs_another_way, overruns
from studyctl.core.learner import Learner
from studyctl.core.standing import Standing
from studyctl.core.suggest import ago
from studyctl.core.switches import Switches, between
from studyctl.core.time import Instant, from_date, local_iso, study_day, to_date

CAUSES = {"you": "by you", "quiz": "by quiz", "odds": "by the odds"}
ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def spent(work: Workspace, learner: Learner) -> list[float]:
    """The hours of each detour so far, the outermost first."""
    return [learner.on_detour(frame, work.now.ms) for frame in learner.detours]


def another_way_is_due(work: Workspace, learner: Learner) -> bool:
    """Whether the way back has become long."""
    return needs_another_way(learner.detours, spent(work, learner))


def of_box(frame: Frame, hours: float) -> str:
    """How much of its box a detour has used: ``35 min of 1 h``."""
    return f"{screen.minutes(hours * 60)} of {screen.minutes(frame.box * 60)}"


def because(frame: Frame) -> str:
    """Who found the culprit, and how."""
    told = CAUSES.get(frame.cause, screen.clean(frame.cause))
    return f"{told}, {screen.clean(frame.evidence)}" if frame.evidence else told


def named(work: Workspace, topic: str) -> str:
    """A topic by name, marked if the curriculum does not have it any more (then anything may be its name)."""
    return topic if topic in work.outline.number else f"{screen.clean(topic)} (no longer in the curriculum)"


# documents


def detour_document(work: Workspace, learner: Learner) -> dict[str, Any] | None:
    """The detour on top as `next --json` tells it; minutes are those spent on it."""
    if not learner.detours:
        return None
    frame = learner.detours[-1]
    return frame_document(work, learner, frame) | {"depth": len(learner.detours)}


def frame_document(work: Workspace, learner: Learner, frame: Frame) -> dict[str, Any]:
    """One detour of the stack."""
    return {
        "topic": frame.topic,
        "from": frame.source,
        "minutes": round(learner.on_detour(frame, work.now.ms) * 60, 1),
        "box_minutes": round(frame.box * 60, 1),
        "cause": frame.cause,
        "evidence": frame.evidence,
        "note": frame.note,
        "opened": local_iso(Instant(frame.at, frame.offset)),
        "state": learner.state(frame.topic),
    }


# screens


def detour_lines(work: Workspace, where: Standing, number: int | None) -> Iterator[str]:
    """The detour on top for `next`, with what leads back; nothing if there is none.

    `number` is that of the suggestion to go on with it.
    """
    learner = where.learner
    if not learner.detours:
        return
    frame, hours = learner.detours[-1], spent(work, learner)[-1]
    name = work.style(named(work, frame.topic), bold=True)
    count = f"{number}  " if number else ""
    yield f"Detour   {count}{name}, for {screen.clean(frame.source)}"
    told = [of_box(frame, hours)]
    if learner.state(frame.topic) in ("done", "known"):
        told.append("learnt")
    elif overruns(frame, hours):
        told.append("the box is used up")
    else:
        told.append(because(frame))
    if len(learner.detours) > 1:
        told.append(f"{ORDINALS.get(len(learner.detours), f'{len(learner.detours)}th')} step back")
    yield screen.with_right(f"{'':{9 + len(count)}}{' · '.join(told)}", "studyctl back", work.width)
    if another_way_is_due(work, learner):
        yield from another_way(work, where)
    yield ""


def stack_lines(work: Workspace, where: Standing) -> Iterator[str]:
    """The stack of detours, the outermost first, each under the topic that was left for it."""
    learner = where.learner
    depth = 0
    rows: list[tuple[str, str, str]] = []
    notes: list[str] = []
    for number, frame in enumerate(learner.detours):
        before = learner.detours[number - 1] if number else None
        if before is None or before.topic != frame.source:
            depth = 0
            rows.append((named(work, frame.source), left(work, learner, frame), ""))
            notes.append(frame.note)
        else:
            notes[-1] = frame.note
        depth += 1
        mark = "   " * (depth - 1) + "└─ "
        hours = learner.on_detour(frame, work.now.ms)
        rows.append((mark + named(work, frame.topic), because(frame), of_box(frame, hours)))
        notes.append("")
    here = where.here
    top = learner.detours[-1].topic if learner.detours else ""
    on_top = here is not None and where.outline.lines[here].id == top
    wide = max(screen.columns(name) for name, _, _ in rows)
    why = max(screen.columns(told) for _, told, used in rows if used)
    for at, (name, told, used) in enumerate(rows):
        mark = "  ← here" if on_top and at == len(rows) - 1 else ""
        line = f"{screen.pad(name, wide)}  {screen.pad(told, why)}  {used}{mark}".rstrip()
        if screen.columns(line) > work.width:
            rest = f"{told}   {used}{mark}".strip()
            line = f"{name}\n{screen.wrap(rest, work.width, '      ')}"
        yield from line.splitlines()
        if notes[at]:
            indent = " " * (screen.columns(name) - screen.columns(name.lstrip(" └─")) + 2)
            yield from screen.wrap(f"left at: {screen.clean(notes[at])}", work.width, indent).splitlines()


def left(work: Workspace, learner: Learner, frame: Frame) -> str:
    """When a topic was left for a detour, and after how long."""
    local = Instant(frame.at, frame.offset).local()
    day = study_day(frame.at, frame.offset, work.settings.day_starts_at)
    when = f"at {local:%H:%M}" if day == work.today else f"{ago(day, work.today)} at {local:%H:%M}"
    record = learner.topics.get(frame.source)
    after = f", after {screen.minutes(record.hours * 60)}" if record and record.hours * 60 >= 1 else ""
    return f"left {when}{after}"


def another_way(work: Workspace, where: Standing) -> Iterator[str]:
    """What else could be tried when the steps back have become many: other texts, other ways, a pause."""
    learner = where.learner
    frame = learner.detours[-1]
    depth = len(learner.detours)
    reason = f"That is the {ORDINALS.get(depth, f'{depth}th')} step back" if depth > 1 else "This takes long"
    yield screen.wrap(f"{reason}; perhaps another way is shorter:", work.width, "         ")
    told = list(other_texts(work, frame.topic))
    told += [f"instead of {frame.topic}: {other}" for other in alternatives(where, frame.source, frame.topic)]
    root = learner.detours[0].source
    told.append(f"put {screen.clean(root)} aside for now: studyctl park {screen.clean(root)}")
    for line in told:
        yield from screen.wrap(line, work.width, "           ").splitlines()


def other_texts(work: Workspace, topic: str) -> Iterator[str]:
    """The texts on a topic beside its first one."""
    if topic not in work.outline.number:
        return
    resources = work.catalog.topic(topic).resources
    first = next((one for one in resources if one.role != "extra"), None)
    for one in resources:
        if one is not first:
            yield f"another text on {topic}: {reading.cited(work, one)}"


def alternatives(where: Standing, source: str, topic: str) -> list[str]:
    """What could stand in for `topic` where `source` accepts one of several."""
    outline = where.outline
    if source not in outline.number or topic not in outline.number:
        return []
    number = outline.number[topic]
    return [
        outline.lines[other].id
        for group in outline.any_of[outline.number[source]]
        if number in group
        for other in group
        if other != number
    ]


# changes of area


def switches(work: Workspace) -> Switches:
    """The changes of area in this month."""
    return switches_in(work, from_date(to_date(work.today).replace(day=1)), work.today)


def switches_in(work: Workspace, first: int, last: int) -> Switches:
    """The changes of area from one study day to another, both included."""
    outline, learner = work.outline, work.learner()
    nobody = bytearray(len(outline.lines))
    below: dict[str, set[int]] = {}

    def under(topic: str) -> set[int]:
        if topic not in below:
            below[topic] = set(outline.closure([outline.number[topic]], nobody))
        return below[topic]

    def related(one: str, other: str) -> bool:
        return outline.number[one] in under(other) or outline.number[other] in under(one)

    area = {line.id: line.area for line in outline.lines}
    rollover = work.settings.day_starts_at
    return between(learner.all_sessions(work.now.ms), area, related, first, last, rollover)


def switches_line(told: Switches) -> str:
    """The changes of area of this month in a sentence; empty if there were none."""
    parts = []
    if told.jumps:
        parts.append(
            f"{screen.count(told.jumps, 'change')} of area, about {screen.hours(told.hours)} of finding back in"
        )
    if told.steps_back:
        parts.append(f"{screen.count(told.steps_back, 'step')} back or forth along prerequisites")
    return f"This month: {' · '.join(parts)}" if parts else ""
