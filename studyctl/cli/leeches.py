"""Leeches as the verbs show them: why a card is one, what it stands on, and what can be done."""

from __future__ import annotations

from studyctl.cli import gather
from studyctl.cli.workspace import Workspace
from studyctl.core.leeches import WEEKS, Failures


def failures(work: Workspace, card: str) -> Failures:
    """How often a card failed."""
    return Failures(*work.history.whole.failures(card, 7 * WEEKS))


def is_leech(work: Workspace, card: str) -> bool:
    """Whether a card is a leech."""
    return failures(work, card).is_leech


def every(work: Workspace) -> dict[str, Failures]:
    """All leeches."""
    told = {
        card: Failures(early, lapses) for card, early, lapses in work.history.whole.all_failures(7 * WEEKS)
    }
    return {card: one for card, one in told.items() if one.is_leech}


def weakest(work: Workspace, topic: str, look: gather.Outlook | None = None) -> str | None:
    """The topic underneath that is most likely in the way; None if there is none."""
    from studyctl.cli.stuck import blamed  # noqa: PLC0415 (only where there is a leech)

    number = work.outline.number.get(topic)
    if number is None:
        return None
    suspects = blamed(work, look or gather.outlook(work), number)
    return work.outline.lines[suspects[0].topic].id if suspects else None


def source(work: Workspace, card: str) -> str:
    """Where the card was taken from: a title and a place in it; empty if it does not say."""
    note = work.catalog.faces([card]).get(card)
    if note is None or note.source is None:
        return ""
    resource = work.catalog.resources([note.source.ref]).get(note.source.ref)
    title = resource.title if resource else note.source.ref
    return f"{title}, {note.source.where}" if note.source.where else title


def sentence(work: Workspace, card: str) -> str:
    """What is known of a leech, and what can be done."""
    topic = card.partition("/")[0]
    below = weakest(work, topic)
    told = f"a leech: {failures(work, card)}; more reviews will hardly help."
    if below:
        told += f" Weakest underneath: {below}. Step back to it: studyctl start {below}."
    where = source(work, card)
    if where:
        told += f" Read again: {where}."
    return f"{told} Reword it: studyctl cards --rewrite {card}. Or leave it: studyctl cards --suspend {card}"


def short(work: Workspace, card: str) -> str:
    """The same in a line, for the review screen; empty for a card that is none."""
    one = failures(work, card)
    if not one.is_leech:
        return ""
    below = weakest(work, card.partition("/")[0])
    return f"leech, {one}" + (f"; weakest below: {below}" if below else "")
