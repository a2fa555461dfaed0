"""Which pictures a text names, and which of them are shown."""

from __future__ import annotations

import pytest

from studyctl.core.images import images, media_file, why_not_shown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("![a](media/x.png) `![b](y.png)` ![c](<../z.png>)", ["media/x.png", "../z.png"]),
        ("![d](http://e/f.png 'title') and more", ["http://e/f.png"]),
        ('![d](media/x.png "title")', ["media/x.png"]),
        ("![where $f$ touches `x`](media/x.svg)", ["media/x.svg"]),
        ("![a [b] c](media/x.svg)", ["media/x.svg"]),
        ("![a](media/a b.png) and (more)", ["media/a b.png"]),
        ("![a](<media/a b.png>)", ["media/a b.png"]),
        ("![a](media/a(1).png)", ["media/a(1).png"]),
        (r"![a](media/a\_b.png)", ["media/a_b.png"]),
        (r"\![a](media/x.png) [b](media/y.png)", []),
    ],
)
def test_images_are_found_as_markdown_finds_them_or_as_they_were_meant(text: str, told: list[str]):
    assert told == list(images(text))


@pytest.mark.parametrize("target", ["media/x.png", "./media/x-1_b.SVG"])
def test_own_pictures_with_a_plain_name_are_shown(target: str):
    assert media_file(target) == target.rpartition("/")[2]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("x.png", "is not one of the topic's own media/; it is not shown; copy it to media/"),
        ("media/../secret.png", "is not one of the topic's own media/; it is not shown; copy it to media/"),
        ("media/.hidden.png", "is not one of the topic's own media/; it is not shown; copy it to media/"),
        ("media/a/b.png", "is not one of the topic's own media/; it is not shown; copy it to media/"),
        (r"media/..\secret.png", "is not one of the topic's own media/; it is not shown; copy it to media/"),
        ("media/a b (1).png", "has a name that is not shown; call the file a-b-1-.png, and write media/a-b-1-.png"),
        ("media/kurve-größe.svg", "has a name that is not shown; call the file kurve-gr-e.svg, and write media/kurve-gr-e.svg"),
        ("media/x.pdf", "has a name that is not shown; a picture ends with .svg, .png, .jpg, .gif or .webp"),
        ("media/x", "has a name that is not shown; a picture ends with .svg, .png, .jpg, .gif or .webp"),
    ],
)  # fmt: skip
def test_of_what_is_not_shown_it_is_said_why_and_what_to_do(target: str, why: str):
    assert media_file(target) is None
    assert why == "; ".join(why_not_shown(target))
