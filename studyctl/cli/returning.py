"""Coming back after a break, as `next`, `review` and `comeback` see it: what is due, and what of it to believe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studyctl.cli import gather, screen
from studyctl.cli.workspace import Workspace
from studyctl.core import comeback
from studyctl.core.calendar import Calendar
from studyctl.core.comeback import Found, Gap, Overdue
from studyctl.core.habits import USUAL
from studyctl.core.memory import Memory, retrievability
from studyctl.core.standing import Standing
from studyctl.core.time import in_words


@dataclass(frozen=True, slots=True)
class Return:
    """A break, what is due after it, and what a probe has found since."""

    gap: Gap
    cards: Sequence[Overdue]
    found: Mapping[str, Found]
    minutes: float  # of the backlog
    clear_by: int | None
    probe: Sequence[str]  # cards to ask first

    @property
    def is_long(self) -> bool:
        """Whether it takes more than the first session."""
        return self.minutes > comeback.FIRST

    def believed(self, one: Overdue) -> float:
        """The recall to reckon with."""
        return comeback.believed(one.recall, one.late, self.found.get(one.area, comeback.NOTHING))


def returning(work: Workspace, where: Standing) -> Return | None:
    """The break that the learner comes back from; None without one, and while maintenance is on."""
    if where.learner.keeping is not None:
        return None
    since = work.today - comeback.LASTS - comeback.LONG
    days = {*work.history.whole.days(since), *where.learner.days(work.settings.day_starts_at)}
    gap = comeback.gap(days, work.today)
    if gap is None:
        return None
    cards = _overdue(work, where)
    found = _found(work, where, gap)
    slow = gather.slowness(work)
    minutes = comeback.minutes(cards, found, slow * USUAL.pass_seconds, slow * USUAL.fail_seconds)
    told = Return(
        gap,
        cards,
        found,
        minutes,
        comeback.clear_by(minutes, Calendar(work.settings.hours_per_week, where.learner.away), work.today),
        comeback.probe(cards, found),
    )
    return told if cards and (gap.back is None or told.is_long) else None


def _overdue(work: Workspace, where: Standing) -> list[Overdue]:
    number, lines = where.outline.number, where.outline.lines
    decay, gone = work.history.parameters[20], set(work.history.gone())
    told = []
    for card, memory in work.history.due(work.now.ms, work.today):
        topic = card.partition("/")[0]
        if topic in number and card not in gone:
            recall = retrievability(memory.stability, work.today - memory.last_day, decay)
            late = comeback.is_late(work.today - memory.due_day, memory.stability)
            told.append(Overdue(card, topic, lines[number[topic]].area, recall, late))
    return told


def _found(work: Workspace, where: Standing, gap: Gap) -> dict[str, Found]:
    """What the first answers since the break to long overdue cards were, by area."""
    if gap.back is None:
        return {}
    number, lines = where.outline.number, where.outline.lines
    told: dict[str, Found] = defaultdict(Found)
    decay = work.history.parameters[20]
    answered = {card.partition("/")[0] for card, last in _last_days(work).items() if last >= gap.back}
    for topic in sorted(answered & number.keys()):
        before: dict[str, Memory] = {}
        for review, memory in work.history.replay(topic):
            old = before.get(review.card)
            before[review.card] = memory
            if review.day < gap.back or old is None or old.last_day > gap.last:
                continue
            if comeback.is_late(review.day - old.due_day, old.stability):
                area = lines[number[topic]].area
                chance = retrievability(old.stability, review.day - old.last_day, decay)
                one = told[area]
                told[area] = Found(
                    one.answers + 1, one.recalled + (review.rating > 1), one.predicted + chance
                )
    return dict(told)


def _last_days(work: Workspace) -> dict[str, int]:
    return {card: memory.last_day for card, memory in work.history.memories().items()}


def welcome(work: Workspace, told: Return) -> list[str]:
    """What `next` says instead of a wall of cards."""
    until = f", clear by {in_words(told.clear_by, work.today)}" if told.clear_by is not None else ""
    cards = f"{screen.count(len(told.cards), 'card')} wait, about {screen.minutes(max(1, told.minutes))} in all{until}"
    first = "Welcome back. Begin with 15 minutes of reviews"
    return [
        screen.with_right(first, f"studyctl review --minutes {comeback.FIRST}", work.width),
        screen.with_right(f"  {cards}", "studyctl comeback", work.width),
    ]
