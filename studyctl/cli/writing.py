"""A file that somebody asked for, written, or what is in the way of it."""

from __future__ import annotations

from pathlib import Path

from studyctl.core.problems import StudyctlError


class CannotWriteError(StudyctlError):
    """A file has no place to be written to."""


def write(file: Path | str, told: str | bytes, fix: str) -> int:
    """Write a text, as UTF-8, or bytes, and say how many bytes that are; CannotWriteError with `fix` if it fails."""
    data = told.encode() if isinstance(told, str) else told
    try:
        Path(file).write_bytes(data)
    except FileNotFoundError:
        folder = Path(file).parent
        raise CannotWriteError(f"there is no folder {folder}", f"mkdir -p {folder}") from None
    except OSError as problem:
        raise CannotWriteError(f"{file} cannot be written: {problem.strerror}", fix) from problem
    return len(data)
