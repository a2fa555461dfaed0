"""How long forecasts, fits and maintenance take, against a bare `import click`.

Nothing here fails on time: the ratios are printed (`python -m pytest tests/bench -s`).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import lives
import numpy as np
import pytest
from conftest import Studyctl
from test_plan_speed import best

from studyctl.core.fsrs_arrays import recall


@pytest.fixture
def ours(studyctl: Studyctl, tmp_path: Path, monkeypatch) -> list[str]:
    """The command line of a learner with 1,500 cards and about 12,000 answers."""
    monkeypatch.setattr(lives, "TOPICS", 300)
    monkeypatch.setattr(lives, "EVERY", 2)
    lives.lines.cache_clear()
    life = lives.live(studyctl, tmp_path, days=640)
    monkeypatch.setenv("STUDYCTL_NOW", life.now)
    told = life.ok("export").json
    print(f"\n{len(told['cards'])} cards, {len(told['reviews'])} answers")
    yield [sys.executable, "-m", "studyctl", *life.options]
    lives.lines.cache_clear()


def test_looking_ahead(ours: list[str]):
    floor = best(sys.executable, "-c", "import click")
    for words in (
        ["next"], ["status"], ["forecast", "--stop"], ["forecast"], ["forecast", "--days", "1826"],
        ["maintain", "--minutes-per-week", "20"], ["tune"], ["export"],
    ):  # fmt: skip
        print(f"{' '.join(words):<36} {best(*ours, *words) / floor:5.1f} × import click")


def test_recall_of_a_hundred_thousand_cards():
    dice = np.random.default_rng(0)
    stability, days = dice.uniform(1, 500, 100_000), dice.integers(0, 900, 100_000)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        recall(stability, days)
        times.append(time.perf_counter() - began)
    print(f"\nrecall of 100,000 cards: {min(times) * 1000:.1f} ms")


def test_a_fit(tmp_path: Path):
    pytest.importorskip("fsrs_rs_python")
    from studyctl.adapters.fsrs_fit import Fitter
    from studyctl.core.tuning import compare

    sys.path.insert(0, str(Path(__file__).parent.parent / "core"))
    from test_tuning import history

    told = history(cards=2000)
    began = time.perf_counter()
    fitter = Fitter(told)
    fitter.fit()
    middle = time.perf_counter()
    compare(told, lambda moment: fitter.fit(until=moment))
    end = time.perf_counter()
    print(
        f"\nfit of {len(told.card)} answers {middle - began:.2f} s, the comparison in time {end - middle:.2f} s"
    )
