"""What a picture of the graph holds, and the tree in which nothing is told twice."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.learner import Learner
from studyctl.core.mastery import Fade
from studyctl.core.outline import Line, Outline
from studyctl.core.picture import around, look, picture, tree
from studyctl.core.standing import Standing


def standing(requires: dict[int, list[int]], count: int, any_of: dict[int, list[list[int]]] | None = None):
    lines = [Line(f"t{n}", f"T{n}", f"area-{n % 2}", "concept", 1.0, 2) for n in range(count)]
    needs = [tuple(requires.get(n, ())) for n in range(count)]
    groups = [tuple(map(tuple, (any_of or {}).get(n, ()))) for n in range(count)]
    outline = Outline(lines, needs, groups, [()] * count, [{}] * count)
    return Standing(outline, Learner({}, (), None, {}), {}, lambda _: Fade(), 0)


DIAMOND = {1: [0], 2: [0], 3: [0, 1, 2]}


def test_arrows_that_follow_from_others_are_left_out_unless_asked_for():
    where = standing(DIAMOND, 4)
    told = picture(where, range(4), "All", {})
    assert {(0, 1), (0, 2), (1, 3), (2, 3)} == {tuple(one) for one in told.arrows}
    assert 5 == len(picture(where, range(4), "All", {}, all_arrows=True).arrows)


def test_areas_come_in_their_order_and_only_those_that_are_there():
    told = picture(standing({}, 3), [1], "One", {"area-1": "Second", "area-0": "First"})
    assert {"area-1": "Second"} == told.areas
    assert ["t1"] == [node.id for node in told.nodes]


def test_without_anything_learnt_a_topic_is_ready_or_new():
    where = standing(DIAMOND, 4)
    assert ["ready", "new", "new", "new"] == [look(where, topic) for topic in range(4)]


def test_the_document_names_topics_and_edges():
    told = picture(standing(DIAMOND, 4), range(4), "All", {}).document()
    assert {"from": "t0", "to": "t1"} in told["edges"]
    assert {"id", "title", "area", "kind", "look", "hours", "recall", "unlocks"} == set(told["nodes"][0])


def test_alternatives_are_drawn():
    where = standing({}, 3, {2: [[0, 1]]})
    assert 2 == len(picture(where, range(3), "All", {}).arrows)


def test_the_neighbourhood_is_what_a_topic_stands_on_and_what_needs_it_directly():
    where = standing({**DIAMOND, 4: [3], 5: [4]}, 6)
    assert {0, 1, 2, 3, 4} == set(around(where, 3))


def test_a_shared_ancestor_stands_once_and_others_point_at_it():
    where = standing({1: [0], 2: [1], 3: [1], 4: [2, 3]}, 5)
    told = [(branch.topic, branch.last, branch.also) for branch in tree(where, 4)]
    assert [
        (2, (False,), ()),
        (1, (False, True), ()),
        (0, (False, True, True), ()),
        (3, (True,), (1,)),
    ] == told


def test_an_ancestor_stands_as_near_to_the_root_as_it_can():
    where = standing({1: [0], 2: [1], 3: [2], 4: [0], 5: [3, 4]}, 6)
    assert {3: 1, 4: 1, 2: 2, 0: 2, 1: 3} == {branch.topic: len(branch.last) for branch in tree(where, 5)}


@given(st.integers(2, 12), st.data())
def test_a_picture_keeps_exactly_the_transitive_reduction(count: int, data: st.DataObject):
    requires = {
        n: data.draw(st.lists(st.integers(0, n - 1), max_size=4, unique=True)) for n in range(1, count)
    }
    told = picture(standing(requires, count), range(count), "All", {})
    graph = nx.DiGraph([(need, topic) for topic, needs in requires.items() for need in needs])
    graph.add_nodes_from(range(count))
    assert set(nx.transitive_reduction(graph).edges) == {tuple(one) for one in told.arrows}


@given(st.integers(2, 10), st.data())
def test_a_tree_tells_each_prerequisite_once_and_every_arrow_of_the_reduction(
    count: int, data: st.DataObject
):
    requires = {
        n: data.draw(st.lists(st.integers(0, n - 1), max_size=3, unique=True)) for n in range(1, count)
    }
    where = standing(requires, count)
    told = tree(where, count - 1)
    topics = [branch.topic for branch in told]
    assert len(topics) == len(set(topics))
    assert set(where.outline.prerequisites(count - 1)) == set(topics)
    path = [count - 1]
    arrows = set()
    for branch in told:
        del path[len(branch.last) :]
        arrows |= {(branch.topic, path[-1]), *((need, branch.topic) for need in branch.also)}
        path.append(branch.topic)
    graph = nx.DiGraph([(need, topic) for topic, needs in requires.items() for need in needs])
    graph.add_node(count - 1)
    whole = graph.subgraph([*topics, count - 1])
    assert set(nx.transitive_reduction(whole).edges) == arrows
