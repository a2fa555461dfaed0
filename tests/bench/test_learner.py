"""Eighteen months of study, then eighteen of life: what twenty minutes a week keep, and what stopping keeps.

Under a minute; `python -m pytest tests/bench/test_learner.py -s`. The numbers are asserted, since
they are no times. The curriculum and the learner are made up; what the model assumes is in docs/memory.md.
"""

from __future__ import annotations

import time
from pathlib import Path

from conftest import Studyctl
from learner import Learner

TOPICS, CARDS, EVERY = 135, 10, 4
STUDY, LIFE = 546, 546  # days


def test_twenty_minutes_a_week_keep_nine_of_ten_topics(studyctl: Studyctl, tmp_path: Path):
    began = time.perf_counter()
    life = Learner.begin(studyctl, tmp_path / "world", TOPICS, CARDS)
    answers = 0
    for day in range(STUDY):
        if day % EVERY == 0 and day // EVERY < TOPICS:
            life.study(day, day // EVERY)
        answers += life.evening(day)
    end, topics = STUDY + LIFE, range(TOPICS)
    learnt, stopped = (life.usable(topics, day, CARDS) for day in (STUDY, end))
    studyctl.ok("maintain", "on", "--minutes-per-week", "20", now=life.now(STUDY))
    sessions = [life.session(day) for day in range(STUDY + 6, end, 7)]
    kept = life.usable(topics, end, CARDS)
    print(f"\n{answers} answers in {STUDY} days; usable then {learnt} of {TOPICS}")
    print(f"{LIFE} days later: {stopped} without a review, {kept} with 20 minutes a week")
    print(f"{sum(sessions) / len(sessions):.0f} answers a week; {time.perf_counter() - began:.0f} s")
    assert kept >= 0.9 * TOPICS
    assert stopped <= 0.5 * TOPICS
