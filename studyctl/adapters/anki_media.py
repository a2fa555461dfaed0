"""The pictures of a package or of a profile: found by the name that cards use, and never written by it."""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from studyctl.adapters.anki_file import AnkiFile, CollectionError
from studyctl.adapters.anki_notes import message

LARGEST = 32 << 20  # bytes of a picture
_MAP = 64 << 20
_BEGINNINGS = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"), (b"GIF8", ".gif"), (b"RIFF", ".webp"))


class Media:
    """The pictures of a file of Anki while it is open; `files` are those that were asked for, by new name."""

    def __init__(self, file: AnkiFile) -> None:
        self._file = file
        self._members = dict(_members(file)) if file.archive is not None else {}
        self._names: dict[str, str | None] = {}
        self.files: dict[str, bytes] = {}

    def __call__(self, name: str) -> str | None:
        """The name that a picture gets in a topic's `media/`, made of what it shows; None if there is none."""
        if name not in self._names:
            self._names[name] = self._take(name)
        return self._names[name]

    def _take(self, name: str) -> str | None:
        data = self._read(name)
        ending = _ending(data) if data is not None else None
        if data is None or ending is None:
            return None
        told = f"anki-{hashlib.sha256(data).hexdigest()[:16]}{ending}"
        self.files[told] = data
        return told

    def _read(self, name: str) -> bytes | None:
        if self._file.archive is None:
            return self._beside(name)
        member = self._members.get(unicodedata.normalize("NFC", name))
        if member is None:
            return None
        try:
            return self._file.member(member, LARGEST)
        except (KeyError, CollectionError):
            return None

    def _beside(self, name: str) -> bytes | None:
        """A file of the folder that a profile has beside its collection."""
        if not name or os.path.basename(name) != name or "\\" in name:
            return None
        folder = self._file.path.with_name("collection.media")
        path = folder / name
        try:
            if path.resolve(strict=True).parent != folder.resolve(strict=True):
                return None  # a link that leads out of it
            return path.read_bytes() if path.stat().st_size <= LARGEST else None
        except (OSError, ValueError):
            return None


def _members(file: AnkiFile) -> Iterator[tuple[str, str]]:
    """The members of a package by the names that cards use."""
    try:
        data = file.member("media", _MAP)
        if not file.is_new:
            told = json.loads(data)
            for member, name in told.items():
                yield unicodedata.normalize("NFC", str(name)), str(member)
            return
        for number, entry in enumerate(message(data).get(1, [])):
            name = message(entry).get(1, [b""])[0]
            yield unicodedata.normalize("NFC", name.decode("utf-8", "replace")), str(number)
    except (KeyError, ValueError, AttributeError, TypeError, RecursionError, CollectionError):
        return  # without a map there are no pictures


def _ending(data: bytes) -> str | None:
    """The ending that the name of a picture should have, by its first bytes; None if it is none."""
    for begin, ending in _BEGINNINGS:
        if data.startswith(begin):
            return ending
    return ".svg" if b"<svg" in data[:4096].lower() else None


def keep(folder: Path, files: dict[str, bytes]) -> None:
    """Write pictures into a topic's `media/`; those that are there already are the same."""
    if files:
        folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        path = folder / name
        if not path.exists():
            path.write_bytes(data)
