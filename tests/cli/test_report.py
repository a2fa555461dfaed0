"""`report`: the week as an agenda, and everything as JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

import evenings
import pytest
from conftest import Studyctl, write_curriculum
from evenings import Subject
from layered import layered
from learner import write
from markdown_it import MarkdownIt

from studyctl.core import comeback

TOPICS, CARDS, DAYS = 30, 4, 200


@pytest.fixture
def life(studyctl: Studyctl, tmp_path: Path) -> Studyctl:
    """Somebody who has studied for 200 days."""
    outline = layered(60, areas=3, seed=2)
    world = write(tmp_path / "world", outline, CARDS)
    lines = [outline.lines[number] for number in outline.order[:TOPICS]]
    subjects = [
        Subject(line.id, min(line.hours, 2.0), [f"{line.id}/c{card}" for card in range(CARDS)])
        for line in lines
    ]
    evenings.write(studyctl.home, subjects, [(0, "all", None)], days=DAYS)
    studyctl.options = ["--no-builtin", "--curriculum", str(world)]
    studyctl.now = evenings.NOW
    return studyctl


def week(studyctl: Studyctl, *words: str, **how: str):
    return studyctl.ok("report", "--week", "--json", *words, **how).json["week"]


def test_the_numbers_of_a_week_add_up(life: Studyctl):
    told = week(life)
    assert ("2026-11-17", "2026-11-23", 7) == (told["first"], told["last"], told["days"])
    hours = told["hours"]
    assert hours["spent"] == pytest.approx(hours["study"] + hours["reviews"])
    assert hours["planned"] == pytest.approx(hours["planned_study"] + hours["planned_reviews"])
    assert hours["study"] == pytest.approx(sum(area["study"] for area in told["areas"]))
    assert hours["planned_study"] == pytest.approx(sum(area["planned"] for area in told["areas"]))
    for area in told["areas"]:
        assert area["spent"] == pytest.approx(sum(row["spent"] for row in area["topics"]))
    ledger = told["drift"]["ledger"]
    moved = sum(one["hours"] for one in ledger["entries"])
    assert ledger["hours_left"] == pytest.approx(ledger["hours_left_before"] + moved)


def test_a_week_agrees_with_the_log_and_with_the_answers(life: Studyctl):
    told = week(life)
    days = [one for one in life.ok("log", "--json").json["days"] if one["date"] >= told["first"]]
    assert told["hours"]["study"] == pytest.approx(sum(one["hours"] for one in days), abs=1e-3)
    answers = [one for one in life.ok("export").json["reviews"] if one["at"] >= "2026-11-17T04:00"]
    assert told["reviews"]["answers"] == len(answers)
    minutes = sum(min(one["ms"], 60_000) for one in answers) / 60_000
    assert told["hours"]["reviews"] == pytest.approx(minutes / 60)


def test_the_first_morning_is_told_as_it_was_that_morning(life: Studyctl, tmp_path: Path):
    """What a report says of the past is what a report had said then, when the journal ended there."""
    told = week(life, "--since", "2026-10-20")
    path = life.home / "journal" / "desk.jsonl"
    whole = path.read_text()
    early = [line for line in whole.splitlines() if json.loads(line)["at"] < "2026-10-20T04"]
    path.write_text("\n".join(early) + "\n")
    then = week(life, now="2026-10-20T04:00:00+00:00")
    path.write_text(whole)
    assert then["drift"]["ledger"]["hours_left"] == pytest.approx(
        told["drift"]["ledger"]["hours_left_before"]
    )
    assert then["goals"][0]["finish"] == told["goals"][0]["finish_before"]


def test_every_form_has_the_same_numbers(life: Studyctl, tmp_path: Path):
    told = week(life)
    screen = life.ok("report", "--week").out
    markdown = life.ok("report", "--week", "--md", "-").out
    page = life.ok("report", "--week", "--html", "-").out
    for text in (screen, markdown, page):
        assert f"{told['hours']['spent']:.1f}" in text
        assert f"{100 * told['reviews']['recalled']:.0f} % recalled" in re.sub(r"\s+", " ", text)
        assert told["decision"]["question"].split()[0] in text
        for one in told["learnt"]:
            assert one["topic"].removeprefix("t") in text
    assert json.loads(re.search(r'id="data">(.*?)</script>', page)[1]) == {"week": told}


def test_the_whole_report_agrees_with_the_other_commands(life: Studyctl):
    told = life.ok("report", "--json").json
    status = life.ok("status", "--json").json
    status.pop("version")
    assert told["status"] == status
    forecast = life.ok("forecast", "--json").json
    assert (forecast["load"], forecast["if_you_stop"], forecast["first_to_go"]) == (
        told["load"],
        told["if_you_stop"],
        told["first_to_go"],
    )
    plan = life.ok("plan", "--json").json
    assert (plan["finish"], plan["finish_between"]) == (
        told["burn_up"]["finish"],
        told["burn_up"]["finish_between"],
    )
    assert told["recall"]["all"]["past"][-1]["recall"] == pytest.approx(status["recall"])
    export = life.ok("export").json["retention"]
    assert [one["recalled"] for one in export["calibration"]] == [
        one["recalled"] for one in told["retention"]["calibration"]
    ]
    days = sum(one["spent"] for one in told["days"])
    assert days == pytest.approx(sum(one["spent"] for one in told["weeks"]))
    assert told["burn_up"]["learnt"] == told["burn_up"]["past"][-1]["learnt"] <= told["burn_up"]["total"]


def test_what_goes_on_begins_where_the_past_ends(life: Studyctl):
    told = life.ok("report", "--json").json["recall"]
    for one in [told["all"], *told["areas"]]:
        assert one["past"][-1]["recall"] == pytest.approx(one["if_you_stop"][0]["recall"])
        ahead = [point["recall"] for point in one["if_you_stop"]]
        assert ahead == sorted(ahead, reverse=True)
    cards = sum(one["past"][-1]["cards"] for one in told["areas"])
    assert told["all"]["past"][-1]["cards"] == cards


def test_the_same_state_gives_the_same_bytes(life: Studyctl):
    for words in (["report", "--json"], ["report", "--html", "-"], ["report", "--week", "--md", "-"]):
        assert life.ok(*words).out == life.ok(*words).out


def test_a_break_is_looked_for_once(small: Studyctl, monkeypatch: pytest.MonkeyPatch):
    asked: list[int] = []
    gap = comeback.gap
    monkeypatch.setattr(comeback, "gap", lambda days, today: asked.append(today) or gap(days, today))
    small.ok("report", "--html", "-")
    assert 1 == len(asked)


def test_the_screen_has_plots_and_fits_its_width(life: Studyctl):
    told = life.ok("report").out
    for head in ("Hours of the goals", "Recall of all cards", "Reviews ahead", "Every day"):
        assert head in told
    assert all(len(line) <= 80 for line in told.splitlines())
    assert "\x1b" not in told


def test_days_that_are_none_are_refused(small: Studyctl):
    for since in ("soon", "2026-13-01", "2027-01-01", "1990-01-01"):
        told = small("report", "--since", since)
        assert (2, "") == (told.code, told.out), since
        assert "try:" in told.err
    assert 2 == small("report", "--md", "-", "--html", "-").code
    assert 2 == small("report", "--md", "-", "--json").code


def test_a_file_that_cannot_be_written_is_said(small: Studyctl, tmp_path: Path):
    for option in ("--md", "--html"):
        told = small("report", option, str(tmp_path / "no" / "where"))
        assert 2 == told.code
        assert "error: " in told.err
        assert "Traceback" not in told.err


def test_files_are_written_and_nothing_is_said_on_stdout(small: Studyctl, tmp_path: Path):
    small.ok("know", "sums")
    told = small.ok("report", "--md", str(tmp_path / "w.md"), "--html", str(tmp_path / "w.html"))
    assert "" == told.out
    assert (tmp_path / "w.md").read_text().startswith("# Week of study: ")
    assert (tmp_path / "w.html").read_text().startswith("<!doctype html>")


def test_an_empty_home_has_a_report_as_well(small: Studyctl):
    for words in ([], ["--week"], ["--json"], ["--md", "-"], ["--html", "-"]):
        assert small.ok("report", *words).out
    assert not small.home.exists()
    assert "goal" == week(small)["decision"]["kind"]


def test_a_week_without_a_goal_says_what_was_done(small: Studyctl):
    small.ok("log", "numbers", "90")
    told = week(small)
    assert 1.5 == told["hours"]["spent"]
    assert told["drift"]["ledger"] is None
    assert [] == told["goals"]


def test_a_goal_that_is_reached_was_learnt_and_not_dropped(small: Studyctl):
    small.ok("goal", "add", "sums", now="2026-11-10T20:00:00+00:00")
    small.ok("know", "sums")
    told = week(small)["drift"]["ledger"]
    assert 0.0 == told["hours_left"]
    assert ["learnt"] == [one["what"] for one in told["entries"] if one["hours"]]


def test_a_topic_that_faded_in_the_week_and_one_that_was_rescued_are_told(small: Studyctl):
    small.ok("know", "sums", now="2026-06-01T20:00:00+00:00")
    cards = [one["id"] for one in small.ok("cards", "--json").json["cards"] if one["available"]]
    for minute, card in enumerate(cards):
        small.ok("rate", card, "good", "--at", f"2026-06-01T20:1{minute}:00Z")
        small.ok("rate", card, "good", "--at", f"2026-06-01T20:4{minute}:00Z")
    days = {
        one["id"]: one["knowledge"]["fades_on"]
        for one in small.ok("topics", "--json", now="2026-06-02T20:00:00+00:00").json["topics"]
    }
    assert days["numbers"]
    after = f"{days['numbers']}T20:00:00+00:00"
    faded = week(small, now=after)["faded"]
    assert ["numbers"] == [one["topic"] for one in faded if one["topic"] == "numbers"]
    assert all(one["now"] < 0.70 <= one["before"] for one in faded)
    evening = after.replace("T20", "T21")
    for minute, card in enumerate(cards):
        small.ok("rate", card, "easy", "--at", f"{days['numbers']}T20:2{minute}:00Z", now=evening)
    later = week(small, "--since", days["numbers"], now=evening)
    assert "numbers" in [one["topic"] for one in later["rescued"]]


HOSTILE = "<script>alert(1)</script>|`x`[y](javascript:z)*_"


def test_nothing_from_a_curriculum_or_a_note_becomes_markup(studyctl: Studyctl, tmp_path: Path):
    files = {
        "areas.yaml": f"odd: {{title: {json.dumps(HOSTILE)}}}\n",
        "topics/odd/strange.yaml": f"title: {json.dumps(HOSTILE)}\nsummary: Odd. One can look.\nhours: 3\n",
        "topics/odd/stranger.yaml": "title: Stranger\nsummary: Odd. One can look.\nhours: 3\nrequires: [{topic: strange, why: so}]\n",
    }
    studyctl.options = ["--no-builtin", "--curriculum", str(write_curriculum(tmp_path / "odd", files))]
    studyctl.ok("goal", "add", "stranger")
    studyctl.ok("start", "stranger", now="2026-11-23T18:00:00+00:00")
    studyctl.ok(
        "stuck", "--because", "strange", "--note", f"{HOSTILE}\x1b[31m", now="2026-11-23T19:00:00+00:00"
    )
    page = studyctl.ok("report", "--html", "-").out
    assert "<script>alert" not in page
    assert page.count("<script") == 4 == page.count("</script>")
    markdown = studyctl.ok("report", "--md", "-").out
    rendered = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    assert not re.findall(r"<(script|a|img|del)\b", rendered)
    assert "<code>x</code>" not in rendered
    assert "\x1b" not in studyctl.ok("report", "--week").out + markdown


def test_an_anonymous_report_says_nothing_of_ones_own(studyctl: Studyctl, tmp_path: Path):
    own = write_curriculum(
        tmp_path / "own",
        {
            "areas.yaml": "secretarea: {title: Secret Title Area}\n",
            "topics/secretarea/secret-topic.yaml": """
                title: Secret Title
                summary: Secret. One can look.
                hours: 3
                requires: [{topic: naive-sets, why: so}]
                objectives: [{id: do, text: Do it}]
                cards: [{id: secret-card, objective: do, q: "What is secret about this?", a: all}]
                """,
            "tracks/secret-track.yaml": "title: Secret\nsections: [{title: All, topics: [secret-topic, naive-sets]}]\n",
        },
    )
    studyctl.options = ["--curriculum", str(own)]
    before = "2026-11-10T20:00:00+00:00"
    studyctl.ok("goal", "add", "secret-track", "--by", "2026-11-24", now=before)
    studyctl.ok("know", "naive-sets", now=before)
    studyctl.ok("start", "secret-topic", now="2026-11-23T18:00:00+00:00")
    studyctl.ok("stuck", "--because", "naive-sets", "--note", "secret note", now="2026-11-23T19:00:00+00:00")
    studyctl.ok("rate", "secret-topic/secret-card", "again")
    for words in (["--json"], ["--week", "--json"], ["--md", "-"], ["--html", "-"], ["--week"], []):
        told = studyctl.ok("report", "--anonymous", *words).out
        assert "secret" not in told.lower(), re.findall(r".{40}secret.{40}", told.lower())[:3]
        assert "own-t" in told
    assert "secret-topic" in studyctl.ok("report", "--json").out
    assert "naive-sets" in studyctl.ok("report", "--anonymous", "--json").out


def test_a_map_in_clusters_is_anonymous_too(studyctl: Studyctl, tmp_path: Path):
    topics = {
        f"topics/{area}/secret-{area[-1]}{number}.yaml": f"title: Secret {number}\nsummary: Secret. One can look.\nhours: 3\n"
        for area in ("secret-a", "secret-b")
        for number in range(40)
    }
    names = ", ".join(Path(name).stem for name in topics)
    files = {
        "areas.yaml": "secret-a: {title: Secret A}\nsecret-b: {title: Secret B}\n",
        "tracks/secret-track.yaml": f"title: Secret\nsections: [{{title: All, topics: [{names}]}}]\n",
    }
    own = write_curriculum(tmp_path / "own", files | topics)
    studyctl.options = ["--no-builtin", "--curriculum", str(own)]
    studyctl.ok("goal", "add", "secret-track")
    page = studyctl.ok("report", "--anonymous", "--html", "-").out
    assert 2 == page.count('class="cluster"')
    assert "secret" not in page.lower()
    assert 'data-area="secret-a"' in studyctl.ok("report", "--html", "-").out


def test_a_goal_of_a_clock_that_is_ahead_breaks_nothing(small: Studyctl):
    small.ok("goal", "add", "sums", now="2027-03-01T20:00:00+00:00")
    assert small.ok("report").out
    told = small.ok("report", "--json").json["burn_up"]
    assert (["2026-11-23"], 6.0) == ([one["date"] for one in told["past"]], told["total"])


def test_side_roads_are_among_the_hours_of_a_goal_that_wants_them(small: Studyctl):
    track = Path(small.options[-1]) / "tracks/roads.yaml"
    track.write_text("title: Roads\nsections: [{title: All, topics: [numbers], optional: [julia]}]\n")
    small.ok("goal", "add", "roads", "--side-roads")
    told = small.ok("report", "--json").json["burn_up"]
    assert told["total"] == told["ahead"][-1]["likely"] == 7.0


def test_days_that_were_away_already_are_not_added_again(small: Studyctl):
    small.ok("goal", "add", "products", now="2026-11-10T20:00:00+00:00")
    small.ok("away", "2026-12-01", "2026-12-10", now="2026-11-10T20:00:00+00:00")
    small.ok("away", "2026-12-01", "2026-12-13")
    assert 3 == week(small)["drift"]["away_days"]


def test_hours_that_there_were_are_without_days_away_that_were_said_later(small: Studyctl):
    small.ok("away", "2026-11-18", "2026-11-22", now="2026-11-18T09:00:00+00:00")
    assert 6 * 2 / 7 == pytest.approx(week(small)["hours"]["available"])


def test_weeks_away_say_nothing_against_the_hours_a_week(small: Studyctl):
    small.ok("goal", "add", "products", now="2026-10-20T20:00:00+00:00")
    small.ok("away", "2026-11-03", "2026-11-16", now="2026-10-20T20:00:00+00:00")
    for day in ("10-26", "10-28", "10-30", "11-02"):
        small.ok("log", "numbers", "120", now=f"2026-{day}T20:00:00+00:00")
    told = week(small, now="2026-11-22T20:00:00+00:00")
    assert told["hours"]["planned"] > 2
    assert 0 == told["hours"]["spent"]
    assert "hours" != told["decision"]["kind"]


def test_where_all_is_parked_nothing_is_said_to_be_reached_or_learnt(small: Studyctl):
    small.ok("goal", "add", "sums")
    for topic in ("numbers", "python", "julia"):
        small.ok("park", topic)
    assert "reached" not in small.ok("next").out
    assert "studyctl topics --state parked" in small.ok("next").out
    assert "parked" == week(small)["decision"]["kind"]


def test_one_answer_of_one_card_is_told_as_one(small: Studyctl):
    small.ok("know", "numbers", "--only")
    small.ok("rate", "numbers/after-two", "good")
    assert "1 answer, 1 card for the first time." in small.ok("report", "--week").out
    page = small.ok("report", "--html", "-").out
    assert not re.findall(r"\b1 (?:answers|cards|days|hours|topics|weeks)\b", page)
