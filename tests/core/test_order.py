"""In which order topics are learnt."""

from __future__ import annotations

from studyctl.core.order import LARGE, Work, by_goals
from studyctl.core.outline import Line, Outline


def outline(
    needs: dict[str, list[str]], hours: dict[str, float] | None = None, areas: dict[str, str] | None = None
) -> Outline:
    names = list(needs)
    lines = [
        Line(name, name, (areas or {}).get(name, "a"), "concept", (hours or {}).get(name, 1.0), 0)
        for name in names
    ]
    requires = [tuple(names.index(need) for need in needs[name]) for name in names]
    nothing = [()] * len(names)
    return Outline(lines, requires, nothing, nothing, [{}] * len(names))


def work(graph: Outline, learnt: set[str] = frozenset(), value: dict[str, float] | None = None) -> Work:
    return Work(
        graph,
        [line.hours for line in graph.lines],
        [(value or {}).get(line.id, 1.0) for line in graph.lines],
        bytearray(line.id in learnt for line in graph.lines),
    )


def names(graph: Outline, order: list[int]) -> list[str]:
    return [graph.lines[topic].id for topic in order]


def test_what_is_cheap_for_its_value_comes_first():
    graph = outline({"long": [], "short": []}, hours={"long": 9, "short": 1})
    assert ["short", "long"] == names(graph, by_goals(work(graph), [[0, 1]]))


def test_a_goal_brings_its_prerequisites_and_nothing_else():
    graph = outline({"base": [], "beside": [], "goal": ["base"]})
    assert ["base", "goal"] == names(graph, by_goals(work(graph), [[2]]))


def test_what_lies_behind_a_learnt_topic_is_not_asked_for():
    graph = outline({"root": [], "base": ["root"], "goal": ["base"]})
    assert ["goal"] == names(graph, by_goals(work(graph, learnt={"base"}), [[2]]))


def test_topics_of_one_area_stay_together():
    graph = outline(
        {"a1": [], "b1": [], "a2": [], "b2": []}, areas={"a1": "a", "a2": "a", "b1": "b", "b2": "b"}
    )
    assert ["b1", "b2", "a1", "a2"] == names(graph, by_goals(work(graph), [[0, 1, 2, 3]], area="b"))


def test_a_second_goal_comes_after_the_first():
    graph = outline({"one": [], "two": []}, hours={"one": 9})
    assert ["one", "two"] == names(graph, by_goals(work(graph), [[0], [1]]))


def test_a_limit_gives_the_head_of_the_whole_order():
    graph = outline({f"t{n}": [f"t{n - 1}"] if n % 3 else [] for n in range(30)})
    whole = by_goals(work(graph), [range(30)])
    head = by_goals(work(graph), [range(30)], limit=4)
    assert head == whole[: len(head)]
    assert len(head) >= 4


def test_a_very_large_goal_still_respects_every_prerequisite():
    count = LARGE + 10
    graph = outline({f"t{n}": [f"t{n - 1}"] if n % 5 else [] for n in range(count)})
    order = by_goals(work(graph), [range(count)])
    place = {topic: at for at, topic in enumerate(order)}
    assert sorted(order) == list(range(count))
    assert all(place[need] < place[topic] for topic in order for need in graph.requires[topic])


def test_what_helps_comes_first_where_it_costs_nothing():
    graph = outline({"a": [], "b": []})
    helped = Outline(graph.lines, graph.requires, graph.any_of, [(1,), ()], graph.weights)
    assert ["a", "b"] == names(graph, by_goals(work(graph), [[0, 1]])[:2])
    goal = outline({"a": [], "b": [], "goal": ["a", "b"]})
    told = Outline(goal.lines, goal.requires, goal.any_of, [(1,), (), ()], goal.weights)
    value = {"a": 0.0, "b": 0.0}
    assert ["b", "a", "goal"] == names(told, by_goals(work(told, value=value), [[2]]))
    assert {0, 1} == set(by_goals(work(helped), [[0, 1]]))
