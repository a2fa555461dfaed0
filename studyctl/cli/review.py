"""`studyctl review`: one sitting of reviews in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import click

from studyctl.cli import screen
from studyctl.cli.options import Number
from studyctl.cli.turns import in_turn, wait
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.problems import UsageError
from studyctl.core.queue import Candidate, upcoming
from studyctl.core.queue import cram as cram_order
from studyctl.core.queue import sitting as in_order
from studyctl.core.session import Moment, Rules, begin
from studyctl.core.time import MINUTE, in_words, to_date


@click.command("review")
@click.option("--minutes", type=Number(min=0, min_open=True), metavar="M", help="Stop after M minutes.")
@click.option("--topic", metavar="TOPIC", help="Only cards of this topic, learnt yet or not.")
@click.option("--ahead", is_flag=True, help="Go on with cards that are not due yet, the next ones first.")
@click.option("--cram", is_flag=True, help="Ask without recording anything, the weakest first.")
@click.pass_obj
def command(work: Workspace, minutes: float | None, topic: str | None, ahead: bool, cram: bool) -> None:
    """Review what is due, card by card; every answer is kept at once.

    \b
    Examples:
      studyctl review
      studyctl review --minutes 10
      studyctl review --topic svd       its cards, learnt yet or not
      studyctl review --cram --topic svd

    Space shows the answer, 1 to 4 say how well you knew it (the time until the
    card comes back stands beside each), u takes back, q stops, ? shows all keys.
    """
    if ahead and cram:
        raise UsageError(
            "--ahead and --cram exclude each other: a cram asks everything", "studyctl review --cram"
        )
    chosen = work.topic_id(topic) if topic is not None else None
    now = Moment(work.now.ms, work.today)
    candidates = list(_candidates(work, chosen))
    if cram:
        available = work.learner().available
        asked = [one for one in candidates if chosen or one.memory or available(one.topic)]
        queue = cram_order(asked, day=now.day)
    else:
        queue = _due(work, candidates, now, chosen, ahead=ahead, minutes=minutes)
    if not queue:
        _nothing(work, candidates, now, chosen)
        return
    _sit(work, queue, now, minutes, recording=not cram)


def _candidates(work: Workspace, topic: str | None) -> Iterator[Candidate]:
    """The cards of the curriculum, or of a topic, that are neither suspended nor buried."""
    history = work.history
    memories = history.memories()
    aside = history.suspended() | history.buried(work.today)
    for line in work.catalog.cards(topic):
        if line.id not in aside:
            typed = line.kind == "typed"
            yield Candidate(line.id, line.note, line.topic, line.position, typed, memories.get(line.id))


def _due(
    work: Workspace,
    candidates: Sequence[Candidate],
    now: Moment,
    topic: str | None,
    *,
    ahead: bool,
    minutes: float | None = None,
) -> tuple[Candidate, ...]:
    if topic is None and not ahead and (queue := in_turn(work, candidates, now, minutes)) is not None:
        return queue
    available = work.learner().available
    return in_order(
        candidates,
        ms=now.ms,
        day=now.day,
        allowance=_allowance(work),
        available=lambda name: name == topic or available(name),
        ahead=ahead,
    )


def _allowance(work: Workspace) -> int:
    return max(0, work.settings.new_per_day - work.history.introduced(work.today))


def _sit(
    work: Workspace, queue: Sequence[Candidate], now: Moment, minutes: float | None, *, recording: bool
) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("review asks on a terminal, and this is none", "studyctl rate --stdin")
    from studyctl.adapters.fsrs_model import FsrsModel  # noqa: PLC0415 (100 ms that an empty queue saves)
    from studyctl.adapters.terminal import open_terminal  # noqa: PLC0415
    from studyctl.cli.sitting import WISHES, hold, moment  # noqa: PLC0415
    from studyctl.ui.review_screen import summary  # noqa: PLC0415

    first = not work.home.exists()
    history = work.history
    rules = Rules(FsrsModel(history.parameters), work.retention, minutes, recording, history.due_days)
    with open_terminal(work.environ) as terminal:
        over = hold(work, terminal, begin(queue, rules, now), work.history.record)
    if over.notice in WISHES.values() and over.card is not None:
        _grant(work, over.notice, over.card)
    if first and work.home.exists():
        work.note(f"your journal is kept in {work.home}")
    end = moment(work)
    told = summary(over.tally, (end.ms - over.began) / MINUTE, recording=recording)
    if recording:
        told += f" {_coming(work, list(_candidates(work, None)), end)}"
    work.say(screen.wrap(told, work.width))


def _grant(work: Workspace, wish: str, card: Candidate) -> None:
    """What somebody wants who met a leech: reword it, or step back to what it stands on."""
    from studyctl.cli import leeches, rewriting  # noqa: PLC0415 (rarely)

    if wish == "rewrite":
        work.say(rewriting.rewrite(work, card.card))
        return
    below = leeches.weakest(work, card.topic)
    if below is None:
        work.say(f"Nothing stands under {card.topic}. Read it again: studyctl show {card.topic}")
        return
    work.record([fact("started", topic=below)])
    work.say(f"Started {below}, which {card.topic} stands on. studyctl stop when you are done")


def _nothing(work: Workspace, candidates: Sequence[Candidate], now: Moment, topic: str | None) -> None:
    """Say why there is nothing to ask, when there will be, and what else one can do."""
    if topic and not candidates:
        work.say(f"{topic} has no cards to ask.")
        return
    available = work.learner().available
    new = sum(one.memory is None and (one.topic == topic or available(one.topic)) for one in candidates)
    seen = any(one.memory for one in candidates)
    if not seen and not new:
        work.say("No cards yet: those of a topic come when it is done, or when you know it.")
        work.say("studyctl next says what to study; studyctl know TOPIC says what you know already")
        return
    keeping = work.learner().keeping if not topic else None
    work.say(
        f"Nothing of {topic} is due."
        if topic
        else "Nothing is due."
        if keeping is None
        else "Enough for now."
    )
    if seen:
        work.say(_coming(work, candidates, now))
    if keeping is not None:
        work.say(
            f"Maintenance is on, and its {keeping.minutes:g} minutes are used: studyctl maintain off ends it"
        )
    elif new:
        cards = "1 new card waits" if new == 1 else f"{new} new cards wait"
        work.say(f"{cards} for tomorrow: new_per_day is {work.settings.new_per_day}")
    work.say("studyctl review --ahead goes on all the same; studyctl next says what to study")


def _coming(work: Workspace, candidates: Sequence[Candidate], now: Moment) -> str:
    """What is still due, or when how many cards come next."""
    if (waiting := wait(work)) is not None:
        return waiting
    left = len(_due(work, candidates, now, None, ahead=False))
    if left:
        return f"{left} still due."
    soon = upcoming(candidates, ms=now.ms, day=now.day)
    if soon is None:
        return "Nothing comes back."
    cards = "1 card" if soon.cards == 1 else f"{soon.cards} cards"
    if soon.ms is not None:
        return f"Next: {cards} in {screen.minutes(max(1, (soon.ms - now.ms) / MINUTE))}."
    days = soon.day - now.day
    when = "tomorrow" if days == 1 else f"on {to_date(soon.day):%a} {in_words(soon.day, now.day)}"
    return f"Next: {cards} {when}."
