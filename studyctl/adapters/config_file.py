"""config.yaml: read with its place, changed without losing a comment.

Changing a value replaces the text of just that value, found through the marks that the YAML
parser leaves, so comments, order and spacing of everything else stay as they were.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

from studyctl.core.problems import Place, StudyctlError


class ConfigError(StudyctlError):
    """config.yaml cannot be understood at `place`."""

    def __init__(self, place: Place, what: str) -> None:
        self.place = place
        super().__init__(f"{place}: {what}", "studyctl config")


def read(path: Path) -> tuple[dict[str, Any], dict[str, Place]]:
    """The values of config.yaml and the place of each; both empty if there is no such file."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}, {}
    except UnicodeDecodeError as error:
        raise ConfigError(Place(str(path)), "is not UTF-8 text") from error
    node = _compose(path, text)
    if node is None:
        return {}, {}
    loader = yaml.CSafeLoader("")
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    for key, value in node.value:
        mark = value.start_mark
        place = Place(str(path), mark.line + 1, mark.column + 1)
        if str(key.value) in values:
            raise ConfigError(place, f"{key.value} stands here a second time")
        try:
            values[str(key.value)] = loader.construct_object(value, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            raise ConfigError(place, f"{key.value}: {error}") from error
        places[str(key.value)] = place
    return values, places


def _compose(path: Path, text: str) -> yaml.MappingNode | None:
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(str(path), mark.line + 1, mark.column + 1) if mark else Place(str(path))
        raise ConfigError(place, str(getattr(error, "problem", None) or error)) from error
    if node is not None and not isinstance(node, yaml.MappingNode):
        raise ConfigError(Place(str(path)), "should hold lines of `key: value`")
    return node


def parse_value(text: str) -> Any:
    """The value of what a user typed behind `config set KEY`; ValueError if it is no YAML."""
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"{text!r} is no value: {getattr(error, 'problem', error)}") from error


def change(path: Path, key: str, value: str) -> None:
    """Set `key` to the YAML text `value`, keeping everything else of the file to the letter."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    node = _compose(path, text)
    for name, old in node.value if node is not None else ():
        if name.value == key:
            end = old.end_mark.index
            after = text[end:]
            lines = "" if after.startswith(("\n", " ", "\t", "#")) or not after else "\n"
            text = text[: old.start_mark.index] + value + lines + after
            break
    else:
        text += ("" if not text or text.endswith("\n") else "\n") + f"{key}: {value}\n"
    replace_file(path, text)


def replace_file(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            os.chmod(name, path.stat().st_mode & 0o777)
        else:
            os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
