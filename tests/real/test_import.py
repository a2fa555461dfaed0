"""A deck that somebody made in the real Anki comes in, from every form in which people have it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Studyctl

from .conftest import Learner, clock

pytestmark = pytest.mark.real
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture(scope="module")
def somebody(learners: Callable[[], Learner]) -> Learner:
    """Notes of Anki's own note types, some of them answered."""
    learner = learners()
    collection = learner.collection
    (Path(collection.media.dir()) / "a b.png").write_bytes(PNG)
    for kind, deck, *fields in (
        ("Basic", "Mine::Limits", r"What is \(\lim_{x \to 0} \frac{\sin x}{x}\)?", r"<b>One</b>: \[1\]"),
        (
            "Basic",
            "Mine::Limits",
            'Which curve? <img src="a b.png" alt="A plot">',
            "a parabola<br>of degree 2",
        ),
        ("Basic (and reversed card)", "Mine::Verbs", "to speak", "hablar"),
        ("Basic (type in the answer)", "Mine::Verbs", "to eat", "comer"),
        ("Cloze", "Mine::Clozes", r"A set of {{c1::n}} has {{c2::\(2^n\)}} subsets.", "Think of bits."),
        ("Cloze", "Mine::Clozes", "{{c1::Rome::city}} and {{c1::Paris}} are {{c2::old}}.", ""),
        ("Basic", "Mine::Verbs", "listen", "[sound:x.mp3]"),
    ):
        note = collection.new_note(collection.models.by_name(kind))
        note.fields[: len(fields)] = fields
        collection.add_note(note, collection.decks.id(deck))
    for deck in ("Mine::Limits", "Mine::Verbs", "Mine::Clozes"):
        collection.decks.set_current(collection.decks.id(deck))
        for ease in (3, 1, 3):
            queued = collection.sched.get_queued_cards(fetch_limit=1).cards[0]
            card = collection.get_card(queued.card.id)
            card.start_timer()
            answer = collection.sched.build_answer(card=card, states=queued.states, rating=ease - 1)
            collection.sched.answer_card(answer)
    return learner


def exported(collection: Any, path: Path) -> Path:
    from anki.collection import ExportAnkiPackageOptions

    if path.suffix == ".colpkg":
        collection.export_collection_package(str(path), include_media=True, legacy=False)
        collection.reopen(after_full_sync=False)
        return path
    options = ExportAnkiPackageOptions(
        with_scheduling=True, with_deck_configs=False, with_media=True, legacy=path.stem == "old"
    )
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
    return path


@pytest.mark.parametrize("name", ["new.apkg", "old.apkg", "whole.colpkg"])
def test_every_card_comes_in_with_its_picture_and_its_answers(
    studyctl: Studyctl, somebody: Learner, tmp_path: Path, name: str
):
    path = exported(somebody.collection, tmp_path / name)
    told = studyctl.ok("import", str(path), "--area", "mine", "--json", now=clock()).json
    assert {"limits": 2, "verbs": 3, "clozes": 4} == {
        one["id"].removeprefix("mine-"): one["cards"] for one in told["topics"]
    }
    answers = somebody.collection.db.scalar("select count() from revlog where ease > 0")
    lost = somebody.collection.db.scalar(
        "select count() from revlog r, cards c, notes n where r.cid = c.id and c.nid = n.id and n.flds like 'listen%'"
    )
    assert answers - lost == told["reviews"]["new"]
    assert ["listen"] == [one["begins"] for one in told["left_out"]]
    folder = studyctl.home / "curriculum" / "topics" / "mine"
    (picture,) = (folder / "media").iterdir()
    assert PNG == picture.read_bytes()
    texts = "".join(path.read_text() for path in folder.glob("*.yaml"))
    for text in (
        r"What is $\lim_{x \to 0} \frac{\sin x}{x}$?",
        f"Which curve? ![A plot](media/{picture.name})",
        "A set of {{c1::n}} has {{c2::$2^n$}} subsets.",
        "[city] and […] are old.",
        "typed: true",
    ):
        assert text in texts
    assert 0 == studyctl("check", str(studyctl.home / "curriculum")).code
    again = studyctl.ok("import", str(path), "--area", "mine", "--json", now=clock()).json
    assert ([], 0) == (again["topics"], again["reviews"]["new"])
    pulled = studyctl.ok("anki", "pull", str(path), "--json", now=clock()).json
    assert 0 == pulled["reviews"]["new"]
    assert 9 == pulled["cards"]["matched"]


def test_our_own_deck_is_known_and_only_its_answers_come(
    studyctl: Studyctl, learner: Learner, deck: Any, tmp_path: Path
):
    learner.imports(deck.only(lambda note: note.id.startswith("naive-sets/")).packed())
    path = exported(learner.collection, tmp_path / "new.apkg")
    told = studyctl.ok("import", str(path), "--area", "mine", "--json", now=clock()).json
    assert ([], 0) == (told["topics"], told["imported"])
    assert told["known"] > 0
