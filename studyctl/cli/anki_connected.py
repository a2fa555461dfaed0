"""The running Anki, as the verbs meet it: options, the connection, and what it holds of ours."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from studyctl.cli.options import Number
from studyctl.cli.workspace import Workspace
from studyctl.core.notes import Note
from studyctl.core.there import There

if TYPE_CHECKING:
    from studyctl.adapters.anki_connect import Connect

ADDRESS = "http://127.0.0.1:8765"

url_option = click.option("--url", metavar="URL", help=f"Where AnkiConnect listens; {ADDRESS} if not given.")
timeout_option = click.option(
    "--timeout",
    type=Number(0.1, 3600),
    default=30,
    metavar="SECONDS",
    help="How long to wait for each answer of Anki.",
)
deck_option = click.option(
    "--deck", "decks", multiple=True, metavar="NAME", help="Read this deck of Anki as well; repeatable."
)


class Line(NamedTuple):
    """The running Anki; `folder` is one where both it and we can write, as long as the line is open."""

    connect: Connect
    folder: Path
    read: Callable[[], There]


@contextmanager
def connected(work: Workspace, url: str | None, timeout: float, decks: Sequence[str] = ()) -> Iterator[Line]:
    """Reach the running Anki, which has then given permission."""
    from studyctl.adapters import anki_there  # noqa: PLC0415 (loads zstandard)
    from studyctl.adapters.anki_connect import Connect  # noqa: PLC0415

    connect = Connect(url or ADDRESS, work.environ.get("STUDYCTL_ANKI_KEY", ""), timeout)
    connect.greet()
    guid = _guids(work)
    with anki_there.shared_folder(work.places.cache.parent) as folder:
        yield Line(connect, folder, lambda: anki_there.read(connect, folder, guid, decks))


def _guids(work: Workspace) -> Callable[[int, str], str]:
    """Tells the guid of a note that is in no export: by the number that our packages give it, or its id."""
    kept: dict[str, Any] = {}

    def guid(number: int, name: str) -> str:
        if not kept:
            from studyctl.adapters.package import stable_id  # noqa: PLC0415 (loads genanki)

            lines = list(work.catalog.cards())
            kept["numbers"] = {stable_id(f"note/{line.guid}"): line.guid for line in lines}
            kept["names"] = {line.note: line.guid for line in lines}
        told: str = kept["numbers"].get(number) or kept["names"].get(name, "")
        return told

    return guid


def origins_of(work: Workspace, notes: Sequence[Note]) -> dict[str, str]:
    """The curriculum folder that each note comes from, as `origin_name` has them; empty if that is not known."""
    cards = [
        f"{note.id}.c{note.ords[0] + 1}" if note.kind == "cloze" else note.id for note in notes if note.ords
    ]
    told = {note.id: "" for note in notes}
    for face in work.catalog.faces(cards).values():
        parents = Path(face.place.file).parents
        told[face.note] = next(
            (origin_name(work, root) for root in reversed(work.roots) if root in parents), ""
        )
    return told


def origin_name(work: Workspace, root: Path) -> str:
    """How the journal names a curriculum folder, wherever it lies."""
    if root == (work.home / "curriculum").resolve():
        return "own"
    if work.options.builtin and root == work.roots[0]:
        return "builtin"
    return hashlib.sha256(str(root).encode(errors="surrogatepass")).hexdigest()[:16]
