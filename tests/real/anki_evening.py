"""What somebody does in Anki on one evening, in a process of its own with a clock and a zone of its own.

Called with the path of a collection and a list of steps in JSON; the last line of its output is
what the steps told.
"""

from __future__ import annotations

import json
import random
import sys
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest


def imported(collection: Collection, package: str) -> int:
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=package, options=options)
    told = collection.import_anki_package(request)
    collection.set_config("fsrs", True)
    return len(told.log.new)


def answered(collection: Collection, count: int, seed: int) -> list[tuple[str, int, int]]:
    """Answer what the scheduler shows; note, card and rating of each."""
    dice = random.Random(seed)
    collection.decks.set_current(collection.decks.id("studyctl"))
    told = []
    for _ in range(count):
        cards = collection.sched.get_queued_cards(fetch_limit=1).cards
        if not cards:
            break
        card = collection.get_card(cards[0].card.id)
        card.start_timer()
        ease = dice.choice((1, 2, 3, 3, 4))
        answer = collection.sched.build_answer(card=card, states=cards[0].states, rating=ease - 1)
        collection.sched.answer_card(answer)
        told.append((card.note().guid, card.ord, ease))
    return told


def synced(collection: Collection, url: str, side: str) -> str:
    """Sync with the server; where only one side can win, ours says which."""
    auth = collection.sync_login("learner", "secret", url)
    out = collection.sync_collection(auth, False)
    if out.required == out.NO_CHANGES:
        return "synced"
    collection.close_for_full_sync()
    collection.full_upload_or_download(auth=auth, server_usn=None, upload=side == "upload")
    collection.reopen(after_full_sync=True)
    return side


def states(collection: Collection) -> dict[str, tuple[float, float]]:
    """The memory that Anki computes for each card from its log."""
    told = {}
    for number in collection.find_cards("deck:studyctl*"):
        card, state = collection.get_card(number), collection.compute_memory_state(number)
        if state.stability and card.type != 0:
            told[f"{card.note().guid}:{card.ord}"] = (state.stability, state.difficulty)
    return told


def exported(collection: Collection, path: str) -> str:
    collection.export_collection_package(path, include_media=False, legacy=False)
    return path


STEPS: dict[str, Any] = {
    "import": imported, "answer": answered, "sync": synced, "states": states, "export": exported,
}  # fmt: skip


def main(path: str, steps: str) -> None:
    collection = Collection(path)
    told = [STEPS[name](collection, *args) for name, *args in json.loads(steps)]
    collection.close()
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
