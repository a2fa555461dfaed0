"""What to study now: a few suggestions with their reasons, never one and never thirty.

Where you were comes first, then what placement could not tell, then what the plan would do
next, then another way: what is most interesting within reach, or what opens most. What is
parked is not suggested. What has to be refreshed for a suggestion stands before it, or beside
it where its due cards are enough. Every reason is a fact about this learner's graph, so that
one can disagree with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from studyctl.core.counted import count
from studyctl.core.deadlines import Due
from studyctl.core.goals import Target, sequence
from studyctl.core.order import Work, pull
from studyctl.core.refresh import Level, Prospects, Refresh, hours, refreshes
from studyctl.core.standing import IN_WORK, Standing
from studyctl.core.time import study_day, to_date

MOST = 3  # suggestions, and one more where something must be refreshed for them
UNSURE = 1  # of them that placement could not tell


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A topic to study now: its kind (as in `Standing.kind`), what is left of it, what it unlocks, and why."""

    topic: int
    kind: str
    hours: float
    unlocks: int
    why: tuple[str, ...]


def suggest(
    standing: Standing,
    work: Work,
    wanted: Sequence[Target],
    today: int,
    prospects: Prospects = lambda topic, day: None,  # noqa: ARG005
    dues: Sequence[Due] = (),
    day_starts_at: int = 4,
    order: Sequence[int] | None = None,
) -> list[Suggestion]:
    """Two to four topics to study now; fewer only when there are no more.

    `dues` are the dated goals in the order of their dates: what a date needs now comes first.
    An `order` that a plan has found is followed instead.
    """
    picked: dict[int, list[str]] = {}
    here = standing.here
    if here is not None:
        picked[here] = [_since(standing, here, today, day_starts_at)]
    area = standing.outline.lines[here].area if here is not None else None
    for topic in _unsure(standing, wanted)[:UNSURE]:
        picked.setdefault(topic, [])
    parked = standing.in_state("parked")
    if order is None:
        order = sequence(work, wanted, area, dues, limit=2 * MOST + len(parked))
    for topic in order:
        if standing.ready[topic] and len(picked) < MOST and topic not in parked:
            picked.setdefault(topic, [])
    if len(picked) < MOST:
        for topic in _other_ways(standing, work, {*picked, *parked}):
            picked[topic] = []
            if len(picked) >= MOST:
                break
    settled = standing.in_state(*IN_WORK)
    starts = {topic: today for topic in picked if topic not in settled and not standing.known[topic]}
    found = refreshes(standing, starts, prospects)
    for one in found:
        if one.level is Level.WARM_UP:
            name = standing.outline.lines[one.topic].id
            picked[one.sake].append(f"warm up first: studyctl review --topic {name}")
    told = {topic: _suggestion(standing, topic, why, wanted) for topic, why in picked.items()}
    first = next((one for one in found if one.level > Level.WARM_UP), None)
    if first is not None:
        told.pop(first.topic, None)
        at = list(told).index(first.sake)
        return [*list(told.values())[:at], _refresh(standing, first), *list(told.values())[at:]]
    return list(told.values())


def _unsure(standing: Standing, wanted: Sequence[Target]) -> list[int]:
    """What placement could not tell, as far as a goal needs it; without goals all of it."""
    unsure = {
        standing.outline.number[name]
        for name, record in standing.learner.topics.items()
        if record.unsure and name in standing.outline.number
    }
    if not unsure:
        return []
    goals = [topic for target in wanted for topic in target.topics]
    return [topic for topic in standing.outline.closure(goals or unsure, standing.learnt) if topic in unsure]


def _refresh(standing: Standing, one: Refresh) -> Suggestion:
    """A topic that has to be refreshed for the sake of a suggested one, though it has not faded."""
    whole = standing.outline.lines[one.topic].hours
    sake = standing.outline.lines[one.sake].id
    why = f"recall {one.recall:.2f}, needed for {sake}"
    if not one.believed:
        why = f"most of its cards are long overdue, so recall {one.recall:.2f} is not to be trusted · needed for {sake}"
    return Suggestion(
        one.topic,
        "refresh",
        hours(whole, one.recall, one.level),
        len(standing.unlocks(one.topic)),
        (why, *_settled_by(standing, one.topic, one.level)),
    )


def _settled_by(standing: Standing, topic: int, how: Level) -> list[str]:
    """How a quiz could spare the hours, where it may."""
    line = standing.outline.lines[topic]
    return (
        [f"three questions may settle it: studyctl place {line.id}"]
        if how is Level.PROBE and line.cards
        else []
    )


def _other_ways(standing: Standing, work: Work, picked: Collection[int]) -> list[int]:
    """What is ready, best worth its hours first, one of each area before a second of any."""
    outline = standing.outline
    todo = [topic for topic in outline.order if not work.learnt[topic]]
    needs = work.outline.open_needs(work.learnt)
    inside = {topic: [need for need in needs[topic] if not work.learnt[need]] for topic in todo}
    worth = pull(work, todo, inside, set(todo))
    ready = sorted(
        (topic for topic in todo if standing.ready[topic] and topic not in picked),
        key=lambda topic: (-worth[topic], topic),
    )
    met = {outline.lines[topic].area for topic in picked}
    first: list[int] = []
    second: list[int] = []
    for topic in ready:
        area = outline.lines[topic].area
        (second if area in met else first).append(topic)
        met.add(area)
    return first + second


def _suggestion(standing: Standing, topic: int, why: list[str], wanted: Sequence[Target]) -> Suggestion:
    reasons = list(why)
    for target in wanted:
        closure = standing.outline.closure(target.topics, standing.learnt)
        if topic in closure:
            left = len(closure)
            reasons.append(
                f"the last step to {target.id}" if left == 1 else f"one of {left} steps to {target.id}"
            )
            break
    if standing.faded[topic]:
        last = standing.quiz(topic)
        gone = f"a quiz found it gone, {last.right} of {last.of}" if last and standing.failed(topic) else ""
        reasons.insert(0, gone or f"faded: recall {standing.recall(topic):.2f}")
        reasons += _settled_by(standing, topic, standing.refresh(topic))
    elif not standing.ready[topic]:
        missing = sum(
            not standing.learnt[need] for need in standing.outline.open_needs(standing.learnt)[topic]
        )
        reasons.append(f"{missing} of its prerequisites not learnt yet")
    elif not standing.outline.requires[topic] and not standing.outline.any_of[topic]:
        reasons.append("needs nothing before it")
    else:
        reasons.append("ready: all it needs is learnt")
    reasons += _perhaps_known(standing, topic)
    opened = len(standing.unlocks(topic))
    if not wanted:
        leads = _leads_to(standing, topic)
        if leads:
            reasons.append(f"leads to {count(leads, 'more topic')}")
    return Suggestion(topic, standing.kind(topic), standing.hours[topic], opened, tuple(reasons))


def _perhaps_known(standing: Standing, topic: int) -> list[str]:
    """That a topic may be there already, and what would tell."""
    line = standing.outline.lines[topic]
    record = standing.learner.topics.get(line.id)
    if record is None or not (record.unsure or record.state == "once"):
        return []
    latest = max(record.once, default=0)
    year = f"known once, in {latest}" if latest else "perhaps known"
    return [f"{year}: three questions tell, studyctl place {line.id}" if line.cards else year]


def _leads_to(standing: Standing, topic: int) -> int:
    """How many topics stand on this one, directly or not."""
    met = {topic}
    stack = [topic]
    while stack:
        for other in standing.outline.dependents[stack.pop()]:
            if other not in met:
                met.add(other)
                stack.append(other)
    return len(met) - 1


def _since(standing: Standing, topic: int, today: int, day_starts_at: int) -> str:
    """When the learner was last at a topic, in words."""
    record = standing.learner.topics[standing.outline.lines[topic].id]
    running = standing.learner.running
    if running and running.topic == standing.outline.lines[topic].id:
        return "you are at it now: its clock runs"
    offset = standing.learner.sessions[-1].offset if standing.learner.sessions else 0
    return f"you were here {ago(study_day(record.last, offset, day_starts_at), today)}"


def ago(day: int, today: int) -> str:
    """A study day in words that nobody has to compute: `today`, `on Thursday`, `on 3 Nov`."""
    when, back = to_date(day), today - day
    if back <= 0:
        return "today"
    if back == 1:
        return "yesterday"
    if back < 7:
        return f"on {when:%A}"
    return f"on {when.day} {when:%b}" + (f" {when.year}" if when.year != to_date(today).year else "")
