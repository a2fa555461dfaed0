"""What must agree within one topic: its cards, objectives and texts.

`errors` are what makes a topic unusable, and what the cache therefore asks of every topic that
it reads; `advice` is for authors, and only `check` asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from studyctl.core import criteria, math_checks, text
from studyctl.core.curriculum import Card, Question, Topic, Track, place_of
from studyctl.core.images import images, media_file, why_not_shown
from studyctl.core.problems import Level, Place, Problem, did_you_mean, nearest, quoted
from studyctl.core.text import Gap

# what nobody can type: a picture, a list, a displayed formula
_UNTYPED = re.compile(r"!\[|^\s*(?:[-*+]|\d+[.)]) |\$\$", re.MULTILINE)
_SHOWN_AS_IT_IS = re.compile(r"`+[^`]*`+|\$[^$]*\$")  # code and formulas


def errors(topic: Topic) -> Iterator[Problem]:
    """What is wrong in a topic, whatever else the curriculum holds."""
    yield from _ids(topic)
    yield from _objectives(topic)
    for card in topic.cards:
        yield from _form(card)
        if card.cloze:
            yield from _cloze(card)
    for said in texts(topic):
        unread = said.is_cloze and _has_endless_gap(said.text)  # so its braces are no fault of their own
        for what, fix in () if unread else math_checks.faults(said.text, said.is_cloze):
            yield Problem(said.place, Level.ERROR, f"{said.what}: {what}", fix, "math")
        yield from _placeholder(said)


def track_errors(track: Track) -> Iterator[Problem]:
    """What is wrong in a track, whatever else the curriculum holds."""
    for key in ("title", "summary", "for_whom"):
        if key in track.places:
            yield from _placeholder(Said(getattr(track, key), f"the {key}", place_of(track, key)))
    for number, section in enumerate(track.sections):
        if (place := track.places.get(f"sections.{number}.title")) is not None:
            yield from _placeholder(Said(section.title, "the title", place))


def advice(topic: Topic) -> Iterator[Problem]:
    """What could be better in a topic: the criteria for cards, and texts that cannot be shown as they are."""
    for said in texts(topic):
        for target in images(said.text):
            if media_file(target) is None:
                why, fix = why_not_shown(target)
                what = f"the image {quoted(target)} {why}"
                yield Problem(said.place, Level.WARNING, what, fix, "image")
        for tag in text.html_tags(said.text):
            fix = "it is shown as it is written; put code in backticks"
            yield Problem(said.place, Level.WARNING, f"raw HTML {quoted(tag)}", fix, "raw-html")
        for what, fix in math_checks.doubts(said.text, said.is_cloze):
            yield Problem(said.place, Level.WARNING, f"{said.what}: {what}", fix, "math")
    for card in topic.cards:
        yield from _criteria(card)
        if card.cloze and card.typed:
            what = "typed has no effect on a cloze"
            yield Problem(place_of(card, "typed"), Level.WARNING, what, "take it out", "typed")
        elif card.typed and _UNTYPED.search(card.a):
            what = "the answer is typed in, and holds what nobody can type"
            yield Problem(
                place_of(card, "a"), Level.WARNING, what, "leave typed out, or shorten the answer", "typed"
            )
        for gap in text.cloze_parts(card.cloze) if card.cloze else ():
            if isinstance(gap, Gap) and "::" in _SHOWN_AS_IT_IS.sub("", gap.text):
                what = f"the gap c{gap.number} has a hint, which is not carried into Anki"
                fix = "put it into the text, or the colons into `code`"
                yield Problem(place_of(card, "cloze"), Level.WARNING, what, fix, "cloze-hint")


class Said(NamedTuple):
    """One text of a topic, what it is, and where it stands."""

    text: str
    what: str
    place: Place
    is_cloze: bool = False


def texts(topic: Topic) -> Iterator[Said]:
    """Every text of a topic that a learner reads, as far as it is told."""
    yield Said(topic.title, "the title", place_of(topic, "title"))
    if topic.summary:
        yield Said(topic.summary, "the summary", place_of(topic, "summary"))
    for need in topic.requires:
        if need.why:
            yield Said(need.why, "why", need.place)
    for objective in topic.objectives:
        yield Said(objective.text, f"the objective {objective.id}", objective.place)
    for question in topic.exit_test:
        yield Said(question.q, "the question", place_of(question, "q"))
        yield Said(question.a, "the answer", place_of(question, "a"))
    if topic.project:
        yield Said(topic.project.deliverable, "the deliverable", place_of(topic, "project"))
        yield Said(topic.project.passed, "the pass mark", place_of(topic, "project"))
    for card in topic.cards:
        yield from _card_texts(card)


def _card_texts(card: Card) -> Iterator[Said]:
    if "q" in card.places or card.q:
        yield Said(card.q, "the question", place_of(card, "q"))
    if "a" in card.places or card.a:
        yield Said(card.a, "the answer", place_of(card, "a"))
    if card.cloze:
        yield Said(card.cloze, "the cloze", place_of(card, "cloze"), is_cloze=True)
    if card.extra:
        yield Said(card.extra, "extra", place_of(card, "extra"))


def _ids(topic: Topic) -> Iterator[Problem]:
    """Objectives and cards have ids of their own; a retired id never comes back."""
    seen: dict[str, Place] = {}
    for objective in topic.objectives:
        if objective.id in seen:
            yield _twice("the objective", objective.id, objective.place, seen[objective.id])
        seen.setdefault(objective.id, objective.place)
    seen = {}
    for card in topic.cards:
        place = place_of(card, "id")
        if card.id in seen:
            yield _twice("the card", card.id, place, seen[card.id])
        elif card.id in topic.retired:
            what = f"the card {quoted(card.id)} has a retired id"
            yield Problem(
                place, Level.ERROR, what, "an id is never used again; give the card another", "retired"
            )
        seen.setdefault(card.id, place)
        for gap in text.gaps(card.cloze) if card.cloze else ():
            if f"{card.id}.{gap}" in topic.retired:
                what = f"the gap {gap} of {quoted(card.id)} has a retired number"
                yield Problem(place_of(card, "cloze"), Level.ERROR, what, "give it another number", "retired")
        for number, old in enumerate(card.was):
            if old in topic.retired:
                what = f"was names {quoted(old)}, which is retired"
                yield Problem(
                    place_of(card, f"was.{number}"),
                    Level.ERROR,
                    what,
                    "take it out of one of them",
                    "retired",
                )


def _twice(what: str, name: str, place: Place, first: Place) -> Problem:
    where = f"line {first.line}" if first.file == place.file else str(first)
    return Problem(
        place,
        Level.ERROR,
        f"{what} {quoted(name)} stands here twice, first in {where}",
        "give it an id of its own",
        "duplicate-id",
    )


def _objectives(topic: Topic) -> Iterator[Problem]:
    """Cards and questions name objectives that the topic has."""
    known = {objective.id for objective in topic.objectives}
    things: list[Card | Question] = [*topic.cards, *topic.exit_test]
    for thing in things:
        if thing.objective and thing.objective not in known:
            guess = did_you_mean(nearest(thing.objective, known)) or ", which this topic does not have"
            what = f"names the objective {quoted(thing.objective)}{guess}"
            yield Problem(place_of(thing, "objective"), Level.ERROR, what, "", "unknown-objective")


def _form(card: Card) -> Iterator[Problem]:
    """A card is a question with its answer, or a cloze."""
    told = [key for key in ("q", "a", "cloze") if key in card.places or getattr(card, key)]
    if "cloze" in told and len(told) > 1:
        fix = "keep the cloze, or the question with its answer"
        yield Problem(
            place_of(card, "cloze"), Level.ERROR, "the card is a cloze and a question", fix, "card-form"
        )
    elif not told:
        yield Problem(
            card.place, Level.ERROR, "the card asks nothing", "give it q and a, or a cloze", "card-form"
        )
    elif told == ["q"]:
        yield Problem(card.place, Level.ERROR, "the card has a question and no answer", "add a:", "card-form")
    elif told == ["a"]:
        yield Problem(
            card.place, Level.ERROR, "the card has an answer and no question", "add q:", "card-form"
        )
    elif card.cloze == "" and told == ["cloze"]:
        yield Problem(place_of(card, "cloze"), Level.ERROR, "the cloze is empty", "write it", "placeholder")
    if (card.ord is not None) > bool(card.guid):
        yield Problem(
            place_of(card, "ord"), Level.ERROR, "ord without guid", "import writes both", "card-form"
        )


def _cloze(card: Card) -> Iterator[Problem]:
    """A cloze has gaps, each with a number of its own and something in it."""
    place = place_of(card, "cloze")
    parts = text.cloze_parts(card.cloze)
    gaps = [part for part in parts if isinstance(part, Gap)]
    endless = _has_endless_gap(card.cloze)
    if not (gaps or endless):
        yield Problem(
            place,
            Level.ERROR,
            "the cloze has no gap",
            "write {{c1::…}} around what is asked for",
            "cloze-gap",
        )
    seen: set[int] = set()
    for gap in gaps:
        name = f"c{gap.number}"
        if gap.number in seen:
            yield Problem(
                place,
                Level.ERROR,
                f"the gap {name} stands here twice",
                "number the gaps 1, 2, 3, …",
                "cloze-number",
            )
        elif not 1 <= gap.number <= text.MOST_GAPS:
            what = f"the gap {name} has a number that Anki does not know"
            yield Problem(
                place, Level.ERROR, what, f"number the gaps from 1 to {text.MOST_GAPS}", "cloze-number"
            )
        if not gap.text.strip():
            yield Problem(
                place, Level.ERROR, f"the gap {name} is empty", "write what is asked for", "cloze-gap"
            )
        if text.GAP.search(gap.text):
            yield Problem(
                place, Level.ERROR, f"a gap stands in the gap {name}", "gaps stand side by side", "cloze-gap"
            )
        seen.add(gap.number)
    if endless:
        yield Problem(
            place, Level.ERROR, "a gap is never closed", "end it with }}, braces within counted", "cloze-gap"
        )


def _has_endless_gap(cloze: str) -> bool:
    return any(isinstance(part, str) and text.GAP.search(part) for part in text.cloze_parts(cloze))


def _placeholder(said: Said) -> Iterator[Problem]:
    shown = text.cloze_back(said.text) if said.is_cloze else said.text
    if criteria.is_placeholder(shown):
        what = f"{said.what} is a placeholder" if shown.strip() else f"{said.what} is empty"
        yield Problem(said.place, Level.ERROR, what, "write it", "placeholder")


def _criteria(card: Card) -> Iterator[Problem]:
    if not card.cloze:
        if not (criteria.is_placeholder(card.q) or criteria.is_placeholder(card.a)):
            for found in criteria.findings(card.q, card.a):
                yield Problem(_of_finding(card, found.rule), Level.WARNING, found.message, "", found.rule)
        return
    for name, gap in text.gaps(card.cloze).items():
        for found in criteria.gap_findings(text.cloze_front(card.cloze, int(name[1:])), gap):
            what = f"{name}: {found.message}"
            yield Problem(place_of(card, "cloze"), Level.WARNING, what, "", found.rule)


def _of_finding(card: Card, rule: str) -> Place:
    return place_of(card, "a" if rule == "C2" else "q")
