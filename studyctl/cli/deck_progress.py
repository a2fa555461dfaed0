"""What `deck build --with-progress` takes along: schedules, logs, and new cards in the order of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studyctl.cli import gather, planning
from studyctl.cli.workspace import Workspace
from studyctl.core.answers import Log
from studyctl.core.carried import Key, Moments, Preset, Progress, carry, shifts
from studyctl.core.memory import RETENTION
from studyctl.core.notes import Note
from studyctl.core.time import day_start

Place = tuple[Key, int]  # of a card: its guid and ord, and its position among new ones
LONG_AGO = 13_149  # a study day, in 2006, before all that Anki has of anybody


def in_order_of_the_plan(work: Workspace, made: Sequence[Note]) -> Sequence[Note]:
    """The notes with positions by which new cards of learnt topics come first, then those of the plan.

    Whatever the plan does not name follows; within each part the order is that of the curriculum.
    """
    look = gather.outlook(work)
    if not gather.open_goals(look):
        return made
    starts = planning.make_plan(work, look).plan.starts
    rank = {work.outline.lines[topic].id: place for place, topic in enumerate(starts, 1)}
    learner = work.learner()

    def place(note: Note) -> tuple[int, int]:
        topic = note.id.partition("/")[0]
        return 0 if learner.available(topic) else rank.get(topic, len(rank) + 1), note.position

    order = sorted(made, key=place)
    positions = sorted(note.position for note in made)
    return [replace(note, position=at) for note, at in zip(order, positions, strict=True)]


def progress_of(work: Workspace, made: Sequence[Note], topics: set[str]) -> Progress:
    """What is remembered of the cards of these notes, as Anki keeps it.

    The collection of the package begins a day before the first answer, at the hour at which the
    day turns and at the offset of the last answer: so the same journal makes the same package.
    """
    history, settings = work.history, work.settings
    logs = [log for log in history.logs(topics) if any(log.segments)]
    reviews = [review for log in logs for review in log.reviews()]
    day = min((review.day for review in reviews), default=LONG_AGO) - 1
    offset = max(((review.at, review.offset) for review in reviews), default=(0, 0))[1]
    progress = Progress(
        day,
        day_start(day, offset, settings.day_starts_at) // 1000,
        settings.day_starts_at,
        -offset,
        preset(work),
    )
    noted = {note.id: note for note in made}
    places = {
        card.id: ((card.guid, card.ord), noted[card.note].position)
        for topic in topics
        for card in work.catalog.cards(topic)
        if card.note in noted
    }
    fill(work, progress, logs, places)
    return progress


def preset(work: Workspace) -> Preset:
    """The options of the decks."""
    wanted = work.settings.desired_retention
    usual = wanted.get("default", RETENTION) if isinstance(wanted, dict) else wanted
    return Preset(work.history.parameters, usual, work.settings.new_per_day)


def fill(work: Workspace, progress: Progress, logs: Iterable[Log], places: Mapping[str, Place]) -> Moments:
    """Fill in the cards of these logs; who has which moment in Anki."""
    history = work.history
    moments = Moments(history.anki.moments(), history.anki.pulled(), known_shifts(work))
    retention = {topic: work.retention(topic) for topic in {card.partition("/")[0] for card in places}}
    carry(progress, logs, places, retention, history.suspended(), moments)
    return moments


def known_shifts(work: Workspace) -> dict[tuple[str, int], int]:
    """Answers that stand in Anki under another moment than their own: (card, answered) -> sent."""
    aliases = work.catalog.card_aliases()
    return shifts(work.history.events(), lambda card: aliases.get(card, card))
