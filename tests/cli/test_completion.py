"""Tab in the shell: ids, and never a word on the screen that is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from conftest import Studyctl

from studyctl.cli import cli
from studyctl.cli.offers import FIRST, KINDS, TAKING

ROOT = Path(__file__).parents[2]


RUN = "from studyctl.cli import main; main()"


def offered(home: Path, words: str, script: str = RUN) -> tuple[list[str], str]:
    """What is offered for the last of the words, and what was said beside it."""
    given = words.split(" ")
    told = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ
        | {
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(given) - 1),
            "_STUDYCTL_COMPLETE": "bash_complete",
            "STUDYCTL_HOME": str(home),
            "STUDYCTL_CACHE": str(home.parent / "cache"),
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    return [line.partition(",")[2] for line in told.stdout.splitlines() if line], told.stderr


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("studyctl sta", ["start", "status"]),
        ("studyctl goal dr", ["drop"]),
        ("studyctl start --he", ["--help"]),
        ("studyctl --no-builtin start linear-reg", []),
        ("studyctl know svd linear-regression-", ["linear-regression-as-maximum-likelihood"]),
        ("studyctl review --topic linear-regression-", ["linear-regression-as-maximum-likelihood"]),
        ("studyctl start linear-reg", ["linear-regression", "linear-regression-as-maximum-likelihood"]),
        ("studyctl goal add first-m", ["first-model"]),
        ("studyctl deck build lifel", ["lifeline"]),
        ("studyctl topics --area linear", ["linear-algebra"]),
        ("studyctl rate naive-sets/power", None),
        ("studyctl start no-such-", []),
        ("studyctl new topic linear", []),
    ],
)
def test_ids_are_offered(tmp_path: Path, words: str, wanted: list[str] | None):
    told, said = offered(tmp_path / "home", words)
    assert "" == said
    if wanted is None:
        assert told
        assert all(name.startswith("naive-sets/power") for name in told)
    else:
        assert wanted == told
    assert not (tmp_path / "home").exists()


def test_a_home_with_errors_says_nothing(tmp_path: Path):
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.yaml").write_text("hours_per_week: [", encoding="utf-8")
    assert "" == offered(home, "studyctl start lin")[1]


def leaves(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            sub = command.get_command(click.Context(command), name)
            assert sub is not None
            yield from leaves(sub, f"{path} {name}".strip())
    else:
        yield path, command


def test_the_table_of_first_arguments_is_that_of_the_verbs():
    found = {}
    for path, command in leaves(cli):
        first = next((one for one in command.params if isinstance(one, click.Argument)), None)
        if first and first.name in KINDS and not path.startswith("new "):
            found[path] = f"{first.name}*" if first.nargs == -1 else first.name
    assert found == FIRST


def test_the_options_that_take_ids_are_those_of_the_verbs():
    found = {
        name
        for _, command in leaves(cli)
        for one in command.params
        if isinstance(one, click.Option) and one.name in KINDS
        for name in one.opts
        if name.startswith("--")
    }
    assert found == TAKING


def test_ids_are_found_without_loading_a_verb(tmp_path: Path):
    script = (
        "import sys; from studyctl.cli import main; main(); print(*sys.modules, file=sys.stderr, sep=chr(10))"
    )
    for words in ("studyctl ", "studyctl place linear-reg"):
        _, said = offered(tmp_path / "home", words, script=script)
        _, said = offered(tmp_path / "home", words, script=script)
        loaded = set(said.split())
        assert not loaded & {
            "numpy",
            "yaml",
            "studyctl.cli.place",
            "studyctl.cli.next",
            "studyctl.core.standing",
        }


@pytest.mark.skipif(not shutil.which("bash"), reason="needs bash")
def test_bash_itself_completes(studyctl: Studyctl, tmp_path: Path):
    program = tmp_path / "bin" / "studyctl"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m studyctl "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    lines = (
        "source <(studyctl completion bash); COMP_WORDS=(studyctl start linear-regression-); COMP_CWORD=2; "
        'shopt -q progcomp && $(complete -p studyctl | sed "s/.*-F \\([^ ]*\\).*/\\1/") studyctl linear-regression- start; '
        'echo "${COMPREPLY[@]}"'
    )
    told = subprocess.run(
        ["bash", "--norc", "-c", lines],
        env=os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "linear-regression-as-maximum-likelihood" == told.stdout.strip(), told


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_names_the_program_and_the_variable(studyctl: Studyctl, shell: str):
    told = studyctl.ok("completion", shell).out
    assert "_STUDYCTL_COMPLETE" in told
    assert f"{shell}_complete" in told


def test_another_shell_is_refused_with_those_that_are_known(studyctl: Studyctl):
    told = studyctl("completion", "tcsh")
    assert (2, True) == (told.code, "fish" in told.err)
