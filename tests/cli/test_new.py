"""`new`: a topic or a track begins with a file that explains itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Studyctl, write_curriculum


@pytest.fixture
def mine(studyctl: Studyctl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studyctl:
    """studyctl with a small curriculum of somebody else's, and an own one that does not exist yet."""
    monkeypatch.setenv("STUDYCTL_CURRICULUM", str(write_curriculum(tmp_path / "small")))
    studyctl.options = ["--no-builtin"]
    return studyctl


def test_a_new_topic_passes_check_but_for_what_has_to_be_written(mine: Studyctl):
    told = mine.ok("new", "topic", "maths/knots")
    path = mine.home / "curriculum/topics/maths/knots.yaml"
    assert f"Wrote {path}" in told.out
    assert str(mine.home / "curriculum") in told.err
    checked = mine("check", str(path))
    assert 3 == checked.code
    rules = [line.rsplit(" ", 1)[1] for line in checked.out.splitlines()]
    assert {"[placeholder]"} == set(rules)
    lines = path.read_text().splitlines()
    for line in checked.out.splitlines():
        assert "TODO" in lines[int(line.split(":")[1]) - 1]
    assert sum("TODO" in line for line in lines if not line.startswith("#")) == len(rules)


def test_once_it_is_written_it_is_a_topic(mine: Studyctl):
    mine.ok("new", "topic", "maths/knots", "--title", "Knots & 'links': an introduction")
    path = mine.home / "curriculum/topics/maths/knots.yaml"
    path.write_text(
        path.read_text()
        .replace("q: TODO", "q: Which way does a knot turn?")
        .replace("TODO", "Over and under")
    )
    assert "no problems in 1 file\n" == mine.ok("check", str(path)).err
    assert "Knots & 'links': an introduction" == mine.ok("show", "knots", "--json").json["topic"]["title"]


def test_every_commented_line_of_the_template_is_right_once_its_names_are(mine: Studyctl):
    """Uncomment everything, fill in the names, and check finds nothing."""
    mine.ok("new", "topic", "maths/knots")
    path = mine.home / "curriculum/topics/maths/knots.yaml"
    text = (
        path.read_text()
        .replace("q: TODO", "q: Which way does a knot turn?")
        .replace("TODO", "Over and under")
        .replace("#  - ", "  - ")
        .replace("#    ", "    ")
    )
    text = text.replace("# helps", "helps").replace("# any_of", "any_of")
    for old, new in {
        "derivatives": "sums", "functions-and-relations": "numbers", "python-basics": "python", "julia-basics": "julia",
        "some-book": "book",
    }.items():  # fmt: skip
        text = text.replace(old, new)
    path.write_text(text)
    assert "no problems in 1 file\n" == mine.ok("check", str(path)).err


def test_a_project_has_a_deliverable(mine: Studyctl):
    mine.ok("new", "topic", "code/compiler", "--kind", "project")
    text = (mine.home / "curriculum/topics/code/compiler.yaml").read_text()
    assert "kind: project" in text
    assert "deliverable: TODO" in text
    assert "exit_test" not in text


def test_nothing_is_overwritten(mine: Studyctl):
    mine.ok("new", "topic", "maths/knots")
    path = mine.home / "curriculum/topics/maths/knots.yaml"
    path.write_text("mine")
    told = mine("new", "topic", "maths/knots")
    assert 3 == told.code
    assert f"'knots' is an id already: {path}, which has errors" in told.err
    assert f"studyctl check {path}" in told.err
    assert "mine" == path.read_text()


def test_an_id_of_a_file_that_has_errors_is_refused_with_its_place(mine: Studyctl, tmp_path: Path):
    write_curriculum(
        tmp_path / "small",
        {"topics/knot-theory/braids.yaml": "title: [", "tracks/my-way.yaml": "sections: no"},
    )
    folder = tmp_path / "small"
    for name, place in {
        "maths/braids": f"{folder}/topics/knot-theory/braids.yaml, which has errors",
        "maths/my-way": f"{folder}/tracks/my-way.yaml, which has errors",
        "maths/knot-theory": f"{folder}/topics/knot-theory/",
    }.items():
        told = mine("new", "topic", name)
        assert (3, "") == (told.code, told.out)
        assert f"'{name.partition('/')[2]}' is an id already: {place}" in told.err
    assert "'braids' is an id already" in mine("new", "track", "braids").err
    told = mine("new", "topic", "braids/knots")
    assert 2 == told.code
    assert (
        f"'braids' cannot be the id of an area: it is given, {folder}/topics/knot-theory/braids.yaml"
        in told.err
    )
    assert "is a new area" not in mine.ok("new", "topic", "knot-theory/links").err


def test_a_topic_cannot_have_the_id_of_its_own_area(mine: Studyctl):
    told = mine("new", "topic", "knots/knots")
    assert 3 == told.code
    assert f"'knots' is an id already: {mine.home}/curriculum/topics/knots/" in told.err
    assert not mine.home.exists()


@pytest.mark.parametrize(
    ("name", "place", "hint"),
    [
        ("maths/sums", "topics/maths/sums.yaml", "studyctl show sums"),
        ("maths/arithmetic", "tracks/arithmetic.yaml", "studyctl tracks arithmetic"),
        ("maths/code", "topics/code/", "studyctl topics --area code"),
        ("maths/everything", "a recipe of decks", "choose another id"),
    ],
)
def test_a_refusal_says_where_the_id_is(mine: Studyctl, name: str, place: str, hint: str):
    told = mine("new", "topic", name).err
    assert place in told
    assert hint in told


@pytest.mark.parametrize("name", ["maths/sums", "maths/arithmetic", "maths/code", "maths/everything"])
def test_an_id_that_is_taken_is_refused(mine: Studyctl, name: str):
    told = mine("new", "topic", name)
    assert 3 == told.code
    assert "is an id already" in told.err
    assert not mine.home.exists()


@pytest.mark.parametrize(
    "name",
    ["knots", "maths/Knots", "Maths/knots", "maths/", "/knots", "../x/knots", "maths/a/b", "sums/knots"],
)
def test_a_name_that_is_no_id_is_a_usage_error(mine: Studyctl, name: str):
    assert 2 == mine("new", "topic", name).code
    assert not mine.home.exists()


def test_a_new_area_is_said_with_what_may_have_been_meant(mine: Studyctl):
    told = mine.ok("new", "topic", "math/knots")
    assert "'math' is a new area; did you mean 'maths'?" in told.err


def test_a_given_folder_takes_the_file(small: Studyctl, tmp_path: Path):
    small.ok("new", "topic", "maths/knots")
    assert (tmp_path / "small/topics/maths/knots.yaml").exists()
    assert not small.home.exists()


def test_a_new_track_over_some_topics(mine: Studyctl):
    mine.ok("new", "track", "my-way", "numbers", "prod", "--title", "My way")
    path = mine.home / "curriculum/tracks/my-way.yaml"
    assert "topics: [numbers, products]" in path.read_text()
    assert {"placeholder"} == {one["rule"] for one in mine("check", str(path), "--json").json["problems"]}
    path.write_text(path.read_text().replace("TODO", "For all"))
    assert "no problems in 1 file\n" == mine.ok("check", str(path)).err
    assert "my-way" in mine.ok("tracks").out
    assert 2 == mine("new", "track", "other", "nosuch").code
    assert 3 == mine("new", "track", "my-way").code
