"""Which alternative is taken where there are very many of them."""

from __future__ import annotations

from studyctl.core.choice import DEEPEST, choose
from studyctl.core.deadlines import Due
from studyctl.core.order import Work
from studyctl.core.outline import Line, Outline


def test_a_search_through_more_groups_than_it_can_hold_is_given_up():
    """Each topic accepts one of two others; all of them together take an hour too many, whichever is chosen."""
    count = 4 * DEEPEST
    lines = [Line(f"t{n}", "", "maths", "concept", 1.0, 0) for n in range(3 * count)]
    nothing = [()] * len(lines)
    groups = [((n + 1, n + 2),) if n % 3 == 0 else () for n in range(len(lines))]
    work = Work(
        Outline(lines, nothing, groups, nothing, [{}] * len(lines)),
        [1.0] * len(lines),
        [1.0] * len(lines),
        bytearray(len(lines)),
    )
    goals = list(range(0, len(lines), 3))
    found = choose(work, [], [Due("all", goals, 2 * count - 1)])
    assert not found.feasible
    assert {n: n + 1 for n in goals} == {topic: taken for (topic, _), taken in found.choice.items()}
