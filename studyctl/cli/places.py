"""Where everything is: home, curriculum folders, cache, and what is shipped with studyctl."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import studyctl
from studyctl.core.problems import UsageError


@dataclass(frozen=True)
class Places:
    """The places in force, from the global options and the environment."""

    curricula: tuple[str, ...]
    builtin: bool
    environ: Mapping[str, str]

    @cached_property
    def home(self) -> Path:
        """STUDYCTL_HOME, else the platform's folder for a user's data."""
        given = self.environ.get("STUDYCTL_HOME")
        return Path(given).expanduser() if given else _platform("user_data_path")

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        """The curriculum folders: built-in, own, and those that were named; each adds to those before."""
        given = [one for one in self.environ.get("STUDYCTL_CURRICULUM", "").split(os.pathsep) if one]
        named = [Path(one).expanduser() for one in (*given, *self.curricula)]
        for folder in named:
            if not folder.is_dir():
                raise UsageError(f"no curriculum folder {str(folder)!r}", "studyctl config")
        builtin = [data_folder("curriculum")] if self.builtin else []
        return tuple(dict.fromkeys(one.resolve() for one in (*builtin, self.home / "curriculum", *named)))

    @cached_property
    def cache(self) -> Path:
        """The cache of this home with these curriculum folders."""
        given = self.environ.get("STUDYCTL_CACHE")
        folder = Path(given).expanduser() if given else _platform("user_cache_path")
        names = "\0".join(map(str, (self.home.resolve(), *self.roots))).encode(errors="surrogatepass")
        return folder / f"{hashlib.sha256(names).hexdigest()[:16]}.sqlite"


def _platform(which: str) -> Path:
    import platformdirs  # noqa: PLC0415 (30 ms that a set STUDYCTL_HOME saves)

    return Path(getattr(platformdirs, which)("studyctl", appauthor=False))


def data_folder(name: str) -> Path:
    """A folder that is shipped with studyctl: `curriculum` or `decks`; beside the package in a checkout."""
    package = Path(studyctl.__file__).parent
    shipped = package / name
    return shipped if shipped.is_dir() else package.parent / name
