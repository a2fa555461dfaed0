"""A week in Markdown: the agenda of a call with a mentor or a study partner.

It pastes into an e-mail as it stands and into an issue as a table; so it is short, nothing in it
depends on a renderer, and whatever comes from a curriculum or a note is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyctl.core import week_words as words
from studyctl.core.time import in_words
from studyctl.core.week import LITTLE
from studyctl.core.week_review import WeekReview

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def escaped(text: str) -> str:
    """Text in which no sign means anything to Markdown or HTML."""
    return _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;"))


def markdown(told: WeekReview) -> str:
    """The week as Markdown."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: WeekReview) -> Iterator[str]:
    yield f"# Week of study: {words.title(told)}"
    yield ""
    yield f"**{words.hours(told.spent.hours)} spent** of {_planned(told)}."
    yield ""
    yield from _hours(told)
    yield "## Memory"
    yield ""
    yield " ".join(words.reviews(told.reviews))
    yield ""
    yield f"- Learnt: {_names(told.learnt)}"
    yield f"- Faded: {escaped(words.changes(told.faded, 10)) or 'nothing'}"
    yield f"- Rescued: {escaped(words.changes(told.rescued, 10)) or 'nothing'}"
    yield ""
    yield from _plan(told)
    yield "## Where the attention went"
    yield ""
    yield f"- Switches: {words.switches(told.switches)}"
    for one in told.detours:
        note = f" Left at: {escaped(one.note)}" if one.note else ""
        yield (
            f"- On a detour: {escaped(one.topic)}, for {escaped(one.source)}; "
            f"{words.hours(one.hours)} of {words.hours(one.box)}.{note}"
        )
    for gap in told.gaps:
        yield f"- Without study or reviews from {in_words(gap.first, told.last)} to {in_words(gap.last, told.last)}."
    yield ""
    yield from _decision(told)


def _planned(told: WeekReview) -> str:
    if told.planned > LITTLE:
        return f"{words.hours(told.planned)} planned; there were {words.hours(told.available)}"
    return f"{words.hours(told.available)} that there were; nothing was planned"


def _names(names: tuple[str, ...]) -> str:
    return escaped(words.things(names, 10)) or "nothing"


def _hours(told: WeekReview) -> Iterator[str]:
    yield "| Hours | planned | spent |"
    yield "|:---|---:|---:|"
    for area in told.areas:
        if area.planned < LITTLE and area.spent.study < LITTLE:
            continue
        name = told.titles.get(area.area, area.area)
        yield f"| **{escaped(name)}** | {_number(area.planned)} | {_number(area.spent.study)} |"
        for row in area.topics:
            if row.planned >= LITTLE or row.spent.study >= LITTLE:
                yield f"| · {escaped(row.topic)} | {_number(row.planned)} | {_number(row.spent.study)} |"
    yield f"| Reviews | {_number(told.planned_reviews)} | {_number(told.spent.reviews)} |"
    yield f"| **All** | **{told.planned:.1f}** | **{told.spent.hours:.1f}** |"
    yield ""


def _number(hours: float) -> str:
    return f"{hours:.1f}" if hours >= LITTLE else "–"


def _plan(told: WeekReview) -> Iterator[str]:
    if not told.goals and told.ledger is None:
        return
    yield "## The plan"
    yield ""
    for one in told.goals:
        yield f"- **{escaped(one.goal)}**: {words.goal(one, told.last)}"
    why = words.why(told)
    if why:
        yield f"- Why: {why}"
    if told.ledger is not None:
        yield ""
        yield "| Hours to go | |"
        yield "|:---|---:|"
        rows = list(words.entries(told))
        for number, (what, hours, names) in enumerate(rows):
            edge = number in (0, len(rows) - 1)
            named = f" ({escaped(names)})" if names else ""
            yield f"| {what}{named} | {hours:.1f} |" if edge else f"| {what}{named} | {words.signed(hours)} |"
    yield ""
    if told.ahead:
        yield f"Next seven days, {words.hours(told.ahead_hours)}:"
        yield ""
        for item in told.ahead:
            kind = f"{item.kind} " if item.kind != "learn" else ""
            end = ", to its end" if item.finished else ""
            yield f"- {kind}{escaped(item.topic)}: {words.hours(item.hours)}{end}"
        yield f"- reviews: about {told.ahead_review_minutes:.0f} min"
        yield ""


def _decision(told: WeekReview) -> Iterator[str]:
    one = told.decision
    yield "## One decision"
    yield ""
    yield f"**{escaped(one.question)}** {escaped(one.why)}"
    yield ""
    for choice in one.choices:
        command = f": `{choice.command.replace('`', '')}`" if choice.command else ""
        yield f"- [ ] {escaped(choice.text)}{command}"
