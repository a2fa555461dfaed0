"""From goals to a plan with dates: what the plan says of a goal, and of how sure that is, agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from studyctl.core.calendar import Calendar, Hours
from studyctl.core.goals import Target
from studyctl.core.learner import Learner
from studyctl.core.load import Load
from studyctl.core.mastery import Fade
from studyctl.core.order import Work
from studyctl.core.outline import Line, Outline
from studyctl.core.pace import Pace
from studyctl.core.plan import Giving
from studyctl.core.schedule import Schedule, schedule
from studyctl.core.standing import Standing
from studyctl.core.time import from_date

MONDAY = date(2026, 11, 23)


def planned(hours: list[float], goals: list[tuple[int, int, float]]) -> Schedule:
    """The schedule of topics without prerequisites; goals are (topic, days to its date, value)."""
    lines = [Line(f"t{n}", "", "maths", "concept", one, 5) for n, one in enumerate(hours)]
    nothing = [()] * len(lines)
    outline = Outline(lines, nothing, nothing, nothing, [{}] * len(lines))
    standing = Standing(outline, Learner({}, (), None, {}), {}, lambda _: Fade(), 0)
    wanted = [Target(f"g{n}", (n,), MONDAY + timedelta(days=days), value) for n, days, value in goals]
    return schedule(
        standing,
        Work(outline, hours, [1.0] * len(lines), bytearray(len(lines))),
        wanted,
        area=None,
        calendar=Calendar(Hours.weekly(7)),
        today=from_date(MONDAY),
        giving=lambda: Giving(Load(), reserve=0.0),
        pace=Pace(1.4, 0.3, 0, 0.0),
    )


@pytest.mark.parametrize("late", [20, 40])
def test_a_plan_that_cannot_hold_all_dates_lies_between_its_own_limits(late):
    """What serves dates in their order may be late less often; the limits are then those of that plan."""
    told = planned([20.0, 7.0, 14.0], [(0, 6, 0.2), (1, 30, 5.0), (2, late, 1.0)])
    assert told.late
    for topic in range(3):
        reach = told.reach([topic])
        assert reach.soon <= reach.finish <= reach.slow
