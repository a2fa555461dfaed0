"""The decks in a real Anki: imported, imported again, changed, and shown."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from studyctl.adapters.package import stable_id
from studyctl.core.notes import NOTE_TYPES

from .conftest import ROOT, WRITTEN, Deck, Face, Import, Learner, deck_of

pytestmark = pytest.mark.real

ERROR = re.compile(
    r"No cloze \d+ found|has no cloze|template has a problem|Found '\{\{|cloze-invalid|\{\{c\d+::|There is no field",
    re.IGNORECASE,
)


def test_a_first_import_brings_every_note_with_its_cards(learner: Learner, deck: Deck):
    assert Import(len(deck.notes), 0, 0, 0) == learner.imports(deck.packed())
    collection = learner.collection
    assert sum(len(note.ords) for note in deck.notes) == collection.card_count()
    without = collection.db.list("select guid from notes where id not in (select nid from cards)")
    assert [] == without
    assert "" == collection.get_empty_cards().report
    wanted = {(note.guid, ord_) for note in deck.notes for ord_ in note.ords}
    found = collection.db.all("select n.guid, c.ord from cards c, notes n where c.nid = n.id")
    assert wanted == {(guid, ord_) for guid, ord_ in found}


def test_importing_the_same_package_again_finds_only_duplicates(learner: Learner, deck: Deck):
    learner.imports(deck.packed())
    assert Import(0, 0, len(deck.notes), 0) == learner.imports(deck.packed())


def test_one_changed_card_is_one_update_and_all_else_stays(learner: Learner, deck: Deck):
    """The learner's own edits and tags on other notes survive; so do tags on none but the changed one."""
    learner.imports(deck.packed())
    changed, edited, *_ = deck.notes
    note = learner.note(edited.guid)
    note["Extra"] = "my own words"
    note.tags.append("mine")
    learner.collection.update_note(note)
    answered(learner, changed.guid)
    reviews = learner.collection.db.all("select * from revlog")

    new = replace(changed, fields=("Changed?", *changed.fields[1:]))
    times = {one.id: WRITTEN for one in deck.notes} | {it.name: WRITTEN for it in NOTE_TYPES.values()}
    data = repacked(replace(deck, notes=(new, *deck.notes[1:])), times | {changed.id: WRITTEN + 60})
    assert Import(0, 1, len(deck.notes) - 1, 0) == learner.imports(data)
    assert "Changed?" == learner.note(changed.guid).fields[0]
    note = learner.note(edited.guid)
    assert ("my own words", True) == (note["Extra"], "mine" in note.tags)
    assert reviews == learner.collection.db.all("select * from revlog")


def answered(learner: Learner, guid: str) -> Any:
    """A new card of a note, answered with Good."""
    card = learner.note(guid).cards()[0]
    card.start_timer()
    learner.collection.sched.answerCard(card, 3)
    return card


def repacked(deck: Deck, times: dict[str, int]) -> bytes:
    from studyctl.adapters.deck_files import looks
    from studyctl.adapters.package import package

    return package(deck.notes, looks(ROOT / "decks"), times, deck.media)


def test_a_changed_look_reaches_the_learner(learner: Learner, deck: Deck):
    from studyctl.adapters.deck_files import looks
    from studyctl.adapters.package import package

    few = deck.only(lambda note: note.position < 3)
    learner.imports(few.packed())
    new = {kind: look._replace(css=look.css + "/* new */") for kind, look in looks(ROOT / "decks").items()}
    times = {note.id: WRITTEN for note in few.notes} | {it.name: WRITTEN + 60 for it in NOTE_TYPES.values()}
    told = learner.imports(package(few.notes, new, times, {}))
    assert (0, 0) == (told.new, told.conflicting)
    assert "/* new */" in learner.collection.models.by_name("studyctl basic")["css"]


def test_topics_that_are_learnt_later_are_added_later(learner: Learner, deck: Deck):
    first = deck.only(lambda note: note.position % 2 == 0)
    learner.imports(first.packed())
    told = learner.imports(deck.packed())
    assert (len(deck.notes) - len(first.notes), len(first.notes)) == (told.new, told.duplicate)


def test_new_cards_come_in_the_order_of_the_curriculum(learner: Learner, deck: Deck):
    learner.imports(deck.packed())
    assert [note.id for note in deck.notes] == list(
        dict.fromkeys(card.note()["CardId"] for card in learner.cards())
    )


def test_ids_decks_and_tags_are_those_of_the_contract(learner: Learner, deck: Deck):
    learner.imports(deck.packed())
    collection = learner.collection
    for note in deck.notes[::17]:
        found = learner.note(note.guid)
        assert stable_id(f"note/{note.guid}") == found.id
        assert list(note.tags) == found.tags
        for card in found.cards():
            assert stable_id(f"card/{note.guid}/{card.ord}") == card.id
            assert note.deck == collection.decks.name(card.did)
    for it in NOTE_TYPES.values():
        assert it.id == collection.models.id_for_name(it.name)
        assert list(it.fields) == collection.models.field_names(collection.models.get(it.id))
    message, sound = collection.fix_integrity()
    assert sound, message


def test_a_deleted_note_comes_back_with_its_history(learner: Learner, deck: Deck):
    few = deck.only(lambda note: note.position < 3)
    learner.imports(few.packed())
    card = answered(learner, few.notes[0].guid)
    learner.collection.remove_notes([card.nid])
    learner.imports(few.packed())
    rows = learner.collection.db.scalar("select count() from revlog where cid in (select id from cards)")
    assert 1 == rows


def test_every_card_of_the_curriculum_shows_on_both_sides(faces: list[Face]):
    for face in faces:
        for side in (face.question, face.answer):
            assert not ERROR.search(side), f"{face.id}: {side}"
            assert re.sub(r"<[^>]*>", "", side).strip(), face.id
        assert '<div class="about">' in face.answer, face.id
        if face.kind == "studyctl cloze":
            assert re.search(r'class="cloze"|\[\.\.\.\]', face.question), face.id


def test_texts_that_look_like_markup_are_shown_and_do_nothing(learner: Learner, tmp_path):
    """A curriculum of a stranger: sounds, LaTeX, scripts, cloze marks where there are none."""
    topic = tmp_path / "topics" / "odd" / "strange.yaml"
    topic.parent.mkdir(parents=True)
    topic.write_text(
        r"""
title: 'Strange <script>alert(1)</script> things'
summary: Texts that Anki could take for something else. Nobody should notice.
hours: 1
objectives: [{id: see, text: See them}]
cards:
  - {id: sound, objective: see, q: 'What does [sound:evil.mp3] do here?', a: '[latex]x[/latex] [$]y[/$] [anki:play:q:0]'}
  - {id: html, objective: see, q: 'Is <b onclick="x">this</b> bold?', a: '<img src=x onerror=alert(1)>'}
  - {id: not-a-cloze, objective: see, q: 'What is {{c1::this}}?', a: '{{Front}} {{#Back}}'}
  - {id: braces, objective: see, cloze: '`std::{{c1::map<a, b<c>>}}` and {{c2::$\frac{1}{x^{2}}$}} and {{c3::a::b}}.'}
  - {id: paren, objective: see, q: 'Why is \\(x\\) no formula?', a: 'It costs \$5 and \$6.'}
""",
        encoding="utf-8",
    )
    strange = deck_of(tmp_path)
    assert 5 == learner.imports(strange.packed()).new
    shown = {}
    for card in learner.cards():
        told = card.render_output()
        shown[f"{card.note()['CardId']}:{card.ord}"] = (told.question_text, told.answer_text)
        assert [] == told.question_av_tags
        assert [] == told.answer_av_tags
        assert "<script" not in told.answer_text
        assert "<img" not in told.answer_text
        assert not re.search(r"<b\b", told.question_text)
        assert not ERROR.search(told.answer_text.replace("{&#123;c1::", ""))
    assert 7 == len(shown)
    question, answer = shown["strange/braces:0"]
    assert "map" not in re.sub(r'data-cloze="[^"]*"', "", question)
    assert "map&lt;a, b&lt;c&gt;&gt;" in answer
    assert "a&#58;&#58;b" in shown["strange/braces:2"][1]
    assert "" == learner.collection.get_empty_cards().report
