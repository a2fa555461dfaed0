"""`studyctl export`: everything that a learner has, as one JSON document or in the optimiser's CSV form."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from studyctl.cli.dues import due_text
from studyctl.cli.holding import Holding, holding
from studyctl.cli.knowing import by_topic, document, knowledge_of
from studyctl.cli.options import dry_run_option
from studyctl.cli.tune import area_of, retention_document
from studyctl.cli.workspace import JSON_VERSION, Workspace
from studyctl.cli.writing import write
from studyctl.core.memory import MODEL, State, retrievability
from studyctl.core.optimiser import rows
from studyctl.core.problems import UsageError
from studyctl.core.retention import retention
from studyctl.core.time import local_iso, to_date, to_iso


@click.command("export")
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of stdout.")
@click.option(
    "--csv", "as_csv", is_flag=True, help="Only the answers, in the form that FSRS's optimiser reads."
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the document.")
@dry_run_option
@click.pass_obj
def command(work: Workspace, output: str | None, as_csv: bool, schema: bool, dry_run: bool) -> None:
    """Everything you have: settings, topics, cards with their memory, every answer and event.

    \b
    Examples:
      studyctl export -o studyctl.json
      studyctl export --csv -o revlog.csv
      studyctl export --schema

    The CSV has the columns card_id, review_time, review_rating, review_state and
    review_duration; cards are numbered in the order in which they were first seen.
    """
    if as_csv and schema:
        raise UsageError("the schema is that of the JSON document", "studyctl export --schema")
    if schema:
        from studyctl.core.export_schema import schema as json_schema  # noqa: PLC0415

        told = json.dumps(json_schema(), indent=2)
        lines: Iterator[str] = iter((told,))
    elif as_csv:
        lines = rows(holding(work).log)
    else:
        lines = iter((json.dumps(_everything(work), indent=1, sort_keys=True, ensure_ascii=False),))
    _write(work, lines, output, dry_run=dry_run)


def _write(work: Workspace, lines: Iterator[str], output: str | None, *, dry_run: bool) -> None:
    if output is None or output == "-":
        for line in lines:
            work.say(line)
        return
    text = "\n".join(lines) + "\n"
    work.say(f"{write(output, text, 'studyctl export -o FILE', dry_run=dry_run)}.")


def _everything(work: Workspace) -> dict[str, Any]:
    hold = holding(work)
    report = retention(hold.log, hold.scored, lambda card: area_of(hold, card))
    return {
        "version": JSON_VERSION,
        "exported": local_iso(work.now),
        "model": MODEL,
        "parameters": list(hold.parameters),
        "settings": dict(work.settings.raw),
        "topics": list(_topics(hold)),
        "cards": list(_cards(hold)),
        "reviews": list(_reviews(work)),
        "events": [
            {
                "id": event.id,
                "at": to_iso(event.at),
                "offset": event.offset,
                "batch": event.batch,
                "do": event.do,
                "facts": dict(event.facts),
            }
            for event in work.history.events(agreed=True)
        ],
        "retention": retention_document(report),
    }


def _topics(hold: Holding) -> Iterator[dict[str, Any]]:
    """Topics about which anything is known."""
    where, memories = hold.where, by_topic(hold.work)
    for number, line in enumerate(where.outline.lines):
        record, seen = where.learner.topics.get(line.id), memories.get(line.id, [])
        if record is None and not seen:
            continue
        told = document(where, number, knowledge_of(hold.work, where, number, seen))
        yield told | {
            "id": line.id,
            "title": line.title,
            "area": line.area,
            "state": where.learner.state(line.id),
            "faded": bool(where.faded[number]),
            "hours_spent": record.hours if record else 0.0,
        }


def _cards(hold: Holding) -> Iterator[dict[str, Any]]:
    """Every card that was seen, those included that have left the curriculum."""
    work = hold.work
    suspended = work.history.suspended()
    for card, memory in sorted(work.history.memories().items()):
        yield {
            "id": card,
            "topic": card.partition("/")[0],
            "state": str(State(memory.state)),
            "suspended": card in suspended,
            "stability": memory.stability,
            "difficulty": memory.difficulty,
            "retrievability": retrievability(memory.stability, work.today - memory.last_day, hold.decay),
            "due": due_text(memory, work.settings.day_starts_at),
            "last_review": to_iso(memory.last_ms),
            "reviews": memory.reviews,
            "lapses": memory.lapses,
        }


def _reviews(work: Workspace) -> Iterator[dict[str, Any]]:
    for row in sorted(work.history.whole.answers(), key=lambda row: (row.at, row.card)):
        yield {
            "card": row.card,
            "at": to_iso(row.at),
            "offset": row.offset,
            "day": to_date(row.day).isoformat(),
            "rating": row.rating,
            "ms": row.ms,
        }
