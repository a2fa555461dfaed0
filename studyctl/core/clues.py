"""What is known of a topic that may be in somebody's way: as numbers for the odds, and in words."""

from __future__ import annotations

from collections.abc import Sequence

from studyctl.core.blame import FRESH_DAYS, STATES, UNSEEN, WARM_UP_HOURS, Sign
from studyctl.core.mastery import FADED
from studyctl.core.memory import Memory
from studyctl.core.standing import Standing
from studyctl.core.time import HOUR

LONG_AGO = 21  # study days after which the last review is worth a word
JUST_NOW = 0.9  # how much is taken to be there of what was learnt lately, or found there by a quiz


def sign(
    standing: Standing,
    topic: int,
    source: int,
    memories: Sequence[Memory],
    *,
    hours: float,
    seconds: float,
    said: bool,
) -> Sign:
    """What is known of a suspect; `hours` are those that are left of it, `seconds` those of a review."""
    lapses = sum(memory.lapses for memory in memories) / len(memories) if memories else 0.0
    declared = len(standing.learner.topics[_name(standing, topic)].once) if _met(standing, topic) else 0
    learnt = standing.learnt[topic]
    warm_up = max(WARM_UP_HOURS, len(memories) * seconds / 3600)
    return Sign(
        there=there(standing, topic),
        lapses=lapses + declared,
        practised=standing.outline.weights[source].get(topic, 0.0),
        said=said,
        repair=warm_up if learnt else hours,
    )


def there(standing: Standing, topic: int) -> float:
    """How much of a topic is taken to be there, 0 to 1."""
    memory = standing.memory(topic)
    if standing.known[topic]:
        if standing.failed(topic):
            return standing.recall(topic)
        told = memory.recall if memory.recall is not None else UNSEEN
        lately = standing.now - standing.learner.topics[_name(standing, topic)].since < FRESH_DAYS * 24 * HOUR
        return max(told, JUST_NOW) if standing.trusted(topic) or (lately and not memory.seen) else told
    state = standing.learner.state(_name(standing, topic))
    line = standing.outline.lines[topic]
    begun = 0.0
    if state not in ("new", "once") and line.hours > 0:
        begun = 0.4 * min(1.0, standing.learner.spent(line.id, standing.now) / line.hours)
    return max(STATES.get(state, STATES["new"]) + begun, standing.mastery(topic))


def words(standing: Standing, topic: int, source: int, memories: Sequence[Memory], today: int) -> list[str]:
    """The same in words, the weightiest first."""
    told = [_state(standing, topic)]
    weight = standing.outline.weights[source].get(topic, 0.0)
    if weight:
        told.append(f"practised by {weight:.0%} of this topic".replace("%", " %"))
    lapses = sum(memory.lapses for memory in memories)
    if lapses:
        told.append(f"{lapses} lapse{'s' * (lapses > 1)}")
    if memories:
        days = today - max(memory.last_day for memory in memories)
        if days >= LONG_AGO:
            told.append(f"last review {days // 7} weeks ago")
    return told


def _state(standing: Standing, topic: int) -> str:
    recall = standing.memory(topic).recall
    if standing.known[topic]:
        last = standing.quiz(topic)
        if last and standing.failed(topic):
            return f"a quiz found it gone, {last.right} of {last.of}"
        if recall is None:
            return "learnt, but no card of it was seen"
        return f"faded: recall {recall:.2f}" if recall < FADED else f"recall {recall:.2f}"
    state = standing.learner.state(_name(standing, topic))
    record = standing.learner.topics.get(_name(standing, topic))
    if state == "once" and record and max(record.once, default=0):
        return f"known once, in {max(record.once)}"
    return {"studying": "begun, not finished", "detoured": "begun, not finished", "parked": "parked"}.get(
        state, "not learnt"
    )


def _name(standing: Standing, topic: int) -> str:
    return standing.outline.lines[topic].id


def _met(standing: Standing, topic: int) -> bool:
    return _name(standing, topic) in standing.learner.topics
