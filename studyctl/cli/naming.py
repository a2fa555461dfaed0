"""Names as a report says them: as they are, or anonymous.

An anonymous report can be shown to anybody: what somebody else can have too (the topics and tracks
that come with studyctl) keeps its name, and everything of one's own has a number instead, in an
order that says nothing, with no title, no note and no text of a card.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property

from studyctl.adapters.catalog_own import own
from studyctl.cli import screen
from studyctl.cli.places import data_folder
from studyctl.cli.workspace import Workspace


class Names:
    """The names of topics, areas, goals and cards in a report."""

    def __init__(self, work: Workspace, *, anonymous: bool = False) -> None:
        self._work = work
        self.anonymous = anonymous

    def topic(self, topic: str) -> str:
        """The name of a topic."""
        return self._topics.get(topic, topic) if self.anonymous else screen.clean(topic)

    def title(self, topic: str) -> str:
        """Its title; its name where the title is not to be said, or the topic is gone."""
        if self.anonymous and topic in self._topics:
            return self._topics[topic]
        number = self._work.outline.number.get(topic)
        return (
            screen.clean(self._work.outline.lines[number].title) if number is not None else self.topic(topic)
        )

    def area(self, area: str) -> str:
        """The name of an area; empty for what is in no curriculum now."""
        return self._areas.get(area, area) if self.anonymous else screen.clean(area)

    def area_title(self, area: str) -> str:
        """Its title."""
        if not area:
            return "no longer in the curriculum"
        if self.anonymous and area in self._areas:
            return self._areas[area]
        found = self._work.once("areas", self._work.catalog.areas).get(area)
        return screen.clean(found.title) if found else self.area(area)

    def goal(self, goal: str) -> str:
        """The name of a goal, which is a track or a topic."""
        return self._goals.get(goal, goal) if self.anonymous else screen.clean(goal)

    def card(self, card: str) -> str:
        """The name of a card."""
        topic, _, rest = card.partition("/")
        if not self.anonymous or topic not in self._topics:
            return screen.clean(card)
        return f"{self._topics[topic]}/card-{self._digest(card)[:6]}" if rest else self._topics[topic]

    def note(self, text: str) -> str:
        """What the learner wrote; nothing in an anonymous report."""
        return "" if self.anonymous else screen.clean(text)

    @cached_property
    def _topics(self) -> dict[str, str]:
        """The topics that are not built in as they are, those that are gone included."""
        work = self._work
        added = own(work.cache, work.roots, "topic", data_folder("curriculum").resolve())
        gone = {name for name in work.learner().topics if name not in work.outline.number}
        gone |= {card.partition("/")[0] for card in work.history.gone()}
        return self._numbered({*added, *(gone - work.outline.number.keys())}, "own-topic")

    @cached_property
    def _areas(self) -> dict[str, str]:
        """The areas without a topic that is built in."""
        lines = self._work.outline.lines
        known = {line.area for line in lines if line.id not in self._topics}
        return self._numbered({line.area for line in lines} - known, "own-area")

    @cached_property
    def _goals(self) -> dict[str, str]:
        work = self._work
        builtin = data_folder("curriculum").resolve()
        tracks = set(work.catalog.paths())
        known = (tracks - own(work.cache, work.roots, "track", builtin)) | (
            work.outline.number.keys() - self._topics.keys()
        )
        named = self._numbered({*tracks, *work.learner().goals} - known - self._topics.keys(), "own-track")
        return self._topics | named

    def _numbered(self, names: Iterable[str], what: str) -> dict[str, str]:
        return {name: f"{what}-{number}" for number, name in enumerate(sorted(names, key=self._digest), 1)}

    def _digest(self, name: str) -> str:
        return hashlib.sha256(f"{self._salt}{name}".encode(errors="backslashreplace")).hexdigest()

    @property
    def _salt(self) -> str:
        """Something that nobody else knows, so that no name can be tried out."""
        return str(self._work.home.resolve())
