"""What has to be refreshed, as the verbs ask for it: prospects from the cards, and the words for it."""

from __future__ import annotations

from functools import cache

from studyctl.cli.workspace import Workspace
from studyctl.core.outline import Outline
from studyctl.core.refresh import HABIT, Level, Prospect, Prospects, Refresh
from studyctl.core.refresh import prospect as prospect_of
from studyctl.core.time import in_words


def prospects(work: Workspace) -> Prospects:
    """What the cards of each topic will say on a day; each topic's cards are read at most once."""
    history, lines = work.history, work.outline.lines

    @cache
    def reviews() -> bool:
        days = history.days()
        return bool(days) and work.today - days[-1] <= HABIT

    @cache
    def told(topic: int, day: int) -> Prospect | None:
        memories = list(history.of_topic(lines[topic].id).values())
        if not memories:
            return None
        return prospect_of(memories, day, work.today, reviews=reviews(), decay=history.parameters[20])

    return told


def reason(outline: Outline, one: Refresh, today: int) -> str:
    """Why a topic has to be refreshed: what its cards say, and for what it is needed when."""
    sake = outline.lines[one.sake].id
    if one.level is Level.RETURN and not one.recall:
        told = "a quiz found it gone"
    elif one.believed:
        told = f"recall {one.recall:.2f}"
    else:
        told = f"recall {one.recall:.2f}, if at all: most of its cards are long overdue"
    when = f" on {in_words(one.day, today)}" if one.day > today else ""
    return f"{told}, needed for {sake}{when}"


def command(outline: Outline, one: Refresh) -> str:
    """The command that does it."""
    name = outline.lines[one.topic].id
    match one.level:
        case Level.WARM_UP:
            return f"studyctl review --topic {name}"
        case Level.PROBE:
            return f"studyctl place {name}"
        case _:
            return f"studyctl start {name}"
