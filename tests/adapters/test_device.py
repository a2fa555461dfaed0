"""The device's name: one for each machine and home, never in the home."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studyctl.adapters.device import DeviceError, device_name, is_device_name
from studyctl.core.problems import UsageError


def test_a_name_is_made_once_and_kept(tmp_path):
    name = device_name(tmp_path / "home", {}, tmp_path / "state")
    assert re.fullmatch(r"[A-Za-z0-9_-]+-[0-9a-f]{6}", name)
    assert name == device_name(tmp_path / "home", {}, tmp_path / "state")
    assert not (tmp_path / "home").exists()


def test_a_copied_home_is_another_device(tmp_path):
    names = {device_name(tmp_path / home, {}, tmp_path / "state") for home in ("home", "copy")}
    assert 2 == len(names)


def test_a_home_reached_by_a_link_is_the_same_home(tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    assert device_name(tmp_path / "home", {}, tmp_path / "state") == device_name(
        tmp_path / "link", {}, tmp_path / "state"
    )


def test_the_environment_names_the_device(tmp_path):
    assert "laptop.2" == device_name(tmp_path, {"STUDYCTL_DEVICE": "laptop.2"}, tmp_path / "state")
    assert not (tmp_path / "state").exists()


@pytest.mark.parametrize("name", [".hidden", "a/b", "..", "a b", "ü", "a" * 101, "a\n"])
def test_a_name_that_can_be_no_file_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match="STUDYCTL_DEVICE"):
        device_name(tmp_path, {"STUDYCTL_DEVICE": name}, tmp_path / "state")


def test_a_name_that_was_damaged_is_made_anew(tmp_path):
    device_name(tmp_path, {}, tmp_path / "state")
    (file,) = (tmp_path / "state").iterdir()
    for damage in (b"", b"../etc/passwd\n", b"\xff\xfe"):
        file.write_bytes(damage)
        name = device_name(tmp_path, {}, tmp_path / "state")
        assert is_device_name(name)
        assert name == device_name(tmp_path, {}, tmp_path / "state")


def test_nothing_is_left_beside_the_name(tmp_path):
    device_name(tmp_path, {}, tmp_path / "state")
    assert 1 == len(list((tmp_path / "state").iterdir()))


def test_processes_that_begin_at_once_agree(tmp_path):
    code = (
        "import sys; from pathlib import Path; from studyctl.adapters.device import device_name;"
        "print(device_name(Path(sys.argv[1]), {}, Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "home"), str(tmp_path / "state")]

    def run(_: int) -> str:
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    with ThreadPoolExecutor(8) as pool:
        assert 1 == len(set(pool.map(run, range(8))))


def test_a_state_folder_that_cannot_be_made_says_how_to_go_on(tmp_path):
    (tmp_path / "state").write_text("a file")
    with pytest.raises(DeviceError) as error:
        device_name(Path(tmp_path / "home"), {}, tmp_path / "state")
    assert "STUDYCTL_DEVICE" in error.value.hint
