"""The nodes of a YAML file, read by the shapes of `studyctl.core.format`.

Every value keeps its place, every problem has one, and reading goes on behind it, so that one
run finds all of them. What YAML swallows in silence is caught: two equal keys, of which it
would take the last, and aliases, which can make a small file unfold into a huge one.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from studyctl.adapters import yaml_scalars as scalars
from studyctl.adapters.yaml_scalars import BROKEN, Broken, called, error, wrong
from studyctl.adapters.yaml_syntax import Node
from studyctl.core import format as said
from studyctl.core.assembly import Entry
from studyctl.core.problems import Level, Place, Problem, did_you_mean, nearest, quoted


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
            return error(
                node, "an alias stands for another value", "write the value out", "alias", self._tell
            )
        self._met.add(id(node))
        match shape:
            case said.Text():
                return scalars.text(node, shape, name, self._tell)
            case said.Number():
                return scalars.number(node, shape, name, self._tell)
            case said.Flag():
                return scalars.flag(node, name, self._tell)
            case said.Listed():
                return self._list(node, shape, name, places)
            case said.Mapped():
                return self._map(node, shape, name, places)
            case said.Record():
                return self._record(node, shape, name)

    def place(self, node: Node) -> Place:
        """Where a node begins."""
        mark = node.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _tell(self, node: Node, level: Level, what: str, fix: str, rule: str) -> None:
        self.problems.append(Problem(self.place(node), level, what, fix, rule))

    def _record(self, node: Node, shape: said.Record, name: str) -> Entry | Broken:
        """The entry that a mapping node tells; keys that are not the record's are warnings."""
        if not isinstance(node, yaml.MappingNode):
            return wrong(node, name, f"keys and values ({', '.join(list(shape.keys)[:3])}, …)", self._tell)
        values: dict[str, Any] = {}
        places: dict[str, Place] = {}
        broken: set[str] = set()
        for key, key_node, value in self._pairs(node):
            if key not in shape.keys:
                self._unknown(key, key_node, shape)
                continue
            if scalars.is_nothing(value) and isinstance(shape.keys[key].shape, said.Record):
                continue  # as in a template whose lines are commented out
            read = self.read(value, shape.keys[key].shape, key, places)
            if read is BROKEN or key in self._partial:
                broken.add(key)
                self._partial.discard(key)
            if read is not BROKEN and read is not None:
                values[key] = read
        if not shape.merged:
            for key in shape.required:
                if key not in values and key not in broken:
                    error(node, f"the {shape.name} has no {key}", f"add {key}:", "missing", self._tell)
        return Entry(self.place(node), values, places, frozenset(broken))

    def _pairs(self, node: yaml.MappingNode) -> list[tuple[str, Node, Node]]:
        """Keys with their nodes and their values' nodes; a key that comes twice or is no text is left out."""
        told: dict[str, tuple[str, Node, Node]] = {}
        for key_node, value in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.tag == f"{scalars.TAG}merge":
                what = "a merge key takes its values from elsewhere"
                error(key_node, what, "write them out", "alias", self._tell)
                continue
            key = scalars.text(key_node, said.TEXT, "a key", self._tell)
            if not isinstance(key, str):
                continue
            if key in told:
                line = self.place(told[key][1]).line
                what = f"{quoted(key)} stands here twice, first in line {line}"
                error(key_node, what, "keep one of them", "duplicate-key", self._tell)
                continue
            told[key] = (key, key_node, value)
        return list(told.values())

    def _unknown(self, key: str, node: Node, shape: said.Record) -> None:
        guess = did_you_mean(nearest(key, shape.keys))
        article = "an" if shape.name[0] in "aeiou" else "a"
        what = f"{article} {shape.name} has no key {quoted(key)}{guess}"
        fix = "" if guess else f"the keys are {', '.join(shape.keys)}"
        self._tell(node, Level.WARNING, what, fix, "unknown-key")

    def _list(self, node: Node, shape: said.Listed, name: str, places: dict[str, Place]) -> Any:
        if scalars.is_nothing(node):
            return ()
        if not isinstance(node, yaml.SequenceNode):
            return wrong(node, name, "a list", self._tell)
        if len(node.value) < shape.least:
            what = f"{called(name)} is an empty list"
            return error(node, what, "name something, or leave it out", "type", self._tell)
        items: list[Any] = []
        for number, item in enumerate(node.value):
            here, own = f"{name}.{number}", {} if len(items) < number else places
            read = self.read(item, shape.item, here, own)
            if read is BROKEN or here in self._partial:
                self._partial.add(name)
                self._partial.discard(here)
            if read is BROKEN:
                continue
            if own is not places:  # an item before it was dropped
                places |= {f"{name}.{len(items)}{key.removeprefix(here)}": own[key] for key in own}
            items.append(read)
        return tuple(items)

    def _map(self, node: Node, shape: said.Mapped, name: str, places: dict[str, Place]) -> Any:
        if scalars.is_nothing(node):
            return {}
        if not isinstance(node, yaml.MappingNode):
            return wrong(node, name, "names with their values", self._tell)
        told = {}
        for key, key_node, value in self._pairs(node):
            read = self.read(value, shape.value, f"{name}.{key}", places)
            if shape.key.pattern and not re.fullmatch(shape.key.pattern, key):
                error(key_node, f"{quoted(key)} is no id, {shape.key.wanted}", "", shape.key.rule, self._tell)
            elif read is not BROKEN:
                told[key] = read
            elif isinstance(shape.value, said.Record):  # the name is told, whatever stands behind it
                told[key] = Entry(self.place(value), {}, {}, frozenset(shape.value.keys))
        return told
