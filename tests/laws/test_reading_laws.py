"""Laws of reading: whatever stands in a file, it is told with a place, and nothing breaks."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import yaml
from conftest import CURRICULUM
from hypothesis import given, settings
from hypothesis import strategies as st

from studyctl.adapters.curriculum_files import read
from studyctl.core import format as said
from studyctl.core.problems import Level
from studyctl.core.schema import schema

FILES = ["areas.yaml", "resources.yaml", "topics/a/one.yaml", "tracks/way.yaml"]
SUMS = (Path(__file__).parent.parent.parent / "curriculum/topics/foundations/naive-sets.yaml").read_bytes()
VALID = jsonschema.Draft202012Validator(schema()).is_valid


def told(files: dict[str, bytes]) -> list[Any]:
    with tempfile.TemporaryDirectory() as place:
        for name, data in files.items():
            path = Path(place) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return list(read([Path(place)])[1])


def sane(files: dict[str, bytes]) -> None:
    for problem in told(files):
        assert problem.place.file
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.what
        assert problem.rule


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(FILES),
        st.binary(max_size=80) | st.text(max_size=80).map(lambda it: it.encode("utf-8", "replace")),
    )
)
def test_any_bytes_can_be_read(files):
    sane(files)


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["a", "one", "{{c1::x}}", "$", "2026-01-01"])
)


@st.composite
def records(draw: st.DrawFn, record: said.Record = said.TOPIC, depth: int = 2) -> Any:
    """Something that looks like a topic: known keys with values of mostly the right shape."""
    keys = draw(st.lists(st.sampled_from([*record.keys, "nonsense"]), unique=True, max_size=6))
    keys += [key for key in record.required if key not in keys and draw(st.booleans())]
    return {
        key: draw(values(record.keys[key].shape, depth) if key in record.keys else scalars) for key in keys
    }


def values(shape: said.Shape, depth: int) -> st.SearchStrategy[Any]:
    match shape:
        case said.Text():
            good: st.SearchStrategy[Any] = st.sampled_from(
                [
                    *shape.choices,
                    "one",
                    "Some words, here.",
                    "$x$",
                    "{{c1::$a$}} is a set",
                    "#aabbcc",
                    "https://a.b",
                ]
            )
        case said.Number():
            good = st.integers(0, 9) | st.floats(0, 2)
        case said.Flag():
            good = st.booleans()
        case said.Listed():
            good = st.lists(values(shape.item, depth - 1), max_size=2) if depth else st.just([])
        case said.Mapped():
            good = st.dictionaries(
                st.sampled_from(["a", "one", "no"]), values(shape.value, depth - 1), max_size=2
            )
        case said.Record():
            good = records(shape, depth)
    return st.integers(0, 9).flatmap(lambda n: scalars if n == 0 else good)


@settings(max_examples=100, deadline=None)
@given(records(), st.booleans())
def test_anything_shaped_like_a_topic_can_be_read(topic, flow):
    text = yaml.safe_dump(topic, default_flow_style=flow, allow_unicode=True)
    sane(
        {
            "topics/a/one.yaml": text.encode("utf-8", "replace"),
            "resources.yaml": CURRICULUM["resources.yaml"].encode(),
        }
    )


# what the schema cannot say, because it needs more than one value or is about the text itself
BEYOND = {
    "unknown-topic", "self-edge", "cycle", "duplicate-id", "unknown-objective", "unknown-resource", "card-form",
    "cloze-gap", "cloze-number", "math", "placeholder", "retired", "was", "patch", "deck",
}  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(records())
def test_the_schema_and_check_agree_about_the_shape_of_a_topic(topic):
    problems = told(
        {"topics/a/one.yaml": yaml.safe_dump(topic, allow_unicode=True).encode("utf-8", "replace")}
    )
    ours = [
        one
        for one in problems
        if (one.rule not in BEYOND and one.level is Level.ERROR)
        or one.rule in ("unknown-key", "colour", "url")
    ]
    if not ours and not any(one.rule in ("patch", "card-form", "placeholder") for one in problems):
        assert VALID(json.loads(json.dumps(topic, default=str))), topic
    if ours and all(one.rule in ("choice", "range", "missing", "bad-id", "unknown-key") for one in ours):
        assert not VALID(topic), list(map(str, ours))


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(SUMS)),
    st.integers(0, 30),
    st.binary(max_size=6) | st.sampled_from([b"'", b'"', b": ", b"\n", b"{", b"]", b"&a ", b"*a", b"\t"]),
)
def test_a_real_topic_with_a_slip_of_the_hand_can_be_read(at, gone, instead):
    sane({"topics/a/one.yaml": SUMS[:at] + instead + SUMS[at + gone :]})
