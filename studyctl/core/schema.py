"""The format of curriculum files as a JSON Schema, so that editors can complete and check.

The schema itself describes a topic file; the other files are below ``#/$defs/files``. It says
what `studyctl.core.format` says about single values; what must agree between values is for
`check` alone.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from studyctl.core import format as said

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_RECORDS = (
    said.CITATION,
    said.SOURCE,
    said.REQUIREMENT,
    said.OBJECTIVE,
    said.QUESTION,
    said.PROJECT,
    said.CARD,
    said.SECTION,
    said.TRACK,
    said.AREA,
    said.RESOURCE,
)
_PATCH = {"properties": {"patch": {"const": True}}, "required": ["patch"]}
_FORMS = [{"required": ["q", "a"]}, {"required": ["cloze"]}]


def schema() -> Schema:
    """The JSON Schema of a topic file, with those of the other files in its definitions."""
    records = {record.name: _record(record) for record in _RECORDS}
    records["patch-card"] = records["card"] | {"required": ["id"]}
    records["card"] = records["card"] | {"oneOf": _FORMS}
    topic = _record(said.TOPIC)
    topic_properties = dict(topic["properties"])
    cards = topic_properties.pop("cards")
    required = topic.pop("required")
    return {
        "$schema": DIALECT,
        "title": "A topic of a studyctl curriculum",
        **topic,
        "properties": {**topic_properties, "cards": {"description": cards["description"]}},
        "if": _PATCH,
        "then": {"properties": {"cards": _list("patch-card")}},
        "else": {"properties": {"cards": _list("card")}, "required": required},
        "$defs": {
            **records,
            "files": {
                "areas": _shape(said.AREAS),
                "resources": _shape(said.RESOURCES),
                "track": _reference("track"),
            },
        },
    }


def _record(record: said.Record) -> Schema:
    return {
        "type": "object",
        "properties": {
            name: _shape(key.shape) | {"description": key.help} for name, key in record.keys.items()
        },
        "required": list(record.required),
        "additionalProperties": False,
    }


def _shape(shape: said.Shape) -> Schema:
    match shape:
        case said.Text():
            return _text(shape)
        case said.Number():
            low = "exclusiveMinimum" if shape.above else "minimum"
            kind = "integer" if shape.whole else "number"
            return {"type": kind, low: shape.low, "maximum": shape.high}
        case said.Flag():
            return {"type": "boolean"}
        case said.Listed():
            # a key with nothing behind it is an empty list
            told: Schema = {"type": ["array", "null"], "items": _shape(shape.item)}
            return told | ({"type": "array", "minItems": shape.least} if shape.least else {})
        case said.Mapped():
            return {
                "type": ["object", "null"],
                "additionalProperties": _shape(shape.value),
                "propertyNames": _text(shape.key),
            }
        case said.Record():
            return _reference(shape.name)


def _text(shape: said.Text) -> Schema:
    told: Schema = {"type": "string"}
    if shape.choices:
        told["enum"] = list(shape.choices)
    if shape.pattern:
        told["pattern"] = f"^(?:{shape.pattern}){'?' if shape.loose else ''}$"
    return told


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(name: str) -> Schema:
    return {"type": ["array", "null"], "items": _reference(name)}
