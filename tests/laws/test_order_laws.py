"""What holds of every order and every plan."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core.calendar import Calendar, Hours
from studyctl.core.learner import Learner
from studyctl.core.load import Load
from studyctl.core.mastery import Fade
from studyctl.core.order import Work, by_goals
from studyctl.core.outline import Line, Outline
from studyctl.core.plan import Giving, lay
from studyctl.core.standing import Standing

TODAY = 20_780


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """Small prerequisite graphs, alternatives included."""
    count = draw(st.integers(1, 14))
    lines, requires, any_of = [], [], []
    for number in range(count):
        area = draw(st.sampled_from("abc"))
        hours = draw(st.floats(0.5, 20))
        lines.append(Line(f"t{number}", f"T{number}", area, "concept", hours, draw(st.integers(0, 12))))
        earlier = st.integers(0, number - 1) if number else st.nothing()
        requires.append(tuple(draw(st.sets(earlier, max_size=3))) if number else ())
        groups = draw(st.lists(st.lists(earlier, min_size=1, max_size=3), max_size=1)) if number else []
        any_of.append(tuple(map(tuple, groups)))
    nothing = [()] * count
    return Outline(lines, requires, any_of, nothing, [{}] * count)


def nobody(graph: Outline) -> Standing:
    return Standing(graph, Learner({}, (), None, {}), {}, lambda _: Fade(), 0)


@given(outlines(), st.data())
def test_no_topic_comes_before_what_it_needs(graph: Outline, data: st.DataObject):
    learnt = bytearray(
        data.draw(st.lists(st.booleans(), min_size=len(graph.lines), max_size=len(graph.lines)))
    )
    goal = data.draw(st.lists(st.integers(0, len(graph.lines) - 1), min_size=1, unique=True))
    work = Work(graph, [line.hours for line in graph.lines], [1.0] * len(graph.lines), learnt)
    order = by_goals(work, [goal])
    have = bytearray(learnt)
    for topic in order:
        assert not have[topic]
        assert graph.is_ready(topic, have)
        have[topic] = 1
    assert all(have[topic] for topic in goal)
    assert set(order) == set(graph.closure(goal, learnt))


@given(outlines())
def test_the_order_of_the_outline_is_topological(graph: Outline):
    place = {topic: at for at, topic in enumerate(graph.order)}
    assert sorted(place) == list(range(len(graph.lines)))
    assert all(place[need] < place[topic] for topic in place for need in graph.needs[topic])


@given(outlines(), st.data())
def test_prerequisites_are_the_ancestors_of_the_graph(graph: Outline, data: st.DataObject):
    oracle = nx.DiGraph()
    oracle.add_nodes_from(range(len(graph.lines)))
    oracle.add_edges_from((need, topic) for topic in range(len(graph.lines)) for need in graph.needs[topic])
    topic = data.draw(st.integers(0, len(graph.lines) - 1))
    assert nx.ancestors(oracle, topic) == set(graph.prerequisites(topic))


@given(outlines(), st.floats(1, 30), st.floats(0, 0.5), st.integers(0, 50), st.integers(0, 300))
def test_a_plan_never_takes_more_than_a_week_has(
    graph: Outline, hours: float, reserve: float, new_per_day: int, waiting: int
):
    where = nobody(graph)
    order = by_goals(
        Work(graph, where.hours, [1.0] * len(graph.lines), where.learnt), [range(len(graph.lines))]
    )
    giving = Giving(Load(), reserve, new_per_day, waiting)
    plan = lay(where, where.hours, order, Calendar(Hours.weekly(hours)).weeks(TODAY), giving)
    for week in plan.weeks:
        study = sum(item.hours for item in week.items)
        assert study + week.review_minutes / 60 <= week.hours_available * (1 - reserve) + 1e-6
        assert all(item.hours > 0 for item in week.items)
    done = dict.fromkeys(order, 0.0)
    for week in plan.weeks:
        for item in week.items:
            done[item.topic] += item.hours
    if plan.finish is not None:
        assert all(abs(done[topic] - where.hours[topic]) < 1e-4 for topic in order)
        assert plan.finish == max(plan.finishes.values())
        assert min(plan.finishes.values()) >= TODAY
