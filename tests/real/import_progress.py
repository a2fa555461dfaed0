"""Imports a package with its progress into a fresh collection, and says what Anki makes of it.

A process of its own, since the library reads the time zone once.
"""

from __future__ import annotations

import json
import sys

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

package, fresh, export = sys.argv[1:]
collection = Collection(fresh)
options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
collection.import_anki_package(ImportAnkiPackageRequest(package_path=package, options=options))
cards = []
for number in collection.find_cards("deck:studyctl*"):
    card = collection.get_card(number)
    state, again = card.memory_state, collection.compute_memory_state(number)
    cards.append(
        {
            "guid": card.note().guid,
            "ord": card.ord,
            "type": card.type,
            "queue": card.queue,
            "reps": card.reps,
            "lapses": card.lapses,
            "days": card.due - collection.sched.today,
            "state": [state.stability, state.difficulty] if state else None,
            "again": [again.stability, again.difficulty],
        }
    )
preset = collection.decks.config_dict_for_deck_id(collection.decks.id("studyctl::Foundations"))
answers = collection.db.scalar("select count() from revlog where ease > 0")
collection.export_collection_package(export, include_media=False, legacy=False)
collection.close()
print(
    json.dumps({"cards": cards, "answers": answers, "preset": [preset["name"], len(preset["fsrsParams6"])]})
)
