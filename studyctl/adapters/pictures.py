"""The pictures that cards show: files of the media folders, under names that Anki can keep.

All media files of a collection lie in one folder, so a picture gets a name made of its content,
`studyctl-<hash>.<ext>`: no other deck has it, and a changed picture is a new one. A text can only
name a file that lies in the media folder itself; whatever else it asks for does not exist.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from studyctl.core.images import media_file


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
        file = media_file(name)
        if file is None:
            return None
        for folder in self._folders:
            path = folder / file
            try:
                if path.resolve(strict=True).parent != folder.resolve(strict=True):
                    continue  # a link that leads out of the folder
                data = path.read_bytes()
            except OSError:
                continue
            if not data:
                continue
            known = f"studyctl-{hashlib.sha256(data).hexdigest()[:16]}{path.suffix.lower()}"
            self.files[known] = path
            return known
        return None
