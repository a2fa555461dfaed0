"""YAML with a place for every value, read by the shapes of `studyctl.core.format`.

PyYAML's C parser gives nodes that know line and column; this module walks them by a shape and
returns plain values, each problem with its place, and goes on behind it, so that one run finds
all of them. What YAML swallows in silence is caught here: two equal keys, a plain scalar that
YAML 1.1 takes for something else than text (``no``, ``1:30``, ``5.44``), and aliases, which can
make a small file unfold into a huge one.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final, TypeAlias, cast

import yaml

from studyctl.core import format as said
from studyctl.core.assembly import Entry
from studyctl.core.problems import Level, Place, Problem, did_you_mean, nearest
from studyctl.core.text import control_characters, without_controls

Node: TypeAlias = yaml.ScalarNode | yaml.SequenceNode | yaml.MappingNode

_TAG = "tag:yaml.org,2002:"
_READ_AS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "timestamp": "a date",
    "merge": "a merge key",
    "value": "a default value",
}
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*|[0-9]*\.[0-9]+|[1-9][0-9]*\.)(?:[eE][-+]?[0-9]+)?")
_LOST_TEX = re.compile(  # \\alpha, \\beta, \\frac, \\rho, \\theta, \\vec, \\nabla … in double quotes
    r"[\a\b\f\r\v](?=[a-z])|\t(?=(?:heta|au|imes|o|ext|frac|ilde|op|riangle)\b)"
    r"|\n(?=(?:abla|eq|e|u|ot|otin|mid|i|leq|eg)\b)"
)
_SHOWN = 40  # characters of a strange value that a message repeats


class _Broken:
    """Stands for a value that could not be read; its problem has been reported."""


BROKEN: Final = _Broken()


def compose(data: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The root node of a YAML file; None with problems if there is none, without if the file is empty."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        place = _place_after(before, file)
        return None, [Problem(place, Level.ERROR, "the file is not UTF-8", "save it as UTF-8", "encoding")]
    try:
        return cast("Node | None", yaml.compose(text, yaml.CSafeLoader)), []
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        return None, [Problem(place, Level.ERROR, *_sentence(error), "yaml")]
    except yaml.reader.ReaderError as error:
        place = _place_after(text.encode()[: error.position].decode(errors="ignore"), file)  # it counts bytes
        fix = 'write it as an escape such as "\\t", or leave it out'
        return None, [Problem(place, Level.ERROR, "there is a control character", fix, "yaml")]
    except yaml.YAMLError as error:
        return None, [Problem(Place(file), Level.ERROR, f"this is no YAML: {error}", "", "yaml")]


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


class Reader:
    """Reads the nodes of one file by shapes; what does not fit is added to `problems`."""

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self._met: set[int] = set()
        self._partial: set[str] = set()  # lists of the record at hand that have lost a broken item

    def read(self, node: Node, shape: said.Shape, name: str, places: dict[str, Place]) -> Any:
        """The value of `node`, or BROKEN; `name` is its key, under which it adds its places."""
        places[name] = self.place(node)
        if id(node) in self._met:
            return self._error(node, "an alias stands for another value", "write the value out", "alias")
        self._met.add(id(node))
        match shape:
            case said.Text():
                return self._text(node, shape, name)
            case said.Number():
                return self._number(node, shape, name)
            case said.Flag():
                return self._flag(node, name)
            case said.Listed():
                return self._list(node, shape, name, places)
            case said.Mapped():
                return self._map(node, shape, name, places)
            case said.Record():
                return self.record(node, shape, name)

    def place(self, node: Node) -> Place:
        """Where a node begins."""
        mark = node.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def record(self, node: Node, shape: said.Record, name: str) -> Entry | _Broken:
        """The entry that a mapping node tells; keys that are not the record's are warnings."""
        if not isinstance(node, yaml.MappingNode):
            return self._wrong(node, name, f"keys and values ({', '.join(list(shape.keys)[:3])}, …)")
        values: dict[str, Any] = {}
        places: dict[str, Place] = {}
        broken: set[str] = set()
        for key, key_node, value in self._pairs(node):
            if key not in shape.keys:
                self._unknown(key, key_node, shape)
                continue
            read = self.read(value, shape.keys[key].shape, key, places)
            if read is BROKEN or key in self._partial:
                broken.add(key)
                self._partial.discard(key)
            if read is not BROKEN and read is not None:
                values[key] = read
        entry = Entry(self.place(node), values, places, frozenset(broken))
        if not shape.merged:
            for key in shape.required:
                if key not in values and key not in broken:
                    what = f"the {shape.name} has no {key}"
                    self._report(Problem(entry.place, Level.ERROR, what, f"add {key}:", "missing"))
        return entry

    def _pairs(self, node: yaml.MappingNode) -> list[tuple[str, Node, Node]]:
        """Keys with their nodes and their values' nodes; a key that comes twice or is no text is left out."""
        told: dict[str, tuple[str, Node, Node]] = {}
        for key_node, value in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.tag == f"{_TAG}merge":
                self._error(
                    key_node, "a merge key takes its values from elsewhere", "write them out", "alias"
                )
                continue
            key = self._text(key_node, said.TEXT, "a key")
            if not isinstance(key, str):
                continue
            if key in told:
                line = self.place(told[key][1]).line
                what = f"{_shown(key)} stands here twice, first in line {line}"
                self._error(key_node, what, "keep one of them", "duplicate-key")
                continue
            told[key] = (key, key_node, value)
        return list(told.values())

    def _unknown(self, key: str, node: Node, shape: said.Record) -> None:
        guess = did_you_mean(nearest(key, shape.keys))
        what = f"a {shape.name} has no key {_shown(key)}{guess}"
        fix = "" if guess else f"the keys are {', '.join(shape.keys)}"
        self._report(Problem(self.place(node), Level.WARNING, what, fix, "unknown-key"))

    def _text(self, node: Node, shape: said.Text, name: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self._wrong(node, name, "a text")
        kind = node.tag.removeprefix(_TAG)
        if kind != "str":
            if not node.style and kind in _READ_AS:
                if kind == "null":
                    return self._error(
                        node, f"{_called(name)} is empty", "write the text, or leave the key out", "type"
                    )
                what = (
                    f"{_called(name)}: YAML reads {_shown(node.value)} as {_READ_AS[kind]}, and text is due"
                )
                return self._error(node, what, f"write {_quoted(node.value)} in quotes", "plain-scalar")
            return self._error(
                node, f"{_called(name)} has the tag {_shown(node.tag)}", "leave the tag out", "type"
            )
        text: str = node.value
        if node.style == '"' and (lost := _LOST_TEX.search(text)):
            what = f"{_called(name)}: in double quotes YAML reads {lost[0][0]!r} out of what begins a TeX command"
            self._report(Problem(self.place(node), Level.WARNING, what, "use single quotes", "escape"))
            text = without_controls(text)
        if not text.isprintable() and (strange := control_characters(text)):
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in strange[:4])
            what = f"{_called(name)} contains control characters ({codes}), which are never shown"
            self._report(Problem(self.place(node), Level.WARNING, what, "take them out", "control-character"))
            text = without_controls(text)
        if shape.choices and text not in shape.choices:
            guess = did_you_mean(nearest(text, shape.choices))
            what = f"{_called(name)} is {_shown(text)}{guess or ', not ' + ' or '.join(shape.choices)}"
            return self._error(node, what, "", "choice")
        if shape.pattern and not re.fullmatch(shape.pattern, text):
            if shape.loose and not text:
                return None
            what = f"{_called(name)} is {_shown(text)}, not {shape.wanted}"
            if shape.loose:
                self._report(Problem(self.place(node), Level.WARNING, what, "it is not used", shape.rule))
                return None
            return self._error(node, what, "", shape.rule)
        return text

    def _number(self, node: Node, shape: said.Number, name: str) -> Any:
        kind = node.tag.removeprefix(_TAG)
        if not isinstance(node, yaml.ScalarNode) or kind not in ("int", "float"):
            if isinstance(node, yaml.ScalarNode) and kind == "str" and _DECIMAL.fullmatch(node.value):
                what = f"{_called(name)}: {_shown(node.value)} is text, and a number is due"
                return self._error(node, what, f"write {node.value} without quotes", "type")
            return self._wrong(node, name, str(shape))
        if re.fullmatch(r"[-+]?\.(?:inf|nan)", node.value, re.IGNORECASE):
            return self._error(node, f"{_called(name)} is {node.value}, not {shape}", "", "range")
        if not _DECIMAL.fullmatch(node.value):
            what = f"{_called(name)} is written {_shown(node.value)}, which YAML reads in another way than people"
            return self._error(node, what, "write a decimal number such as 1.5", "plain-scalar")
        value = float(node.value)
        if (shape.whole and value != math.floor(value)) or not shape.holds(value):
            return self._error(node, f"{_called(name)} is {node.value}, not {shape}", "", "range")
        return int(value) if shape.whole else value

    def _flag(self, node: Node, name: str) -> Any:
        if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}bool":
            return self._wrong(node, name, "true or false")
        return node.value.lower() in ("true", "yes", "on")

    def _list(self, node: Node, shape: said.Listed, name: str, places: dict[str, Place]) -> Any:
        if _is_nothing(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            return self._wrong(node, name, "a list")
        if len(node.value) < shape.least:
            return self._error(
                node, f"{_called(name)} is an empty list", "name something, or leave it out", "type"
            )
        items: list[Any] = []
        for number, item in enumerate(node.value):
            called, own = f"{name}.{number}", {} if len(items) < number else places
            read = self.read(item, shape.item, called, own)
            if read is BROKEN or called in self._partial:
                self._partial.add(name)
                self._partial.discard(called)
            if read is BROKEN:
                continue
            if own is not places:  # an item before it was dropped
                places |= {f"{name}.{len(items)}{key.removeprefix(called)}": own[key] for key in own}
            items.append(read)
        return tuple(items)

    def _map(self, node: Node, shape: said.Mapped, name: str, places: dict[str, Place]) -> Any:
        if _is_nothing(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            return self._wrong(node, name, "names with their values")
        told = {}
        for key, key_node, value in self._pairs(node):
            read = self.read(value, shape.value, f"{name}.{key}", places)
            if shape.key.pattern and not re.fullmatch(shape.key.pattern, key):
                self._error(key_node, f"{_shown(key)} is no id, {shape.key.wanted}", "", shape.key.rule)
            elif read is not BROKEN:
                told[key] = read
        return told

    def _wrong(self, node: Node, name: str, wanted: str) -> _Broken:
        return self._error(node, f"{_called(name)} is {_kind(node)}, not {wanted}", "", "type")

    def _error(self, node: Node, what: str, fix: str, rule: str) -> _Broken:
        self._report(Problem(self.place(node), Level.ERROR, what, fix, rule))
        return BROKEN

    def _report(self, problem: Problem) -> None:
        self.problems.append(problem)


def _is_nothing(node: Node) -> bool:
    """A key with nothing behind it, as in a template whose lines are commented out."""
    return isinstance(node, yaml.ScalarNode) and node.tag == f"{_TAG}null" and not node.style


def _kind(node: Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a map of keys and values"
    if _is_nothing(node):
        return "empty"
    if node.tag == f"{_TAG}bool":
        return f"true or false ({_shown(node.value)})"
    return _shown(node.value)


def _called(name: str) -> str:
    """A key as messages call it: ``helps.0`` is ``item 1 of helps``."""
    key, dot, number = name.rpartition(".")
    return f"item {int(number) + 1} of {_called(key)}" if dot and number.isdigit() else name


def _shown(value: str) -> str:
    return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
