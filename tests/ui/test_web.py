"""What the page carries is what was published, under its licence."""

from __future__ import annotations

import hashlib

from studyctl.ui.pages import WEB

HASHES = {
    "d3.min.js": "f2094bbf6141b359722c4fe454eb6c4b0f0e42cc10cc7af921fc158fceb86539",
    "plot.umd.min.js": "4358086467740777dd788d6b27a95cebdbaefdd50c730a3060117073bd7134cb",
}


def test_the_libraries_are_untouched():
    assert HASHES == {name: hashlib.sha256((WEB / name).read_bytes()).hexdigest() for name in HASHES}


def test_their_licences_lie_beside_them():
    told = (WEB / "LICENSES.txt").read_text()
    assert "d3 7.9.0" in told
    assert "@observablehq/plot 0.6.17" in told
    assert 2 <= told.count("Permission to use, copy, modify")


def test_nothing_in_them_could_end_its_script():
    for path in WEB.glob("*.js"):
        assert "</script" not in path.read_text().lower()
