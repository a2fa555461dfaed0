"""The settings in force: option, environment, config.yaml, default, in this order.

config.yaml is parsed only when it has changed; what it said is kept in the cache, so that
a command which does not read YAML does not have to load a YAML parser.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from studyctl.adapters.kept_config import plain, read
from studyctl.core.calendar import Hours
from studyctl.core.problems import StudyctlError, nearest
from studyctl.core.settings import SETTINGS


class SettingError(StudyctlError):
    """A setting that cannot be used; `origin` says where it comes from."""

    def __init__(self, key: str, origin: str, what: str) -> None:
        mend = f"unset {origin}" if origin == variable(key) else f"studyctl config set {key} {example(key)}"
        super().__init__(f"{origin}: {key}: {what}", mend)


def variable(key: str) -> str:
    """The variable of the environment that has a say before config.yaml."""
    return f"STUDYCTL_{key.upper()}"


def example(key: str) -> str:
    """A value that a setting may have, as `config set` takes it."""
    return json.dumps(SETTINGS[key].default) if key in SETTINGS else "VALUE"


@dataclass(frozen=True, slots=True)
class Preferences:
    """Every setting in its final form; `raw` and `origins` say what was written, and where."""

    hours_per_week: Hours
    day_starts_at: int
    desired_retention: float | dict[str, float]
    new_per_day: int
    smooth: bool
    cards_from: str
    focus: float
    interest: dict[str, float]
    reserve: float
    session_cap: float
    raw: Mapping[str, Any] = field(default_factory=dict)
    origins: Mapping[str, str] = field(default_factory=dict)

    @property
    def weekdays(self) -> tuple[float, ...] | None:
        """How much of the reviews each weekday takes, Monday first; None: due days are not spread."""
        most = max(self.hours_per_week.days)
        if not self.smooth:
            return None
        return tuple(hours / most for hours in self.hours_per_week.days) if most else (1.0,) * 7

    @property
    def fingerprint(self) -> str:
        """Changes when a setting that memory depends on does."""
        return json.dumps([self.day_starts_at, self.desired_retention, self.weekdays], sort_keys=True)


def load(
    path: Path, environ: Mapping[str, str], cache: sqlite3.Connection, note: Callable[[str], None]
) -> Preferences:
    """The settings in force; SettingError names the place of a bad one."""
    values, places = read(path, cache)
    for key in values:
        if key not in SETTINGS:
            near = nearest(key, SETTINGS, 1)
            note(f"{places[key]}: unknown setting {key!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    raw: dict[str, Any] = {}
    origins: dict[str, str] = {}
    final: dict[str, Any] = {}
    for key, setting in SETTINGS.items():
        name = variable(key)
        if environ.get(name):
            origin, value = name, _from_environment(key, environ[name])
        elif key in values and values[key] is not None:
            origin, value = places[key], values[key]
        else:
            origin, value = "default", setting.default
        try:
            final[key] = setting.read(dated(value))
        except ValueError as error:
            raise SettingError(key, origin, str(error)) from None
        raw[key], origins[key] = value, origin
    return Preferences(**final, raw=raw, origins=origins)


def _from_environment(key: str, text: str) -> Any:
    from studyctl.adapters.config_file import parse_value  # noqa: PLC0415

    try:
        return parse_value(text)
    except ValueError as error:
        raise SettingError(key, variable(key), str(error)) from None


def dated(value: Any) -> Any:
    """Dates as text, which is how they come out of the cache."""
    return json.loads(json.dumps(plain(value), default=str))
