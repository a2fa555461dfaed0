"""Files that are written whole: whoever reads sees the old one or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, or make it; what a link leads to is replaced, and not the link.

    OSError if that cannot be done; then the file is as it was.
    """
    there = Path(os.path.realpath(path))
    handle, name = tempfile.mkstemp(dir=there.parent, prefix=f".{there.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(there.stat().st_mode & 0o777 if there.exists() else 0o644)
        draft.replace(there)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
