"""`studyctl import`: an Anki deck becomes part of the curriculum, its history part of yours.

What will happen is decided first, as a value (`studyctl.core.imported`); then the files are written,
none of which was there before, and last the answers are recorded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from studyctl.cli import screen
from studyctl.cli.anki import past_of
from studyctl.cli.clock import offset_at
from studyctl.cli.given_ids import given_ids
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.ids import is_id
from studyctl.core.imported import Import, grouping, imported
from studyctl.core.problems import UsageError, did_you_mean, nearest
from studyctl.core.pull import Pull, pull

SHOWN = 12  # topics, and reasons for staying behind, on the screen


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--area", required=True, metavar="AREA", help="The area of its topics; a new one, if you like.")
@click.option(
    "--by", type=click.Choice(["deck", "tag"]), help="A topic for each deck, or for each first tag of a note."
)
@dry_run_option
@json_option
@click.pass_obj
def command(work: Workspace, file: Path, area: str, by: str | None, dry_run: bool, as_json: bool) -> None:
    """Make topics and cards of an Anki deck, and take the answers along that you gave there.

    \b
    Examples:
      studyctl import spanish.apkg --area languages
      studyctl import everything.colpkg --area old --by tag --dry-run

    The files are written into your own curriculum and are yours to change; add `requires` to
    make them part of the graph. What cannot be carried over is listed. A second import adds
    only what is new, and `studyctl anki pull` brings later answers home.
    """
    from studyctl.adapters import anki_media, topic_file  # noqa: PLC0415 (they load zstandard and PyYAML)
    from studyctl.adapters.anki_collection import collection_of  # noqa: PLC0415
    from studyctl.adapters.anki_file import opened  # noqa: PLC0415
    from studyctl.adapters.anki_notes import notes_of  # noqa: PLC0415
    from studyctl.adapters.bulk import bulk  # noqa: PLC0415

    path = file.expanduser()
    if not path.is_file():
        raise UsageError(f"no file {str(file)!r}", "studyctl import FILE.apkg --area AREA")
    new_area = _new_area(work, area)
    past = past_of(work)
    with bulk(), opened(path) as source:
        media = anki_media.Media(source)
        deck = notes_of(source)
        told = imported(deck, area, by or grouping(deck), past.cards, set(given_ids(work)), media)
        past = replace(past, cards={**past.cards, **told.cards})
        history = pull(collection_of(source), past, now=work.now.ms, offset_at=offset_at)
    if new_area:
        work.note(new_area)
    folder = work.home / "curriculum" / "topics" / area
    if not dry_run and told.topics:
        first = not work.home.exists()
        anki_media.keep(folder / "media", media.files)
        for topic in told.topics:
            topic_file.write(folder / f"{topic.id}.yaml", topic, f"{path.name}: {told.sources[topic.id]}")
        if first:
            work.note(f"your own curriculum is kept in {work.home / 'curriculum'}")
        work.catalog.sync()
    if not dry_run and history.facts:
        work.record(history.facts)
    if as_json:
        work.json(_document(told, history, folder, len(media.files)) | {"dry_run": dry_run})
    else:
        _show(work, told, history, folder, len(media.files), dry_run=dry_run)
    if deck.broken:
        work.note(f"{screen.count(deck.broken, 'note')} without a note type, which nobody can read")


def _new_area(work: Workspace, area: str) -> str:
    """What is to be said of an area that there was not; empty for one that there is."""
    areas = work.catalog.areas()
    if area in areas:
        return ""
    if not is_id(area):
        raise UsageError(
            f"{area!r} cannot be the id of an area", "use small letters, digits and single hyphens"
        )
    holder = given_ids(work).get(area)
    if holder is not None and holder.kind != "area":
        raise UsageError(
            f"{area!r} is the id of something else already: {holder.place}", "choose another --area"
        )
    return f"{area!r} is a new area{did_you_mean(nearest(area, areas))}"


def _document(told: Import, history: Pull, folder: Path, pictures: int) -> dict[str, Any]:
    return history.document() | {
        "topics": [
            {
                "id": topic.id,
                "title": topic.title,
                "from": told.sources[topic.id],
                "cards": sum(1 for card in topic.cards for _ in card.cards()),
                "path": str(folder / f"{topic.id}.yaml"),
            }
            for topic in told.topics
        ],
        "imported": len(told.cards),
        "known": told.known,
        "pictures": pictures,
        "left_out": [one._asdict() for one in told.left_out],
        "lost": dict(told.lost),
    }


def _show(
    work: Workspace, told: Import, history: Pull, folder: Path, pictures: int, *, dry_run: bool
) -> None:
    if not told.topics:
        known = f"; {screen.count(told.known, 'card')} of it are here already" if told.known else ""
        work.say(f"Nothing new to import{known}.")
    else:
        what = f"{screen.count(len(told.cards), 'card')} in {screen.count(len(told.topics), 'topic')}"
        work.say(f"{'Would write' if dry_run else 'Wrote'} {what} to {folder}")
        rows = [
            (
                f"  {topic.id}",
                str(sum(1 for card in topic.cards for _ in card.cards())),
                told.sources[topic.id],
            )
            for topic in told.topics
        ]
        for line in _some(screen.table([(*row[:2], screen.clean(row[2])) for row in rows], right=(1,))):
            work.say(screen.cut(line, work.width))
        if pictures:
            work.say(f"{screen.count(pictures, 'picture')} {'would be copied' if dry_run else 'copied'}")
        if told.known:
            work.say(f"{screen.count(told.known, 'card')} here already")
    if history.new:
        verb = "would come" if dry_run else "came"
        work.say(f"{screen.count(history.new, 'answer')} {verb} along")
    _behind(work, told)
    if told.topics and not dry_run:
        names = " ".join(topic.id for topic in told.topics[:3])
        work.say("Seen cards come back as ever; new ones once you know their topic:")
        work.say(f"  studyctl know {names} --only")
        work.say("The files are yours to change; `requires` makes them part of the graph.")


def _behind(work: Workspace, told: Import) -> None:
    """What stays behind: whole cards by reason, and parts of cards by what they were."""
    reasons = Counter(one.why for one in told.left_out)
    if not reasons and not told.lost:
        return
    work.say("Left behind")
    lines = [f"  {screen.count(count, 'card')}: {screen.clean(why)}" for why, count in reasons.most_common()]
    lines += [f"  {count} ×  {what}" for what, count in told.lost.items()]
    for line in _some(lines):
        work.say(screen.cut(line, work.width))
    if told.left_out:
        work.say("  which ones: add --json")


def _some(lines: Sequence[str]) -> list[str]:
    """The first lines, and how many more there are."""
    rest = len(lines) - SHOWN
    return [*lines[:SHOWN], f"  and {rest} more"] if rest > 1 else list(lines)
