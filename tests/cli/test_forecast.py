"""`forecast`: the reviews ahead, and what is left if they stop."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import Studyctl

from studyctl.core.memory import retrievability


@pytest.fixture
def learnt(small: Studyctl) -> Studyctl:
    """Two topics whose cards were seen, weeks ago."""
    small.ok("know", "sums", now="2026-11-01T20:00:00+00:00")
    cards = [
        one["id"] for one in small.ok("cards", "--json").json["cards"] if one["topic"] in ("numbers", "sums")
    ]
    for day in (1, 2, 6):
        lines = [
            f'{{"card": "{card}", "rating": "good", "at": "2026-11-{day:02d}T20:{at:02d}:00Z"}}'
            for at, card in enumerate(cards)
        ]
        small.ok("rate", "--stdin", stdin="\n".join(lines))
    return small


def test_what_is_left_is_the_recall_of_the_cards_on_that_day(learnt: Studyctl):
    told = learnt.ok("forecast", "--days", "400", "--json").json["if_you_stop"]
    cards = [one for one in learnt.ok("cards", "--json").json["cards"] if one["stability"]]
    today = date(2026, 11, 23)
    for one in told:
        ahead = (date.fromisoformat(one["date"]) - today).days + (today - date(2026, 11, 6)).days
        mean = sum(retrievability(card["stability"], ahead) for card in cards) / len(cards)
        assert one["recall"] == pytest.approx(mean, rel=1e-9)
        assert one["topics_faded"] + one["topics_usable"] == 2
    recalls = [one["recall"] for one in told]
    assert recalls == sorted(recalls, reverse=True)


def test_the_load_is_the_same_at_every_call_and_ends_where_it_was_asked_to(learnt: Studyctl):
    told = learnt.ok("forecast", "--days", "30", "--json").json["load"]
    assert told == learnt.ok("forecast", "--days", "30", "--json").json["load"]
    assert 30 == sum(week["days"] for week in told)
    assert all(week["minutes"] >= 0 for week in told)
    assert sum(week["reviews"] for week in told) > 0


def test_the_screens_answer_their_question(learnt: Studyctl):
    told = learnt.ok("forecast", "--stop").out
    assert "If you stop reviewing today" in told
    assert "in 1 year" in told
    assert "First to go:" in told
    assert "week of" in learnt.ok("forecast").out


def test_without_a_card_there_is_nothing_to_forget(small: Studyctl):
    assert "nothing to forget" in small.ok("forecast", "--stop").out
    told = small.ok("forecast", "--json").json
    assert {None} == {one["recall"] for one in told["if_you_stop"]}


def test_days_that_are_none_are_refused(small: Studyctl):
    for days in ("0", "-3", "99999", "many"):
        assert 2 == small("forecast", "--days", days).code


def test_a_forecast_in_maintenance_says_that_it_is_of_all_that_is_due(learnt: Studyctl):
    assert "Maintenance is on" not in learnt.ok("forecast").out
    learnt.ok("maintain", "on", "--minutes-per-week", "5")
    assert "Maintenance is on; this is what all that is due would take." in learnt.ok("forecast").out
    assert "5 min a week, no new cards" in learnt.ok("status").out
