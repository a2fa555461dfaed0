"""Terminal reviews, texts and suspensions go into a running Anki, which then tells the same as we do."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import Studyctl

from .conftest import clock

pytestmark = pytest.mark.real
TODAY = datetime.now(UTC).replace(microsecond=0)
TOPIC = "naive-sets"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Anki:
    """The real Anki in a process of its own, with AnkiConnect at `url`."""

    url: str

    def does(self, action: str, **params: Any) -> Any:
        """What an action tells."""
        body = json.dumps({"action": action, "version": 6, "params": params}).encode()
        with urllib.request.urlopen(self.url, body, timeout=60) as answer:
            told = json.load(answer)
        assert told["error"] is None, told
        return told["result"]


@contextmanager
def running(path: Path) -> Iterator[Anki]:
    """The real Anki with the collection at `path`."""
    environ = dict(os.environ) | {"PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, str(HERE / "real_desk.py"), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ
    ) as process:
        assert process.stdout is not None
        yield Anki(process.stdout.readline().strip())
        process.communicate("")
    assert process.returncode == 0


def push(studyctl: Studyctl, anki: Anki, *args: str) -> Any:
    return studyctl.ok("anki", "push", "--url", anki.url, "--json", *args, now=clock()).json


def rated(studyctl: Studyctl, cards: list[str], first: int, last: int, seed: int) -> int:
    """Answers in the terminal, from `first` days ago to `last`, hours of the day mixed; how many."""
    dice = random.Random(seed)
    answers = []
    for number, card in enumerate(cards):
        at = TODAY - timedelta(days=first, hours=dice.randrange(20), minutes=number)
        gap = 1.0
        while at < TODAY - timedelta(days=last, hours=1):
            rating = dice.choice(["good", "good", "good", "again", "hard", "easy"])
            answers.append({"card": card, "rating": rating, "at": f"{at:%Y-%m-%dT%H:%M:%S}Z", "seconds": 7})
            gap = 1.0 if rating == "again" else gap * 2.2
            at += (
                timedelta(minutes=12)
                if rating == "again"
                else timedelta(days=gap, hours=dice.randrange(-6, 6))
            )
    answers.sort(key=lambda one: str(one["at"]))
    studyctl.ok("rate", "--stdin", stdin="\n".join(map(json.dumps, answers)), now=clock())
    return len(answers)


def agree(studyctl: Studyctl, told: dict[str, Any]) -> int:
    """Anki's memories, recomputed by it, and its due days are ours; of how many cards."""
    there = {(one["guid"], one["ord"]): one for one in told["cards"]}
    today = (TODAY.astimezone() - timedelta(hours=4)).date()
    count = 0
    for one in studyctl.ok("cards", "--json", now=clock()).json["cards"]:
        if one["reviews"]:
            card = there[one["guid"], one["ord"]]
            assert [one["stability"], one["difficulty"]] == pytest.approx(card["state"], rel=1e-5)
            assert one["reviews"] == card["reps"]
            if one["state"] == "review" and card["queue"] == 2:
                assert (datetime.fromisoformat(one["due"]).date() - today).days == card["days"]
            count += 1
    return count


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Phoenix"])
def test_reviews_of_both_sides_meet_and_both_tell_the_same(
    studyctl: Studyctl, anki: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str
):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    studyctl.ok("know", TOPIC, now=(TODAY - timedelta(days=70)).isoformat())
    known = studyctl.ok("cards", "--json", now=clock()).json["cards"]
    cards = [one["id"] for one in known if one["topic"] == TOPIC]
    sent = rated(studyctl, cards[:3], 60, 30, 1)
    with running(tmp_path / "collection.anki2") as desk:
        assert {"add"} == {one["do"] for one in push(studyctl, desk)["actions"]}
        assert 3 == agree(studyctl, desk.does("tell"))
        assert [] == push(studyctl, desk)["actions"]
        sent += rated(studyctl, cards[1:7], 25, 0, 2)  # known cards, and cards that are new there
        told = push(studyctl, desk)
        assert {"schedule", "answers"} == {one["do"] for one in told["actions"]}
        told = desk.does("tell")
        assert 7 == agree(studyctl, told)
        assert (sent, 0, []) == (told["answers"], told["usn"], told["problems"])
        assert [] == push(studyctl, desk)["actions"]
        sent += rated(studyctl, cards[7:9], 4, 0, 3)
        push(studyctl, desk)
        sent += rated(studyctl, cards[7:9], 45, 8, 4)  # earlier ones, from another device
        push(studyctl, desk)
        told = desk.does("tell")
        assert (9, sent) == (agree(studyctl, told), told["answers"])
        assert [] == push(studyctl, desk)["actions"]
        given = desk.does("answer", count=6)
        assert given
        last = push(studyctl, desk)
        assert (given, 0, []) == (last["pulled"]["reviews"]["new"], last["pulled"]["resets"], last["actions"])
        assert 0 == push(studyctl, desk)["pulled"]["reviews"]["new"]


def test_edits_tags_and_what_left(small: Studyctl, anki: Any, tmp_path: Path):
    small.ok("know", "sums", now=clock())
    with running(tmp_path / "collection.anki2") as desk:
        assert 4 == len(push(small, desk)["actions"])
        guids = {one["id"]: one["guid"] for one in small.ok("cards", "--json", now=clock()).json["cards"]}
        two, three, total = (
            guids[name] for name in ("numbers/after-two", "numbers/after-three", "sums/two-and-two")
        )
        desk.does("edit", guid=two, fields={"Back": "three (mine)"}, tags=["mine"])
        desk.does("edit", guid=total, fields={}, tags=["marked"])
        path = Path(small.options[-1]) / "topics" / "maths" / "numbers.yaml"
        lines = path.read_text().splitlines(keepends=True)
        path.write_text(
            "".join(line for line in lines if "after-three" not in line) + "retired: [after-three]\n"
        )
        path = path.with_name("sums.yaml")
        path.write_text(path.read_text().replace("What is two and two?", "How much is two and two?"))
        told = push(small, desk)
        assert [("update", "sums/two-and-two"), ("leave", "numbers/after-three")] == [
            (one["do"], one["note"]) for one in told["actions"]
        ]
        assert ["numbers/after-two"] == told["edits"]
        assert [] == push(small, desk)["actions"]
        note = desk.does("note", guid=two)
        assert ("three (mine)", True) == (note["fields"]["Back"], "mine" in note["tags"])
        note = desk.does("note", guid=total)
        assert ("How much is two and two?", True) == (note["fields"]["Front"], "marked" in note["tags"])
        note = desk.does("note", guid=three)
        assert ([-1], True) == (note["queues"], "studyctl::left" in note["tags"])


def test_cards_in_a_filtered_deck_are_found_and_their_answers_come_home(
    small: Studyctl, anki: Any, tmp_path: Path
):
    small.ok("know", "sums", now=clock())
    with running(tmp_path / "collection.anki2") as desk:
        push(small, desk)
        given = desk.does("answer", count=2, deck=desk.does("cram", count=3))
        told = push(small, desk)
        assert (2, [], []) == (given, told["actions"], told["deleted"])
        assert 2 == told["pulled"]["reviews"]["new"]
        assert 0 == push(small, desk)["pulled"]["reviews"]["new"]
