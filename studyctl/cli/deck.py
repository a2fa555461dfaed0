"""`studyctl deck`: decks that import into Anki.

Building decides first what goes in and when it last changed (`studyctl.cli.deck_build`), then
records what no ledger and no journal knows yet, and writes the file in one stroke.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import click

from studyctl.cli import gather, screen
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.load import mean_minutes
from studyctl.core.problems import StudyctlError, UsageError
from studyctl.core.recipes import Choice


@click.group("deck")
def command() -> None:
    """Build decks that import into Anki, and go on updating there.

    \b
    Examples:
      studyctl deck list
      studyctl deck build                     all that you have learnt
      studyctl deck build first-model --all   a whole track
    """


@command.command("list")
@json_option
@click.pass_obj
def list_command(work: Workspace, as_json: bool) -> None:
    """What a deck can be made of.

    For each the number of its topics and cards; how many cards are locked, since their topics are
    not learnt yet; and the minutes a day that all of it costs, a mean of the first three years
    at your own pace and desired retention: more in the first months, less and less later. A track
    has the cards of its own topics and side roads, not of what they need.

    \b
    Examples:
      studyctl deck list
      studyctl deck list --json
    """
    rows = list(_rows(work))
    if as_json:
        work.json({"recipes": [row.document() for row in rows]})
        return
    lines = [("", "", "topics", "cards", "locked", "min/day", ""), *(row.cells() for row in rows)]
    told = screen.table(lines, right=(2, 3, 4, 5))
    if max(map(screen.columns, told)) > work.width:  # the ids say it, too
        told = screen.table([cells[:-1] for cells in lines], right=(2, 3, 4, 5))
    if max(map(screen.columns, told)) > work.width:
        told = screen.table([(cells[0], *cells[2:-1]) for cells in lines], right=(1, 2, 3, 4))
    for line in told:
        work.say(line)
    track = next((row.choice.id for row in rows if row.choice.kind == "track"), rows[0].choice.id)
    work.say()
    sentence = (
        "The id of a topic makes a deck as well. With --all, topics that you have not learnt yet come with it"
    )
    work.say(screen.laid(f"{sentence}: studyctl deck build {track} --all", work.width))


class _Row(NamedTuple):
    """A line of the list: how many cards there are, how many are available now, and minutes a day."""

    choice: Choice
    cards: int
    available: int
    minutes: float

    def document(self) -> dict[str, object]:
        one = self.choice
        return {
            "id": one.id,
            "kind": one.kind,
            "title": one.title,
            "topics": sorted(one.topics),
            "cards": self.cards,
            "available": self.available,
            "locked": self.cards - self.available,
            "minutes_per_day": round(self.minutes, 2),
        }

    def cells(self) -> tuple[str, ...]:
        one = self.choice
        counts = (len(one.topics), self.cards, self.cards - self.available)
        return (one.id, one.kind, *map(str, counts), f"{self.minutes:.1f}", screen.clean(one.title))


def _rows(work: Workspace) -> Iterable[_Row]:
    from studyctl.cli.deck_build import card_counts, choices_of  # noqa: PLC0415

    learner, slow = work.learner(), gather.slowness(work)
    a_day = {topic: mean_minutes(work.retention(topic)) * slow / 7 for topic in work.catalog.ids("topic")}
    for one in choices_of(work).values():
        if one.kind != "topic":
            counts = card_counts(work, [one])
            now = sum(count for topic, count in counts.items() if learner.available(topic))
            minutes = sum(count * a_day[topic] for topic, count in counts.items())
            yield _Row(one, sum(counts.values()), now, minutes)


@command.command("build")
@click.argument("recipes", nargs=-1, metavar="[RECIPE]…")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write this .apkg file."
)
@click.option("--all", "with_locked", is_flag=True, help="Cards of topics not learnt yet as well.")
@click.option(
    "--with-progress", is_flag=True, help="Carry your reviews into Anki, for cards it does not have."
)
@dry_run_option
@json_option
@click.pass_obj
def build_command(
    work: Workspace,
    recipes: tuple[str, ...],
    output: Path | None,
    with_locked: bool,
    with_progress: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Build an .apkg file for Anki.

    A RECIPE is a recipe, track, area or topic of `deck list`; without one, everything is built.

    Only cards of topics that you have learnt go in, unless you say --all. Build and import again
    whenever you like: what has changed is updated, what is new is added, and your progress and
    your own edits of cards that have not changed stay as they are.

    With --with-progress cards that Anki does not have yet arrive with their whole history; tick
    "import any learning progress" there. Those that it has keep what they have there.

    \b
    Examples:
      studyctl deck build
      studyctl deck build first-model --all
      studyctl deck build --with-progress
      studyctl deck build probability linear-algebra -o maths.apkg
    """
    from studyctl.cli.deck_build import build, chosen, write  # noqa: PLC0415

    wanted = chosen(work, recipes)
    path = output or Path(f"studyctl-{wanted[0].id if len(wanted) == 1 else 'deck'}.apkg")
    _refuse_what_is_no_file(path)
    made = build(work, wanted, with_locked=with_locked, with_progress=with_progress)
    if not dry_run:
        write(work, made, path)
    if as_json:
        work.json(made.document(path))
        return
    told = f"{_many(len(made.notes), 'note')}, {_many(made.cards, 'card')}, in {_many(made.decks, 'deck')}"
    if dry_run:
        work.say(f"Would write {path}: {told}.")
    else:
        work.say(f"Wrote {path}: {told}, {max(1, round(path.stat().st_size / 1000)):,} kB.")
    if made.progress is not None:
        known = _many(len(made.progress.cards), "card")
        work.say(f'With the progress of {known}: tick "import any learning progress" in Anki.')
    if made.locked:
        work.say(f"Left out: {_many(made.locked, 'card')} of topics not learnt yet; --all takes them in.")
    if not dry_run:
        work.say("In Anki: File > Import. Build and import again at any time; your progress stays.")


def _refuse_what_is_no_file(path: Path) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder", f"-o {path / 'studyctl.apkg'}")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is no ordinary file", "-o FILE.apkg")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", f"mkdir -p {path.parent}")
    if path.suffix.lower() != ".apkg":
        raise UsageError(
            f"Anki imports no {path.name}, only what ends in .apkg", f"-o {path.with_suffix('.apkg')}"
        )


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


@command.command("lifeline", hidden=True)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if the recipe is not up to date.")
@click.pass_obj
def lifeline_command(work: Workspace, check: bool) -> None:
    """For maintainers: choose the cards of decks/lifeline.yaml anew.

    Run it after a change of topics, prerequisites or cards of the built-in curriculum.

    \b
    Examples:
      studyctl deck lifeline
      studyctl deck lifeline --check
    """
    from studyctl.cli.deck_lifeline import recipe, save  # noqa: PLC0415

    path, text = recipe()
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        work.say("The lifeline is up to date.")
    elif check:
        raise StudyctlError("the lifeline is not up to date", "studyctl deck lifeline")
    else:
        save(path, text)
        work.say(f"wrote {path}")


@command.command("ledger", hidden=True)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if the ledger is not up to date.")
@click.pass_obj
def ledger_command(work: Workspace, check: bool) -> None:
    """For maintainers: note in decks/ledger when each note of the built-in curriculum changed.

    Run it before a commit that changes cards or note types. Anki updates a note only if the
    time of its last change is newer than what the learner has.

    \b
    Examples:
      studyctl deck ledger
      studyctl deck ledger --check
    """
    from studyctl.cli.deck_ledger import changes, save  # noqa: PLC0415

    found = changes(work)
    if not check:
        for path in save(found):
            work.say(f"wrote {path}")
    elif found.stale:
        raise StudyctlError(f"the ledger is not up to date: {found}", "studyctl deck ledger")
    work.say(f"The ledger is up to date: {found}.")
