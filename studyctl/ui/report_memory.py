"""The sections of the report about memory: what is there, what it will cost, and whether to believe it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studyctl.core.counted import count
from studyctl.ui.html import Cell, Markup, element, joined, table
from studyctl.ui.report_figure import Document, figure
from studyctl.ui.report_week import day, numbers, share

DRAWN = {  # by what made the interval
    "refits": "The future is drawn many times by chance, with the model fitted to your cards drawn anew.",
    "assumed": "The future is drawn many times by chance, with memories as much weaker or stronger as learners differ.",
    "none": "",
}


def recall(told: Document) -> Markup:
    """Recall as it was, by area, and what is left if reviews stop today."""
    recall = told["recall"]
    now = recall["all"]["past"][-1]
    year = recall["all"]["if_you_stop"][-1]["recall"] if recall["all"]["if_you_stop"] else None
    says = f"Of {count(now['cards'], 'card')} {100 * now['recall']:.0f} % would be recalled now"
    if year is not None:
        says += f"; in a year without reviews {100 * year:.0f} %"
    small = [
        figure(f"recall-{at}", one["title"], _area_says(one), small=True)
        for at, one in enumerate(recall["areas"])
        if one["past"]
    ]
    stop = told["if_you_stop"]
    left = [
        (
            day(one["date"]),
            Cell(str(one["topics_usable"]), one["topics_usable"]),
            numbers(one["topics_usable_low"], one["topics_usable_high"]),
            share(one["recall"]),
        )
        for one in stop
    ]
    return joined(
        (
            element("p", says, "."),
            figure(
                "recall",
                "Recall of all cards: as it was, and if reviews stop today",
                says,
                table("As it was", ("day", "recall", "cards"), _past(recall["all"]), "recall-past"),
                table("If you stop today", ("day", "recall"), _stopped(recall["all"]), "recall-stop"),
            ),
            element("h3", "By area"),
            element("div", *small, class_="grid"),
            element(
                "details",
                element("summary", "Table", aria_label="Table: recall by area"),
                *_area_tables(recall["areas"]),
            ),
            table(
                f"If you stop today: of {stop[0]['topics_learnt'] if stop else 0} learnt topics still usable",
                ("on", "topics", "between", "recall of cards"),
                left,
                "if-you-stop",
            ),
        )
    )


def _area_says(one: Document) -> str:
    now, ahead = one["past"][-1]["recall"], one["if_you_stop"]
    told = f"{one['title']}: {100 * now:.0f} % now"
    return f"{told}, {100 * ahead[-1]['recall']:.0f} % in a year without reviews" if ahead else told


def _area_tables(areas: Sequence[Document]) -> Iterator[Markup]:
    rows = [
        (
            one["title"],
            Cell(str(one["past"][-1]["cards"]), one["past"][-1]["cards"]),
            share(one["past"][-1]["recall"]),
            share(one["if_you_stop"][-1]["recall"] if one["if_you_stop"] else None),
        )
        for one in areas
        if one["past"]
    ]
    yield table("By area", ("area", "cards", "now", "in a year, if you stop"), rows, "recall-areas")


def _past(series: Document) -> Iterator[Sequence[str | Cell]]:
    return (
        (day(one["date"]), share(one["recall"], 1), Cell(str(one["cards"]), one["cards"]))
        for one in series["past"]
    )


def _stopped(series: Document) -> Iterator[Sequence[str | Cell]]:
    return ((day(one["date"]), share(one["recall"], 1)) for one in series["if_you_stop"])


def load(told: Document) -> Markup:
    """The reviews of the weeks ahead."""
    load = told["load"]
    days = sum(one["days"] for one in load) or 1
    a_day = sum(one["minutes"] for one in load) / days
    says = (
        f"About {max(1.0, a_day) if a_day else 0:.0f} min a day in the next {count(round(days / 7), 'week')}"
    )
    rows = [
        (
            day(one["week"]),
            Cell(f"{one['reviews']:.0f}", one["reviews"]),
            Cell(f"{one['minutes']:.0f}", one["minutes"]),
            numbers(one["minutes_low"], one["minutes_high"]),
        )
        for one in load
    ]
    return joined(
        (
            element("p", says, f", for the cards of what is learnt. {DRAWN[told['interval_from']]}"),
            figure(
                "load",
                "Minutes of reviews by week: the mean of drawn futures, and where four of five of them are",
                says,
                table(
                    "Means, and between which minutes four of five futures are",
                    ("week of", "reviews", "minutes", "between"),
                    rows,
                    "load",
                ),
            ),
        )
    )


def calibration(told: Document) -> Markup:
    """Predicted recall against what was recalled."""
    whole = told["all"]
    says = (
        f"{100 * whole['recalled']:.1f} % of {count(whole['answers'], 'answer')} were recalled, "
        f"{100 * whole['predicted']:.1f} % predicted"
    )
    heads = ("", "answers", "recalled", "predicted")
    return joined(
        (
            element(
                "p",
                says,
                ". A model that is right has its dots on the line; above it you know more than it thinks.",
            ),
            element(
                "div",
                figure(
                    "calibration",
                    "What was predicted, and what was recalled",
                    says,
                    table("By predicted recall", heads, _lines(told["calibration"]), "calibration"),
                ),
                figure(
                    "months",
                    "By month: recalled, and predicted",
                    says,
                    table("By month", heads, _lines(told["months"]), "months"),
                ),
                class_="two",
            ),
        )
    )


def _lines(told: Sequence[Document]) -> Iterator[Sequence[str | Cell]]:
    return (
        (
            one["name"],
            Cell(str(one["answers"]), one["answers"]),
            share(one["recalled"], 1),
            share(one["predicted"], 1),
        )
        for one in told
    )
