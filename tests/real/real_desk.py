"""The collection of the real Anki behind an AnkiConnect of our own: what its actions do, as the add-on does it.

Called with the path of a collection it serves it until its standard input ends, in a process of
its own, since Anki keeps the zone in which it began. The first line of its output is the address.
"""

from __future__ import annotations

import base64
import random
import sys
from typing import Any

from anki.collection import (
    Collection,
    DeckIdLimit,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)


class RealDesk:
    """Answers the actions that a push and a pull ask for."""

    def __init__(self, collection: Collection) -> None:
        self.col = collection

    def findCards(self, query: str) -> list[int]:
        return [int(card) for card in self.col.find_cards(query)]

    def getDecks(self, cards: list[int]) -> dict[str, list[int]]:
        told: dict[str, list[int]] = {}
        for card in cards:
            told.setdefault(self.col.decks.name(self.col.get_card(card).did), []).append(card)
        return told

    def exportPackage(self, deck: str, path: str, includeSched: bool = False) -> bool:
        number = self.col.decks.id_for_name(deck)
        if number is None:
            return False
        options = ExportAnkiPackageOptions(
            with_scheduling=includeSched, with_deck_configs=includeSched, with_media=True, legacy=True
        )
        self.col.export_anki_package(out_path=path, options=options, limit=DeckIdLimit(deck_id=number))
        return True

    def importPackage(self, path: str) -> bool:
        options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
        self.col.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options))
        return True

    def notesInfo(self, notes: list[int]) -> list[dict[str, Any]]:
        told = []
        for number in notes:
            note = self.col.get_note(number)
            fields = {name: {"value": text, "order": at} for at, (name, text) in enumerate(note.items())}
            kind = note.note_type()
            assert kind is not None
            told.append({"noteId": number, "tags": note.tags, "fields": fields, "modelName": kind["name"]})
        return told

    def cardsInfo(self, cards: list[int]) -> list[dict[str, Any]]:
        told = []
        for number in cards:
            card = self.col.get_card(number)
            told.append(
                {
                    "cardId": number, "note": card.nid, "ord": card.ord, "type": card.type,
                    "queue": card.queue, "factor": card.factor, "mod": card.mod,
                }
            )  # fmt: skip
        return told

    def getReviewsOfCards(self, cards: list[int]) -> dict[str, list[dict[str, int]]]:
        names = ("id", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type")
        sql = f"SELECT {', '.join(names)} FROM revlog WHERE cid = ?"
        return {
            str(card): [dict(zip(names, row, strict=True)) for row in self.col.db.all(sql, card)]
            for card in cards
        }

    def insertReviews(self, reviews: list[list[int]]) -> None:
        rows = ", ".join(f"({', '.join(map(str, row))})" for row in reviews)
        self.col.db.execute(
            f"INSERT INTO revlog (id,cid,usn,ease,ivl,lastIvl,factor,time,type) VALUES {rows}"
        )

    def setSpecificValueOfCard(
        self, card: int, keys: list[str], newValues: list[Any], warning_check: bool = False
    ) -> Any:
        assert warning_check
        there = self.col.get_card(card)
        for key, value in zip(keys, newValues, strict=True):
            assert hasattr(there, key), key
            setattr(there, key, value)
        self.col.update_card(there)
        return [True]

    def updateNoteFields(self, note: dict[str, Any]) -> None:
        there = self.col.get_note(note["id"])
        for name, text in note["fields"].items():
            there[name] = text
        self.col.update_note(there)

    def addTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_add(notes, tags)

    def removeTags(self, notes: list[int], tags: str) -> None:
        self.col.tags.bulk_remove(notes, tags)

    def suspend(self, cards: list[int]) -> bool:
        self.col.sched.suspend_cards(cards)
        return True

    def unsuspend(self, cards: list[int]) -> bool:
        self.col.sched.unsuspend_cards(cards)
        return True

    def storeMediaFile(self, filename: str, data: str) -> str:
        return self.col.media.write_data(filename, base64.b64decode(data))

    # what a person does there, and what Anki tells of itself

    def answer(self, count: int, deck: str = "studyctl") -> int:
        """Answer what the scheduler shows; how many cards there were."""
        self.col.decks.set_current(self.col.decks.id(deck))
        dice = random.Random(5)
        for done in range(count):
            cards = self.col.sched.get_queued_cards(fetch_limit=1).cards
            if not cards:
                return done
            card = self.col.get_card(cards[0].card.id)
            card.start_timer()
            rating = dice.choice((0, 2, 2, 3))
            self.col.sched.answer_card(
                self.col.sched.build_answer(card=card, states=cards[0].states, rating=rating)
            )
        return count

    def cram(self, count: int) -> str:
        """Put cards into a filtered deck that reschedules; its name."""
        deck = self.col.sched.get_or_create_filtered_deck(0)
        deck.name = "Cram"
        terms = deck.config.search_terms
        term = terms[0] if terms else terms.add()
        term.search, term.limit = "deck:studyctl", count
        self.col.sched.add_or_update_filtered_deck(deck)
        return "Cram"

    def edit(self, guid: str, fields: dict[str, str], tags: list[str]) -> None:
        note = self._note(guid)
        for name, text in fields.items():
            note[name] = text
        note.tags += tags
        self.col.update_note(note)

    def note(self, guid: str) -> dict[str, Any]:
        note = self._note(guid)
        queues = [card.queue for card in note.cards()]
        return {"fields": dict(note.items()), "tags": note.tags, "queues": queues}

    def tell(self) -> dict[str, Any]:
        """Every card with its schedule and the memory that Anki computes from its log."""
        cards = []
        for number in self.col.find_cards(""):
            card, state = self.col.get_card(number), self.col.compute_memory_state(number)
            cards.append(
                {
                    "guid": card.note().guid, "ord": card.ord, "queue": card.queue, "reps": card.reps,
                    "days": card.due - self.col.sched.today,
                    "state": [state.stability, state.difficulty],
                }
            )  # fmt: skip
        return {
            "cards": cards,
            "answers": self.col.db.scalar("SELECT count() FROM revlog WHERE ease > 0"),
            "usn": self.col.db.scalar("SELECT count() FROM revlog WHERE usn <> -1"),
            "problems": [] if (told := self.col.fix_integrity())[1] else [told[0]],
        }

    def _note(self, guid: str) -> Any:
        return self.col.get_note(self.col.db.scalar("SELECT id FROM notes WHERE guid = ?", guid))


def main(path: str) -> None:
    from connect import served

    collection = Collection(path)
    collection.set_config("fsrs", True)
    with served(RealDesk(collection)) as anki:
        print(anki.url, flush=True)
        sys.stdin.read()
    collection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
