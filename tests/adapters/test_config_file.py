"""config.yaml is changed where it must be, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from studyctl.adapters.config_file import ConfigError, change, read


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "a: {b: 4}\n"),
        ("x: 1", "x: 1\na: {b: 4}\n"),
        ("# only words\n", "# only words\na: {b: 4}\n"),
        ("a: 1  # why\nx: 2\n", "a: {b: 4}  # why\nx: 2\n"),
        ("a:\n  c: 3\n# of x\nx: 2\n", "a: {b: 4}\n# of x\nx: 2\n"),
        ("a:\n- 1\n- c: 3\n\n# end\n", "a: {b: 4}\n\n# end\n"),
        ("a:  # why\n  c: 3\nx: 2\n", "a:  # why\n  {b: 4}\nx: 2\n"),
        ("a:\n# nothing yet\nx: 2\n", "a: {b: 4}\n# nothing yet\nx: 2\n"),
        ("a: |\n  one\n  two\n# of x\nx: 2\n", "a: {b: 4}\n# of x\nx: 2\n"),
        ("a : 1\n", "a : {b: 4}\n"),
        ("{x: {c: 3}, y: 2}\n", "{x: {c: 3}, y: 2, a: {b: 4}}\n"),
        ("{a: {c: 3}, y: 2}\n", "{a: {b: 4}, y: 2}\n"),
        ("{}\n", "{a: {b: 4}}\n"),
        ("x: 1\r\na: 2\r\ny: 3\r\n", "x: 1\r\na: {b: 4}\r\ny: 3\r\n"),
        ("x: 1\r\n", "x: 1\r\na: {b: 4}\r\n"),
    ],
)
def test_a_value_is_set_and_everything_else_is_kept_to_the_letter(tmp_path: Path, before: str, after: str):
    path = tmp_path / "config.yaml"
    path.write_bytes(before.encode())
    change(path, "a", "{b: 4}")
    assert after == path.read_bytes().decode()
    assert {"b": 4} == read(path)[0]["a"]


@pytest.mark.parametrize("before", ["---\nx: 1\n...\n", "x: &one 1\na: &two 2\ny: *two\n"])
def test_what_a_program_cannot_change_is_left_and_said(tmp_path: Path, before: str):
    path = tmp_path / "config.yaml"
    path.write_text(before)
    with pytest.raises(ConfigError, match="write `a: 4` there"):
        change(path, "a", "4")
    assert before == path.read_text()


def test_a_file_that_is_no_text_is_left_and_said(tmp_path: Path):
    path = tmp_path / "config.yaml"
    path.write_bytes(b"x: \xff\n")
    for work in (lambda: change(path, "a", "4"), lambda: read(path)):
        with pytest.raises(ConfigError, match="is not UTF-8 text"):
            work()
    assert b"x: \xff\n" == path.read_bytes()


@pytest.mark.parametrize(
    "value", ["b: 4", "b: 4\nc: 5", "[1,\n 2]", "4 # four", "'a: 1'", "- 1\n- 2", "one\n  two"]
)
def test_a_value_is_written_so_that_it_reads_back(tmp_path: Path, value: str):
    path = tmp_path / "config.yaml"
    path.write_text("a: 1\nx: 2\n")
    change(path, "a", value)
    assert {"a": yaml.safe_load(value), "x": 2} == read(path)[0]


@pytest.mark.parametrize("value", [":a", "a: b", "[1]", "'}'", "x, y", "5"])
def test_a_value_in_braces_is_written_so_that_it_reads_back(tmp_path: Path, value: str):
    path = tmp_path / "config.yaml"
    path.write_text("{a: null, x: 2}\n")
    change(path, "a", value)
    assert {"a": yaml.safe_load(value), "x": 2} == read(path)[0]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab: #-'\n", max_size=6),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.text("xyz", min_size=1), one, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3),
    VALUES,
    st.booleans(),
    st.sampled_from(["", "# end\n"]),
)
def test_only_the_key_that_was_set_differs(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, Any], value: Any, flow: bool, end: str
):
    path = tmp_path_factory.mktemp("config") / "config.yaml"
    path.write_text((yaml.safe_dump(before, default_flow_style=flow) if before else "") + end)
    change(path, "a", yaml.safe_dump(value))
    assert {**before, "a": value} == read(path)[0]
    assert path.read_text().endswith(end) or "a" not in before
