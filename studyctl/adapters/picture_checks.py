"""What `check` says about the files of pictures: whether a deck will show what a text names.

A topic's pictures lie in the ``media/`` beside the topics of its area, of any folder; a file that is
not found there is looked for around, since it most often lies one folder away.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from studyctl.core.curriculum import Topic
from studyctl.core.images import images, media_file
from studyctl.core.problems import Level, Problem, quoted
from studyctl.core.topic_checks import texts


def pictures(topics: Iterable[Topic], roots: Sequence[Path]) -> Iterator[Problem]:
    """Images that are not among the media of their topic, or that nobody would see."""
    for topic in topics:
        for said in texts(topic):
            for target in images(said.text):
                name = media_file(target)
                if name is not None:
                    where = _Around(topic.area, os.path.dirname(said.place.file), roots)
                    if (wrong := where.wrong(name, f"image {quoted(target)}")) is not None:
                        yield Problem(said.place, Level.WARNING, *wrong, "image")


class _Around:
    """The folders in which a picture is, or might be."""

    def __init__(self, area: str, folder: str, roots: Sequence[Path]) -> None:
        self.root = next((f"{root}" for root in reversed(roots) if folder.startswith(f"{root}/topics/")), "")
        self.folder = folder  # of the file that shows it
        self.own = f"{self.root}/topics/{area}/media" if self.root else f"{folder}/media"
        self.media = [f"{root}/topics/{area}/media" for root in reversed(roots)]  # as a deck looks for it
        if not self.root:
            self.media.insert(0, self.own)  # of a file that stands in no curriculum

    def wrong(self, name: str, image: str) -> tuple[str, str] | None:
        """What is wrong with a picture, and what to do; None if it is shown."""
        found = [f"{folder}/{name}" for folder in self.media if os.path.isfile(f"{folder}/{name}")]
        faults = [_fault(path) for path in found]
        if None in faults:
            return None
        for fault, fix in filter(None, faults):
            return f"the {image} {fault}", fix
        own = self._shown(self.own)
        elsewhere = self._elsewhere(name)
        if elsewhere:
            return (
                f"the {image} lies in {self._shown(elsewhere)}, which is not looked into",
                f"move it to {own}",
            )
        return f"there is no {image}", f"draw it and keep it in {own}"

    def _elsewhere(self, name: str) -> str:
        """Another folder that has a file of this name, or nothing."""
        up = os.path.dirname(self.folder)
        near = [self.folder, f"{self.folder}/media"]
        if self.root:
            near += [up, f"{up}/media", self.root, f"{self.root}/media"]
            near += sorted(f"{one.path}/media" for one in os.scandir(f"{self.root}/topics") if one.is_dir())
        return next((folder for folder in near if os.path.isfile(f"{folder}/{name}")), "")

    def _shown(self, folder: str) -> str:
        """A folder as it is called from the curriculum folder, or from the file that stands in none."""
        return f"{os.path.relpath(folder, self.root or self.folder)}/"


def _fault(path: str) -> tuple[str, str] | None:
    """Why a file is not shown though it lies in the right place, and what to do."""
    if os.path.dirname(os.path.realpath(path)) != os.path.realpath(os.path.dirname(path)):
        return "is a link that leads elsewhere", "copy it to media/"
    if not os.path.getsize(path):
        return "is empty", "draw it anew, or take it out of the text"
    return None
