"""Reading a curriculum: from the files of its folders to frozen values and problems.

`read` reads all of it into memory, for `check` and for tests; every other command asks the
cache (`studyctl.adapters.catalog`), which is made with the same functions, one file at a time.
A file with an error is left out as if it were not there, and so uncovers what it replaced.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from studyctl.adapters.bulk import bulk
from studyctl.adapters.curriculum_folder import UNREADABLE_FOLDER, Source, file_of, read_bytes, scan
from studyctl.adapters.yaml_nodes import Reader
from studyctl.adapters.yaml_scalars import BROKEN
from studyctl.adapters.yaml_syntax import compose
from studyctl.core import assembly, checks, links, renames
from studyctl.core import format as said
from studyctl.core.assembly import Entry, Telling
from studyctl.core.curriculum import Area, Curriculum, Topic, Track
from studyctl.core.problems import Level, Place, Problem
from studyctl.core.text import images, is_own_image
from studyctl.core.topic_checks import texts

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
    if node is None:
        if not found and isinstance(shape, said.Record):
            problems.append(
                Problem(Place(file), Level.ERROR, f"the {kind} is empty", "studyctl new topic", "missing")
            )
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
        return checks.Known(None if self.blind else topics, keys if readable else None)

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
        areas[name] = assembly.area_of(name, None, problems)
    return areas


def in_order(topics: Mapping[str, Topic], areas: Iterable[str]) -> dict[str, Topic]:
    """Topics in the order of the areas, then by id."""
    rank = {name: at for at, name in enumerate(areas)}
    return {topic.id: topic for topic in sorted(topics.values(), key=lambda one: (rank[one.area], one.id))}


def is_blind(problems: Iterable[Problem]) -> bool:
    """Whether a folder could not be read, so that nobody knows which topics there are."""
    return any(problem.rule == UNREADABLE_FOLDER for problem in problems)


def faulty(problems: Iterable[Problem]) -> set[str]:
    """The files that other commands leave out."""
    return {
        problem.place.file
        for problem in problems
        if problem.level is Level.ERROR and problem.rule not in checks.INERT
    }


def read(roots: Sequence[Path], builtin: Path | None = None) -> tuple[Curriculum, tuple[Problem, ...]]:
    """The curriculum of the roots without its faulty files, and every problem of all files, by place.

    What only the built-in curriculum is asked for is asked of files below `builtin`.
    """
    return read_sources(roots, *scan(roots), builtin)


def read_sources(
    roots: Sequence[Path], sources: Iterable[Source], problems: Iterable[Problem], builtin: Path | None = None
) -> tuple[Curriculum, tuple[Problem, ...]]:
    """The same for sources that were found already, with the problems of finding them."""
    unreadable = list(problems)
    bank = Bank(roots, blind=is_blind(unreadable))
    with bulk():
        for source in sources:
            file = file_of(roots, source)
            data = read_bytes(file, unreadable)
            bank.told[source] = None if data is None else parse(data, file, source.kind, unreadable)
        told = [*unreadable, *judged(bank, unreadable, builtin)]
        curriculum, uncovered = served(bank, faulty(told))
    return curriculum, tuple(sorted({*told, *uncovered}))


def judged(bank: Bank, unreadable: Sequence[Problem], builtin: Path | None) -> list[Problem]:
    """What is wrong or could be better in what the files tell, taken together.

    A value that is `unreadable` has its problem already and is not judged any further.
    """
    problems: list[Problem] = []
    curriculum = bank.assembled((), problems)
    problems += checks.within(curriculum)
    problems += checks.between(curriculum, bank.known)
    problems += (renames.void_problem(void) for void in voids(curriculum, bank.known))
    prefix = f"{builtin}/"
    problems += pictures(curriculum)
    problems += checks.advice(curriculum, lambda place: builtin is not None and place.file.startswith(prefix))
    told = {problem.place for problem in unreadable if problem.level is Level.ERROR}
    no_objectives = {
        file_of(bank.roots, source)
        for source, entry in bank.told.items()
        if source.kind == "topic" and entry is not None and "objectives" in entry.broken
    }
    return [
        problem
        for problem in problems
        if problem.place not in told
        and not (problem.rule == "unknown-objective" and problem.place.file in no_objectives)
    ]


def voids(curriculum: Curriculum, known: checks.Known) -> list[renames.Void]:
    """The claims of `was:` that have no effect."""
    notes = {card.note for card in curriculum.cards()}
    return list(links.voids(curriculum.topics, checks.is_living(curriculum, known), notes.__contains__))


def served(bank: Bank, out: set[str]) -> tuple[Curriculum, list[Problem]]:
    """The curriculum without the files in `out`, and what is wrong in files that only this uncovers."""
    uncovered: list[Problem] = []
    while True:
        problems: list[Problem] = []
        curriculum = bank.assembled(out, problems)
        problems += checks.within(curriculum)
        problems += checks.between(curriculum, bank.known, guess=False)
        worse = faulty(problems) - out
        if not worse:
            break
        uncovered += (problem for problem in problems if problem.place.file in worse)
        out = out | worse
    voided = renames.by_owner(voids(curriculum, bank.known))
    topics = {name: renames.without(topic, voided) for name, topic in curriculum.topics.items()}
    return replace(curriculum, topics=topics), uncovered


def pictures(curriculum: Curriculum) -> list[Problem]:
    """Images that a topic shows and that are not among its media."""
    told = []
    for topic in curriculum.topics.values():
        for one in texts(topic):
            for target in images(one.text):
                folder = os.path.dirname(one.place.file)
                path = os.path.join(folder, target)
                if not is_own_image(target):
                    continue
                if not os.path.isfile(path):
                    what, fix = f"there is no image {target!r}", "draw it and keep it in media/"
                elif not os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep):
                    what, fix = f"the image {target!r} is a link that leads elsewhere", "copy it to media/"
                else:
                    continue
                told.append(Problem(one.place, Level.WARNING, what, fix, "image"))
    return told
