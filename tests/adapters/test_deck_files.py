"""The folder `decks/`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studyctl.adapters.deck_files import RecipeError, looks, recipes
from studyctl.core.links import RECIPES
from studyctl.core.notes import NOTE_TYPES

DECKS = Path(__file__).parent.parent.parent / "decks"


def test_the_recipe_everything_is_there_and_its_name_is_taken():
    found = recipes(DECKS)
    assert RECIPES == set(found)
    assert found["everything"].include is None


@pytest.mark.parametrize(
    ("text", "include"),
    [("title: A\ninclude: all\n", None), ("include: [first-model, svd]\n", ("first-model", "svd"))],
)
def test_a_recipe_includes_everything_or_what_it_names(tmp_path: Path, text: str, include):
    (tmp_path / "some.yaml").write_text(text)
    assert include == recipes(tmp_path)["some"].include


@pytest.mark.parametrize(
    "text", ["", "- a\n", "title: A\n", "include: some\n", "include: [1]\n", "include: []\n", "a: [\n"]
)
def test_what_is_no_recipe_is_named(tmp_path: Path, text: str):
    (tmp_path / "some.yaml").write_text(text)
    with pytest.raises(RecipeError, match=r"some\.yaml: "):
        recipes(tmp_path)


@pytest.mark.parametrize("kind", NOTE_TYPES)
def test_templates_use_only_fields_that_the_note_type_has(kind: str):
    look = looks(DECKS)[kind]
    allowed = {*NOTE_TYPES[kind].fields, "FrontSide"}
    for side in (look.front, look.back):
        for name in re.findall(r"\{\{[#/^]?(?:cloze:|type:)?(\w+)\}\}", side):
            assert name in allowed
        assert side.count("{{#") == side.count("{{/")
        assert side.count("<div") == side.count("</div")
    assert "{{Topic}}" in look.back
    assert "{{Source}}" in look.back
    assert "{{Extra}}" in look.back


def test_the_style_sheet_loads_nothing_and_runs_nothing():
    css = looks(DECKS)["basic"].css
    assert not re.search(r"url\(|@import|https?:|expression|javascript|<", css)
    assert css.count("{") == css.count("}")


def test_every_colour_is_told_for_the_day_and_for_the_night():
    css = looks(DECKS)["basic"].css
    day, night = re.findall(r"(?:\.card|\.card\.night_mode) \{(.*?)\}", css, re.DOTALL)[:2]
    names = set(re.findall(r"(--\w+):", day))
    assert names == set(re.findall(r"(--\w+):", night))
    assert names == set(re.findall(r"var\((--\w+)\)", css))
