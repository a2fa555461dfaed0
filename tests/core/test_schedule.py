"""From goals to a plan with dates: what the plan says of a goal, and of how sure that is, agree."""

from __future__ import annotations

from datetime import date, timedelta

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


def planned(
    hours: list[float], requires: list[tuple[int, ...]], goals: list[tuple[int, int, float]]
) -> Schedule:
    """The schedule of some topics at an hour a day; goals are (topic, days to its date, value)."""
    lines = [Line(f"t{n}", "", "maths", "concept", one, 5) for n, one in enumerate(hours)]
    nothing = [()] * len(lines)
    outline = Outline(lines, requires, nothing, nothing, [{}] * len(lines))
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


def test_a_plan_that_serves_dates_in_their_order_has_its_own_limits():
    """Where not all dates can hold, that order may be late less often; how sure it is, is told of it alone."""
    told = planned([14.0, 2.0, 21.0], [(), (), (0, 1)], [(0, 13, 0.2), (1, 27, 1.0), (2, 6, 0.2)])
    assert ["g2"] == [goal for goal, _ in told.late]
    for topic in range(3):
        reach = told.reach([topic])
        assert reach.soon <= reach.finish <= reach.slow
