"""What has faded comes back before something is built on it: in next, plan and why."""

from __future__ import annotations

import json

import pytest
from conftest import Studyctl

SEEN = "2026-09-01T20:00:00+00:00"
CARDS = ("sums/two-and-two", "sums/parts.c1", "sums/parts.c2")


@pytest.fixture
def learnt(small: Studyctl) -> Studyctl:
    """Sums and python were learnt in September; sums was reviewed twice then, and never since."""
    small.ok("know", "sums", "python", now=SEEN)
    small.ok("goal", "add", "products", now=SEEN)
    return small


def reviewed(studyctl: Studyctl, rating: str, *days: str) -> None:
    lines = [
        json.dumps({"card": card, "rating": rating, "at": f"{day}T20:00:00+00:00"})
        for day in days
        for card in CARDS
    ]
    studyctl.ok("rate", "--stdin", stdin="\n".join(lines), now=f"{days[-1]}T21:00:00+00:00")


def suggestions(studyctl: Studyctl, now: str) -> list[dict[str, object]]:
    return studyctl.ok("next", "--json", now=f"{now}T20:00:00+00:00").json["suggestions"]


def items(studyctl: Studyctl, now: str) -> list[dict[str, object]]:
    weeks = studyctl.ok("plan", "--json", now=f"{now}T20:00:00+00:00").json["weeks"]
    return [item for week in weeks for item in week["items"]]


def test_what_is_fresh_needs_nothing(learnt: Studyctl):
    reviewed(learnt, "good", "2026-09-02", "2026-09-04")
    assert "products" == suggestions(learnt, "2026-09-06")[0]["topic"]
    assert {"products"} == {item["topic"] for item in items(learnt, "2026-09-06")}


def test_a_little_faded_is_warmed_up_by_reviews(learnt: Studyctl):
    reviewed(learnt, "good", "2026-09-02", "2026-09-04")
    first = suggestions(learnt, "2026-09-26")[0]
    assert "products" == first["topic"]
    assert "warm up first: studyctl review --topic sums" in first["why"]
    told = learnt.ok("plan", "--json", now="2026-09-26T20:00:00+00:00").json["weeks"][0]
    assert {"sums"} == {one["topic"] for one in told["warm_ups"]}
    assert {"products"} == {item["topic"] for item in told["items"]}
    assert "(warm up sums before products: 3 cards)" in learnt.ok("plan", now="2026-09-26T20:00:00+00:00").out
    assert "warm up sums first: recall 0." in learnt.ok("why", "sums", now="2026-09-26T20:00:00+00:00").out


def test_long_overdue_cards_are_not_believed_and_three_questions_come_first(learnt: Studyctl):
    reviewed(learnt, "good", "2026-09-02", "2026-09-04")
    now = "2026-10-20"
    topics = {
        one["id"]: one for one in learnt.ok("topics", "--json", now=f"{now}T20:00:00+00:00").json["topics"]
    }
    assert (False, True) == (topics["sums"]["faded"], topics["products"]["ready"])
    first, second = suggestions(learnt, now)[:2]
    assert ("sums", "refresh", "products") == (first["topic"], first["kind"], second["topic"])
    assert "three questions may settle it: studyctl place sums" in first["why"]
    told = items(learnt, now)
    assert [("sums", "refresh"), ("products", "learn")] == list(
        dict.fromkeys((item["topic"], item["kind"]) for item in told)
    )
    assert sum(item["hours"] for item in told if item["topic"] == "sums") < 2
    assert "long overdue" in learnt.ok("why", "sums", now=f"{now}T20:00:00+00:00").out


def test_what_has_faded_costs_the_questions_and_sometimes_the_rest(learnt: Studyctl):
    reviewed(learnt, "good", "2026-09-02", "2026-09-04")
    now = "2027-06-01"
    first = suggestions(learnt, now)[0]
    assert ("sums", "refresh") == (first["topic"], first["kind"])
    recall = {
        one["id"]: one["recall"]
        for one in learnt.ok("topics", "--json", now=f"{now}T20:00:00+00:00").json["topics"]
    }["sums"]
    assert 0.5 < recall < 0.7
    expected = 5 / 60 + (1 - recall) * 4 * (1 - 0.6 * recall)
    assert pytest.approx(expected, abs=0.01) == first["hours"]


def test_what_is_behind_a_learnt_topic_comes_back_too(learnt: Studyctl):
    """Numbers is not needed by products directly, but sums stands on it."""
    lines = [
        json.dumps({"card": f"numbers/after-{card}", "rating": "again", "at": "2026-09-02T20:00:00+00:00"})
        for card in ("two", "three")
    ]
    learnt.ok("rate", "--stdin", stdin="\n".join(lines), now="2026-09-02T21:00:00+00:00")
    now = "2026-11-23"
    assert ["numbers", "products"] == list(dict.fromkeys(item["topic"] for item in items(learnt, now)))
    assert ("numbers", "refresh") == tuple(suggestions(learnt, now)[0][key] for key in ("topic", "kind"))


def test_weeks_are_never_overfull_with_refreshes_in_them(learnt: Studyctl):
    reviewed(learnt, "good", "2026-09-02", "2026-09-04")
    for week in learnt.ok("plan", "--json", now="2026-10-20T20:00:00+00:00").json["weeks"]:
        spent = sum(item["hours"] for item in week["items"]) + week["review_minutes"] / 60
        assert spent <= week["hours_available"] + 1e-6


def test_the_same_state_gives_the_same_plan(learnt: Studyctl):
    reviewed(learnt, "good", "2026-09-02", "2026-09-04")
    assert items(learnt, "2026-10-20") == items(learnt, "2026-10-20")
