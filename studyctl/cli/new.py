"""`studyctl new`: begin a topic or a track of one's own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import click

from studyctl.cli.check import shown
from studyctl.cli.workspace import Workspace
from studyctl.core.format import KINDS
from studyctl.core.ids import is_id
from studyctl.core.links import RECIPES
from studyctl.core.problems import CurriculumError, UsageError, did_you_mean, nearest

_AN_ID = "small letters, digits and single hyphens, such as chain-rule"


@click.group("new")
def command() -> None:
    """Begin a topic or a track of your own, in HOME/curriculum or in the folder given with --curriculum.

    \b
    Examples:
      studyctl new topic probability/large-deviations
      studyctl new track my-path svd linear-regression
      studyctl --curriculum ours new topic maths/knots

    Nothing is ever overwritten.
    """


@command.command("topic")
@click.argument("name", metavar="AREA/TOPIC")
@click.option("--title", default="", help="Its title; made of the id if not given.")
@click.option("--kind", type=click.Choice(KINDS), default="concept", show_default=True, help="What it is.")
@click.pass_obj
def topic(work: Workspace, name: str, title: str, kind: str) -> None:
    """Write the beginning of a topic file.

    \b
    Examples:
      studyctl new topic probability/large-deviations
      studyctl new topic maths/knots --title "Knots and links"
      studyctl new topic code/tiny-compiler --kind project

    Everything is explained in comments, and what has to be written says TODO. AREA and TOPIC are
    ids; an area that does not exist yet comes to be with its first topic.
    """
    from studyctl.core.templates import topic_template  # noqa: PLC0415

    area, slash, own = name.partition("/")
    if not slash:
        raise UsageError(f"{name!r} names no area", f"studyctl new topic AREA/{name}")
    areas = work.catalog.areas()
    _free(work, own)
    if not is_id(area) or area in _taken(work) - areas.keys():
        raise UsageError(f"{area!r} cannot be the id of an area", f"use {_AN_ID}")
    path = _folder(work) / "topics" / area / f"{own}.yaml"
    _write(work, path, topic_template(own, kind, title))
    if area not in areas:
        work.note(f"{area!r} is a new area{did_you_mean(nearest(area, areas))}")
    _say(work, path)


@command.command("track")
@click.argument("name", metavar="TRACK")
@click.argument("topics", nargs=-1, metavar="[TOPIC]...")
@click.option("--title", default="", help="Its title; made of the id if not given.")
@click.pass_obj
def track(work: Workspace, name: str, topics: Sequence[str], title: str) -> None:
    """Write the beginning of a track file over some topics.

    \b
    Examples:
      studyctl new track my-path
      studyctl new track my-path svd linear-regression --title "My path"
    """
    from studyctl.core.templates import track_template  # noqa: PLC0415

    _free(work, name)
    path = _folder(work) / "tracks" / f"{name}.yaml"
    _write(work, path, track_template(name, [work.topic_id(one) for one in topics], title))
    _say(work, path)


def _free(work: Workspace, name: str) -> None:
    """The id must be one, and nobody's yet."""
    if not is_id(name):
        raise UsageError(f"{name!r} is no id", f"use {_AN_ID}")
    if name in _taken(work):
        raise CurriculumError(f"{name!r} is an id already", f"studyctl show {name}, or choose another id")


def _taken(work: Workspace) -> set[str]:
    catalog = work.catalog
    kinds: list[Collection[str]] = [catalog.ids(kind) for kind in ("topic", "track", "area")]
    return {*RECIPES, *catalog.topic_aliases(), *(name for kind in kinds for name in kind)}


def _folder(work: Workspace) -> Path:
    given = work.options.curricula
    return Path(given[-1]).expanduser() if given else work.home / "curriculum"


def _write(work: Workspace, path: Path, text: str) -> None:
    """Write a new file; never an existing one."""
    first = not work.home.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        raise CurriculumError(
            f"there is already a file {shown(str(path))}", f"studyctl check {shown(str(path))}"
        ) from None
    if first and work.home.exists():
        work.note(f"your own curriculum is kept in {work.home / 'curriculum'}")


def _say(work: Workspace, path: Path) -> None:
    work.say(f"Wrote {shown(str(path))}")
    work.say(f"Write what says TODO, then: studyctl check {shown(str(path))}")
