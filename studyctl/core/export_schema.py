"""The form of an export, as a JSON Schema: what other programs may rely on."""

from __future__ import annotations

from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "number"}
_WHOLE: dict[str, Any] = {"type": "integer"}
_MAYBE_NUMBER: dict[str, Any] = {"type": ["number", "null"]}
_MAYBE_WHOLE: dict[str, Any] = {"type": ["integer", "null"]}
_MAYBE_TEXT: dict[str, Any] = {"type": ["string", "null"]}
_YES: dict[str, Any] = {"type": "boolean"}


def _object(**keys: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": keys, "required": sorted(keys)}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_LINE = _object(name=_TEXT, answers=_WHOLE, recalled=_NUMBER, predicted=_NUMBER)


def schema() -> dict[str, Any]:
    """The JSON Schema of what `studyctl export` writes."""
    card = _object(
        id=_TEXT,
        topic=_TEXT,
        state=_TEXT,
        suspended=_YES,
        stability=_NUMBER,
        difficulty=_NUMBER,
        retrievability=_NUMBER,
        due=_TEXT,
        last_review=_TEXT,
        reviews=_WHOLE,
        lapses=_WHOLE,
    )
    review = _object(card=_TEXT, at=_TEXT, offset=_WHOLE, day=_TEXT, rating=_WHOLE, ms=_MAYBE_WHOLE)
    event = _object(id=_TEXT, at=_TEXT, offset=_WHOLE, batch=_TEXT, do=_TEXT, facts={"type": "object"})
    topic = _object(
        id=_TEXT,
        title=_TEXT,
        area=_TEXT,
        state=_TEXT,
        hours_spent=_NUMBER,
        faded=_YES,
        coverage=_NUMBER,
        recall=_MAYBE_NUMBER,
        guess=_YES,
        learnt_times=_WHOLE,
        forgotten_times=_WHOLE,
        fades_on=_MAYBE_TEXT,
    )
    retention = _object(
        answers=_WHOLE,
        scored=_WHOLE,
        all={"anyOf": [_LINE, {"type": "null"}]},
        months=_list(_LINE),
        areas=_list(_LINE),
        gaps=_list(_LINE),
        calibration=_list(_LINE),
        grades=_list(_object(rating=_WHOLE, answers=_WHOLE, seconds=_MAYBE_NUMBER)),
    )
    return {
        "$schema": DIALECT,
        "title": "Everything that a learner has in studyctl",
        **_object(
            version={"const": 1},
            exported=_TEXT,
            model=_TEXT,
            parameters={"type": "array", "items": _NUMBER, "minItems": 21, "maxItems": 21},
            settings={"type": "object"},
            topics=_list(topic),
            cards=_list(card),
            reviews=_list(review),
            events=_list(event),
            retention=retention,
        ),
    }
