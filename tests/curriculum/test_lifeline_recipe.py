"""The lifeline that is shipped is the one that the command would choose."""

from __future__ import annotations

from studyctl.cli.deck_lifeline import recipe


def test_the_lifeline_is_up_to_date():
    path, text = recipe()
    assert path.read_text("utf-8") == text, "run: studyctl deck lifeline"
