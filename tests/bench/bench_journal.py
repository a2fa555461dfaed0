"""How long a journal takes to be read and told, against a bare loop of `json.loads` over the same file.

Run it as a program: ``python tests/bench/bench_journal.py [REVIEWS] [CARDS]``; a million reviews of
50,000 cards if nothing is said. It prints ratios of times measured in the same run, and never
fails: cold, the goal is 3; warm, only the new lines should count; one `rate` should take no more
than 3 times a bare `import click`.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import write_curriculum
from journals import START, Home, answer

from studyctl.core.time import to_iso


def write(path: Path, reviews: int, cards: int) -> None:
    """A journal as it would have grown over the years."""
    chance = random.Random(1)
    names = [f"topic-{number // 10:04d}/card-{number % 10}" for number in range(cards)]
    at = START - reviews * 33_000
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for number in range(reviews):
            at += chance.randint(5_000, 60_000)
            record = {
                "v": 1, "id": f"{at:012x}-{number * 223:08x}-{chance.getrandbits(32):08x}", "at": to_iso(at),
                "offset": 60, "batch": f"{at:012x}-{chance.getrandbits(32):08x}", "do": "reviewed",
                "card": chance.choice(names), "rating": chance.choice([1, 2, 3, 3, 3, 3, 4]),
                "ms": chance.randint(1_000, 60_000), "model": "fsrs-6",
            }  # fmt: skip
            file.write(json.dumps(record) + "\n")


def seconds(do: Callable[[], object], runs: int = 3) -> float:
    """The best of some runs."""
    told = []
    for _ in range(runs):
        begin = time.perf_counter()
        do()
        told.append(time.perf_counter() - begin)
    return min(told)


def loop(path: Path) -> None:
    with path.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


def bench_history(folder: Path, reviews: int, cards: int) -> None:
    home = Home(folder)
    write(home.own, reviews, cards)

    def cold() -> None:
        for path in folder.glob("cache.sqlite*"):
            path.unlink()
        home.history()

    bare = seconds(lambda: loop(home.own))
    told = seconds(cold)
    print(f"{reviews:,} reviews of {cards:,} cards, {home.own.stat().st_size / 1e6:.0f} MB")
    print(f"bare json.loads loop   {bare:8.2f} s")
    print(f"cold                   {told:8.2f} s   {told / bare:.2f} times the loop (goal: 3)")
    history = home.history()
    ways = {
        "warm, nothing new": home.history,
        "one answer recorded": lambda: history.record([answer("topic-0001/card-1")]),
        "memory of every topic": lambda: history.by_topic(START, START // 86_400_000),
        "days with a review": history.days,
        "answers of a topic": lambda: history.replay("topic-0001"),
    }
    for name, do in ways.items():
        print(f"{name:<22} {seconds(do) * 1000:8.2f} ms")


def bench_rate(folder: Path) -> None:
    """Whole processes, in turns, so that a busy machine is busy for both."""
    curriculum = write_curriculum(folder / "curriculum")
    environment = os.environ | {
        "STUDYCTL_HOME": str(folder / "home"), "STUDYCTL_CACHE": str(folder / "cache"), "STUDYCTL_DEVICE": "desk",
        "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "pyc"),
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    rate = [
        "-m",
        "studyctl",
        "--no-builtin",
        "--curriculum",
        str(curriculum),
        "rate",
        "numbers/after-two",
        "good",
    ]
    times: dict[str, list[float]] = {"click": [], "rate": []}
    for _ in range(16):
        for name, args in (("click", ["-c", "import click"]), ("rate", rate)):
            begin = time.perf_counter()
            subprocess.run([sys.executable, *args], check=True, env=environment, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)  # fmt: skip
            times[name].append(time.perf_counter() - begin)
    click, told = (statistics.median(times[name][1:]) for name in ("click", "rate"))
    print(f"python -c import click {click * 1000:8.1f} ms")
    print(f"one rate               {told * 1000:8.1f} ms   {told / click:.2f} times that (goal: 3)")


def main(reviews: int = 1_000_000, cards: int = 50_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench_history(Path(folder) / "large", reviews, cards)
        bench_rate(Path(folder) / "small")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
