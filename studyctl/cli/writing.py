"""A file that somebody asked for, written, or what is in the way of it."""

from __future__ import annotations

from pathlib import Path

from studyctl.adapters import whole_file
from studyctl.core.problems import StudyctlError, UsageError


class CannotWriteError(StudyctlError):
    """A file has no place to be written to."""


def write(file: Path | str, told: str | bytes, fix: str, *, dry_run: bool = False) -> str:
    """Write a text, as UTF-8, or bytes, unless it is a `dry_run`; a beginning of a sentence that says so.

    UsageError if its folder is not there, CannotWriteError with `fix` if anything else is in the way.
    """
    data = told.encode(errors="backslashreplace") if isinstance(told, str) else told
    path = Path(file)
    size = f"{len(data) / 1000:,.0f} kB" if len(data) >= 1000 else f"{len(data)} bytes"
    if dry_run:
        return f"Would write {file}, {size}"
    try:
        if path.exists() and not path.is_file():  # a pipe, or what a terminal is
            path.write_bytes(data)
        else:
            whole_file.write(path, data)
    except FileNotFoundError:
        raise UsageError(f"there is no folder {path.parent}", f"mkdir -p {path.parent}") from None
    except OSError as problem:
        raise CannotWriteError(f"{file} cannot be written: {problem.strerror}", fix) from problem
    return f"Wrote {file}, {size}"
