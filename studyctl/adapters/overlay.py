"""An own version of a card: a patch file in the learner's curriculum, made ready for an editor.

The patch names the topic and the card, and holds the text as it is now. A file that is there
already is only added to, as text, so that its comments stay.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

from studyctl.adapters import whole_file
from studyctl.core.curriculum import Card

HEAD = (
    "# Your own wording; what is not named here stays as it is. studyctl check tells whether it is right.\n"
)


def write_patch(folder: Path, area: str, topic: str, card: Card) -> Path:
    """The patch file of a topic below `folder`, with the card in it; OSError if it cannot be written."""
    path = folder / "topics" / area / f"{topic}.yaml"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        whole_file.write(path, f"{HEAD}patch: true\ncards:\n{_entry(card)}".encode())
        return path
    text = path.read_text(encoding="utf-8")
    if not re.search(rf"\bid:\s*['\"]?{re.escape(card.id)}['\"]?\s*(?:[,}}]|$)", text, re.M):
        added = _added(text, card)
        if added is not None:
            whole_file.write(path, added.encode())
    return path


def _added(text: str, card: Card) -> str | None:
    """The file with the card at its end; None where that would not be its list of cards."""
    keys = re.findall(r"^([A-Za-z_]+):", text, re.M)
    end = text if text.endswith("\n") else f"{text}\n"
    if "cards" not in keys:
        return f"{end}cards:\n{_entry(card)}"
    if keys[-1] == "cards" and re.search(r"^cards:\s*(?:#.*)?$", text, re.M):
        return end + _entry(card)
    return None


def _entry(card: Card) -> str:
    """The card as an entry of a list, two columns in."""
    told = {"id": card.id, "q": card.q, "a": card.a, "cloze": card.cloze, "extra": card.extra}
    filled = {key: value for key, value in told.items() if value}
    text = yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=100)
    first, *rest = text.splitlines()
    return "".join(
        f"{line}\n" for line in [f"  - {first}", *(f"    {line}" if line else "" for line in rest)]
    )
