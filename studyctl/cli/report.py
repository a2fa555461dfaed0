"""`studyctl report`: the week as an agenda, and everything on a page of its own."""

from __future__ import annotations

import click

from studyctl.cli import writing
from studyctl.cli.moments import since as day_of
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.problems import UsageError

DAYS = 7  # that a week has
LONGEST = 3_652  # days


@click.command("report")
@click.option("--week", is_flag=True, help="Only the week: done, moved, and one decision to take.")
@click.option("--since", metavar="DATE", help="From this day on instead of the last seven.")
@click.option("--md", metavar="FILE", help="The week as Markdown to a file; - is stdout.")
@click.option("--html", metavar="FILE", help="A page that needs nothing else to a file; - is stdout.")
@click.option("--anonymous", is_flag=True, help="No names, titles or notes of your own topics.")
@dry_run_option
@json_option
@click.pass_obj
def command(
    work: Workspace,
    week: bool,
    since: str | None,
    md: str | None,
    html: str | None,
    anonymous: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """What was done, what moved and why, and how it all stands: to look at, and to talk about.

    \b
    Examples:
      studyctl report --week
      studyctl report --week --md week.md
      studyctl report --html report.html
      studyctl report --week --since 2026-11-01 --anonymous --md -

    The week is that of the last seven days; it ends with one decision to take. In
    Markdown it is the agenda of a weekly call. The page opens from the disk, loads
    nothing, and has the same numbers as --json, with a table behind each picture.
    """
    if md == "-" and html == "-":
        raise UsageError("only one of --md and --html can go to stdout", "studyctl report --md - --html FILE")
    if as_json and (md or html):
        raise UsageError("--json prints; it goes with neither --md nor --html", "studyctl report --json")
    first = _first(work, since)

    from studyctl.cli import reporting  # noqa: PLC0415 (loads numpy, after the options were looked at)

    told = reporting.gather(work, first, anonymous=anonymous)
    if as_json:
        work.json(told.week_document() if week else told.document())
        return
    if md:
        _write(work, md, told.markdown(), dry_run=dry_run)
    if html:
        _write(work, html, told.page(only_week=week), dry_run=dry_run)
    if not md and not html:
        told.show(only_week=week)


def _first(work: Workspace, since: str | None) -> int:
    """The first study day of the week that was asked for."""
    if since is None:
        return work.today - DAYS + 1
    first = day_of(since, work.today, "studyctl report")
    if work.today - first > LONGEST:
        raise UsageError(f"{since} is more than ten years ago", "--since 2026-11-01")
    return first


def _write(work: Workspace, file: str, text: str, *, dry_run: bool) -> None:
    if file == "-":
        click.echo(text, nl=False)
        return
    work.note(writing.write(file, text, "studyctl report --md FILE", dry_run=dry_run))
