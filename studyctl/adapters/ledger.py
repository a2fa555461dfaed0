"""The ledger: when each note of the built-in curriculum last changed.

One file for each area, `decks/ledger/<area>.tsv`, and one for the note types: a line for each
note with its id, the hash of its fields, and the time of the change. The maintainers' command
`studyctl deck ledger` keeps it; a file of its own for each area keeps changes apart in git.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from studyctl.core.problems import StudyctlError
from studyctl.core.stamps import SECOND, Stamp
from studyctl.core.time import from_iso, to_iso

NOTE_TYPES = "_note-types"  # no area can have this id
_HEAD = "note\thash\tchanged"


class LedgerError(StudyctlError):
    """A line of the ledger cannot be read."""


def read(folder: Path) -> dict[str, Stamp]:
    """The stamps of all notes and note types; empty where there is no ledger."""
    told: dict[str, Stamp] = {}
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], start=2):
            try:
                name, digest, changed = line.split("\t")
                told[name] = Stamp(from_iso(changed), digest)
            except ValueError as error:
                raise LedgerError(f"{path}:{number}: no line of a ledger", "studyctl deck ledger") from error
    return told


def brought_up_to_date(hashes: Mapping[str, str], ledger: Mapping[str, Stamp], now: int) -> dict[str, Stamp]:
    """The stamps that the ledger should hold: the old ones of what has not changed, `now` for the rest."""
    now -= now % SECOND
    return {
        name: ledger[name] if name in ledger and ledger[name].hash == digest else Stamp(now, digest)
        for name, digest in hashes.items()
    }


def area_of(name: str, areas: Mapping[str, str]) -> str:
    """The file in which a note stands; `areas` gives the area of each topic."""
    topic, _, card = name.partition("/")
    return areas[topic] if card else NOTE_TYPES


def files(stamps: Mapping[str, Stamp], areas: Mapping[str, str]) -> dict[str, str]:
    """The text of each file of the ledger, by its name without the suffix."""
    lines: dict[str, list[str]] = {}
    for name in sorted(stamps):
        at, digest = stamps[name]
        when = to_iso(at)[:19] + "Z"
        lines.setdefault(area_of(name, areas), []).append(f"{name}\t{digest}\t{when}")
    return {name: "\n".join((_HEAD, *rows)) + "\n" for name, rows in lines.items()}


def write(folder: Path, texts: Mapping[str, str]) -> Iterable[Path]:
    """Write the files that differ and remove those of areas that are gone; yields what was changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(folder.glob("*.tsv")):
        if path.stem not in texts:
            path.unlink()
            yield path
    for name, text in texts.items():
        path = folder / f"{name}.tsv"
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            yield path
