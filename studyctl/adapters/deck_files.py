"""The folder `decks/`: how the note types look, and the recipes.

A recipe is a file `<id>.yaml` with a title, a summary, and what it includes: ids of areas,
tracks and topics, or `all`; or else `notes`, a list of single notes (`topic/card`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeGuard

import yaml

from studyctl.core.notes import NOTE_TYPES, Look
from studyctl.core.problems import StudyctlError
from studyctl.core.recipes import Recipe


class RecipeError(StudyctlError):
    """A file of `decks/` is no recipe."""


def looks(folder: Path) -> dict[str, Look]:
    """How each kind of note type looks."""
    templates = folder / "note-types"

    def text(name: str) -> str:
        return (templates / name).read_text(encoding="utf-8").strip() + "\n"

    css = text("card.css")
    return {kind: Look(text(f"{kind}-front.html"), text(f"{kind}-back.html"), css) for kind in NOTE_TYPES}


def recipes(folder: Path) -> dict[str, Recipe]:
    """The recipes of a folder, by id."""
    return {path.stem: _recipe(path) for path in sorted(folder.glob("*.yaml"))}


def _recipe(path: Path) -> Recipe:
    try:
        told = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise RecipeError(f"{path}: {error}") from error
    if not isinstance(told, Mapping):
        raise RecipeError(f"{path}: should hold a title and `include`")
    title, summary = str(told.get("title") or path.stem), str(told.get("summary") or "")
    include, notes = told.get("include"), told.get("notes")
    if notes is not None and (include is not None or not _names(notes)):
        raise RecipeError(f"{path}: `notes` is a list of notes and stands without `include`")
    if notes is not None:
        return Recipe(path.stem, title, summary, (), frozenset(notes))
    if include == "all":
        return Recipe(path.stem, title, summary, None)
    if not _names(include):
        raise RecipeError(f"{path}: `include` is `all` or a list of areas, tracks and topics")
    return Recipe(path.stem, title, summary, tuple(include))


def _names(told: object) -> TypeGuard[list[str]]:
    return isinstance(told, list) and bool(told) and all(isinstance(name, str) for name in told)
