"""Writes the pages of the manual that are made, not written: `python -m tests.pages`.

`docs/curriculum.md` is made of the built-in curriculum, `docs/manual.md` of the help of every command.
"""

from __future__ import annotations

from pathlib import Path

from .curriculum_page import curriculum_page
from .manual_page import manual_page

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"curriculum.md": curriculum_page, "manual.md": manual_page}


def main() -> None:
    """Write the pages that are not up to date."""
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
