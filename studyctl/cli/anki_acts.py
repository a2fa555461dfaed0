"""Doing what a push decided, one kind of action after the other, and recording what is agreed then.

Whatever is done is recorded right away, so that a push which is broken off has said what it did.
"""

from __future__ import annotations

import base64
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from studyctl.adapters import package, whole_file
from studyctl.adapters.anki_connect import ConnectError, RefusedError
from studyctl.cli.anki_connected import Line, origins_of
from studyctl.cli.anki_gather import Gathered, facts_of
from studyctl.cli.deck_progress import in_order_of_the_plan, progress_of
from studyctl.cli.workspace import Workspace
from studyctl.core.carried import LogRow, Moments
from studyctl.core.events import Fact, fact
from studyctl.core.notes import NOTE_TYPES, Note
from studyctl.core.pull import NEVER_SUSPENDED, agreed, name_of
from studyctl.core.push import Push, Send, Switch, Update
from studyctl.core.there import LEFT, SUSPENDED, Key
from studyctl.core.three_way import agreement, filled
from studyctl.core.time import to_iso

Told = tuple[Note, Mapping[str, str], Mapping[str, str] | None]  # a note, what is agreed of it, what gave way

_PICTURE = re.compile(r"studyctl-[0-9a-f]+\.\w+")
_ROWS = 500  # answers in one request
_FOREVER = 1000  # milliseconds in a row that others may have


class Acts:
    """The doing of one push, whose events are one `batch`; `refused` are new notes that Anki did not take."""

    def __init__(self, work: Workspace, line: Line, got: Gathered, batch: str | None) -> None:
        self._work = work
        self._anki = line.connect
        self._line = line
        self._got = got
        self._batch = batch
        self.refused: list[str] = []

    def run(self, plan: Push, moments: Moments | None, *, sync: bool) -> None:
        """Do everything."""
        self._record(self._agree((note, fields, None) for note, fields in plan.agreeing))
        self._update(plan.updates)
        self._tag(plan)
        self._leave(plan)
        if plan.new:
            self._add(plan.new)
        if moments is not None and plan.sends:
            self._send(plan.sends, moments)
        self._switch(plan.switches)
        if sync:
            self._anki.call("sync")

    def _record(self, facts: Sequence[Fact]) -> None:
        if facts:
            self._batch = self._work.record(facts, self._batch)[0].batch

    def _agree(self, told: Iterable[Told]) -> list[Fact]:
        told = list(told)
        origins = origins_of(self._work, [note for note, _, _ in told])
        return [agreement(note, origins[note.id], fields, replaced) for note, fields, replaced in told]

    # texts and tags

    def _update(self, updates: Sequence[Update]) -> None:
        """Send texts. What gives way is recorded before: as agreed, so that it gives way for certain."""
        self._record(
            self._agree(
                (one.note, filled({**(one.agreement or {}), **one.replaced}), one.replaced)
                for one in updates
                if one.replaced
            )
        )
        for name, path in self._pictures(text for one in updates for text in one.fields.values()).items():
            data = base64.b64encode(path.read_bytes()).decode()
            self._anki.call("storeMediaFile", filename=name, data=data)
        asked = [{"note": {"id": one.number, "fields": dict(one.fields)}} for one in updates]
        self._anki.each("updateNoteFields", asked)
        self._record(
            self._agree((one.note, one.agreement, None) for one in updates if one.agreement is not None)
        )

    def _pictures(self, texts: Iterable[str]) -> dict[str, Path]:
        """The files that texts show, by their names in Anki."""
        media = self._got.build.media
        names = {name for text in texts for name in _PICTURE.findall(text)}
        return {name: media[name] for name in sorted(names) if name in media}

    def _tag(self, plan: Push) -> None:
        for action in ("add", "remove"):
            notes: dict[str, list[int]] = defaultdict(list)
            for one in plan.tags:
                for tag in getattr(one, action):
                    notes[tag].append(one.number)
            for tag, numbers in sorted(notes.items()):
                self._anki.call(f"{action}Tags", notes=numbers, tags=tag)

    def _leave(self, plan: Push) -> None:
        """The tag goes last, since it says that the rest is done."""
        for back in (False, True):
            some = [one for one in plan.leaving if one.back == back]
            cards = [card for one in some for card in one.cards]
            if cards:
                self._anki.call("unsuspend" if back else "suspend", cards=cards)
            if some:
                notes = [one.number for one in some]
                self._anki.call("removeTags" if back else "addTags", notes=notes, tags=LEFT)

    # new notes

    def _add(self, new: Sequence[Note]) -> None:
        """Import a package of them, with the progress that they have, and look what has arrived."""
        work, got = self._work, self._got
        notes = list(in_order_of_the_plan(work, new))
        progress = progress_of(work, notes, {note.id.partition("/")[0] for note in notes})
        media = self._pictures(text for note in notes for text in note.fields)
        made = replace(got.build, notes=notes, media=media, progress=progress)
        self._record([*facts_of(got, {note.id for note in notes}), *progress.shifts])
        data = package.package(made.notes, made.looks, made.times, made.media, made.progress)
        path = self._line.folder / "studyctl.apkg"
        whole_file.write(path, data)
        if self._anki.call("importPackage", path=str(path)) is not True:
            raise ConnectError("Anki did not import the new notes", "studyctl deck build, and import it")
        there = self._line.read()
        arrived = [note for note in notes if note.guid in there.by_guid]
        self.refused = sorted(note.id for note in notes if note.guid not in there.by_guid)
        facts = self._agree(
            (note, filled(dict(zip(NOTE_TYPES[note.kind].fields, note.fields, strict=True))), None)
            for note in arrived
        )
        keys = {(note.guid, ord_) for note in arrived for ord_ in note.ords}
        asleep = [key for key in sorted(keys) if key in there.by_key and there.by_key[key].queue == SUSPENDED]
        self._record([*facts, *self._marks(asleep, suspended=True)])

    # answers

    def _send(self, sends: Sequence[Send], moments: Moments) -> None:
        """Schedules first: while answers are missing, both are decided anew. Last a touch, so that all of it syncs."""
        self._record(moments.shifts)
        self._schedule(sends)
        rows = [(send, row) for send in sends for row in send.rows]
        for start in range(0, len(rows), _ROWS):
            self._insert(rows[start : start + _ROWS], moments)
        self._schedule(sends[-1:])

    def _schedule(self, sends: Sequence[Send]) -> None:
        told = self._anki.each("setSpecificValueOfCard", [_schedule(send) for send in sends])
        for send, answer in zip(sends, told, strict=True):
            if not isinstance(answer, list) or not answer or any(one is not True for one in answer):
                raise ConnectError(f"Anki did not take the schedule of {send.card}", "update AnkiConnect")

    def _insert(self, rows: Sequence[tuple[Send, LogRow]], moments: Moments) -> None:
        """Insert answers, all or none at once; where one's moment is taken there, it is found by halving."""
        if self._inserted(rows):
            return
        if len(rows) > 1:
            half = len(rows) // 2
            self._insert(rows[:half], moments)
            self._insert(rows[half:], moments)
        else:
            self._shift(*rows[0], moments)

    def _inserted(self, rows: Sequence[tuple[Send, LogRow]]) -> bool:
        """Whether Anki has taken these answers; it does not if any of their moments is taken."""
        asked = [
            [row.id, send.there.number, -1, row.ease, row.interval, row.last_interval, row.factor, row.ms, row.kind]
            for send, row in rows
        ]  # fmt: skip
        try:
            self._anki.call("insertReviews", reviews=asked)
        except RefusedError as error:
            if "unique" not in error.reason.lower():
                raise
            return False
        return True

    def _shift(self, send: Send, row: LogRow, moments: Moments) -> None:
        """Somebody has this moment in Anki: the card itself, or else the answer goes under the next free one."""
        number = send.there.number
        told = self._anki.call("getReviewsOfCards", cards=[number])
        known = {one["id"] for one in told[str(number)]}
        if row.id in known or not row.ease:
            return
        answered = moments.answered(send.card, row.id)
        moment = row.id
        for _ in range(_FOREVER):
            moment = moments.free(send.card, moment + 1)
            if moment in known:
                continue
            self._record([fact("shifted", card=send.card, answered=to_iso(answered), sent=to_iso(moment))])
            if self._inserted([(send, row._replace(id=moment))]):
                return
        raise ConnectError(f"no moment is free in Anki for an answer of {send.card}")

    # suspending

    def _switch(self, switches: Sequence[Switch]) -> None:
        for suspended in (True, False):
            some = [one for one in switches if one.suspended == suspended]
            if some:
                action = "suspend" if suspended else "unsuspend"
                self._anki.call(action, cards=[one.number for one in some])
                self._record(self._marks([one.key for one in some], suspended=suspended))

    def _marks(self, keys: Iterable[Key], *, suspended: bool) -> list[Fact]:
        """The events by which a pull knows what was agreed of the suspension of cards."""
        work, aliases = self._work, self._work.catalog.card_aliases()
        known = agreed(work.history.events(), lambda name: aliases.get(name, name))
        do = "suspended" if suspended else "unsuspended"
        facts = []
        for key in keys:
            card = self._got.ours.cards[key]
            at = max(work.now.ms, known.get(card, NEVER_SUSPENDED).at + 1)
            facts.append(Fact(do, {"card": card}, at, name_of(*key, f"{at}:{do}"), work.now.offset))
        return facts


def _schedule(send: Send) -> dict[str, Any]:
    """A card's schedule as AnkiConnect sets it; without a memory state, which Anki then computes from the log."""
    row, there = send.carried.card, send.there
    data = json.loads(row.data) if row.data else {}
    queue = there.queue if there.queue < 0 else row.queue
    values = {
        "type": row.type,
        "queue": queue,
        "due": row.due,
        "ivl": row.interval,
        "reps": row.reps,
        "lapses": row.lapses,
        "left": row.left,
        "memory_state": None,
        "last_review_time": data.get("lrt"),
    }
    if data:
        values |= {"desired_retention": data["dr"], "decay": data["decay"]}
    if not there.factor:
        values["factor"] = row.factor
    return {
        "card": there.number, "keys": list(values), "newValues": list(values.values()), "warning_check": True,
    }  # fmt: skip
