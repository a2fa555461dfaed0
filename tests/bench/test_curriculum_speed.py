"""How long reading a curriculum takes, as multiples of what the libraries alone need for it.

Shown with ``pytest tests/bench -s``; nothing fails on time. STUDYCTL_BENCH_TOPICS sets the size.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from big_curriculum import write_big

from studyctl.adapters import catalog
from studyctl.adapters.catalog import Catalog
from studyctl.adapters.curriculum_files import read

TOPICS = int(os.environ.get("STUDYCTL_BENCH_TOPICS", "200"))
CARDS = 10


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The best time of some."""
    told = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        told.append(time.perf_counter() - begun)
    return min(told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_big(tmp_path_factory.mktemp("big"), TOPICS, CARDS)
    for path in folder.rglob("*.yaml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


def test_reading_and_looking(folder: Path):
    files = sorted(folder.rglob("*.yaml"))
    bare = seconds(lambda: [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in files])
    stats = seconds(
        lambda: [
            (entry.name, entry.stat().st_mtime_ns)
            for area in os.scandir(folder / "topics")
            for entry in os.scandir(area)
        ]
    )

    def cold() -> Catalog:
        db = sqlite3.connect(":memory:", isolation_level=None)
        db.executescript(catalog.SCHEMA)
        known = Catalog(db, [folder])
        known.sync()
        return known

    known = cold()
    print(f"\n{TOPICS} topics, {TOPICS * CARDS} cards; bare yaml.load 1.0 = {bare * 1000:.0f} ms")
    print(f"  all files into an empty cache  {seconds(cold, 1) / bare:6.2f}")
    print(f"  check                          {seconds(lambda: read([folder]), 1) / bare:6.2f}")
    print(f"  all topics out of the cache    {seconds(lambda: list(known.topics())) / bare:6.2f}")
    print(f"scandir and stat of every file 1.0 = {stats * 1000:.1f} ms")
    print(f"  a look when nothing changed    {seconds(known.sync) / stats:6.2f}")
    print(f"  the outline                    {seconds(known.outline) / stats:6.2f}")
    path = files[-1]
    text = path.read_text()

    def edit(change: str) -> float:
        path.write_text(text + change)
        told = seconds(known.sync, 1)
        path.write_text(text)
        os.utime(path, (1_700_000_000, 1_700_000_000))
        known.sync()
        return told

    print(f"  a look after an edited text    {edit('# more') / stats:6.2f}")
    print(f"  a look after a new edge        {edit('helps: [topic-00000]') / stats:6.2f}")
