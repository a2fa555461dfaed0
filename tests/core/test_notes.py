"""What a card becomes for Anki."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studyctl.core.curriculum import Area, Card, Citation, Resource, Topic
from studyctl.core.notes import NOTE_TYPES, Note, deck_name, guid, notes


class Plain:
    """HTML that shows which text was made how."""

    def text(self, text: str) -> str:
        return f"text({text})" if text else ""

    def cloze(self, text: str) -> str:
        return f"cloze({text})"

    def answer(self, text: str) -> str:
        return f"answer({text})"

    def source(self, title: str, where: str, url: str) -> str:
        return f"source({title}|{where}|{url})"


def card(name: str = "rule", **how) -> Card:
    return Card(name, "chain-rule", "apply", **{"q": "Why?", "a": "Because."} | how)


def topic(*cards: Card, **how) -> Topic:
    return Topic("chain-rule", "calculus", "The chain rule", "Summary.", 6, cards=cards, **how)


AREAS = {"calculus": Area("calculus", "Calculus", deck="studyctl::Calculus")}
BOOK = {"book": Resource("book", "The Book", url="https://example.org")}


def made(*cards: Card, **how) -> list[Note]:
    return list(notes(topic(*cards, **how), AREAS, BOOK, {"chain-rule/rule": 7}, Plain()))


def test_a_card_with_question_and_answer_is_a_basic_note():
    (note,) = made(card(extra="Small.", source=Citation("book", "ch 1")))
    assert ("basic", "chain-rule/rule", (0,), 7) == (note.kind, note.id, note.ords, note.position)
    assert (
        "text(Why?)", "text(Because.)", "text(Small.)", "text(The chain rule)",
        "source(The Book|ch 1|https://example.org)", "chain-rule/rule", "", "",
    ) == note.fields  # fmt: skip
    assert ("studyctl::calculus::chain-rule",) == note.tags
    assert "studyctl::Calculus" == note.deck


def test_a_cloze_is_one_note_with_a_card_for_each_gap():
    (note,) = made(card(q="", a="", cloze="{{c2::x}} and {{c1::y}} and {{c2::z}}"))
    assert ("cloze", (0, 1)) == (note.kind, note.ords)
    assert ("cloze({{c2::x}} and {{c1::y}} and {{c2::z}})", "") == note.fields[:2]


def test_a_typed_answer_is_plain_text():
    (note,) = made(card(a="$5.44$", typed=True))
    assert ("typed", "answer(5.44)") == (note.kind, note.fields[1])


def test_what_is_missing_is_empty():
    (note,) = made(card())
    assert ("", "") == (note.fields[2], note.fields[4])


def test_a_source_that_nobody_knows_is_named_by_its_key():
    (note,) = made(card(source=Citation("other", "ch 2")))
    assert "source(other|ch 2|)" == note.fields[4]


def test_cards_of_an_imported_deck_make_no_note():
    assert ["chain-rule/own"] == [note.id for note in made(card("theirs", guid="abc", ord=1), card("own"))]


def test_names_that_never_change():
    """These are in people's collections: a change here loses their progress."""
    fields = ("Back", "Extra", "Topic", "Source", "CardId", "Spare1", "Spare2")
    assert {
        "basic": (1_730_419_200_101, "studyctl basic", ("Front", *fields)),
        "cloze": (1_730_419_200_102, "studyctl cloze", ("Text", *fields)),
        "typed": (1_730_419_200_103, "studyctl typed", ("Front", *fields)),
    } == {kind: (it.id, it.name, it.fields) for kind, it in NOTE_TYPES.items()}
    assert "a5zexxiwcayh" == guid(topic(), card())
    assert "s4s7pwynuptw" == guid(topic(), card("leibniz"))


def test_a_card_keeps_its_guid_when_it_or_its_topic_is_renamed():
    first = guid(topic(), card())
    renamed = replace(card("new-rule"), topic="new-topic", was=("rule",))
    moved = replace(topic(), id="new-topic", was=("chain-rule",))
    assert first == guid(moved, renamed)
    again = replace(renamed, id="newest-rule", was=("rule", "new-rule"))
    assert first == guid(replace(moved, id="newest", was=("chain-rule", "new-topic")), again)


def test_a_card_that_moved_to_another_topic_says_where_it_was():
    assert guid(topic(), card()) == guid(
        replace(topic(), id="other", was=("older",)), card("here", was=("chain-rule/rule",))
    )


def test_a_guid_of_its_own_comes_before_all():
    assert "q9~x" == guid(topic(), card(guid="q9~x", was=("old",)))


def test_two_cards_never_share_a_guid():
    names = {guid(replace(topic(), id=f"t{n % 97}"), card(f"c{n}")) for n in range(20_000)}
    assert 20_000 == len(names)
    assert {12} == {len(name) for name in names}


@pytest.mark.parametrize(
    ("areas", "name"),
    [
        ({}, "studyctl::calculus"),
        ({"calculus": Area("calculus", "Calculus")}, "studyctl::Calculus"),
        ({"calculus": Area("calculus", "Calculus", deck="studyctl::Old name")}, "studyctl::Old name"),
    ],
)
def test_a_deck_is_named_by_its_area(areas: dict[str, Area], name: str):
    assert name == deck_name(topic(), areas)


def test_the_hash_changes_with_every_field_and_with_nothing_else():
    (note,) = made(card())
    assert note.hash == replace(note, position=9, tags=("x",), deck="y").hash
    seen = {note.hash}
    for number in range(8):
        fields = list(note.fields)
        fields[number] += "!"
        seen.add(replace(note, fields=tuple(fields)).hash)
    assert 9 == len(seen)
    assert {16} == {len(one) for one in seen}
