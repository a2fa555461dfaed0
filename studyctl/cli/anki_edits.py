"""`studyctl anki pull --edits`: what was corrected in Anki, as a patch for one's own curriculum.

The shipped files are never changed. A correction becomes an own version of the card, in
HOME/curriculum, where it can be changed again or taken back like any other.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studyctl.adapters import whole_file
from studyctl.adapters.overlay_texts import amended
from studyctl.cli import screen
from studyctl.cli.anki_connected import origins_of
from studyctl.cli.anki_corrected import Found, find
from studyctl.cli.workspace import Workspace
from studyctl.core.edits import Edit
from studyctl.core.problems import StudyctlError
from studyctl.core.there import There
from studyctl.core.three_way import agreement

KEYS = ("q", "a", "cloze", "extra")  # of a card's texts
SHOWN = 4  # names in one line


@dataclass(frozen=True, slots=True)
class Patch:
    """A file of the own curriculum as it is and as it would be; `after` is None if it cannot be changed as text."""

    path: Path
    before: str | None  # None: there is no such file
    after: str | None
    edits: list[Edit]


def edits_home(work: Workspace, there: There, *, apply: bool, as_json: bool) -> None:
    """Show the edits as a patch, and write them into the own curriculum if they are to be applied."""
    found = find(work, there)
    patches = [_patch(work, topic, edits) for topic, edits in sorted(found.edits.items())]
    done = _apply(work, found, patches) if apply else []
    if as_json:
        work.json(_document(work, found, patches) | {"applied": [str(one.path) for one in done]})
    elif apply:
        _tell(work, done)
    else:
        _show(work, patches)
    _left(work, found, patches)
    for patch in patches if apply else ():
        if patch.after is not None and patch not in done:
            work.note(f"{patch.path} is left as it was: with these texts it has an error, or no effect")


def _own(work: Workspace) -> Path:
    return (work.home / "curriculum").resolve()


def _patch(work: Workspace, topic: str, edits: list[Edit]) -> Patch:
    there = Path(work.catalog.topic(topic).place.file)
    if any(root in there.parents for root in work.roots[work.roots.index(_own(work)) + 1 :]):
        return Patch(there, "", None, edits)  # an own version would come before it, and have no effect
    folder = _own(work) / "topics"
    area = work.outline.lines[work.outline.number[topic]].area
    path = next(iter(sorted(folder.glob(f"*/{topic}.yaml"))), folder / area / f"{topic}.yaml")
    changes: dict[str, dict[str, str]] = defaultdict(dict)
    for edit in edits:
        changes[edit.note.partition("/")[2]][edit.key] = edit.after
    before = _text(path)
    after = amended((before or "").replace("\r\n", "\n"), changes)
    if after is not None and before is not None and "\r\n" in before:
        after = after.replace("\n", "\r\n")
    return Patch(path, before, after, edits)


def _text(path: Path) -> str | None:
    """A file with its line ends as they are; None if there is none."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise StudyctlError(f"{path} is not UTF-8 text", "studyctl check") from None


def _apply(work: Workspace, found: Found, patches: list[Patch]) -> list[Patch]:
    """Write the files; one that its curriculum would then refuse is put back. Those that have an effect."""
    first = not work.home.exists()
    written = [one for one in patches if one.after is not None]
    for one in written:
        one.path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.write(one.path, str(one.after).encode())
    if first and written:
        work.note(f"your own curriculum is kept in {_own(work)}")
    work.catalog.sync()
    told = [one for one in written if _counts(work, one)]
    for one in written:
        if one in told:
            continue
        if one.before is None:
            one.path.unlink()
        else:
            whole_file.write(one.path, one.before.encode())
    work.catalog.sync()
    noted = [found.agreed[name] for name in dict.fromkeys(edit.note for one in told for edit in one.edits)]
    origins = origins_of(work, [note for note, _ in noted])
    if noted:
        work.record([agreement(note, origins[note.id], fields) for note, fields in noted])
    return told


def _counts(work: Workspace, patch: Patch) -> bool:
    """Whether the curriculum says what the patch wants, now that its file is written."""
    if patch.path in {Path(name).resolve() for name in work.catalog.left_out()}:
        return False
    topic = work.catalog.topic(patch.edits[0].note.partition("/")[0])
    texts = {(card.note, key): getattr(card, key) for card in topic.cards for key in KEYS}
    return all(texts.get((edit.note, edit.key)) == edit.after for edit in patch.edits)


def _diff(work: Workspace, patch: Patch) -> Iterator[str]:
    """The patch of a file, as `patch -p1` takes it in the folder of the own curriculum."""
    name = patch.path.relative_to(_own(work)).as_posix()
    old, new = (text.splitlines(keepends=True) for text in (patch.before or "", patch.after or ""))
    before = f"a/{name}" if patch.before else "/dev/null"
    for line in difflib.unified_diff(old, new, before, f"b/{name}"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _show(work: Workspace, patches: list[Patch]) -> None:
    for patch in patches:
        if patch.after is not None:
            for line in _diff(work, patch):
                work.say(line)
    count = sum(len(patch.edits) for patch in patches if patch.after is not None)
    if count:
        work.note(f"{screen.count(count, 'text')} corrected in Anki; add --apply to take them over")
    else:
        work.note("no text was corrected in Anki")


def _tell(work: Workspace, done: list[Patch]) -> None:
    for patch in done:
        work.say(f"{screen.count(len(patch.edits), 'text')} written to {patch.path}")
    if not done:
        work.say("Nothing was written.")


def _document(work: Workspace, found: Found, patches: list[Patch]) -> dict[str, Any]:
    def told(edit: Edit) -> dict[str, str]:
        return {"note": edit.note, "key": edit.key, "before": edit.before, "after": edit.after}

    return {
        "edits": [told(edit) for patch in patches if patch.after is not None for edit in patch.edits],
        "unclear": [told(edit) for edit in [*found.unclear, *(edit for _, edit in _by_hand(patches))]],
        "conflicts": found.conflicts,
        "others": found.others,
        "foreign": found.foreign,
        "files": [
            {"path": str(patch.path), "patch": "\n".join(_diff(work, patch)) + "\n"}
            for patch in patches
            if patch.after is not None
        ],
    }


def _by_hand(patches: list[Patch]) -> list[tuple[Path, Edit]]:
    return [(patch.path, edit) for patch in patches if patch.after is None for edit in patch.edits]


def _left(work: Workspace, found: Found, patches: list[Patch]) -> None:
    """What is in no patch, on stderr."""
    for edit in found.unclear:
        work.note(
            f"{edit.note}, {edit.key}: no text of ours says this; edit it by hand: {screen.clean(edit.after)}"
        )
    for path, edit in _by_hand(patches):
        work.note(f"{edit.note}, {edit.key}: to be edited by hand in {path}: {screen.clean(edit.after)}")
    for names, what, hint in (
        (found.conflicts, "changed here, too", "; try: studyctl anki push"),
        (found.others, "of a kind that no card has", ""),
    ):
        if names:
            work.note(f"{screen.count(len(names), 'edit')} {what}: {_some(names)}{hint}")
    if found.foreign:
        count = screen.count(len(found.foreign), "note")
        work.note(f"{count} with another note type in Anki, not compared: {_some(found.foreign)}")


def _some(names: list[str]) -> str:
    return screen.clean(", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else ""))
