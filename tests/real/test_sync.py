"""From the terminal into one Anki, through its sync server into another, and home again.

Desk and phone are two collections, the server is Anki's own; each evening runs under a clock of its
own (libfaketime), with the server beside it, since a server refuses whose clock differs. The evenings lie
around the turn of the day, at four in the morning of the learner's zone.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import Studyctl

from .conftest import missing

pytestmark = pytest.mark.real
SCRIPT = Path(__file__).parent / "anki_evening.py"
NOW = "2026-11-24T20:00:00+00:00"
EVENINGS = ("2026-11-21 03:20:00", "2026-11-22 03:50:00", "2026-11-22 04:10:00", "2026-11-23 22:00:00")
MINUTE = 60
FAKETIME = "/usr/$LIB/faketime/libfaketime.so.1"  # the loader puts its own directory for $LIB


@dataclass(frozen=True)
class World:
    """A place where people use Anki: a zone, and a folder with their collections and the server's data."""

    folder: Path
    zone: str

    def environ(self, when: str, **more: str) -> dict[str, str]:
        """What a process needs that shall believe that it starts at this moment of the zone.

        The library is loaded without its wrapper command: that one refuses to start where a killed process
        of the same number left its semaphore behind, the library goes on without it.
        """
        clock = {"LD_PRELOAD": FAKETIME, "FAKETIME": f"@{when}"}
        return dict(os.environ) | {"TZ": self.zone} | clock | more

    def does(self, who: str, when: str, *steps: tuple[Any, ...]) -> list[Any]:
        """What somebody's steps in Anki told, at this moment of their zone."""
        path = self.folder / f"{who}.anki2"
        command = [sys.executable, str(SCRIPT), str(path), json.dumps(steps)]
        told = subprocess.run(command, capture_output=True, text=True, env=self.environ(when), check=False)
        assert told.returncode == 0, told.stderr
        assert "preload" not in told.stderr, "libfaketime is not where Debian has it"
        return list(json.loads(told.stdout.splitlines()[-1]))

    @contextmanager
    def server(self, when: str) -> Iterator[str]:
        """Anki's sync server on this machine, as if it were this moment; its address."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        base = self.folder / "server"
        base.mkdir(exist_ok=True)
        environ = self.environ(
            when, SYNC_USER1="learner:secret", SYNC_BASE=str(base), SYNC_HOST="127.0.0.1", SYNC_PORT=str(port)
        )
        command = [sys.executable, "-m", "anki.syncserver"]
        process = subprocess.Popen(
            command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            url = f"http://127.0.0.1:{port}/"
            until_healthy(url, process)
            yield url
        finally:
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.killpg(process.pid, 15)
            process.wait(10)
            for left in Path("/dev/shm").glob(f"*faketime_s[eh]m_{process.pid}"):
                left.unlink(missing_ok=True)


def until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, "the sync server ended"
        try:
            with urllib.request.urlopen(f"{url}health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail("the sync server does not answer")


@pytest.fixture(params=["UTC", "Asia/Tokyo", "America/Phoenix"])
def world(
    request: pytest.FixtureRequest, anki: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    if shutil.which("faketime") is None:
        missing("faketime", "install Debian's faketime")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    return World(tmp_path, request.param)


def later(when: str, minutes: int) -> str:
    """The same moment so many minutes later: nobody gives two answers in one millisecond."""
    from datetime import datetime, timedelta

    return str(datetime.fromisoformat(when) + timedelta(minutes=minutes))


def studied(studyctl: Studyctl) -> list[dict[str, str]]:
    """Some days of reviews in the terminal.

    In Tokyo they come right after the turn of the day, but not in its first second: that still belongs
    to the day before in Anki.
    """
    studyctl.ok("know", "naive-sets", now="2026-11-01T20:00:00+00:00")
    cards = [one["id"] for one in studyctl.ok("cards", "--json", now=NOW).json["cards"] if one["available"]]
    ratings = ("good", "again", "good", "easy", "hard")
    answers = [
        {"card": card, "rating": ratings[(at + day) % 5], "at": f"2026-11-{day:02d}T19:{at:02d}:01Z"}
        for day in (2, 3, 6, 12)
        for at, card in enumerate(cards[:8])
    ]
    studyctl.ok("rate", "--stdin", stdin="\n".join(map(json.dumps, answers)), now=NOW)
    return answers


def test_every_answer_arrives_once_and_all_agree_on_what_is_remembered(studyctl: Studyctl, world: World):
    here = studied(studyctl)
    package, back = world.folder / "deck.apkg", world.folder / "back.colpkg"
    studyctl.ok("deck", "build", "naive-sets", "--with-progress", "-o", str(package), now=NOW)
    given: Counter[tuple[str, int]] = Counter()

    def count(answers: list[tuple[str, int, int]]) -> None:
        given.update((guid, ord_) for guid, ord_, _ in answers)

    first, second, third, last = EVENINGS
    with world.server(first) as url:
        _, answers, side = world.does(
            "desk", first, ("import", str(package)), ("answer", 5, 1), ("sync", url, "upload")
        )
        assert "upload" == side
        count(answers)
        side, answers, again = world.does(
            "phone", later(first, 1), ("sync", url, "download"), ("answer", 7, 2), ("sync", url, "")
        )
        assert ("download", "synced") == (side, again)
        count(answers)
    for when, seed in ((second, 3), (third, 4)):  # both answer before either syncs
        with world.server(when) as url:
            (answers,) = world.does("desk", when, ("answer", 6, seed))
            count(answers)
            answers, side = world.does("phone", later(when, 1), ("answer", 6, seed + 10), ("sync", url, ""))
            count(answers)
            assert ["synced"] == world.does("desk", later(when, 2), ("sync", url, ""))
            assert "synced" == side
    with world.server(last) as url:
        answers, side = world.does("phone", last, ("answer", 9, 5), ("sync", url, ""))
        count(answers)
        side, theirs, _ = world.does(
            "desk", later(last, 1), ("sync", url, ""), ("states",), ("export", str(back))
        )
        assert "synced" == side

    told = studyctl.ok("anki", "pull", str(back), "--json", now=NOW).json
    wanted = sum(given.values())
    assert wanted > 20
    assert {"seen": wanted + len(here), "new": wanted, "duplicate": len(here)} == told["reviews"]
    again = studyctl.ok("anki", "pull", str(back), "--json", now=NOW).json
    assert {"seen": wanted + len(here), "new": 0, "duplicate": wanted + len(here)} == again["reviews"]
    cards = [one for one in studyctl.ok("cards", "--json", now=NOW).json["cards"] if one["reviews"]]
    assert {f"{one['guid']}:{one['ord']}" for one in cards} == set(theirs)
    for one in cards:
        stability, difficulty = theirs[f"{one['guid']}:{one['ord']}"]
        assert one["stability"] == pytest.approx(stability, rel=1e-5)
        assert one["difficulty"] == pytest.approx(difficulty, rel=1e-5)


def test_a_collection_that_is_open_in_anki_is_refused(studyctl: Studyctl, anki: Any, tmp_path: Path):
    path = tmp_path / "collection.anki2"
    code = (
        "import sys; from anki.collection import Collection\n"
        "c = Collection(sys.argv[1]); print('open', flush=True); sys.stdin.read(); c.close()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert b"open\n" == process.stdout.readline()
        told = studyctl("anki", "pull", str(path))
        assert (1, True) == (told.code, "is open in Anki" in told.err)
        process.communicate(b"")
    files = set(tmp_path.glob("collection*"))
    assert 0 == studyctl.ok("anki", "pull", str(path), "--json").json["reviews"]["seen"]
    assert files == set(tmp_path.glob("collection*"))
