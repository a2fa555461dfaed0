"""Circles and shortcuts among prerequisites."""

from __future__ import annotations

from studyctl.core import graph


def cheap(node: int, need: int) -> int:
    return 0


def test_a_healthy_graph_has_no_components_and_no_circles():
    needs = [[], [0], [0, 1], [2]]
    assert [] == graph.components(needs)
    assert [] == list(graph.circles(needs, cheap))
    assert [0, 1, 2, 3] == graph.order(needs)


def test_a_circle_is_named_from_its_lowest_node_around():
    needs = [[2], [0], [1], [0]]
    assert [[0, 1, 2]] == graph.components(needs)
    (circle,) = graph.circles(needs, cheap)
    assert (0, 2, 1) == circle.nodes
    assert ((0, 2), (2, 1), (1, 0)) == circle.edges


def test_the_cheapest_edge_is_the_one_to_cut():
    needs = [[1], [2], [0]]
    (circle,) = graph.circles(needs, lambda node, _need: {0: 3, 1: 1, 2: 2}[node])
    assert (1, 2) == circle.cut


def test_two_circles_through_one_node_are_two_circles():
    needs = [[1, 2], [0], [0]]
    told = list(graph.circles(needs, cheap))
    assert [(0, 1), (0, 2)] == [circle.nodes for circle in told]


def test_circles_that_share_their_cheapest_edge_are_cut_together():
    needs = [[1], [2, 3], [0], [0]]
    told = list(graph.circles(needs, lambda node, need: 0 if (node, need) == (0, 1) else 1))
    assert [(0, 1)] == [circle.cut for circle in told]


def test_a_node_that_needs_itself_is_not_looked_at():
    assert [] == list(graph.circles([[0], [1, 0]], cheap))


def test_what_stands_on_a_circle_or_behind_one_has_no_order():
    assert [3] == graph.order([[1], [0], [1], []])


def test_an_edge_whose_need_is_needed_anyway_is_redundant():
    assert [(2, 0)] == graph.redundant([[], [0], [1, 0]])
    assert [(3, 0)] == graph.redundant([[], [0], [1], [2, 0]])
    assert [] == graph.redundant([[], [], [0, 1]])


def test_blocks_of_bits_do_not_change_what_is_redundant(monkeypatch):
    needs = [[], [0], [1], [2, 0], [3, 1], [4], [5, 0]]
    whole = graph.redundant(needs)
    for size in (1, 2, 3):
        monkeypatch.setattr(graph, "BLOCK", size)
        assert whole == graph.redundant(needs)


def test_a_chain_of_a_hundred_thousand_topics_is_no_deep_recursion():
    needs = [[at - 1] if at else [] for at in range(100_000)]
    assert [] == graph.components(needs)
    assert 100_000 == len(graph.order(needs))
    needs[0] = [99_999]
    assert 1 == len(list(graph.circles(needs, cheap)))


def test_a_thicket_of_circles_is_cleared_in_one_walk_after_some_careful_cuts():
    """Every node needs the next ten of a ring: more circles than anyone would read."""
    size = 500
    needs = [[(at + step) % size for step in range(1, 11)] for at in range(size)]
    cuts = {circle.cut for circle in graph.circles(needs, cheap)}
    left = [[need for need in of if (at, need) not in cuts] for at, of in enumerate(needs)]
    assert [] == graph.components(left)
