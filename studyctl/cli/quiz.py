"""Asking a few cards of a topic on a terminal: a quiz. Its answers are evidence and no ratings."""

from __future__ import annotations

import sys

import click

from studyctl.cli import reading, screen
from studyctl.cli.workspace import Workspace
from studyctl.core.events import fact
from studyctl.core.face import face
from studyctl.core.probes import Quiz, questions

MINUTES = 1.3  # a question


def on_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def cards(work: Workspace, topic: str) -> list[str]:
    """The cards that a quiz about a topic would ask now."""
    record = work.learner().topics.get(topic)
    turn = len(record.quizzes) if record else 0
    return questions(work.catalog.topic(topic).cards, work.history.suspended(), turn)


def duration(count: int) -> str:
    """How long so many questions take, in words."""
    return f"about {screen.minutes(max(1, count * MINUTES))}"


def ask(work: Workspace, topic: str, batch: str | None = None) -> tuple[Quiz | None, str | None]:
    """Ask a quiz about a topic; each answer is recorded at once, under the batch that comes back.

    None if it was broken off before the first answer.
    """
    asked = cards(work, topic)
    right = of = 0
    at = work.now
    for number, card in enumerate(asked, 1):
        work.say()
        had_it = ask_card(work, card, f"{number} of {len(asked)}")
        if had_it is None:
            break
        events = work.record([fact("probed", topic=topic, card=card, right=had_it)], batch)
        batch = events[0].batch
        right, of = right + had_it, of + 1
    work.say()
    return (Quiz(at.ms, at.offset, batch or "", right, of) if of else None), batch


def ask_card(work: Workspace, card: str, title: str) -> bool | None:
    """Show a card's question and, after a key, its answer; whether it was there. None: no more of this."""
    note = work.catalog.faces([card]).get(card)
    if note is None:
        return False
    sides = face(note, card)
    work.say(work.style(title, dim=True))
    _say(work, sides.front)
    key = _key("Enter shows the answer, n if you do not know, q to stop", ("", "n", "q"))
    if key == "q":
        return None
    work.say(work.style("  " + "─" * min(40, work.width - 4), dim=True))
    _say(work, sides.back)
    if key == "n":
        return False
    told = _key("Did you have it? y, n, q", ("y", "n", "q"))
    return None if told == "q" else told == "y"


def ask_word(question: str) -> bool | None:
    """Ask something that the learner knows best; None: no more of this."""
    told = _key(f"{question} y, n, q", ("y", "n", "q"))
    return None if told == "q" else told == "y"


def _key(question: str, keys: tuple[str, ...]) -> str:
    """One of `keys`, typed with Enter; the end of the input stops like q."""
    while True:
        try:
            told = input(f"  {question}: ").strip().lower()[:1]
        except EOFError:
            return "q"
        except KeyboardInterrupt:
            click.echo()
            return "q"
        if told in keys:
            return told


def _say(work: Workspace, text: str) -> None:
    for line in reading.lines(text, min(work.width, 100), "  "):
        work.say(line)
