"""Files that are written whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyctl.adapters import config_file, whole_file


def test_a_file_keeps_its_rights_and_leaves_nothing_beside_it(tmp_path: Path):
    path = tmp_path / "file"
    whole_file.write(path, b"old")
    path.chmod(0o600)
    whole_file.write(path, b"new")
    assert b"new" == path.read_bytes()
    assert 0o600 == path.stat().st_mode & 0o777
    assert [path] == list(tmp_path.iterdir())


def test_what_cannot_be_written_is_as_it_was(tmp_path: Path):
    path = tmp_path / "folder"
    path.mkdir()
    with pytest.raises(OSError, match="folder"):
        whole_file.write(path, b"new")
    assert [path] == list(tmp_path.iterdir())


def test_settings_that_are_kept_elsewhere_are_changed_there(tmp_path: Path):
    """Who keeps config.yaml in a folder of dotfiles has a link to it."""
    there, link = tmp_path / "dotfiles.yaml", tmp_path / "config.yaml"
    there.write_text("focus: 1\n")
    link.symlink_to(there)
    config_file.change(link, "focus", "2")
    assert link.is_symlink()
    assert "focus: 2\n" == there.read_text()
