"""An AnkiConnect of our own: a server on this machine in front of a desk, which behaves as measured.

A *desk* is what answers the actions: here `Desk`, a small collection in SQLite; in tests/real the
collection of the real Anki. The server speaks the add-on's interface, version 6, and can fail on
request in every way in which a program on the other side of a socket can.
"""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Fault = str | bytes | int  # "silent", "unheard", "lost", "half", "endless"; a body; an HTTP status
OUR_TYPES = (1_730_419_200_101, 1_730_419_200_102, 1_730_419_200_103)


class AnkiConnect:
    """The add-on; `faults` gives the fault of a request by its action, `asked` all that were made."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.key: str | None = None
        self.permission = "granted"
        self.version = 6
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.faults: Callable[[str], Fault | None] = lambda _: None
        self.over = threading.Event()
        self.url = ""
        self.lock = threading.Lock()

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        name, params = request["action"], request.get("params", {})
        self.asked.append((name, params))
        if name == "requestPermission":
            granted = {"requireApikey": self.key is not None, "version": self.version}
            told = {"permission": self.permission} | (granted if self.permission == "granted" else {})
            return {"result": told, "error": None}
        if request.get("key") != self.key:
            return {"result": None, "error": "valid api key must be provided"}
        try:
            if name == "multi":
                return {"result": [self.answer(one) for one in params["actions"]], "error": None}
            return {"result": getattr(self.desk, name)(**params), "error": None}
        except Exception as error:
            return {"result": None, "error": str(error)}

    def did(self, *names: str) -> list[dict[str, Any]]:
        """The parameters of all requests for these actions."""
        return [params for name, params in self.asked if name in names]


@contextmanager
def served(desk: Any) -> Iterator[AnkiConnect]:
    """AnkiConnect in front of a desk, on a free port of this machine."""
    connect = AnkiConnect(desk)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fault = connect.faults(request["action"])
            if fault == "silent":
                connect.over.wait()
            elif isinstance(fault, int):
                self.send_response(fault)
                self.send_header("Location", connect.url)
                self.end_headers()
            elif isinstance(fault, bytes):
                self._send(fault)
            elif fault != "unheard":
                with connect.lock:
                    body = json.dumps(connect.answer(request)).encode()
                if fault == "half":
                    self._send(body[: len(body) // 2], len(body))
                elif fault == "endless":
                    self._send(body, 10**9)
                    connect.over.wait()
                elif fault != "lost":
                    self._send(body)

        def _send(self, body: bytes, length: int | None = None) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body) if length is None else length))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    connect.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield connect
    finally:
        connect.over.set()
        server.shutdown()
        server.server_close()


class Desk:
    """A collection that answers the actions of AnkiConnect; `clock` is its time in seconds."""

    def __init__(self, clock: int) -> None:
        import genanki

        self.db = sqlite3.connect(":memory:", check_same_thread=False)
        genanki.Package([]).write_to_db(self.db.cursor(), 0, iter(()))
        created = clock - clock % 86_400 - 400 * 86_400 + 4 * 3600
        self.db.execute("UPDATE col SET crt = ?, models = '{}', conf = ?", (created, '{"creationOffset": 0}'))
        self.clock = clock
        self.media: dict[str, bytes] = {}
        self.synced = 0
        self.opened = True

    # what a person does in Anki

    def note(self, guid: str) -> dict[str, Any]:
        """A note: its number, fields by name, and tags."""
        number, kind, fields, tags = self.db.execute(
            "SELECT id, mid, flds, tags FROM notes WHERE guid = ?", (guid,)
        ).fetchone()
        names = [one["name"] for one in self._json("models")[str(kind)]["flds"]]
        return {
            "id": number,
            "fields": dict(zip(names, fields.split("\x1f"), strict=True)),
            "tags": tags.split(),
        }

    def edit(self, guid: str, tags: tuple[str, ...] = (), **fields: str) -> None:
        note = self.note(guid)
        self.updateNoteFields({"id": note["id"], "fields": fields})
        if tags:
            self.addTags([note["id"]], " ".join(tags))

    def rows(self, guid: str, ord_: int = 0) -> list[tuple[int, ...]]:
        sql = "SELECT r.* FROM revlog r JOIN cards c ON c.id = r.cid JOIN notes n ON n.id = c.nid"
        return self.db.execute(f"{sql} WHERE n.guid = ? AND c.ord = ? ORDER BY r.id", (guid, ord_)).fetchall()

    def card(self, guid: str, ord_: int = 0) -> dict[str, Any]:
        cursor = self.db.execute(
            "SELECT c.* FROM cards c JOIN notes n ON n.id = c.nid WHERE n.guid = ? AND c.ord = ?",
            (guid, ord_),
        )
        (row,) = cursor.fetchall()
        return {name: value for (name, *_), value in zip(cursor.description, row, strict=True)}

    def count(self, table: str) -> int:
        return int(self.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    # the actions, as measured

    def findCards(self, query: str) -> list[int]:
        assert "note:studyctl" in query
        return [number for (number,) in self.db.execute("SELECT id FROM cards ORDER BY id")]

    def getDecks(self, cards: list[int]) -> dict[str, list[int]]:
        names = {int(number): deck["name"] for number, deck in self._json("decks").items()}
        told: dict[str, list[int]] = {}
        for card in cards:
            (deck,) = self.db.execute("SELECT did FROM cards WHERE id = ?", (card,)).fetchone()
            told.setdefault(names[deck], []).append(card)
        return told

    def exportPackage(self, deck: str, path: str, includeSched: bool = False) -> bool:
        assert includeSched
        names = {int(number): one["name"] for number, one in self._json("decks").items()}
        wanted = [number for number, name in names.items() if f"{name}::".startswith(f"{deck}::")]
        if not wanted:
            return False
        out = sqlite3.connect(":memory:")
        out.deserialize(self.db.serialize())
        marks = ", ".join(map(str, wanted))
        out.execute(f"DELETE FROM cards WHERE did NOT IN ({marks}) OR odid <> 0")
        out.execute("DELETE FROM notes WHERE id NOT IN (SELECT nid FROM cards)")
        out.execute("DELETE FROM revlog WHERE cid NOT IN (SELECT id FROM cards)")
        out.commit()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("collection.anki21", out.serialize())
            archive.writestr("media", "{}")
        out.close()
        return True

    def importPackage(self, path: str) -> bool:
        with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as archive:
            there = sqlite3.connect(":memory:")
            there.deserialize(archive.read("collection.anki2"))
        for column in ("models", "decks"):
            told = self._json(column) | json.loads(there.execute(f"SELECT {column} FROM col").fetchone()[0])
            self.db.execute(f"UPDATE col SET {column} = ?", (json.dumps(told),))
        shift = (there.execute("SELECT crt FROM col").fetchone()[0] - self._created()) // 86_400
        for note in there.execute("SELECT * FROM notes").fetchall():
            has = self.db.execute("SELECT id, mod FROM notes WHERE guid = ?", (note[1],)).fetchone()
            if has is None:
                self.db.execute(f"INSERT INTO notes VALUES ({', '.join('?' * len(note))})", note)
                for card in there.execute("SELECT * FROM cards WHERE nid = ?", (note[0],)).fetchall():
                    new = list(card)
                    new[8] += shift if card[7] == 2 else 0
                    self.db.execute(f"INSERT INTO cards VALUES ({', '.join('?' * len(new))})", new)
                    for row in there.execute("SELECT * FROM revlog WHERE cid = ?", (card[0],)).fetchall():
                        self.db.execute("INSERT OR IGNORE INTO revlog VALUES (?,?,?,?,?,?,?,?,?)", row)
            elif note[3] > has[1]:
                self.db.execute(
                    "UPDATE notes SET flds = ?, tags = ?, mod = ? WHERE id = ?",
                    (note[6], note[5], note[3], has[0]),
                )
        return True

    def notesInfo(self, notes: list[int]) -> list[dict[str, Any]]:
        told = []
        for number in notes:
            guid, kind = self.db.execute("SELECT guid, mid FROM notes WHERE id = ?", (number,)).fetchone()
            note = self.note(guid)
            fields = {name: {"value": text, "order": 0} for name, text in note["fields"].items()}
            name = self._json("models")[str(kind)]["name"]
            told.append({"noteId": number, "tags": note["tags"], "fields": fields, "modelName": name})
        return told

    def cardsInfo(self, cards: list[int]) -> list[dict[str, Any]]:
        told = []
        for number in cards:
            sql = "SELECT id, nid, ord, type, queue, factor, mod FROM cards WHERE id = ?"
            row = self.db.execute(sql, (number,)).fetchone()
            told.append(
                dict(zip(("cardId", "note", "ord", "type", "queue", "factor", "mod"), row, strict=True))
            )
        return told

    def getReviewsOfCards(self, cards: list[int]) -> dict[str, list[dict[str, int]]]:
        names = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
        return {
            str(card): [
                dict(zip(names, row, strict=True))
                for row in self.db.execute(f"SELECT {', '.join(names)} FROM revlog WHERE cid = ?", (card,))
            ]
            for card in cards
        }

    def insertReviews(self, reviews: list[list[int]]) -> None:
        assert all(row[2] == -1 for row in reviews), "any other usn breaks sync"
        rows = ", ".join(f"({', '.join(map(str, row))})" for row in reviews)
        self.db.execute(f"INSERT INTO revlog VALUES {rows}")

    def setSpecificValueOfCard(
        self, card: int, keys: list[str], newValues: list[Any], warning_check: bool = False
    ) -> Any:
        if not warning_check:
            return False
        (data,) = self.db.execute("SELECT data FROM cards WHERE id = ?", (card,)).fetchone()
        kept = json.loads(data or "{}")
        for key, value in zip(keys, newValues, strict=True):
            if key in ("memory_state", "last_review_time", "desired_retention", "decay"):
                kept[key] = value
            else:
                self.db.execute(
                    f"UPDATE cards SET {key} = ?, mod = ? WHERE id = ?", (value, self.clock, card)
                )
        self.db.execute("UPDATE cards SET data = ? WHERE id = ?", (json.dumps(kept), card))
        return [True]

    def updateNoteFields(self, note: dict[str, Any]) -> None:
        guid, kind, told = self.db.execute(
            "SELECT guid, mid, flds FROM notes WHERE id = ?", (note["id"],)
        ).fetchone()
        names = [one["name"] for one in self._json("models")[str(kind)]["flds"]]
        fields = dict(zip(names, told.split("\x1f"), strict=True)) | note["fields"]
        text = "\x1f".join(fields[name] for name in names)
        self.db.execute("UPDATE notes SET flds = ?, mod = ? WHERE guid = ?", (text, self.clock, guid))

    def addTags(self, notes: list[int], tags: str, add: bool = True) -> None:
        for number in notes:
            (told,) = self.db.execute("SELECT tags FROM notes WHERE id = ?", (number,)).fetchone()
            kept = [tag for tag in told.split() if tag not in tags.split()] + (tags.split() if add else [])
            self.db.execute(
                "UPDATE notes SET tags = ?, mod = ? WHERE id = ?", (f" {' '.join(kept)} ", self.clock, number)
            )

    def removeTags(self, notes: list[int], tags: str) -> None:
        self.addTags(notes, tags, add=False)

    def suspend(self, cards: list[int]) -> bool:
        for card in cards:
            self.db.execute("UPDATE cards SET queue = -1, mod = ? WHERE id = ?", (self.clock, card))
        return True

    def unsuspend(self, cards: list[int]) -> bool:
        for card in cards:
            self.db.execute("UPDATE cards SET queue = type, mod = ? WHERE id = ?", (self.clock, card))
        return True

    def storeMediaFile(self, filename: str, data: str) -> str:
        self.media[filename] = base64.b64decode(data)
        return filename

    def sync(self) -> None:
        self.synced += 1

    def _created(self) -> int:
        return int(self.db.execute("SELECT crt FROM col").fetchone()[0])

    def _json(self, column: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.db.execute(f"SELECT {column} FROM col").fetchone()[0])
        return told
