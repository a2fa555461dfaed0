"""`studyctl anki`: what was done in Anki comes home."""

from __future__ import annotations

from pathlib import Path

import click

from studyctl.cli import screen
from studyctl.cli.clock import offset_at
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.collection import Collection
from studyctl.core.problems import UsageError
from studyctl.core.pull import Past, Pull, agreed, pull

SHOWN = 5  # names in one line


@click.group("anki", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Bring home what you did in Anki.

    \b
    Examples:
      studyctl anki pull first-model.apkg
      studyctl anki pull collection.anki2 --dry-run
    """


@command.command("pull")
@click.argument("file", type=click.Path(path_type=Path))
@dry_run_option
@json_option
@click.pass_obj
def pull_file(work: Workspace, file: Path, dry_run: bool, as_json: bool) -> None:
    """Take the answers that you gave in Anki, from a .apkg, a .colpkg or a collection.anki2.

    Pulling is a union: what is known already is not counted twice, and nothing is overwritten.
    Export with scheduling, or close Anki and name the collection itself. The file is only read.

    \b
    Examples:
      studyctl anki pull first-model.apkg
      studyctl anki pull ~/.local/share/Anki2/User\\ 1/collection.anki2
      studyctl anki pull backup.colpkg --dry-run --json
    """
    from studyctl.adapters.anki_collection import read  # noqa: PLC0415 (loads zstandard)
    from studyctl.adapters.bulk import bulk  # noqa: PLC0415

    path = file.expanduser()
    if not path.is_file():
        raise UsageError(f"no file {str(file)!r}", "studyctl anki pull FILE.apkg")
    with bulk():
        collection = read(path)
        told = pull(collection, past_of(work), now=work.now.ms, offset_at=offset_at)
        if told.facts and not dry_run:
            work.record(told.facts)
    if as_json:
        work.json(told.document() | {"dry_run": dry_run})
    else:
        _show(work, told, dry_run)
    _notices(work, collection, told)


def past_of(work: Workspace) -> Past:
    """What is known here before a pull."""
    history, aliases = work.history, work.catalog.card_aliases()
    cards = {(line.guid, line.ord): line.id for line in work.catalog.cards()}
    anki = history.anki
    return Past(
        cards=cards,
        lost=anki.lost(set(cards.values())),
        moments=anki.moments(),
        marks=anki.marks(),
        agreed=agreed(history.events(), lambda card: aliases.get(card, card)),
    )


def _show(work: Workspace, told: Pull, dry_run: bool) -> None:
    if not told.has_history:
        work.say("This export holds no history: nothing to pull.")
        work.say("In Anki: File > Export, and tick the box that includes scheduling.")
        return
    would = "would be " if dry_run else ""
    work.say(
        f"{screen.count(told.seen, 'answer')} in the log: {told.new} {would}new, {told.duplicate} known already"
    )
    for do, text in (
        ("reset", "forgotten in Anki"),
        ("suspended", "suspended"),
        ("unsuspended", "taken back in"),
    ):
        if count := told.count(do):
            work.say(f"{screen.count(count, 'card')} {would}{text}")
    left = [f"{count} {name}" for name, count in told.ignored.items() if count]
    if left:
        work.say(screen.wrap(f"Left out: {', '.join(left)}", work.width))
    work.say(f"{screen.count(told.matched, 'card')} of ours there, {told.unknown} of others")
    if told.new and not dry_run:
        work.say(screen.with_right("", "studyctl status", work.width).lstrip("\n"))


def _notices(work: Workspace, collection: Collection, told: Pull) -> None:
    rollover = collection.rollover
    if rollover is not None and told.has_history and rollover != work.settings.day_starts_at:
        work.note(
            f"Anki's day begins at {rollover} o'clock, yours at {work.settings.day_starts_at};"
            f" try: studyctl config set day_starts_at {rollover}"
        )
    if told.lost:
        names = ", ".join(told.lost[:SHOWN]) + (" …" if len(told.lost) > SHOWN else "")
        work.note(
            f"{screen.count(len(told.lost), 'card')} the curriculum no longer has, kept in the journal: {names}"
        )
    if told.twice:
        work.note(f"{screen.count(len(told.twice), 'note')} of one guid twice in this collection")
    for name in collection.strange:
        work.note(
            f"the note type {screen.clean(name)!r} bears our number and is not ours; its cards are known by their guids alone"
        )
