"""The cache may be missing, damaged, foreign or somebody else's: it is rebuilt in silence."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest
from journals import Home, everything, may_write_everywhere

from studyctl.adapters.cache import open_cache, transaction, transaction_of_much

SCHEMA = "CREATE TABLE a (x INTEGER);\nCREATE INDEX a_x ON a (x);\n"


def put(path, *values: int) -> None:
    db = open_cache(path, SCHEMA)
    with transaction(db):
        db.executemany("INSERT INTO a VALUES (?)", [(value,) for value in values])
    db.close()


def values(path, schema: str = SCHEMA) -> list[int]:
    db = open_cache(path, schema)
    try:
        return [value for (value,) in db.execute("SELECT x FROM a ORDER BY x")]
    finally:
        db.close()


def test_what_was_written_is_there_for_the_next_command(tmp_path):
    put(tmp_path / "deep" / "cache.sqlite", 1, 2)
    assert [1, 2] == values(tmp_path / "deep" / "cache.sqlite")


def test_a_transaction_that_fails_leaves_nothing(tmp_path):
    db = open_cache(tmp_path / "cache.sqlite", SCHEMA)
    for way in (transaction, transaction_of_much):
        with pytest.raises(KeyboardInterrupt), way(db):
            db.execute("INSERT INTO a VALUES (1)")
            raise KeyboardInterrupt
        assert [] == db.execute("SELECT * FROM a").fetchall()


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"no database at all" * 1000,
        lambda data: data[: len(data) // 2],
        lambda data: data[:100] + bytes(len(data) - 100),
        lambda data: data[:4096] + b"\xff" * 4096 + data[8192:],
    ],
    ids=["empty", "text", "cut", "zeros", "page"],
)
def test_a_damaged_cache_is_rebuilt(tmp_path, damage):
    path = tmp_path / "cache.sqlite"
    put(path, *range(2000))
    path.write_bytes(damage(path.read_bytes()))
    assert values(path) in ([], list(range(2000)))
    put(path, 7)
    assert 7 in values(path)


def test_a_cache_of_another_version_is_rebuilt(tmp_path):
    path = tmp_path / "cache.sqlite"
    put(path, 1)
    assert [] == values(path, SCHEMA + "CREATE TABLE b (y);\n")
    assert [] == values(path)


def test_a_foreign_database_is_rebuilt(tmp_path):
    path = tmp_path / "cache.sqlite"
    db = sqlite3.connect(path)
    db.executescript(
        'CREATE TABLE "my ""own"" notes" (x); CREATE VIEW v AS SELECT 1; PRAGMA user_version = 7;'
    )
    db.close()
    assert [] == values(path)


def test_without_a_folder_to_write_the_cache_is_in_memory(tmp_path):
    (tmp_path / "file").write_text("")
    for path in (None, tmp_path / "file" / "cache.sqlite", tmp_path):
        db = open_cache(path, SCHEMA)
        db.execute("INSERT INTO a VALUES (1)")
        assert [(1,)] == db.execute("SELECT x FROM a").fetchall()


@pytest.mark.skipif(may_write_everywhere(), reason="rights mean nothing to root")
def test_a_folder_without_rights_means_memory(tmp_path):
    (tmp_path / "closed").mkdir(mode=0o500)
    assert [] == values(tmp_path / "closed" / "cache.sqlite")


def test_two_processes_that_begin_at_once_share_one_cache(tmp_path):
    code = (
        "import sys; from pathlib import Path; from studyctl.adapters.cache import open_cache, transaction\n"
        f"db = open_cache(Path(sys.argv[1]), {SCHEMA!r})\n"
        "for n in range(20):\n"
        "    with transaction(db): db.execute('INSERT INTO a VALUES (?)', (n,))\n"
    )
    path = tmp_path / "cache.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(4)]
    assert [0] * 4 == [process.wait(60) for process in running]
    assert sorted([*range(20)] * 4) == values(path)


def test_much_can_be_written_while_another_process_has_the_cache_open(tmp_path):
    path = tmp_path / "cache.sqlite"
    reader = open_cache(path, SCHEMA)
    assert [] == reader.execute("SELECT x FROM a").fetchall()
    writer = open_cache(path, SCHEMA)
    with transaction_of_much(writer):
        writer.executemany("INSERT INTO a VALUES (?)", [(n,) for n in range(1000)])
    assert 1000 == reader.execute("SELECT count(*) FROM a").fetchone()[0]
    assert "wal" == writer.execute("PRAGMA journal_mode").fetchone()[0]


@pytest.mark.parametrize("size", [100, 20_000])
def test_a_cache_that_breaks_in_the_midst_of_a_command_costs_nothing(tmp_path, size):
    """The pages of the tables are overwritten while the connection is open."""
    home = Home(tmp_path)
    for number in range(40):
        home.rate(f"t{number % 5}/c{number}", 1 + number % 4)
    before = everything(home.history())
    history = home.history()
    path = tmp_path / "cache.sqlite"
    data = path.read_bytes()
    path.write_bytes(data[:size] + b"\xff" * (len(data) - size))
    for name in ("-wal", "-shm"):
        (tmp_path / f"cache.sqlite{name}").unlink(missing_ok=True)
    assert before == everything(history)
    assert before == everything(home.history())
    home.rate("t/new")
    assert home.history().memory("t/new")
