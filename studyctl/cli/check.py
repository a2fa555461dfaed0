"""`studyctl check`: every problem of a curriculum in one run."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections import Counter
from collections.abc import Sequence

import click

from studyctl.cli.options import json_option
from studyctl.cli.places import data_folder
from studyctl.cli.workspace import Workspace
from studyctl.core.problems import Level, Problem

CURRICULUM_HAS_ERRORS = 3
STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.HINT: "cyan"}


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of topic files, for editors.")
@json_option
@click.pass_context
def command(ctx: click.Context, paths: Sequence[str], schema: bool, as_json: bool) -> None:
    """Every problem of the loaded curricula, or of the files and folders named, in one run.

    \b
    Examples:
      studyctl check
      studyctl check my-curriculum
      studyctl check my-curriculum/topics/maths/sums.yaml
      studyctl check --schema > topic.schema.json

    Errors keep a file out until they are mended; warnings and hints do not. What is named is
    looked at together with the loaded curricula. The exit code is 3 if there is an error.
    """
    work: Workspace = ctx.obj
    if schema:
        from studyctl.core.schema import schema as json_schema  # noqa: PLC0415

        click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
        return
    problems, files = _checked(work, paths)
    counts = Counter(problem.level for problem in problems)
    if as_json:
        work.json(_document(problems, files))
    else:
        for problem in problems:
            work.say(_line(work, problem))
        work.note(_summary(counts, files))
    ctx.exit(CURRICULUM_HAS_ERRORS if counts[Level.ERROR] else 0)


def _checked(work: Workspace, paths: Sequence[str]) -> tuple[list[Problem], int]:
    """The problems of the files asked for, by place, and the number of files."""
    from studyctl.adapters.check_paths import scope  # noqa: PLC0415
    from studyctl.adapters.curriculum_files import read_sources  # noqa: PLC0415

    asked = scope(paths, work.roots)
    _, problems = read_sources(
        asked.roots, asked.sources, asked.problems, data_folder("curriculum").resolve()
    )
    return [problem for problem in problems if asked.holds(problem.place.file)], asked.files


def _document(problems: Sequence[Problem], files: int) -> dict[str, object]:
    counts = Counter(problem.level for problem in problems)
    return {
        "problems": [
            {
                "file": shown(problem.place.file),
                "line": problem.place.line,
                "column": problem.place.column,
                "level": str(problem.level),
                "what": problem.what,
                "fix": problem.fix,
                "rule": problem.rule,
            }
            for problem in problems
        ],
        "files": files,
        "errors": counts[Level.ERROR],
        "warnings": counts[Level.WARNING],
        "hints": counts[Level.HINT],
    }


def shown(file: str) -> str:
    """A path as it is easiest to read and to open: from here if it lies below, else whole."""
    here = os.getcwd() + os.sep
    return printable(file.removeprefix(here))


def printable(text: str) -> str:
    """Text on one line: whatever a terminal would not show as a sign is written as an escape."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape", "backslashreplace").decode()
        for sign in text
    )


def _line(work: Workspace, problem: Problem) -> str:
    """A problem on one line; on a terminal it is wrapped and its level coloured."""
    place = problem.place._replace(file=shown(problem.place.file))
    text = printable(str(problem._replace(place=place)))
    if sys.stdout.isatty():
        text = "\n".join(
            textwrap.wrap(
                text,
                max(20, work.width),
                subsequent_indent="  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    level = f" {problem.level}: "
    head, found, tail = text.partition(level)
    styled = f" {work.style(str(problem.level), fg=STYLES[problem.level], bold=True)}: "
    return f"{head}{styled if found else ''}{tail}"


def _summary(counts: Counter[Level], files: int) -> str:
    """``3 errors, 1 warning in 41 files``."""
    told = [f"{counts[level]} {level}{'' if counts[level] == 1 else 's'}" for level in Level if counts[level]]
    return f"{', '.join(told) or 'no problems'} in {files} file{'' if files == 1 else 's'}"
