"""Pictures of the media folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyctl.adapters.pictures import Pictures


@pytest.fixture
def media(tmp_path: Path) -> Path:
    folder = tmp_path / "topics" / "maths" / "media"
    folder.mkdir(parents=True)
    (folder / "wave.svg").write_text("<svg/>")
    (folder / "Photo_1.JPG").write_bytes(b"jpg")
    (folder.parent / "secret.svg").write_text("<svg>secret</svg>")
    return folder


def test_a_picture_is_named_by_its_content(media: Path):
    pictures = Pictures([media])
    name = pictures("media/wave.svg")
    assert name == pictures("./media/wave.svg") == "studyctl-d4dc56669143034f.svg"
    assert str(pictures("media/Photo_1.JPG")).endswith(".jpg")
    assert {name: media / "wave.svg"}.items() <= pictures.files.items()


@pytest.mark.parametrize(
    "name",
    [
        "wave.svg", "media/none.svg", "media/../secret.svg", "media/sub/wave.svg", "/etc/passwd", "media/",
        "https://example.org/media/wave.svg", "media\\wave.svg", "media/.hidden.svg", "media/wave.html", "media/wave",
    ],
)  # fmt: skip
def test_what_is_no_picture_of_the_folder_does_not_exist(media: Path, name: str):
    (media / ".hidden.svg").write_text("<svg/>")
    (media / "wave.html").write_text("<script/>")
    pictures = Pictures([media])
    assert pictures(name) is None
    assert {} == pictures.files


def test_a_link_that_leads_out_of_the_folder_does_not_exist(media: Path):
    (media / "out.svg").symlink_to(media.parent / "secret.svg")
    (media / "in.svg").symlink_to(media / "wave.svg")
    pictures = Pictures([media])
    assert pictures("media/out.svg") is None
    assert pictures("media/in.svg") == pictures("media/wave.svg")


def test_an_empty_file_is_no_picture(media: Path, tmp_path: Path):
    (media / "none.svg").touch()
    assert Pictures([media])("media/none.svg") is None
    (tmp_path / "wave.svg").touch()
    assert Pictures([media, tmp_path])("media/wave.svg") == Pictures([media])("media/wave.svg")


def test_a_later_folder_comes_first(media: Path, tmp_path: Path):
    own = tmp_path / "own"
    own.mkdir()
    (own / "wave.svg").write_text("<svg>mine</svg>")
    assert Pictures([media, own])("media/wave.svg") == Pictures([own])("media/wave.svg")
    assert Pictures([own, media])("media/wave.svg") == Pictures([media])("media/wave.svg")
    assert Pictures([tmp_path / "gone", media])("media/wave.svg")
