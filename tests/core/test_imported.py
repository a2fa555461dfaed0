"""What an import makes of a deck can be read again, whatever the deck holds and is called."""

from __future__ import annotations

import pytest

from studyctl.core.foreign import ForeignDeck, ForeignNote, ForeignType, Template
from studyctl.core.imported import MOST_BYTES, MOST_CARDS, Import, imported
from studyctl.core.topic_checks import errors

BASIC = ForeignType("Basic", False, ("Front", "Back"), (Template("{{Front}}", "{{Back}}"),))
CLOZE = ForeignType("Cloze", True, ("Text",), (Template("{{cloze:Text}}", "{{cloze:Text}}"),))


def note(number: int, front: str, back: str = "an answer", deck: str = "Deck") -> ForeignNote:
    return ForeignNote(f"guid-{number}", BASIC, {"Front": front, "Back": back}, (), {0: deck})


def told(*notes: ForeignNote) -> Import:
    return imported(ForeignDeck(notes), "maths", "deck", (), (), lambda _: None)


def test_a_deck_with_too_many_cards_for_a_topic_becomes_several():
    found = told(*(note(number, f"What is {number}?") for number in range(2 * MOST_CARDS + 1)))
    assert [("deck", "Deck"), ("deck-2", "Deck (2)"), ("deck-3", "Deck (3)")] == [
        (topic.id, topic.title) for topic in found.topics
    ]
    assert [MOST_CARDS, MOST_CARDS, 1] == [len(topic.cards) for topic in found.topics]
    assert {"Deck"} == set(found.sources.values())
    assert 2 * MOST_CARDS + 1 == len(found.cards)


def test_every_gap_of_a_cloze_counts_as_a_card():
    text = " ".join(f"{{{{c{gap}::word {gap}}}}}" for gap in range(1, 101))
    notes = [
        ForeignNote(
            f"guid-{number}", CLOZE, {"Text": f"{number}: {text}"}, (), dict.fromkeys(range(100), "D")
        )
        for number in range(MOST_CARDS // 100 + 1)
    ]
    assert [MOST_CARDS // 100, 1] == [len(topic.cards) for topic in told(*notes).topics]


def test_a_deck_with_too_much_text_for_a_file_becomes_several():
    long = "word " * 2_000
    found = told(*(note(number, f"What is {number}?", long) for number in range(150)))
    assert 1 < len(found.topics)
    for topic in found.topics:
        assert sum(len(card.a) for card in topic.cards) <= MOST_BYTES


def test_a_text_that_is_too_long_for_a_file_stays_behind():
    found = told(note(1, "What is short?"), note(2, "What is long?", "word " * 5_000))
    assert ["What is short?"] == [card.q for topic in found.topics for card in topic.cards]
    assert ["one of its texts has more than 20,000 characters"] == [one.why for one in found.left_out]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Cost in $", r"Cost in \$"),
        ("$5 and $10", r"\$5 and \$10"),
        (r"paid \$", r"paid \$"),
        ("odd $}$ deck", r"odd \$}\$ deck"),
        ("TODO", "Deck TODO"),
        ("Languages::…", "Deck …"),
    ],
)
def test_no_name_of_a_deck_makes_a_topic_that_check_refuses(name, title):
    (topic,) = told(note(1, "What is it?", deck=name)).topics
    assert title == topic.title
    assert [] == list(errors(topic))
