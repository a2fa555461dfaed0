"""`studyctl know`: say what you know already."""

from __future__ import annotations

import click

from studyctl.cli import gather, quiz, screen
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.problems import UsageError
from studyctl.core.time import to_date

EARLIEST = 1900  # year in which somebody may have learnt something


@click.command("know")
@click.argument("topics", nargs=-1, required=True, metavar="TOPIC…")
@click.option("--only", is_flag=True, help="Just these, without their prerequisites.")
@click.option("--once", type=int, metavar="YEAR", help="You knew it once, in that year.")
@click.pass_obj
def command(work: Workspace, topics: tuple[str, ...], only: bool, once: int | None) -> None:
    """Say that you know topics; what they need is taken as known, too, and shown.

    Their cards come as new ones, `new_per_day` of them, and so find out what is really there.
    What you knew once begins with three questions; it counts for how often you forgot it.

    \b
    Examples:
      studyctl know python-basics precalculus
      studyctl know linear-regression --only
      studyctl know linear-regression --once 2016
    """
    this_year = to_date(work.today).year
    if once is not None and not EARLIEST <= once <= this_year:
        raise UsageError(
            f"{once} is no year from {EARLIEST} to {this_year}", "studyctl know TOPIC --once 2016"
        )
    names = [work.topic_id(topic) for topic in topics]
    where, number = gather.standing(work), work.outline.number
    named = [number[name] for name in dict.fromkeys(names)]
    lines = work.outline.lines
    below = [] if only else [one for one in where.outline.closure(named, where.known) if one not in named]
    if once is None:
        facts = [fact("known", topic=lines[one].id) for one in [*below, *named] if not where.known[one]]
    else:
        new = [one for one in below if where.learner.state(lines[one].id) == "new"]
        facts = [fact("once", topic=lines[one].id, year=once) for one in [*new, *named]]
    if not facts:
        work.say(f"{', '.join(names)}: learnt already, nothing to record.")
        return
    work.record(facts)
    told = [str(one.facts["topic"]) for one in facts]
    verb = "Known" if once is None else f"Known once, in {once}"
    work.say(screen.wrap(f"{verb}: {', '.join(name for name in told if name in names)}", work.width))
    others = [name for name in told if name not in names]
    if others:
        work.say(screen.wrap(f"and with it what it needs: {', '.join(others)}", work.width))
        work.say("(only what you named: studyctl undo, then the same with --only)")
    if once is not None:
        _probe(work, [name for name in dict.fromkeys(names) if work.outline.lines[number[name]].cards])
    if once is None:
        cards = sum(lines[number[name]].cards for name in told)
        work.say(
            f"{screen.count(cards, 'card')}, {work.settings.new_per_day} new ones a day: studyctl review"
        )


def _probe(work: Workspace, names: list[str]) -> None:
    """What was known once may still be there: three questions tell, now or later."""
    if not names:
        return
    if quiz.on_terminal() and click.confirm(
        f"Three questions tell what is left ({quiz.duration(3 * len(names))}). Ask?", default=True
    ):
        from studyctl.cli.place import probe  # noqa: PLC0415 (loads numpy)

        for name in names:
            probe(work, name)
        return
    work.say(f"Three questions tell what is left of it: studyctl place {names[0]}")
