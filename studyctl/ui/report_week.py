"""The week on the page: hours as a tree, memory, the plan and why it moved, and one decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from studyctl.core.counted import count
from studyctl.core.switches import Switches
from studyctl.core.week import LITTLE
from studyctl.core.week_words import LEDGER, from_to, moved, signed, switches
from studyctl.ui.html import Cell, Markup, element, joined, table

Document = Mapping[str, Any]


def week(told: Document) -> Markup:
    """The week."""
    return joined(
        (
            element("p", f"{day(told['first'])} to {day(told['last'])}", class_="quiet"),
            _decision(told["decision"]),
            element("div", _hours(told), _moved(told), class_="two"),
            _plan(told) if told["goals"] or told["drift"]["ledger"] else None,
        )
    )


def day(text: str | None) -> str:
    """``23 Nov 2026`` out of an ISO date."""
    if text is None:
        return "–"
    when = date.fromisoformat(text)
    return f"{when.day}\u00a0{when:%b}\u00a0{when.year}"  # never torn apart


def days(ends: Sequence[str | None]) -> str:
    """``22 Sep 2027 to 6 Jan 2028``, torn apart before the second word at most."""
    return f"{day(ends[0])} to\u00a0{day(ends[1])}" if ends[0] else "–"


def numbers(low: float, high: float) -> str:
    """``9 to 17``, never torn apart."""
    return f"{low:.0f}\u00a0to\u00a0{high:.0f}"


def hours(number: float) -> Cell:
    """Hours in a table."""
    return Cell(f"{number:.1f}" if abs(number) >= LITTLE else "–", number)


def share(number: float | None, digits: int = 0) -> Cell:
    """A share in a table, as per cent."""
    return Cell("–" if number is None else f"{100 * number:.{digits}f} %", number)


def _decision(told: Document) -> Markup:
    choices = [
        element("li", one["text"], element("code", one["command"]) if one["command"] else None)
        for one in told["choices"]
    ]
    return element(
        "aside",
        element("h3", f"One decision: {told['question']}"),
        element("p", told["why"]),
        element("ul", *choices),
        class_="decision",
    )


def _hours(told: Document) -> Markup:
    rows: list[Sequence[str | Cell]] = []
    for area in told["areas"]:
        if area["planned"] < LITTLE and area["study"] < LITTLE:
            continue
        rows.append((area["title"], hours(area["planned"]), hours(area["study"])))
        rows += [
            (f"\u2003{row['topic']}", hours(row["planned"]), hours(row["study"]))
            for row in area["topics"]
            if row["planned"] >= LITTLE or row["study"] >= LITTLE
        ]
    total = told["hours"]
    rows.append(("Reviews", hours(total["planned_reviews"]), hours(total["reviews"])))
    rows.append(("All", hours(total["planned"]), hours(total["spent"])))
    return element(
        "div",
        element("h3", "Hours, planned and spent"),
        table(
            f"Planned and spent, of the {total['available']:.1f} h that there were",
            ("", "planned", "spent"),
            rows,
            "week-hours",
        ),
    )


def _moved(told: Document) -> Markup:
    reviews = told["reviews"]
    lines = [row("Answers", _answers(reviews))]
    if reviews["recalled"] is not None:
        lines.append(
            row(
                "Retention",
                f"{100 * reviews['recalled']:.0f} % recalled, {100 * reviews['predicted']:.0f} % predicted",
            )
        )
    lines.append(row("Learnt", ", ".join(one["title"] for one in told["learnt"]) or "nothing"))
    lines += [row(name.title(), _changes(told[name])) for name in ("faded", "rescued")]
    lines.append(
        row("Switches", switches(Switches(told["switches"]["jumps"], told["switches"]["steps_back"])))
    )
    lines += [
        row("Detour", f"{one['topic']}, for {one['source']}: {one['hours']:.1f} of {one['box']:g} h")
        for one in told["detours"]
    ]
    lines += [
        row("Without", f"study or reviews from {day(one['first'])} to {day(one['last'])}")
        for one in told["gaps"]
    ]
    return element("div", element("h3", "What moved"), element("dl", *lines))


def row(name: str, said: str) -> Markup:
    """A name and what is said of it, in a list of such."""
    return joined((element("dt", name), element("dd", said)))


def _answers(told: Document) -> str:
    new = f", {count(told['new_cards'], 'card')} for the first time" if told["new_cards"] else ""
    return f"{told['answers']}{new}" if told["answers"] else "none"


def _changes(told: Sequence[Document]) -> str:
    return ", ".join(f"{one['topic']} ({from_to(one['before'], one['now'])})" for one in told) or "nothing"


def _plan(told: Document) -> Markup:
    goals = [
        (
            one["goal"],
            day(one["finish_before"]),
            day(one["finish"]),
            days(one["finish_between"]),
            Cell("–" if one["days"] is None else moved(one["days"]), one["days"]),
            day(one["by"]),
        )
        for one in told["goals"]
    ]
    heads = ("goal", "was likely", "is likely", "between", "moved", "wanted by")
    return joined(
        (
            element("h3", "The plan"),
            table("When each goal is reached", heads, goals, "week-goals") if goals else None,
            _ledger(told) if told["drift"]["ledger"] else None,
            element("p", "Next seven days: ", ", ".join(_ahead(told["ahead"])), ".")
            if told["ahead"]["items"]
            else None,
        )
    )


def _ledger(told: Document) -> Markup:
    ledger = told["drift"]["ledger"]
    rows: list[Sequence[str | Cell]] = [
        (
            f"left on {day(told['first'])}",
            Cell(f"{ledger['hours_left_before']:.1f}", ledger["hours_left_before"]),
            "",
        )
    ]
    rows += [
        (
            LEDGER.get(one["what"], one["what"]),
            Cell(signed(one["hours"]), one["hours"]),
            ", ".join(one["names"][:6]),
        )
        for one in ledger["entries"]
        if abs(one["hours"]) >= LITTLE
    ]
    rows.append(
        (f"left on {day(told['last'])}", Cell(f"{ledger['hours_left']:.1f}", ledger["hours_left"]), "")
    )
    return table("Why it moved: hours to go", ("", "hours", ""), rows, "week-ledger")


def _ahead(told: Document) -> Iterator[str]:
    for one in told["items"]:
        kind = "" if one["kind"] == "learn" else f"{one['kind']} "
        yield f"{kind}{one['topic']} {one['hours']:.1f} h{' to its end' if one['finished'] else ''}"
    if told["review_minutes"] >= 0.5:  # nothing where no card was seen yet
        yield f"reviews about {told['review_minutes']:.0f} min"
