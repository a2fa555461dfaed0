"""How long a pull of 100,000 rows takes, against a bare read of the same rows and a bare write of their lines.

Run it as a program: ``python tests/bench/bench_pull.py [ROWS]``. It prints ratios of times measured
in the same run, the best of three each, and never fails: the goal for the first pull is 3, for the
second half of the first. A pull is a process of its own, with its start.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from conftest import write_curriculum

from studyctl.core.time import to_iso

START = 1_700_000_000_000
CARDS = 8_000


def curriculum(folder: Path) -> Path:
    """Topics with twenty cards each."""
    files = {"areas.yaml": "bulk: {title: Bulk}\n"}
    for topic in range(CARDS // 20):
        cards = "\n".join(
            f"- {{id: c{n}, objective: o, q: What is {n} in {topic}?, a: '{n}'}}" for n in range(20)
        )
        files[f"topics/bulk/t{topic}.yaml"] = (
            f"title: T{topic}\nsummary: Many cards. One can count them.\nhours: 1\n"
            f"objectives: [{{id: o, text: Count}}]\ncards:\n{cards}\n"
        )
    return write_curriculum(folder, files)


def collection(path: Path, cards: list[dict[str, object]], rows: int) -> None:
    """A collection of Anki that has reviewed them all for years."""
    chance = random.Random(1)
    db = sqlite3.connect(path)
    db.executescript(
        "CREATE TABLE col (id integer primary key, conf text, models text);"
        "CREATE TABLE notes (id integer primary key, guid text, flds text, tags text);"
        "CREATE TABLE cards (id integer primary key, nid integer, ord integer, type integer, queue integer, mod integer,"
        " data text);"
        "CREATE TABLE revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer,"
        " lastIvl integer, factor integer, time integer, type integer);"
    )
    db.execute("INSERT INTO col VALUES (1, ?, '{}')", (json.dumps({"localOffset": -60, "rollover": 4}),))
    for number, card in enumerate(cards, 1):
        db.execute("INSERT INTO notes VALUES (?, ?, 'x', '')", (number, card["guid"]))
        db.execute("INSERT INTO cards VALUES (?, ?, ?, 2, 2, 1, '{}')", (number, number, card["ord"]))
    log, at, seen = [], START, set()
    for _ in range(rows):
        at += chance.randint(5_000, 800_000)
        card = chance.randint(1, len(cards))
        kind = 1 if card in seen else 0
        seen.add(card)
        log.append(
            (at, card, 5, chance.choice([1, 2, 3, 3, 3, 4]), 9, 4, 500, chance.randint(2_000, 60_000), kind)
        )
    db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", log)
    db.commit()
    db.close()


def bare(path: Path, out: Path) -> None:
    """Read the rows, write their lines."""
    db = sqlite3.connect(path)
    guids = dict(db.execute("SELECT c.id, n.guid FROM cards c JOIN notes n ON n.id = c.nid"))
    with out.open("w", encoding="utf-8") as file:
        for at, card, ease, ms in db.execute("SELECT id, cid, ease, time FROM revlog ORDER BY id"):
            record = {
                "v": 1, "id": f"anki:{guids[card]}:0:{at}", "at": to_iso(at), "offset": 60, "batch": "b",
                "do": "reviewed", "card": guids[card], "rating": ease, "ms": ms, "model": "fsrs-6",
            }  # fmt: skip
            file.write(json.dumps(record) + "\n")
    db.close()


def best(do: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    told = []
    for _ in range(3):
        before()
        begin = time.perf_counter()
        do()
        told.append(time.perf_counter() - begin)
    return min(told)


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home, cache, path = folder / "home", folder / "cache", folder / "collection.anki2"
        environ = os.environ | {
            "STUDYCTL_HOME": str(home), "STUDYCTL_CACHE": str(cache), "STUDYCTL_DEVICE": "desk",
            "XDG_STATE_HOME": str(folder / "state"), "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        options = [
            sys.executable,
            "-m",
            "studyctl",
            "--no-builtin",
            "--curriculum",
            str(curriculum(folder / "c")),
        ]

        def run(*args: str) -> str:
            return subprocess.run(
                [*options, *args], env=environ, check=True, capture_output=True, text=True
            ).stdout

        cards = json.loads(run("cards", "--json"))["cards"]
        shutil.copytree(cache, folder / "cache before")
        collection(path, cards, rows)

        def anew() -> None:
            shutil.rmtree(home, ignore_errors=True)
            shutil.rmtree(cache)
            shutil.copytree(folder / "cache before", cache)

        plain = best(lambda: bare(path, folder / "out.jsonl"))
        first = best(lambda: run("anki", "pull", str(path)), anew)
        second = best(lambda: run("anki", "pull", str(path)))
        told = json.loads(run("anki", "pull", str(path), "--json"))["reviews"]
    print(f"{rows:,} rows of {len(cards):,} cards, {told['duplicate']:,} known after it")
    print(f"bare read and write    {plain:6.2f} s")
    print(f"first pull             {first:6.2f} s   {first / plain:.2f} times that (goal: 3)")
    print(f"second pull            {second:6.2f} s   {second / first:.2f} of the first (goal: 0.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
