"""Everything that `check` says about a curriculum, in one place.

`within` and `between` together find every error: `within` needs the texts of one thing at a time,
`between` the relations of all of them. `advice` finds what is no error but could be better; what is asked
of the built-in curriculum only is asked of the files in `builtin`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from studyctl.core import builtin_checks, criteria, links, renames, text, topic_checks
from studyctl.core.curriculum import NOWHERE, Card, Curriculum, place_of
from studyctl.core.problems import Level, Place, Problem

INERT = frozenset({"was", "deck"})
"""Rules whose errors leave the file in: the value that breaks them has no effect, that is all."""


def faulty(problems: Iterable[Problem]) -> set[str]:
    """The files that other commands leave out."""
    return {
        problem.place.file
        for problem in problems
        if problem.level is Level.ERROR and problem.rule not in INERT
    }


@dataclass(frozen=True, slots=True)
class Known:
    """Ids that some file tells of, faulty files included; None where it cannot be known.

    `rank` is the number of the folder that a file is of: what a later one adds gives way to what was there.
    """

    topics: Collection[str] | None
    resources: Collection[str] | None
    rank: Callable[[str], int] = lambda _: 0


def within(curriculum: Curriculum) -> Iterator[Problem]:
    """What is wrong in single topics and tracks."""
    for topic in curriculum.topics.values():
        yield from topic_checks.errors(topic)
    for track in curriculum.tracks.values():
        yield from topic_checks.track_errors(track)


def between(curriculum: Curriculum, known: Known, guess: bool = True) -> Iterator[Problem]:
    """What does not agree between files; without `guess` nothing is said about what was meant."""
    topics, tracks = curriculum.topics, curriculum.tracks.values()
    renamed = {old: new for old, new, _ in renames.topic_claims(topics.values())}
    guesses = links.Guess(known.topics) if guess and known.topics is not None else links.no_guess
    yield from links.unknown_topics(topics.values(), tracks, known.topics, renamed, guesses)
    if known.resources is not None:
        yield from links.unknown_resources(
            topics.values(), known.resources, links.Guess(known.resources) if guess else links.no_guess
        )
    declared = [name for name, area in curriculum.areas.items() if area.place != NOWHERE]
    yield from links.clashes(topics.values(), tracks, declared, known.rank)
    yield from links.cycles(topics, renamed, known.rank)


def is_living(curriculum: Curriculum, known: Known) -> Callable[[str], bool]:
    """Whether a name is the id of something that a topic cannot have been called before."""
    topics = curriculum.topics if known.topics is None else known.topics
    return lambda name: name in topics or name in curriculum.areas or name in curriculum.tracks


def advice(curriculum: Curriculum, builtin: Callable[[Place], bool]) -> Iterator[Problem]:
    """What could be better: criteria for cards, redundant edges, and what a built-in file lacks."""
    topics = curriculum.topics
    for topic in topics.values():
        yield from topic_checks.advice(topic)
        if builtin(topic.place):
            yield from builtin_checks.topic_lacks(topic)
            if curriculum.areas[topic.area].place == NOWHERE:
                yield builtin_checks.area_untold(topic)
    for track in curriculum.tracks.values():
        if builtin(track.place):
            yield from builtin_checks.track_lacks(track)
    for area in curriculum.areas.values():
        if builtin(area.place):
            yield from builtin_checks.area_lacks(area)
    for resource in curriculum.resources.values():
        if builtin(resource.place):
            yield from builtin_checks.resource_lacks(resource)
    yield from links.repeated(topics.values())
    yield from links.repeated_notes(topics.values())
    yield from links.redundant_edges(topics)
    yield from alike({card.note: card for card in curriculum.cards()})


def alike(cards: Mapping[str, Card]) -> Iterator[Problem]:
    """C6: no two cards of the whole bank ask nearly the same."""
    prompts = ((name, text.cloze_back(card.cloze) if card.cloze else card.q) for name, card in cards.items())
    said = ((name, prompt) for name, prompt in prompts if not criteria.is_placeholder(prompt))
    for first, second in criteria.alike(said):
        card = cards[second]
        place = place_of(card, "cloze" if card.cloze else "q")
        what = f"asks nearly the same as {first}"
        yield Problem(place, Level.WARNING, what, "make them differ in what they ask, or keep one", "C6")
