"""How long `next`, `status` and `plan` take as whole processes, against a bare `import click`.

Nothing here fails on time: the ratios are printed (`python -m pytest tests/bench -s`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import big_curriculum
import pytest

RUNS = 5


def best(*words: str) -> float:
    """The shortest of some runs of a process, in seconds."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True, env=dict(os.environ))
        times.append(time.perf_counter() - began)
    return min(times)


@pytest.mark.parametrize(("topics", "cards"), [(300, 10), (5_000, 10)])
def test_deciding_on_a_large_curriculum(home: Path, tmp_path: Path, topics: int, cards: int):
    folder = big_curriculum.write_big(tmp_path / "big", topics, cards)
    ours = [sys.executable, "-m", "studyctl", "--no-builtin", "--curriculum", str(folder)]
    (folder / "tracks").mkdir()
    names = ", ".join(f"topic-{number:05d}" for number in range(topics))
    (folder / "tracks" / "all.yaml").write_text(
        f"title: All\nsections: [{{title: All, topics: [{names}]}}]\n"
    )
    subprocess.run([*ours, "know", "topic-00000"], check=True, capture_output=True)
    floor = best(sys.executable, "-c", "import click")
    for verb in ("next", "status"):
        print(f"\n{topics} topics, no goal: {verb} takes {best(*ours, verb) / floor:.1f} × import click")
    subprocess.run([*ours, "goal", "add", "all"], check=True, capture_output=True)
    for verb in ("next", "plan", "status"):
        print(
            f"{topics} topics, all of them the goal: {verb} takes {best(*ours, verb) / floor:.1f} × import click"
        )
