"""What config.yaml says, kept in the cache."""

from __future__ import annotations

import os
from pathlib import Path

from studyctl.adapters import kept_config
from studyctl.adapters.cache import in_memory


def test_what_was_read_once_is_told_again_until_the_file_changes(tmp_path: Path):
    path, db = tmp_path / "config.yaml", in_memory(kept_config.SCHEMA)
    assert ({}, {}) == kept_config.read(path, db)
    path.write_text("focus: 1\n")
    first = kept_config.read(path, db)
    assert ({"focus": 1}, {"focus": f"{path}:1:8"}) == first == kept_config.read(path, db)
    path.write_text("focus: 22\n")
    os.utime(path, ns=(1, 1))
    assert {"focus": 22} == kept_config.read(path, db)[0]


def test_dates_are_text_also_where_they_are_keys(tmp_path: Path):
    path, db = tmp_path / "config.yaml", in_memory(kept_config.SCHEMA)
    path.write_text("interest: {2026-01-01: 3}\nhours_per_week: [{from: 2026-01-01, hours: 3}]\n")
    assert {
        "interest": {"2026-01-01": 3},
        "hours_per_week": [{"from": "2026-01-01", "hours": 3}],
    } == kept_config.read(path, db)[0]
