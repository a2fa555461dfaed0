"""Values that several verbs gather from the workspace before they show anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from studyctl.cli.workspace import Workspace
from studyctl.core.goals import Target, interests, targets
from studyctl.core.learner import Learner, Record
from studyctl.core.load import Load
from studyctl.core.load import slowness as load_slowness
from studyctl.core.mastery import Fade, Probed, Reviewed, fade
from studyctl.core.order import Work
from studyctl.core.pace import Pace, pace
from studyctl.core.standing import Standing
from studyctl.core.time import HOUR, study_day

NOTHING = Record()


def standing(work: Workspace) -> Standing:
    """Where the learner stands now."""
    learner, history = work.learner(), work.history

    def answers(topic: str) -> Iterator[Reviewed]:
        for review, memory in history.replay(topic):
            yield Reviewed(review.card, review.day, review.rating, memory)

    memories = history.by_topic(work.now.ms, work.today)
    return Standing(work.outline, learner, memories, fading(work, learner, answers), work.now.ms)


def fading(
    work: Workspace, learner: Learner, answers: Callable[[str], Iterable[Reviewed]]
) -> Callable[[str], Fade]:
    """How the recall of a topic went up to its last review; `answers` gives those to its cards."""
    rollover = work.settings.day_starts_at

    @cache
    def of(topic: str) -> Fade:
        record = learner.topics.get(topic, NOTHING)
        since = study_day(*record.learnt_at, rollover) if record.learnt else None
        quizzes = [
            Probed(one.at, study_day(one.at, one.offset, rollover), one.passed)
            for one in record.quizzes
            if one.at > record.since
        ]
        return fade(answers(topic), since, work.history.parameters[20], quizzes)

    return of


def track_topics(work: Workspace) -> Mapping[str, Sequence[str]]:
    """The topics of each track."""
    return work.catalog.paths()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a decision rests on: where the learner stands, what is left to do, and the goals."""

    standing: Standing
    work: Work
    wanted: Sequence[Target]
    pace: Pace


def outlook(work: Workspace) -> Outlook:
    """The standing, the work that is left at the learner's own pace, and the goals."""
    where = standing(work)
    goals = where.learner.goals
    tracks = track_topics(work) if goals or work.settings.interest else {}
    own = own_pace(where)
    left = to_do(work, where, own, tracks)
    roads = work.catalog.paths(side_roads=True) if any(goal.side_roads for goal in goals.values()) else {}
    wanted = targets(goals, work.outline.number, tracks, roads)
    return Outlook(where, left, [one.from_here(where.learnt) for one in wanted if one.topics], own)


def to_do(work: Workspace, where: Standing, own: Pace, tracks: Mapping[str, Sequence[str]]) -> Work:
    """What a standing leaves to do, in hours at this pace."""
    settings = work.settings
    worth = interests(where, settings.interest, tracks)
    return Work(work.outline, where.hours_at(own.ratio), worth, where.learnt, settings.focus)


def own_pace(where: Standing) -> Pace:
    """The learner's hours for each estimated hour, from the topics that were finished with a clock."""
    number, lines = where.outline.number, where.outline.lines
    return pace(
        (record.hours, lines[number[name]].hours)
        for name, record in sorted(where.learner.topics.items())
        if record.state == "done" and name in number
    )


def open_goals(look: Outlook) -> list[Target]:
    """The goals that are not reached yet."""
    return [one for one in look.wanted if not all(look.standing.learnt[topic] for topic in one.topics)]


PLACED = 30 * 24 * HOUR  # a placement that was made so shortly before the goal was added will do


def unplaced(work: Workspace, look: Outlook) -> str | None:
    """A goal whose track begins with a placement that was not made yet, while most of the track is open."""
    told = look.standing.learner
    for target in open_goals(look):
        if told.placed_at > told.goals[target.id].added - PLACED:
            continue
        begun = sum(
            told.state(work.outline.lines[topic].id) not in ("new", "once") for topic in target.topics
        )
        if begun * 3 < len(target.topics) and work.catalog.begins().get(target.id) == "place":
            return target.id
    return None


@dataclass(frozen=True, slots=True)
class Reviews:
    """What there is to review now: cards, of which some are new, and the minutes that they will take."""

    due: int
    minutes: float
    new: int = 0


def reviews(work: Workspace, where: Standing) -> Reviews:
    """The cards to review now, new ones within the daily allowance included."""
    from studyctl.core.queue import due_count  # noqa: PLC0415

    counts = due_count(
        {
            line.id: (where.memory(number).due, unseen(work, where, number))
            for number, line in enumerate(work.outline.lines)
        },
        allowance=allowance(work),
    )
    if where.learner.keeping is not None:
        from studyctl.cli.turns import kept_reviews  # noqa: PLC0415

        return kept_reviews(work, where.learner.keeping, counts.reviews)
    minutes = counts.reviews * seconds(work) / 60 + Load(slowness=slowness(work)).first_sight(counts.new)
    return Reviews(counts.total, minutes, counts.new)


def unseen(work: Workspace, where: Standing, topic: int) -> int:
    """How many cards of a topic are available, were never seen, and are not hidden."""
    line = where.outline.lines[topic]
    if not where.learner.available(line.id):
        return 0
    return max(0, line.cards - where.memory(topic).seen - hidden(work).get(line.id, 0))


def hidden(work: Workspace) -> Mapping[str, int]:
    """How many cards of each topic were never seen and are suspended or buried."""

    def count() -> dict[str, int]:
        history = work.history
        away = history.suspended() | history.buried(work.today)
        return dict(Counter(card.partition("/")[0] for card in away if history.memory(card) is None))

    told: dict[str, int] = work.once("hidden", count)
    return told


def allowance(work: Workspace) -> int:
    """How many new cards may still be seen today."""
    return max(0, work.settings.new_per_day - work.history.introduced(work.today))


def slowness(work: Workspace) -> float:
    """How slow the learner reviews compared with the usual pace."""
    return load_slowness(*work.history.seconds())


def seconds(work: Workspace) -> float:
    """Seconds that a review is expected to take."""
    from studyctl.core.load import USUAL_SECONDS  # noqa: PLC0415

    return USUAL_SECONDS * slowness(work)
