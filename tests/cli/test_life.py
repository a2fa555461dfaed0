"""A short life through the real commands: study, stop or keep a little, a break, and back again."""

from __future__ import annotations

from pathlib import Path

from conftest import Studyctl
from learner import Learner

TOPICS, CARDS, EVERY = 12, 4, 5
STUDY, LIFE = 70, 182  # days


def test_a_life_can_be_explored_with_every_command(studyctl: Studyctl, tmp_path: Path):
    life = Learner.begin(studyctl, tmp_path / "world", TOPICS, CARDS, seed=2)
    for day in range(STUDY):
        if day % EVERY == 0 and day // EVERY < TOPICS:
            life.study(day, day // EVERY)
        life.evening(day)
    end, topics = STUDY + LIFE, range(TOPICS)
    stopped = life.usable(topics, end, CARDS)
    studyctl.ok("maintain", "on", "--minutes-per-week", "10", now=life.now(STUDY))
    for day in range(STUDY + 6, end, 7):
        life.session(day)
    assert life.usable(topics, end, CARDS) >= 0.9 * TOPICS
    assert stopped < 0.6 * TOPICS
    told = studyctl.ok("forecast", "--json", now=life.now(end)).json
    assert TOPICS == told["if_you_stop"][0]["topics_learnt"]
    studyctl.ok("maintain", "off", now=life.now(end))
    later = life.now(end + 400)
    away = studyctl.ok("comeback", "--json", now=later).json
    assert away["backlog"]["minutes"] > 1
    assert life.session(end + 400, minutes=5) > 0
    after = studyctl.ok("comeback", "--json", now=later).json
    if after["away"] is not None:
        assert sum(area["probed"] for area in after["areas"]) > 0
    for words in (
        ["next"],
        ["status"],
        ["topics"],
        ["forecast", "--stop"],
        ["maintain"],
        ["cards"],
        ["export"],
    ):
        assert studyctl.ok(*words, now=later).out
