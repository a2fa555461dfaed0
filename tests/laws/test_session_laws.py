"""What holds of every sitting, whatever keys are pressed."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.events import Event
from studyctl.core.queue import Candidate, interleaved, sitting
from studyctl.core.session import KEYS, Moment, Phase, Rules, begin, press, recorded

DAY = 20_000
START = DAY * 86_400_000
FACTS = {"reviewed", "buried", "suspended"}


def cards(count: int) -> list[Candidate]:
    return [
        Candidate(f"t{n % 3}/c{n}", f"t{n % 3}/n{n // 2}", f"t{n % 3}", n, n % 4 == 0) for n in range(count)
    ]


class AnySitting(RuleBasedStateMachine):
    """Keys at any moment; a journal that is told of every fact; all states that were left."""

    @initialize(count=st.integers(0, 8), limit=st.none() | st.integers(1, 60), recording=st.booleans())
    def open(self, count: int, limit: int | None, recording: bool) -> None:
        self.all = cards(count)
        self.now = START
        self.rules = Rules(FsrsModel(), minutes=limit, recording=recording)
        self.sitting = begin(self.all, self.rules, self.moment)
        self.journal: list[Event] = []
        self.left: list[object] = []  # the states that undo should return to, the last one last

    @property
    def moment(self) -> Moment:
        return Moment(self.now, DAY)

    @property
    def alive(self) -> list[Event]:
        undone = {name for event in self.journal if event.do == "undone" for name in event.facts["events"]}
        return [event for event in self.journal if event.do in FACTS and event.id not in undone]

    def hit(self, key: str) -> None:
        before, count = self.sitting, len(self.journal)
        self.sitting, facts = press(before, key, self.moment)
        assert len(facts) <= 1  # each key is a batch of its own
        for fact in facts:
            name = f"e{len(self.journal)}"
            self.journal.append(Event(name, self.now, 0, name, fact.do, fact.facts))
        self.sitting = recorded(self.sitting, self.journal[count:])

    @rule(seconds=st.integers(-60, 2_000))
    def time_passes(self, seconds: int) -> None:
        self.now = max(START, self.now + seconds * 1000)

    @rule(key=st.sampled_from([" ", "enter", "?", "5", "up", "resize", "", "é", *KEYS[2:3]]))
    def a_key_that_records_nothing(self, key: str) -> None:
        count = len(self.journal)
        self.hit(key)
        assert count == len(self.journal)

    @precondition(lambda self: self.sitting.card is not None and not self.sitting.typing)
    @rule(key=st.sampled_from("1234sbx!"))
    def a_key_that_moves_on(self, key: str) -> None:
        before, count = self.sitting, len(self.journal)
        self.hit(key)
        if self.sitting.tally != before.tally:
            self.left.append(before)
        added = self.journal[count:]
        if key in "1234" and before.phase is Phase.SHOWN and self.rules.recording:
            assert [("reviewed", before.card.card, int(key))] == [
                (event.do, event.facts["card"], event.facts["rating"]) for event in added
            ]
        elif key == "s" or not self.rules.recording or (key in "1234" and before.phase is not Phase.SHOWN):
            assert not added

    @precondition(lambda self: self.sitting.phase is not Phase.OVER and not self.sitting.typing)
    @rule()
    def undo_returns_to_the_state_before(self) -> None:
        self.hit("u")
        if not self.left:
            assert self.sitting.before is None
            return
        was = self.left.pop()
        for part in ("card", "phase", "queue", "waiting", "typed", "tally", "rules", "began"):
            assert getattr(was, part) == getattr(self.sitting, part), part
        assert was.before is self.sitting.before
        assert was.events == self.sitting.events

    @rule(key=st.sampled_from(["esc", "ctrl-c", "ctrl-d", "eof"]))
    def the_end(self, key: str) -> None:
        kept = self.alive
        self.hit(key)
        assert self.sitting.phase is Phase.OVER
        assert kept == self.alive
        over = self.sitting
        for other in ("1", " ", "u", "s", "q"):
            self.hit(other)
        assert over == self.sitting

    @invariant()
    def no_card_is_lost_and_none_is_there_twice(self) -> None:
        if not hasattr(self, "sitting"):
            return
        here = [one.card for one in (*self.sitting.queue, *self.sitting.waiting)]
        here += [self.sitting.card.card] if self.sitting.card else []
        assert len(here) == len(set(here))
        tally = self.sitting.tally
        assert (
            len(self.all)
            == len(here) + tally.finished + tally.skipped + tally.set_aside
            == self.sitting.total
        )

    @invariant()
    def what_counts_in_the_journal_is_what_the_sitting_tells(self) -> None:
        if not hasattr(self, "sitting") or not self.rules.recording:
            return
        reviews = [event for event in self.alive if event.do == "reviewed"]
        assert len(reviews) == self.sitting.tally.rated
        assert sum(event.facts["rating"] == 1 for event in reviews) == self.sitting.tally.again
        assert len(self.alive) - len(reviews) == self.sitting.tally.set_aside

    @invariant()
    def a_card_is_in_hand_until_the_sitting_is_over(self) -> None:
        if hasattr(self, "sitting") and self.sitting.phase is not Phase.OVER:
            assert self.sitting.card is not None


TestAnySitting = AnySitting.TestCase


@given(st.integers(0, 30), st.integers(0, 12), st.data())
def test_a_queue_asks_each_candidate_at_most_once_and_siblings_as_far_apart_as_can_be(
    count: int, allowance: int, data: st.DataObject
):
    model = FsrsModel()
    candidates = []
    for one in cards(count):
        memory = None
        for _ in range(data.draw(st.integers(0, 2))):
            back = data.draw(st.integers(1, 40))
            when = START - back * 86_400_000
            memory = model.after(memory, data.draw(st.sampled_from([1, 3, 4])), ms=when, day=DAY - back)
        candidates.append(one._replace(memory=memory))
    told = sitting(candidates, ms=START, day=DAY, allowance=allowance, available=lambda _: True)
    assert len(told) == len(set(told))
    due = [one for one in candidates if one.memory and one.memory.is_due(START, DAY)]
    new = [one for one in told if one.memory is None]
    assert set(due) == {one for one in told if one.memory}
    assert len(new) == min(allowance, sum(one.memory is None for one in candidates))
    steps = [one for one in told if one.memory and one.memory.due_ms is not None]
    rest = [one.note for one in told if one not in steps]
    firsts = list(dict.fromkeys(rest))
    later = {one.note for one in steps}
    assert [note for note in firsts if note not in later] == [note for note in rest if note not in later][
        : len([note for note in firsts if note not in later])
    ]


@given(st.lists(st.sampled_from("abcd"), max_size=30))
def test_no_topic_follows_itself_while_another_still_has_a_card(topics: list[str]):
    queue = [Candidate(f"{topic}/{n}", f"{topic}/{n}", topic, n) for n, topic in enumerate(topics)]
    told = list(interleaved(queue))
    assert sorted(told) == sorted(queue)
    for n, (one, other) in enumerate(itertools.pairwise(told)):
        if one.topic == other.topic:
            assert {one.topic} == {rest.topic for rest in told[n:]}
