"""Forty processes are killed while they rate: whatever was acknowledged is recorded, once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from conftest import write_curriculum
from journals import Home

from studyctl.adapters.journal_events import read_events
from studyctl.core.time import from_iso

ROOT = Path(__file__).parent.parent.parent
CARDS = ["numbers/after-two", "numbers/after-three", "sums/two-and-two", "sums/parts.c1", "python/print"]
PROCESSES = 40
AT_ONCE = 4


def test_no_acknowledged_rating_is_lost_or_doubled(tmp_path, home, monkeypatch):
    monkeypatch.delenv("STUDYCTL_NOW", raising=False)
    curriculum = write_curriculum(tmp_path / "curriculum")
    program = [
        sys.executable,
        "-m",
        "studyctl",
        "--no-builtin",
        "--curriculum",
        str(curriculum),
        "rate",
        "--stdin",
    ]
    wishes = tmp_path / "wishes"
    wishes.write_text(
        "".join(json.dumps({"card": CARDS[n % 5], "rating": "good"}) + "\n" for n in range(3000))
    )
    chance = random.Random(40)

    def run(patience: int) -> list[dict]:
        """The answers of a process that is killed after `patience` of them."""
        with wishes.open() as lines:
            process = subprocess.Popen(
                program, cwd=ROOT, stdin=lines, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ
            )
        told = [process.stdout.readline() for _ in range(patience)]
        process.kill()
        rest, errors = process.communicate()
        assert process.returncode < 0, errors
        whole = b"".join(told) + rest
        return [json.loads(line) for line in whole.splitlines(keepends=True) if line.endswith(b"\n")]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        patience = [chance.randint(0, 12) for _ in range(PROCESSES)]
        acknowledged = [answer for answers in pool.map(run, patience) for answer in answers]

    assert len(acknowledged) >= sum(patience)
    told = {(answer["card"], from_iso(answer["at"])) for answer in acknowledged}
    assert len(told) == len(acknowledged), "two answers were given the same moment"
    recorded = [(event.facts["card"], event.at) for event in read_events(home / "journal" / "desk.jsonl")]
    assert told <= set(recorded)
    assert len(recorded) == len(set(recorded))
    history = Home(home.parent / "home", cache=None).history()
    assert () == history.notices()
    assert len(recorded) == sum(memory.reviews for memory in history.memories().values())
