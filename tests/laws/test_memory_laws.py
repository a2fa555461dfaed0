"""What holds of every history: both ways to compute it, every order of arrival, every undoing."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import fsrs
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import DAY, START, Home, answer, everything, line, undone

from studyctl.adapters import history_bulk, history_fold
from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.adapters.journal_reader import Harvest, parse
from studyctl.core.fsrs_arrays import NO_STEP, intervals, recall, replay, waits
from studyctl.core.memory import PARAMETERS, Rating, retrievability
from studyctl.core.time import to_iso

ratings = st.integers(1, 4)
gaps = st.one_of(st.just(0), st.integers(0, 3), st.integers(0, 400), st.integers(-1, 20_000))
answers = st.lists(st.tuples(gaps, ratings), min_size=1, max_size=25)
bounds = fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS
parameters = st.one_of(
    st.just(PARAMETERS), st.tuples(*(st.floats(low, high) for low, high in zip(*bounds, strict=True)))
)


def columns(histories: list[list[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Cards, study days and ratings, as `replay` wants them."""
    rows = []
    for card, history in enumerate(histories):
        day = 20_000
        for gap, rating in history:
            day += gap
            rows.append((card, day, rating))
    return tuple(np.array(rows, np.int64).T)


@given(st.lists(answers, min_size=1, max_size=8), parameters)
def test_arrays_are_py_fsrs(histories, w):
    card, day, rating = columns(histories)
    told = replay(card, day, rating, w)
    scheduler = fsrs.Scheduler(w, enable_fuzzing=False)
    for number in range(len(histories)):
        one = fsrs.Card(card_id=1)
        for when, grade in zip(day[card == number].tolist(), rating[card == number].tolist(), strict=True):
            moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=when)
            one, _ = scheduler.review_card(one, fsrs.Rating(grade), moment)
        assert one.stability == told.stability[number]  # to the last bit, and so to 1e-9
        assert one.difficulty == told.difficulty[number]
        assert (one.state, NO_STEP if one.step is None else one.step) == (
            told.state[number],
            told.step[number],
        )
        wait = waits(told.state, told.step, np.array([rating[card == n][-1] for n in range(len(histories))]))[
            number
        ]
        share = np.full(len(histories), 0.9)
        days = intervals(told.stability, share, w)[number]
        assert (
            one.due - moment == timedelta(milliseconds=int(wait))
            or timedelta(days=int(days)) == one.due - moment
        )


@given(st.lists(answers, min_size=1, max_size=8), st.integers(1, 10))
def test_arrays_stop_where_they_are_told_and_say_so(histories, narrow):
    card, day, rating = columns(histories)
    told = replay(card, day, rating, narrow=narrow)
    widths = [sum(len(history) > rank for history in histories) for rank in range(30)]
    ranks = next(rank for rank, width in enumerate(widths) if width < max(1, narrow))
    assert [min(len(history), ranks) for history in histories] == told.taken.tolist()


@given(answers, st.floats(0.7, 0.99))
def test_the_model_and_the_arrays_agree_on_what_is_due(history, share):
    card, day, rating = columns([history])
    model, memory = FsrsModel(), None
    for place, (when, grade) in enumerate(zip(day.tolist(), rating.tolist(), strict=True)):
        memory = model.after(memory, Rating(grade), ms=START + place, day=when, retention=share)
        told = replay(card[: place + 1], day[: place + 1], rating[: place + 1])
        if memory.due_ms is None:
            assert when + intervals(told.stability, np.array([share]))[0] == memory.due_day
        else:
            assert START + place + waits(told.state, told.step, rating[place : place + 1])[0] == memory.due_ms
        assert told.lapses[0] == memory.lapses


@given(st.floats(0.001, 1e6), st.integers(0, 100_000))
def test_recall_of_arrays_is_recall_of_one(stability, days):
    (told,) = recall(np.array([stability]), np.array([days]))
    assert abs(told - retrievability(stability, days)) <= 1e-9


# lines


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "v": st.sampled_from([1, 1, 1, 1, 2, "1"]),
                "id": st.one_of(st.text(min_size=1, max_size=5), st.sampled_from(["a", "b"])),
                "at": st.sampled_from(
                    ["2026-11-23T20:15:03.120Z", "2026-02-30T20:15:03.120Z", "2026-11-23T20:15Z", "", 7]
                ),
                "offset": st.sampled_from([0, 60, -570, 1440, 5000, True, None]),
                "batch": st.text(max_size=3),
                "do": st.sampled_from(["reviewed", "reviewed", "started", "odd"]),
                "card": st.one_of(st.text(max_size=5), st.sampled_from(["t/a", 'q"\\'])),
                "rating": st.sampled_from([1, 2, 3, 4, 5, 3.0, None]),
            },
            optional={
                "ms": st.sampled_from([0, 7200, 10**9, 10**10, -1, None, 1.5]),
                "model": st.text(max_size=3),
            },
        ),
        max_size=6,
    ),
    st.booleans(),
    st.sampled_from([(", ", ": "), (",", ":")]),
)
def test_usual_lines_are_read_as_json_would_read_them(records, plain, separators):
    text = "".join(json.dumps(one, ensure_ascii=plain, separators=separators) + "\n" for one in records)
    text = text.encode(errors="replace").decode()
    quick, careful = Harvest(), Harvest()
    padding = "\n" * (1 << 14)  # blank lines; so much text is read by the expression
    parse(padding + text, 1 - len(padding), quick)
    for number, one in enumerate(text.split("\n")[:-1], 1):
        parse(one + "\n", number, careful)
    assert rows(careful) == rows(quick)
    assert (careful.others, sorted(careful.damaged), careful.strange) == (
        quick.others, sorted(quick.damaged), quick.strange,
    )  # fmt: skip


def rows(harvest: Harvest) -> list[tuple[Any, ...]]:
    return sorted(row for reviews in harvest.reviews() for row in zip(*reviews, strict=True))


# histories

cards = st.sampled_from(["t/a", "t/b", "u/a", "old/a"])
moments = st.integers(0, 40).map(lambda n: START + n * DAY // 3)  # few, so that some are the same
names = st.integers(0, 12).map(lambda n: f"n{n:02d}")
events = st.one_of(
    st.builds(lambda card, at, rating, ms: line(card=card, at=at, rating=rating, ms=ms), cards, moments, ratings,
              st.none() | st.integers(0, 90_000)),
    st.builds(lambda name, card, at, rating: line(card=card, at=at, rating=rating, id=name), names, cards, moments, ratings),
    st.builds(lambda do, card, at: line(do, at=at, card=card), st.sampled_from(["reset", "suspended", "unsuspended"]),
              cards, moments),
    st.builds(lambda card, at: line("buried", at=at, card=card, until="2026-11-20"), cards, moments),
    st.builds(lambda name, topic, at: line("started", at=at, id=name, topic=topic), names, st.sampled_from("tu"), moments),
    st.builds(lambda ids, at: line("undone", at=at, events=ids), st.lists(names, max_size=3), moments),
    st.builds(lambda card, at, now: line("undone", at=now, reviews=[[card, to_iso(at)]]), cards, moments, moments),
)  # fmt: skip
journals = st.lists(events, max_size=25)


def within(do: Callable[[Path], None]) -> None:
    """Do something in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        do(Path(folder))


def home(folder: Path, *lines: list[dict[str, Any]]) -> Home:
    """A home with one file for each list of lines."""
    made = Home(folder, aliases=({"old": "t"}, {}))
    for number, some in enumerate(lines):
        made.write(*some, name=f"device-{number}.jsonl")
    return made


def fresh(made: Home) -> dict[str, Any]:
    return everything(Home(made.folder, made.device, aliases=made.aliases, cache=None).history())


@given(journals, st.randoms(use_true_random=False), st.integers(1, 4))
@settings(max_examples=150)
def test_the_order_of_files_and_lines_does_not_matter(lines, random, count):
    def law(folder: Path) -> None:
        told = fresh(home(folder / "one", lines))
        mixed = random.sample(lines, len(lines))
        parts = [mixed[start::count] for start in range(count)]
        copies = random.sample(lines, len(lines) // 2)
        assert told == fresh(home(folder / "two", *parts, copies))

    within(law)


@given(st.lists(st.tuples(st.integers(0, 2), events), max_size=20), st.data())
@settings(max_examples=100)
def test_a_cache_that_grew_is_the_fold_from_zero(arrivals, data):
    def law(folder: Path) -> None:
        made = home(folder)
        for device, event in arrivals:
            made.write(event, name=f"device-{device}.jsonl")
            if data.draw(st.booleans()):
                made.history()
            if data.draw(st.integers(0, 9)) == 0:
                (made.files / f"device-{data.draw(st.integers(0, 2))}.jsonl").unlink(missing_ok=True)
        assert fresh(made) == everything(made.history())

    within(law)


@given(journals)
@settings(max_examples=100)
def test_a_few_answers_and_many_are_told_alike(lines):
    def law(folder: Path) -> None:
        told = fresh(home(folder, lines))
        usual, narrow = history_fold.MANY, history_bulk._NARROW
        try:
            history_fold.MANY = 0
            for history_bulk._NARROW in (1, 3):
                assert told == fresh(home(folder))
        finally:
            history_fold.MANY, history_bulk._NARROW = usual, narrow

    within(law)


@given(journals, journals)
@settings(max_examples=75)
def test_two_homes_that_exchange_their_files_agree(one, two):
    def law(folder: Path) -> None:
        desk, laptop = home(folder / "desk"), home(folder / "laptop")
        desk.write(*one, name="desk.jsonl")
        laptop.write(*two, name="laptop.jsonl")
        desk.history(), laptop.history()
        shutil.copy(desk.files / "desk.jsonl", laptop.files)
        shutil.copy(laptop.files / "laptop.jsonl", desk.files)
        assert everything(desk.history()) == everything(laptop.history()) == fresh(desk)

    within(law)


facts = st.lists(
    st.tuples(cards, ratings, st.none() | st.integers(0, 10).map(lambda n: START + n * DAY)),
    min_size=1,
    max_size=4,
)


@given(journals, facts)
@settings(max_examples=75)
def test_undoing_the_last_batch_is_as_if_it_had_never_been(lines, batch):
    def law(folder: Path) -> None:
        made = home(folder, lines)
        history = made.history()
        before = everything(history)
        size = len(made.own.read_bytes()) if made.own.exists() else 0
        events = history.record([answer(card, rating, at) for card, rating, at in batch])
        if len(made.own.read_bytes()) == size:  # all of it was there already
            assert before == everything(history)
            return
        last = history.last_batch()
        new = {event.id for event in events if event.batch} & {event.id for event in last}
        history.record([undone(*last)])
        told = everything(history)
        assert all(history.is_undone(event) for event in last)
        assert told == fresh(made)
        history.record([undone(*last)])  # once more changes nothing
        assert told == everything(history) == everything(made.history())
        if len(new) == len(last):
            assert before == told

    within(law)
