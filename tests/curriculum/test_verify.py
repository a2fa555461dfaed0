"""Every answer that can be computed is computed, and a wrong one is noticed.

A card's `verify` runs with the card's own answer and must pass; it runs again with wrong
answers (every number one higher, every sign turned, another word) and must fail each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studyctl.adapters.curriculum_files import read
from studyctl.core.curriculum import Card
from studyctl.core.text import gaps

CURRICULUM = Path(__file__).parent.parent.parent / "curriculum"
TOPICS, _problems = read([CURRICULUM])
SHARE = 0.35  # of an area's cards that carry a `verify`, from which it is not thin


def run(card: Card, given: dict[str, Any]) -> None:
    exec(compile(card.verify, card.note, "exec"), {"__name__": "verify", **given})


def given(card: Card, change: Any = lambda text: text) -> dict[str, Any]:
    if card.cloze:
        return {"gaps": {name: change(text) for name, text in gaps(card.cloze).items()}}
    return {"answer": change(card.a)}


def one_higher(text: str) -> str:
    return re.sub(r"\d+", lambda number: str(int(number[0]) + 1), text)


def other_word(_text: str) -> str:
    return "wrong"


def wrong(card: Card) -> Iterator[dict[str, Any]]:
    right = given(card)
    for change in (one_higher, other_word):
        changed = given(card, change)
        if changed != right:
            yield changed


@pytest.mark.parametrize("topic", TOPICS.topics.values(), ids=lambda topic: topic.id)
def test_answers_hold_and_wrong_ones_are_noticed(topic):
    for card in topic.cards:
        if not card.verify:
            continue
        try:
            run(card, given(card))
        except BaseException as error:
            pytest.fail(f"{card.place}: {card.note}: the answer does not hold: {error!r}")
        for changed in wrong(card):
            try:
                run(card, changed)
            except BaseException:
                continue
            pytest.fail(f"{card.place}: {card.note}: a wrong answer is accepted: {changed}")


def test_no_area_is_thin():
    """A helper, too: run it with -rP to see the share of each area."""
    counts: dict[str, list[int]] = {}
    for topic in TOPICS.topics.values():
        told = counts.setdefault(topic.area, [0, 0])
        told[0] += sum(bool(card.verify) for card in topic.cards)
        told[1] += len(topic.cards)
    for area, (verified, cards) in sorted(counts.items()):
        print(f"{area:28}{verified:5} of {cards:5} cards verified")
    computed = [area for area, (verified, cards) in counts.items() if cards and verified < SHARE * cards]
    assert set(computed) <= WORDS, computed


# Areas whose cards are mostly words: concepts, findings of papers and advice leave little to compute.
WORDS = {"ai-control", "alignment", "evaluations", "interpretability", "oversight", "research"}
