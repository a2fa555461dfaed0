"""When a note last changed."""

from __future__ import annotations

from studyctl.core.events import Event
from studyctl.core.stamps import Stamp, since, written

NOON = 1_800_000_000_000


def event(at: int, digest: str, note: str = "a/b") -> Event:
    return Event(f"e{at}{note}", at, 0, "batch", "written", {"note": note, "hash": digest})


def test_the_ledger_tells_the_time_of_what_is_as_it_was_shipped():
    times, facts = written({"a/b": "new"}, {"a/b": Stamp(5_000, "new")}, [], NOON)
    assert ({"a/b": 5}, []) == (times, facts)


def test_an_own_note_is_stamped_at_its_first_build_and_never_again():
    times, facts = written({"a/b": "one"}, {}, [], NOON)
    assert {"a/b": NOON // 1000} == times
    (fact,) = facts
    assert ("written", NOON, {"note": "a/b", "hash": "one"}) == (fact.do, fact.at, fact.facts)
    again, facts = written({"a/b": "one"}, {}, [event(NOON, "one")], NOON + 86_400_000)
    assert (times, []) == (again, facts)


def test_a_patched_note_is_newer_than_the_ledger():
    ledger = {"a/b": Stamp(5_000, "shipped")}
    times, facts = written({"a/b": "patched"}, ledger, [], NOON)
    assert ({"a/b": NOON // 1000}, 1) == (times, len(facts))


def test_a_note_whose_patch_is_dropped_is_newer_than_the_patch():
    """Else Anki would keep the patched text: the ledger's time is older than what it has."""
    ledger = {"a/b": Stamp(5_000, "shipped")}
    times, facts = written({"a/b": "shipped"}, ledger, [event(NOON, "patched")], NOON + 60_000)
    assert ({"a/b": NOON // 1000 + 60}, 1) == (times, len(facts))


def test_the_first_of_two_devices_that_stamped_the_same_content_counts():
    events = [event(NOON, "one"), event(NOON + 5_000, "two"), event(NOON + 9_000, "two")]
    times, facts = written({"a/b": "two"}, {}, events, NOON + 20_000)
    assert ({"a/b": NOON // 1000 + 5}, []) == (times, facts)


def test_a_clock_that_goes_backwards_stamps_after_what_is_replaced():
    times, facts = written({"a/b": "two"}, {}, [event(NOON, "one")], NOON - 86_400_000)
    assert NOON + 1000 == facts[0].at
    assert {"a/b": NOON // 1000 + 1} == times
    again, facts = written({"a/b": "two"}, {}, [event(NOON, "one"), event(NOON + 1000, "two")], NOON)
    assert (times, []) == (again, facts)


def test_other_events_and_damaged_ones_say_nothing():
    events = [
        Event("1", NOON, 0, "b", "started", {"topic": "a"}),
        Event("2", NOON, 0, "b", "written", {"note": ["a/b"], "hash": "one"}),
        Event("3", NOON, 0, "b", "written", {"note": "a/b", "hash": 7}),
        Event("4", NOON, 0, "b", "written", {"note": "other/note", "hash": "one"}),
    ]
    times, facts = written({"a/b": "one"}, {}, events, NOON + 1000)
    assert ({"a/b": NOON // 1000 + 1}, 1) == (times, len(facts))


def test_since_is_none_where_nothing_is_known():
    assert since([], "x") is None
    assert since([Stamp(1, "x"), Stamp(2, "y")], "x") is None
