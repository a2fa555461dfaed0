"""Single values of YAML files: text, numbers, flags, and what YAML 1.1 makes of them unasked.

YAML 1.1 reads a plain ``no`` as false, ``5.44`` as a number, ``1:30`` as ninety and
``2026-01-01`` as a date; where text is due, each of these is an error that says what to write.
In double quotes a backslash begins an escape, so ``"\\theta"`` is a tab and ``heta``; that is told, too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Final, TypeAlias

import yaml

from studyctl.adapters.yaml_syntax import Node
from studyctl.core import format as said
from studyctl.core.problems import Level, did_you_mean, nearest, quoted
from studyctl.core.text import control_characters, without_controls

Tell: TypeAlias = Callable[[Node, Level, str, str, str], None]
"""Takes a problem: the node, the level, what it is, what to do, the rule."""

TAG = "tag:yaml.org,2002:"
_READ_AS = {
    "bool": "true or false",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "merge": "a merge key",
    "value": "a default value",
}
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]*|[0-9]*\.[0-9]+|[1-9][0-9]*\.)(?:[eE][-+]?[0-9]+)?")
_ESCAPES = {
    "\a": "a", "\b": "b", "\x1b": "e", "\f": "f", "\n": "n", "\r": "r", "\t": "t", "\v": "v",
    "\x85": "N", "\u2028": "L", "\u2029": "P",
}  # fmt: skip
_LOST_TEX = re.compile(  # alpha, beta, frac, rho, theta, vec, nabla, Lambda … behind a backslash
    r"[\a\b\x1b\f\r\v\x85\u2028\u2029](?=[a-z])"
    r"|\t(?=(?:heta|au|imes|o|ext|frac|ilde|op|riangle)\b)"
    r"|\n(?=(?:abla|eq|e|u|ot|otin|mid|i|leq|eg)\b)"
)
_SHOWN = 40  # characters of a strange value that a message repeats


class Broken:
    """Stands for a value that could not be read; its problem has been told."""


BROKEN: Final = Broken()


def text(node: Node, shape: said.Text, name: str, tell: Tell) -> Any:
    """The text of a node, BROKEN, or None where a loose text has a form that is not used."""
    if not isinstance(node, yaml.ScalarNode):
        return wrong(node, name, "a text", tell)
    kind = node.tag.removeprefix(TAG)
    if kind != "str":
        return _no_text(node, kind, name, shape, tell)
    if len(node.value) > said.LONGEST_TEXT:
        what = f"{called(name)} has {len(node.value):,} characters; {said.LONGEST_TEXT:,} are the most"
        return error(node, what, "cut it", "too-long", tell)
    value = _shown_safely(node, name, tell)
    if shape.choices and value not in shape.choices:
        guess = did_you_mean(nearest(value, shape.choices))
        what = f"{called(name)} is {quoted(value)}{guess or ', not ' + ' or '.join(shape.choices)}"
        return error(node, what, "", "choice", tell)
    if not shape.pattern or re.fullmatch(shape.pattern, value):
        return value
    what = f"{called(name)} is {quoted(value)}, not {shape.wanted}"
    if not shape.loose:
        return error(node, what, "", shape.rule, tell)
    if value:
        tell(node, Level.WARNING, what, "it is not used", shape.rule)
    return None


def _no_text(node: yaml.ScalarNode, kind: str, name: str, shape: said.Text, tell: Tell) -> Broken | None:
    if shape.loose and not node.style and (kind == "null" or kind in _READ_AS):
        what = "empty" if kind == "null" else f"read by YAML as {_READ_AS[kind]}"
        fix = f"in quotes it would be {shape.wanted}"
        tell(node, Level.WARNING, f"{called(name)} is {what} and not used", fix, "plain-scalar")
        return None
    if is_nothing(node):
        return error(node, f"{called(name)} is empty", "write the text, or leave the key out", "type", tell)
    if node.style or kind not in _READ_AS:
        return error(
            node, f"{called(name)} has the tag {quoted(node.tag)}", "leave the tag out", "type", tell
        )
    what = f"{called(name)}: YAML reads {quoted(node.value)} as {_READ_AS[kind]}, and text is due"
    fix = "write '" + node.value[:_SHOWN].replace("'", "''") + "' in quotes"
    return error(node, what, fix, "plain-scalar", tell)


def _shown_safely(node: yaml.ScalarNode, name: str, tell: Tell) -> str:
    """The text without control characters, which are told; those that were meant for TeX with the remedy."""
    value: str = node.value
    if value.isprintable():
        return value
    if node.style == '"' and (lost := _LOST_TEX.search(value)):
        command = f"\\{_ESCAPES[lost[0]]}{re.findall('[a-zA-Z]*', value[lost.end() :])[0]}"
        what = f"{called(name)}: in double quotes YAML takes the beginning of {command} for an escape"
        tell(node, Level.WARNING, what, "use single quotes", "escape")
    elif strange := control_characters(value):
        codes = ", ".join(f"U+{ord(sign):04X}" for sign in strange[:4])
        what = f"{called(name)} contains control characters ({codes}), which are never shown"
        tell(node, Level.WARNING, what, "take them out", "control-character")
    return without_controls(value)


def number(node: Node, shape: said.Number, name: str, tell: Tell) -> Any:
    """The number of a node, an int where the shape wants a whole one, or BROKEN."""
    kind = node.tag.removeprefix(TAG)
    if not isinstance(node, yaml.ScalarNode) or kind not in ("int", "float"):
        if isinstance(node, yaml.ScalarNode) and kind == "str" and _DECIMAL.fullmatch(node.value):
            what = f"{called(name)}: {quoted(node.value)} is text, and a number is due"
            return error(node, what, f"write {node.value[:_SHOWN]} without quotes", "type", tell)
        return wrong(node, name, str(shape), tell)
    infinite = re.fullmatch(r"[-+]?\.(?:inf|nan)", node.value, re.IGNORECASE)
    if not infinite and not _DECIMAL.fullmatch(node.value):
        what = f"{called(name)} is written {quoted(node.value)}, which YAML reads in another way than people"
        return error(node, what, "write a decimal number such as 1.5", "plain-scalar", tell)
    value = math.nan if infinite else float(node.value)
    if not shape.holds(value) or (shape.whole and value != math.floor(value)):
        return error(node, f"{called(name)} is {node.value[:_SHOWN]}, not {shape}", "", "range", tell)
    return int(value) if shape.whole else value


def flag(node: Node, name: str, tell: Tell) -> Any:
    """True, false or BROKEN."""
    if not isinstance(node, yaml.ScalarNode) or node.tag != f"{TAG}bool":
        return wrong(node, name, "true or false", tell)
    return node.value.lower() in ("true", "yes", "on")


def is_nothing(node: Node) -> bool:
    """Whether nothing stands behind a key, as in a template whose lines are commented out."""
    return isinstance(node, yaml.ScalarNode) and node.tag == f"{TAG}null" and not node.style


def wrong(node: Node, name: str, wanted: str, tell: Tell) -> Broken:
    """Tell that a value is of another kind than the one that is due."""
    return error(node, f"{called(name)} is {_kind(node)}, not {wanted}", "", "type", tell)


def error(node: Node, what: str, fix: str, rule: str, tell: Tell) -> Broken:
    """Tell an error, and give what stands for the value."""
    tell(node, Level.ERROR, what, fix, rule)
    return BROKEN


def _kind(node: Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a map of keys and values"
    if is_nothing(node):
        return "empty"
    if node.tag == f"{TAG}bool":
        return f"true or false ({quoted(node.value)})"
    return quoted(node.value)


def called(name: str) -> str:
    """A key as messages call it: ``helps.0`` is ``item 1 of helps``."""
    key, dot, place = name.rpartition(".")
    return f"item {int(place) + 1} of {called(key)}" if dot and place.isdecimal() else name
