"""The whole report on the terminal: the week, and how it all came and will go on, as plots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from studyctl.cli import log_document, log_screen, screen
from studyctl.cli.workspace import Workspace
from studyctl.core.time import from_date
from studyctl.ui.plots import Series, plot

Document = Mapping[str, Any]


def show(work: Workspace, told: Document) -> None:
    """Print what a report has beside the week."""
    for title, text in _parts(work, told):
        if not text:  # a single day is no line
            continue
        work.say()
        work.say(work.style(title, bold=True))
        for line in text.splitlines():
            work.say(line.rstrip())
    if told["days"]:
        work.say()
        work.say(work.style("Every day", bold=True))
        log_screen.year(work, log_document.gather(work, None))
    work.say()
    work.say(screen.with_right("", "studyctl report --html report.html", work.width).lstrip("\n"))


def _parts(work: Workspace, told: Document) -> Iterator[tuple[str, str]]:
    wide = work.width
    if told["burn_up"]:
        yield "Hours of the goals", burn_up(told["burn_up"], wide)
    if told["recall"]["all"]["past"]:
        yield "Recall of all cards, in %", recall(told["recall"]["all"], wide)
        yield "Reviews ahead, minutes a week", load(told["load"], wide)


def burn_up(told: Document, columns: int) -> str:
    """The burn-up."""
    past, ahead = told["past"], told["ahead"]
    last = (ahead or past)[-1]["date"]
    scope = [*_points(past, "total"), (_day(last), told["total"])]
    return plot(
        [
            Series("goals, above", scope),
            Series("learnt", _points(past, "learnt")),
            Series("likely", _points(ahead, "likely"), dotted=True),
        ],
        columns,
        "hours",
    )


def recall(told: Document, columns: int) -> str:
    """Recall as it was, and if reviews stop."""
    return plot(
        [
            Series("as it was", [(day, 100 * share) for day, share in _points(told["past"], "recall")]),
            Series(
                "if you stop today",
                [(day, 100 * share) for day, share in _points(told["if_you_stop"], "recall")],
                dotted=True,
            ),
        ],
        columns,
        "%",
        top=100,
    )


def load(told: Sequence[Document], columns: int) -> str:
    """The minutes of reviews by week, those that are whole."""
    rows = [one for one in told if one["days"] == 7]

    def points(name: str) -> list[tuple[float, float]]:
        return [(_day(one["week"]), one[name]) for one in rows]

    return plot(
        [
            Series("expected", points("minutes")),
            Series("four of five futures are between", points("minutes_high"), dotted=True),
            Series("", points("minutes_low"), dotted=True),
        ],
        columns,
        "minutes",
    )


def _points(rows: Sequence[Document], name: str) -> list[tuple[float, float]]:
    return [(_day(one["date"]), float(one[name])) for one in rows]


def _day(text: str) -> float:
    return float(from_date(date.fromisoformat(text)))
