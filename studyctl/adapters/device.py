"""The name of this device, which is the name of the one journal file it writes.

The name belongs to a machine and a home together and stands in the platform's state folder, not
in the home: a home that is copied to another machine, or beside itself, writes a file of its own,
so no two writers ever share one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from studyctl.core.problems import StudyctlError, UsageError

VARIABLE = "STUDYCTL_DEVICE"
_NAME = re.compile(r"(?!\.)[A-Za-z0-9._-]+")
_LONGEST = 100  # characters; file systems end at 255 bytes


class DeviceError(StudyctlError):
    """No name can be kept for this device."""


def device_name(home: Path, environment: Mapping[str, str] = os.environ, state: Path | None = None) -> str:
    """The name of this device for `home`; made once and kept in `state`, the platform's state folder.

    UsageError if the environment names it badly, DeviceError if a new name cannot be kept.
    """
    if given := _given(environment):
        return given
    file = (state or _state_folder()) / f"device-{_key(home)}"
    return _kept(file) or _make(file)


def known_device(
    home: Path, environment: Mapping[str, str] = os.environ, state: Path | None = None
) -> str | None:
    """The name of this device, if it has one already; nothing is made. UsageError as above."""
    return _given(environment) or _kept((state or _state_folder()) / f"device-{_key(home)}")


def _given(environment: Mapping[str, str]) -> str:
    """The name that the environment gives, or none."""
    given = environment.get(VARIABLE, "")
    if given and not is_device_name(given):
        raise UsageError(
            f"{VARIABLE} is {given!r}, which can be no file name everywhere",
            "letters, digits, '.', '_' and '-', at most 100, the first no '.'",
        )
    return given


def is_device_name(name: str) -> bool:
    """Whether a device may be called so."""
    return _NAME.fullmatch(name) is not None and len(name) <= _LONGEST


def _state_folder() -> Path:
    import platformdirs  # noqa: PLC0415 (30 ms that a named device saves)

    return platformdirs.user_state_path("studyctl", appauthor=False)


def _key(home: Path) -> str:
    """What tells this machine and home from all others that share the state folder."""
    machine = ""
    with suppress(OSError):
        machine = Path("/etc/machine-id").read_text("ascii").strip()
    from hashlib import sha256  # noqa: PLC0415 (only where the name is not given)

    seen = f"{machine or _host()}\0{home.resolve()}"
    return sha256(seen.encode(errors="surrogatepass")).hexdigest()[:16]


def _host() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "")  # Windows


def _kept(file: Path) -> str | None:
    try:
        name = file.read_text("ascii").strip()
    except (OSError, ValueError):
        return None
    return name if is_device_name(name) else None


def _make(file: Path) -> str:
    """A new name; where several processes make one at once, all go away with the same."""
    host = re.sub(r"[^A-Za-z0-9_-]+", "-", _host().split(".")[0]).strip("-")[:40] or "host"
    draft = file.with_name(f"{file.name}.{os.urandom(6).hex()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(f"{host}-{os.urandom(3).hex()}\n", "ascii")
        try:
            os.link(draft, file)  # unlike a rename it fails if somebody else was faster
        except FileExistsError:
            if _kept(file) is None:  # left over from a crash
                draft.replace(file)
        except OSError:  # a file system without links
            if _kept(file) is None:
                draft.replace(file)
        draft.unlink(missing_ok=True)
        name = _kept(file)
    except OSError as problem:
        raise DeviceError(
            f"cannot keep a name for this device in {file.parent}: {problem.strerror}",
            f"{VARIABLE}=my-laptop names it",
        ) from problem
    if name is None:
        raise DeviceError(f"cannot read the name of this device in {file}", f"{VARIABLE}=my-laptop names it")
    return name
