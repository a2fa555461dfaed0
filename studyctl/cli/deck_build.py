"""What `deck build` decides before it writes: the topics, their notes, and the times of change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studyctl.adapters import deck_files, ledger, package, whole_file
from studyctl.adapters.card_html import CardHtml
from studyctl.adapters.pictures import Pictures
from studyctl.cli.deck_progress import in_order_of_the_plan, progress_of
from studyctl.cli.names import resolve
from studyctl.cli.places import data_folder
from studyctl.cli.progress import progress
from studyctl.cli.workspace import Workspace
from studyctl.core.carried import Progress
from studyctl.core.curriculum import Topic
from studyctl.core.events import Fact
from studyctl.core.notes import NOTE_TYPES, Look, Note, notes
from studyctl.core.problems import StudyctlError
from studyctl.core.recipes import Choice, choices
from studyctl.core.stamps import written
from studyctl.core.ticks import Tick, ticking

EVERYTHING = "everything"


@dataclass(frozen=True, slots=True)
class Build:
    """What goes into a package.

    `times` says when each note and note type last changed, in seconds since 1970; `facts` what
    has to be recorded of that; `locked` counts the cards that are left out.
    """

    notes: Sequence[Note]
    looks: Mapping[str, Look]
    media: Mapping[str, Path]
    times: Mapping[str, int]
    facts: Sequence[Fact]
    locked: int
    progress: Progress | None = None

    @property
    def decks(self) -> int:
        """How many decks the notes lie in."""
        return len({note.deck for note in self.notes})

    @property
    def cards(self) -> int:
        """How many cards the notes make."""
        return sum(len(note.ords) for note in self.notes)

    def document(self, path: Path) -> dict[str, object]:
        """The build as scripts read it."""
        return {
            "path": str(path),
            "decks": self.decks,
            "notes": len(self.notes),
            "cards": self.cards,
            "with_progress": len(self.progress.cards) if self.progress is not None else 0,
            "left_out": {"locked": self.locked},
        }


def choices_of(work: Workspace) -> dict[str, Choice]:
    """All that a deck can be made of."""
    own = deck_files.recipes(data_folder("decks")).values()
    return choices(own, work.catalog.tracks(), work.catalog.areas(), work.outline.lines)


def chosen(work: Workspace, names: Sequence[str]) -> list[Choice]:
    """What the names on the command line mean, each once; everything if there is none."""
    known = choices_of(work)
    aliases = work.catalog.topic_aliases()
    kind = "recipe, track, area or topic"
    ids = [resolve(kind, name, known, aliases, "studyctl deck list") for name in names or (EVERYTHING,)]
    return [known[name] for name in dict.fromkeys(ids)]


def card_counts(work: Workspace, wanted: Sequence[Choice]) -> Mapping[str, int]:
    """How many cards of each topic are taken by one choice or more."""
    topics = frozenset[str]().union(*(one.topics for one in wanted))
    if all(one.notes is None for one in wanted):
        counts = work.catalog.card_counts()
        return {topic: counts[topic] for topic in topics}
    told = dict.fromkeys(topics, 0)
    for card in work.catalog.cards():
        topic = card.note.split("/")[0]
        if any(topic in one.topics and one.takes(card.note) for one in wanted):
            told[topic] += 1
    return told


def build(
    work: Workspace, wanted: Sequence[Choice], *, with_locked: bool, with_progress: bool = False
) -> Build:
    """Decide what goes into a package; an error if nothing does."""
    topics = frozenset[str]().union(*(one.topics for one in wanted))
    learner = work.learner()
    available = {topic for topic in topics if with_locked or learner.available(topic)}
    counts = card_counts(work, wanted)
    locked = sum(counts[topic] for topic in topics - available)
    media: dict[str, Path] = {}
    with progress(work, "Setting the cards") as tick:
        made: Sequence[Note] = list(_notes(work, wanted, available, media, tick))
    if not made:
        raise _nothing(work, wanted, locked)
    if with_progress:
        made = in_order_of_the_plan(work, made)
    looks = deck_files.looks(data_folder("decks"))
    hashes = {note.id: note.hash for note in made}
    hashes |= {NOTE_TYPES[kind].name: look.hash for kind, look in looks.items()}
    stamps = ledger.read(data_folder("decks") / "ledger")
    times, facts = written(hashes, stamps, work.history.events(), work.now.ms)
    carried = progress_of(work, made, available) if with_progress else None
    shifts = carried.shifts if carried is not None else []
    return Build(made, looks, media, times, [*facts, *shifts], locked, carried)


def _notes(
    work: Workspace, wanted: Sequence[Choice], topics: set[str], media: dict[str, Path], tick: Tick
) -> Iterator[Note]:
    """The notes of these topics that are wanted; the files that they show are added to `media`."""
    areas, resources = work.catalog.areas(), work.catalog.resources()
    positions: dict[str, int] = {}
    for card in work.catalog.cards():
        positions.setdefault(card.note, card.position)
    for whole in ticking(_topics(work, topics), len(topics), tick):
        takers = [one for one in wanted if whole.id in one.topics]
        topic = replace(
            whole, cards=tuple(card for card in whole.cards if any(one.takes(card.note) for one in takers))
        )
        pictures = Pictures([root / "topics" / topic.area / "media" for root in work.roots])
        yield from notes(topic, areas, resources, positions, CardHtml(pictures))
        media |= pictures.files


def _topics(work: Workspace, names: set[str]) -> Iterator[Topic]:
    if len(names) > len(work.outline.lines) // 4:  # then it is faster to read them all in one go
        yield from (topic for topic in work.catalog.topics() if topic.id in names)
    else:
        yield from map(work.catalog.topic, sorted(names))


def _nothing(work: Workspace, wanted: Sequence[Choice], locked: int) -> StudyctlError:
    names = " ".join(one.id for one in wanted)
    if not locked:
        return StudyctlError(f"nothing to build: {names} has no cards of ours", "studyctl deck list")
    cards = f"{locked} cards, all of topics" if locked > 1 else "one card, of a topic"
    what = f"nothing to build: {names} has {cards} that you have not learnt yet"
    if names != EVERYTHING or not any(work.catalog.tracks()):
        return StudyctlError(what, f"studyctl deck build {names} --all")
    return StudyctlError(f"{what}; studyctl deck list has tracks", "studyctl deck build TRACK --all")


def write(work: Workspace, made: Build, path: Path) -> None:
    """Record what is new about the times of change, then write the package."""
    if made.facts:
        work.record(made.facts)
    data = package.package(made.notes, made.looks, made.times, made.media, made.progress)
    try:
        whole_file.write(path, data)
    except OSError as error:
        raise StudyctlError(f"{path} cannot be written: {error.strerror}", "-o FILE.apkg") from error
