"""`studyctl anki push`: what changed here goes into the Anki that is running.

First everything is read, and what was answered there comes home, since a schedule can only be
told from all answers; then the actions are decided (`studyctl.core.push`) and shown, and unless it
was a dry run they are done, one kind after the other (`studyctl.cli.anki_acts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from studyctl.cli import screen
from studyctl.cli.anki_connected import connected, deck_option, timeout_option, url_option
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.problems import UnknownNameError, UsageError
from studyctl.core.push import Push, Settle, decide

if TYPE_CHECKING:
    from studyctl.cli.anki_gather import Gathered

SHOWN = 4  # names in one line
NOTES = 5  # conflicts that are shown


@click.command("push")
@click.argument("notes", nargs=-1, metavar="[NOTE]…")
@click.option("--ours", is_flag=True, help="In conflicts our text stays; Anki's is kept in the journal.")
@click.option("--theirs", is_flag=True, help="In conflicts Anki's text stays.")
@click.option("--sync", is_flag=True, help="Let Anki sync with AnkiWeb afterwards.")
@deck_option
@url_option
@timeout_option
@dry_run_option
@json_option
@click.pass_obj
def command(
    work: Workspace,
    notes: tuple[str, ...],
    ours: bool,
    theirs: bool,
    sync: bool,
    decks: tuple[str, ...],
    url: str | None,
    timeout: float,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring new notes, changed texts and your answers into the Anki that is running.

    Anki needs the add-on AnkiConnect. What you did in Anki comes home first, as with `anki pull
    --connect`. Your own edits and tags there stay; where a text changed on both sides, nothing is
    done until --ours or --theirs says which stays, for all such notes or for each NOTE that is named.

    \b
    Examples:
      studyctl anki push --dry-run
      studyctl anki push --sync
      studyctl anki push chain-rule/statement --theirs
    """
    from studyctl.cli.anki_gather import add_answers, gather  # noqa: PLC0415 (loads genanki)

    if ours and theirs:
        raise UsageError("--ours and --theirs exclude each other", "studyctl anki push --dry-run")
    if notes and not (ours or theirs):
        raise UsageError(
            "a NOTE is named only to settle its conflict", f"studyctl anki push {notes[0]} --theirs"
        )
    known = {card.note for card in work.catalog.cards()} if notes else set()
    for note in notes:
        if note not in known:
            raise UnknownNameError("note", note, known, "studyctl anki push --dry-run")
    settle = Settle(ours, frozenset(notes)) if ours or theirs else None
    with connected(work, url, timeout, decks) as line:
        got = gather(work, line.read())
        batch = None
        if got.home.facts and not dry_run:
            batch = work.record(got.home.facts)[0].batch
        plan = decide(got.ours, got.there, settle)
        moments = add_answers(work, plan, got)
        refused: list[str] = []
        if not dry_run:
            from studyctl.cli.anki_acts import Acts  # noqa: PLC0415

            acts = Acts(work, line, got, batch)
            acts.run(plan, moments, sync=sync)
            refused = acts.refused
    if as_json:
        work.json(document(plan, got, refused) | {"dry_run": dry_run, "synced": sync and not dry_run})
    else:
        _show(work, plan, got, dry_run=dry_run)
        if sync and not dry_run:
            work.say("Anki syncs now.")
    _left_alone(work, plan, refused)


def document(plan: Push, got: Gathered, refused: list[str]) -> dict[str, Any]:
    """The push as scripts read it."""
    return {
        "actions": list(plan.actions()),
        "conflicts": [
            {
                "note": one.note,
                "field": one.field.name,
                "agreed": one.field.agreed,
                "ours": one.field.ours,
                "theirs": one.field.theirs,
            }
            for one in plan.conflicts
        ],
        "edits": plan.edits,
        "deleted": plan.deleted,
        "foreign": plan.foreign,
        "away": plan.away,
        "gone": plan.gone,
        "refused": refused,
        "pulled": got.home.document(),
    }


def _show(work: Workspace, plan: Push, got: Gathered, *, dry_run: bool) -> None:
    if got.home.new:
        verb = "would come" if dry_run else "came"
        work.say(f"{screen.count(got.home.new, 'answer')} {verb} home from Anki first.")
    rows = list(_rows(plan))
    if not rows:
        work.say("Nothing to push: Anki has it all." if not plan.conflicts else "Nothing else to push.")
    elif dry_run:
        work.say("Would do in Anki:")
    else:
        work.say("Done in Anki:")
    for what, names in rows:
        shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
        work.say(screen.cut(f"  {what}: {screen.clean(shown)}", work.width))
    _show_conflicts(work, plan)


def _rows(plan: Push) -> list[tuple[str, list[str]]]:
    """The actions by kind: how many, and of what."""
    count = screen.count
    updates = [f"{one.note.id} ({', '.join(sorted(one.fields))})" for one in plan.updates]
    back = [one.note for one in plan.leaving if one.back]
    left = [one.note for one in plan.leaving if not one.back]
    total = sum(len(one.rows) for one in plan.sends)
    off = [one.card for one in plan.switches if one.suspended]
    on = [one.card for one in plan.switches if not one.suspended]
    rows = [
        (f"update {count(len(updates), 'note')}", updates),
        (f"tag {count(len(plan.tags), 'note')}", [one.note for one in plan.tags]),
        (f"suspend and tag {count(len(left), 'note')} that left the curriculum", left),
        (f"take back {count(len(back), 'note')} that came back to it", back),
        (f"add {count(len(plan.new), 'note')}", [one.id for one in plan.new]),
        (f"send {count(total, 'answer')}, schedule {count(len(plan.sends), 'card')}", [one.card for one in plan.sends]),
        (f"suspend {count(len(off), 'card')}", off),
        (f"take back {count(len(on), 'card')}", on),
    ]  # fmt: skip
    return [(what, names) for what, names in rows if names]


def _show_conflicts(work: Workspace, plan: Push) -> None:
    if not plan.conflicts:
        return
    work.say(f"{screen.count(len(plan.conflicts), 'text')} changed here and in Anki, left as they are:")
    for one in plan.conflicts[:NOTES]:
        work.say(f"  {one.note}, {one.field.name}")
        for name, text in (
            ("agreed", one.field.agreed),
            ("here", one.field.ours),
            ("Anki", one.field.theirs),
        ):
            told = "(not known)" if text is None else screen.clean(text)
            work.say(screen.cut(f"    {name:<7} {told}", work.width))
    if len(plan.conflicts) > NOTES:
        work.say(f"  and {len(plan.conflicts) - NOTES} more; --json shows all")
    note = plan.conflicts[0].note
    work.say(f"Settle them: studyctl anki push {note} --theirs, or --ours")


def _left_alone(work: Workspace, plan: Push, refused: list[str]) -> None:
    """What is not done, with the reason, on stderr."""
    for names, what, hint in (
        (plan.edits, "with your edits, which stay", "studyctl anki pull --connect --edits"),
        (plan.deleted, "that you deleted in Anki stay deleted", "studyctl deck build, and import it"),
        (plan.foreign, "with another note type in Anki", ""),
        (plan.gone, "in Anki that the curricula read now do not have", "studyctl check"),
        (refused, "that Anki did not take", "studyctl deck build, and import it"),
    ):
        if names:
            shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
            tip = f"; try: {hint}" if hint else ""
            work.note(f"{screen.count(len(names), 'note')} {what}: {shown}{tip}")
    if plan.away:
        cards = screen.count(len(plan.away), "card")
        work.note(f"the answers of {cards} in a filtered deck of Anki wait until it is emptied there")
