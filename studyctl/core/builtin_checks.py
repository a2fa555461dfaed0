"""What is asked of the built-in curriculum, and of nobody else's: every part that helps a learner.

A finding is a warning, and the built-in curriculum has none.
"""

from __future__ import annotations

from collections.abc import Iterator

from studyctl.core.curriculum import Area, Resource, Topic, Track, place_of
from studyctl.core.problems import Level, Place, Problem

QUESTIONS = range(3, 9)  # of an exit test
CARDS = range(4, 13)  # of a concept


def topic_lacks(topic: Topic) -> Iterator[Problem]:
    """What a built-in topic lacks."""
    for need in topic.requires:
        if not need.why:
            yield _lack(need.place, f"requires {need.topic} without a why", "say what of it is needed here")
    yield from _objectives(topic)
    cores = [one for one in topic.resources if one.role == "core"]
    if len(cores) != 1:
        place = place_of(topic, "resources")
        yield _lack(
            place, f"the topic has {_count(len(cores), 'core resource')}", "name exactly one with role: core"
        )
    for one in topic.resources:
        if not one.where:
            yield _lack(one.place, f"cites {one.ref} without a where", "name the chapter or section")
        if not one.role:
            yield _lack(one.place, f"cites {one.ref} without a role", "say whether it is core or extra")
    if topic.kind == "project":
        if topic.project is None:
            yield _lack(topic.place, "the project has no deliverable and pass mark", "add project:")
    else:
        yield from _exit_test(topic)
    if topic.kind == "concept" and len(topic.cards) not in CARDS:
        what = f"the concept has {_count(len(topic.cards), 'card')}"
        yield _lack(place_of(topic, "cards"), what, f"{CARDS[0]} to {CARDS[-1]} are worth having")
    for card in topic.cards:
        if card.source is None or not card.source.where:
            yield _lack(card.place, f"the card {card.id} has no source", "add source: {ref: …, where: …}")


def _objectives(topic: Topic) -> Iterator[Problem]:
    if not topic.objectives:
        yield _lack(topic.place, "the topic has no objectives", "say what one can do at its end")
    kept = {card.objective for card in topic.cards}
    for objective in topic.objectives:
        if objective.id not in kept and (topic.kind != "project" or topic.cards):
            yield _lack(objective.place, f"no card keeps the objective {objective.id}", "write one")


def _exit_test(topic: Topic) -> Iterator[Problem]:
    if len(topic.exit_test) not in QUESTIONS:
        what = f"the exit test has {_count(len(topic.exit_test), 'question')}"
        yield _lack(
            place_of(topic, "exit_test"),
            what,
            f"{QUESTIONS[0]} to {QUESTIONS[-1]} tell whether one can go on",
        )
    for question in topic.exit_test:
        if not question.objective:
            yield _lack(
                question.place, "a question of the exit test has no objective", "name the one it tests"
            )


def track_lacks(track: Track) -> Iterator[Problem]:
    """What a built-in track lacks."""
    for key in ("summary", "for_whom"):
        if not getattr(track, key):
            yield _lack(track.place, f"the track has no {key}", f"add {key}:")
    if not track.topics:
        yield _lack(track.place, "the track has no topics", "add sections:")


def area_lacks(area: Area) -> Iterator[Problem]:
    """What a built-in area lacks."""
    if not area.colour:
        yield _lack(area.place, f"the area {area.id} has no colour", "add colour: '#rrggbb'")


def area_untold(topic: Topic) -> Problem:
    """What to say of a topic in an area that is only a folder."""
    return _lack(
        topic.place, f"the area {topic.area} stands in no areas.yaml", "give it a title, a colour and a deck"
    )


def resource_lacks(resource: Resource) -> Iterator[Problem]:
    """What a built-in resource lacks."""
    for key in ("authors", "kind", "access"):
        if not getattr(resource, key):
            yield _lack(resource.place, f"the resource {resource.key} has no {key}", f"add {key}:")


def _lack(place: Place, what: str, fix: str) -> Problem:
    return Problem(place, Level.WARNING, what, fix, "built-in")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
