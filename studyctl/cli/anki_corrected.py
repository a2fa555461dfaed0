"""Which texts somebody corrected in Anki: its notes compared with ours, and each edit followed to our text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from studyctl.adapters import ledger
from studyctl.adapters.card_html import CardHtml
from studyctl.adapters.pictures import Pictures
from studyctl.cli.places import data_folder
from studyctl.cli.workspace import Workspace
from studyctl.core.curriculum import Card, Topic
from studyctl.core.edits import Edit, edit_of
from studyctl.core.foreign_cloze import is_plain, marked, parse, unmarked
from studyctl.core.html_text import Converter
from studyctl.core.notes import BACK, EXTRA, NOTE_TYPES, Note, notes
from studyctl.core.stamps import stamps
from studyctl.core.text import gaps, plain
from studyctl.core.there import There
from studyctl.core.three_way import Compared, Field, Verdict, agreements, compared


@dataclass(slots=True)
class Found:
    """The edits of each topic, and what is no patch: fields that nobody can follow, and conflicts."""

    edits: dict[str, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    agreed: dict[str, tuple[Note, dict[str, str]]] = field(default_factory=dict)
    unclear: list[Edit] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)  # edits of a title, a source, a spare field
    foreign: list[str] = field(default_factory=list)  # notes with another note type there


def find(work: Workspace, there: There) -> Found:
    """What differs between the notes in Anki and ours because somebody changed it there."""
    found = Found()
    events = work.history.events(agreed=True)
    agreed = agreements(event for event in events if event.do == "agreed")
    lines = stamps(
        ledger.read(data_folder("decks") / "ledger"), events, {card.note for card in work.catalog.cards()}
    )
    held = {card.guid: card for card in work.catalog.cards() if card.guid in there.by_guid}
    topics = sorted({card.topic for card in held.values()})
    areas, resources = work.catalog.areas(), work.catalog.resources()
    for name in topics:
        topic = work.catalog.topic(name)
        pictures = Pictures([root / "topics" / topic.area / "media" for root in work.roots])
        html = CardHtml(pictures)
        cards = {card.note: card for card in topic.cards}
        for note in notes(topic, areas, resources, {}, html):
            has = there.by_guid.get(note.guid)
            if has is None or has.kind != note.kind:
                continue
            del held[note.guid]
            known = agreed.get(note.guid)
            names = NOTE_TYPES[note.kind].fields
            one = compared(note, names, has, known.fields if known else None, lines[note.id])
            _judge(found, one, topic, cards[note.id], html, pictures)
    found.foreign = sorted(card.note for card in held.values())
    return found


def _judge(found: Found, one: Compared, topic: Topic, card: Card, html: CardHtml, pictures: Pictures) -> None:
    note = one.note
    if one.of(Verdict.CONFLICT):
        found.conflicts.append(note.id)
    keys = {NOTE_TYPES[note.kind].fields[0]: "cloze" if card.cloze else "q", BACK: "a", EXTRA: "extra"}
    for changed in one.of(Verdict.EDIT):
        key = keys.get(changed.name)
        if key is None or (card.cloze and key == "a"):
            found.others.append(f"{note.id} ({changed.name})")
            continue
        edit = _edit(note, card, key, changed, html, pictures)
        if edit is None:
            continue
        if edit.proved:
            found.edits[topic.id].append(edit)
            theirs = {field.name: field.theirs for field in one.fields if field.verdict is Verdict.EDIT}
            found.agreed[note.id] = note, {**(one.agreement() or {}), **theirs}
        else:
            found.unclear.append(edit)


def _edit(
    note: Note, card: Card, key: str, changed: Field, html: CardHtml, pictures: Pictures
) -> Edit | None:
    shown = {name: path.name for name, path in pictures.files.items()}
    converter = Converter(shown.get)
    read: Callable[[str], str] = converter.text
    render: Callable[[str], str] = html.text
    if key == "cloze":
        render = html.cloze

        def read(field: str) -> str:
            return unmarked(converter.text(marked(parse(field))))

    elif key == "a" and card.typed:

        def render(text: str) -> str:
            return html.answer(plain(text))

    ours = getattr(card, key)
    read(render(ours))
    lost = converter.lost.total()
    converter.lost.clear()
    edit = edit_of(note.id, key, ours, changed.theirs, read, render)
    if edit is None:
        return None
    converter.lost.clear()
    read(changed.theirs)
    fits = bool(edit.after) and converter.lost.total() <= lost
    if key == "cloze":
        fits = fits and is_plain(parse(changed.theirs)) and gaps(ours).keys() <= gaps(edit.after).keys()
    return edit if fits else edit._replace(proved=False)
