"""What the shell offers when one presses Tab: ids of topics, tracks, areas, cards and goals.

It is asked in the middle of typing, so the ids come from the cache, and nothing is ever said on
the screen, whatever goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from studyctl.cli.workspace import Options, Workspace
from studyctl.core.links import RECIPES

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
NEW = "new"  # its names are those that nobody has yet
MOST = 500  # offers; more are of no use in a list


def teach(command: click.Command) -> None:
    """Let the parameters of a command, and of its subcommands, offer ids."""
    if isinstance(command, click.Group) and command.name != NEW:
        for sub in command.commands.values():
            teach(sub)
    for parameter in command.params:
        kinds = KINDS.get(parameter.name or "")
        if kinds and not isinstance(parameter.type, click.Choice) and command.name != NEW:
            parameter._custom_shell_complete = _offers(kinds)  # noqa: SLF001 (click's own way, but only at the decorator)


def _offers(
    kinds: Iterable[str],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def offer(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
        options = ctx.find_root().params
        curricula = tuple(options.get("curricula") or ())
        work = Workspace(Options(curricula, builtin=not options.get("no_builtin")))
        try:
            names = [name for kind in kinds for name in _ids(work, kind) if name.startswith(incomplete)]
        except Exception:  # noqa: BLE001 (a message now would stand in the middle of the line)
            return []
        finally:
            work.close()
        return [CompletionItem(name) for name in names[:MOST]]

    return offer


def _ids(work: Workspace, kind: str) -> Iterable[str]:
    return sorted(RECIPES) if kind == "recipe" else work.catalog.ids(kind)


def script(shell: str, program: str = "studyctl") -> str:
    """What a shell has to read so that Tab works."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    from studyctl.cli import cli  # noqa: PLC0415

    found = get_completion_class(shell)
    assert found is not None
    variable = f"_{program.upper()}_COMPLETE"
    return found(cli, {}, program, variable).source()
