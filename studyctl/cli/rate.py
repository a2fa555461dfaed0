"""`studyctl rate`: record how well a card was known, from the command line or from another program.

Every answer is on the disk before it is confirmed. With ``--stdin`` each line is confirmed before
the next is read, so whatever drives it knows at any moment what has been recorded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from studyctl.cli.clock import offset_at
from studyctl.cli.dues import due_text, due_words
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.events import Event, Fact
from studyctl.core.facts import LONGEST_ANSWER
from studyctl.core.memory import MODEL, Memory, Rating
from studyctl.core.problems import StudyctlError, UnknownNameError, UsageError, did_you_mean, nearest
from studyctl.core.time import MINUTE, from_iso, offset_of, study_day, to_iso

RATINGS = {str(rating): rating for rating in Rating}
KEYS = ("card", "rating", "at", "seconds")


class Wish(NamedTuple):
    """An answer as it was asked for, not yet looked into."""

    card: str
    rating: str
    at: str | None = None
    seconds: float | None = None


class Answer(NamedTuple):
    """An answer as it stands in the journal, with the memory of its card after it."""

    event: Event
    memory: Memory | None


@click.command("rate")
@click.argument("card", required=False)
@click.argument("rating", required=False, metavar="RATING")
@click.option("--at", metavar="TIME", help="When it was, e.g. 2026-11-23T20:15+01:00, if not now.")
@click.option("--seconds", type=float, metavar="S", help="How long the answer took.")
@click.option("--stdin", "many", is_flag=True, help="Read answers as JSON lines; answer in JSON lines.")
@json_option
@click.pass_obj
def command(
    work: Workspace,
    card: str | None,
    rating: str | None,
    at: str | None,
    seconds: float | None,
    many: bool,
    as_json: bool,
) -> None:
    """Record how well you knew a card: again, hard, good or easy.

    \b
    Examples:
      studyctl rate chain-rule/statement good
      studyctl rate chain-rule/leibniz.c1 again --seconds 12
      studyctl rate --stdin < answers.jsonl

    Lines of --stdin look like {"card": "chain-rule/statement", "rating": "good"}, with
    "at" and "seconds" if you like. Each is on the disk when its answer appears. The same
    card at the same "at" is answered again, and not recorded twice.
    """
    if many:
        if card is not None or at is not None or seconds is not None:
            raise UsageError(
                "--stdin reads everything from its lines", "studyctl rate --stdin < answers.jsonl"
            )
        click.get_current_context().exit(_rate_lines(work))
    if card is None or rating is None:
        raise UsageError("which card, and how well?", "studyctl rate chain-rule/statement good")
    answer = _rate(work, Wish(card, rating, at, seconds))
    if as_json:
        work.json(_document(work, answer))
    else:
        work.say(_sentence(work, answer))


def _rate(work: Workspace, wish: Wish, batch: str | None = None) -> Answer:
    """Record one answer; StudyctlError says what is wrong with it."""
    fact = _fact(work, wish)
    (event,) = work.record([fact], batch)
    if fact.at is not None and work.history.is_undone(event):
        when = to_iso(event.at)
        raise UsageError(f"the answer to {event.facts['card']} at {when} was undone", "give another time")
    return Answer(event, work.history.memory(str(fact.facts["card"])))


def _fact(work: Workspace, wish: Wish) -> Fact:
    facts: dict[str, Any] = {"card": card_id(work, wish.card), "rating": int(_rating(wish.rating))}
    if wish.seconds is not None:
        facts["ms"] = _milliseconds(wish.seconds)
    facts["model"] = MODEL
    if wish.at is None:
        return Fact("reviewed", facts)
    try:
        at = from_iso(wish.at)
    except ValueError as error:
        raise UsageError(f"at: {error}", "2026-11-23T20:15:00+01:00") from None
    if at < 0:
        raise UsageError(f"at: {wish.at} is before 1970")
    if at > work.clock().ms + MINUTE:  # clocks of two devices may differ a little
        raise UsageError(f"at: {wish.at} has not been yet", "the time of the answer, or none for now")
    offset = offset_of(wish.at)
    return Fact("reviewed", facts, at, offset=offset_at(at) if offset is None else offset)


def _rating(name: str) -> Rating:
    if name not in RATINGS:
        near = did_you_mean(nearest(name, RATINGS, 1))
        raise UsageError(f"no rating {name!r}{near}", "again, hard, good or easy")
    return RATINGS[name]


def _milliseconds(seconds: float) -> int:
    if not 0 <= 1000 * seconds <= LONGEST_ANSWER:  # NaN is refused, too
        raise UsageError(f"an answer cannot take {seconds!r:.20} seconds", "--seconds 7.2")
    return round(seconds * 1000)


def card_id(work: Workspace, name: str) -> str:
    """The card that `name` means: its id or an earlier one. Otherwise an error that says what became of it."""
    if not name.isprintable():  # half a surrogate among it, which no file can hold
        raise UnknownNameError("card", name, ())
    if work.catalog.card(name) is not None:
        return name
    today = work.catalog.card_aliases().get(name, "")
    if work.catalog.card(today) is not None:
        return today
    raise _no_card(work, name)


def _no_card(work: Workspace, name: str) -> StudyctlError:
    """Why there is no such card."""
    topic, _, rest = name.partition("/")
    topic = work.catalog.topic_aliases().get(topic, topic)
    topics = work.catalog.ids("topic")
    if topic in topics:
        gone = work.catalog.topic(topic).retired
        if {rest, rest.partition(".")[0]} & set(gone):
            return UsageError(f"card {name!r} was retired from its topic", f"studyctl cards --topic {topic}")
        cards = [line.id for line in work.catalog.cards(topic)]
        parts = [card for card in cards if card.startswith(f"{topic}/{rest}.c")]
        if rest and parts:
            return UsageError(f"{name!r} is a note with gaps; its cards are {', '.join(parts)}")
        return UnknownNameError("card", name, cards, f"studyctl cards --topic {topic}")
    if work.history.memory(name) is not None:
        left_out = work.catalog.left_out()
        hint = "studyctl check" if left_out else "studyctl topics"
        return UsageError(f"topic {topic!r} of card {name!r} is not in the curriculum any more", hint)
    near = nearest(topic, topics)
    cards = [line.id for one in near for line in work.catalog.cards(one)]
    return UnknownNameError("card", name, cards, "studyctl cards")


def _document(work: Workspace, answer: Answer) -> dict[str, Any]:
    event, memory = answer
    return {
        "card": event.facts["card"],
        "rating": str(Rating(event.facts["rating"])),
        "at": to_iso(event.at),
        "due": due_text(memory, work.settings.day_starts_at),
        "stability": memory.stability if memory else None,
        "difficulty": memory.difficulty if memory else None,
    }


def _sentence(work: Workspace, answer: Answer) -> str:
    event, memory = answer
    told = f"{event.facts['card']}: {Rating(event.facts['rating'])}"
    if memory is None:
        return told
    today = study_day(event.at, event.offset, work.settings.day_starts_at)
    return f"{told}, back {due_words(memory, event.at, today)}"


# JSON lines


def _rate_lines(work: Workspace) -> int:
    """Answer every line of stdin; 1 if any was bad."""
    code, batch = 0, None
    for number, line in _lines():
        try:
            answer = _rate(work, _wish(line), batch)
        except UsageError as error:
            _tell({"line": number, "error": error.what})
            code = 1
            continue
        batch = batch or answer.event.batch or None
        _tell(_document(work, answer))
    return code


def _lines() -> Iterator[tuple[int, bytes]]:
    """The lines of stdin that are not blank, with their numbers, each as soon as it has come."""
    if sys.stdin is None:
        raise UsageError("there is no stdin to read from", "studyctl rate --stdin < answers.jsonl")
    for number, line in enumerate(getattr(sys.stdin, "buffer", sys.stdin), 1):
        told = line if isinstance(line, bytes) else line.encode()
        if number == 1:
            told = told.removeprefix(b"\xef\xbb\xbf")  # some shells begin with a mark that this is UTF-8
        if told.strip():
            yield number, told


def _wish(line: bytes) -> Wish:
    """The answer that a line asks for."""
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError:
        raise UsageError("the line is no UTF-8") from None
    except (ValueError, RecursionError):
        raise UsageError("the line is no JSON") from None
    if not isinstance(record, dict):
        raise UsageError('the line is no object such as {"card": "topic/card", "rating": "good"}')
    for key in record:
        if key not in KEYS:
            raise UsageError(f"unknown key {key!r}{did_you_mean(nearest(key, KEYS, 1))}", ", ".join(KEYS))
    for key in ("card", "rating"):
        if not isinstance(record.get(key), str):
            raise UsageError(f"{key!r} is missing" if key not in record else f"{key!r} is no text")
    at, seconds = record.get("at"), record.get("seconds")
    if at is not None and not isinstance(at, str):
        raise UsageError("'at' is no text such as 2026-11-23T20:15:00+01:00")
    if seconds is not None and (isinstance(seconds, bool) or not isinstance(seconds, int | float)):
        raise UsageError("'seconds' is no number")
    return Wish(record["card"], record["rating"], at, seconds)


def _tell(document: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(document, sort_keys=True, ensure_ascii=False) + "\n")
    sys.stdout.flush()
