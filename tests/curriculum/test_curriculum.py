"""The built-in curriculum: whole, clean, and reachable from the beginning."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from conftest import Studyctl

from studyctl.adapters.curriculum_files import read

CURRICULUM = Path(__file__).parent.parent.parent / "curriculum"
TOLD, PROBLEMS = read([CURRICULUM])


def test_check_finds_nothing(studyctl: Studyctl):
    told = studyctl("check", "--json").json
    assert [] == [one for one in told["problems"] if one["level"] != "hint"]
    assert told["errors"] == told["warnings"] == 0


def test_every_track_is_closed_in_order():
    """No topic of a track stands before one that it requires, and none is missing."""
    for track in TOLD.tracks.values():
        met: set[str] = set()
        named = set(track.topics)
        for topic in track.topics:
            for need in TOLD.topics[topic].requires:
                assert need.topic in met or need.topic not in named, (
                    f"{track.id}: {topic} before {need.topic}"
                )
            met.add(topic)


def test_a_side_road_is_nothing_that_the_path_needs():
    for track in TOLD.tracks.values():
        needed = closure(track.topics)
        for section in track.sections:
            assert not needed.intersection(section.optional), (track.id, section.title)


def test_first_model_is_the_closure_of_linear_regression():
    assert set(TOLD.tracks["first-model"].topics) == closure(["linear-regression"])


def closure(topics: Iterable[str]) -> set[str]:
    """These topics with everything that they require."""
    met: set[str] = set()
    stack = list(topics)
    while stack:
        topic = stack.pop()
        if topic not in met:
            met.add(topic)
            stack += [need.topic for need in TOLD.topics[topic].requires]
    return met


def test_no_track_is_called_like_a_topic():
    assert not set(TOLD.tracks) & set(TOLD.topics)


def test_every_topic_is_in_an_area_with_a_deck():
    for topic in TOLD.topics.values():
        assert TOLD.areas[topic.area].deck.startswith("studyctl::")
