"""Which topics and tracks are somebody's own, and which come as they are from one folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path


def own(db: sqlite3.Connection, roots: Sequence[Path], kind: str, builtin: Path) -> set[str]:
    """The ids of a kind (`topic`, `track`) to which a folder other than `builtin` adds anything.

    `db` is a cache that a `Catalog` over `roots` has brought up to date.
    """
    told = db.execute("SELECT root, id FROM source WHERE kind = ?", (kind,)).fetchall()
    return {name for root, name in told if roots[root] != builtin}
