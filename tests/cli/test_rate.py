"""`rate`: one answer, or many from another program."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest
from conftest import NOW, Studyctl

from studyctl.core.time import from_iso, to_iso


def stdin(small: Studyctl, *lines: Any, now: str | None = None) -> tuple[int, list[dict[str, Any]]]:
    """The exit code and the answers of `rate --stdin`."""
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines)
    told = small("rate", "--stdin", stdin=text, now=now)
    return told.code, [json.loads(line) for line in told.out.splitlines()]


def journal(small: Studyctl) -> list[dict[str, Any]]:
    path = small.home / "journal" / "desk.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.usefixtures("plain_days")
def test_a_rating_says_when_the_card_comes_back(small):
    assert "numbers/after-two: good, back in 10 min" in small.ok("rate", "numbers/after-two", "good").out
    assert (
        "numbers/after-two: easy, back in 4 days, on 27 Nov"
        in small.ok("rate", "numbers/after-two", "easy").out
    )
    assert "numbers/after-three: hard, back in 6 min" in small.ok("rate", "numbers/after-three", "hard").out


@pytest.mark.usefixtures("plain_days")
def test_a_rating_is_answered_in_json(small, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    import time

    time.tzset()
    told = small.ok("rate", "numbers/after-two", "good", "--seconds", "7.2", "--json").json
    assert {
        "version": 1,
        "card": "numbers/after-two",
        "rating": "good",
        "at": "2026-11-23T20:00:00.000Z",
        "due": "2026-11-23T21:10:00.000+01:00",
        "stability": 2.3065,
        "difficulty": 2.118103970459016,
    } == told
    assert (60, 7200, "fsrs-6") == tuple(journal(small)[0][key] for key in ("offset", "ms", "model"))
    again = small.ok("rate", "numbers/after-two", "easy", "--json").json
    assert "2026-11-27T04:00:00.000+01:00" == again["due"]


def test_a_card_in_review_is_due_at_the_beginning_of_its_day_also_when_the_clock_is_put_back(
    small, monkeypatch
):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    import time

    time.tzset()
    told = small.ok("rate", "numbers/after-two", "easy", "--json", now="2026-10-20T20:00:00Z").json
    assert "2026-10-28T04:00:00.000+01:00" == told["due"]


def test_every_line_is_answered_and_a_bad_one_does_not_stop_the_rest(small):
    code, told = stdin(
        small,
        {"card": "numbers/after-two", "rating": "good"},
        "nonsense",
        {"card": "numbers/after-tow", "rating": "good"},
        "",
        {"card": "numbers/after-three", "rating": "again", "seconds": 3},
    )
    assert 1 == code
    assert ["numbers/after-two", None, None, "numbers/after-three"] == [one.get("card") for one in told]
    assert [2, 3] == [one["line"] for one in told if "error" in one]
    assert "did you mean 'numbers/after-two'" in told[2]["error"]
    assert 2 == len(journal(small))
    assert 1 == len({one["batch"] for one in journal(small)})


@pytest.mark.parametrize(
    ("wish", "what"),
    [
        ("[]", "no object"),
        ("[" * 50_000, "no JSON"),
        ({"rating": "good"}, "'card' is missing"),
        ({"card": "numbers/after-two"}, "'rating' is missing"),
        ({"card": 7, "rating": "good"}, "'card' is no text"),
        ({"card": "numbers/after-two", "rating": 3}, "'rating' is no text"),
        ({"card": "numbers/after-two", "rating": "goood"}, "no rating 'goood'; did you mean 'good'?"),
        ({"card": "numbers/after-two", "rating": "good", "at": "noon"}, "'noon' is no moment"),
        ({"card": "numbers/after-two", "rating": "good", "at": "2026-02-30T00:00Z"}, "2026-02-30"),
        ({"card": "numbers/after-two", "rating": "good", "at": "1969-01-01T00:00Z"}, "before 1970"),
        ({"card": "numbers/after-two", "rating": "good", "at": "2035-01-01T10:00+00:00"}, "has not been yet"),
        ({"card": "numbers/after-two", "rating": "good", "at": 7}, "'at' is no text"),
        ({"card": "numbers/after-two", "rating": "good", "seconds": "7"}, "'seconds' is no number"),
        ({"card": "numbers/after-two", "rating": "good", "seconds": -1}, "cannot take -1 seconds"),
        ('{"card": "numbers/after-two", "rating": "good", "seconds": NaN}', "cannot take nan seconds"),
        ({"card": "numbers/after-two", "rating": "good", "seconds": 1e300}, "cannot take 1e+300 seconds"),
        ({"card": "numbers/after-two", "rating": "good", "seconds": 10**400}, "cannot take 1000"),
        (
            {"card": "numbers/after-two", "rating": "good", "secs": 1},
            "unknown key 'secs'; did you mean 'seconds'?",
        ),
        ({"card": "\ud800", "rating": "good"}, "no card"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it(small, wish, what):
    code, (told,) = stdin(small, wish)
    assert (1, 1) == (code, told["line"])
    assert what in told["error"]
    assert [] == journal(small)


def test_a_mark_that_the_input_is_utf8_is_no_fault(small, monkeypatch):
    class Bytes:
        buffer = io.BytesIO(b'\xef\xbb\xbf{"card": "numbers/after-two", "rating": "good"}\n')

    monkeypatch.setattr("studyctl.cli.rate.sys.stdin", Bytes)
    from studyctl.cli.rate import _lines, _wish

    assert ["numbers/after-two"] == [_wish(line).card for _, line in _lines()]


def test_a_line_that_is_no_utf8_is_only_a_bad_line(small, monkeypatch):
    class Bytes:
        buffer = io.BytesIO(b'{"card": "\xff"}\n{"card": "numbers/after-two", "rating": "good"}\n')

    monkeypatch.setattr("studyctl.cli.rate.sys.stdin", Bytes)
    from studyctl.cli.rate import _lines, _wish
    from studyctl.core.problems import UsageError

    (_, bad), (number, good) = _lines()
    with pytest.raises(UsageError, match="no UTF-8"):
        _wish(bad)
    assert (2, "numbers/after-two") == (number, _wish(good).card)


def test_the_same_answer_at_the_same_moment_is_answered_again_and_not_recorded_twice(small):
    wish = {"card": "numbers/after-two", "rating": "good", "at": "2026-11-20T20:00:00+01:00"}
    code, told = stdin(small, wish, wish)
    _, again = stdin(small, wish)
    assert 0 == code
    assert told[0] == told[1] == again[0]
    assert "2026-11-20T19:00:00.000Z" == told[0]["at"]
    assert (1, 60) == (len(journal(small)), journal(small)[0]["offset"])


def test_an_answer_that_has_not_been_yet_is_refused_but_clocks_may_differ_by_a_minute(small):
    told = small("rate", "numbers/after-two", "good", "--at", "2026-11-23T20:01:01+00:00")
    assert (2, "") == (told.code, told.out)
    assert "2026-11-23T20:01:01+00:00 has not been yet" in told.err
    assert [] == journal(small)
    small.ok("rate", "numbers/after-two", "good", "--at", "2026-11-23T20:01:00+00:00")
    assert "2026-11-23T20:01:00.000Z" == journal(small)[0]["at"]


def test_an_answer_that_was_undone_is_not_given_again_at_the_same_moment(small):
    at = ("--at", "2026-11-20T20:00Z")
    small.ok("rate", "numbers/after-two", "good", *at)
    small.ok("undo")
    told = small("rate", "numbers/after-two", "good", *at)
    assert 2 == told.code
    assert "was undone" in told.err
    small.ok("rate", "numbers/after-two", "good")


def test_answers_that_come_late_find_their_place(small):
    for day in (20, 14, 17):
        small.ok("rate", "numbers/after-two", "good", "--at", f"2026-11-{day}T20:00Z")
    (late,) = [one for one in small.ok("cards", "--json").json["cards"] if one["reviews"]]
    small.home = small.home.with_name("other")
    small.monkeypatch.setenv("STUDYCTL_HOME", str(small.home))
    for day in (14, 17, 20):
        small.ok("rate", "numbers/after-two", "good", "--at", f"2026-11-{day}T20:00Z")
    assert [late] == [one for one in small.ok("cards", "--json").json["cards"] if one["reviews"]]


def test_answers_in_one_millisecond_are_told_apart(small):
    _, told = stdin(small, *[{"card": "numbers/after-two", "rating": "good"}] * 3)
    assert [to_iso(from_iso(NOW) + n) for n in range(3)] == [one["at"] for one in told]


def test_a_card_that_was_renamed_is_rated_under_its_name_of_today(small, tmp_path):
    path = tmp_path / "small" / "topics" / "maths" / "numbers.yaml"
    small.ok("rate", "numbers/after-two", "good")
    path.write_text(path.read_text().replace("id: after-two,", "id: three, was: [after-two],"))
    told = small.ok("rate", "numbers/after-two", "good", "--json").json
    assert ("numbers/three", 2) == (told["card"], len(journal(small)))
    (card,) = [one for one in small.ok("cards", "--json").json["cards"] if one["reviews"]]
    assert ("numbers/three", 2) == (card["id"], card["reviews"])


@pytest.mark.parametrize(
    ("card", "what"),
    [
        ("numbers/after-tow", "no card 'numbers/after-tow'; did you mean 'numbers/after-two'"),
        ("numbrs/after-two", "did you mean 'numbers/after-two'"),
        ("after-two", "no card 'after-two'"),
        ("sums/parts", "its cards are sums/parts.c1, sums/parts.c2"),
        ("sums/parts.c3", "no card 'sums/parts.c3'; did you mean 'sums/parts.c"),
        ("../../etc/passwd", "no card '../../etc/passwd'"),
        ("", "no card ''"),
        ("numbers/gone", "card 'numbers/gone' was retired"),
    ],
)
def test_a_card_that_does_not_exist_says_what_is_near(small, tmp_path, card, what):
    path = tmp_path / "small" / "topics" / "maths" / "numbers.yaml"
    path.write_text(path.read_text() + "retired: [gone]\n")
    told = small("rate", card, "good")
    assert 2 == told.code
    assert what in told.err
    assert [] == journal(small)


def test_a_card_whose_topic_has_vanished_says_so(small, tmp_path):
    small.ok("rate", "numbers/after-two", "good")
    for name in ("numbers", "sums", "products"):
        (tmp_path / "small" / "topics" / "maths" / f"{name}.yaml").unlink()
    (tmp_path / "small" / "tracks" / "arithmetic.yaml").unlink()
    told = small("rate", "numbers/after-two", "good")
    assert "topic 'numbers' of card 'numbers/after-two' is not in the curriculum any more" in told.err


@pytest.mark.parametrize(
    "args", [(), ("numbers/after-two",), ("numbers/after-two", "good", "--stdin"), ("--stdin", "--at", NOW)]
)
def test_a_call_that_makes_no_sense_is_a_usage_error(small, args):
    told = small("rate", *args)
    assert 2 == told.code
    assert "try: studyctl rate" in told.err


def test_a_full_disk_records_nothing_and_says_so(small):
    (small.home / "journal").mkdir(parents=True)
    (small.home / "journal" / "desk.jsonl").symlink_to("/dev/full")
    for args in (("rate", "numbers/after-two", "good"), ("rate", "--stdin")):
        told = small(*args, stdin='{"card": "numbers/after-two", "rating": "good"}\n')
        assert (1, "") == (told.code, told.out)
        assert "nothing was recorded" in told.err
        assert "No space left" in told.err


def test_stdin_may_be_closed(small):
    command = [sys.executable, "-m", "studyctl", *small.options, "rate", "--stdin"]
    told = subprocess.run(
        ["sh", "-c", '"$@" <&-', "sh", *command], capture_output=True, text=True, check=False
    )
    assert 2 == told.returncode
    assert "there is no stdin" in told.stderr


def test_each_line_is_answered_before_the_next_is_read(small):
    """Whoever drives it may wait for an answer before asking again."""
    process = subprocess.Popen(
        [sys.executable, "-m", "studyctl", *small.options, "rate", "--stdin"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        env=os.environ | {"STUDYCTL_NOW": NOW},
    )  # fmt: skip
    for number in range(3):
        process.stdin.write(json.dumps({"card": "numbers/after-two", "rating": "good"}) + "\n")
        process.stdin.flush()
        assert "numbers/after-two" == json.loads(process.stdout.readline())["card"]
        assert number + 1 == len(journal(small))
    process.stdin.close()
    assert 0 == process.wait(30)
    process.stdout.close()


def test_a_rating_loads_nothing_that_is_heavy(small):
    small.ok("rate", "numbers/after-two", "good")
    code = f"""if True:
        import sys
        from studyctl.cli import main
        assert not main([*{small.options!r}, "rate", "numbers/after-two", "good"])
        heavy = {{"numpy", "rich", "networkx", "genanki", "yaml", "pygments", "markdown_it", "importlib.metadata"}}
        assert not heavy & set(sys.modules), heavy & set(sys.modules)
    """
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


# undo


def test_undo_takes_back_command_after_command_and_shows_what(small):
    small.ok("start", "numbers")
    small.ok("rate", "numbers/after-two", "good")
    stdin(
        small, {"card": "numbers/after-two", "rating": "again"}, {"card": "sums/parts.c1", "rating": "easy"}
    )
    first = small.ok("undo", "--dry-run").out
    assert first.startswith("Would take back:")
    told = small.ok("undo").out
    assert first.replace("Would take back", "Taken back") == told
    assert "numbers/after-two: again" in told
    assert "sums/parts.c1: easy" in told
    assert "numbers/after-two: good" in small.ok("undo").out
    assert "started numbers" in small.ok("undo").out
    assert "nothing to undo" in small.ok("undo").out
    assert 7 == len(journal(small))
    assert all(one["state"] == "new" for one in small.ok("topics", "--json").json["topics"])
    assert not any(one["reviews"] for one in small.ok("cards", "--json").json["cards"])


def test_undo_of_much_is_no_wall_of_text(small):
    stdin(
        small,
        *(
            {"card": "numbers/after-two", "rating": "good", "at": f"2026-11-20T20:{n}Z"}
            for n in range(10, 40)
        ),
    )
    told = small.ok("undo").out.splitlines()
    assert 12 == len(told)
    assert "  and 20 more" == told[-1]


def test_undo_never_touches_what_another_device_recorded(small):
    small.ok("rate", "numbers/after-two", "good")
    small.monkeypatch.setenv("STUDYCTL_DEVICE", "laptop")
    assert "nothing to undo" in small.ok("undo").out


def test_undo_on_an_empty_home_writes_nothing(small):
    assert "nothing to undo" in small.ok("undo").out
    assert not small.home.exists()


def test_undo_shows_events_of_any_kind_without_steering_the_terminal(small):
    small.ok("rate", "numbers/after-two", "good")
    path = small.home / "journal" / "desk.jsonl"
    strange = {
        "v": 1,
        "id": "z",
        "at": "2026-11-23T20:00:00.000Z",
        "offset": 0,
        "batch": "z",
        "do": "\x1b[31m",
        "x": "\x07",
    }
    with path.open("a") as file:
        file.write(json.dumps(strange) + "\n")
    told = small.ok("undo").out
    assert "[31m: x" in told
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "numbers/after-two" in small.ok("undo").out


# several devices


def test_two_homes_that_exchange_their_files_by_copying_show_the_same(small, tmp_path):
    homes = [tmp_path / "desk", tmp_path / "laptop"]
    for number, home in enumerate(homes):
        small.monkeypatch.setenv("STUDYCTL_HOME", str(home))
        small.monkeypatch.setenv("STUDYCTL_DEVICE", home.name)
        small.ok("rate", "numbers/after-two", "good")  # in the same millisecond on both
        small.ok("rate", "numbers/after-two", "easy", "--at", f"2026-11-2{number}T20:00Z")
        small.ok("know", ["numbers", "python"][number])
        small.ok("cards", "--suspend", "sums/parts.c1")
        small.ok("rate", "sums/parts.c2", "again")
        small.ok("undo")
    for one, other in (homes, homes[::-1]):
        shutil.copy(one / "journal" / f"{one.name}.jsonl", other / "journal")
    told = []
    for home in homes:
        small.monkeypatch.setenv("STUDYCTL_HOME", str(home))
        told.append(
            [
                small.ok(*args).out
                for args in (("cards", "--json"), ("topics", "--json"), ("status", "--json"))
            ]
        )
    assert told[0] == told[1]
    (card,) = [one for one in json.loads(told[0][0])["cards"] if one["reviews"]]
    assert 3 == card["reviews"]


@pytest.mark.parametrize("damage", [b"", b"garbage" * 1000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_a_damaged_cache_is_rebuilt_in_silence(small, tmp_path, damage):
    small.ok("rate", "numbers/after-two", "good")
    before = small.ok("cards", "--json")
    (cache,) = (tmp_path / "cache").glob("*.sqlite")
    cache.write_bytes(damage)
    assert before == small.ok("cards", "--json")
