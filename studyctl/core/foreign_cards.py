"""From a note of somebody else's deck to cards of a topic, and what of it cannot be carried over.

An ordinary note becomes a question with its answer for each of its cards. A cloze comes over as a
cloze if ours can say it, else as a question and answer for each gap. Every card keeps the note's guid
and its own ord, so that its history in Anki stays its history.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import NamedTuple

from studyctl.core import foreign_cloze as cloze
from studyctl.core import topic_checks
from studyctl.core.curriculum import Card, Objective, Topic
from studyctl.core.foreign import ForeignNote, Template
from studyctl.core.foreign_template import behind_the_line, render
from studyctl.core.format import LONGEST_TEXT
from studyctl.core.html_text import Converter
from studyctl.core.problems import Level
from studyctl.core.text import cloze_back, gaps, plain

OBJECTIVE = "recall"
_TAG = re.compile(r"<[^<>]*>")
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_NO_SIGNS = str.maketrans(
    "", "", cloze.OPEN + cloze.NUMBER + cloze.CLOSE
)  # nobody writes them, but who knows
_SLUG = 36  # letters of an id


class LeftOut(NamedTuple):
    """A card that does not come over: the note's guid, its ord, how it begins, and why not."""

    guid: str
    ord: int
    begins: str
    why: str


@dataclass(frozen=True, slots=True)
class _Sides:
    """A card as texts."""

    q: str
    a: str
    extra: str = ""
    typed: bool = False


def cards_of(note: ForeignNote, converter: Converter) -> Iterator[Card | LeftOut]:
    """The cards of a note, in the order of their ords; a cloze that ours can say is one of them."""
    fields = {name: field.translate(_NO_SIGNS) for name, field in note.fields.items()}
    note = replace(note, fields=fields)
    if any("image-occlusion:" in field for field in note.fields.values()):
        for ord_ in sorted(note.decks):
            yield LeftOut(note.guid, ord_, note.kind.name, "it hides parts of a picture")
        return
    whole = _whole_cloze(note, converter) if note.kind.is_cloze else None
    if whole is not None:
        yield whole
        return
    for ord_ in sorted(note.decks):
        template = note.kind.template(ord_)
        if template is None:
            yield LeftOut(note.guid, ord_, _begin(note), "its template is missing")
            continue
        lost = converter.lost.copy()
        sides = _asked_cloze(note, template, ord_, converter) if note.kind.is_cloze else None
        sides = sides or _plain(note, template, converter)
        card = _card(note, ord_, sides)
        problem = _problem(card) if sides.q and sides.a else ""
        if sides.q and sides.a and not problem:
            yield card
            continue
        converter.lost = lost  # what a card that stays behind has lost is no news
        why = problem or f"its {'answer' if sides.q else 'question'} has no words and no picture"
        yield LeftOut(note.guid, ord_, _begin(note), why)


def _plain(note: ForeignNote, template: Template, converter: Converter) -> _Sides:
    typed: list[str] = []

    def front(filters: Sequence[str], field: str) -> str:
        if "type" in filters:
            typed.append(field)
            return ""
        return _filtered(filters, field)

    def back(filters: Sequence[str], field: str) -> str:
        return _filtered([one for one in filters if one != "type"], field)

    q = converter.text(render(template.front, note.fields, front))
    html = behind_the_line(render(template.back, note.fields, back))
    if typed:
        rest = [render(template.back, note.fields, lambda f, x: "" if "type" in f else _filtered(f, x))]
        answer = plain(converter.text(_TAG.sub("", typed[0])))
        return _Sides(q, answer, converter.text(behind_the_line(rest[0])), typed=True)
    a = converter.text(html)
    if q and a.startswith(q) and a != q:  # an answer's side that repeats the question without a line
        a = a.removeprefix(q).strip()
    return _Sides(q, a)


def _whole_cloze(note: ForeignNote, converter: Converter) -> Card | None:
    """The cloze as one of ours, if each of its gaps stands alone and every card of it has one."""
    template = note.kind.template(0)
    if template is None:
        return None
    parsed = {name: cloze.parse(field) for name, field in note.fields.items()}
    used: list[cloze.Parts] = []

    def front(filters: Sequence[str], field: str) -> str:
        if "cloze" in filters:
            used.append(cloze.parse(field))
            return cloze.marked(used[-1])
        return _filtered(filters, field)

    html = render(template.front, note.fields, front)
    parts = [part for one in used for part in one]
    if not parsed or not cloze.is_plain(parts):
        return None
    lost = converter.lost.copy()
    text = cloze.unmarked(converter.text(html))
    extra = converter.text(_without_cloze(note, template))
    card = _card(note, 0, _Sides(text, ""))
    card = replace(card, q="", a="", cloze=text, extra=extra)
    wanted = {f"c{ord_ + 1}" for ord_ in note.decks}
    if set(gaps(text)) != wanted or _problem(card):
        converter.lost = lost
        return None
    converter.lost["hint of a gap"] += sum(bool(gap.hint) for gap in cloze.gaps(parts))
    return card


def _asked_cloze(note: ForeignNote, template: Template, ord_: int, converter: Converter) -> _Sides:
    """One number of a cloze as a question and answer."""
    number = ord_ + 1
    asked = False

    def side(filters: Sequence[str], field: str, *, hide: bool) -> str:
        nonlocal asked
        if "cloze" not in filters:
            return _filtered(filters, field)
        parts = cloze.parse(field)
        asked = asked or any(number in gap.numbers for gap in cloze.gaps(parts))
        return cloze.asked(parts, number) if hide else cloze.filled(parts)

    q = render(template.front, note.fields, lambda f, x: side(f, x, hide=True))
    a = render(template.front, note.fields, lambda f, x: side(f, x, hide=False))
    if not asked:
        return _Sides("", "")
    return _Sides(converter.text(q), converter.text(a), converter.text(_without_cloze(note, template)))


def _without_cloze(note: ForeignNote, template: Template) -> str:
    """What the answer's side has beside the cloze."""
    front = render(template.front, note.fields, lambda f, x: "" if "cloze" in f else _filtered(f, x))
    back = render(template.back, note.fields, lambda f, x: "" if "cloze" in f else _filtered(f, x))
    return behind_the_line(back).replace(front.strip() or "\0", "")


def _filtered(filters: Sequence[str], field: str) -> str:
    if any(one.startswith("tts") for one in filters):
        return ""
    return _TAG.sub("", field) if "text" in filters else field


def _card(note: ForeignNote, ord_: int, sides: _Sides) -> Card:
    words = slug(plain(_IMAGE.sub(" ", cloze_back(sides.q))))[:_SLUG].strip("-")
    mark = hashlib.sha256(f"{note.guid}/{ord_}".encode()).hexdigest()[:8]
    return Card(
        id=f"{words}-{mark}" if words else mark,
        topic="",
        objective=OBJECTIVE,
        q=sides.q,
        a=sides.a,
        typed=sides.typed,
        extra=sides.extra,
        guid=note.guid,
        ord=ord_,
    )


def _problem(card: Card) -> str:
    """What `check` would call an error in the card; nothing if it is sound."""
    if max(map(len, (card.q, card.a, card.cloze, card.extra))) > LONGEST_TEXT:
        return f"one of its texts has more than {LONGEST_TEXT:,} characters"
    topic = Topic(
        "t", "a", "Title", "Summary.", 1, objectives=(Objective(OBJECTIVE, "Recall."),), cards=(card,)
    )
    return next((one.what for one in topic_checks.errors(topic) if one.level is Level.ERROR), "")


def _begin(note: ForeignNote) -> str:
    """The first words of a note, for a list of what stays behind."""
    words = " ".join(unescape(_TAG.sub(" ", next(iter(note.fields.values()), ""))).split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def slug(words: str) -> str:
    """Words as an id: small letters, digits and single hyphens; empty if nothing of them can be one."""
    told = unicodedata.normalize("NFKD", words.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", told))
