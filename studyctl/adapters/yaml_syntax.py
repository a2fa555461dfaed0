"""YAML as far as PyYAML reads it: from bytes to nodes that know their line and column.

The C parser's complaints are said here in words that lead to the mistake. What it swallows in
silence is for `studyctl.adapters.yaml_nodes`.
"""

from __future__ import annotations

import re
from typing import TypeAlias, cast

import yaml

from studyctl.core.problems import Level, Place, Problem

_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_FORBIDDEN = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHOWN = "\ufffd"
Node: TypeAlias = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode


def compose(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The root node of a YAML file, and its problems; None with an error if there is none, without if the file is empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = _place_after(before, file)
        return None, [Problem(place, Level.ERROR, "the file is not UTF-8", "save it as UTF-8", "encoding")]
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        place = _place_after(text[: conflict.start()], file)
        what = "a conflict of git is not settled here"
        fix = "keep one of the two sides, and take the marks out"
        return None, [Problem(place, Level.ERROR, what, fix, "yaml")]
    try:
        return _composed(text, file)
    except yaml.reader.ReaderError:  # a sign that YAML does not take
        shown, warnings = _inert(text, file)
        node, problems = _composed(shown, file)
        return node, [*warnings, *problems]


def _composed(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """The root node, or what the parser complains about; ReaderError for a sign that YAML does not take."""
    try:
        return cast("Node | None", yaml.compose(text, yaml.CSafeLoader)), []
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        return None, [Problem(place, Level.ERROR, *_sentence(error), "yaml")]
    except yaml.reader.ReaderError:
        raise
    except yaml.YAMLError as error:
        return None, [Problem(Place(file), Level.ERROR, f"this is no YAML: {error}", "", "yaml")]


def _inert(text: str, file: str) -> tuple[str, list[Problem]]:
    """The text with a sign in the place of each one that YAML does not take, and a warning for each of these."""
    warnings = []
    for found in _FORBIDDEN.finditer(text):
        what = f"there is a control character (U+{ord(found[0]):04X}), which is shown as {_SHOWN}"
        place = _place_after(text[: found.start()], file)
        warnings.append(Problem(place, Level.WARNING, what, "take it out", "control-character"))
    return _FORBIDDEN.sub(_SHOWN, text), warnings


def _place_after(text: str, file: str) -> Place:
    return Place(file, text.count("\n") + 1, len(text) - text.rfind("\n"))


def _sentence(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """What libyaml complains about, and what mends it, for the mistakes that people make."""
    told = " ".join(part for part in (error.context, error.problem or str(error)) if part)
    if "mapping values are not allowed" in told:
        return "a colon stands where none can stand", "put a text that contains ': ' in quotes"
    if "cannot start any token" in told:
        return "a text begins with a sign that YAML keeps for itself", "put the text in quotes"
    if "escape" in told or "hexdecimal" in told:
        return (
            "a backslash in double quotes begins an escape",
            "use single quotes for a text with backslashes",
        )
    if "another document" in told:
        return "the file holds more than one document", "keep one document a file, without '---' between"
    if "unexpected end of stream" in told and "scalar" in told:
        return "a quote is never closed", "close the quote"
    if "alias" in told:
        return "an alias names no anchor", "put a text that begins with '*' in quotes"
    if "nesting depth" in told:
        return "the values are nested too deeply", ""
    return f"this is no YAML: {told}", ""
