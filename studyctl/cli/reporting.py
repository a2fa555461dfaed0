"""A report, gathered once and shown in any of its forms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from studyctl.cli import week_document, week_screen
from studyctl.cli.gathered import Gathered
from studyctl.cli.holding import holding
from studyctl.cli.naming import Names
from studyctl.cli.weekly import week_review
from studyctl.cli.workspace import Workspace
from studyctl.core.picture import Picture
from studyctl.core.week_review import WeekReview


def gather(work: Workspace, first: int, *, anonymous: bool) -> Report:
    """The report of a learner with the week that begins on a study day."""
    return Report(Gathered(holding(work), Names(work, anonymous=anonymous)), first)


@dataclass(frozen=True)
class Report:
    """The week, and all the rest where it is asked for."""

    told: Gathered
    first: int

    @cached_property
    def week(self) -> WeekReview:
        """The week."""
        return week_review(self.told, self.first)

    def week_document(self) -> dict[str, Any]:
        """The week for other programs."""
        return {"week": week_document.document(self.week)}

    def markdown(self) -> str:
        """The week as Markdown."""
        from studyctl.ui.week_markdown import markdown  # noqa: PLC0415

        return markdown(self.week)

    def show(self, *, only_week: bool) -> None:
        """Print it."""
        week_screen.show(self.told.work, self.week)
        if not only_week:
            from studyctl.cli import report_screen  # noqa: PLC0415 (loads plotille)

            report_screen.show(self.told.work, self.document())

    def document(self) -> dict[str, Any]:
        """Everything for other programs."""
        from studyctl.cli import report_history  # noqa: PLC0415 (not for the week alone)

        return self.week_document() | report_history.document(self.told)

    def page(self, *, only_week: bool) -> str:
        """The page."""
        from studyctl.ui.report_page import page  # noqa: PLC0415

        if only_week:
            return page(self.week_document())
        from studyctl.ui.graph_svg import svg  # noqa: PLC0415 (the layout is loaded)

        told = self._map()
        return page(self.document(), svg(told) if told.nodes else None)

    def _map(self) -> Picture:
        """The way to the open goals; without a goal what is learnt or in work."""
        from studyctl.core.picture import look, picture  # noqa: PLC0415

        where, names = self.told.where, self.told.names
        topics = where.outline.closure(
            [topic for goal in self.told.open for topic in goal.topics], bytearray(len(where.outline.lines))
        ) or [
            topic for topic in range(len(where.outline.lines)) if look(where, topic) not in ("new", "ready")
        ]
        titles = {area: one.title for area, one in self.told.work.catalog.areas().items()}
        told = picture(where, topics, "The map", titles)
        return replace(
            told,
            nodes=[
                one._replace(id=names.topic(one.id), title=names.title(one.id), area=names.area(one.area))
                for one in told.nodes
            ],
            areas={names.area(area): names.area_title(area) for area in told.areas},
        )
