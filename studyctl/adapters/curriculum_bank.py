"""What the files of a curriculum tell, each by itself and put together.

A file tells an *entry*, or entries by key; a *bank* holds those of all files and puts topics,
tracks, areas and resources together, without some files if need be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from studyctl.adapters.curriculum_folder import Source, file_of, ranks
from studyctl.adapters.yaml_nodes import Reader
from studyctl.adapters.yaml_scalars import BROKEN, is_nothing
from studyctl.adapters.yaml_syntax import compose
from studyctl.core import assembly, checks
from studyctl.core import format as said
from studyctl.core.assembly import Entry, Telling
from studyctl.core.curriculum import Area, Curriculum, Topic, Track, untold_area
from studyctl.core.problems import Level, Place, Problem

SHAPES: Mapping[str, said.Shape] = {
    "topic": said.TOPIC,
    "track": said.TRACK,
    "areas": said.AREAS,
    "resources": said.RESOURCES,
}


def parse(data: bytes, file: str, kind: str, problems: list[Problem]) -> Any:
    """What a file of a kind tells: an Entry, or entries by key; None if nothing of it can be used."""
    node, found = compose(data, file)
    problems += found
    shape = SHAPES[kind]
    if node is None or is_nothing(node):
        if not found and isinstance(shape, said.Record):
            needs = " and ".join(filter(None, (", ".join(shape.required[:-1]), shape.required[-1])))
            fix = f"it needs {needs}; write {'them' if len(shape.required) > 1 else 'it'}, or remove the file"
            problems.append(Problem(Place(file), Level.ERROR, f"the {kind} is empty", fix, "missing"))
        return None if found or isinstance(shape, said.Record) else {}
    told = Reader(file, problems).read(node, shape, f"the {kind}", {})
    return None if told is BROKEN else told


@dataclass
class Bank:
    """What all sources tell, before it is put together."""

    roots: Sequence[Path]
    told: dict[Source, Any] = field(default_factory=dict)
    blind: bool = False  # a folder could not be read, so that nobody knows which topics there are

    @cached_property
    def known(self) -> checks.Known:
        """Ids that some source tells of, whether it can be read or not."""
        resources = [source for source in self.told if source.kind == "resources"]
        readable = all(self.told[source] is not None for source in resources)
        keys = {key for source in resources for key in self.told[source] or ()}
        topics = {source.id for source in self.told if source.kind == "topic"}
        return checks.Known(None if self.blind else topics, keys if readable else None, ranks(self.roots))

    def assembled(self, without: Collection[str], problems: list[Problem]) -> Curriculum:
        """The curriculum, without some files; what is wrong in single values is added to `problems`."""
        kinds: dict[str, list[tuple[Source, Any]]] = defaultdict(list)
        for source, told in self.told.items():
            if told is not None and file_of(self.roots, source) not in without:
                kinds[source.kind].append((source, told))
        topics = self._topics(kinds["topic"], problems)
        tracks = self._tracks(kinds["track"], problems)
        resources = {
            key: assembly.resource_of(key, entry, problems)
            for key, entry in overlaid_by_key(told for _, told in kinds["resources"]).items()
        }
        entries = overlaid_by_key(told for _, told in kinds["areas"])
        areas = areas_of(entries, (topic.area for topic in topics.values()), problems)
        return Curriculum(in_order(topics, areas), tracks, areas, resources)

    def _topics(self, sources: Iterable[tuple[Source, Entry]], problems: list[Problem]) -> dict[str, Topic]:
        tellings: dict[str, list[Telling]] = defaultdict(list)
        for source, entry in sources:
            tellings[source.id].append(Telling(source.root, source.area, entry))
        files = Counter(source.id for source in self.told if source.kind == "topic")
        topics = {}
        for name, told in tellings.items():
            topic = assembly.whole_topic(name, told, problems)
            if topic is not None:
                topics[name] = topic
            elif len(told) == files[name] and not self.blind:
                problems += (assembly.stray_patch(name, one.entry, files) for one in told)
        return topics

    def _tracks(self, sources: Iterable[tuple[Source, Entry]], problems: list[Problem]) -> dict[str, Track]:
        entries: dict[str, Entry] = {}
        for source, entry in sources:
            entries[source.id] = (
                assembly.overlaid(entries[source.id], entry) if source.id in entries else entry
            )
        return {name: assembly.track_of(name, entries[name], problems) for name in sorted(entries)}


def overlaid_by_key(tellings: Iterable[Mapping[str, Entry]]) -> dict[str, Entry]:
    """Entries of areas or resources, those of a later file over those of an earlier one, key by key."""
    told: dict[str, Entry] = {}
    for telling in tellings:
        for key, entry in telling.items():
            told[key] = assembly.overlaid(told[key], entry) if key in told else entry
    return told


def areas_of(entries: Mapping[str, Entry], used: Iterable[str], problems: list[Problem]) -> dict[str, Area]:
    """The areas in the order of their files, then those that only topics name."""
    areas = {name: assembly.area_of(name, entry, problems) for name, entry in entries.items()}
    for name in sorted(set(used) - areas.keys()):
        areas[name] = untold_area(name)
    return areas


def in_order(topics: Mapping[str, Topic], areas: Iterable[str]) -> dict[str, Topic]:
    """Topics in the order of the areas, then by id."""
    rank = {name: at for at, name in enumerate(areas)}
    return {topic.id: topic for topic in sorted(topics.values(), key=lambda one: (rank[one.area], one.id))}
