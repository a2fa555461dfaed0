"""Reading curricula: places, patches, folders, and everything that can be wrong with a file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import CURRICULUM, write_curriculum

from studyctl.adapters.curriculum_files import read
from studyctl.adapters.curriculum_folder import LARGEST, scan
from studyctl.core.curriculum import Curriculum
from studyctl.core.links import RECIPES
from studyctl.core.problems import Level, Problem

HEAD = "title: T\nsummary: S\nhours: 1\n"


def said(folder: Path, problems: tuple[Problem, ...]) -> list[str]:
    return [str(one).removeprefix(f"{folder}/") for one in problems if one.level is not Level.HINT]


def of(folder: Path, files: dict[str, str]) -> tuple[Curriculum, list[str]]:
    write_curriculum(folder, files)
    curriculum, problems = read([folder])
    return curriculum, said(folder, problems)


def test_a_curriculum_is_read_into_values_that_know_their_places(tmp_path: Path):
    curriculum, problems = of(tmp_path, CURRICULUM)
    assert [] == problems
    assert ["numbers", "products", "sums", "julia", "python"] == list(curriculum.topics)
    sums = curriculum.topics["sums"]
    assert (4.0, "maths", "concept") == (sums.hours, sums.area, sums.kind)
    (need,) = sums.requires
    assert ("numbers", 0.5, "sums are made of numbers") == (need.topic, need.practises, need.why)
    assert (f"{tmp_path}/topics/maths/sums.yaml", 4, 20) == need.place
    assert ["sums/two-and-two", "sums/parts.c1", "sums/parts.c2"] == [
        name for card in sums.cards for name, _ in card.cards()
    ]
    assert (("python", "julia"),) == curriculum.topics["products"].any_of
    assert ("numbers", "sums", "products") == curriculum.tracks["arithmetic"].topics
    assert "studyctl::Maths" == curriculum.areas["maths"].deck
    assert 2020 == curriculum.resources["book"].year


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        (
            "title: no",
            "1:8: error: title: YAML reads 'no' as true or false, and text is due; write 'no' in quotes [plain-scalar]",
        ),
        (
            "title: 012",
            "1:8: error: title: YAML reads '012' as a number, and text is due; write '012' in quotes [plain-scalar]",
        ),
        (
            "title: 12:30",
            "1:8: error: title: YAML reads '12:30' as a number, and text is due; write '12:30' in quotes [plain-scalar]",
        ),
        (
            "title: 2026-01-01",
            "1:8: error: title: YAML reads '2026-01-01' as a date, and text is due; write '2026-01-01' in quotes [plain-scalar]",
        ),
        (
            "title: 5.44",
            "1:8: error: title: YAML reads '5.44' as a number, and text is due; write '5.44' in quotes [plain-scalar]",
        ),
        ("title: ~", "1:8: error: title is empty; write the text, or leave the key out [type]"),
        ("title:", "1:7: error: title is empty; write the text, or leave the key out [type]"),
        ("title: !!python/name:os.system x", "1:8: error: title has the tag"),
        ("title: [a]", "1:8: error: title is a list, not a text [type]"),
        ("helps: [x, on]", "1:12: error: item 2 of helps: YAML reads 'on' as true or false"),
        ("practises: {off: 1}", "1:13: error: a key: YAML reads 'off' as true or false"),
        ("hours: 1:30", "1:8: error: hours is written '1:30', which YAML reads in another way than people"),
        ("hours: 010", "1:8: error: hours is written '010', which YAML reads in another way than people"),
        ("hours: '6'", "1:8: error: hours: '6' is text, and a number is due; write 6 without quotes [type]"),
        ("hours: 0", "1:8: error: hours is 0, not a number above 0 up to 300 [range]"),
        ("hours: .inf", "1:8: error: hours is .inf, not a number above 0 up to 300 [range]"),
        ("hours: .NaN", "1:8: error: hours is .NaN, not a number above 0 up to 300 [range]"),
        ("hours: many", "1:8: error: hours is 'many', not a number above 0 up to 300 [type]"),
        ("practises: {x: 1.5}", "1:16: error: practises.x is 1.5, not a number from 0 to 1 [range]"),
        ("kind: concpet", "1:7: error: kind is 'concpet'; did you mean 'concept'? [choice]"),
        ("kind: x", "1:7: error: kind is 'x', not concept or reading or project [choice]"),
        ("requires: numbers", "1:11: error: requires is 'numbers', not a list [type]"),
        (
            "requires: [numbers]",
            "1:12: error: item 1 of requires is 'numbers', not keys and values (topic, why, practises, …) [type]",
        ),
        ("requires: [{why: x}]", "1:12: error: the requirement has no topic; add topic: [missing]"),
        ("any_of: [[]]", "1:10: error: item 1 of any_of is an empty list"),
        (
            "objectives: [{id: Do It, text: x}]",
            "1:19: error: id is 'Do It', not small letters, digits and single hyphens",
        ),
        ("summery: x", "1:1: warning: a topic has no key 'summery'; did you mean 'summary'? [unknown-key]"),
        (
            "title: a\ntitle: b",
            "2:1: error: 'title' stands here twice, first in line 1; keep one of them [duplicate-key]",
        ),
        (
            "helps: &x [a]\nretired: *x",
            "error: an alias stands for another value; write the value out [alias]",
        ),
        (
            "project: {<<: {a: b}, deliverable: x, pass: y}",
            "1:11: error: a merge key takes its values from elsewhere",
        ),
        ("? [a]\n: b", "1:3: error: a key is a list, not a text [type]"),
        (
            "title: a: b",
            "1:9: error: a colon stands where none can stand; put a text that contains ': ' in quotes [yaml]",
        ),
        ("title: 'a", "error: a quote is never closed; close the quote [yaml]"),
        ('title: "\\sum"', "error: a backslash in double quotes begins an escape; use single quotes"),
        (
            'title: "\\frac"',
            "1:8: warning: title: in double quotes YAML takes the beginning of \\frac for an escape; use single quotes [escape]",
        ),
        (
            'title: "a \\theta"',
            "warning: title: in double quotes YAML takes the beginning of \\theta for an escape",
        ),
        (
            'title: "a \\nabla f"',
            "warning: title: in double quotes YAML takes the beginning of \\nabla for an escape",
        ),
        (
            "title: `x`",
            "1:8: error: a text begins with a sign that YAML keeps for itself; put the text in quotes [yaml]",
        ),
        ("title: a\n---\ntitle: b", "2:1: error: the file holds more than one document"),
        ("title: *x", "error: an alias names no anchor"),
        (
            "title: a\x07b",
            "1:9: warning: there is a control character (U+0007), which is shown as \ufffd; take it out",
        ),
        ("title: 'a\x00b\x1b'", "1:10: warning: there is a control character (U+0000)"),
        ("- a", "1:1: error: the topic is a list, not keys and values"),
        ("helps: " + "[" * 3000, "error: the values are nested too deeply"),
        (
            "title: " + "x" * 100 + "\nkind: " + "y" * 150,
            "2:7: error: kind is '" + "y" * 99 + "…', not concept",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_told_with_its_place(tmp_path: Path, line: str, wrong: str):
    path = tmp_path / "topics/a/one.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(line + "\n", encoding="utf-8")
    _, problems = read([tmp_path])
    assert any(wrong in str(one) for one in problems), list(map(str, problems))


def test_an_explicit_tag_or_quotes_make_text_of_anything(tmp_path: Path):
    curriculum, problems = of(tmp_path, {"topics/a/one.yaml": "title: !!str 5\nsummary: 'no'\nhours: 1.5\n"})
    assert [] == problems
    one = curriculum.topics["one"]
    assert ("5", "no", 1.5) == (one.title, one.summary, one.hours)


def test_a_key_with_nothing_behind_it_is_an_empty_list(tmp_path: Path):
    curriculum, problems = of(tmp_path, {"topics/a/one.yaml": f"{HEAD}requires:\n# - {{topic: x}}\ncards:\n"})
    assert [] == problems
    assert () == curriculum.topics["one"].requires


def test_the_good_items_of_a_list_stay_when_one_is_broken(tmp_path: Path):
    """One run names the fault of the second card and those of the cards around it."""
    text = f"""{HEAD}objectives: [{{id: do, text: Do it}}]
cards:
  - {{id: x, objective: do, q: Where does it all begin?, a: $x}}
  - nonsense
  - {{id: y, objective: did, q: Where does it all end?, a: there}}
"""
    _, problems = of(tmp_path, {"topics/a/one.yaml": text})
    assert ["math", "type", "unknown-objective"] == sorted(one.rsplit("[", 1)[1][:-1] for one in problems)


def test_many_aliases_never_unfold(tmp_path: Path):
    lines = ["helps: &a0 [x]"] + [f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    _, problems = of(tmp_path, {"topics/a/one.yaml": "\n".join(lines) + "\n"})
    assert len(problems) < 100


def test_a_file_that_is_not_utf8_is_told_with_the_place_of_the_first_wrong_byte(tmp_path: Path):
    path = tmp_path / "topics/a/one.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes("title: ü\nsummary: ".encode() + b"\xfc\n")
    assert ["topics/a/one.yaml:2:10: error: the file is not UTF-8; save it as UTF-8 [encoding]"] == said(
        tmp_path, read([tmp_path])[1]
    )
    path.write_bytes(("﻿" + HEAD).encode())
    assert () == read([tmp_path])[1]
    path.write_bytes(HEAD.encode("utf-16"))
    assert "not UTF-8" in said(tmp_path, read([tmp_path])[1])[0]


@pytest.mark.parametrize("nothing", ["", "# nothing\n", "---\n", "~\n"])
def test_an_empty_topic_is_told_what_it_needs_and_empty_areas_are_none(tmp_path: Path, nothing: str):
    _, problems = of(
        tmp_path,
        {
            "topics/a/one.yaml": nothing,
            "tracks/way.yaml": nothing,
            "areas.yaml": nothing,
            "resources.yaml": nothing,
        },
    )
    assert [
        "topics/a/one.yaml:1:1: error: the topic is empty; "
        "it needs title, summary and hours; write them, or remove the file [missing]",
        "tracks/way.yaml:1:1: error: the track is empty; it needs title; write it, or remove the file [missing]",
    ] == problems


def test_names_that_are_no_ids_are_told(tmp_path: Path):
    _, problems = of(
        tmp_path,
        {
            "topics/a/One.yaml": HEAD,
            "topics/Big Area/two.yaml": HEAD,
            "topics/three.yaml": HEAD,
            "topics/a/four.yml": HEAD,
            "topics/a/deeper/five.yaml": HEAD,
            "tracks/way_1.yaml": "title: W\n",
            "topics/a/media/x.yaml": "fine",
            "topics/a/.hidden.yaml": "fine",
            "topics/a/notes.md": "fine",
        },
    )
    assert [
        "topics/Big Area:1:1: error: the folder's name 'Big Area' is no id",
        "topics/a/One.yaml:1:1: error: the file's name 'One.yaml' is no id",
        "topics/a/deeper:1:1: warning: nothing is read from a folder here",
        "topics/a/four.yml:1:1: warning: only files that end with .yaml are read",
        "topics/three.yaml:1:1: error: the topic stands in no area",
        "tracks/way_1.yaml:1:1: error: the file's name 'way_1.yaml' is no id",
    ] == [one.partition(";")[0].partition(" [")[0] for one in problems]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path):
    path = tmp_path / "topics/a/one.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"#" * (LARGEST + 1))
    assert (
        "topics/a/one.yaml:1:1: error: the file has more than 2,000,000 bytes; cut it into several [too-large]"
        in said(tmp_path, read([tmp_path])[1])
    )


def test_a_text_that_nobody_would_read_is_an_error_and_costs_no_time(tmp_path: Path):
    text = f"{HEAD}objectives: [{{id: do, text: '{'![' * 10_001}'}}]\nhelps: [{'x' * 20_000}]\n"
    _, problems = of(tmp_path, {"topics/a/one.yaml": text})
    assert [
        "topics/a/one.yaml:4:29: error: text has 20,002 characters; 20,000 are the most; cut it [too-long]",
        f"topics/a/one.yaml:5:9: error: is helped by '{'x' * 99}…', which no curriculum has [unknown-topic]",
    ] == problems


def test_links_lead_nowhere_out_of_the_folder(tmp_path: Path):
    outside = write_curriculum(tmp_path / "outside", {"secret.yaml": HEAD, "more/deep.yaml": HEAD})
    folder = write_curriculum(tmp_path / "c", {"topics/a/one.yaml": HEAD})
    (folder / "topics/a/two.yaml").symlink_to(folder / "topics/a/one.yaml")
    (folder / "topics/a/secret.yaml").symlink_to(outside / "secret.yaml")
    (folder / "topics/more").symlink_to(outside / "more")
    (folder / "topics/a/gone.yaml").symlink_to(folder / "nothing.yaml")
    (folder / "resources.yaml").symlink_to("/etc/passwd")
    curriculum, problems = read([folder])
    assert ["one", "two"] == list(curriculum.topics)
    assert ["outside", "outside", "outside", "unreadable"] == sorted(one.rule for one in problems)
    assert "gone.yaml" in next(one.place.file for one in problems if one.rule == "unreadable")


def test_a_root_may_itself_be_a_link(tmp_path: Path):
    write_curriculum(tmp_path / "real", CURRICULUM)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    curriculum, problems = read([tmp_path / "link"])
    assert 5 == len(curriculum.topics)
    assert () == problems


def test_a_pipe_is_no_file_and_never_waited_for(tmp_path: Path):
    (tmp_path / "topics/a").mkdir(parents=True)
    os.mkfifo(tmp_path / "topics/a/one.yaml")
    assert ["unreadable"] == [one.rule for one in read([tmp_path])[1]]


def test_a_file_in_the_place_of_a_folder_is_no_crash(tmp_path: Path):
    (tmp_path / "topics").write_text("x")
    (tmp_path / "areas.yaml").mkdir()
    _, problems = read([tmp_path, tmp_path / "nothing-there"])
    assert ["unreadable"] == [one.rule for one in problems]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_rights_is_told(tmp_path: Path):
    write_curriculum(tmp_path, CURRICULUM)
    (tmp_path / "topics/code").chmod(0)
    (tmp_path / "topics/maths/sums.yaml").chmod(0)
    try:
        curriculum, problems = read([tmp_path])
    finally:
        (tmp_path / "topics/code").chmod(0o755)
    assert ["unreadable-folder", "unreadable"] == [one.rule for one in problems]
    assert {"numbers", "products"} == set(curriculum.topics)


# overlays


def layered(tmp_path: Path, *layers: dict[str, str]) -> tuple[Curriculum, list[str]]:
    roots = [write_curriculum(tmp_path / str(at), files) for at, files in enumerate(layers)]
    curriculum, problems = read(roots)
    return curriculum, said(tmp_path, problems)


def test_a_patch_changes_only_the_keys_and_cards_that_it_names(tmp_path: Path):
    patch = """
        patch: true
        hours: 9
        cards:
          - {id: two-and-two, extra: Count on your fingers.}
          - {id: parts, q: "Which are the summands of $2 + 3$ here?", a: both}
          - {id: more, objective: add, q: "How much is one and one?", a: two}
        """
    curriculum, problems = layered(tmp_path, CURRICULUM, {"topics/mine/sums.yaml": patch})
    assert [] == problems
    sums = curriculum.topics["sums"]
    assert (9.0, "Sums", "maths") == (sums.hours, sums.title, sums.area)
    assert ["two-and-two", "parts", "more"] == [card.id for card in sums.cards]
    two, parts, _ = sums.cards
    assert ("4", "Count on your fingers.", True) == (two.a, two.extra, two.typed)
    assert ("", "both", "basic") == (parts.cloze, parts.a, parts.kind)


def test_a_patch_takes_a_card_away(tmp_path: Path):
    patch = "patch: true\ncards: [{id: parts, drop: true}, {id: part, drop: true}]\n"
    curriculum, problems = layered(tmp_path, CURRICULUM, {"topics/maths/sums.yaml": patch})
    assert ["two-and-two"] == [card.id for card in curriculum.topics["sums"].cards]
    assert [
        "1/topics/maths/sums.yaml:2:34: warning: drops card 'part', which this topic does not have; did you mean 'parts'? [patch]"
    ] == problems


def test_patches_of_several_folders_lie_over_each_other(tmp_path: Path):
    first = "patch: true\nhours: 9\ntitle: First\n"
    curriculum, _ = layered(
        tmp_path,
        CURRICULUM,
        {"topics/maths/sums.yaml": first},
        {"topics/maths/sums.yaml": "patch: true\ntitle: Last\n"},
    )
    assert (9.0, "Last") == (curriculum.topics["sums"].hours, curriculum.topics["sums"].title)


def test_a_patch_of_nothing_is_an_error(tmp_path: Path):
    _, problems = layered(tmp_path, CURRICULUM, {"topics/maths/sum.yaml": "patch: true\n"})
    assert [
        "1/topics/maths/sum.yaml:1:8: error: patches 'sum', which no curriculum has; did you mean 'sums'? [patch]"
    ] == problems


def test_a_new_card_of_a_patch_must_be_whole(tmp_path: Path):
    _, problems = layered(
        tmp_path,
        CURRICULUM,
        {"topics/maths/sums.yaml": "patch: true\ncards: [{id: new, q: Where does this begin?}]\n"},
    )
    assert {"missing", "card-form"} == {one.rsplit("[", 1)[1][:-1] for one in problems}
    assert all(one.startswith("1/topics/maths/sums.yaml:2") for one in problems)


def test_without_patch_a_topic_of_the_same_id_replaces(tmp_path: Path):
    curriculum, problems = layered(tmp_path, CURRICULUM, {"topics/mine/sums.yaml": HEAD})
    assert [] == problems
    sums = curriculum.topics["sums"]
    assert ("T", "mine", ()) == (sums.title, sums.area, sums.cards)


def test_areas_resources_and_tracks_merge_by_key(tmp_path: Path):
    curriculum, problems = layered(
        tmp_path,
        CURRICULUM,
        {
            "areas.yaml": "code: {colour: '#00ff00'}\nmusic: {title: Music}\n",
            "resources.yaml": "book: {url: 'https://example.org/book'}\n",
            "tracks/arithmetic.yaml": "summary: Another.\n",
        },
    )
    assert [] == problems
    assert ["maths", "code", "music"] == list(curriculum.areas)
    assert ("Code", "#00ff00") == (curriculum.areas["code"].title, curriculum.areas["code"].colour)
    assert ("The Book", "https://example.org/book") == (
        curriculum.resources["book"].title,
        curriculum.resources["book"].url,
    )
    track = curriculum.tracks["arithmetic"]
    assert ("Arithmetic", "Another.", 3) == (track.title, track.summary, len(track.topics))


def test_a_faulty_file_uncovers_what_it_replaced(tmp_path: Path):
    curriculum, problems = layered(
        tmp_path,
        CURRICULUM,
        {
            "topics/maths/sums.yaml": HEAD + "helps: [nowhere]\n",
            "topics/maths/numbers.yaml": "patch: true\nhours: no\n",
        },
    )
    assert 2 == len(problems)
    assert ("Sums", 2.0) == (curriculum.topics["sums"].title, curriculum.topics["numbers"].hours)


def test_a_folder_that_is_not_there_is_an_empty_curriculum(tmp_path: Path):
    assert ([], []) == scan([tmp_path / "nothing"])
    curriculum, problems = read([tmp_path / "nothing"])
    assert ({}, ()) == (dict(curriculum.topics), problems)


def test_the_recipes_of_the_namespace_are_those_of_decks():
    decks = Path(__file__).parent.parent.parent / "decks"
    assert {path.stem for path in decks.glob("*.yaml")} == RECIPES
