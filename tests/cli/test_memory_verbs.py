"""forecast, maintain, comeback, tune and export on a learner's life of half a year."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import Studyctl
from lives import CARDS, DAYS, TOPICS, at, lines, live

from studyctl.adapters.fsrs_model import FsrsModel
from studyctl.core.memory import PARAMETERS, Rating

END = date.fromisoformat(at(DAYS)[:10])


@pytest.fixture
def life(studyctl: Studyctl, tmp_path: Path) -> Studyctl:
    return live(studyctl, tmp_path)


# forecast


def test_what_is_left_falls_and_lies_in_its_interval(life: Studyctl):
    told = life.ok("forecast", "--stop", "--json").json["if_you_stop"]
    assert 6 == len(told)
    usable = [one["topics_usable"] for one in told]
    assert usable == sorted(usable, reverse=True)
    for one in told:
        assert one["topics_usable_low"] <= one["topics_usable"] <= one["topics_usable_high"]
        assert one["topics_usable"] + one["topics_faded"] == one["topics_learnt"] == TOPICS
        assert sum(one["areas"].values()) == one["topics_usable"] == one["tracks"]["all"]
    assert [1, 3, 6, 12, 24, 60] == [
        12 * (date.fromisoformat(one["date"]).year - END.year)
        + date.fromisoformat(one["date"]).month
        - END.month
        for one in told
    ]


def test_a_forecast_has_an_interval_from_refits(life: Studyctl):
    pytest.importorskip("fsrs_rs_python")
    told = life.ok("forecast", "--days", "200", "--json").json
    assert "refits" == told["interval_from"]
    assert all(week["minutes_low"] < week["minutes"] < week["minutes_high"] for week in told["load"])
    assert told == life.ok("forecast", "--days", "200", "--json").json
    assert "between" in life.ok("forecast").out


def test_the_load_is_the_same_wherever_it_is_told(life: Studyctl):
    told = life.ok("forecast", "--json").json["load"]
    assert told == life.ok("forecast", "--stop", "--json").json["load"]
    assert told == life.ok("report", "--json").json["load"]


def test_without_the_library_the_interval_is_assumed_and_says_so(life: Studyctl, monkeypatch):
    monkeypatch.setattr("studyctl.adapters.fsrs_fit.can_fit", lambda: False)
    told = life.ok("forecast", "--json").json
    assert "assumed" == told["interval_from"]
    assert all(week["minutes_low"] < week["minutes"] < week["minutes_high"] for week in told["load"])
    assert "assumes" in life.ok("forecast").out


def test_a_topic_without_cards_is_told_as_a_guess(life: Studyctl):
    folder = Path(life.options[-1])
    path = next(folder.glob("topics/*/t3.yaml"))
    path.write_text(path.read_text().partition("cards:")[0])
    told = life.ok("topics", "--json").json["topics"]
    known = next(one["knowledge"] for one in told if one["id"] == "t3")
    assert known["guess"]
    assert "guess" in life.ok("topics").out
    assert "a guess" in life.ok("why", "t3").out
    assert "guess" in life.ok("forecast", "--stop").out
    assert 1 == life.ok("forecast", "--json").json["if_you_stop"][0]["topics_guessed"]


def test_why_a_topic_says_when_it_would_fade(life: Studyctl):
    known = life.ok("why", "t3", "--json").json["knowledge"]
    assert known["recall_low"] < known["recall"] < known["recall_high"]
    assert known["fades_on"] > END.isoformat()
    assert "if reviews stopped today" in life.ok("why", "t3").out


def test_a_topic_was_learnt_on_the_day_that_it_was_there_and_then(studyctl: Studyctl):
    studyctl.ok("know", "naive-sets", now="2026-08-10T04:30:00+02:00")  # a new day there, elsewhere not
    fades = [
        studyctl.ok("why", "naive-sets", "--json", now=now).json["knowledge"]["fades_on"]
        for now in ("2026-08-11T12:00:00+02:00", "2026-08-11T12:00:00+00:00", "2026-08-11T12:00:00-05:00")
    ]
    assert 1 == len(set(fades)), fades


def test_what_was_learnt_before_is_on_the_alarm_list(life: Studyctl):
    life.ok("know", "t3", "--once", "2016")
    (told,) = life.ok("status", "--json").json["learnt_again"]
    assert ("t3", 2, 1) == (told["topic"], told["learnt"], told["forgotten"])
    assert told["fades_on"] > END.isoformat()
    assert "t3 learnt twice" in life.ok("status").out
    assert "Learnt twice already" in life.ok("forecast", "--stop").out or told["fades_on"] > "2027"


# maintain


def test_a_few_minutes_a_week_keep_more_than_nothing(life: Studyctl):
    told = life.ok("maintain", "--minutes-per-week", "5", "--json").json
    assert told["recall_without"] < told["recall_with"]
    assert told["topics_without"] <= told["topics_usable"] <= TOPICS
    assert told["minutes_per_day"] == pytest.approx(5 / 7)
    recalls = [one["recall"] for one in told["curve"]]
    assert recalls == sorted(recalls)
    screen = life.ok("maintain").out
    assert "by minutes a week" in screen
    assert "▸ 20 min" in screen


def test_maintenance_offers_just_its_minutes_until_it_is_off(life: Studyctl):
    later = at(DAYS + 9)
    before = life.ok("next", "--json", now=later).json["reviews"]["due"]
    life.ok("maintain", "on", "--minutes-per-day", "1", now=later)
    reviews = life.ok("next", "--json", now=later).json["reviews"]
    assert 0 < reviews["due"] < before
    assert reviews["minutes"] <= 1
    assert "maintenance" in life.ok("next", now=later).out
    due = [one["id"] for one in life.ok("cards", "--state", "due", "--json", now=later).json["cards"]]
    for card in due[: reviews["due"] + 1]:
        life.ok("rate", card, "good", "--seconds", "20", now=later)
    assert 0 == life.ok("next", "--json", now=later).json["reviews"]["due"]
    assert 0 < life.ok("next", "--json", now=at(DAYS + 10)).json["reviews"]["due"]
    life.ok("maintain", "off", now=later)
    assert reviews["due"] < life.ok("next", "--json", now=later).json["reviews"]["due"]
    life.ok("undo", now=later)
    assert 0 == life.ok("next", "--json", now=later).json["reviews"]["due"]


def test_the_cards_that_gain_most_come_first(life: Studyctl):
    from studyctl.cli.review import _candidates, _due
    from studyctl.cli.workspace import Options, Workspace
    from studyctl.core.session import Moment

    later = at(DAYS + 60)
    life.ok("maintain", "on", "--minutes-per-week", "4", now=later)
    work = Workspace(Options((life.options[-1],), builtin=False, now=later))
    candidates = list(_candidates(work, None))
    queue = _due(work, candidates, Moment(work.now.ms, work.today), None, ahead=False)
    work.close()
    assert 0 < len(queue) < sum(one.memory is not None for one in candidates)
    assert all(one.memory for one in queue)  # no new ones


@pytest.mark.parametrize(
    "words",
    [
        ("--minutes-per-day", "0"),
        ("--minutes-per-week", "0"),
        ("--minutes-per-day", "-3"),
        ("--minutes-per-day", "nan"),
        ("--minutes-per-day", "inf"),
        ("--minutes-per-day", "1441"),
        ("--minutes-per-day", "3", "--minutes-per-week", "20"),
        ("--minutes-per-day", "3", "--years", "0"),
        ("on", "--minutes-per-day", "0"),
    ],
    ids=" ".join,
)
def test_minutes_that_are_none_are_refused(life: Studyctl, words):
    told = life("maintain", *words)
    assert 2 == told.code
    assert "try: " in told.err
    assert life.ok("maintain", "--json").json["on"] is False


def test_without_cards_there_is_nothing_to_keep(small: Studyctl):
    assert "nothing to keep" in small.ok("maintain").out
    assert 0 == small.ok("maintain", "--json").json["cards_kept"]


# comeback


def test_next_offers_a_way_back_after_two_weeks_and_not_before(life: Studyctl):
    assert life.ok("next", "--json", now=at(DAYS + 13)).json["comeback"] is None
    away = life.ok("next", "--json", now=at(DAYS + 100)).json["comeback"]
    assert away["cards"] > 20
    assert "Welcome back" in life.ok("next", now=at(DAYS + 100)).out
    assert "studyctl comeback" in life.ok("status", now=at(DAYS + 100)).out


def test_a_comeback_tells_hours_and_a_date_and_asks_each_area_first(life: Studyctl):
    when = at(DAYS + 300)
    told = life.ok("comeback", "--json", now=when).json
    assert 301 == told["away"]["days"]
    assert told["backlog"]["clear_by"] > when[:10]
    areas = {one["area"] for one in told["areas"]}
    assert 3 == len(areas)
    assert all(one["believed"] < one["predicted"] for one in told["areas"])
    assert 3 * len(areas) == len(told["probe"])
    assert told["survived"] or told["again"]
    screen = life.ok("comeback", now=when).out
    assert "Welcome back, after 10 months" in screen
    assert "studyctl review --minutes 15" in screen


def test_what_a_probe_finds_corrects_its_area_and_no_other(life: Studyctl):
    when = at(DAYS + 300)
    before = life.ok("comeback", "--json", now=when).json
    area = before["areas"][0]["area"]
    topics = {one["id"]: one["area"] for one in life.ok("topics", "--json", now=when).json["topics"]}
    for card in before["probe"]:
        if topics[card.partition("/")[0]] == area:
            life.ok("rate", card, "again", now=when)
    after = {one["area"]: one for one in life.ok("comeback", "--json", now=when).json["areas"]}
    assert 3 == after[area]["probed"]
    assert after[area]["believed"] < before["areas"][0]["believed"]
    others = {one["area"]: one["believed"] for one in before["areas"]}
    assert all(one["believed"] == others[name] for name, one in after.items() if name != area)


def test_without_a_break_there_is_nothing_to_come_back_from(life: Studyctl):
    told = life.ok("comeback", now=at(DAYS + 2)).out
    assert "There is nothing to come back from: you were here in the last two weeks." in told
    assert life.ok("comeback", "--json", now=at(DAYS + 2)).json["away"] is None


def test_why_there_is_nothing_to_come_back_from(small: Studyctl):
    later = "2028-11-23T20:00:00+00:00"
    small.ok("know", "numbers")
    assert "no card was seen yet" in small.ok("comeback", now=later).out
    small.ok("rate", "numbers/after-two", "good")
    small.ok("maintain", "on", "--minutes-per-day", "5", now=later)
    assert "maintenance is on" in small.ok("comeback", now=later).out


def test_a_clock_set_back_a_year_harms_nothing(life: Studyctl):
    for words in (
        ["next"],
        ["comeback"],
        ["forecast"],
        ["forecast", "--stop"],
        ["maintain"],
        ["status"],
        ["topics"],
    ):
        told = life.ok(*words, now=at(DAYS - 365))
        assert "Traceback" not in told.err


# tune


def test_a_log_of_three_answers_is_too_short_and_nothing_changes(small: Studyctl):
    small.ok("know", "numbers")
    for day in (20, 21, 22):
        small.ok("rate", "numbers/after-two", "good", "--at", f"2026-11-{day}T20:00:00Z")
    journal = (small.home / "journal/desk.jsonl").read_bytes()
    told = small("tune", "--adopt")
    assert 1 == told.code
    assert "too few" in told.err
    assert journal == (small.home / "journal/desk.jsonl").read_bytes()


@pytest.fixture
def harder(studyctl: Studyctl, tmp_path: Path) -> Studyctl:
    """A learner who forgets three times as fast as the defaults believe."""
    pytest.importorskip("fsrs_rs_python")
    return live(studyctl, tmp_path, harder=3.0)


def test_without_a_yes_nothing_is_adopted(harder: Studyctl):
    told = harder.ok("tune", "--json").json
    assert not told["adopted"]
    assert list(PARAMETERS) == told["in_force"]
    assert told["better"]
    assert told["scores"]["own"]["log_loss"] < told["scores"]["default"]["log_loss"]
    assert "better than the defaults" in harder.ok("tune").out
    assert not (harder.home / "journal/desk.jsonl").exists()


def test_adopted_parameters_tell_every_memory_and_undo_takes_them_back(harder: Studyctl):
    before = harder.ok("cards", "--json").json["cards"]
    told = harder.ok("tune", "--adopt", "--json").json
    assert told["adopted"]
    assert told["parameters"] == told["in_force"] == harder.ok("export").json["parameters"]
    after = harder.ok("cards", "--json").json["cards"]
    model, memory = FsrsModel(told["parameters"]), None
    for line in map(json.loads, lines(DAYS, harder=3.0)):
        if line["do"] == "reviewed" and line["card"] == "t3/c1":
            ms = date.fromisoformat(line["at"][:10]).toordinal() * 86_400_000
            memory = model.after(memory, Rating(line["rating"]), ms=ms, day=ms // 86_400_000)
    one = next(card for card in after if card["id"] == "t3/c1")
    assert one["stability"] == pytest.approx(memory.stability, rel=1e-9)
    assert before != after
    rated = harder.ok("rate", "t3/c1", "good", "--json").json
    ms = END.toordinal() * 86_400_000
    assert rated["stability"] == pytest.approx(
        model.after(memory, Rating.GOOD, ms=ms, day=END.toordinal()).stability, rel=1e-9
    )
    harder.ok("undo")
    harder.ok("undo")
    assert before == harder.ok("cards", "--json").json["cards"]
    assert list(PARAMETERS) == harder.ok("export").json["parameters"]


def test_a_cache_made_anew_tells_the_same_under_adopted_parameters(
    harder: Studyctl, tmp_path: Path, monkeypatch
):
    harder.ok("tune", "--adopt")
    told = harder.ok("cards", "--json").out
    topics = harder.ok("topics", "--json").json["topics"]
    monkeypatch.setenv("STUDYCTL_CACHE", str(tmp_path / "another"))
    assert told == harder.ok("cards", "--json").out
    assert topics == harder.ok("topics", "--json").json["topics"]


@pytest.mark.parametrize("parameters", [[], [0.1] * 19, [9e9] * 21, "x", None, [0.0] * 21])
def test_parameters_of_another_device_that_are_none_are_not_used(life: Studyctl, parameters):
    before = life.ok("cards", "--json").out
    line = {"v": 1, "id": "z1", "at": "2025-05-01T00:00:00.000Z", "offset": 0, "batch": "z1", "do": "tuned"}
    (life.home / "journal/other.jsonl").write_text(
        json.dumps(line | {"parameters": parameters, "answers": 9}) + "\n"
    )
    assert before == life.ok("cards", "--json").out


def test_parameters_that_arrive_late_take_their_place_in_time(life: Studyctl):
    def tuned(name: str, when: str, stability: float) -> None:
        line = {"v": 1, "id": name, "at": when, "offset": 0, "batch": name, "do": "tuned", "answers": 9}
        parameters = [stability, *PARAMETERS[1:]]
        (life.home / f"journal/{name}.jsonl").write_text(json.dumps(line | {"parameters": parameters}) + "\n")

    tuned("b", "2025-06-01T00:00:00.000Z", 0.5)
    assert 0.5 == life.ok("export").json["parameters"][0]
    tuned("a", "2025-05-01T00:00:00.000Z", 0.4)
    assert 0.5 == life.ok("export").json["parameters"][0]
    tuned("c", "2025-06-02T00:00:00.000Z", 0.6)
    assert 0.6 == life.ok("export").json["parameters"][0]


def test_desired_retention_is_told_with_its_cost_by_area(life: Studyctl):
    pytest.importorskip("fsrs_rs_python")
    told = life.ok("tune", "--json").json["desired_retention"]
    rows = {one["retention"]: one["minutes_per_week"] for one in told if one["area"] is None}
    assert rows[0.8] < rows[0.9] < rows[0.95]
    assert {one["area"] for one in told} - {None} == {"area-0", "area-1", "area-2"}
    folder = life.home / "config.yaml"
    folder.write_text("desired_retention: {default: 0.9, area-1: 0.8}\n")
    due = {one["id"]: one["due"] for one in life.ok("cards", "--json").json["cards"]}
    folder.write_text("desired_retention: 0.9\n")
    areas = {one["id"]: one["area"] for one in life.ok("topics", "--json").json["topics"]}
    for one in life.ok("cards", "--json").json["cards"]:
        if areas[one["topic"]] == "area-1":
            assert due[one["id"]] >= one["due"]
        else:
            assert due[one["id"]] == one["due"]


@pytest.mark.parametrize("share", ["1.0", "0.2", "{default: 1.0}", "{area-1: 0.2}"])
def test_a_desired_retention_that_no_card_can_have_is_refused(life: Studyctl, share):
    told = life("config", "set", "desired_retention", share)
    assert told.code in {1, 2}
    assert "retention" in told.err


# export


def test_an_export_holds_everything_and_follows_its_schema(life: Studyctl):
    import jsonschema

    life.ok("rate", "t3/c1", "good")
    told = life.ok("export").json
    schema = life.ok("export", "--schema").json
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(told, schema)
    reviews = sum('"reviewed"' in line for line in lines(DAYS)) + 1
    assert reviews == len(told["reviews"]) == told["retention"]["answers"]
    assert TOPICS == len(told["topics"]) == len(told["events"])
    assert TOPICS * CARDS == len(told["cards"])


def test_an_empty_export_follows_the_schema_too(small: Studyctl):
    import jsonschema

    jsonschema.validate(small.ok("export").json, small.ok("export", "--schema").json)
    assert 1 == len(small.ok("export", "--csv").out.splitlines())


def test_the_csv_is_what_the_optimiser_reads(life: Studyctl, tmp_path: Path):
    path = tmp_path / "revlog.csv"
    assert str(path) in life.ok("export", "--csv", "-o", str(path), "--dry-run").out
    assert not path.exists()
    life.ok("export", "--csv", "-o", str(path))
    told = list(csv.DictReader(path.read_text().splitlines()))
    assert ["card_id", "review_time", "review_rating", "review_state", "review_duration"] == list(told[0])
    assert len(told) == sum('"reviewed"' in line for line in lines(DAYS))
    times = [int(row["review_time"]) for row in told]
    assert times == sorted(times)
    assert {"1", "2", "3", "4"} >= {row["review_rating"] for row in told}
    assert all(row["review_state"] == "0" for row in told[:1])


def test_a_folder_that_is_not_there_is_said(life: Studyctl):
    assert 2 == life("export", "-o", "/nowhere/at/all.json").code
    assert 2 == life("export", "--csv", "--schema").code


# reviews that are strange


def test_reviews_out_of_order_twice_in_the_future_and_of_cards_that_are_gone(life: Studyctl):
    journal = life.home / "journal/phone.jsonl"
    rows = journal.read_text().splitlines()
    strange = [
        {"card": "t3/c1", "at": (END + timedelta(days=900)).isoformat() + "T20:00:00.000Z"},
        {"card": "gone/card", "at": "2025-03-01T20:00:00.000Z"},
        {"card": "gone/card", "at": "2025-04-01T20:00:00.000Z"},
        {"card": "t3/c2", "at": "2025-01-06T20:00:00.000Z"},
    ]
    for number, one in enumerate(strange):
        name = f"s{number}"
        rows.append(
            json.dumps({"v": 1, "id": name, "offset": 0, "batch": name, "do": "reviewed", "rating": 3, **one})
        )
    journal.write_text("\n".join([*reversed(rows), rows[100]]) + "\n")
    for words in (
        ["forecast", "--json"], ["forecast", "--stop"], ["maintain", "--json"], ["comeback"], ["export"],
        ["topics", "--json"], ["status"], ["why", "t3"], ["why", "t3/c1"], ["tune", "--json"],
    ):  # fmt: skip
        if words[0] != "tune" or __import__("importlib").util.find_spec("fsrs_rs_python"):
            life.ok(*words)
    cards = {one["id"] for one in life.ok("export").json["cards"]}
    assert "gone/card" in cards


def test_after_a_break_review_asks_what_fits_a_first_session_and_no_wall(life: Studyctl):
    from studyctl.cli.review import _candidates, _due
    from studyctl.cli.workspace import Options, Workspace
    from studyctl.core.session import Moment

    later = at(DAYS + 300)
    told = life.ok("comeback", "--json", now=later).json
    work = Workspace(Options((life.options[-1],), builtin=False, now=later))
    candidates, now = list(_candidates(work, None)), Moment(work.now.ms, work.today)
    queue = _due(work, candidates, now, None, ahead=False)
    short = _due(work, candidates, now, None, ahead=False, minutes=3)
    work.close()
    assert len(short) < len(queue) < told["backlog"]["cards"]
    assert told["probe"] == [one.card for one in queue[: len(told["probe"])]]


def test_turning_maintenance_on_and_off_can_be_read_by_scripts(life: Studyctl):
    on = life.ok("maintain", "on", "--minutes-per-day", "3", "--json").json
    assert (True, 3) == (on["on"], round(on["minutes_per_day"], 6))
    off = life.ok("maintain", "off", "--json").json
    assert (False, off["recall_with"]) == (off["on"], life.ok("maintain", "--json").json["recall_with"])
