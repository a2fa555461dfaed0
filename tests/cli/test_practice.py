"""Implicit practice: off until it is turned on, every decision an event, a control group, no memory touched."""

from __future__ import annotations

import json

import pytest
from conftest import Studyctl

from studyctl.core.due_days import is_control
from studyctl.core.events import Event
from studyctl.core.practice import eased

CARDS = ("numbers/after-two", "numbers/after-three")


@pytest.fixture
def learnt(small: Studyctl, plain_days) -> Studyctl:
    small.ok("know", "numbers")
    for day in (1, 2, 6, 20):
        for card in CARDS:
            small.ok("rate", card, "good", "--at", f"2026-11-{day:02d}T20:00:00Z")
    return small


def cards(studyctl: Studyctl) -> dict[str, dict]:
    return {one["id"]: one for one in studyctl.ok("cards", "--json").json["cards"]}


def test_nothing_is_eased_until_it_is_turned_on(learnt: Studyctl):
    before = cards(learnt)
    learnt.ok("know", "sums")
    for card in CARDS:
        assert before[card] == cards(learnt)[card]
    assert learnt.ok("why", CARDS[0], "--json").json["practice"] is None


def test_what_harder_topics_exercise_comes_back_later_and_no_memory_changes(learnt: Studyctl):
    learnt.ok("know", "sums")
    before = cards(learnt)
    told = learnt.ok("tune", "--practice", "on").out
    assert "1 topic" in told
    after = cards(learnt)
    for card in CARDS:
        assert before[card]["stability"] == after[card]["stability"]
        if is_control(card):
            assert before[card]["due"] == after[card]["due"]
        else:
            assert before[card]["due"] < after[card]["due"]
    decision = learnt.ok("why", CARDS[0], "--json").json["practice"]
    assert {"sums": 0.5} == decision["by"]
    assert decision["control"] is is_control(CARDS[0])
    assert "exercised by sums (0.5)" in learnt.ok("why", CARDS[0]).out


def test_each_decision_is_in_the_journal_and_undo_takes_it_back(learnt: Studyctl):
    learnt.ok("tune", "--practice", "on")
    before = cards(learnt)
    learnt.ok("know", "sums")
    journal = [json.loads(line) for line in (learnt.home / "journal/desk.jsonl").read_text().splitlines()]
    (decision,) = [line for line in journal if line["do"] == "eased"]
    assert ("numbers", 0.8, {"sums": 0.5}) == (decision["topic"], decision["retention"], decision["by"])
    assert before != cards(learnt)
    learnt.ok("undo")
    assert before == cards(learnt)


def test_turned_off_every_card_is_as_it_was(learnt: Studyctl):
    learnt.ok("know", "sums")
    before = cards(learnt)
    learnt.ok("tune", "--practice", "on")
    assert "already" in learnt.ok("tune", "--practice", "on").out
    learnt.ok("tune", "--practice", "off")
    assert before == cards(learnt)
    assert "already" in learnt.ok("tune", "--practice", "off").out


@pytest.mark.parametrize("share", [None, "0.8", 0.2, 1.0, True, float("nan")])
def test_an_easing_that_is_none_eases_nothing(share):
    assert {} == eased([Event("e", 1, 0, "b", "eased", {"topic": "numbers", "retention": share})])


def test_a_topic_that_is_asked_rarely_already_is_not_eased(learnt: Studyctl, monkeypatch):
    monkeypatch.setenv("STUDYCTL_DESIRED_RETENTION", "0.75")
    learnt.ok("know", "sums")
    assert "0 topics" in learnt.ok("tune", "--practice", "on").out
