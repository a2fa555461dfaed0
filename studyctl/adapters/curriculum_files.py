"""Reading a curriculum: from the files of its folders to frozen values and problems.

`read` reads all of it into memory, for `check` and for tests; every other command asks the
cache (`studyctl.adapters.catalog`), which is made with the same functions, one file at a time.
A file with an error is left out as if it were not there, and so uncovers what it replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from studyctl.adapters.bulk import bulk
from studyctl.adapters.curriculum_bank import Bank, parse
from studyctl.adapters.curriculum_folder import Source, file_of, is_blind, read_bytes, scan
from studyctl.adapters.picture_checks import pictures
from studyctl.core import checks, links, renames
from studyctl.core.curriculum import Curriculum
from studyctl.core.problems import Level, Problem


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
        curriculum, found = judged(bank, unreadable, builtin)
        told = [*unreadable, *found]
        curriculum, uncovered = served(bank, curriculum, checks.faulty(told))
    return curriculum, tuple(sorted({*told, *uncovered}))


def judged(
    bank: Bank, unreadable: Sequence[Problem], builtin: Path | None
) -> tuple[Curriculum, list[Problem]]:
    """What all files tell, taken together, and what is wrong or could be better in it.

    A value that is `unreadable` has its problem already and is not judged any further.
    """
    problems: list[Problem] = []
    curriculum = bank.assembled((), problems)
    problems += checks.within(curriculum)
    problems += checks.between(curriculum, bank.known)
    retired = {problem.place for problem in problems if problem.rule == "retired"}
    voided = renames.void_problems(voids(curriculum, bank.known), bank.known.rank)
    problems += (problem for problem in voided if problem.place not in retired)
    prefix = f"{builtin}/"
    problems += pictures(curriculum.topics.values(), bank.roots)
    problems += checks.advice(curriculum, lambda place: builtin is not None and place.file.startswith(prefix))
    told = {problem.place for problem in unreadable if problem.level is Level.ERROR}
    no_objectives = {
        file_of(bank.roots, source)
        for source, entry in bank.told.items()
        if source.kind == "topic" and entry is not None and "objectives" in entry.broken
    }
    return curriculum, [
        problem
        for problem in problems
        if problem.place not in told
        and not (problem.rule == "unknown-objective" and problem.place.file in no_objectives)
    ]


def voids(curriculum: Curriculum, known: checks.Known) -> list[renames.Void]:
    """The claims of `was:` that have no effect."""
    notes = {card.note for card in curriculum.cards()}
    return list(links.voids(curriculum.topics, checks.is_living(curriculum, known), notes.__contains__))


def served(bank: Bank, told: Curriculum, out: set[str]) -> tuple[Curriculum, list[Problem]]:
    """What is `told` without the files in `out`, and what is wrong in files that only this uncovers."""
    uncovered: list[Problem] = []
    curriculum, left = told, out
    while left:
        problems: list[Problem] = []
        curriculum = bank.assembled(out, problems)
        problems += checks.within(curriculum)
        problems += checks.between(curriculum, bank.known, guess=False)
        left = checks.faulty(problems) - out
        uncovered += (problem for problem in problems if problem.place.file in left)
        out = out | left
    voided = renames.by_owner(voids(curriculum, bank.known))
    topics = {name: renames.without(topic, voided) for name, topic in curriculum.topics.items()}
    living = {old: topic.id for topic in topics.values() for old in topic.was}
    tracks = {name: renames.resolved(track, living) for name, track in curriculum.tracks.items()}
    return replace(curriculum, topics=topics, tracks=tracks), uncovered
