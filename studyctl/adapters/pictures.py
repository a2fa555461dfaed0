"""The pictures that cards show: files of the media folders, under names that Anki can keep.

All media files of a collection lie in one folder, so a picture gets a name made of its content,
`studyctl-<hash>.<ext>`: no other deck has it, and a changed picture is a new one. A text can only
name a file that lies in the media folder itself; whatever else it asks for does not exist.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

_NAME = re.compile(
    r"(?:\./)?media/([A-Za-z0-9][\w.-]*\.(?:svg|png|jpe?g|gif|webp))", re.IGNORECASE | re.ASCII
)


class Pictures:
    """Finds pictures in `folders`, the later ones first, and remembers which were asked for."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(reversed(folders))
        self._names: dict[str, str | None] = {}
        self.files: dict[str, Path] = {}

    def __call__(self, name: str) -> str | None:
        """The name in Anki of the picture `media/NAME`, or None if there is none."""
        if name not in self._names:
            self._names[name] = self._find(name)
        return self._names[name]

    def _find(self, name: str) -> str | None:
        found = _NAME.fullmatch(name)
        if found is None:
            return None
        for folder in self._folders:
            path = folder / found[1]
            try:
                if path.resolve(strict=True).parent != folder.resolve(strict=True):
                    continue  # a link that leads out of the folder
                digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            except OSError:
                continue
            known = f"studyctl-{digest}{path.suffix.lower()}"
            self.files[known] = path
            return known
        return None
