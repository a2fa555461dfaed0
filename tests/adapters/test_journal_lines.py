"""Events as lines: JSON that tells them again, however many there are at once."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from journals import START

from studyctl.adapters import journal_lines
from studyctl.adapters.journal_events import to_event
from studyctl.adapters.journal_lines import to_lines
from studyctl.core.events import Event

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), TEXTS, st.floats(allow_nan=False, allow_infinity=False),
    st.lists(TEXTS, max_size=3), st.dictionaries(TEXTS, st.integers(), max_size=3),
)  # fmt: skip
FACTS = st.dictionaries(st.sampled_from(["card", "note", "a % sign", "über", 'a "quote"']), VALUES)
MOMENTS = st.integers(-(10**12), 4 * 10**12)
EVENTS = st.builds(
    Event, TEXTS, MOMENTS, st.integers(-1440, 1440), TEXTS, st.sampled_from(["reviewed", "d%"]), FACTS
)


def written(events: list[Event]) -> list[str]:
    return b"".join(to_lines(events)).decode().split("\n")[:-1]


@given(st.lists(EVENTS, max_size=6))
def test_lines_tell_their_events_again(events):
    assert events == [to_event(line) for line in written(events)]


@given(st.lists(EVENTS, max_size=6), st.integers(1, 4))
def test_lines_are_the_same_however_they_are_made(events, block):
    alone = [line for event in events for line in written([event])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal_lines, "_MANY", 0)
        patch.setattr(journal_lines, "_BLOCK", block)
        assert alone == written(events)
    for event, line in zip(events, alone, strict=True):
        assert json.dumps(json.loads(line), ensure_ascii=False) == line
        assert list(json.loads(line)) == ["v", "id", "at", "offset", "batch", "do", *event.facts]


def test_half_a_surrogate_is_written_as_json_can():
    event = Event("e", START, 0, "b", "stopped", {"note": "\ud83d"})
    (line,) = written([event])
    assert event == to_event(line)
    assert "\\ud83d" in line
