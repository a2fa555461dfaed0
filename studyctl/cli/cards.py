"""`studyctl cards`: every card with its memory; suspending cards, and taking that back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from studyctl.adapters.catalog import CardLine
from studyctl.cli import leeches, screen
from studyctl.cli.dues import due_text
from studyctl.cli.names import resolve
from studyctl.cli.options import json_option
from studyctl.cli.rate import card_id
from studyctl.cli.workspace import Workspace
from studyctl.core.events import Fact, fact
from studyctl.core.leeches import Failures
from studyctl.core.memory import Memory, State, retrievability
from studyctl.core.problems import UnknownNameError, UsageError
from studyctl.core.time import MINUTE, in_words, to_iso

STATES = [str(state) for state in State]
FILTERS = (*STATES, "due", "available", "suspended", "buried", "leech")


@click.command("cards")
@click.option("--topic", metavar="TOPIC", help="Only cards of this topic.")
@click.option("--state", type=click.Choice(FILTERS), help="Only cards in this state.")
@click.option("--suspend", metavar="ID", multiple=True, help="Ask this card no more; repeatable.")
@click.option("--unsuspend", metavar="ID", multiple=True, help="Ask it again; repeatable.")
@click.option("--rewrite", metavar="ID", help="Open your own version of this card in $EDITOR.")
@json_option
@click.pass_obj
def command(
    work: Workspace,
    topic: str | None,
    state: str | None,
    suspend: tuple[str, ...],
    unsuspend: tuple[str, ...],
    rewrite: str | None,
    as_json: bool,
) -> None:
    """All cards of the curriculum, with what is remembered of them.

    \b
    Examples:
      studyctl cards --topic svd
      studyctl cards --state due --json
      studyctl cards --suspend svd/sizes
      studyctl cards --state leech      those that fail again and again

    The id of a cloze note means all its cards: leibniz for leibniz.c1 and .c2.
    """
    if rewrite is not None:
        if as_json:
            raise UsageError("--rewrite goes without --json", f"studyctl cards --rewrite {rewrite}")
        from studyctl.cli import rewriting  # noqa: PLC0415 (loads yaml)

        known = {line.id: line for line in work.catalog.cards()}
        work.say(rewriting.rewrite(work, _named(work, known, [rewrite])[0]))
        return
    chosen = work.topic_id(topic) if topic is not None else None
    if suspend or unsuspend:
        changed = _change(work, suspend, unsuspend)
        if not as_json:
            for line in changed:
                work.say(line)
            return
    rows = [row for row in _rows(work, chosen) if state is None or row.is_in(state)]
    if as_json:
        work.json({"cards": [row.document(work.settings.day_starts_at) for row in rows]})
        return
    _show(work, rows)


def _change(work: Workspace, suspend: Sequence[str], unsuspend: Sequence[str]) -> list[str]:
    """Record what is not so already, and tell what was done."""
    known = {line.id: line for line in work.catalog.cards()}
    away = _named(work, known, suspend)
    back = _named(work, known, unsuspend)
    now = work.history.suspended()
    facts: list[Fact] = [fact("suspended", card=card) for card in away if card not in now]
    facts += [fact("unsuspended", card=card) for card in back if card in now or card in away]
    if facts:
        work.record(facts)
    new = {one.facts["card"] for one in facts}
    told = [f"{card}: " + ("suspended" if card in new else "was suspended already") for card in away]
    return told + [f"{card}: " + ("asked again" if card in new else "was not suspended") for card in back]


def _named(work: Workspace, known: Mapping[str, CardLine], names: Iterable[str]) -> list[str]:
    """The cards that these names mean: a card, a note with all its cards, an earlier id, a unique prefix."""
    told: dict[str, None] = {}
    for name in names:
        living = work.catalog.card_aliases().get(name, name)
        cards = [line.id for line in known.values() if line.note == living]
        told.update(dict.fromkeys(cards or [_one(work, known, name)]))
    return list(told)


def _one(work: Workspace, known: Mapping[str, CardLine], name: str) -> str:
    try:
        return resolve("card", name, known)
    except UnknownNameError:
        return card_id(work, name)  # an earlier id, or an error that says what became of it


@dataclass(frozen=True, slots=True)
class Row:
    """A card of the curriculum with its memory and its place in the learner's life."""

    line: CardLine
    memory: Memory | None
    available: bool
    suspended: bool
    buried: bool
    due: bool
    recall: float | None
    failures: Failures | None  # of a leech

    @property
    def state(self) -> State:
        """Its state; a card without memory is new."""
        return self.memory.state if self.memory else State.NEW

    def is_in(self, state: str) -> bool:
        """Whether the card is what a filter asks for."""
        marks = {
            "due": self.due,
            "available": self.available,
            "suspended": self.suspended,
            "buried": self.buried,
            "leech": self.failures is not None,
        }
        return marks[state] if state in marks else str(self.state) == state

    def document(self, day_starts_at: int) -> dict[str, Any]:
        """The card for other programs; numbers of memory are not rounded."""
        memory = self.memory
        return {
            "id": self.line.id,
            "topic": self.line.topic,
            "guid": self.line.guid,
            "ord": self.line.ord,
            "state": str(self.state),
            "available": self.available,
            "suspended": self.suspended,
            "buried": self.buried,
            "stability": memory.stability if memory else None,
            "difficulty": memory.difficulty if memory else None,
            "due": due_text(memory, day_starts_at),
            "retrievability": self.recall,
            "leech": self.failures is not None,
            "reviews": memory.reviews if memory else 0,
            "lapses": memory.lapses if memory else 0,
            "last_review": to_iso(memory.last_ms) if memory else None,
        }


def _rows(work: Workspace, topic: str | None) -> Iterator[Row]:
    history, now, today = work.history, work.now, work.today
    memories = history.memories()
    suspended, buried = history.suspended(), history.buried(today)
    available, decay = work.learner().available, history.parameters[20]
    leech = leeches.every(work)
    for line in work.catalog.cards(topic):
        memory = memories.get(line.id)
        aside = line.id in suspended or line.id in buried
        yield Row(
            line,
            memory,
            available(line.topic),
            line.id in suspended,
            line.id in buried,
            due=memory is not None and not aside and memory.is_due(now.ms, today),
            recall=retrievability(memory.stability, today - memory.last_day, decay) if memory else None,
            failures=leech.get(line.id),
        )


def _show(work: Workspace, rows: Sequence[Row]) -> None:
    """The cards as a table, by topic."""
    if not rows:
        work.say("No card is like that.")
        return
    last = None
    for row in rows:
        if row.line.topic != last:
            if last is not None:
                work.say()
            last = row.line.topic
            work.say(work.style(last, bold=True))
        work.say(_told(work, row))
    seen = sum(row.memory is not None for row in rows)
    due = sum(row.due for row in rows)
    work.say()
    leech = [row.line.id for row in rows if row.failures]
    told = f", {screen.count(len(leech), 'leech').replace('leechs', 'leeches')}" if leech else ""
    work.say(f"{screen.count(len(rows), 'card')}, {seen} seen, {due} due{told}")
    if leech:
        work.say(screen.with_right("", f"studyctl why {leech[0]}", work.width).lstrip("\n"))


def _told(work: Workspace, row: Row) -> str:
    facts = _facts(work, row)
    name = row.line.id.removeprefix(f"{row.line.topic}/")
    wide = max(8, work.width - 2 - 2 - max(38, screen.columns(facts)))
    if screen.columns(name) > wide:  # the number of a gap stays
        note, dot, gap = name.rpartition(".c")
        name = f"{screen.cut(note, wide - len(gap) - 2)}{dot}{gap}" if note else screen.cut(name, wide)
    return f"  {screen.pad(name, wide)}  {facts}"


def _facts(work: Workspace, row: Row) -> str:
    if row.suspended:
        return "suspended"
    if row.memory is None:
        return "new" if row.available else work.style("not yet", dim=True)
    if row.due:
        when = "due now"
    elif row.memory.due_ms is not None:
        when = f"in {max(1, round((row.memory.due_ms - work.now.ms) / MINUTE))} min"
    else:
        when = f"due {in_words(row.memory.due_day, work.today)}"
    answers = f"{row.memory.reviews}×" + (
        f", {screen.count(row.memory.lapses, 'lapse')}" if row.memory.lapses else ""
    )
    answers += " · leech" if row.failures else ""
    return f"{'buried' if row.buried else when:<16} recall {row.recall or 0:.2f}  {answers}"
