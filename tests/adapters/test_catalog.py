"""The curriculum in the cache: read once, then only what changed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CURRICULUM, write_curriculum

from studyctl.adapters import catalog, catalog_sync
from studyctl.adapters.cache import open_cache
from studyctl.adapters.catalog import Catalog
from studyctl.adapters.curriculum_folder import Source

HEAD = "title: T\nsummary: S\nhours: 1\n"
OLD = 1_700_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = write_curriculum(tmp_path / "c", CURRICULUM)
    age(folder)
    return folder


@pytest.fixture
def db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(catalog.SCHEMA)
    return db


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were parsed."""
    told: list[str] = []
    parse: Callable[..., object] = catalog_sync.parse

    def noting(data: bytes, file: str, kind: str, problems: list) -> object:
        told.append(file.rsplit("/", 1)[1])
        return parse(data, file, kind, problems)

    monkeypatch.setattr(catalog_sync, "parse", noting)
    return told


def age(folder: Path) -> None:
    """Make all files old enough to be settled."""
    for path in folder.rglob("*.yaml"):
        os.utime(path, (OLD, OLD))


def write(path: Path, text: str, at: int = OLD + 1000) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (at, at))


def synced(db: sqlite3.Connection, *roots: Path) -> Catalog:
    known = Catalog(db, roots)
    known.sync()
    return known


def test_a_second_look_opens_no_file(folder: Path, db, parsed, monkeypatch):
    known = synced(db, folder)
    assert 8 == len(parsed)
    monkeypatch.setattr("studyctl.adapters.catalog_stamps.read_bytes", pytest.fail)
    version = known.version()
    assert version == synced(db, folder).version()
    assert 8 == len(parsed)


def test_a_changed_file_costs_that_file(folder: Path, db, parsed):
    version = synced(db, folder).version()
    parsed.clear()
    text = (folder / "topics/maths/sums.yaml").read_text().replace("title: Sums", "title: Adding")
    write(folder / "topics/maths/sums.yaml", text)
    known = synced(db, folder)
    assert ["sums.yaml"] == parsed
    assert "Adding" == known.topic("sums").title
    assert known.version() > version


def test_a_change_of_words_is_no_change_of_names(folder: Path, db):
    known = synced(db, folder)
    names, version = known.names_version(), known.version()
    text = (folder / "topics/maths/sums.yaml").read_text()
    write(folder / "topics/maths/sums.yaml", text.replace("title: Sums", "title: Adding"))
    known = synced(db, folder)
    assert names == known.names_version()
    assert version != known.version()
    write(folder / "topics/maths/sums.yaml", text.replace("topic: numbers", "topic: julia"), OLD + 2000)
    assert names != synced(db, folder).names_version()


def test_a_file_whose_time_alone_moved_is_not_read_again(folder: Path, db, parsed):
    version = synced(db, folder).version()
    parsed.clear()
    os.utime(folder / "topics/maths/sums.yaml", (OLD + 5, OLD + 5))
    assert version == synced(db, folder).version()
    assert [] == parsed


def test_a_file_that_changes_within_the_tick_of_its_stamp_is_seen(folder: Path, db):
    path = folder / "topics/maths/sums.yaml"
    text = path.read_text()
    path.write_text(text.replace("hours: 4", "hours: 5"))
    assert 5.0 == synced(db, folder).topic("sums").hours
    stamp = path.stat()
    path.write_text(text.replace("hours: 4", "hours: 7"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert 7.0 == synced(db, folder).topic("sums").hours


def test_a_file_that_comes_or_goes_is_seen(folder: Path, db):
    synced(db, folder)
    write(folder / "topics/maths/new.yaml", HEAD)
    assert "new" in synced(db, folder).ids("topic")
    (folder / "topics/maths/new.yaml").unlink()
    (folder / "tracks/arithmetic.yaml").unlink()
    known = synced(db, folder)
    assert "new" not in known.ids("topic")
    assert () == known.tracks()


def test_the_outline_is_in_the_order_of_the_areas_and_has_the_relations(folder: Path, db):
    outline = synced(db, folder).outline()
    assert ["numbers", "products", "sums", "julia", "python"] == [line.id for line in outline.lines]
    number = outline.number
    products = number["products"]
    assert [number["sums"]] == outline.requires[products]
    assert [[number["python"], number["julia"]]] == outline.any_of[products]
    assert {number["numbers"]: 0.5} == outline.weights[number["sums"]]
    assert 3 == outline.lines[number["sums"]].cards


def test_cards_stand_with_prerequisites_first(folder: Path, db):
    known = synced(db, folder)
    cards = list(known.cards())
    assert list(range(7)) == [card.position for card in cards]
    assert ["numbers", "sums", "python", "products"] == list(dict.fromkeys(card.topic for card in cards))
    assert ["sums/two-and-two", "sums/parts.c1", "sums/parts.c2"] == [card.id for card in known.cards("sums")]
    card = known.card("sums/parts.c2")
    assert card is not None
    assert ("sums/parts", 1, "cloze") == (card.note, card.ord, card.kind)
    assert {"sums/parts.c1", "sums/parts.c2"} == {one.id for one in cards if one.guid == card.guid}
    assert known.card("sums/nothing") is None
    assert {"numbers": 2, "sums": 3, "products": 1, "python": 1, "julia": 0} == known.card_counts()


def test_faces_are_the_notes_of_cards(folder: Path, db):
    known = synced(db, folder)
    faces = known.faces(["sums/parts.c2", "numbers/after-two", "no/such"])
    assert {"sums/parts.c2", "numbers/after-two"} == set(faces)
    assert "three" == faces["numbers/after-two"].a
    assert faces["sums/parts.c2"] == known.topic("sums").cards[1]


def test_more_faces_than_one_statement_may_ask_for(folder: Path, db):
    text = (
        HEAD
        + "objectives: [{id: do, text: Do it}]\ncards:\n"
        + "".join(
            f"  - {{id: c{n}, objective: do, q: Where does number {n} begin?, a: there}}\n"
            for n in range(1200)
        )
    )
    write(folder / "topics/maths/many.yaml", text)
    known = synced(db, folder)
    assert 1200 == len(known.faces(f"many/c{n}" for n in range(1200)))


def test_an_unknown_topic_is_a_key_error(folder: Path, db):
    with pytest.raises(KeyError):
        synced(db, folder).topic("nothing")


def test_files_with_errors_are_left_out_and_requirements_on_them_stay_named(folder: Path, db):
    write(folder / "topics/maths/numbers.yaml", "title: no\n")
    known = synced(db, folder)
    assert (f"{folder}/topics/maths/numbers.yaml",) == known.left_out()
    assert "numbers" not in known.outline().number
    assert [] == known.outline().requires[known.outline().number["sums"]]
    assert ["numbers"] == known.requirements()["sums"]
    assert [] == list(known.cards("numbers"))
    write(folder / "topics/maths/numbers.yaml", HEAD, OLD + 3000)
    assert () == synced(db, folder).left_out()


def test_a_circle_leaves_out_the_topic_with_the_edge_to_cut_until_it_is_mended(folder: Path, db):
    text = (folder / "topics/maths/numbers.yaml").read_text()
    write(folder / "topics/maths/numbers.yaml", text + "requires: [{topic: products}]\n")
    known = synced(db, folder)
    (out,) = known.left_out()
    assert out.endswith(("numbers.yaml", "products.yaml"))
    write(folder / "topics/maths/numbers.yaml", text, OLD + 2000)
    known = synced(db, folder)
    assert () == known.left_out()
    assert 5 == len(known.outline().lines)


def test_an_error_in_another_file_comes_and_goes_without_that_file_being_touched(folder: Path, db, parsed):
    synced(db, folder)
    (folder / "topics/maths/numbers.yaml").unlink()
    known = synced(db, folder)
    assert {f"{folder}/topics/maths/sums.yaml", f"{folder}/tracks/arithmetic.yaml"} == set(known.left_out())
    parsed.clear()
    write(folder / "topics/maths/numbers.yaml", HEAD)
    known = synced(db, folder)
    assert () == known.left_out()
    assert "sums" in known.ids("topic")


def test_a_renamed_topic_brings_its_cards_along(folder: Path, db):
    guid = synced(db, folder).card("sums/two-and-two").guid
    text = (folder / "topics/maths/sums.yaml").read_text()
    (folder / "topics/maths/sums.yaml").unlink()
    text = text.replace("id: parts,", "id: pieces, was: [parts],")
    write(folder / "topics/maths/adding.yaml", text + "was: [sums]\n")
    known = synced(db, folder)
    assert {"sums": "adding"} == known.topic_aliases()
    aliases = known.card_aliases()
    assert "adding/two-and-two" == aliases["sums/two-and-two"]
    for old in ("sums/parts", "sums/pieces", "adding/parts"):
        assert "adding/pieces.c2" == aliases[f"{old}.c2"]
    assert guid == known.card("adding/two-and-two").guid
    assert ("numbers", "adding", "products") == known.tracks()[0].topics
    assert [known.outline().number["adding"]] == known.outline().requires[known.outline().number["products"]]
    assert ["adding"] == known.requirements()["products"]


def test_a_claim_on_a_living_id_has_no_effect(folder: Path, db):
    before = synced(db, folder).card("sums/two-and-two").guid
    text = (folder / "topics/maths/sums.yaml").read_text()
    write(folder / "topics/maths/sums.yaml", text + "was: [numbers]\n")
    known = synced(db, folder)
    assert {} == known.topic_aliases() == known.card_aliases()
    assert () == known.left_out()
    assert before == known.card("sums/two-and-two").guid
    (folder / "topics/maths/numbers.yaml").unlink()
    write(
        folder / "topics/maths/sums.yaml",
        text.replace("topic: numbers", "topic: python") + "was: [numbers]\n",
        OLD + 2000,
    )
    assert {"numbers": "sums"} == synced(db, folder).topic_aliases()


def test_an_overlay_lies_over_the_rest(folder: Path, db, tmp_path: Path):
    own = write_curriculum(
        tmp_path / "own",
        {"topics/maths/sums.yaml": "patch: true\nhours: 9\n", "areas.yaml": "maths: {title: Mathematics}\n"},
    )
    known = synced(db, folder, own)
    assert (9.0, "Sums") == (known.topic("sums").hours, known.topic("sums").title)
    assert "Mathematics" == known.areas()["maths"].title
    (own / "topics/maths/sums.yaml").unlink()
    assert 4.0 == synced(db, folder, own).topic("sums").hours


def test_areas_that_only_topics_name_come_last_with_a_deck(folder: Path, db):
    write(folder / "topics/game-theory/games.yaml", HEAD)
    areas = synced(db, folder).areas()
    assert ["maths", "code", "game-theory"] == list(areas)
    assert ("Game theory", "studyctl::Game theory") == (areas["game-theory"].title, areas["game-theory"].deck)
    assert ["code", "game-theory", "maths"] == synced(db, folder).ids("area")


def test_resources_come_by_key(folder: Path, db):
    known = synced(db, folder)
    assert ["book"] == list(known.resources())
    assert {} == known.resources(["nothing"])


def test_a_link_out_of_the_folder_is_left_out_and_said(folder: Path, db):
    (folder / "topics/maths/link.yaml").symlink_to("/etc/passwd")
    assert (f"{folder}/topics/maths/link.yaml",) == synced(db, folder).left_out()


def test_two_connections_share_one_cache(folder: Path, tmp_path: Path, parsed):
    one, other = (open_cache(tmp_path / "cache.sqlite", catalog.SCHEMA) for _ in range(2))
    first = synced(one, folder)
    parsed.clear()
    assert first.version() == synced(other, folder).version()
    assert [] == parsed
    one.close()
    other.close()


def test_processes_that_begin_at_once_agree(folder: Path, tmp_path: Path):
    code = (
        "from pathlib import Path; from studyctl.adapters import catalog, cache;"
        f"db = cache.open_cache(Path({str(tmp_path / 'cache.sqlite')!r}), catalog.SCHEMA);"
        f"c = catalog.Catalog(db, [Path({str(folder)!r})]); c.sync();"
        "print(c.version(), len(list(c.cards())), len(c.outline().lines))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert ["1 7 5\n"] * 4 == [one.communicate()[0] for one in running]


@pytest.mark.parametrize("table", ["topic", "note", "shelf"])
def test_a_row_that_nobody_can_read_is_read_anew_from_the_files_in_silence(folder: Path, db, table):
    told = list(synced(db, folder).topics())
    db.execute(f"UPDATE {table} SET row = '{{'")
    known = synced(db, folder)
    assert told == list(known.topics())
    assert ("arithmetic",) == tuple(track.id for track in known.tracks())
    assert ["maths", "code"] == list(known.areas())


def test_a_missing_table_is_made_again(folder: Path, db):
    synced(db, folder)
    db.execute("DROP TABLE topic")
    assert 5 == len(Catalog(db, [folder]).outline().lines)


def test_an_empty_place_has_an_empty_outline(tmp_path: Path, db):
    known = synced(db, tmp_path / "nothing")
    assert [] == list(known.outline().lines)
    assert [] == list(known.topics()) == list(known.cards())


def test_a_warm_look_loads_no_yaml(folder: Path, tmp_path: Path):
    code = (
        "import sys; from pathlib import Path; from studyctl.adapters import catalog, cache;"
        f"db = cache.open_cache(Path({str(tmp_path / 'cache.sqlite')!r}), catalog.SCHEMA);"
        f"c = catalog.Catalog(db, [Path({str(folder)!r})]); c.sync();"
        "c.outline(), list(c.cards()), c.topic('sums'), c.tracks(), c.areas(), c.left_out();"
        "print(sorted({'yaml', 'numpy', 'networkx'} & set(sys.modules)))"
    )
    told = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout for _ in range(2)
    ]
    assert ["['yaml']\n", "[]\n"] == told


def test_a_source_knows_its_group():
    assert ("topic", "sums") == Source(0, "topics/maths/sums.yaml", "topic", "sums", "maths").group
