"""What is kept can be read as a list, and is gone after it was asked for."""

from tests.support.builders import NOW, entry, load, make_place, make_store
from toggl_desktop.app import care
from toggl_desktop.app.belongings import parts_of
from toggl_desktop.store import backup


def test_the_list_names_every_part_with_its_size(tmp_path):
    with make_store(tmp_path) as store:
        load(store, entry("e", NOW, NOW + 60))
        backup.make(store, NOW)
    place = make_place(tmp_path)
    lines = parts_of(place)
    assert any(line.startswith("toggl.sqlite3, ") for line in lines)
    assert any(line.startswith("backups, ") and line.endswith("KB") for line in lines)


def test_a_sound_store_needs_no_repair(tmp_path):
    make_store(tmp_path).close()
    assert care.check(make_place(tmp_path)) is None


def test_damage_found_at_the_start_becomes_a_sentence_for_the_window(tmp_path):
    with make_store(tmp_path) as store:
        load(store, *(entry(f"e{i}", NOW + i * 60, NOW + i * 60 + 30) for i in range(400)))
    place = make_place(tmp_path)
    pages = place.database.read_bytes()
    middle = len(pages) // 2 // 4096 * 4096
    place.database.write_bytes(pages[:middle] + bytes(8192) + pages[middle + 8192 :])
    told = care.check(place)
    assert told is not None
    assert "damaged" in told
