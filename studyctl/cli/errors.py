"""Errors become sentences here: ``error: …``, ``try: …``, and an exit code.

Exit codes: 0 done, 1 failed, 2 usage, 3 a curriculum has errors, 4 no plan meets the
constraints, 130 interrupted. A traceback is shown only with ``--debug``.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

import click

from studyctl.core.problems import StudyctlError


def guarded(cli: click.Group, args: Sequence[str] | None = None) -> Any:
    """Run `cli` and leave the process with the right exit code."""
    given = list(sys.argv[1:] if args is None else args)
    debug = "--debug" in given
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # half a surrogate in a note stops nothing
    try:
        code = _run(cli, given)
        sys.stdout.flush()
    except StudyctlError as error:
        _tell(error.what, error.hint)
        code = error.exit_code
        if debug:
            raise
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 2
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "studyctl"
        _tell(error.format_message().rstrip("."), f"{path} --help")
        code = 2
    except (click.Abort, KeyboardInterrupt, EOFError):
        with contextlib.suppress(OSError):
            sys.stderr.write("\n")
        code = 130
    except BrokenPipeError:
        _silence_stdout()
        code = 0
    except OSError as error:
        if debug:
            raise
        _tell(_of_system(error))
        _give_up_output()
        code = 1
    except Exception as error:
        if debug:
            raise
        _tell(f"{type(error).__name__}: {error}", "studyctl --debug … shows where; please report it")
        code = 1
    if args is not None:
        return code
    sys.exit(code if isinstance(code, int) else 0)


def _run(cli: click.Group, args: list[str]) -> Any:
    """As click's `main` does it, which would call it a failure when the reader of our output is gone."""
    try:
        with cli.make_context("studyctl", args) as context:
            return cli.invoke(context)
    except click.exceptions.Exit as told:
        return told.exit_code


def _tell(what: str, hint: str = "") -> None:
    with contextlib.suppress(OSError):
        told = f"error: {what}"
        if sys.stderr.isatty():
            from studyctl.cli import screen  # noqa: PLC0415 (--help needs none of it)

            told = screen.laid(told, screen.terminal_columns(sys.stderr))
        click.echo(told, err=True)
        if hint:
            click.echo(f"try: {hint}", err=True)


def _of_system(error: OSError) -> str:
    """What the system refused: a file, or where there is no name, output; what was recorded before stays so."""
    return f"{error.filename or 'nothing more can be written'}: {error.strerror or error}"


def _give_up_output() -> None:
    """Print what is left, if that is possible; if not, keep Python from trying it again at exit."""
    try:
        sys.stdout.flush()
    except OSError:
        _silence_stdout()


def _nowhere() -> TextIO:
    """In the place of an output that was closed before we began."""
    return Path(os.devnull).open("w", encoding="utf-8")


def _silence_stdout() -> None:
    """The reader of our output is gone; keep Python from complaining about it at exit."""
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
