"""Which cards a sitting asks, and in which order."""

from __future__ import annotations

from collections.abc import Iterable

from studyctl.core.memory import Memory, State
from studyctl.core.queue import (
    Candidate,
    DueCount,
    Upcoming,
    cram,
    due_count,
    interleaved,
    sitting,
    upcoming,
)

TODAY = 20_000
NOW = TODAY * 86_400_000


def seen(*, due: int = TODAY, last: int = TODAY - 10, stability: float = 10.0) -> Memory:
    return Memory(State.REVIEW, None, stability, 5.0, due, None, last * 86_400_000, last, 3, 0)


def learning(due_ms: int, last: int = TODAY) -> Memory:
    return Memory(State.LEARNING, 0, 1.0, 5.0, TODAY, due_ms, NOW, last, 1, 0)


def card(name: str, position: int = 0, memory: Memory | None = None, note: str = "") -> Candidate:
    return Candidate(name, note or name, name.split("/", maxsplit=1)[0], position, memory=memory)


def ask(
    cards: Iterable[Candidate], allowance: int = 10, available: Iterable[str] = "abc", *, ahead: bool = False
) -> list[str]:
    topics = set(available)
    told = sitting(cards, ms=NOW, day=TODAY, allowance=allowance, available=topics.__contains__, ahead=ahead)
    return [one.card for one in told]


def test_topics_take_turns_and_each_begins_with_its_most_overdue_card():
    cards = [
        card("a/late", memory=seen(due=TODAY - 10, last=TODAY - 20)),  # twice its interval
        card("a/just", memory=seen(due=TODAY, last=TODAY - 10)),
        card("a/most", memory=seen(due=TODAY - 6, last=TODAY - 9)),  # three times
        card("b/one", memory=seen(due=TODAY - 1, last=TODAY - 3)),
        card("b/two", memory=seen(due=TODAY, last=TODAY - 3)),
    ]
    assert ["a/most", "b/one", "a/late", "b/two", "a/just"] == ask(cards)


def test_overdue_is_relative_to_the_interval_a_day_late_is_much_for_a_card_of_one_day():
    short = card("a/short", memory=seen(due=TODAY - 1, last=TODAY - 2))
    long = card("a/long", memory=seen(due=TODAY - 20, last=TODAY - 320))
    assert ["a/short", "a/long"] == ask([long, short])


def test_cards_in_their_learning_steps_come_first():
    cards = [card("a/due", memory=seen()), card("b/step", memory=learning(NOW - 5)), card("a/new")]
    assert "b/step" == ask(cards)[0]


def test_new_cards_follow_the_curriculum_and_stand_evenly_between_the_due_ones():
    new = [card("b/n2", 8), card("b/n1", 7)]
    due = [card(f"a/{n}", n, seen()) for n in range(4)]
    assert ["a/0", "a/1", "b/n1", "a/2", "a/3", "b/n2"] == ask([*new, *due])


def test_no_more_new_cards_come_than_are_left_today():
    cards = [card(f"a/{n}", n) for n in range(60)]
    assert ["a/0", "a/1", "a/2"] == ask(cards, allowance=3)
    assert [] == ask(cards, allowance=0)
    assert [] == ask(cards, allowance=-2)


def test_new_cards_of_a_topic_that_is_not_available_do_not_come_but_its_seen_ones_do():
    cards = [card("x/new"), card("x/seen", memory=seen())]
    assert ["x/seen"] == ask(cards)


def test_siblings_wait_until_nothing_else_is_left():
    cards = [
        card("a/n.c1", 0, seen(), note="a/n"),
        card("a/n.c2", 1, seen(), note="a/n"),
        card("a/other", 2, seen()),
    ]
    assert ["a/n.c1", "a/other", "a/n.c2"] == ask(cards)


def test_a_card_whose_sibling_was_answered_today_waits_too():
    cards = [
        card("a/n.c1", 0, seen(due=TODAY + 9, last=TODAY), note="a/n"),
        card("a/n.c2", 1, seen(), note="a/n"),
        card("a/other", 2, seen(due=TODAY, last=TODAY - 30)),
    ]
    assert ["a/other", "a/n.c2"] == ask(cards)


def test_new_siblings_come_on_one_day_only_where_there_are_no_others():
    note = [card("a/n.c1", 0, note="a/n"), card("a/n.c2", 1, note="a/n")]
    others = [card("a/x", 2), card("a/y", 3)]
    assert ["a/n.c1", "a/x"] == ask([*note, *others], allowance=2)
    assert ["a/n.c1", "a/x", "a/y", "a/n.c2"] == ask([*note, *others], allowance=4)


def test_ahead_goes_on_with_the_cards_that_are_due_next():
    cards = [
        card("a/week", memory=seen(due=TODAY + 7)),
        card("a/tomorrow", memory=seen(due=TODAY + 1)),
        card("a/now", memory=seen()),
    ]
    assert ["a/now", "a/tomorrow", "a/week"] == ask(cards, ahead=True)
    assert ["a/now"] == ask(cards)


def test_a_cram_asks_everything_the_weakest_first():
    cards = [
        card("a/new", 0),
        card("a/strong", 1, seen(stability=500)),
        card("a/weak", 2, seen(stability=2)),
        card("b/mid", 3, seen(stability=20)),
    ]
    assert ["a/weak", "b/mid", "a/strong", "a/new"] == [one.card for one in cram(cards, day=TODAY)]


def test_interleaving_keeps_every_card_and_each_topics_own_order():
    names = ["a/1", "a/2", "a/3", "b/1", "c/1", "c/2"]
    told = [one.card for one in interleaved(map(card, names))]
    assert ["a/1", "b/1", "c/1", "a/2", "c/2", "a/3"] == told


def test_the_count_that_is_announced_is_what_is_asked():
    cards = [card(f"a/{n}", n, seen() if n % 3 == 0 else None) for n in range(30)]
    assert DueCount(10, 4) == due_count({"a": (10, 20)}, allowance=4)
    assert 14 == due_count({"a": (10, 20)}, allowance=4).total == len(ask(cards, allowance=4))
    assert DueCount(0, 0) == due_count({}, allowance=5)
    assert DueCount(3, 0) == due_count({"a": (1, -1), "b": (2, 0)}, allowance=5)


def test_what_comes_next_is_told_with_its_day_or_moment():
    later = [card("a/1", memory=seen(due=TODAY + 2)), card("a/2", memory=seen(due=TODAY + 2))]
    assert Upcoming(2, TODAY + 2) == upcoming([*later, card("a/3")], ms=NOW, day=TODAY)
    step = card("a/4", memory=learning(NOW + 600_000))
    assert Upcoming(1, TODAY, NOW + 600_000) == upcoming([*later, step], ms=NOW, day=TODAY)
    assert upcoming([card("a/3")], ms=NOW, day=TODAY) is None
    far = card("a/5", learning(NOW + 9 * 86_400_000)._replace(due_day=TODAY + 9))
    assert Upcoming(2, TODAY + 2) == upcoming([*later, far], ms=NOW, day=TODAY)
