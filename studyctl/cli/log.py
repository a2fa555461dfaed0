"""`studyctl log`: where the hours went, some more of them, and the end of a session that was forgotten."""

from __future__ import annotations

import click

from studyctl.cli import screen
from studyctl.cli.clock import offset_at
from studyctl.cli.moments import moment
from studyctl.cli.moments import since as day_of
from studyctl.cli.options import TakesNegative, dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.corrections import session_at
from studyctl.core.events import fact
from studyctl.core.learner import Session
from studyctl.core.problems import UsageError
from studyctl.core.time import HOUR, in_words, study_day, to_iso

LONGEST = 24 * 60  # minutes in one entry
BY = ("day", "week", "area", "topic")


@click.command("log", cls=TakesNegative)
@click.argument("topic", required=False)
@click.argument("minutes", required=False, type=float)
@click.option(
    "--by", type=click.Choice(BY), multiple=True, help="Hours by day, week, area or topic; repeatable."
)
@click.option("--sessions", is_flag=True, help="Every session, with its note.")
@click.option("--year", is_flag=True, help="A year of days at a glance, reviews included.")
@click.option("--since", metavar="DATE", help="Only from this day on.")
@click.option("--csv", "csv_file", metavar="FILE", help="All sessions for a spreadsheet; - is stdout.")
@click.option(
    "--ended", metavar="TIME", help="When the minutes, or a session whose stop was forgotten, ended."
)
@dry_run_option
@json_option
@click.pass_obj
def command(
    work: Workspace,
    *,
    topic: str | None,
    minutes: float | None,
    by: tuple[str, ...],
    sessions: bool,
    year: bool,
    since: str | None,
    csv_file: str | None,
    ended: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Hours of study by day, week, area and topic; or add minutes that no clock has seen.

    \b
    Examples:
      studyctl log
      studyctl log linear-regression 45
      studyctl log linear-regression 45 --ended "2026-11-23 21:30"
      studyctl log --by topic --since 2026-11-01
      studyctl log --year
      studyctl log --csv hours.csv
      studyctl log --ended 21:30        the stop that was forgotten

    A clock that runs on stops counting after some hours (session_cap). Whenever you
    like, --ended says when that session really ended: the last one that began before
    that time, be it 21:30 or "2026-11-23 21:30". studyctl undo takes it back.
    """
    if topic is not None:
        if by or sessions or year or since or csv_file or dry_run or as_json:
            raise UsageError(
                "to add minutes and to look at the log are two things", f"studyctl log {topic} 45"
            )
        _add(work, topic, minutes, ended)
        return
    if ended is not None:
        _correct(work, ended)
        return
    from studyctl.cli import log_document, log_screen  # noqa: PLC0415 (not to add some minutes)

    told = log_document.gather(work, None if since is None else day_of(since, work.today, "studyctl log"))
    if csv_file is not None:
        log_document.write_csv(work, told, csv_file, dry_run=dry_run)
    elif as_json:
        work.json(log_document.document(told, log_screen.year_hours(work, told)))
    elif not told.sessions and not year:
        when = f" since {since}" if since else ""
        work.say(f"No hours{when or ' yet'}. The clock runs with studyctl start TOPIC;")
        work.say("without it: studyctl log TOPIC 45")
    elif year:
        log_screen.year(work, told)
    elif sessions:
        log_screen.sessions(work, told)
    else:
        log_screen.show(work, told, by)


def _add(work: Workspace, topic: str, minutes: float | None, ended: str | None) -> None:
    name = work.topic_id(topic)
    if minutes is None:
        raise UsageError(f"how many minutes of {name}?", f"studyctl log {name} 45")
    if not 0 < minutes <= LONGEST:
        raise UsageError(f"{minutes:g} is no number of minutes of a day", f"studyctl log {name} 45")
    at = None if ended is None else moment(ended, work.now, f"studyctl log {name} {minutes:g} --ended 21:30")
    offset = None if at is None else offset_at(at)
    work.record([fact("logged", at, topic=name, minutes=minutes)._replace(offset=offset)])
    total = work.learner().topics[name].hours
    work.say(f"Logged {screen.minutes(minutes)} of {name}; {screen.hours(total)} in all.")


def _correct(work: Workspace, text: str) -> None:
    """Say when a session really ended: one that is over, or the one whose clock still runs."""
    learner = work.learner()
    end = moment(text, work.now, "studyctl log --ended 21:30")
    one = session_at(learner.all_sessions(work.now.ms), end)
    runs = one not in learner.sessions
    facts = [fact("stopped", topic=one.topic, ended=to_iso(end))] if runs else []
    if not runs or end > learner.until(end):  # a stop alone would count no more than the cap
        facts.append(fact("corrected", topic=one.topic, start=to_iso(one.start), ended=to_iso(end)))
    work.record(facts)
    _said(work, one.topic, one.start, None if runs else one)


def _said(work: Workspace, topic: str, start: int, before: Session | None) -> None:
    now = next(one for one in work.learner().sessions if one.topic == topic and one.start == start)
    day = study_day(start, now.offset, work.settings.day_starts_at)
    was = f", not {screen.minutes((before.end - before.start) / 60_000)}" if before else ""
    spent = screen.minutes((now.end - now.start) / 60_000)
    total = screen.hours(work.learner().topics[topic].hours)
    name = screen.clean(topic)
    work.say(f"{name} on {in_words(day, work.today)}: {spent}{was}; {total} in all.")
    if now.hours > work.settings.session_cap + 1 / HOUR:
        work.say(
            f"That is more than your session_cap of {screen.hours(work.settings.session_cap)}; it counts as you said."
        )
