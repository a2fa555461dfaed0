"""What a name on the command line means for a deck."""

from __future__ import annotations

from studyctl.core.curriculum import Area, Section, Track
from studyctl.core.outline import Line
from studyctl.core.recipes import Recipe, choices

LINES = [Line(name, name.title(), area, "concept", 1, 1) for name, area in
         (("sets", "maths"), ("sums", "maths"), ("python", "code"))]  # fmt: skip
AREAS = {"maths": Area("maths", "Mathematics"), "empty": Area("empty", "Empty")}
TRACKS = [Track("first", "First", sections=(Section("One", ("sums", "gone"), ("python",)),))]


def told(*recipes: Recipe):
    return choices(recipes, TRACKS, AREAS, LINES)


def test_a_track_means_its_topics_and_side_roads_that_are_there():
    assert {"sums", "python"} == told()["first"].topics


def test_an_area_means_its_topics_whether_it_has_a_title_or_not():
    assert ("Mathematics", {"sets", "sums"}) == (told()["maths"].title, told()["maths"].topics)
    assert ("code", {"python"}) == (told()["code"].title, told()["code"].topics)
    assert frozenset() == told()["empty"].topics


def test_a_topic_means_itself():
    assert ("topic", {"sets"}) == (told()["sets"].kind, told()["sets"].topics)


def test_a_recipe_means_everything_or_what_it_names():
    found = told(Recipe("all", "All", "", None), Recipe("some", "Some", "", ("first", "sets", "nowhere")))
    assert {"sets", "sums", "python"} == found["all"].topics
    assert {"sums", "python", "sets"} == found["some"].topics
    assert ["all", "some", "first", "maths", "empty", "code", "sets", "sums", "python"] == list(found)


def test_of_two_with_one_id_the_first_kind_counts():
    assert "recipe" == told(Recipe("sets", "Sets", "", None))["sets"].kind
