"""Laws of the prerequisite graph, with networkx as their oracle."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core import graph


@st.composite
def graphs(draw: st.DrawFn, most: int = 12) -> list[list[int]]:
    size = draw(st.integers(1, most))
    return [draw(st.lists(st.integers(0, size - 1), unique=True, max_size=4)) for _ in range(size)]


@st.composite
def healthy(draw: st.DrawFn) -> list[list[int]]:
    return [[need for need in needs if need < at] for at, needs in enumerate(draw(graphs(20)))]


def oracle(needs: list[list[int]]) -> nx.DiGraph:
    told = nx.DiGraph()
    told.add_nodes_from(range(len(needs)))
    told.add_edges_from((node, need) for node, of in enumerate(needs) for need in of)
    return told


@given(graphs())
def test_components_are_those_of_networkx(needs):
    known = [sorted(one) for one in nx.strongly_connected_components(oracle(needs)) if len(one) > 1]
    assert sorted(known) == sorted(graph.components(needs))


@given(graphs(), st.integers(0, 3))
def test_the_cuts_of_all_circles_leave_no_circle(needs, careful):
    told, graph.CAREFUL_CUTS = graph.CAREFUL_CUTS, careful
    try:
        circles = list(graph.circles(needs, lambda node, need: (node * 7 + need) % 5))
    finally:
        graph.CAREFUL_CUTS = told
    cuts = {circle.cut for circle in circles}
    assert len(cuts) == len(circles)
    left = [[need for need in of if (at, need) not in cuts and need != at] for at, of in enumerate(needs)]
    assert nx.is_directed_acyclic_graph(oracle(left))
    for circle in circles:
        assert circle.cut in circle.edges
        assert all(need in needs[node] for node, need in circle.edges)


@given(graphs())
def test_a_circle_is_found_just_when_there_is_one(needs):
    known = oracle(needs)
    known.remove_edges_from(list(nx.selfloop_edges(known)))
    assert nx.is_directed_acyclic_graph(known) == (not list(graph.circles(needs, lambda *_: 0)))


@given(healthy())
def test_redundant_edges_are_those_that_a_transitive_reduction_leaves_out(needs):
    known = oracle(needs)
    assert sorted(set(known.edges) - set(nx.transitive_reduction(known).edges)) == graph.redundant(needs)


@given(graphs())
def test_the_order_puts_every_need_first_and_leaves_out_only_circles_and_what_needs_them(needs):
    order = graph.order(needs)
    place = {node: at for at, node in enumerate(order)}
    assert all(place[need] < place[node] for node in order for need in needs[node])
    known = oracle(needs)
    bad = {node for one in nx.strongly_connected_components(known) if len(one) > 1 for node in one}
    bad |= {node for node, of in enumerate(needs) if node in of}
    behind = {node for node in known if bad & (nx.descendants(known, node) | {node})}
    assert set(order) == set(known) - behind
