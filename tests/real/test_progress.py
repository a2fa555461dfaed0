"""Progress goes into the real Anki: due dates, memories and the whole log, and comes back once."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import Studyctl

pytestmark = pytest.mark.real
TODAY = datetime.now(UTC).replace(microsecond=0)


def studied(studyctl: Studyctl, zone: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """A learner with two months of reviews, same-day answers and a suspended card among them."""
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    dice = random.Random(3)
    began = TODAY - timedelta(days=60)
    now = TODAY.isoformat()
    studyctl.ok("know", "naive-sets", now=began.isoformat())
    names = [one["id"] for one in studyctl.ok("cards", "--json", now=now).json["cards"] if one["available"]]
    answers = []
    for number, card in enumerate(names[:-1]):
        at, gap = began + timedelta(hours=dice.randrange(24), minutes=number), 1.0
        while at < TODAY - timedelta(hours=1):
            rating = dice.choice(["good", "good", "good", "again", "hard", "easy"])
            answers.append({"card": card, "rating": rating, "at": f"{at:%Y-%m-%dT%H:%M:%S}Z", "seconds": 7})
            if rating == "again" and dice.random() < 0.7:
                at += timedelta(minutes=12)
                continue
            gap = 1.0 if rating == "again" else gap * 2.2
            at += timedelta(days=gap, hours=dice.randrange(-8, 8))
    answers.sort(key=lambda one: str(one["at"]))
    studyctl.ok("rate", "--stdin", stdin="\n".join(map(json.dumps, answers)), now=now)
    studyctl.ok("cards", "--suspend", names[0], now=now)
    return answers


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Phoenix", "Asia/Kolkata"])
def test_schedule_and_log_arrive_whole_and_come_back_as_known(
    studyctl: Studyctl, anki: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
):
    answers = studied(studyctl, zone, monkeypatch)
    now = TODAY.isoformat()
    path, back = tmp_path / "deck.apkg", tmp_path / "back.colpkg"
    told = studyctl.ok(
        "deck", "build", "naive-sets", "--with-progress", "-o", str(path), "--json", now=now
    ).json
    assert told["with_progress"] == told["cards"] - 1
    there = imported(path, tmp_path / "fresh.anki2", back)
    assert len(answers) == there["answers"]
    assert ["studyctl", 21] == there["preset"]
    ours = {
        (one["guid"], one["ord"]): one
        for one in studyctl.ok("cards", "--json", now=now).json["cards"]
        if one["topic"] == "naive-sets"
    }
    today = (TODAY.astimezone(ZoneInfo(zone)) - timedelta(hours=4)).date()
    for card in there["cards"]:
        one = ours[card["guid"], card["ord"]]
        assert one["suspended"] == (card["queue"] == -1)
        if one["state"] == "new":
            assert (0, 0) == (card["type"], card["reps"])
            continue
        assert (one["reviews"], one["lapses"]) == (card["reps"], card["lapses"])
        memory = [one["stability"], one["difficulty"]]
        assert memory == pytest.approx(card["state"], rel=1e-3, abs=1e-3)  # Anki rounds what it keeps
        assert memory == pytest.approx(card["again"], rel=1e-5)
        if one["state"] == "review" and card["queue"] == 2:
            assert (datetime.fromisoformat(one["due"]).date() - today).days == card["days"]
    pulled = studyctl.ok("anki", "pull", str(back), "--json", now=now).json
    assert {"seen": len(answers), "new": 0, "duplicate": len(answers)} == pulled["reviews"]
    assert 0 == pulled["resets"] == pulled["unsuspended"] == pulled["suspended"]


@pytest.mark.parametrize("progress", [True, False])
def test_a_card_that_is_taken_back_in_anki_is_taken_back_here(
    studyctl: Studyctl, anki: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, progress: bool
):
    studied(studyctl, "UTC", monkeypatch)
    now = (TODAY - timedelta(hours=1)).isoformat()
    (away,) = studyctl.ok("cards", "--state", "suspended", "--json", now=TODAY.isoformat()).json["cards"]
    new = studyctl.ok("cards", "--state", "new", "--json", now=now).json["cards"]
    new = next(one["id"] for one in new if one["topic"] == "naive-sets")
    studyctl.ok("cards", "--suspend", new, now=now)
    path = tmp_path / "deck.apkg"
    studyctl.ok("deck", "build", "naive-sets", "--with-progress", "-o", str(path), now=TODAY.isoformat())
    collection = anki.Collection(str(tmp_path / "fresh.anki2"))
    options = anki.ImportAnkiPackageOptions(with_scheduling=progress)
    collection.import_anki_package(anki.ImportAnkiPackageRequest(package_path=str(path), options=options))
    assert (2 if progress else 0) == len(collection.find_cards("is:suspended"))

    def pulled() -> tuple[int, int]:
        back = tmp_path / "back.colpkg"
        collection.export_collection_package(str(back), include_media=False, legacy=False)
        collection.reopen()
        later = (TODAY + timedelta(minutes=5)).isoformat()
        told = studyctl.ok("anki", "pull", str(back), "--json", now=later).json
        return told["suspended"], told["unsuspended"]

    assert (0, 0) == pulled()
    if progress:
        collection.sched.unsuspend_cards(collection.find_cards("is:suspended"))
        assert (0, 2) == pulled()
        assert (0, 0) == pulled()
        kept = studyctl.ok("cards", "--state", "suspended", "--json", now=TODAY.isoformat()).json["cards"]
        assert away["id"] not in [one["id"] for one in kept]
    collection.close()


def imported(path: Path, fresh: Path, back: Path) -> Any:
    """What Anki says after the import, in a process of its own."""
    script = Path(__file__).parent / "import_progress.py"
    told = subprocess.run(
        [sys.executable, str(script), str(path), str(fresh), str(back)],
        capture_output=True,
        text=True,
        env=dict(os.environ),
    )
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout.splitlines()[-1])
