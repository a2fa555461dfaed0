"""`studyctl anki`: what was done in Anki comes home, and what was done here goes there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from studyctl.cli import screen
from studyctl.cli.anki_connected import connected, deck_option, timeout_option, url_option
from studyctl.cli.anki_push import command as push
from studyctl.cli.clock import offset_at
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.progress import progress
from studyctl.cli.workspace import Workspace
from studyctl.core.collection import Collection
from studyctl.core.problems import UsageError
from studyctl.core.pull import Past, Pull, agreed, pull
from studyctl.core.there import There

SHOWN = 5  # names in one line


@click.group("anki", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Both ways between here and Anki: answers, texts, schedules.

    \b
    Examples:
      studyctl anki pull first-model.apkg
      studyctl anki pull --connect            from the Anki that is running
      studyctl anki push --dry-run            what would go there
    """


command.add_command(push)


@command.command("pull")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--connect", is_flag=True, help="From the Anki that is running, through AnkiConnect.")
@click.option(
    "--edits", is_flag=True, help="Show texts that you corrected in Anki, as a patch; pull nothing."
)
@click.option("--apply", "apply_", is_flag=True, help="With --edits: write them into your own curriculum.")
@deck_option
@url_option
@timeout_option
@dry_run_option
@json_option
@click.pass_obj
def pull_command(
    work: Workspace,
    file: Path | None,
    connect: bool,
    edits: bool,
    apply_: bool,
    decks: tuple[str, ...],
    url: str | None,
    timeout: float,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Take the answers that you gave in Anki, from a .apkg, a .colpkg or a collection.anki2.

    Pulling is a union: what is known already is not counted twice, and nothing is overwritten.
    Export with scheduling, or close Anki and name the collection itself; the file is only read. Or
    ask the running Anki with --connect, for which it needs the add-on AnkiConnect.

    \b
    Examples:
      studyctl anki pull first-model.apkg
      studyctl anki pull ~/.local/share/Anki2/User\\ 1/collection.anki2
      studyctl anki pull --connect --dry-run --json
      studyctl anki pull --connect --edits > edits.patch
    """
    from studyctl.adapters.bulk import bulk  # noqa: PLC0415

    if connect == (file is not None):
        raise UsageError("pull from a FILE, or with --connect", "studyctl anki pull FILE.apkg")
    if (url or decks) and not connect:
        raise UsageError("--url and --deck go with --connect", "studyctl anki pull --connect")
    if apply_ and not edits:
        raise UsageError("--apply goes with --edits", "studyctl anki pull --connect --edits")
    if edits:
        from studyctl.cli.anki_edits import edits_home  # noqa: PLC0415 (loads PyYAML)

        there = _held(work, file, url, timeout, decks)
        edits_home(work, there, apply=apply_ and not dry_run, as_json=as_json)
        return
    with bulk():
        _pull(work, lambda: _read(work, file, url, timeout, decks), dry_run, as_json, connected=connect)


def _read(
    work: Workspace, file: Path | None, url: str | None, timeout: float, decks: Sequence[str]
) -> Collection:
    if file is None:
        with connected(work, url, timeout, decks) as line:
            return line.read().collection()
    from studyctl.adapters.anki_collection import read  # noqa: PLC0415 (loads zstandard)

    return read(_existing(file))


def _pull(
    work: Workspace, read: Callable[[], Collection], dry_run: bool, as_json: bool, *, connected: bool
) -> None:
    with progress(work, "Taking answers home") as tick:
        collection = read()
        tick(1, 4)
        told = pull(collection, past_of(work), now=work.now.ms, offset_at=offset_at)
        tick(2, 4)
        if told.facts and not dry_run:
            work.record(told.facts)
    if as_json:
        work.json(told.document() | {"dry_run": dry_run})
    else:
        _show(work, told, dry_run, connected=connected)
    _notices(work, collection, told)


def _held(work: Workspace, file: Path | None, url: str | None, timeout: float, decks: Sequence[str]) -> There:
    """What a file or the running Anki holds, texts included."""
    from studyctl.adapters.anki_file import opened  # noqa: PLC0415 (loads zstandard)
    from studyctl.adapters.anki_there import there_of  # noqa: PLC0415

    if file is None:
        with connected(work, url, timeout, decks) as line:
            return line.read()
    with opened(_existing(file)) as source:
        return there_of(source)


def _existing(file: Path) -> Path:
    path = file.expanduser()
    if not path.is_file():
        raise UsageError(f"no file {str(file)!r}", "studyctl anki pull FILE.apkg")
    return path


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


def _show(work: Workspace, told: Pull, dry_run: bool, *, connected: bool) -> None:
    if not told.has_history and connected:
        work.say("Anki has no answers of these cards yet: nothing to pull.")
        return
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
