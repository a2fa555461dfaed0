"""The list of cards, and suspending them."""

from __future__ import annotations

from typing import Any

from conftest import Studyctl

LATER = "2026-11-30T20:00:00+00:00"


def cards(small: Studyctl, *args: str, **how: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in small.ok("cards", *args, "--json", **how).json["cards"]}


def rate(small: Studyctl, card: str, rating: str = "easy") -> None:
    small.ok("rate", card, rating)


def test_every_card_of_the_curriculum_is_listed_in_the_order_of_study(small: Studyctl):
    told = [one["id"] for one in small.ok("cards", "--json").json["cards"]]
    assert (
        told.index("numbers/after-two")
        < told.index("sums/two-and-two")
        < told.index("products/two-times-three")
    )
    assert {"sums/parts.c1", "sums/parts.c2"} <= set(told)


def test_a_card_that_was_never_seen_is_new_and_has_no_numbers(small: Studyctl):
    told = cards(small)["numbers/after-two"]
    assert ("new", False, False) == (told["state"], told["available"], told["suspended"])
    assert {None} == {
        told[key] for key in ("stability", "difficulty", "due", "retrievability", "last_review")
    }
    assert (0, 0, 0, "numbers") == (told["reviews"], told["lapses"], told["ord"], told["topic"])


def test_the_guid_and_ord_of_a_gap_are_those_of_its_note(small: Studyctl):
    told = cards(small, "--topic", "sums")
    one, two = told["sums/parts.c1"], told["sums/parts.c2"]
    assert one["guid"] == two["guid"] != told["sums/two-and-two"]["guid"]
    assert (0, 1) == (one["ord"], two["ord"])


def test_cards_of_a_topic_that_is_known_are_available(small: Studyctl):
    small.ok("know", "numbers")
    told = cards(small, "--state", "available")
    assert {"numbers"} == {one["topic"] for one in told.values()}


def test_cards_can_be_filtered_by_topic_and_state(small: Studyctl):
    assert {"sums"} == {one["topic"] for one in cards(small, "--topic", "su").values()}
    assert {} == cards(small, "--state", "review")
    assert "No card is like that.\n" == small.ok("cards", "--state", "suspended").out


def test_a_suspended_card_stays_so_until_it_is_asked_again(small: Studyctl):
    told = small.ok("cards", "--suspend", "numbers/after-two", "--suspend", "numbers/after-three").out
    assert "numbers/after-two: suspended\nnumbers/after-three: suspended\n" == told
    assert {"numbers/after-two", "numbers/after-three"} == set(cards(small, "--state", "suspended"))
    again = cards(small, "--unsuspend", "numbers/after-two")
    assert not again["numbers/after-two"]["suspended"]
    assert again["numbers/after-three"]["suspended"]


def test_suspending_twice_records_once(small: Studyctl):
    small.ok("cards", "--suspend", "numbers/after-two")
    told = small.ok("cards", "--suspend", "numbers/after-two", "--unsuspend", "numbers/after-three").out
    assert "numbers/after-two: was suspended already\nnumbers/after-three: was not suspended\n" == told
    assert 1 == sum(
        text.count('"suspended"') for text in map(str, [p.read_text() for p in small.home.glob("journal/*")])
    )


def test_a_note_means_all_its_cards(small: Studyctl):
    small.ok("cards", "--suspend", "sums/parts")
    assert {"sums/parts.c1", "sums/parts.c2"} == set(cards(small, "--state", "suspended"))


def test_suspending_is_one_step_for_undo(small: Studyctl):
    small.ok("cards", "--suspend", "sums/parts", "--suspend", "numbers/after-two")
    small.ok("undo")
    assert {} == cards(small, "--state", "suspended")


def test_a_card_that_does_not_exist_is_an_error_with_its_neighbours(small: Studyctl):
    told = small("cards", "--suspend", "numbers/after-too")
    assert (2, "") == (told.code, told.out)
    assert "no card 'numbers/after-too'; did you mean 'numbers/after-two'" in told.err
    assert not small.home.exists()


def test_the_list_fits_a_screen_and_counts(small: Studyctl):
    small.ok("know", "sums")
    told = small.ok("cards").out
    assert all(len(line) <= 80 for line in told.splitlines())
    assert "numbers\n  after-two " in told
    assert told.endswith("7 cards, 0 seen, 0 due\n")
