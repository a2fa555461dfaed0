"""The sections of the page beside the week: a sentence, a picture, and the table behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from studyctl.core.counted import count
from studyctl.core.picture import LOOKS
from studyctl.core.week_words import things
from studyctl.ui.html import Cell, Markup, element, joined, table
from studyctl.ui.report_figure import Document, figure
from studyctl.ui.report_memory import calibration, load, recall
from studyctl.ui.report_week import day, days, hours, row, share

SHOWN = 4  # topics in a sentence


class Section(NamedTuple):
    """A part of the page with a heading of its own."""

    id: str
    title: str
    body: Markup


def sections(told: Document, graph: Markup | None) -> list[Section]:
    """All sections for which there is anything to show."""
    found = [Section("glance", "At a glance", _glance(told["status"], told["first_to_go"]))]
    if told["burn_up"]:
        found.append(Section("burn-up", "The way to the goals", _burn_up(told["burn_up"])))
    if told["days"]:
        found.append(Section("days", "Every day", _calendar(told["days"])))
        found.append(Section("hours", "Hours planned and spent", _hours(told)))
    if told["recall"]["all"]["past"]:
        found.append(Section("recall", "Recall now, and if you stop", recall(told)))
        found.append(Section("load", "Reviews ahead", load(told)))
    if told["retention"]["scored"]:
        found.append(Section("calibration", "Is the memory model right?", calibration(told["retention"])))
    found.append(Section("leeches", "Cards that do not stick", _leeches(told["leeches"])))
    if graph is not None:
        found.append(Section("graph", "The map", _map(graph)))
    return found


def _glance(told: Document, first: Sequence[Document]) -> Markup:
    topics = told["topics"]
    known = topics["done"] + topics["known"]
    recall = "–" if told["recall"] is None else f"{100 * told['recall']:.0f} %"
    tiles = [
        _tile("topics learnt", f"{known}", f"of {topics['all']}; {topics['faded']} faded", known),
        _tile("recalled now", recall, f"{count(told['cards_seen'], 'card')} seen", told["recall"]),
        _tile("cards due", f"{told['due']}", _about(told), told["due"]),
        _tile(
            "since Monday",
            f"{told['hours_this_week']:.1f} h",
            f"of {told['hours_a_week']:g} h studied",
            told["hours_this_week"],
        ),
    ]
    goals = [
        (
            one["id"],
            share(one["done_hours"] / one["total_hours"] if one["total_hours"] else 1.0),
            day(one["finish"]),
            day(one["by"]),
            days(one["finish_between"]),
            Cell(f"{one['done_hours']:.0f} of {one['total_hours']:.0f} h", one["done_hours"]),
        )
        for one in told["goals"]
    ]
    news = told["good_news"]
    return joined(
        (
            element("div", *tiles, class_="tiles"),
            element("p", news["text"], class_="news") if news else None,
            element("dl", *_slipping(told, first)),
            table("Goals", ("goal", "done", "likely", "wanted by", "between", "hours"), goals, "goals")
            if goals
            else None,
        )
    )


def _slipping(told: Document, first: Sequence[Document]) -> Iterator[Markup]:
    """What has faded or is about to."""
    names = [f"{one['topic']} ({one['recall']:.2f})" for one in told["fading"]]
    yield row("Fading", things(names, SHOWN) or "nothing")
    if first:
        names = [f"{one['topic']} ({day(one['date'])})" for one in first]
        yield row("First to go, if you stop", things(names, SHOWN))
    for one in told["detours"]:
        yield row(
            "Detour",
            f"{one['topic']}, for {one['from']}: {one['minutes']:.0f} of {one['box_minutes']:.0f} min",
        )
    if told["deadline"]:
        one = told["deadline"]
        room = "" if one["finish"] is None else _room(one["by"], one["finish"])
        yield row("Next date", f"{one['goal']} by {day(one['by'])}, likely {day(one['finish'])}{room}")


def _about(told: Document) -> str:
    return f"about {max(1, told['minutes_due']):.0f} min" if told["due"] else "nothing"


def _room(by: str, finish: str) -> str:
    days = (date.fromisoformat(by) - date.fromisoformat(finish)).days
    return f", {count(days, 'day')} to spare" if days >= 0 else f", {count(-days, 'day')} late"


def _tile(name: str, number: str, more: str, value: object) -> Markup:
    return element(
        "div",
        element("p", name, class_="name"),
        element("p", number, class_="number", data_value=value),
        element("p", more, class_="more"),
        class_="tile",
    )


def _burn_up(told: Document) -> Markup:
    says = f"{told['learnt']:.0f} of {told['total']:.0f} hours of the goals are in topics that are learnt"
    if told["finish"]:
        early, late = told["finish_between"]
        says += f"; likely done on {day(told['finish'])}"
        says += f", in four of five cases between {day(early)} and {day(late)}" if early and late else ""
    past = [(day(one["date"]), hours(one["learnt"]), hours(one["total"])) for one in told["past"]]
    ahead = [
        (day(one["date"]), hours(one["slow"]), hours(one["likely"]), hours(one["soon"]))
        for one in told["ahead"]
    ]
    return joined(
        (
            element("p", says, ". Hours are the authors' estimates; a topic counts once it is learnt."),
            figure(
                "burn-up",
                "Hours of the goals learnt, and the plan from here",
                says,
                table("Learnt so far", ("day", "learnt", "of"), past, "burn-up-past"),
                table("From here", ("day", "if slow", "likely", "if fast"), ahead, "burn-up-ahead"),
            ),
        )
    )


def _calendar(told: Sequence[Document]) -> Markup:
    total = sum(one["spent"] for one in told)
    says = f"{total:.1f} hours on {count(len(told), 'day')}"
    rows = [(day(one["date"]), hours(one["study"]), hours(one["reviews"])) for one in told]
    return joined(
        (
            element("p", says, ", study and reviews together."),
            figure(
                "days",
                "Hours of each day",
                says,
                table("Hours by day", ("day", "study", "reviews"), rows, "days"),
            ),
        )
    )


def _hours(told: Document) -> Markup:
    weeks, topics = told["weeks"], told["estimates"]
    rows = [
        (day(one["week"]), hours(one["available"]), hours(one["study"]), hours(one["reviews"]))
        for one in weeks
    ]
    spent, there = sum(one["spent"] for one in weeks), sum(one["available"] for one in weeks)
    says = f"{spent:.1f} hours of the {there:.1f} that there were in {count(len(weeks), 'week')}"
    parts: list[Markup] = [
        element("p", says, ", by the hours a week that are set now."),
        figure(
            "weeks",
            "Hours by week: study, reviews, and how many there were",
            says,
            table("Hours by week", ("week of", "there were", "study", "reviews"), rows, "weeks"),
        ),
    ]
    if len(topics) > 1:
        ratio = sum(one["hours"] for one in topics) / (sum(one["estimate"] for one in topics) or 1.0)
        words = f"{len(topics)} finished topics took {ratio:.1f} times their estimate in all"
        taken = [(one["topic"], hours(one["estimate"]), hours(one["hours"])) for one in topics]
        parts.append(element("p", words, "."))
        parts.append(
            figure(
                "estimates",
                "Finished topics: hours estimated and taken",
                words,
                table("Topics", ("topic", "estimate", "taken"), taken, "estimates"),
            )
        )
    return joined(parts)


def _leeches(told: Sequence[Document]) -> Markup:
    if not told:
        return element("p", "No card fails again and again.")
    rows = [
        (
            one["card"],
            Cell(str(one["lapses"]), one["lapses"]),
            Cell(str(one["early"]), one["early"]),
            one["weakest"] or "–",
        )
        for one in told[:20]
    ]
    more = f" The first 20 of {len(told)} are shown." if len(told) > 20 else ""
    return joined(
        (
            element(
                "p", f"More reviews will hardly help these: other words, or what is underneath, may.{more}"
            ),
            table("Leeches", ("card", "forgotten", "failed early", "weakest underneath"), rows, "leeches"),
        )
    )


def _map(graph: Markup) -> Markup:
    """The picture of the graph in a frame that can be moved; `studyctl graph -o graph.html` has search and light."""
    frame = element("div", graph, class_="scroll map", tabindex="0", role="region", aria_label="The map")
    return joined(
        (
            element(
                "p",
                "What needs what on the way: arrows lead down, from a topic to what needs it. To search and click: ",
                element("code", "studyctl graph -o graph.html"),
            ),
            element("p", ", ".join(f"{sign} {name}" for name, sign in LOOKS.items())),
            frame,
        )
    )
