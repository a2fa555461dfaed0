"""What holds for every deck and every history of changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyctl.adapters.package import package
from studyctl.core.events import Event
from studyctl.core.notes import NOTE_TYPES, Look, Note, short_hash
from studyctl.core.stamps import Stamp, written

LOOKS = dict.fromkeys(NOTE_TYPES, Look("{{Front}}", "{{Back}}", "")) | {
    "cloze": Look("{{cloze:Text}}", "{{cloze:Text}}", "")
}
TIMES = {it.name: 1 for it in NOTE_TYPES.values()}


def note(number: int, kind: str, deck: str) -> Note:
    fields = (f"{{{{c1::{number}}}}}", "", "", "", "", f"t/{number}", "", "")
    return Note(f"t/{number}", f"guid{number}", kind, fields, (0,), ("a",), f"studyctl::{deck}", number)


notes = st.lists(
    st.builds(note, st.integers(0, 200), st.sampled_from(sorted(NOTE_TYPES)), st.sampled_from("ABC")),
    unique_by=lambda one: one.id, max_size=12,
)  # fmt: skip


@given(notes.flatmap(lambda one: st.tuples(st.just(one), st.permutations(one))))
def test_the_order_in_which_notes_come_changes_no_byte(both: tuple[list[Note], list[Note]]):
    one, other = both
    times = TIMES | {made.id: 7 for made in one}
    assert package(one, LOOKS, times) == package(other, LOOKS, times)


hashes = st.sampled_from(["one", "two", "three"])
steps = st.lists(st.tuples(hashes, st.integers(-5_000, 500_000)), min_size=1, max_size=12)


@given(steps, st.none() | hashes)
def test_a_new_time_is_told_exactly_when_the_content_is_new(
    history: list[tuple[str, int]], shipped: str | None
):
    """A learner who builds and imports after each step sees each change, and no update without one."""
    ledger = {} if shipped is None else {"t/c": Stamp(1_000_000_000, shipped)}
    events: list[Event] = []
    now = 2_000_000_000
    in_anki: tuple[int, str] | None = None
    for digest, passed in history:
        now += passed
        times, facts = written({"t/c": digest}, ledger, events, now)
        for fact in facts:
            assert fact.at is not None
            events.append(Event(str(len(events)), fact.at, 0, "b", fact.do, fact.facts))
        if in_anki is not None:
            assert (times["t/c"] > in_anki[0]) == (digest != in_anki[1])
        in_anki = times["t/c"], digest
        again, none = written({"t/c": digest}, ledger, events, now + 10_000)
        assert (times, []) == (again, none)


@given(st.lists(st.text(max_size=4), max_size=5), st.lists(st.text(max_size=4), max_size=5))
def test_different_fields_have_different_hashes(one: list[str], other: list[str]):
    if len(one) == len(other) and "\x1f" not in "".join(one + other):
        assert (one == other) == (short_hash(one) == short_hash(other))
