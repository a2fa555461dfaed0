"""config.yaml: read with its place, changed without losing a comment.

Changing a value replaces the text of just that value, found through the marks that the YAML
parser leaves, so comments, order and spacing of everything else stay as they were.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from studyctl.adapters import whole_file
from studyctl.core.problems import Place, StudyctlError

NO_VALUE = (yaml.YAMLError, ValueError, LookupError, TypeError, AttributeError, RecursionError)
"""What PyYAML raises for a value that its tag does not fit, such as ``!!bool x``."""


class ConfigError(StudyctlError):
    """config.yaml cannot be understood at `place`."""

    def __init__(self, place: Place, what: str) -> None:
        self.place = place
        super().__init__(f"{place}: {what}", f"mend it in {place.file}")


def read(path: Path) -> tuple[dict[str, Any], dict[str, Place]]:
    """The values of config.yaml and the place of each; both empty if there is no such file."""
    node = _compose(path, _text(path))
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
        except NO_VALUE as error:
            raise ConfigError(place, f"{key.value}: {error}") from error
        places[str(key.value)] = place
    return values, places


def _text(path: Path) -> str:
    """The file with its line ends as they are; empty if there is none."""
    if path.exists() and not path.is_file():
        raise ConfigError(Place(str(path)), "is no file")
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise ConfigError(Place(str(path)), "is not UTF-8 text") from error


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
        told = yaml.load(text, Loader=yaml.CSafeLoader)
        json.dumps(told, default=str, skipkeys=True)  # which a list that holds itself is not
    except NO_VALUE as error:
        raise ValueError(f"{text!r} is no value: {getattr(error, 'problem', error)}") from error
    return told


def change(path: Path, key: str, value: str) -> None:
    """Set `key` to the YAML text `value`, keeping everything else of the file to the letter.

    ConfigError where that cannot be done, e.g. behind an end of the document; the file is left as it is.
    """
    text = _text(path)
    node = _compose(path, text)
    entries: list[tuple[yaml.Node, yaml.Node]] = node.value if node is not None else []
    old = next((pair for pair in entries if pair[0].value == key), None)
    wanted = parse_value(value)
    told = _in_place(value, wanted, flow=node is not None and bool(node.flow_style))
    changed = _added(text, node, f"{key}: {told}") if old is None else _replaced(text, old[0], old[1], told)
    before = _values(text) or {}
    if _values(changed) != {**before, key: wanted}:
        raise ConfigError(Place(str(path)), f"cannot be changed by a program; write `{key}: {value}` there")
    path.parent.mkdir(parents=True, exist_ok=True)
    whole_file.write(path, changed.encode())


def _values(text: str) -> Any:
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def _in_place(value: str, wanted: Any, *, flow: bool) -> str:
    """The text of a value as it can stand behind a key and a colon, in braces if the file is in the `flow` style."""
    line = f"{{key: {value}}}" if flow else f"key: {value}"
    if "\n" not in value and _values(line) == {"key": wanted}:
        return value
    told: str = yaml.dump({"key": wanted}, Dumper=yaml.CSafeDumper, default_flow_style=True, width=1 << 30)
    return told.strip().removeprefix("{key: ").removesuffix("}")


def _replaced(text: str, name: yaml.Node, old: yaml.Node, value: str) -> str:
    colon = text.index(":", name.end_mark.index) + 1
    start, end = max(colon, old.start_mark.index), max(colon, _end(text, old))
    comments, newline, _ = text[colon:start].rpartition("\n")
    between = f"{comments}{newline}  " if "#" in comments else " "
    return text[:colon] + between + value + text[end:]


def _added(text: str, node: yaml.MappingNode | None, line: str) -> str:
    if node is not None and node.flow_style:
        close = node.end_mark.index - 1
        return f"{text[:close].rstrip()}{', ' if node.value else ''}{line}{text[close:]}"
    newline = "\r\n" if "\r\n" in text else "\n"
    return text + ("" if not text or text.endswith("\n") else newline) + line + newline


def _end(text: str, node: yaml.Node) -> int:
    """Where the text of a node ends; a block, unlike its end mark, without what follows its last value."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    return len(text[: node.end_mark.index].rstrip())
