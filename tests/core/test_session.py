"""One sitting as a state machine."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from studyctl.core.events import Event, Fact
from studyctl.core.memory import Memory, Rating, State
from studyctl.core.queue import Candidate
from studyctl.core.session import Moment, Phase, Rules, Sitting, begin, press, preview, recorded
from studyctl.core.time import MINUTE, to_iso

DAY = 20_000
START = DAY * 86_400_000
STEPS = {Rating.AGAIN: 1, Rating.HARD: 6, Rating.GOOD: 10}


class Steps:
    """A memory model with Anki's steps and none of its numbers."""

    def after(
        self, memory: Memory | None, rating: Rating, *, ms: int, day: int, retention: float = 0.9
    ) -> Memory:
        step = memory.step if memory and memory.step is not None else 0 if memory is None else 2
        graduates = rating is Rating.EASY or (rating is Rating.GOOD and step > 0)
        days = {Rating.AGAIN: 0, Rating.HARD: 1, Rating.GOOD: 3, Rating.EASY: 8}[rating]
        due_ms = None if graduates else ms + STEPS[rating] * MINUTE
        state = State.REVIEW if graduates else State.LEARNING
        count = (memory.reviews if memory else 0) + 1
        return Memory(state, None if graduates else 1, days + 1.0, 5.0, day + days, due_ms, ms, day, count, 0)


def card(name: str, *, typed: bool = False) -> Candidate:
    return Candidate(name, name, name.split("/", maxsplit=1)[0], 0, typed)


@dataclass
class Desk:
    """A sitting with a journal beside it and a clock that is set by hand."""

    sitting: Sitting
    now: int = START
    journal: list[Fact] = field(default_factory=list)

    def press(self, *keys: str) -> Desk:
        for key in keys:
            self.sitting, facts = press(self.sitting, key, Moment(self.now, DAY))
            events = []
            for fact in facts:
                self.journal.append(fact)
                number = len(self.journal)
                events.append(Event(f"e{number}", self.now, 0, f"b{number}", fact.do, fact.facts))
            self.sitting = recorded(self.sitting, events)
        return self

    def wait(self, minutes: float) -> Desk:
        self.now += round(minutes * MINUTE)
        return self

    @property
    def hand(self) -> str | None:
        return self.sitting.card.card if self.sitting.card else None

    @property
    def ratings(self) -> list[tuple[object, object]]:
        return [(one.facts["card"], one.facts["rating"]) for one in self.journal if one.do == "reviewed"]


def desk(*cards: Candidate | str, **rules: object) -> Desk:
    queue = [one if isinstance(one, Candidate) else card(one) for one in cards]
    return Desk(begin(queue, Rules(Steps(), **rules), Moment(START, DAY)))


def test_a_card_is_asked_shown_rated_and_gone():
    told = desk("a/1", "a/2")
    assert ("a/1", Phase.ASKING) == (told.hand, told.sitting.phase)
    assert Phase.SHOWN is told.press(" ").sitting.phase
    assert ("a/2", Phase.ASKING) == (told.press("4").hand, told.sitting.phase)
    assert [("a/1", 4)] == told.ratings


def test_a_grade_before_the_answer_is_shown_means_nothing():
    told = desk("a/1").press("3", "7", "ä", "", "up")
    assert ("a/1", Phase.ASKING, []) == (told.hand, told.sitting.phase, told.journal)


def test_every_answer_is_a_fact_with_the_time_it_took():
    told = desk("a/1").wait(0.5).press("enter").wait(0.25).press("3")
    (fact,) = told.journal
    assert {"card": "a/1", "rating": 3, "ms": 45_000, "model": "fsrs-6"} == dict(fact.facts)


def test_a_clock_that_goes_backwards_gives_no_negative_time():
    told = desk("a/1").press(" ").wait(-30).press("3")
    assert 0 == told.journal[0].facts["ms"]


def test_what_each_grade_would_do_is_told_beforehand():
    told = preview(desk("a/1").press(" ").sitting, Moment(START, DAY))
    assert [START + 60_000, START + 360_000, START + 600_000, None] == [told[one].due_ms for one in Rating]


def test_a_card_in_its_steps_comes_back_as_soon_as_it_is_due():
    told = desk("a/1", "a/2", "a/3").press(" ", "1")
    assert "a/2" == told.hand
    assert "a/1" == told.wait(2).press(" ", "4").hand


def test_when_nothing_else_is_left_it_comes_back_before_it_is_due():
    told = desk("a/1", "a/2").press(" ", "3", " ", "4")
    assert "a/1" == told.hand
    assert Phase.OVER is told.press(" ", "3").sitting.phase
    assert [("a/1", 3), ("a/2", 4), ("a/1", 3)] == told.ratings


def test_the_card_that_was_just_asked_is_not_asked_at_once_if_another_waits():
    told = desk("a/1", "a/2").press(" ", "3", " ", "1")
    assert "a/1" == told.hand  # though a/2 would be due earlier


def test_undo_returns_to_the_answer_and_names_the_events_it_reverts():
    told = desk("a/1", "a/2").press(" ")
    before = told.sitting
    told.press("3", "u")
    assert ("a/1", Phase.SHOWN) == (told.hand, told.sitting.phase)
    assert (before.queue, before.waiting, before.tally) == (
        told.sitting.queue,
        told.sitting.waiting,
        told.sitting.tally,
    )
    assert {"events": ["e1"], "reviews": [["a/1", to_iso(START)]]} == dict(told.journal[1].facts)


def test_undo_goes_back_as_far_as_the_sitting_does_and_never_undoes_itself():
    told = desk("a/1", "a/2", "a/3").press(" ", "3", " ", "4", "u", "u")
    assert "a/1" == told.hand
    assert [["e2"], ["e1"]] == [fact.facts["events"] for fact in told.journal if fact.do == "undone"]
    told.press("u")
    assert ("a/1", 4) == (told.hand, len(told.journal))
    assert "nothing to take back" in told.sitting.notice


def test_time_spent_before_an_undo_does_not_count_for_the_card():
    told = desk("a/1", "a/2").wait(0.5).press(" ", "1").wait(5).press("u").wait(0.1).press("2")
    assert 36_000 == told.journal[-1].facts["ms"]


def test_a_skipped_card_is_not_recorded_and_not_asked_again_in_this_sitting():
    told = desk("a/1", "a/2").press("s", " ", "4")
    assert (Phase.OVER, [("a/2", 4)]) == (told.sitting.phase, told.ratings)
    assert 1 == told.sitting.tally.skipped


def test_a_skip_can_be_taken_back_and_leaves_no_trace():
    told = desk("a/1", "a/2").press("s", "u")
    assert ("a/1", [], 0) == (told.hand, told.journal, told.sitting.tally.skipped)


def test_a_buried_card_comes_back_on_the_next_study_day():
    told = desk("a/1", "a/2").press("b")
    assert ("buried", {"card": "a/1", "until": "2024-10-05"}) == (
        told.journal[0].do,
        dict(told.journal[0].facts),
    )
    assert "a/2" == told.hand


@pytest.mark.parametrize("key", ["x", "!"])
def test_a_card_can_be_suspended_and_that_be_taken_back(key: str):
    told = desk("a/1", "a/2").press(" ", key)
    assert ("suspended", "a/2") == (told.journal[0].do, told.hand)
    told.press("u")
    assert ("undone", "a/1", Phase.SHOWN) == (told.journal[1].do, told.hand, told.sitting.phase)
    assert "reviews" not in told.journal[1].facts


@pytest.mark.parametrize("key", ["q", "esc", "ctrl-c", "ctrl-d", "eof"])
@pytest.mark.parametrize("before", [[], [" "], ["?"], [" ", "3"]])
def test_every_way_out_ends_the_sitting_at_any_moment(key: str, before: list[str]):
    told = desk("a/1", "a/2").press(*before, key)
    assert Phase.OVER is told.sitting.phase
    assert before.count("3") == len(told.journal)
    assert told.sitting == told.press(" ", "3").sitting


def test_a_typed_answer_takes_all_characters_until_enter():
    told = desk(card("a/1", typed=True)).press(*"quit 1?", "backspace", "ü")
    assert ("quit 1ü", Phase.ASKING, []) == (told.sitting.typed, told.sitting.phase, told.journal)
    assert Phase.SHOWN is told.press("enter").sitting.phase
    assert [("a/1", 4)] == told.press("4").ratings


def test_a_typed_answer_can_be_wiped_left_empty_and_quit():
    told = desk(card("a/1", typed=True)).press(*"abc", "ctrl-u")
    assert "" == told.sitting.typed
    assert Phase.SHOWN is told.press("enter").sitting.phase
    assert Phase.OVER is desk(card("a/1", typed=True)).press("q", "ctrl-c").sitting.phase


def test_control_characters_and_endless_texts_are_not_typed():
    told = desk(card("a/1", typed=True)).press("\x1b", "\x07", "up", "resize", *"x" * 600)
    assert "x" * 500 == told.sitting.typed


def test_the_next_typed_card_begins_empty_and_undo_brings_the_old_text_back():
    told = desk(card("a/1", typed=True), card("a/2", typed=True)).press(*"no", "enter", "4")
    assert ("a/2", "") == (told.hand, told.sitting.typed)
    assert "no" == told.press("enter", "u").sitting.typed


def test_a_limit_of_minutes_ends_after_the_card_in_hand():
    told = desk("a/1", "a/2", "a/3", minutes=10).wait(9).press(" ", "4")
    assert "a/2" == told.hand
    assert "a/2" == told.wait(2).press(" ").hand
    assert (Phase.OVER, 2) == (told.press("3").sitting.phase, len(told.ratings))


def test_a_cram_records_nothing_and_asks_again_what_was_forgotten():
    told = desk("a/1", "a/2", recording=False).press(" ", "1", "b", "x", " ", "3")
    assert ("a/1", []) == (told.hand, told.journal)
    assert Phase.OVER is told.press(" ", "2").sitting.phase
    assert [] == told.journal
    assert (3, 1) == (told.sitting.tally.rated, told.sitting.tally.again)


def test_a_cram_can_be_taken_back_too():
    told = desk("a/1", "a/2", recording=False).press(" ", "3", "u")
    assert ("a/1", []) == (told.hand, told.journal)


def test_help_opens_over_any_card_and_the_next_key_works():
    told = desk("a/1").press("?")
    assert told.sitting.help
    assert not told.press("?").sitting.help
    assert Phase.SHOWN is told.press("?", " ").sitting.phase
    assert not told.sitting.help


def test_the_count_tells_how_many_cards_were_met_and_never_shrinks():
    told = desk("a/1", "a/2", "a/3")
    counts = [(told.sitting.met, told.sitting.total)]
    for keys in ([" ", "1"], ["s"], ["x"], [" "]):
        told.press(*keys)
        counts.append((told.sitting.met, told.sitting.total))
    assert [(1, 3), (2, 3), (3, 3), (3, 3), (3, 3)] == counts


def test_a_sitting_without_cards_is_over():
    assert Phase.OVER is desk().sitting.phase


def test_the_retention_wanted_of_a_topic_reaches_the_model():
    class Strict(Steps):
        def after(self, memory, rating, *, ms, day, retention=0.9):
            return super().after(memory, rating, ms=ms, day=day)._replace(stability=retention)

    rules = Rules(Strict(), {"a": 0.8}.__getitem__)
    told = begin([card("a/1")], rules, Moment(START, DAY))
    assert 0.8 == preview(told, Moment(START, DAY))[Rating.GOOD].stability
