"""What config.yaml says, kept in the cache until the file changes.

So a command that reads no other YAML does not have to load a YAML parser for its settings.
"""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = "CREATE TABLE config (stamp TEXT NOT NULL, told TEXT NOT NULL) STRICT;\n"


def read(path: Path, db: sqlite3.Connection) -> tuple[dict[str, Any], dict[str, str]]:
    """The values of config.yaml, dates as text, and the place of each; both empty without the file."""
    try:
        stat = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return {}, {}
    stamp = f"{path}:{stat.st_mtime_ns}:{stat.st_size}:{stat.st_ino}"
    kept = db.execute("SELECT told FROM config WHERE stamp = ?", (stamp,)).fetchone()
    if kept is None:
        from studyctl.adapters import config_file  # noqa: PLC0415 (loads yaml)

        values, places = config_file.read(path)
        told = json.dumps([plain(values), {key: str(place) for key, place in places.items()}], default=str)
        with db:
            db.execute("DELETE FROM config")
            db.execute("INSERT INTO config VALUES (?, ?)", (stamp, told))
        kept = (told,)
    values, shown = json.loads(kept[0])
    return values, shown


def plain(value: Any) -> Any:
    """A value as JSON takes it: every key is text, a date among them as well."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value
