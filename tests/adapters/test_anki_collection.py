"""Reading collections of Anki in every form, and what is none."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
import zstandard

from studyctl.adapters import anki_file
from studyctl.adapters.anki_collection import CollectionError, read
from studyctl.core.collection import Held, Row

GUID = "abcdefghijkl"
NOW = 1_795_000_000


def database(path: Path, *, conf: dict[str, object] | None = None, flds: str = "q\x1fa") -> Path:
    """A collection of schema 11 with one note, one card and three rows of its log."""
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE col (id, conf, models);"
            "CREATE TABLE notes (id, guid, flds, tags);"
            "CREATE TABLE cards (id, nid, ord, type, queue, mod, data);"
            "CREATE TABLE revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type);"
        )
        models = {"1730419200101": {"name": "somebody else's", "flds": [{"name": "Front"}]}}
        told = {"rollover": 5, "localOffset": -60} if conf is None else conf
        db.execute("INSERT INTO col VALUES (1, ?, ?)", (json.dumps(told), json.dumps(models)))
        db.execute("INSERT INTO notes VALUES (1, ?, ?, '')", (GUID, flds))
        db.execute("INSERT INTO cards VALUES (7, 1, 0, 2, -1, ?, '{}')", (NOW,))
        rows = [(NOW * 1000 + at, 7, -1, 3, 1, 0, 300, 5000, 1) for at in (2, 0, 1)]
        db.executemany("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", rows)
    db.close()
    return path


def package(path: Path, name: str, data: bytes, **others: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        for other, more in others.items():
            archive.writestr(other.replace("_", "."), more)
    return path


def test_the_profile_s_own_file_is_read_and_nothing_is_left_beside_it(tmp_path: Path):
    path = database(tmp_path / "collection.anki2")
    before = path.read_bytes(), path.stat().st_mtime_ns
    told = read(path)
    assert {7: Held(GUID, 0, new=False, suspended=True, changed=NOW * 1000)} == told.cards
    assert [0, 1, 2] == [row.id - NOW * 1000 for row in told.log]
    assert Row(NOW * 1000, 7, 3, 1, 300, 5000, 1) == told.log[0]
    assert (5, 60) == (told.rollover, told.offset)
    assert ("somebody else's",) == told.strange
    assert before == (path.read_bytes(), path.stat().st_mtime_ns)
    assert [path] == list(tmp_path.iterdir())


def test_a_folder_for_drafts_may_be_called_what_an_address_may_not(tmp_path: Path, monkeypatch):
    drafts = tmp_path / "100%25 mine?#"
    drafts.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(drafts))
    assert 3 == len(read(database(tmp_path / "collection.anki2")).log)


@pytest.mark.parametrize("name", ["collection.anki2", "collection.anki21", "collection.anki21b"])
def test_packages_of_every_age_are_read(tmp_path: Path, name: str):
    data = database(tmp_path / "db").read_bytes()
    if name.endswith("b"):
        data = zstandard.ZstdCompressor().compress(data)
    assert 3 == len(read(package(tmp_path / "deck.apkg", name, data)).log)


def test_the_newest_collection_of_a_package_counts_and_not_the_dummy(tmp_path: Path):
    real = zstandard.ZstdCompressor().compress(database(tmp_path / "db").read_bytes())
    dummy = database(tmp_path / "dummy", flds="Please update to the latest Anki version").read_bytes()
    path = package(tmp_path / "deck.apkg", "collection.anki21b", real, collection_anki2=dummy)
    assert 3 == len(read(path).log)
    with pytest.raises(CollectionError, match="its collection is missing"):
        read(package(tmp_path / "old.apkg", "collection.anki2", dummy))


def test_an_export_without_scheduling_has_no_history(tmp_path: Path):
    path = database(tmp_path / "collection.anki2")
    with sqlite3.connect(path) as db:
        db.execute("DELETE FROM revlog")
        db.execute("UPDATE cards SET type = 0, queue = 0")
    db.close()
    assert not read(path).has_history


def test_what_is_no_collection_is_refused_with_a_sentence(tmp_path: Path):
    half = zstandard.ZstdCompressor().compress(database(tmp_path / "db").read_bytes())
    half = half[: len(half) // 2]
    cases = {
        "text": b"no zip at all",
        "empty": b"",
        "zip without a collection": package(tmp_path / "a.zip", "x.txt", b"x").read_bytes(),
        "truncated zip": package(tmp_path / "b.zip", "collection.anki2", b"x" * 5000).read_bytes()[:60],
        "truncated zstd": package(
            tmp_path / "c.zip", "collection.anki21b", zstandard.ZstdCompressor().compress(b"y" * 9000)[:9]
        ).read_bytes(),
        "half a database": package(tmp_path / "e.zip", "collection.anki21b", half).read_bytes(),
        "no database inside": package(tmp_path / "d.zip", "collection.anki21", b"z" * 200).read_bytes(),
    }
    for what, data in cases.items():
        path = tmp_path / "case"
        path.write_bytes(data)
        with pytest.raises(CollectionError, match=str(path)):
            read(path)
            pytest.fail(what)


def test_anki_1_is_told_what_to_do(tmp_path: Path):
    path = tmp_path / "deck.anki"
    with sqlite3.connect(path) as db:
        db.executescript("CREATE TABLE facts (id); CREATE TABLE cardModels (id);")
    db.close()
    with pytest.raises(CollectionError, match="is of Anki 1"):
        read(path)


def test_a_bomb_is_stopped_before_it_fills_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    head = database(tmp_path / "db").read_bytes()
    for name, pack in (
        ("collection.anki21b", zstandard.ZstdCompressor().compress),
        ("collection.anki21", bytes),  # the zip itself deflates
    ):
        zeros = package(tmp_path / "zeros.apkg", name, pack(b"\0" * (8 << 20)))
        with pytest.raises(CollectionError, match="is no database"):
            read(zeros)
        bomb = package(tmp_path / "bomb.apkg", name, pack(head + b"\0" * (8 << 20)))
        monkeypatch.setattr(anki_file, "ROOM", 1 << 10)
        with pytest.raises(CollectionError, match="unpacks to more than"):
            read(bomb)
        monkeypatch.undo()


def test_rows_of_a_wrong_kind_do_no_harm(tmp_path: Path):
    path = database(tmp_path / "collection.anki2", conf={"rollover": 77, "localOffset": "east"})
    with sqlite3.connect(path) as db:
        db.execute("UPDATE revlog SET ease = 'x', time = NULL WHERE id = ?", (NOW * 1000,))
        db.execute("INSERT INTO revlog VALUES ('a', 7, -1, 3, 1, 0, 300, 5000, 1)")
        db.execute("INSERT INTO notes VALUES (2, x'ff00', 'q', '')")
        db.execute("INSERT INTO cards VALUES (8, 2, 'b', 'c', 'd', 'e', x'ff')")
    db.close()
    told = read(path)
    assert [0, 3, 3] == [row.ease for row in told.log]
    assert (None, None) == (told.rollover, told.offset)


def test_a_copy_with_its_log_is_read_as_one_and_a_torn_one_is_refused(tmp_path: Path):
    """As Anki leaves them when it was killed, or when its files are copied while it runs."""
    source = tmp_path / "source.anki2"
    database(source)
    db = sqlite3.connect(source)
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA wal_autocheckpoint = 0")
    row = (NOW * 1000 + 9, 7, -1, 4, 1, 0, 300, 5000, 1)
    db.execute("INSERT INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", row)
    db.commit()
    folder = tmp_path / "copy"
    folder.mkdir()
    for end in ("", "-wal"):
        (folder / f"collection.anki2{end}").write_bytes(Path(f"{source}{end}").read_bytes())
    db.close()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert 4 == len(read(folder / "collection.anki2").log)
    assert before == {path: path.read_bytes() for path in folder.iterdir()}


def test_a_view_in_the_place_of_a_table_is_no_table(tmp_path: Path):
    path = database(tmp_path / "collection.anki2")
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE revlog")
        db.execute(
            "CREATE VIEW revlog AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
            " SELECT id, 7 cid, 3 ease, 1 ivl, 1 factor, 1 time, 1 type FROM n"
        )
    db.close()
    with pytest.raises(CollectionError, match="is no collection of Anki"):
        read(path)


def test_names_that_climb_out_of_a_package_are_never_unpacked(tmp_path: Path):
    inside = tmp_path / "inside"
    inside.mkdir()
    data = database(tmp_path / "db").read_bytes()
    path = inside / "deck.apkg"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("collection.anki2", data)
        archive.writestr("../../evil", "x")
    read(path)
    assert [path] == list(inside.iterdir())


def test_a_collection_that_anki_has_open_is_refused(tmp_path: Path):
    import subprocess
    import sys

    path = database(tmp_path / "collection.anki2")
    code = (
        "import sqlite3, sys, time\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA locking_mode = exclusive'); db.execute('BEGIN EXCLUSIVE')\n"
        "print('locked', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as anki:
        assert anki.stdout is not None
        assert b"locked\n" == anki.stdout.readline()
        with pytest.raises(CollectionError, match="is open in Anki"):
            read(path)
        anki.communicate(b"")
    assert 3 == len(read(path).log)
