"""What a push starts from: both sides as they are, and the answers that one of them lacks."""

from __future__ import annotations

from dataclasses import dataclass

from studyctl.adapters import ledger
from studyctl.cli.anki import past_of
from studyctl.cli.anki_connected import origin_name
from studyctl.cli.clock import offset_at
from studyctl.cli.deck_build import Build, build, chosen
from studyctl.cli.deck_progress import fill, known_shifts, preset
from studyctl.cli.places import data_folder
from studyctl.cli.workspace import Workspace
from studyctl.core.carried import Moments, Progress
from studyctl.core.events import Fact
from studyctl.core.pull import Pull, pull
from studyctl.core.push import Ours, Push, answers
from studyctl.core.stamps import stamps
from studyctl.core.there import There
from studyctl.core.three_way import agreements


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that a push starts from; `home` is what comes home first."""

    there: There
    build: Build
    ours: Ours
    home: Pull


def gather(work: Workspace, there: There) -> Gathered:
    """Both sides as they are, with what comes home from there counted in."""
    home = pull(there.collection(), past_of(work), now=work.now.ms, offset_at=offset_at)
    made = build(work, chosen(work, ()), with_locked=True)
    cards = list(work.catalog.cards())
    learner, events = work.learner(), work.history.events(agreed=True)
    suspended = work.history.suspended()
    for one in home.facts:
        if one.do in ("suspended", "unsuspended"):
            name = str(one.facts["card"])
            suspended = suspended | {name} if one.do == "suspended" else suspended - {name}
    ours = Ours(
        made.notes,
        {(card.guid, card.ord): card.id for card in cards},
        {topic for topic in {card.topic for card in cards} if learner.available(topic)},
        suspended,
        agreements(event for event in events if event.do == "agreed"),
        None if work.catalog.left_out() else {origin_name(work, root) for root in work.roots},
        stamps(ledger.read(data_folder("decks") / "ledger"), events, [note.id for note in made.notes]),
    )
    return Gathered(there, made, ours, home)


def add_answers(work: Workspace, plan: Push, got: Gathered) -> Moments | None:
    """Add what Anki's logs lack; only topics of which something is missing are looked at closely."""
    there, ours = got.there, got.ours
    answered, shifted = work.history.anki.moments(), known_shifts(work)
    places = {}
    positions = {card.id: card.position for card in work.catalog.cards()}
    for key, card in there.by_key.items():
        name = ours.cards.get(key, "")
        sent = {shifted.get((name, at), at) for at in answered.get(name, ())}
        if not sent <= there.moments[card.number]:
            places[name] = (key, positions[name])
    if not places:
        return None
    logs = [
        log for log in work.history.logs({name.partition("/")[0] for name in places}) if any(log.segments)
    ]
    day = there.day(work.now.offset)
    progress = Progress(day, there.created, work.settings.day_starts_at, there.west or 0, preset(work))
    moments = fill(work, progress, logs, places)
    answers(plan, ours, there, progress.cards)
    return moments


def facts_of(got: Gathered, notes: set[str]) -> list[Fact]:
    """What has to be recorded of the times of change of these notes, and of all note types."""
    return [one for one in got.build.facts if "/" not in str(one.facts["note"]) or one.facts["note"] in notes]
