"""docs/manual.md: every command with its help, by group."""

from __future__ import annotations

from collections.abc import Iterator

import click

from studyctl.cli import VERBS, cli

HEAD = """\
# The manual

Every command with its help, as `studyctl VERB --help` prints it (`python -m tests.pages` writes this page
anew). Words have the meaning that the [glossary](glossary.md) gives them; how things are decided is told in
[deciding](deciding.md), [reviewing](reviewing.md), [memory](memory.md) and [Anki](anki.md),
and [settings](settings.md) lists what can be set.

Exit codes: 0 done, 1 something failed, 2 the command was not understood, 3 a curriculum has errors,
4 no plan holds all dates. Everything that reads prints JSON with `--json`; errors and notices go to stderr.
"""


def manual_page() -> str:
    """The page as it should be."""
    return "\n".join([HEAD, *_groups()])


def _groups() -> Iterator[str]:
    for group in dict.fromkeys(verb.group for verb in VERBS.values()):
        yield f"## {group}\n"
        for name, verb in VERBS.items():
            if verb.group == group:
                yield from _command((name,))


def _command(words: tuple[str, ...]) -> Iterator[str]:
    command, context = _find(words)
    title = f"studyctl {' '.join(words)}"
    yield f"### {title}\n\n```text\n{command.get_help(context).strip()}\n```\n"
    if isinstance(command, click.Group):
        for name, sub in command.commands.items():
            if not sub.hidden:
                yield from _command((*words, name))


def _find(words: tuple[str, ...]) -> tuple[click.Command, click.Context]:
    command: click.Command = cli
    wide = {**cli.context_settings, "terminal_width": 80, "max_content_width": 80}
    context = click.Context(cli, info_name="studyctl", **wide)
    for word in words:
        assert isinstance(command, click.Group)
        found = command.get_command(context, word)
        assert found is not None
        context = click.Context(found, info_name=word, parent=context, **wide)
        command = found
    return command, context
