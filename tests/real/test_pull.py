"""What the real Anki has logged comes home: every counting answer once, and the same memories.

A fortnight of answers is given in Anki's own scheduler, with cramming, early reviews, a reset, due dates
set by hand, an undo, a deleted note and a foreign deck beside ours. Days go by through shifting the
collection back: its creation, its log and the clocks of cards in learning.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from conftest import Studyctl

from .conftest import Deck, Learner, clock

pytestmark = pytest.mark.real
DAY = 86_400
EVENINGS = 14
A_NIGHT = 20  # answers in one evening


@dataclass
class Evening:
    """A learner's collection, and what was really answered in it."""

    learner: Learner
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)  # of each card, resets included
    last: list[tuple[str, int]] = field(default_factory=list)
    apart: set[str] = field(default_factory=set)  # notes that something else than an answer happened to
    crammed: int = 0
    deleted: int = 0

    def answer(self, ease: int, *, counts: bool = True) -> Any:
        """Answer the card that the scheduler shows."""
        collection = self.learner.collection
        queued = collection.sched.get_queued_cards(fetch_limit=1)
        if not queued.cards:
            return None
        one = queued.cards[0]
        card = collection.get_card(one.card.id)
        card.start_timer()
        answer = collection.sched.build_answer(card=card, states=one.states, rating=ease - 1)
        collection.sched.answer_card(answer)
        key = (card.note().guid, card.ord)
        if counts:
            self.answers[key] += 1
            self.last.append(key)
        else:
            self.apart.add(key[0])
        return card

    def undo(self) -> None:
        """The last answer is taken back."""
        self.learner.collection.undo()
        self.answers[self.last.pop()] -= 1

    def filtered(self, search: str, ease: int, *, reschedule: bool) -> int:
        """Study some cards out of turn, in a filtered deck; how many there were."""
        collection = self.learner.collection
        deck = collection.sched.get_or_create_filtered_deck(0)
        deck.name = "Out of turn"
        del deck.config.search_terms[:]
        deck.config.search_terms.add(search=search, limit=4, order=0)
        deck.config.reschedule = reschedule
        number = collection.sched.add_or_update_filtered_deck(deck).id
        collection.decks.set_current(number)
        told = 0
        while told < 8 and self.answer(ease, counts=reschedule):
            told += 1
        collection.decks.remove([number])
        collection.decks.set_current(collection.decks.id("studyctl"))
        return told

    def foreign(self) -> None:
        """Answer somebody else's card."""
        collection = self.learner.collection
        collection.decks.set_current(collection.decks.id("Somebody else's"))
        assert self.answer(3, counts=False)
        collection.decks.set_current(collection.decks.id("studyctl"))

    def delete(self) -> int:
        """Delete the note answered last to which nothing else happened; how many answers went with it."""
        guid = next(guid for guid, _ in reversed(self.last) if guid not in self.apart)
        self.learner.collection.remove_notes([self.learner.note(guid).id])
        gone = [key for key in self.answers if key[0] == guid]
        self.last = [key for key in self.last if key[0] != guid]
        return sum(self.answers.pop(key) for key in gone)

    def night(self) -> None:
        """A day goes by."""
        db = self.learner.collection.db
        db.execute(f"update col set crt = crt - {DAY}, mod = mod + 1")
        db.execute(f"update revlog set id = id - {DAY * 1000}")
        db.execute(f"update cards set due = due - {DAY} where queue = 1")


@pytest.fixture(scope="module")
def evening(learners: Callable[[], Learner], deck: Deck) -> Evening:
    """A noisy fortnight."""
    dice = random.Random(7)
    learner = learners()
    learner.imports(deck.only(lambda note: note.id.split("/")[0] in ("naive-sets", "precalculus")).packed())
    told = Evening(learner)
    collection = learner.collection
    foreign = collection.new_note(collection.models.by_name("Basic"))
    foreign["Front"], foreign["Back"] = "foreign", "card"
    collection.add_note(foreign, collection.decks.id("Somebody else's"))
    collection.decks.set_current(collection.decks.id("studyctl"))
    for number in range(EVENINGS):
        for _ in range(A_NIGHT):
            told.answer(dice.choice((1, 2, 3, 3, 3, 4)))
        if number == 0:
            told.undo()
            told.foreign()
        if number == 3:
            reviewed = collection.find_cards("deck:studyctl* prop:ivl>0")
            collection.sched.set_due_date(reviewed[:2], "3")
            told.apart.update(collection.get_card(card).note().guid for card in reviewed[:2])
        if number == 4:
            collection.sched.schedule_cards_as_new([learner.note(told.last[0][0]).card_ids()[0]])
            told.apart.add(told.last[0][0])
        if number == 5:
            collection.sched.suspend_cards([learner.note(told.last[-1][0]).card_ids()[0]])
            told.apart.add(told.last[-1][0])
        if number == 7:
            told.crammed = told.filtered("deck:studyctl* -is:new -is:suspended", 3, reschedule=False)
        if number == 8:
            told.filtered("deck:studyctl* is:review -is:due -is:suspended", 3, reschedule=True)
        if number == 9:
            told.deleted = told.delete()
        told.night()
    return told


def exports(evening: Evening, folder: Path) -> Iterator[tuple[str, Path]]:
    """The collection in every form in which people have it."""
    from anki.collection import ExportAnkiPackageOptions

    collection = evening.learner.collection
    for name, legacy in (("new.apkg", False), ("old.apkg", True)):
        options = ExportAnkiPackageOptions(
            with_scheduling=True, with_deck_configs=False, with_media=False, legacy=legacy
        )
        collection.export_anki_package(out_path=str(folder / name), options=options, limit=None)
        yield name, folder / name
    collection.export_collection_package(str(folder / "whole.colpkg"), include_media=False, legacy=False)
    yield "whole.colpkg", folder / "whole.colpkg"
    collection.close_for_full_sync()
    yield "collection.anki2", evening.learner.folder / "collection.anki2"
    collection.reopen(after_full_sync=False)


def test_every_answer_comes_once_from_every_form_and_a_second_pull_brings_none(
    studyctl: Studyctl, evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    wanted = sum(evening.answers.values())
    assert wanted > EVENINGS * A_NIGHT / 4
    assert min(evening.crammed, evening.deleted) > 0
    for name, path in exports(evening, tmp_path):
        monkeypatch.setenv("STUDYCTL_HOME", str(tmp_path / f"home of {name}"))
        told = studyctl.ok("anki", "pull", str(path), "--json", now=clock()).json
        assert wanted == told["reviews"]["new"], name
        assert 0 == told["reviews"]["duplicate"], name
        assert (1, evening.crammed) == (told["resets"], told["ignored"]["cram"]), name
        assert 2 == told["ignored"]["manual"], name
        # a package holds the notes that it exports, a collection everything
        whole = name in ("whole.colpkg", "collection.anki2")
        assert evening.deleted * whole == told["ignored"]["deleted"], name
        assert 1 == told["ignored"]["unknown"], name
        assert 1 == told["suspended"], name
        again = studyctl.ok("anki", "pull", str(path), "--json", now=clock()).json
        assert (0, wanted) == (again["reviews"]["new"], again["reviews"]["duplicate"]), name


def test_memories_equal_those_that_anki_computes_from_its_log(
    studyctl: Studyctl, evening: Evening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("STUDYCTL_HOME", str(tmp_path / "home"))
    path = next(path for name, path in exports(evening, tmp_path) if name == "new.apkg")
    studyctl.ok("anki", "pull", str(path), now=clock())
    ours = {
        (one["guid"], one["ord"]): (one["stability"], one["difficulty"])
        for one in studyctl.ok("cards", "--json", now=clock()).json["cards"]
        if one["stability"] is not None
    }
    theirs = states(evening.learner.collection)
    assert set(ours) == set(theirs)
    assert len(ours) > 20
    for key, (stability, difficulty) in theirs.items():
        assert ours[key][0] == pytest.approx(stability, rel=1e-5)
        assert ours[key][1] == pytest.approx(difficulty, rel=1e-5)


def states(collection: Any) -> dict[tuple[str, int], tuple[float, float]]:
    """The memory that Anki computes for each of our cards from its log."""
    told = {}
    for number in collection.find_cards("deck:studyctl*"):
        card = collection.get_card(number)
        state = collection.compute_memory_state(number)
        if state.stability and card.type != 0:
            told[card.note().guid, card.ord] = (state.stability, state.difficulty)
    return told
