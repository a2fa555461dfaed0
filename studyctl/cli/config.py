"""`studyctl config`: settings and paths in force."""

from __future__ import annotations

import json
from pathlib import Path
from shlex import quote
from typing import Any

import click

from studyctl.cli import screen
from studyctl.cli.names import resolve
from studyctl.cli.options import TakesNegative, dry_run_option, json_option
from studyctl.cli.preferences import dated, example
from studyctl.cli.setting_names import unknown
from studyctl.cli.workspace import Workspace
from studyctl.core.problems import UsageError
from studyctl.core.settings import SETTINGS

HELP = {"help_option_names": ["-h", "--help"]}


@click.group("config", invoke_without_command=True, context_settings=HELP)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """Every setting with its value and where it comes from, and all paths.

    \b
    Examples:
      studyctl config
      studyctl config set hours_per_week 8
      studyctl config set hours_per_week "{mon: 1, wed: 1, sat: 4}"
    """
    if ctx.invoked_subcommand is not None:
        return
    work: Workspace = ctx.obj
    settings, paths = work.settings, _paths(work)
    key = "set" if work.environ.get("STUDYCTL_ANKI_KEY") else "not set"
    if as_json:
        work.json(
            {
                "settings": {
                    name: {
                        "value": settings.raw[name],
                        "from": settings.origins[name],
                        "meaning": one.meaning,
                    }
                    for name, one in SETTINGS.items()
                },
                "paths": paths,
                "anki_key": key,
            }
        )
        return
    for name, one in SETTINGS.items():
        value = json.dumps(settings.raw[name], ensure_ascii=False, default=str)
        origin = settings.origins[name]
        work.say(f"{work.style(name, bold=True)} = {value}")
        if origin != "default":
            work.say(f"    from {origin}")
        work.say(screen.wrap(one.meaning, work.width, "    "))
    work.say()
    for name, path in paths.items():
        told = path if isinstance(path, list) else [path]
        for at, part in enumerate(told):
            work.say(f"{name if at == 0 else '':<12}{part}")
    work.say(f"{'Anki key':<12}{key} (STUDYCTL_ANKI_KEY)")


def _paths(work: Workspace) -> dict[str, Any]:
    from studyctl.adapters.device import known_device  # noqa: PLC0415

    return {
        "home": str(work.home),
        "config": str(work.home / "config.yaml"),
        "journal": str(work.home / "journal"),
        "curriculum": [str(root) for root in work.roots],
        "cache": str(work.places.cache),
        "device": known_device(work.home, work.environ) or "named at the first write",
    }


@command.command("set", cls=TakesNegative)
@click.argument("key")
@click.argument("value")
@dry_run_option
@click.pass_obj
def set_value(work: Workspace, key: str, value: str, dry_run: bool) -> None:
    """Change a setting in config.yaml; comments and order there stay as they are.

    \b
    Examples:
      studyctl config set new_per_day 15
      studyctl config set interest "{probability: 5}"
    """
    from studyctl.adapters import kept_config  # noqa: PLC0415
    from studyctl.adapters.config_file import change, parse_value  # noqa: PLC0415

    name = resolve("setting", key, SETTINGS, None, "studyctl config")
    try:
        read = dated(parse_value(value))
        SETTINGS[name].read(read)
    except ValueError as error:
        raise UsageError(f"{name}: {error}", f"studyctl config set {name} {example(name)}") from None
    for stranger in unknown(work, name, read):
        raise stranger
    path: Path = work.home / "config.yaml"
    values, _ = kept_config.read(path, work.cache)
    before = json.dumps(values.get(name, SETTINGS[name].default), ensure_ascii=False, default=str)
    if dry_run:
        work.say(f"It would be {value} in {path}, and is {before}")
        return
    change(path, name, value)
    work.say(f"{name}: {value} in {path}")
    if before != json.dumps(read, ensure_ascii=False):
        work.say(f"It was {before}: studyctl config set {name} {quote(before)}")
