"""`studyctl graph`: the prerequisite graph, to look at."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from studyctl.cli import gather, screen, writing
from studyctl.cli.names import resolve
from studyctl.cli.options import dry_run_option, json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.curriculum import Track
from studyctl.core.picture import LOOKS, Branch, Picture, around, look, picture, tree
from studyctl.core.problems import UsageError
from studyctl.core.standing import Standing

FORMATS = ("svg", "html", "dot", "mmd", "json")
SHOWN = 12  # topics that a topic leads to, on the screen


@click.command("graph")
@click.argument("what", required=False, metavar="[TRACK-or-TOPIC]")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write FILE.svg, .html, .dot, .mmd or .json.",
)
@click.option("--all-edges", is_flag=True, help="Draw prerequisites too that follow from others.")
@dry_run_option
@json_option
@click.pass_obj
def command(
    work: Workspace, what: str | None, output: Path | None, all_edges: bool, dry_run: bool, as_json: bool
) -> None:
    """What needs what, as a tree, a picture, or a page to move about in.

    Without a file, a topic is shown with all that it stands on and what it leads to, a track by its
    sections, and the whole curriculum by its areas.

    \b
    Examples:
      studyctl graph linear-regression
      studyctl graph first-model -o first-model.svg
      studyctl graph -o graph.html          zoom, search, click
      studyctl graph -o graph.dot           for Graphviz; .mmd for Mermaid

    Signs: ○ new, ◇ ready, ◐ being studied, ● learnt, ◌ faded.
    """
    kind = _format(output)
    where = gather.standing(work)
    chosen = _chosen(work, what)
    if output is None and not as_json:
        _show(work, where, chosen)
        return
    topics, title = _topics(where, chosen)
    areas = {name: one.title for name, one in work.catalog.areas().items()}
    told = picture(where, topics, title, areas, all_arrows=all_edges)
    if output is not None:
        wrote = writing.write(output, _writer(kind)(told), "-o FILE.html", dry_run=dry_run)
    if as_json:
        work.json(told.document())
    elif output is not None:
        many = screen.count(len(told.nodes), "topic")
        work.say(f"{wrote}: {many}, {screen.count(len(told.arrows), 'arrow')}.")


def _format(output: Path | None) -> str:
    if output is None:
        return ""
    kind = output.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise UsageError(
            f"{str(output)!r} has no ending that is known: {known}", "studyctl graph -o graph.html"
        )
    return kind


def _writer(kind: str) -> Callable[[Picture], str]:
    from studyctl.ui import graph_page, graph_svg, graph_text  # noqa: PLC0415 (the layout is loaded)

    writers: dict[str, Callable[[Picture], str]] = {
        "svg": lambda told: f"{graph_svg.svg(told)}\n",
        "html": graph_page.page,
        "dot": graph_text.dot,
        "mmd": graph_text.mermaid,
        "json": lambda told: json.dumps(told.document(), indent=1, ensure_ascii=False) + "\n",
    }
    return writers[kind]


def _chosen(work: Workspace, what: str | None) -> Track | int | None:
    """The track or the topic that was named; None for the whole curriculum."""
    if what is None:
        return None
    number, tracks = work.outline.number, {one.id: one for one in work.catalog.tracks()}
    known = dict.fromkeys([*tracks, *number])
    name = resolve("track or topic", what, known, work.catalog.topic_aliases(), "studyctl tracks")
    return tracks[name] if name in tracks else number[name]


def _topics(where: Standing, chosen: Track | int | None) -> tuple[list[int], str]:
    """The topics of a picture, and its title."""
    outline = where.outline
    if chosen is None:
        return list(range(len(outline.lines))), "The curriculum"
    if isinstance(chosen, int):
        return around(where, chosen), outline.lines[chosen].title
    return outline.closure(_named(where, chosen), bytearray(len(outline.lines))), chosen.title


def _named(where: Standing, track: Track) -> list[int]:
    """The topics of a track, side roads included."""
    number = where.outline.number
    names = (one for part in track.sections for one in (*part.topics, *part.optional))
    return [number[one] for one in names if one in number]


def _show(work: Workspace, where: Standing, chosen: Track | int | None) -> None:
    if chosen is None:
        _areas(work, where)
    elif isinstance(chosen, int):
        _topic(work, where, chosen)
    else:
        _track(work, where, chosen)


def _track(work: Workspace, where: Standing, track: Track) -> None:
    number = where.outline.number
    for part in track.sections:
        work.say(work.style(screen.clean(part.title), bold=True))
        for one in (*part.topics, *part.optional):
            if one in number:
                tail = "  (side road)" if one in part.optional else ""
                work.say(screen.cut(f"  {_line(where, number[one])}{tail}", work.width))
    named = set(_named(where, track))
    rest = [topic for topic in _topics(where, track)[0] if topic not in named]
    if rest:
        work.say(work.style("Needed beside it", bold=True))
        for topic in rest:
            work.say(screen.cut(f"  {_line(where, topic)}", work.width))
    work.say()
    work.say(f"As a picture: studyctl graph {track.id} -o {track.id}.svg")


def _areas(work: Workspace, where: Standing) -> None:
    lines = where.outline.lines
    rows = [("", "topics", *LOOKS)]
    for area, told in work.catalog.areas().items():
        looks = [look(where, topic) for topic, line in enumerate(lines) if line.area == area]
        if looks:
            counts = (str(looks.count(name)) if name in looks else "–" for name in LOOKS)
            rows.append((screen.clean(told.title), str(len(looks)), *counts))
    for line in screen.table(rows, right=(1, 2, 3, 4, 5, 6)):
        work.say(screen.cut(line, work.width))
    work.say()
    work.say("As a page to move about in: studyctl graph -o graph.html")


def _topic(work: Workspace, where: Standing, topic: int) -> None:
    outline = where.outline
    work.say(work.style(_line(where, topic), bold=True))
    branches = tree(where, topic)
    if branches:
        work.say(f"stands on {_sum(where, [row.topic for row in branches])}")
    marks = {
        need: at for at, need in enumerate(dict.fromkeys(one for row in branches for one in row.also), 1)
    }
    for row in branches:
        line = outline.lines[row.topic]
        own = f" [{marks[row.topic]}]" if row.topic in marks else ""
        also = "".join(f" +[{marks[need]}]" for need in row.also)
        told = f"{_twigs(row)}{LOOKS[look(where, row.topic)]} {line.id}  {line.hours:g} h{own}{also}"
        work.say(screen.cut(told, work.width))
    leads = list(dict.fromkeys(outline.dependents[topic]))
    if leads:
        work.say("leads to")
        for at, other in enumerate(leads[:SHOWN]):
            last = at == len(leads) - 1 or at == SHOWN - 1
            work.say(screen.cut(f"{'└─ ' if last else '├─ '}{_line(where, other)}", work.width))
        if len(leads) > SHOWN:
            work.say(f"   and {len(leads) - SHOWN} more")
    work.say()
    work.say("  ".join(f"{sign} {name}" for name, sign in LOOKS.items()))
    if marks:
        work.say("+[1] needs what is marked [1], too; each topic stands in the tree once")


def _sum(where: Standing, topics: list[int]) -> str:
    """How many topics, and the hours of those that are to be learnt."""
    left = sum(where.hours[topic] for topic in topics if not where.learnt[topic])
    told = screen.count(len(topics), "topic")
    return f"{told}, {screen.hours(left)} to learn" if left else f"{told}, all learnt"


def _twigs(branch: Branch) -> str:
    above = "".join("   " if last else "│  " for last in branch.last[:-1])
    return above + ("└─ " if branch.last[-1] else "├─ ")


def _line(where: Standing, topic: int) -> str:
    line = where.outline.lines[topic]
    return f"{LOOKS[look(where, topic)]} {line.id}  {screen.clean(line.title)}, {line.hours:g} h"
