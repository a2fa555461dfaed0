"""What must agree between the files of a curriculum: ids, prerequisites, earlier ids.

These checks need the relations of all topics but none of their texts, so the cache runs them
on light rows whenever a relation has changed. An id counts as known when any file tells of it,
be that file faulty or not: one broken file does not make errors of all that lean on it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from studyctl.core import graph, renames
from studyctl.core.curriculum import Topic, Track, place_of
from studyctl.core.problems import Level, Place, Problem, did_you_mean, nearest, quoted

RECIPES = frozenset({"everything", "lifeline"})  # recipes of decks/, which share the ids' namespace
SHOWN = 8  # edges of a circle that are named
GUESSES = 200  # names in one run that are looked for among their neighbours


def no_guess(name: str) -> str:  # noqa: ARG001
    """For who only wants to know which files have errors."""
    return ""


@dataclass(slots=True)
class Guess:
    """``; did you mean …?`` for names that are not known; the search is not free, so it is bounded."""

    known: Collection[str]
    _told: dict[str, str] = field(default_factory=dict)

    def __call__(self, name: str) -> str:
        """The guess for one name, or nothing."""
        if name not in self._told and len(self._told) < GUESSES:
            self._told[name] = did_you_mean(nearest(name, self.known))
        return self._told.get(name, "")


def unknown_topics(
    topics: Iterable[Topic],
    tracks: Iterable[Track],
    known: Collection[str] | None,
    renamed: Mapping[str, str],
    guess: Callable[[str], str],
) -> Iterator[Problem]:
    """Every topic id that is named must exist, as far as that is `known`; no topic needs itself."""

    def judge(owner: str, verb: str, name: str, place: Place) -> Iterator[Problem]:
        if name == owner:
            yield Problem(place, Level.ERROR, f"{owner!r} {verb} itself", "take it out", "self-edge")
        elif known is not None and name not in known:
            now = renamed.get(name)
            if now:
                what = f"{verb} {quoted(name)}, which is now called {now!r}"
                yield Problem(place, Level.WARNING, what, f"write {now}", "renamed")
            else:
                yield Problem(
                    place,
                    Level.ERROR,
                    f"{verb} {quoted(name)}{guess(name) or ', which no curriculum has'}",
                    "",
                    "unknown-topic",
                )

    for topic in topics:
        for verb, name, place in relations(topic):
            yield from judge(topic.id, verb, name, place)
    for track in tracks:
        for number, section in enumerate(track.sections):
            for key, names in (("topics", section.topics), ("optional", section.optional)):
                for at, name in enumerate(names):
                    place = place_of(track, f"sections.{number}.{key}.{at}")
                    yield from judge("", "names", name, place)


def relations(topic: Topic) -> Iterator[tuple[str, str, Place]]:
    """Every topic that `topic` names: the relation, the id, and where it stands."""
    for need in topic.requires:
        yield "requires", need.topic, need.place
    for number, name in enumerate(topic.helps):
        yield "is helped by", name, place_of(topic, f"helps.{number}")
    for number, names in enumerate(topic.any_of):
        for at, name in enumerate(names):
            yield "accepts", name, place_of(topic, f"any_of.{number}.{at}")
    for name in topic.practises:
        yield "practises", name, place_of(topic, f"practises.{name}")


def unknown_resources(
    topics: Iterable[Topic], known: Collection[str], guess: Callable[[str], str]
) -> Iterator[Problem]:
    """Every resource that is cited must exist."""
    for topic in topics:
        sources = (card.source for card in topic.cards if card.source)
        for citation in (*topic.resources, *sources):
            if citation.ref not in known:
                what = f"cites {quoted(citation.ref)}{guess(citation.ref) or ', which no resources.yaml has'}"
                yield Problem(citation.place, Level.ERROR, what, "", "unknown-resource")


def clashes(
    topics: Collection[Topic],
    tracks: Iterable[Track],
    areas: Collection[str],
    rank: Callable[[str], int],
    recipes: Collection[str] = RECIPES,
) -> Iterator[Problem]:
    """Areas, topics, tracks and recipes share one namespace; what a later folder adds gives way."""
    taken = dict.fromkeys(areas, "an area") | dict.fromkeys(recipes, "a recipe of decks")
    claims = [("an area", topic.area, topic.place) for topic in topics]
    claims += [("a topic", topic.id, topic.place) for topic in topics]
    claims += [("a track", track.id, track.place) for track in tracks]
    for kind, name, place in sorted(claims, key=lambda claim: rank(claim[2].file)):
        holder = taken.setdefault(name, kind)
        if holder != kind:
            what = f"{name!r} is the id of {holder}, and of {kind}"
            yield Problem(place, Level.ERROR, what, f"give {kind} another name", "duplicate-id")


def cycles(
    topics: Mapping[str, Topic], renamed: Mapping[str, str], rank: Callable[[str], int]
) -> Iterator[Problem]:
    """No topic needs itself by way of others; the edge to cut is the one that would be missed least.

    That is one of the latest folder, then the one that exercises its prerequisite least, then the
    one on whose topic the fewest others stand.
    """
    names = list(topics)
    number = {name: at for at, name in enumerate(names)}
    needs: list[list[int]] = []
    places: list[dict[int, Place]] = []
    dependents = [0] * len(names)
    for at, topic in enumerate(topics.values()):
        told: dict[int, Place] = {}
        for verb, name, place in relations(topic):
            need = number.get(name, number.get(renamed.get(name, "")))
            if verb in ("requires", "accepts") and need is not None and need != at:
                told.setdefault(need, place)
        needs.append(list(told))
        places.append(told)
        for need in told:
            dependents[need] += 1

    def cost(at: int, need: int) -> tuple[int, float, int, str]:
        weight = topics[names[at]].weights.get(names[need], 0.0)
        return -rank(places[at][need].file), weight, dependents[at], names[at]

    for circle in graph.circles(needs, cost):
        at, need = circle.cut
        edges = [f"{names[one]} requires {names[other]}" for one, other in circle.edges]
        if len(edges) > SHOWN:
            edges[SHOWN - 1 : -1] = [f"… ({len(edges) - SHOWN} more)"]
        what = f"a circle of prerequisites: {', '.join(edges)}"
        fix = f"cut {names[at]} requires {names[need]}"
        yield Problem(places[at][need], Level.ERROR, what, fix, "cycle")


def redundant_edges(topics: Mapping[str, Topic]) -> Iterator[Problem]:
    """A prerequisite that another prerequisite needs anyway need not be named."""
    names = list(topics)
    number = {name: at for at, name in enumerate(names)}
    needs = [
        [number[need.topic] for need in topic.requires if need.topic in number and need.topic != topic.id]
        for topic in topics.values()
    ]
    for at, needed in graph.redundant(needs):
        topic = topics[names[at]]
        need = next(need for need in topic.requires if need.topic == names[needed])
        what = f"requires {quoted(need.topic)}, which its other prerequisites need anyway"
        fix = f"leave it out, and keep its weight as practises: {{{need.topic}: {need.practises:g}}}"
        yield Problem(
            need.place, Level.HINT, what, fix if need.practises else "leave it out", "redundant-edge"
        )


def repeated(topics: Iterable[Topic]) -> Iterator[Problem]:
    """A relation that is told twice."""
    for topic in topics:
        seen: set[tuple[str, str]] = set()
        for verb, name, place in relations(topic):
            if (verb, name) in seen and verb != "accepts":
                yield Problem(
                    place, Level.WARNING, f"{verb} {quoted(name)} twice", "keep one of them", "repeated"
                )
            seen.add((verb, name))


def repeated_notes(topics: Iterable[Topic]) -> Iterator[Problem]:
    """A note that `import` wrote stands for one template of one note, and nothing else does."""
    seen: dict[tuple[str, int | None], str] = {}
    for topic in topics:
        for card in topic.cards:
            if card.guid:
                first = seen.setdefault((card.guid, card.ord), card.note)
                if first != card.note:
                    what = f"has the guid and ord of {first}"
                    yield Problem(place_of(card, "guid"), Level.WARNING, what, "keep one of them", "repeated")


def voids(
    topics: Mapping[str, Topic], is_taken: Callable[[str], bool], is_note: Callable[[str], bool]
) -> Iterator[renames.Void]:
    """The claims of `was:` that have no effect, of topics and of cards."""
    yield from renames.void(renames.topic_claims(topics.values()), is_taken)
    yield from renames.void(renames.card_claims(topics.values()), is_note)
