"""Ids that the shell offers when one presses Tab, found without loading the verb that will take them.

It is asked in the middle of typing, so the ids come from the cache, and nothing is ever said on the
screen, whatever goes wrong. Verbs are many modules and click would import the one it completes for;
so what takes ids stands here, and a test holds it against the verbs. All else, such as the names of
options, is left to click (`studyctl.cli.completing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import click
from click.shell_completion import CompletionItem, get_completion_class

from studyctl.cli.workspace import Options, Workspace

# by the name of an argument or option: the kinds of ids that it takes
KINDS = {
    "topic": ("topic",),
    "topics": ("topic",),
    "because": ("topic",),
    "track": ("track",),
    "area": ("area",),
    "card": ("card",),
    "suspend": ("card",),
    "unsuspend": ("card",),
    "goal": ("track", "topic"),
    "what": ("track", "topic"),
    "recipes": ("recipe", "track", "area", "topic"),
    "name": ("topic", "card"),
}
FIRST = {  # the name of the first argument of verbs; a star takes all that follow, too
    "start": "topic",
    "done": "topic",
    "park": "topic",
    "show": "topic",
    "log": "topic",
    "know": "topics*",
    "place": "topics*",
    "graph": "what",
    "tracks": "track",
    "why": "name",
    "rate": "card",
    "goal add": "goal",
    "goal drop": "goal",
    "deck build": "recipes*",
}
TAKING = frozenset(f"--{name}" for name in ("because", "topic", "track", "area", "suspend", "unsuspend"))
MOST = 500  # offers; more are of no use in a list


class Quiet(Workspace):
    """A workspace that has nothing to say."""

    def note(self, text: str) -> None:
        """Keep it to oneself."""


class Line(NamedTuple):
    """What stands before the cursor: where curricula are, and the words of the verb."""

    options: Options
    words: list[str]


def answered(cli: click.Group, instruction: str) -> bool:
    """Answer the shell if it completes an id that a verb takes; else say no."""
    shell, _, act = instruction.partition("_")
    found = get_completion_class(shell)
    if found is None or act != "complete":
        return False
    asked = found(cli, {}, "studyctl", "")
    given, incomplete = asked.get_completion_args()
    line = _read(given)
    kinds = () if line is None or incomplete.startswith("-") else _kinds(line.words)
    if line is None or not kinds:
        return False
    for name in offers(line.options, kinds, incomplete):
        click.echo(asked.format_completion(CompletionItem(name)))
    return True


def _read(given: Sequence[str]) -> Line | None:
    """The words after the global options; None where it is not known what those say."""
    curricula: list[str] = []
    builtin = True
    rest = list(given)
    while rest and rest[0].startswith("-"):
        option = rest.pop(0)
        if option == "--no-builtin":
            builtin = False
        elif option == "--curriculum" and rest:
            curricula.append(rest.pop(0))
        else:
            return None
    return Line(Options(tuple(curricula), builtin=builtin), rest)


def _kinds(words: Sequence[str]) -> tuple[str, ...]:
    if words and words[-1] in TAKING:
        return KINDS[words[-1].removeprefix("--")]
    if any(word.startswith("-") for word in words):
        return ()
    for count in (1, 2):
        name = FIRST.get(" ".join(words[:count]), "")
        if name and len(words) >= count and (len(words) == count or name.endswith("*")):
            return KINDS[name.rstrip("*")]
    return ()


def offers(options: Options, kinds: Iterable[str], incomplete: str) -> list[str]:
    """The ids of some kinds that begin as what was typed."""
    work = Quiet(options)
    try:
        names = [name for kind in kinds for name in _ids(work, kind) if name.startswith(incomplete)]
    except Exception:  # noqa: BLE001 (a message now would stand in the middle of the line)
        return []
    finally:
        work.close()
    return names[:MOST]


def _ids(work: Workspace, kind: str) -> Iterable[str]:
    if kind != "recipe":
        return work.catalog.ids(kind)
    from studyctl.core.links import RECIPES  # noqa: PLC0415 (loads what a curriculum is made of)

    return sorted(RECIPES)
