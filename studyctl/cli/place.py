"""`studyctl place`: find out with some questions what somebody knows already."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from studyctl.cli import gather, quiz, screen
from studyctl.cli.names import resolve
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.events import Fact, fact
from studyctl.core.placement import MOST, QUESTIONS, Placement, Verdict, resumed
from studyctl.core.problems import StudyctlError, UsageError
from studyctl.core.standing import Standing

SHOWN = 12  # topics of a kind that are named


@click.command("place")
@click.argument("topics", nargs=-1, metavar="[TOPIC…]")
@click.option("--track", metavar="TRACK", help="Only what this track (or topic) needs.")
@click.option("--questions", type=click.IntRange(1, 500), default=QUESTIONS, help="How many at most.")
@click.option("--answers", metavar="FILE", help="JSON lines {topic, right} instead of questions; - is stdin.")
@click.option("--again", is_flag=True, help="Begin anew; earlier answers do not count.")
@json_option
@click.pass_obj
def command(
    work: Workspace,
    topics: tuple[str, ...],
    track: str | None,
    questions: int,
    answers: str | None,
    again: bool,
    as_json: bool,
) -> None:
    """Find out what you know already, so that you do not study it again.

    About forty questions, each where most is open; an answer says something about everything
    underneath and above. You can stop at any time and go on later. At the end every topic is
    known, unknown or unsure: what is known is recorded, what is unsure `next` offers first.
    It is about what your goals need, or about everything if you have none. With the name of a
    topic three questions decide about that one.

    \b
    Examples:
      studyctl place
      studyctl place --track first-model
      studyctl place svd                three questions: is it still there?
      studyctl place --answers known.jsonl --json
    """
    if topics:
        if track or answers:
            raise UsageError("name topics, or a whole placement, not both", "studyctl place TOPIC")
        _probe(work, [work.topic_id(topic) for topic in topics])
        return
    given = list(_read(work, answers)) if answers else None
    if given is None and not quiz.on_terminal():
        raise UsageError("place asks on a terminal, and this is none", "studyctl place --answers FILE")
    earlier = len(work.learner().placement)
    if given == [] and (again or not earlier):
        raise UsageError(f"{answers} holds no answer", 'lines such as {"topic": "svd", "right": true}')
    if again and earlier:
        work.record([fact("placed", known=0, unsure=[], questions=earlier)])
    where = gather.standing(work)
    scope = _scope(work, where, track)
    placement = resumed(
        Placement.of(where.outline, scope),
        where.outline.number,
        _decided(where, scope),
        where.learner.placement,
    )
    batch: str | None = None
    if given is not None:
        facts = [_told(name, card, right) for name, card, right in given]
        if facts:
            batch = work.record(facts)[0].batch
        resumed(placement, where.outline.number, {}, work.learner().placement)
    elif not _questions(
        work, placement, questions, f"studyctl place --track {track}" if track else "studyctl place"
    ):
        return
    _finish(work, placement, batch, as_json)


def _decided(where: Standing, scope: Sequence[int]) -> dict[int, bool]:
    """What is known of topics without asking: those that are learnt, and those that a quiz has decided."""
    told = {}
    for topic in scope:
        quiz = where.quiz(topic)
        if where.learnt[topic]:
            told[topic] = True
        elif quiz is not None:
            told[topic] = quiz.passed
    return told


def _scope(work: Workspace, where: Standing, track: str | None) -> list[int]:
    """The topics that a placement is about: a track's, the goals', or all."""
    outline = where.outline
    nobody = bytearray(len(outline.lines))
    if track is not None:
        tracks = gather.track_topics(work)
        known = {**outline.number, **tracks}
        found = resolve("track or topic", track, known, work.catalog.topic_aliases(), "studyctl tracks")
        names = tracks.get(found, (found,))
        return outline.closure([outline.number[name] for name in names if name in outline.number], nobody)
    wanted = gather.outlook(work).wanted
    if wanted:
        return outline.closure([topic for target in wanted for topic in target.topics], nobody)
    if len(outline.lines) > MOST:
        raise UsageError(f"{len(outline.lines)} topics are too many for one placement", "studyctl tracks")
    return list(range(len(outline.lines)))


# questions


def _questions(work: Workspace, placement: Placement, count: int, command: str) -> bool:
    """Ask until all is clear, enough was asked, or the learner stops; whether it came to an end."""
    already = len(work.learner().placement)
    if already:
        work.say(f"Going on after {screen.count(already, 'question')}; what you said is kept.")
    else:
        work.say(
            screen.wrap(
                f"Up to {screen.count(count, 'question')}. Say what you can recall now, not what you could look up. "
                f"q stops; {command} goes on from there.",
                work.width,
            )
        )
    number = already
    while number < count:
        topic = placement.next()
        if topic is None:
            break
        number += 1
        right, card = _ask(work, work.outline.lines[topic].id, f"{number} of at most {count}")
        if right is None:
            work.say()
            work.say(f"Stopped after {screen.count(number - 1, 'question')}. {command} goes on.")
            return False
        name = work.outline.lines[topic].id
        work.record([_told(name, card, right)])
        resumed(placement, work.outline.number, {}, {name: work.learner().placement[name]})
    work.say()
    return True


def _ask(work: Workspace, name: str, title: str) -> tuple[bool | None, str | None]:
    """Whether a topic is there, by one of its cards or, where it has none, by the learner's word."""
    work.say()
    asked = quiz.cards(work, name)
    if asked:
        return quiz.ask_card(work, asked[0], f"{title} · {name}"), asked[0]
    topic = work.catalog.topic(name)
    work.say(work.style(f"{title} · {name}", dim=True))
    work.say(screen.wrap(screen.clean(f"{topic.title}: {topic.summary}"), min(work.width, 100), "  "))
    return quiz.ask_word("Could you explain this to somebody now?"), None


def _told(topic: str, card: str | None, right: bool) -> Fact:
    """An answer as a fact: by a card, or by one's own word."""
    if card is None:
        return fact("place-said", topic=topic, right=right)
    return fact("place-answered", topic=topic, card=card, right=right)


def _read(work: Workspace, path: str) -> Iterator[tuple[str, str | None, bool]]:
    """Answers from a file of JSON lines; a line that cannot be read is an error with its number."""
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StudyctlError(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _answer(work, line, f"{path}:{number}")


def _answer(work: Workspace, line: str, place: str) -> tuple[str, str | None, bool]:
    try:
        told: Any = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("right"), bool):
        raise UsageError(f'{place}: not a line such as {{"topic": "svd", "right": true}}')
    card = told.get("card")
    return work.topic_id(str(told.get("topic"))), str(card) if card else None, told["right"]


# the end


def _finish(work: Workspace, placement: Placement, batch: str | None, as_json: bool) -> None:
    lines = work.outline.lines
    verdict = placement.verdict()
    learner = work.learner()
    facts: list[Fact] = [
        fact("known", topic=lines[topic].id)
        for topic in verdict.known
        if learner.state(lines[topic].id) in ("new", "once")
    ]
    unsure = [
        lines[topic].id for topic in verdict.unsure if learner.state(lines[topic].id) in ("new", "once")
    ]
    questions = len(learner.placement)
    facts.append(fact("placed", known=len(facts), unsure=unsure, questions=questions))
    work.record(facts, batch)
    if as_json:
        work.json(
            {
                "questions": questions,
                "known": [lines[topic].id for topic in verdict.known],
                "unsure": [lines[topic].id for topic in verdict.unsure],
                "unknown": [lines[topic].id for topic in verdict.unknown],
            }
        )
        return
    _show(work, verdict, unsure, questions)


def _show(work: Workspace, verdict: Verdict, unsure: Sequence[str], questions: int) -> None:
    lines = work.outline.lines

    def names(topics: Sequence[str]) -> str:
        rest = f" and {len(topics) - SHOWN} more" if len(topics) > SHOWN else ""
        return ", ".join(topics[:SHOWN]) + rest

    work.say(f"After {screen.count(questions, 'question')}:")
    for title, found in (("known", verdict.known), ("unsure", verdict.unsure), ("unknown", verdict.unknown)):
        told = [lines[topic].id for topic in found]
        if told:
            rows = screen.wrap(names(told), work.width - 15).splitlines()
            work.say(f"  {title:<8}{len(told):4d}  {rows[0]}".rstrip())
            for row in rows[1:]:
                work.say(f"{'':16}{row}")
    cards = sum(lines[topic].cards for topic in verdict.known)
    if cards:
        work.say(
            screen.wrap(
                f"The {screen.count(cards, 'card')} of what you know come at {work.settings.new_per_day} new ones "
                "a day, and so find what is not there: studyctl review",
                work.width,
            )
        )
    if unsure:
        work.say(f"What is unsure comes first in next; three questions decide: studyctl place {unsure[0]}")
    work.say(screen.with_right("All of it can be taken back: studyctl undo", "studyctl next", work.width))


# one topic


def _probe(work: Workspace, names: Sequence[str]) -> None:
    """Three questions about each topic, and what follows from them."""
    for name in dict.fromkeys(names):
        if not quiz.cards(work, name):
            raise UsageError(f"{name} has no cards to ask; you know best", f"studyctl know {name}")
    if not quiz.on_terminal():
        raise UsageError("place asks on a terminal, and this is none", f"studyctl know {names[0]}")
    for name in dict.fromkeys(names):
        probe(work, name)


def probe(work: Workspace, name: str) -> None:
    """Ask a quiz about a topic; if it is passed the topic is known, if a learnt one fails it comes back."""
    state = work.learner().state(name)
    told, batch = quiz.ask(work, name)
    if told is None:
        work.say("Nothing was asked, nothing is recorded.")
        return
    learnt = state in ("done", "known")
    score = f"{name}: {told.right} of {told.of}"
    if told.passed and not learnt:
        work.record([fact("known", topic=name)], batch)
        work.say(screen.with_right(f"{score}, so it is known now.", "studyctl next", work.width))
    elif told.passed:
        work.say(screen.with_right(f"{score}, still there.", "studyctl next", work.width))
    elif learnt:
        work.say(screen.wrap(f"{score}: it comes back into the plan as a refresh.", work.width))
        work.say(
            screen.with_right(
                f"Its cards: studyctl review --topic {name}", f"studyctl start {name}", work.width
            )
        )
    else:
        work.say(
            screen.with_right(f"{score}, so it is still to learn.", f"studyctl start {name}", work.width)
        )
