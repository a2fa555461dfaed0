"""What `check` says. The docstring of each test is the curriculum; `== file` begins a file.

A file without title, summary and hours gets them, so that each test shows only its own fault.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import write_curriculum

from studyctl.adapters.curriculum_files import read

HEAD = "title: T\nsummary: S\nhours: 1\n"
CARDS = "objectives: [{id: do, text: Do it}]\n"


@pytest.fixture
def told(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[..., list[str]]:
    """The problems of the curriculum in the test's docstring, with `file:line` for their place."""

    def problems(*, builtin: bool = False, hints: bool = False, columns: bool = False) -> list[str]:
        _, found = read([folder], folder if builtin else None)
        said = [str(one).removeprefix(f"{folder}/") for one in found if hints or str(one.level) != "hint"]
        return said if columns else [re.sub(r"(:\d+):\d+:", r"\1:", one, count=1) for one in said]

    folder = tmp_path / "c"
    text = inspect.cleandoc(request.function.__doc__ or "")
    files = {}
    for part in text.split("== ")[1:]:
        name, _, body = part.partition("\n")
        whole = "title:" in body or "patch:" in body or "/" not in name
        files[name.strip()] = body if whole else body + "\n" + HEAD
    write_curriculum(folder, files)
    return problems


def test_a_misspelt_prerequisite_is_named_with_its_place_and_a_guess(told):
    """
    == topics/a/sets.yaml
    == topics/a/relations.yaml
    requires:
      - {topic: setz, why: x}
    """
    assert [
        "topics/a/relations.yaml:2:13: error: requires 'setz'; did you mean 'sets'? [unknown-topic]"
    ] == told(columns=True)


def test_every_relation_must_name_topics_that_exist(told):
    """
    == topics/a/one.yaml
    helps: [xxxx]
    any_of: [[one-more, yyyy], [one-more]]
    practises: {zzzz: 0.5}
    == topics/a/one-more.yaml
    == tracks/way.yaml
    title: W
    sections: [{title: S, topics: [one, wwww], optional: [vvvv]}]
    """
    assert [
        "topics/a/one.yaml:1: error: is helped by 'xxxx', which no curriculum has [unknown-topic]",
        "topics/a/one.yaml:2: error: accepts 'yyyy', which no curriculum has [unknown-topic]",
        "topics/a/one.yaml:3: error: practises 'zzzz', which no curriculum has [unknown-topic]",
        "tracks/way.yaml:2: error: names 'vvvv', which no curriculum has [unknown-topic]",
        "tracks/way.yaml:2: error: names 'wwww', which no curriculum has [unknown-topic]",
    ] == sorted(told())


def test_a_circle_is_named_edge_by_edge_with_the_one_to_cut(told):
    """
    == topics/a/one.yaml
    requires: [{topic: two, practises: 0.5}]
    == topics/a/two.yaml
    requires: [{topic: three, practises: 0.1}]
    == topics/a/three.yaml
    requires: [{topic: one, practises: 0.2}]
    """
    assert [
        "topics/a/two.yaml:1: error: a circle of prerequisites: one requires two, two requires three, "
        "three requires one; cut two requires three [cycle]"
    ] == told()


def test_of_equal_edges_the_one_is_cut_on_which_the_fewest_stand(told):
    """
    == topics/a/one.yaml
    requires: [{topic: two}]
    == topics/a/two.yaml
    requires: [{topic: one}]
    == topics/a/three.yaml
    requires: [{topic: two}]
    """
    assert [
        "topics/a/one.yaml:1: error: a circle of prerequisites: one requires two, two requires one; "
        "cut one requires two [cycle]"
    ] == told()


def test_two_circles_are_both_named(told):
    """
    == topics/a/one.yaml
    requires: [{topic: two}]
    == topics/a/two.yaml
    requires: [{topic: one}]
    == topics/a/three.yaml
    any_of: [[four]]
    == topics/a/four.yaml
    requires: [{topic: three}]
    """
    assert 2 == sum("[cycle]" in one for one in told())


def test_a_long_circle_is_shortened(told, tmp_path):
    """
    == topics/a/t0.yaml
    requires: [{topic: t19}]
    """
    write_curriculum(
        tmp_path / "c",
        {f"topics/a/t{n}.yaml": f"requires: [{{topic: t{n - 1}}}]\n{HEAD}" for n in range(1, 20)},
    )
    (circle,) = told()
    assert "(12 more)" in circle
    assert "cut t0 requires t19" in circle


def test_helps_may_form_circles(told):
    """
    == topics/a/one.yaml
    helps: [two]
    == topics/a/two.yaml
    helps: [one]
    """
    assert [] == told()


def test_a_topic_that_needs_itself_is_told(told):
    """
    == topics/a/one.yaml
    requires: [{topic: one}]
    practises: {one: 1}
    """
    assert [
        "topics/a/one.yaml:1: error: 'one' requires itself; take it out [self-edge]",
        "topics/a/one.yaml:2: error: 'one' practises itself; take it out [self-edge]",
    ] == told()


def test_a_redundant_edge_is_a_hint_that_keeps_its_weight(told):
    """
    == topics/a/one.yaml
    == topics/a/two.yaml
    requires: [{topic: one}]
    == topics/a/three.yaml
    requires:
      - {topic: two}
      - {topic: one, practises: 0.3}
    """
    assert [] == told()
    assert [
        "topics/a/three.yaml:3: hint: requires 'one', which its other prerequisites need anyway; "
        "leave it out, and keep its weight as practises: {one: 0.3} [redundant-edge]"
    ] == told(hints=True)


def test_a_prerequisite_that_is_named_twice_is_told(told):
    """
    == topics/a/one.yaml
    == topics/a/two.yaml
    requires: [{topic: one}, {topic: one}]
    """
    assert ["topics/a/two.yaml:1: warning: requires 'one' twice; keep one of them [repeated]"] == told()


def test_ids_of_areas_topics_tracks_and_recipes_are_one_namespace(told):
    """
    == areas.yaml
    alpha: {title: A}
    == topics/alpha/alpha.yaml
    == topics/alpha/beta.yaml
    == topics/alpha/everything.yaml
    == tracks/beta.yaml
    title: B
    """
    assert [
        "topics/alpha/alpha.yaml:1: error: 'alpha' is the id of an area, and of a topic; give a topic another name [duplicate-id]",
        "topics/alpha/everything.yaml:1: error: 'everything' is the id of a recipe of decks, and of a topic; "
        "give a topic another name [duplicate-id]",
        "tracks/beta.yaml:1: error: 'beta' is the id of a topic, and of a track; give a track another name [duplicate-id]",
    ] == told()


def test_one_topic_in_two_areas_is_told(told, tmp_path):
    """
    == topics/a/one.yaml
    == topics/b/one.yaml
    """
    (said,) = told()
    assert said.startswith("topics/b/one.yaml:1: error: the topic 'one' stands in two files, first in ")
    assert "topics/a/one.yaml" in said


def test_cards_and_objectives_have_ids_of_their_own(told):
    """
    == topics/a/one.yaml
    objectives: [{id: do, text: Do it}, {id: do, text: Do it again}]
    retired: [gone, lost]
    cards:
      - {id: x, objective: do, q: What is the first thing here?, a: it}
      - {id: x, objective: do, q: Where would one look for the second thing?, a: there}
      - {id: gone, objective: do, q: Which third thing is the odd one out?, a: that}
      - {id: y, was: [lost], objective: do, q: Who has ever met the fourth thing?, a: nobody}
    """
    assert [
        "topics/a/one.yaml:1: error: the objective 'do' stands here twice, first in line 1; give it an id of its own [duplicate-id]",
        "topics/a/one.yaml:5: error: the card 'x' stands here twice, first in line 4; give it an id of its own [duplicate-id]",
        "topics/a/one.yaml:6: error: the card 'gone' has a retired id; an id is never used again; give the card another [retired]",
        "topics/a/one.yaml:7: error: was names 'lost', which is retired; take it out of one of them [retired]",
    ] == told()


def test_unknown_objectives_and_resources_are_named_with_a_guess(told):
    """
    == resources.yaml
    the-book: {title: B}
    == topics/a/one.yaml
    objectives: [{id: apply, text: Do it}]
    resources: [{ref: thebook}]
    exit_test: [{q: Which one is it?, a: that, objective: aply}]
    cards:
      - {id: x, objective: aply, q: What is the first thing here?, a: it, source: {ref: other}}
    """
    assert [
        "topics/a/one.yaml:2: error: cites 'thebook'; did you mean 'the-book'? [unknown-resource]",
        "topics/a/one.yaml:3: error: names the objective 'aply'; did you mean 'apply'? [unknown-objective]",
        "topics/a/one.yaml:5: error: cites 'other', which no resources.yaml has [unknown-resource]",
        "topics/a/one.yaml:5: error: names the objective 'aply'; did you mean 'apply'? [unknown-objective]",
    ] == sorted(told())


@pytest.mark.parametrize(
    ("cloze", "wrong"),
    [
        ("Rome is a city in Italy", "the cloze has no gap"),
        ("{{c1::Rome}} is {{c1::big}} and very old", "the gap c1 stands here twice"),
        ("{{c0::Rome}} is big and very old", "the gap c0 has a number that Anki does not know"),
        ("{{c1::}} is big and very old", "the gap c1 is empty"),
        ("{{c1::Rome {{c2::is}} big}} and very old", "a gap stands in the gap c1"),
        ("{{c1::Rome}} is {{c2::big and very old", "a gap is never closed"),
        ("{{c1::Rome is big and very old", "a gap is never closed"),
    ],
)
def test_a_cloze_has_gaps_each_with_its_number(told, tmp_path, cloze, wrong):
    """== topics/a/two.yaml"""
    text = f"{HEAD}{CARDS}cards:\n  - {{id: x, objective: do, cloze: '{cloze}'}}\n"
    write_curriculum(tmp_path / "c", {"topics/a/one.yaml": text})
    assert wrong in told()[0]


@pytest.mark.parametrize(
    ("face", "wrong"),
    [
        ("q: Where does this one stop?", "the card has a question and no answer"),
        ("a: here", "the card has an answer and no question"),
        ("extra: more", "the card asks nothing"),
        ("q: Where does it stop?, a: here, cloze: '{{c1::a}} b c d e'", "the card is a cloze and a question"),
        ("q: TODO, a: here", "the question is a placeholder"),
        ("q: Where does this one stop?, a: ''", "the answer is empty"),
        ("cloze: ''", "the cloze is empty"),
        ("q: 'Where is $x', a: here", "the question: math is opened and never closed"),
        (r"q: 'Where is $\frac{1}{2$ now?', a: here", "the question: unbalanced math: a '{' without its '}'"),
        (r"cloze: '{{c1::$x}} + y$ is a sum of two'", "the cloze: math is opened and never closed"),
        ("q: Where does this one stop?, a: here, ord: 1", "ord without guid"),
        ("q: Where does this one stop?, a: here, drop: true", "drop: true stands in a file that is no patch"),
    ],
)
def test_a_card_asks_something_that_can_be_shown(told, tmp_path, face, wrong):
    """== topics/a/two.yaml"""
    text = f"{HEAD}{CARDS}cards:\n  - {{id: x, objective: do, {face}}}\n"
    write_curriculum(tmp_path / "c", {"topics/a/one.yaml": text})
    assert wrong in told()[0]


def test_criteria_are_warnings_at_the_side_they_are_about(told):
    """
    == topics/a/one.yaml
    objectives: [{id: do, text: Do it}]
    cards:
      - id: long
        objective: do
        q: What does the long winded speaker say?
        a: a a a a a a a a a a a a a a a a a a a a a a a a a a a
      - {id: guess, objective: do, q: Is it true that this one holds?, a: 'no'}
      - {id: twin, objective: do, q: Is it true that this one holds?, a: 'no'}
    """
    assert [
        "topics/a/one.yaml:6: warning: the answer has 27 words; 25 are enough, or it is two cards [C2]",
        "topics/a/one.yaml:7: warning: can be guessed with yes or no; ask why, which, or for an example [C5]",
        "topics/a/one.yaml:8: warning: asks nearly the same as one/guess; make them differ in what they ask, or keep one [C6]",
        "topics/a/one.yaml:8: warning: can be guessed with yes or no; ask why, which, or for an example [C5]",
    ] == told()


def test_html_and_images_from_elsewhere_are_warnings(told, tmp_path):
    """
    == topics/a/one.yaml
    objectives: [{id: do, text: Do <b>it</b>}]
    exit_test:
      - {q: 'What is on ![this](media/there.png), ![that](media/none.png) and ![it](../x.png)?', a: nothing, objective: do}
    """
    media = tmp_path / "c/topics/a/media"
    media.mkdir()
    (media / "there.png").write_bytes(b"x")
    said = told()
    assert ["[raw-html]", "[raw-html]", "[image]", "[image]"] == [one.rsplit(" ", 1)[1] for one in said]
    assert "there is no image 'media/none.png'" in "".join(said)
    assert "the image '../x.png' is not one of the topic's own media/" in "".join(said)


def test_an_image_that_is_a_link_to_elsewhere_is_told(told, tmp_path):
    """
    == topics/a/one.yaml
    exit_test: [{q: 'What is on ![this](media/link.png) here?', a: nothing}]
    """
    (tmp_path / "secret.png").write_bytes(b"x")
    (tmp_path / "c/topics/a/media").mkdir()
    (tmp_path / "c/topics/a/media/link.png").symlink_to(tmp_path / "secret.png")
    assert "is a link that leads elsewhere" in told()[0]


def test_a_picture_that_nobody_would_see_is_told_with_its_place_and_the_fix(told, tmp_path):
    """
    == topics/a/one.yaml
    exit_test:
      - {q: 'What is on ![this](media/empty.png) here?', a: nothing}
      - {q: 'What is on ![this](media/above.png) here?', a: nothing}
      - {q: 'What is on ![this](media/beside.png) here?', a: nothing}
      - {q: 'What is on ![this](media/two words.png) here?', a: nothing}
      - {q: 'What is on ![the $x$ axis](<media/two words.png>) here?', a: nothing}
      - {q: 'What is on ![this](media/sketch.pdf) here?', a: nothing}
      - {q: 'What is on ![this](media/none.png) here?', a: nothing}
      - {q: 'What is on ![this](./media/there.png) here?', a: nothing}
    == topics/b/two.yaml
    """
    files = (
        "a/media/empty.png",
        "a/above.png",
        "b/media/beside.png",
        "a/media/two words.png",
        "a/media/sketch.pdf",
    )
    for name in (*files, "a/media/there.png"):
        path = tmp_path / "c/topics" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"" if "empty" in name else b"x")
    spaced = (
        "warning: the image 'media/two words.png' has a name that is not shown; "
        "call the file two-words.png, and write media/two-words.png [image]"
    )
    assert [
        "2: warning: the image 'media/empty.png' is empty; draw it anew, or take it out of the text [image]",
        "3: warning: the image 'media/above.png' lies in topics/a/, which is not looked into; "
        "move it to topics/a/media/ [image]",
        "4: warning: the image 'media/beside.png' lies in topics/b/media/, which is not looked into; "
        "move it to topics/a/media/ [image]",
        f"5: {spaced}",
        f"6: {spaced}",
        "7: warning: the image 'media/sketch.pdf' has a name that is not shown; "
        "a picture ends with .svg, .png, .jpg, .gif or .webp [image]",
        "8: warning: there is no image 'media/none.png'; draw it and keep it in topics/a/media/ [image]",
    ] == [line.removeprefix("topics/a/one.yaml:") for line in told()]


def test_a_patch_shows_pictures_of_the_area_of_its_topic_from_any_folder(tmp_path):
    ours = write_curriculum(tmp_path / "ours", {"topics/maths/sums.yaml": HEAD})
    text = "What is on ![this](media/{}.png) here?"
    test = "exit_test: [{{q: '{}', a: x}}, {{q: '{}', a: x}}, {{q: '{}', a: x}}]\n"
    patch = "patch: true\n" + test.format(*(text.format(name) for name in ("theirs", "mine", "astray")))
    mine = write_curriculum(tmp_path / "mine", {"topics/other/sums.yaml": patch})
    for path in (
        "ours/topics/maths/media/theirs",
        "mine/topics/maths/media/mine",
        "mine/topics/other/media/astray",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{path}.png").write_bytes(b"x")
    _, found = read([ours, mine])
    assert ["the image 'media/astray.png' lies in topics/other/media/, which is not looked into"] == [
        one.what for one in found
    ]
    assert "move it to topics/maths/media/" == found[0].fix


def test_math_that_anki_cannot_show_and_prices_are_warnings(told):
    r"""
    == topics/a/one.yaml
    exit_test:
      - {q: 'What is the value of $x^2^3$ and $y^2^3$ here?', a: '$8$'}
      - {q: 'What is a day for 5$ or 6$ worth?', a: '$\begin{pmatrx} 1 \end{pmatrx}$'}
    """
    assert [
        "topics/a/one.yaml:2: warning: the question: math that Anki cannot show: a second ^ at one sign; "
        "write {x^a}^b, or x^{a^b} [math]",
        r"topics/a/one.yaml:3: warning: the question: '$ or 6$' is read as math; write \$ for a dollar sign [math]",
        "topics/a/one.yaml:3: warning: the answer: math that Anki cannot show: there is no environment 'pmatrx'; "
        "did you mean 'pmatrix' or 'pmatrix*' or 'matrix'? [math]",
    ] == told()


def test_one_cause_of_unreadable_math_is_told_once(told):
    r"""
    == topics/a/one.yaml
    objectives: [{id: do, text: Do it}]
    cards:
      - {id: one, objective: do, q: 'What is $\frac{1 of {x}$ and $y} here?', a: nothing}
      - {id: two, objective: do, cloze: 'The half is $\frac{ {{c1::x} }}$ of {{c2::y}} $'}
      - {id: three, objective: do, cloze: 'In $a = {{c1::b$ and $c}} = d}$ holds'}
    """
    assert ["[math]"] * 3 == [line.rsplit(" ", 1)[1] for line in told() if "[math]" in line]
    assert [3, 4, 5] == [int(line.split(":")[1]) for line in told() if "[math]" in line]


def test_a_colour_a_url_and_a_control_character_are_dropped_with_a_warning(told, tmp_path):
    r"""
    == areas.yaml
    a: {title: A, colour: red}
    == resources.yaml
    book: {title: "B\e[31m", url: "javascript:alert(1)"}
    """
    assert [
        "areas.yaml:1: warning: colour is 'red', not written as '#rrggbb'; it is not used [colour]",
        "resources.yaml:1: warning: title contains control characters (U+001B), which are never shown; take them out [control-character]",
        "resources.yaml:1: warning: url is 'javascript:alert(1)', not an address that begins with https:// or http://; it is not used [url]",
    ] == told()
    curriculum, _ = read([tmp_path / "c"])
    assert ("", "", "B[31m") == (
        curriculum.areas["a"].colour,
        curriculum.resources["book"].url,
        curriculum.resources["book"].title,
    )


def test_a_colour_without_its_quotes_is_dropped_with_a_warning(told, tmp_path):
    """
    == areas.yaml
    a:
      title: A
      colour: #ff0000
    b: {title: B, colour: 123456}
    """
    fix = "in quotes it would be written as '#rrggbb' [plain-scalar]"
    assert [
        f"areas.yaml:3: warning: colour is empty and not used; {fix}",
        f"areas.yaml:4: warning: colour is read by YAML as a number and not used; {fix}",
    ] == told()
    curriculum, _ = read([tmp_path / "c"])
    assert ["", ""] == [curriculum.areas[name].colour for name in "ab"]


def test_a_scheme_may_be_written_large_and_a_deck_has_a_name_in_every_part(told):
    """
    == areas.yaml
    a: {title: A, deck: "studyctl::a::::b"}
    == resources.yaml
    book: {title: B, url: "HTTPS://example.org/"}
    """
    assert [
        "areas.yaml:1: error: the deck 'studyctl::a::::b' has a part without a name; name it 'studyctl::A' [deck]",
    ] == told()


def test_a_gap_may_be_retired_alone(told):
    """
    == topics/a/one.yaml
    retired: [leibniz.c2, old, chain.c3]
    objectives: [{id: do, text: Do}]
    cards:
      - {id: leibniz, objective: do, cloze: 'The half of {{c1::four}} is not {{c2::three}} here'}
      - {id: chain, objective: do, cloze: 'The half of {{c1::four}} is just {{c2::two}} here'}
    """
    assert [
        "topics/a/one.yaml:4: error: the gap c2 of 'leibniz' has a retired number; give it another number [retired]",
    ] == [line for line in told() if "retired" in line]


def test_a_deck_with_another_name_is_an_error_without_effect(told, tmp_path):
    """
    == areas.yaml
    a: {title: Algebra, deck: My deck}
    == topics/a/one.yaml
    """
    assert [
        "areas.yaml:1: error: the deck 'My deck' does not begin with 'studyctl::'; name it 'studyctl::Algebra' [deck]"
    ] == told()
    curriculum, _ = read([tmp_path / "c"])
    assert ("Algebra", "studyctl::Algebra") == (curriculum.areas["a"].title, curriculum.areas["a"].deck)


def test_an_earlier_id_that_lives_or_is_claimed_twice_has_no_effect(told, tmp_path):
    """
    == topics/a/one.yaml
    was: [two, old, fine]
    == topics/a/two.yaml
    was: [old]
    """
    assert [
        "topics/a/one.yaml:1: error: was names 'two', which is a living id; it has no effect; take it out [was]",
        "topics/a/two.yaml:1: error: was names 'old', which one claims, too, in "
        f"{tmp_path}/c/topics/a/one.yaml:1:12; neither has an effect; take it out of one of them [was]",
    ] == told()
    curriculum, _ = read([tmp_path / "c"])
    assert (("fine",), ()) == (curriculum.topics["one"].was, curriculum.topics["two"].was)


def test_a_card_may_say_where_it_came_from_and_nobody_else_may(told, tmp_path):
    """
    == topics/a/one.yaml
    objectives: [{id: do, text: Do it}]
    cards:
      - {id: x, objective: do, was: [w, two/x], q: What is the first thing here?, a: it}
      - {id: y, objective: do, was: [x], q: Where would one look for more?, a: there}
    == topics/a/two.yaml
    """
    assert [
        "topics/a/one.yaml:4: error: was names 'one/x', which is a living id; it has no effect; take it out [was]"
    ] == told()
    curriculum, _ = read([tmp_path / "c"])
    assert [("w", "two/x"), ()] == [card.was for card in curriculum.topics["one"].cards]


def test_what_is_wrong_with_an_earlier_id_is_told_once(told):
    """
    == topics/a/one.yaml
    was: [old, fine, old]
    objectives: [{id: do, text: Do it}]
    retired: [gone, went]
    cards:
      - {id: x, objective: do, was: [w, gone], q: What is the first thing here?, a: it}
      - {id: y, objective: do, was: [x, one/x], q: Where would one look for more?, a: there}
      - {id: z, objective: do, was: [w, gone], q: Who has ever met the third thing?, a: nobody}
    """
    assert [
        "1: error: was names 'old' twice, so that it has no effect; keep one of them [was]",
        "5: error: was names 'gone', which is retired; take it out of one of them [retired]",
        "6: error: was names 'one/x', which is a living id; it has no effect; take it out [was]",
        "7: error: was names 'one/w', which one/x claims, too, in line 5; neither has an effect; "
        "take it out of one of them [was]",
        "7: error: was names 'gone', which is retired; take it out of one of them [retired]",
    ] == [line.removeprefix("topics/a/one.yaml:") for line in told()]


def test_a_contested_earlier_id_is_told_in_the_later_folder(tmp_path):
    """The order of areas and names does not matter; what was there first gives way to nobody."""
    theirs = write_curriculum(tmp_path / "theirs", {"topics/b/two.yaml": HEAD + "was: [old]\n"})
    mine = write_curriculum(tmp_path / "mine", {"topics/a/one.yaml": HEAD + "was: [old]\n"})
    _, (found,) = read([theirs, mine])
    assert f"{mine}/topics/a/one.yaml" == found.place.file
    assert f"which two claims, too, in {theirs}/topics/b/two.yaml:4:7" in found.what


def test_a_gap_that_never_ends_is_the_only_fault_of_its_math(told):
    r"""
    == topics/a/one.yaml
    objectives: [{id: do, text: Do it}]
    cards:
      - {id: x, objective: do, cloze: 'The half of all is $\frac{ {{c1::a} }{b}$ here'}
      - {id: y, objective: do, cloze: 'The half of {{c1::all}} is ${{c2::\frac{a}{b}$ here'}
    """
    assert [
        f"{line}: error: a gap is never closed; end it with }}}}, braces within counted [cloze-gap]"
        for line in (3, 4)
    ] == [line.removeprefix("topics/a/one.yaml:") for line in told()]


def test_a_note_of_another_deck_stands_only_once(told):
    """
    == topics/a/one.yaml
    objectives: [{id: do, text: Do it}]
    cards:
      - {id: x, objective: do, q: What is the first thing here?, a: it, guid: abc, ord: 0}
      - {id: y, objective: do, q: Where would one look for more?, a: there, guid: abc, ord: 1}
      - {id: z, objective: do, q: Who has ever met the third thing?, a: nobody, guid: abc, ord: 0}
    """
    assert [
        "topics/a/one.yaml:5: warning: has the guid and ord of one/x; keep one of them [repeated]"
    ] == told()


def test_a_topic_that_is_called_by_its_earlier_id_is_a_warning(told):
    """
    == topics/a/one.yaml
    was: [eins]
    == topics/a/two.yaml
    requires: [{topic: eins}]
    """
    assert [
        "topics/a/two.yaml:1: warning: requires 'eins', which is now called 'one'; write one [renamed]"
    ] == told()


def test_a_broken_file_makes_no_errors_of_those_that_lean_on_it(told):
    """
    == resources.yaml
    book: [
    == topics/a/one.yaml
    hours: none
    title: T
    == topics/a/two.yaml
    requires: [{topic: one}, {topic: three}]
    resources: [{ref: book}]
    == topics/a/three.yaml
    title: [
    """
    assert {"resources.yaml", "topics/a/one.yaml", "topics/a/three.yaml"} == {
        one.split(":")[0] for one in told()
    }


def test_what_a_builtin_topic_lacks_is_a_warning_and_nobody_else_is_asked(told):
    """
    == resources.yaml
    book: {title: B}
    == topics/a/one.yaml
    requires: [{topic: two}]
    objectives: [{id: do, text: Do it}, {id: undo, text: Undo it}]
    cards:
      - {id: x, objective: do, q: What is the first thing here?, a: it}
    == topics/a/two.yaml
    kind: project
    resources: [{ref: book, role: core}]
    == tracks/way.yaml
    title: W
    """
    assert [] == told()
    said = "\n".join(told(builtin=True))
    for part in (
        "requires two without a why",
        "no card keeps the objective undo",
        "the topic has no core resources",
        "the exit test has no questions",
        "the concept has 1 card",
        "the card x has no source",
        "the project has no deliverable and pass mark",
        "the topic has no objectives",
        "cites book without a where",
        "the track has no summary",
        "the track has no topics",
        "the resource book has no kind",
        "the area a stands in no areas.yaml",
    ):
        assert part in said
    assert "error" not in said


def test_a_dozen_faults_are_all_named_in_one_run(told):
    r"""
    == areas.yaml
    a: {title: A, colour: blue}
    == resources.yaml
    book: {title: B, url: ftp}
    == topics/a/one.yaml
    hours: 1:30
    title: no
    requires: [{topic: towo, practises: 2}, {topic: one}]
    objectivs: []
    objectives: [{id: do, text: Do it}]
    resources: [{ref: books}]
    cards:
      - {id: x, objective: dont, q: 'What is $x', a: 5.44}
      - {id: x, objective: do, cloze: 'Nothing is missing here at all'}
      - {id: y, objective: do, q: TODO, a: it}
      - {id: z, objective: do, q: Is it a yes then?, a: 'yes', q: twice}
    == topics/a/two.yaml
    requires: [{topic: three}]
    == topics/a/three.yaml
    requires: [{topic: two}]
    summary: 'never closed
    """
    rules = {one.rsplit("[", 1)[1].rstrip("]") for one in told()}
    assert rules >= {
        "colour", "url", "plain-scalar", "unknown-topic", "range", "self-edge", "unknown-key", "unknown-resource",
        "unknown-objective", "math", "duplicate-id", "cloze-gap", "placeholder", "duplicate-key", "C5", "yaml", "missing",
    }  # fmt: skip
