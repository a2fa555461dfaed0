"""`studyctl completion`: Tab in the shell completes commands, options and ids."""

from __future__ import annotations

import click

from studyctl.cli.workspace import Workspace

SHELLS = ("bash", "zsh", "fish")


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_obj
def command(work: Workspace, shell: str) -> None:
    """Print what makes Tab complete commands, options, and ids of topics, tracks, areas and cards.

    \b
    Examples:
      studyctl completion bash > ~/.local/share/bash-completion/completions/studyctl
      studyctl completion zsh > ~/.zfunc/_studyctl       with ~/.zfunc in fpath
      studyctl completion fish > ~/.config/fish/completions/studyctl.fish

    Open a new shell afterwards. Ids come from the cache, your own curriculum included.
    """
    from studyctl.cli.completing import script  # noqa: PLC0415

    work.say(script(shell).strip())
