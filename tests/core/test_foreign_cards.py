"""Notes of other people's decks as cards: templates, clozes of every shape, and what stays behind."""

from __future__ import annotations

from studyctl.core.curriculum import Card
from studyctl.core.foreign import ForeignDeck, ForeignNote, ForeignType, Template
from studyctl.core.foreign_cards import LeftOut, cards_of, slug
from studyctl.core.html_text import Converter
from studyctl.core.imported import grouping, imported

SIDE = "{{FrontSide}}<hr id=answer>{{Back}}"
BASIC = ForeignType("Basic", False, ("Front", "Back"), (Template("{{Front}}", SIDE),))
BOTH = ForeignType(
    "Both", False, ("Front", "Back"),
    (Template("{{Front}}", SIDE), Template("{{#Back}}{{Back}}{{/Back}}", "{{FrontSide}}<hr id=answer>{{Front}}")),
)  # fmt: skip
TYPED = ForeignType(
    "Typed",
    False,
    ("Front", "Back"),
    (Template("{{Front}} {{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}"),),
)
CLOZE = ForeignType(
    "Cloze", True, ("Text", "Extra"), (Template("{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}"),)
)  # fmt: skip


def note(
    kind: ForeignType, *fields: str, ords: tuple[int, ...] = (0,), guid: str = "g", deck: str = "D", tags=()
):
    return ForeignNote(
        guid, kind, dict(zip(kind.fields, fields, strict=False)), tuple(tags), dict.fromkeys(ords, deck)
    )


def cards(one: ForeignNote) -> list[Card | LeftOut]:
    return list(cards_of(one, Converter(lambda name: None)))


def test_a_note_makes_a_card_for_each_template_that_it_has_a_card_of():
    first, second = cards(note(BOTH, "to speak", "hablar", ords=(0, 1)))
    assert ("to speak", "hablar", 0) == (first.q, first.a, first.ord)
    assert ("hablar", "to speak", 1) == (second.q, second.a, second.ord)
    assert "g" == first.guid == second.guid
    (only,) = cards(note(BOTH, "to speak", "hablar"))
    assert first == only


def test_an_answer_that_is_typed_stays_so():
    (card,) = cards(note(TYPED, "to eat", "<b>comer</b>"))
    assert ("to eat", "comer", True) == (card.q, card.a, card.typed)


def test_an_answers_side_that_repeats_the_question_does_so_no_more():
    kind = ForeignType("X", False, ("F", "B"), (Template("{{F}}", "{{F}}<br>{{B}}"),))
    (card,) = cards(note(kind, "two and two", "four"))
    assert ("two and two", "four") == (card.q, card.a.strip("\\\n"))


def test_a_cloze_that_ours_can_say_is_one_card_with_gaps():
    (card,) = cards(
        note(CLOZE, r"A set of {{c1::n}} has {{c2::\(2^n\)}} subsets.", "Think of bits.", ords=(0, 1))
    )
    assert "A set of {{c1::n}} has {{c2::$2^n$}} subsets." == card.cloze
    assert ("Think of bits.", "g", 0) == (card.extra, card.guid, card.ord)
    assert [0, 1] == [ord_ for _, ord_ in card.cards()]


def test_a_gap_within_math_works():
    (card,) = cards(note(CLOZE, r"Euler: \(e^{i\pi} = {{c1::\frac{-2}{2} }}\).", ""))
    assert r"Euler: $e^{i\pi} = {{c1::\frac{-2}{2} }}$." == card.cloze


def test_other_clozes_become_a_question_for_each_gap():
    first, second = cards(
        note(CLOZE, "{{c1::Rome::city}} and {{c1::Paris}} {{c2::are {{c1::old}}}}", "", ords=(0, 1))
    )
    assert ("[city] and […] are […]", "Rome and Paris are old") == (first.q, first.a)
    assert ("Rome and Paris […]", 1) == (second.q, second.ord)


def test_what_cannot_be_a_card_says_why():
    (sound,) = cards(note(BASIC, "listen", "[sound:x.mp3]"))
    assert ("its answer has no words and no picture", "listen") == (sound.why, sound.begins)
    (empty,) = cards(note(BASIC, "<br>", "a"))
    assert "its question has no words and no picture" == empty.why
    (hidden,) = cards(note(CLOZE, "{{c1::image-occlusion:rect:left=.1}}", ""))
    assert "it hides parts of a picture" == hidden.why
    (gone,) = cards(note(BASIC, "q", "a", ords=(7,)))
    assert "its template is missing" == gone.why
    (no_gap,) = cards(note(CLOZE, "no gap left", "", ords=(3,)))
    assert isinstance(no_gap, LeftOut)


def test_topics_are_made_of_decks_and_their_ids_are_nobodys():
    deck = ForeignDeck(
        [
            note(BASIC, f"q{n}", "a", guid=f"g{n}", deck=name)
            for n, name in enumerate(("A::Sets", "A::Sets", "B::Sets", "日本"))
        ]
    )
    told = imported(deck, "old", "deck", set(), {"sets"}, lambda name: None)
    assert {"a-sets": "A::Sets", "b-sets": "B::Sets", "deck": "日本"} == told.sources
    assert {("g0", 0), ("g1", 0), ("g2", 0), ("g3", 0)} == set(told.cards)


def test_notes_of_one_deck_are_sorted_by_tag():
    deck = ForeignDeck(
        [note(BASIC, f"q{n}", "a", guid=f"g{n}", tags=("leech", f"t{n % 2}")) for n in range(4)]
    )
    assert "tag" == grouping(deck)
    told = imported(deck, "old", "tag", set(), set(), lambda name: None)
    assert ["t0", "t1"] == [topic.id for topic in told.topics]


def test_known_cards_and_second_notes_of_one_guid_are_left_alone():
    deck = ForeignDeck(
        [note(BOTH, "q", "a", ords=(0, 1)), note(BASIC, "other", "a"), note(BASIC, "x", "y", guid="h")]
    )
    told = imported(deck, "old", "deck", {("g", 0)}, set(), lambda name: None)
    assert {("g", 1), ("h", 0)} == set(told.cards)
    assert 2 == told.known


def test_a_slug_is_an_id_or_nothing():
    assert "was-ist-das" == slug("Was ist — das?")
    assert "strasse-cafe" == slug("Straße Café")
    assert "" == slug("日本")


def test_a_card_of_a_number_that_no_template_has_is_none_of_them():
    told = [BOTH.template(number) for number in (-5, -1, 0, 1, 2)]
    assert [None, None, *BOTH.templates, None] == told
