"""The ledger of the built-in curriculum."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Studyctl

from studyctl.adapters import ledger
from studyctl.core.stamps import Stamp

NOW = 1_764_000_000_789
STAMPS = {
    "sets/pair": Stamp(1_700_000_000_000, "aaaa"),
    "svd/rank": Stamp(1_710_000_000_000, "bbbb"),
    "studyctl basic": Stamp(1_720_000_000_000, "cccc"),
}
AREAS = {"sets": "foundations", "svd": "linear-algebra"}


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path):
    changed = list(ledger.write(tmp_path / "ledger", ledger.files(STAMPS, AREAS)))
    assert ["_note-types.tsv", "foundations.tsv", "linear-algebra.tsv"] == sorted(
        path.name for path in changed
    )
    assert STAMPS == ledger.read(tmp_path / "ledger")
    assert "note\thash\tchanged\nsets/pair\taaaa\t2023-11-14T22:13:20Z\n" == (
        tmp_path / "ledger" / "foundations.tsv"
    ).read_text(encoding="utf-8")


def test_only_files_that_differ_are_written(tmp_path: Path):
    list(ledger.write(tmp_path, ledger.files(STAMPS, AREAS)))
    fewer = {name: stamp for name, stamp in STAMPS.items() if name != "svd/rank"}
    changed = ledger.write(tmp_path, ledger.files(fewer | {"studyctl basic": Stamp(NOW, "dddd")}, AREAS))
    assert {"_note-types.tsv", "linear-algebra.tsv"} == {path.name for path in changed}
    assert not (tmp_path / "linear-algebra.tsv").exists()


def test_what_has_not_changed_keeps_its_time():
    hashes = {"sets/pair": "aaaa", "svd/rank": "new!", "svd/other": "eeee"}
    told = ledger.brought_up_to_date(hashes, STAMPS, NOW)
    assert told == {
        "sets/pair": STAMPS["sets/pair"],
        "svd/rank": Stamp(1_764_000_000_000, "new!"),
        "svd/other": Stamp(1_764_000_000_000, "eeee"),
    }


def test_no_ledger_is_an_empty_one(tmp_path: Path):
    assert {} == ledger.read(tmp_path / "none")


@pytest.mark.parametrize("line", ["sets/pair aaaa 2023", "sets/pair\taaaa", "sets/pair\taaaa\tyesterday"])
def test_a_damaged_line_is_named(tmp_path: Path, line: str):
    (tmp_path / "foundations.tsv").write_text(f"note\thash\tchanged\n{line}\n")
    with pytest.raises(ledger.LedgerError, match=r"foundations\.tsv:2: "):
        ledger.read(tmp_path)


def test_the_ledger_that_is_shipped_is_up_to_date(studyctl: Studyctl):
    """If this fails, run `studyctl deck ledger` and commit what it changes."""
    told = studyctl("deck", "ledger", "--check")
    assert (0, "") == (told.code, told.err)
