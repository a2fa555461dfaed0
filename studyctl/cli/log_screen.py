"""The log on the terminal: hours by day, week, area and topic, every session, and a year of days."""

from __future__ import annotations

from collections.abc import Iterator

from studyctl.cli import gather, screen
from studyctl.cli.detouring import switches_line
from studyctl.cli.log_document import Log
from studyctl.cli.moments import end_of
from studyctl.cli.workspace import Workspace
from studyctl.core.learner import Session
from studyctl.core.time import Instant, in_words, monday, study_day, to_date

DAYS = 14  # on the screen
WEEKS = 6
SHOWN = 20  # topics
GAPS = 3
MONTH = 3  # columns of its name
RECENT = 14  # days for which a forgotten stop is mentioned
SIGNS = " ░▒▓█"  # nothing, and four steps of hours
STEPS = (0.25, 0.75, 1.5)  # hours at which the next sign begins
YEAR = 53  # weeks


def show(work: Workspace, told: Log, by: tuple[str, ...]) -> None:
    """Print the hours: by what was asked for, or by day, week and area."""
    parts = {"day": _days, "week": _weeks, "area": _areas, "topic": _topics}
    for at, name in enumerate(by or ("day", "week", "area")):
        if at:
            work.say()
        everything = bool(by)
        for line in parts[name](work, told, everything):
            work.say(line)
    ends = list(_ends(work, told))
    if ends:
        work.say()
    for line in ends:
        work.say(screen.wrap(line, work.width))


def _ends(work: Workspace, told: Log) -> Iterator[str]:
    longest = sorted(told.gaps, key=lambda one: -one.last)[:GAPS]
    if longest:
        gaps = ", ".join(
            f"{in_words(one.first, work.today)} to {in_words(one.last, work.today)}" for one in longest
        )
        more = len(told.gaps) - len(longest)
        yield f"Without study or reviews: {gaps}" + (
            f" and {screen.count(more, 'more time')}" if more else ""
        )
    line = switches_line(told.switches)
    if line:
        yield line
    forgotten = [one for one in told.sessions if one.capped and _is_recent(work, told, one)]
    if forgotten:
        last = forgotten[-1]
        day, times = Instant(last.start, last.offset).local(), screen.count(len(forgotten), "session")
        yield f"{times} ended by the cap, the last on {day.day} {day:%b}; when it was: {end_of(last.end, last.offset)}"


def _is_recent(work: Workspace, told: Log, one: Session) -> bool:
    """Whether one may still know when it was."""
    return work.today - study_day(one.start, one.offset, told.rollover) < RECENT


def _days(work: Workspace, told: Log, everything: bool) -> Iterator[str]:
    days: dict[int, dict[str, float]] = {}
    for (day, topic), spent in told.sheet.items():
        days.setdefault(day, {})[topic] = spent.study
    last = max(days)
    for day in sorted(days, reverse=True):
        if not everything and day <= last - DAYS:
            break
        topics = sorted(days[day].items(), key=lambda item: (-item[1], item[0]))
        names = ", ".join(f"{screen.clean(name)} {screen.hours(hours)}" for name, hours in topics)
        when = f"{to_date(day):%a} {screen.day(day, work.today)}"
        first, *rest = screen.wrap(names, max(20, work.width - 22)).splitlines()
        yield f"{when:<13}{sum(days[day].values()):5.1f} h  {first}"
        yield from (f"{'':22}{line}" for line in rest)


def _weeks(work: Workspace, told: Log, everything: bool) -> Iterator[str]:
    weeks = told.by(lambda day, _topic: monday(day))
    most = max(weeks.values())
    yield "By week"
    for start in sorted(weeks, reverse=True)[: None if everything else WEEKS]:
        bar = screen.bar(weeks[start] / most, 20) if most else ""
        yield f"  {screen.day(start, work.today):<12}{weeks[start]:6.1f} h  {bar}"


def _areas(work: Workspace, told: Log, _everything: bool) -> Iterator[str]:
    titles = {name: one.title for name, one in work.catalog.areas().items()}
    areas = told.by(lambda _day, topic: told.area(topic))
    yield "By area"
    for name, hours in sorted(areas.items(), key=lambda item: (-item[1], item[0])):
        title = screen.clean(titles.get(name, name or "no longer in the curriculum"))
        yield f"  {screen.pad(screen.cut(title, 30), 30)}{hours:6.1f} h"
    yield f"  {'all':<30}{sum(areas.values()):6.1f} h"


def _topics(work: Workspace, told: Log, _everything: bool) -> Iterator[str]:
    number, lines = work.outline.number, work.outline.lines
    topics = told.by(lambda _day, topic: topic)
    wide = min(40, max(20, work.width - 34))
    yield f"By topic{'':{wide - 6}}   hours  estimate"
    for name, hours in sorted(topics.items(), key=lambda item: (-item[1], item[0])):
        at = number.get(name)
        estimate = f"{lines[at].hours:8.1f} h" if at is not None else ""
        yield f"  {screen.pad(screen.cut(screen.clean(name), wide), wide)}{hours:6.1f} h{estimate}"


def sessions(work: Workspace, told: Log) -> None:
    """Print every session, the last one first."""
    for one in reversed(told.sessions):
        start, end = (Instant(ms, one.offset).local() for ms in (one.start, one.end))
        day = screen.day(study_day(one.start, one.offset, told.rollover), work.today)
        capped = " (ended by the cap)" if one.capped else ""
        spent = screen.minutes((one.end - one.start) / 60_000)
        note = f": {one.note}" if one.note else ""
        text = f"{screen.clean(one.topic)}{capped}{screen.clean(note)}"
        head = f"{start:%a} {day:<7} {start:%H:%M}-{end:%H:%M} {spent:>12}  "
        first, *rest = screen.wrap(text, max(20, work.width - len(head))).splitlines()
        work.say(head + first)
        for line in rest:
            work.say(" " * len(head) + line)


def year(work: Workspace, told: Log) -> None:
    """Print a year of days as signs, one a day: hours of study and reviews."""
    hours = year_hours(work, told)
    weeks = min(YEAR, work.width - 5)
    start = monday(work.today) - 7 * (weeks - 1)
    work.say(f"     {_months(start, weeks)}")
    for row, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        days = [start + 7 * week + row for week in range(weeks)]
        signs = "".join(" " if day > work.today else sign(hours.get(day, 0.0)) for day in days)
        work.say(f"{name:<5}{signs}".rstrip())
    first = [day for day in hours if day >= start]
    total = sum(hours[day] for day in first)
    work.say()
    steps = f"· none, {SIGNS[1]} under 15 min, {SIGNS[2]} to 45 min, {SIGNS[3]} to 1 h 30, {SIGNS[4]} more"
    work.say(screen.wrap(steps, work.width, "     "))
    work.say(f"     {screen.hours(total)} on {screen.count(len(first), 'day')}, reviews included")


def year_hours(work: Workspace, told: Log) -> dict[int, float]:
    """Hours of each study day, reviews included."""
    days = told.by(lambda day, _topic: day)
    for day, minutes in work.history.whole.minutes_by_day(gather.seconds(work)).items():
        days[day] = days.get(day, 0.0) + minutes / 60
    return {day: some for day, some in days.items() if some > 0}


def sign(hours: float) -> str:
    """The sign of a day."""
    if hours <= 0:
        return "·"
    return SIGNS[1 + sum(hours >= step for step in STEPS)]


def _months(start: int, weeks: int) -> str:
    """Names of months over the weeks in which they begin, as far as there is room."""
    told = ""
    for week in range(weeks):
        begins = any(to_date(start + 7 * week + day).day == 1 for day in range(7))
        if begins and len(told) <= week <= weeks - MONTH:
            name = f"{to_date(start + 7 * week + 6):%b}"
            told = told.ljust(week) + name + " "
    return told.rstrip()
