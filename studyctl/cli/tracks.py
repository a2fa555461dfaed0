"""`studyctl tracks`: paths to choose from."""

from __future__ import annotations

import click

from studyctl.cli import gather, knowing, screen
from studyctl.cli.names import resolve
from studyctl.cli.options import json_option
from studyctl.cli.workspace import Workspace
from studyctl.core.curriculum import Track
from studyctl.core.standing import Standing


@click.command("tracks")
@click.argument("track", required=False)
@json_option
@click.pass_obj
def command(work: Workspace, track: str | None, as_json: bool) -> None:
    """The tracks: how long each is, and how far you are. With a name, that track section by section.

    \b
    Examples:
      studyctl tracks
      studyctl tracks first-model
      studyctl goal add first-model
    """
    where = gather.standing(work)
    tracks = {one.id: one for one in work.catalog.tracks()}
    if track is not None:
        chosen = tracks[resolve("track", track, tracks, None, "studyctl tracks")]
        if as_json:
            work.json({"tracks": [_document(work, where, chosen)]})
        else:
            _show(work, where, chosen)
        return
    if as_json:
        work.json({"tracks": [_document(work, where, one) for one in tracks.values()]})
        return
    for line in track_lines(work, where):
        work.say(line)
    if not tracks:
        work.say("There is no track in the curriculum; make one with: studyctl new track NAME")


def _closure(where: Standing, track: Track) -> tuple[list[int], list[int]]:
    """All topic numbers that a track needs, and those that are not learnt yet."""
    number = where.outline.number
    topics = [number[name] for name in track.topics if name in number]
    nothing = bytearray(len(where.outline.lines))
    return where.outline.closure(topics, nothing), where.outline.closure(topics, where.learnt)


def _document(work: Workspace, where: Standing, track: Track) -> dict[str, object]:
    whole, left = _closure(where, track)
    lines = work.outline.lines
    return {
        "id": track.id,
        "title": track.title,
        "summary": track.summary,
        "for_whom": track.for_whom,
        "source": track.source,
        "sections": [
            {"title": part.title, "topics": list(part.topics), "optional": list(part.optional)}
            for part in track.sections
        ],
        "topics": len(whole),
        "topics_left": len(left),
        "hours": round(sum(lines[topic].hours for topic in whole), 2),
        "hours_left": round(sum(where.hours[topic] for topic in left), 2),
    }


def track_lines(work: Workspace, where: Standing) -> list[str]:
    """A line for each track, and one for what it is."""
    told = []
    for track in work.catalog.tracks():
        whole, left = _closure(where, track)
        lines = work.outline.lines
        hours = sum(lines[topic].hours for topic in whole)
        done = (
            f"{len(whole) - len(left)} of {len(whole)} topics"
            if len(left) < len(whole)
            else screen.count(len(whole), "topic")
        )
        told.append(
            screen.with_right(
                work.style(track.id, bold=True) if work.color else track.id,
                f"{done}, {hours:.0f} h",
                work.width + (8 if work.color else 0),
            )
        )
        told.append(screen.wrap(screen.clean(track.summary or track.title), work.width, "  "))
    return told


def _show(work: Workspace, where: Standing, track: Track) -> None:
    whole, left = _closure(where, track)
    lines, number = work.outline.lines, work.outline.number
    work.say(work.style(screen.clean(track.title), bold=True))
    for text in (track.summary, f"For whom: {track.for_whom}" if track.for_whom else "", track.source):
        if text:
            work.say(screen.wrap(screen.clean(text), work.width))
    named = {name for part in track.sections for name in (*part.topics, *part.optional)}
    beside = [topic for topic in whole if lines[topic].id not in named]
    own = screen.count(len(set(track.topics)), "topic")
    in_all = sum(lines[topic].hours for topic in whole)
    to_go = f"{screen.count(len(left), 'topic')}, {sum(where.hours[topic] for topic in left):.0f} h to go"
    size = f"{own} of its own, {len(whole)} with what they need: {in_all:.0f} h in all; {to_go}"
    work.say(screen.wrap(size, work.width))
    wide = max(12, min(42, work.width - 22))  # of an id, with the sign before it and what follows
    for part in track.sections:
        work.say()
        work.say(work.style(screen.clean(part.title), bold=True))
        for name, optional in [
            *((one, False) for one in part.topics),
            *((one, True) for one in part.optional),
        ]:
            if name in number:
                topic = number[name]
                tail = "  (optional)" if optional else ""
                work.say(
                    f"  {knowing.sign(where, topic)} {name:<{wide}}{screen.hours(lines[topic].hours):>6}{tail}"
                )
    if beside:
        work.say()
        work.say("Needed besides")
        for topic in beside:
            work.say(
                f"  {knowing.sign(where, topic)} {lines[topic].id:<{wide}}{screen.hours(lines[topic].hours):>6}"
            )
    work.say()
    work.say(screen.with_right(knowing.legend(where, whole), f"studyctl goal add {track.id}", work.width))
