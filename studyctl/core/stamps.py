"""When a note last changed: the modification times that Anki compares.

Anki takes the text of a note from a package only if the package's note is newer than its own,
and then replaces its tags as well. So a note must carry the time at which its content last
changed, not the time of the build: else every build would overwrite what the learner has
edited. A *stamp* says that at some time the content had some hash. Stamps come from the ledger
that is shipped with the curriculum, and from the `written` events of the learner's journal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from studyctl.core.events import Event, Fact, fact

SECOND = 1000  # milliseconds


class Stamp(NamedTuple):
    """At the time `at`, in ms since 1970, the content had this hash."""

    at: int
    hash: str


def stamps(
    ledger: Mapping[str, Stamp], events: Iterable[Event], names: Iterable[str]
) -> dict[str, list[Stamp]]:
    """All stamps of each name, in the order of time."""
    told = {name: [ledger[name]] if name in ledger else [] for name in names}
    for event in events:
        name, digest = event.facts.get("note"), event.facts.get("hash")
        if event.do == "written" and isinstance(name, str) and isinstance(digest, str) and name in told:
            told[name].append(Stamp(event.at, digest))
    for line in told.values():
        line.sort()
    return told


def since(line: list[Stamp], digest: str) -> int | None:
    """Since when the content has this hash, in ms; None if the last stamp tells another hash.

    Two devices may have stamped the same content one after the other; the first one counts.
    """
    told = None
    for stamp in reversed(line):
        if stamp.hash != digest:
            break
        told = stamp.at
    return told


def written(
    hashes: Mapping[str, str], ledger: Mapping[str, Stamp], events: Iterable[Event], now: int
) -> tuple[dict[str, int], list[Fact]]:
    """The time of each name's content in seconds since 1970, and the facts that are new.

    `hashes` are the hashes now. Content that no stamp tells of is stamped now, and always
    after what it replaces, even if the clock has gone backwards.
    """
    times: dict[str, int] = {}
    facts: list[Fact] = []
    for name, line in stamps(ledger, events, hashes).items():
        at = since(line, hashes[name])
        if at is None:
            at = max(now, line[-1].at + SECOND) if line else now
            facts.append(fact("written", at, note=name, hash=hashes[name]))
        times[name] = at // SECOND
    return times, facts
