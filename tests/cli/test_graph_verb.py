"""`graph`: trees on the screen, pictures in files."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import Studyctl


def test_a_topic_is_shown_with_what_it_stands_on_and_leads_to(small: Studyctl):
    told = small.ok("graph", "sums").out
    assert "◇ numbers" in told
    assert "stands on" in told
    assert "leads to" in told
    assert "products" in told


def test_no_topic_stands_in_a_tree_twice(studyctl: Studyctl):
    told = studyctl.ok("graph", "transformer-architecture").out
    tree = told.partition("stands on")[2].partition("leads to")[0].splitlines()[1:]
    names = [line.lstrip("│├└─ ").split()[1] for line in tree]
    assert len(names) > 50
    assert len(names) == len(set(names))
    assert "+[1]" in told


def test_a_learnt_topic_has_its_own_sign(small: Studyctl):
    small.ok("know", "numbers")
    assert "● numbers" in small.ok("graph", "sums").out


def test_a_track_is_shown_by_sections_and_everything_by_areas(small: Studyctl):
    assert "sums" in small.ok("graph", "arithmetic").out
    assert "topics" in small.ok("graph").out.splitlines()[0]


def test_screens_fit(studyctl: Studyctl):
    studyctl.ok("know", "linear-regression")
    for words in (["graph"], ["graph", "pca"], ["graph", "mathematics-for-ml"]):
        assert max(map(len, studyctl.ok(*words).out.splitlines())) <= 80


@pytest.mark.parametrize("kind", ["svg", "html", "dot", "mmd", "json"])
def test_a_file_is_written_by_its_ending(small: Studyctl, tmp_path: Path, kind: str):
    path = tmp_path / f"graph.{kind}"
    told = small.ok("graph", "-o", str(path))
    assert f"Wrote {path}, " in told.out
    assert " 5 topics, 4 arrows." in told.out
    assert "products" in path.read_text("utf-8").lower()
    if kind == "json":
        assert small.ok("graph", "--json").json["nodes"] == json.loads(path.read_text("utf-8"))["nodes"]


def test_an_unknown_ending_or_name_or_place_is_said(small: Studyctl, tmp_path: Path):
    told = small("graph", "-o", str(tmp_path / "graph.png"))
    assert (2, True) == (told.code, ".svg" in told.err)
    told = small("graph", "sumz")
    assert (2, True) == (told.code, "sums" in told.err)
    told = small("graph", "-o", str(tmp_path / "nowhere" / "graph.svg"))
    assert (2, True) == (told.code, "there is no folder" in told.err)


def test_all_edges_draws_those_that_follow_from_others(studyctl: Studyctl):
    path = studyctl.home / "curriculum/topics/mine/extra.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(
        "title: Extra\nsummary: One. Two.\nhours: 1\n"
        "requires: [{topic: svd, why: needed}, {topic: spectral-theorem, why: needed}]\n",
        encoding="utf-8",
    )
    few = studyctl.ok("graph", "extra", "--json").json["edges"]
    whole = studyctl.ok("graph", "extra", "--json", "--all-edges").json["edges"]
    assert {"from": "spectral-theorem", "to": "extra"} in whole
    assert {"from": "spectral-theorem", "to": "extra"} not in few


def test_a_pipe_is_written_to_and_not_replaced(small: Studyctl, tmp_path: Path):
    pipe = tmp_path / "pipe.dot"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as reader:
        told = reader.submit(pipe.read_text, "utf-8")
        small.ok("graph", "-o", str(pipe))
        assert told.result(timeout=60).startswith("digraph")
    assert pipe.is_fifo()
