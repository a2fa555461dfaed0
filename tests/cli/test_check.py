"""`check`: one problem a line, where to look, what to do, and the right exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml
from conftest import CURRICULUM, Studyctl, write_curriculum

HEAD = "title: T\nsummary: S\nhours: 1\n"
LINE = re.compile(r"[^:]+:\d+:\d+: (error|warning|hint): .+ \[[a-z0-9A-Z-]+\]")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the small curriculum beside other things."""
    work = tmp_path / "work"
    write_curriculum(work / "ours", CURRICULUM)
    monkeypatch.chdir(work)
    return work


@pytest.fixture
def alone(studyctl: Studyctl) -> Studyctl:
    studyctl.options = ["--no-builtin"]
    return studyctl


def test_a_clean_curriculum_says_so_on_stderr_only(alone: Studyctl, here: Path):
    told = alone("check", "ours")
    assert (0, "", "no problems in 8 files\n") == (told.code, told.out, told.err)


def test_problems_stand_one_a_line_by_place_and_errors_end_with_3(alone: Studyctl, here: Path):
    long = "a-very-long-name-of-a-topic-that-nobody-has-ever-heard-of-and-that-is-nowhere-to-be-found"
    write_curriculum(
        here / "ours",
        {
            "topics/maths/sums.yaml": f"{HEAD}requires: [{{topic: {long}}}]\nhlps: []\n",
            "topics/code/julia.yaml": HEAD + "helps: [python, python]\n",
        },
    )
    told = alone("check", "ours")
    assert 3 == told.code
    lines = told.out.splitlines()
    assert [
        "ours/topics/code/julia.yaml:4:17: warning: is helped by 'python' twice; keep one of them [repeated]",
        f"ours/topics/maths/sums.yaml:4:20: error: requires '{long}', which no curriculum has [unknown-topic]",
        "ours/topics/maths/sums.yaml:5:1: warning: a topic has no key 'hlps'; did you mean 'helps'? [unknown-key]",
    ] == lines
    assert all(LINE.fullmatch(line) for line in lines)
    assert "1 error, 2 warnings in 8 files\n" == told.err


def test_warnings_alone_end_with_0(alone: Studyctl, here: Path):
    write_curriculum(here / "ours", {"topics/code/julia.yaml": HEAD + "hlps: []\n"})
    told = alone("check", "ours")
    assert (0, "1 warning in 8 files\n") == (told.code, told.err)


def test_json_has_the_same_problems(alone: Studyctl, here: Path):
    write_curriculum(here / "ours", {"topics/code/julia.yaml": HEAD + "kind: concpt\n"})
    told = alone("check", "ours", "--json")
    assert 3 == told.code
    assert {
        "version": 1,
        "files": 8,
        "errors": 1,
        "warnings": 0,
        "hints": 0,
        "problems": [
            {
                "file": "ours/topics/code/julia.yaml",
                "line": 4,
                "column": 7,
                "level": "error",
                "what": "kind is 'concpt'; did you mean 'concept'?",
                "fix": "",
                "rule": "choice",
            }
        ],
    } == told.json


def test_without_a_path_all_loaded_curricula_are_looked_at(small: Studyctl, here: Path, tmp_path: Path):
    write_curriculum(
        small.home / "curriculum", {"topics/mine/own.yaml": HEAD + "requires: [{topic: summs}]\n"}
    )
    told = small("check")
    assert 3 == told.code
    assert "did you mean 'sums'?" in told.out
    assert "in 9 files" in told.err


def test_a_single_file_is_looked_at_among_the_loaded_curricula(small: Studyctl, here: Path):
    write_curriculum(here, {"mine/own.yaml": HEAD + "requires: [{topic: sums}, {topic: summs}]\n"})
    told = small("check", "mine/own.yaml")
    assert [
        "mine/own.yaml:4:35: error: requires 'summs'; did you mean 'sums'? [unknown-topic]"
    ] == told.out.splitlines()
    assert "1 error in 1 file\n" == told.err


def test_a_single_file_has_its_pictures_beside_it(alone: Studyctl, here: Path):
    asks = "exit_test: [{q: 'What is on ![this](media/a.png) here?', a: this}]\n"
    write_curriculum(here, {"mine/own.yaml": HEAD + asks})
    assert (
        "there is no image 'media/a.png'; draw it and keep it in media/ [image]"
        in alone("check", "mine/own.yaml").out
    )
    write_curriculum(here, {"mine/media/a.png": "x"})
    assert "" == alone("check", "mine/own.yaml").out


def test_a_file_or_folder_of_a_loaded_curriculum_tells_only_of_itself(alone: Studyctl, here: Path):
    for topic in ("maths/numbers", "code/julia"):
        write_curriculum(here / "ours", {f"topics/{topic}.yaml": HEAD + "hlps: []\n"})
    alone.options += ["--curriculum", "ours"]
    assert 2 == len(alone("check").out.splitlines())
    for path in ("ours/topics/code", "ours/topics/code/julia.yaml", str(here / "ours/topics/code")):
        told = alone("check", path)
        assert ["ours/topics/code/julia.yaml:4:1"] == [line.split(": ")[0] for line in told.out.splitlines()]


@pytest.mark.parametrize(
    "path",
    ["ours/topics/maths/sums.yaml", "ours/topics/maths", "ours/topics", "ours/tracks", "ours/areas.yaml"],
)
def test_a_part_of_a_folder_that_is_not_loaded_is_looked_at_in_that_folder(
    alone: Studyctl, here: Path, path: str
):
    told = alone("check", path)
    assert (0, "") == (told.code, told.out)
    assert re.fullmatch(r"no problems in \d files?\n", told.err)


def test_several_paths_are_looked_at_together(alone: Studyctl, here: Path):
    write_curriculum(here / "theirs", {"topics/maths/more.yaml": HEAD + "requires: [{topic: sums}]\n"})
    assert 3 == alone("check", "theirs").code
    told = alone("check", "ours", "theirs")
    assert (0, "no problems in 9 files\n") == (told.code, told.err)


def test_a_path_that_is_not_there_or_holds_nothing_is_a_usage_error(alone: Studyctl, here: Path):
    told = alone("check", "oour")
    assert (2, "") == (told.code, told.out)
    assert "there is no file or folder 'oour'" in told.err
    (here / "empty").mkdir()
    assert "'empty' holds no curriculum" in alone("check", "empty").err


def test_a_file_whose_name_is_no_id_is_told(alone: Studyctl, here: Path):
    (here / "My Topic.yaml").write_text(HEAD)
    told = alone("check", "My Topic.yaml")
    assert 3 == told.code
    assert "My Topic.yaml:1:1: error: the file's name 'My Topic.yaml' is no id" in told.out


def test_nothing_in_a_message_can_steer_a_terminal(alone: Studyctl, here: Path):
    folder = here / "ours/topics/ma\x1b[31mths"
    folder.mkdir()
    (folder / "x.yaml").write_text(HEAD)
    write_curriculum(here / "ours", {"topics/code/julia.yaml": HEAD + 'kind: "\\e[2J\\u202ex\\nyz"\n'})
    told = alone("check", "ours")
    assert "\\x1b[31m" in told.out
    assert all(sign.isprintable() or sign == "\n" for sign in told.out)
    assert 3 == len(told.out.splitlines())


def test_a_path_that_is_not_utf8_can_be_shown(alone: Studyctl, here: Path):
    os.mkdir(os.fsencode(here / "ours/topics") + b"/\xff")
    told = alone("check", "ours")
    assert 3 == told.code
    assert "ours/topics/\\udcff:1:1: error" in told.out


def test_on_a_terminal_long_lines_are_wrapped_at_words(alone: Studyctl, here: Path, monkeypatch):
    write_curriculum(
        here / "ours",
        {"topics/maths/sums.yaml": HEAD + "requires: [{topic: number-of-things-that-nobody-counts}]\n"},
    )
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    told = alone("check", "ours")
    lines = told.out.splitlines()
    assert 1 < len(lines)
    assert all(len(line) <= 80 for line in lines)
    assert all(line.startswith("  ") for line in lines[1:])
    assert told.out.replace("\n  ", " ").startswith(
        "ours/topics/maths/sums.yaml:4:20: error: requires 'number-of"
    )


def test_levels_are_coloured_when_colour_is_asked_for(alone: Studyctl, here: Path):
    write_curriculum(here / "ours", {"topics/code/julia.yaml": HEAD + "hlps: []\n"})
    alone.options += ["--color", "always"]
    assert "\x1b[33m\x1b[1mwarning\x1b[0m: a topic has no key" in alone("check", "ours").out


def test_other_commands_say_in_one_line_what_stays_out(small: Studyctl, tmp_path: Path):
    write_curriculum(tmp_path / "small", {"topics/maths/sums.yaml": "title: no\n"})
    told = small("topics")
    assert 0 == told.code
    assert 1 == told.err.count("\n")
    assert "studyctl check" in told.err


def test_checking_needs_no_home_and_makes_none(alone: Studyctl, here: Path):
    alone("check", "ours")
    assert not alone.home.exists()


def test_the_schema_agrees_with_check_about_single_values(alone: Studyctl):
    schema = json.loads(alone.ok("check", "--schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    root = Path(__file__).parent.parent.parent / "curriculum"

    def valid(document: object, part: str = "") -> bool:
        whole = (
            {**schema, **({"$ref": f"#/$defs/files/{part}"} if part else {})}
            if not part
            else {"$defs": schema["$defs"], "$ref": f"#/$defs/files/{part}"}
        )
        return jsonschema.Draft202012Validator(whole).is_valid(document)

    for path in sorted(root.glob("topics/*/*.yaml"))[:40]:
        assert valid(yaml.load(path.read_bytes(), yaml.CSafeLoader)), path
    for path in root.glob("tracks/*.yaml"):
        assert valid(yaml.safe_load(path.read_bytes()), "track"), path
    assert valid(yaml.safe_load((root / "areas.yaml").read_bytes()), "areas")
    assert valid(yaml.load((root / "resources.yaml").read_bytes(), yaml.CSafeLoader), "resources")
    topic = {"title": "T", "summary": "S", "hours": 1}
    assert valid(topic)
    assert valid(
        {"patch": True, "hours": 2, "cards": [{"id": "x", "extra": "more"}, {"id": "y", "drop": True}]}
    )
    card = {"id": "x", "objective": "do", "q": "Where?", "a": "here"}
    assert valid({**topic, "cards": [card]})
    for wrong in (
        {"title": "T", "summary": "S"},
        {**topic, "hours": 0},
        {**topic, "hours": 301},
        {**topic, "titel": "T"},
        {**topic, "kind": "x"},
        {**topic, "practises": {"x": 2}},
        {**topic, "requires": ["x"]},
        {**topic, "any_of": [[]]},
        {**topic, "objectives": [{"id": "Do", "text": "x"}]},
        {**topic, "cards": [{"id": "x", "objective": "do"}]},
        {**topic, "cards": [{**card, "cloze": "{{c1::x}}"}]},
        {**topic, "patch": False, "cards": [{"id": "x", "extra": "more"}]},
    ):
        assert not valid(wrong), wrong
    assert not valid({"a": {"title": "A", "colour": "red"}}, "areas")


def test_check_loads_no_heavy_library(tmp_path: Path):
    code = "import sys; from studyctl.cli import main; main(['--no-builtin', 'check']); print(*sorted({'numpy', 'networkx', 'genanki', 'fsrs', 'rich', 'sqlite3'} & set(sys.modules)))"
    told = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**os.environ, "STUDYCTL_HOME": str(tmp_path)},
    )
    assert "\n" == told.stdout


CARD = "objectives: [{id: o, text: One}]\ncards:\n- {id: c, objective: o, %s}\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (CARD % "cloze: 'The capital is {{c1::Paris::on the Seine}} today.'", "the gap c1 has a hint"),
        (CARD % "cloze: 'It is {{c1::`std::move`}} here, where $a::b$ {{c2::$a::b$}} stands.'", ""),
        (CARD % "q: Which is it?, a: '![x](media/x.png)', typed: true", "holds what nobody can type"),
        (CARD % 'q: Which are they?, a: "- one\\n- two", typed: true', "holds what nobody can type"),
        (CARD % "q: Which is it?, a: 'x - y', typed: true", ""),
    ],
)
def test_what_anki_would_show_otherwise_than_it_is_meant_is_said(
    alone: Studyctl, here: Path, text: str, what: str
):
    write_curriculum(here / "ours", {"topics/maths/sums.yaml": HEAD + text})
    told = alone("check", "ours").out
    lines = [line for line in told.splitlines() if "cloze-hint" in line or "[typed]" in line]
    assert (what in told, bool(what)) == (True, bool(lines)), told


def test_a_patch_of_a_card_that_is_not_there_is_one_problem(alone: Studyctl, here: Path):
    mine = write_curriculum(
        here / "mine", {"topics/maths/numbers.yaml": "patch: true\ncards:\n- {id: after-tow, extra: More}\n"}
    )
    alone.options += ["--curriculum", str(here / "ours"), "--curriculum", str(mine)]
    told = alone("check", "mine")
    assert 3 == told.code
    (line,) = told.out.splitlines()
    assert "changes card 'after-tow', which this topic does not have; did you mean 'after-two'" in line


def test_a_conflict_of_git_is_called_one(alone: Studyctl, here: Path):
    text = HEAD + "<<<<<<< HEAD\nhelps: [python]\n=======\nhelps: []\n>>>>>>> theirs\n"
    write_curriculum(here / "ours", {"topics/maths/sums.yaml": text})
    told = alone("check", "ours")
    assert "sums.yaml:4:1: error: a conflict of git is not settled here" in told.out


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ({"topics/mine/arithmetic.yaml": HEAD}, "'arithmetic' is the id of a track, and of a topic"),
        ({"topics/sums/mine.yaml": HEAD}, "'sums' is the id of a topic, and of an area"),
        (
            {
                "topics/mine/numbers.yaml": "patch: true\nrequires: [{topic: products, why: so, practises: 0.9}]\n"
            },
            "cut numbers requires products",
        ),
    ],
)
def test_what_is_added_gives_way_to_what_was_there(
    alone: Studyctl, here: Path, files: dict[str, str], what: str
):
    mine = write_curriculum(here / "mine", files)
    alone.options += ["--curriculum", str(here / "ours"), "--curriculum", str(mine)]
    told = alone("check", "mine")
    assert (3, True) == (told.code, what in told.out), told.out
    assert "" == alone("check", "ours").out
    topics = {one["id"] for one in alone.ok("topics", "--json").json["topics"]}
    assert {"numbers", "sums", "products"} <= topics
    assert "arithmetic" in alone.ok("tracks").out
    assert 1 == alone.ok("topics", "--json").err.count("stays out")


def test_a_patch_in_a_folder_before_the_one_that_has_the_topic_is_told(studyctl: Studyctl, tmp_path: Path):
    base = write_curriculum(tmp_path / "base", {"areas.yaml": "a: {title: A}\n", "topics/a/one.yaml": HEAD})
    ours = write_curriculum(tmp_path / "ours", {"topics/a/one.yaml": "patch: true\ntitle: Mine\n"})
    options = ["--no-builtin", "--curriculum", str(ours), "--curriculum", str(base)]
    told = studyctl.ok(*options, "check")
    assert "warning: patches 'one', which only a later folder has, and has no effect" in told.out
    assert "patches" not in studyctl.ok(*options[:1], *options[3:], *options[1:3], "check").out
