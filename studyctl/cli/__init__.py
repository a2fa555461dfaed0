"""The command line: a table of verbs, each of which is imported when it runs.

`VERBS` holds names and one-line helps, so that `studyctl --help` loads click and nothing
else. A verb's module defines `command`, which gathers a value and shows it; the workspace
(`studyctl.cli.workspace`) is all that a verb may open.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from studyctl import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class Verb(NamedTuple):
    """A line of `--help`: the group it stands in, and what it does."""

    group: str
    help: str
    module: str = ""


VERBS = {
    "next": Verb("Decide", "What to do now, and why."),
    "plan": Verb("Decide", "Week by week to your goals."),
    "goal": Verb("Decide", "Add, list and drop goals."),
    "away": Verb("Decide", "Days without study."),
    "topics": Verb("Decide", "All topics with their state."),
    "tracks": Verb("Decide", "Paths to choose from."),
    "show": Verb("Decide", "One topic: what it needs, texts, exit test."),
    "graph": Verb("Decide", "What needs what: a tree, a picture, a page."),
    "why": Verb("Decide", "Why a topic is planned, or what keeps it out."),
    "place": Verb("Decide", "Some questions that find what you know."),
    "start": Verb("Study", "Begin a topic; the clock runs."),
    "stop": Verb("Study", "Stop the clock."),
    "done": Verb("Study", "Finish a topic, with its exit test if you like."),
    "know": Verb("Study", "Say what you already know."),
    "stuck": Verb("Study", "Too hard: find what is in the way, and step back."),
    "back": Verb("Study", "Return from a detour, or show the stack."),
    "park": Verb("Study", "Put a topic aside."),
    "log": Verb("Study", "Hours by day and area, or add some."),
    "undo": Verb("Study", "Take back the last command."),
    "review": Verb("Remember", "Review what is due, in the terminal."),
    "rate": Verb("Remember", "Rate one card, or many from a script."),
    "cards": Verb("Remember", "All cards with their memory."),
    "anki": Verb("Anki", "Both ways between here and Anki: pull, push."),
    "forecast": Verb("Remember", "The reviews ahead; what is left if they stop."),
    "maintain": Verb("Remember", "Keep what you know with little time."),
    "comeback": Verb("Remember", "Begin again after a long break."),
    "tune": Verb("Remember", "Fit the memory model to your own answers."),
    "deck": Verb("Anki", "Build decks that import into Anki."),
    "status": Verb("Look back", "Where you stand, on one screen."),
    "report": Verb("Look back", "The week and the whole of it, to look at and to talk about."),
    "check": Verb("Author", "Every problem of a curriculum in one run."),
    "new": Verb("Author", "Begin a topic or a track of your own."),
    "config": Verb("Data", "Settings and paths in force."),
    "import": Verb("Data", "An Anki deck as topics and cards of your own.", "import_deck"),
    "export": Verb("Data", "Everything you have, as JSON or CSV."),
    "completion": Verb("Data", "Let Tab complete commands and ids in your shell."),
}


COMPLETING = "_STUDYCTL_COMPLETE"  # set by the shell that asks what could come next


class LazyGroup(click.Group):
    """A group that knows its verbs by name and loads a verb only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The verbs in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a verb, imported now."""
        verb = VERBS.get(cmd_name)
        if verb is None:
            return None
        module = importlib.import_module(f"studyctl.cli.{verb.module or cmd_name}")
        command: click.Command = module.command
        if COMPLETING in os.environ:
            from studyctl.cli.completing import teach  # noqa: PLC0415

            teach(command)
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The verbs from the table, none of which is imported for it, and the options."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415

        verbs = [
            CompletionItem(name, help=verb.help)
            for name, verb in VERBS.items()
            if name.startswith(incomplete)
        ]
        return [*verbs, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but a misspelt verb is told what is near."""
        name = args[0]
        if name not in VERBS and not name.startswith("-"):
            from studyctl.core.problems import UnknownNameError  # noqa: PLC0415

            raise UnknownNameError("command", name, VERBS, "studyctl --help")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The verbs by group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name, verb in VERBS.items():
            groups.setdefault(verb.group, []).append((name, verb.help))
        for title, rows in groups.items():
            with formatter.section(title):
                formatter.write_dl(rows)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.option(
    "--curriculum", "curricula", multiple=True, metavar="DIR", help="Add a curriculum folder; repeatable."
)
@click.option("--no-builtin", is_flag=True, help="Leave the built-in curriculum out.")
@click.option("--now", metavar="TIME", help="Take this moment as now, e.g. 2026-11-23T20:00+01:00.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), help="Colour on the terminal.")
@click.option("--debug", is_flag=True, help="Show a traceback with an error.")
@click.version_option(__version__, prog_name="studyctl", message="%(prog)s %(version)s")
@click.pass_context
def cli(
    ctx: click.Context,
    curricula: Sequence[str],
    no_builtin: bool,
    now: str | None,
    color: str | None,
    debug: bool,
) -> None:
    """Study mathematics, machine learning and AI alignment, and keep what you learnt.

    \b
    Examples:
      studyctl next                     what to do tonight, and why
      studyctl goal add first-model     choose where to go
      studyctl plan                     the weeks until you are there
      studyctl review                   keep what you have learnt

    Any topic can be started at any time; prerequisites advise, they never forbid.
    """
    from studyctl.cli.workspace import Options, Workspace  # noqa: PLC0415

    ctx.obj = Workspace(Options(tuple(curricula), builtin=not no_builtin, now=now, color=color, debug=debug))
    ctx.call_on_close(ctx.obj.close)
    if ctx.invoked_subcommand is None:
        from studyctl.cli.welcome import begin  # noqa: PLC0415

        begin(ctx.obj)


def main(args: Sequence[str] | None = None) -> Any:
    """Run the command line; errors become sentences and exit codes here, and nowhere else."""
    if COMPLETING in os.environ:
        from studyctl.cli.offers import answered  # noqa: PLC0415

        if answered(cli, os.environ[COMPLETING]):
            return 0
        from click.shell_completion import shell_complete  # noqa: PLC0415

        sys.exit(shell_complete(cli, {}, "studyctl", COMPLETING, os.environ[COMPLETING]))
    from studyctl.cli.errors import guarded  # noqa: PLC0415

    return guarded(cli, args)
