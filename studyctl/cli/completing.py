"""What click needs to complete for the shell: commands whose options and arguments offer ids.

The ids are those of `studyctl.cli.offers`, which answers the most frequent question by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from studyctl.cli.offers import KINDS, offers
from studyctl.cli.workspace import Options

NEW = "new"  # its names are those that nobody has yet


def teach(command: click.Command) -> None:
    """Let the parameters of a command, and of its subcommands, offer ids."""
    if command.name == NEW:
        return
    if isinstance(command, click.Group):
        for sub in command.commands.values():
            teach(sub)
    for parameter in command.params:
        kinds = KINDS.get(parameter.name or "")
        if kinds and not isinstance(parameter.type, click.Choice):
            parameter._custom_shell_complete = _offers(kinds)  # noqa: SLF001 (click's own way, but only at the decorator)


def _offers(
    kinds: Iterable[str],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    def offer(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001
        given = ctx.find_root().params
        options = Options(tuple(given.get("curricula") or ()), builtin=not given.get("no_builtin"))
        return [CompletionItem(name) for name in offers(options, kinds, incomplete)]

    return offer


def script(shell: str, program: str = "studyctl") -> str:
    """What a shell has to read so that Tab works."""
    from click.shell_completion import get_completion_class  # noqa: PLC0415

    from studyctl.cli import cli  # noqa: PLC0415

    found = get_completion_class(shell)
    assert found is not None
    variable = f"_{program.upper()}_COMPLETE"
    return found(cli, {}, program, variable).source()
