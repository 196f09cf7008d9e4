"""Flipped bits, cut ends, zeroed pages: said in a sentence, and every edit comes back."""

import hashlib
import random
import shutil
from contextlib import suppress

import pytest

from tests.store.past import (
    LISTS,
    break_row,
    copied,
    look_at_everything,
    remove_file,
)
from tests.support.builders import (
    NOW,
    dump,
    entry,
    load,
    rows_of,
)
from toggl_desktop.actions import history
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import StoreDamagedError, StoreError
from toggl_desktop.store import backup, bindings, recovery
from toggl_desktop.store.database import Store
from toggl_desktop.store.failures import DamagedFileError
from toggl_desktop.store.reading import reading


def flip(raw, chance):
    for _ in range(chance.choice((1, 1, 1, 8))):
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)


def cut(raw, chance):
    del raw[chance.randrange(len(raw) // 4096) * 4096 :]


def zero(raw, chance):
    page = chance.randrange(len(raw) // 4096) * 4096
    raw[page : page + 4096] = bytes(4096)


def scramble(raw, chance):
    raw[: chance.choice((16, 24, 100, 4096))] = chance.randbytes(chance.choice((16, 24, 100, 4096)))


def swap(raw, chance):
    one, other = (chance.randrange(1, len(raw) // 4096) * 4096 for _ in range(2))
    raw[one : one + 4096], raw[other : other + 4096] = (
        raw[other : other + 4096],
        raw[one : one + 4096],
    )


CASES = [
    *(("data", flip, seed) for seed in range(35)),
    *(("open", flip, seed) for seed in range(35, 45)),
    *(("data", cut, seed) for seed in range(20)),
    *(("data", zero, seed) for seed in range(20)),
    *(("data", scramble, seed) for seed in range(10)),
    *(("data", swap, seed) for seed in range(5)),
]


def without_search_words(rows):
    """Leaves out the one column that is derived from another: nothing of a person is in it."""
    return rows | {"time_entry": [row[:-1] for row in rows["time_entry"]]}


def opened_again(where):
    """Opens the store until it is sound: recovers it, as a person would, when it says so."""
    said = []
    for _ in range(4):
        try:
            with Store(where, verify=True) as store:
                found = look_at_everything(store)
                if not found or all("found by their words" in words for words in found):
                    return said
        except StoreDamagedError as error:
            said.append(error)
            recovery.recover(where)
        except StoreError as error:  # a bit of the header: newer, or of another program
            said.append(error)
            if not isinstance(error, DamagedFileError):
                where.database.rename(where.directory / "moved-away-by-hand")
    raise AssertionError(said)


@pytest.mark.parametrize(("which", "damage", "seed"), CASES)
def test_after_any_damage_every_acknowledged_edit_is_there_again(
    template, tmp_path, which, damage, seed
):
    where = copied(template, tmp_path, which)
    raw = bytearray(where.database.read_bytes())
    damage(raw, random.Random(f"{damage.__name__} {seed}"))
    where.database.write_bytes(raw)
    broken = hashlib.sha256(raw).hexdigest()
    said = opened_again(where)
    with Store(where) as store:
        assert without_search_words(rows_of(store, LISTS)) == without_search_words(template[1])
        load(store, entry("after", NOW, NOW + 1))
    assert all(error.sentence for error in said)
    kept = {
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in [
            *where.directory.glob("corrupt-*/toggl.sqlite3"),
            *where.directory.glob("moved*"),
        ]
    }
    if said and which == "data":
        assert broken in kept, "the damaged file must be kept whole"


@pytest.mark.parametrize("size", [0, 1, 50, 100, 4095])
def test_a_file_cut_to_almost_nothing_never_starts_over(template, tmp_path, size):
    where = copied(template, tmp_path)
    where.database.write_bytes(where.database.read_bytes()[:size])
    with pytest.raises(StoreDamagedError) as refusal:
        Store(where)
    assert refusal.value.backup is not None
    recovery.recover(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


@pytest.mark.parametrize("also_shm", [True, False])
def test_commits_lost_with_the_wal_come_back_by_themselves(template, tmp_path, also_shm):
    where = copied(template, tmp_path, "open")
    wal = where.directory / "toggl.sqlite3-wal"
    assert wal.stat().st_size > 0
    wal.unlink()
    if also_shm:
        (where.directory / "toggl.sqlite3-shm").unlink()
    with Store(where) as store:
        assert store.replayed > 20
        assert rows_of(store, LISTS) == template[1]
        assert store.check(full=True) == []
        load(store, entry("after", NOW, NOW + 1))
    with Store(where) as store:
        assert store.replayed == 0


@pytest.mark.parametrize("seed", range(10))
def test_commits_lost_with_a_damaged_wal_come_back_by_themselves(template, tmp_path, seed):
    where = copied(template, tmp_path, "open")
    wal = where.directory / "toggl.sqlite3-wal"
    raw = bytearray(wal.read_bytes())
    chance = random.Random(seed)
    (flip, cut, zero)[seed % 3](raw, chance)
    wal.write_bytes(raw)
    (where.directory / "toggl.sqlite3-shm").unlink()
    said = opened_again(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]
    assert said == []


def test_an_older_copy_put_in_place_by_hand_catches_up_with_the_log(template, tmp_path):
    where = copied(template, tmp_path)
    older = backup.known(where)[-1]
    shutil.copyfile(older.path, where.database)
    with Store(where) as store:
        assert store.replayed > 20
        assert rows_of(store, LISTS) == template[1]


def test_a_question_in_a_terminal_sees_the_edits_that_were_lost_with_the_wal(template, tmp_path):
    where = copied(template, tmp_path, "open")
    (where.directory / "toggl.sqlite3-wal").unlink()
    (where.directory / "toggl.sqlite3-shm").unlink()
    with reading(where) as source:
        assert source.rows("SELECT * FROM time_entry ORDER BY 1") == template[1]["time_entry"]


# Found later ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("UPDATE time_entry SET crc = crc + 1", "A time_entry in the store is damaged"),
        ("UPDATE change SET crc = crc + 1", "A change in the journal is damaged"),
        ("UPDATE step SET name = 'x'", "A step in the journal is damaged"),
        ("UPDATE time_entry SET tags = '5'", "A time_entry in the store is damaged"),
    ],
)
def test_an_action_that_meets_damage_says_so_and_changes_nothing(template, tmp_path, sql, words):
    where = copied(template, tmp_path)
    with Store(where) as store:
        break_row(where, sql)
        before = dump(where.database)
        with pytest.raises(DamagedFileError, match=words) as refusal:
            history.undo(store, Reading(NOW))
        assert refusal.value.sentence.endswith(
            "Nothing was changed. Start Toggl Desktop again: it sets the damaged file aside "
            "and offers the newest backup."
        )
        assert dump(where.database) == before
        assert where.suspect.exists()


def test_a_damaged_binding_is_not_believed(template, tmp_path):
    where = copied(template, tmp_path)
    with Store(where) as store:
        (lid,) = (lid for (lid,) in store.source.rows("SELECT lid FROM binding"))
        assert bindings.get(store.source, "track", "time_entry", lid).rid == 7
        break_row(where, "UPDATE binding SET rid = 8")
        with pytest.raises(DamagedFileError, match="server copy of a time_entry is damaged"):
            bindings.get(store.source, "track", "time_entry", lid)


LATER = [
    "UPDATE time_entry SET description = description || 'x'",
    "UPDATE time_entry SET crc = crc + 1",
    "UPDATE time_entry SET description = CAST(x'fffe' AS TEXT)",
    "UPDATE time_entry SET tags = '[\"t'",
    "UPDATE time_entry SET tags = '5'",
    "UPDATE change SET after = replace(after, 'Work', 'Word')",
    "UPDATE change SET after = '{'",
    "UPDATE step SET name = CAST(x'fffe' AS TEXT)",
    "UPDATE step SET origin = 'nowhere'",
    "UPDATE binding SET rid = 8",
    "UPDATE change SET crc = crc + 1",
]


@pytest.mark.parametrize("sql", LATER)
def test_damage_found_while_the_store_is_open_is_one_sentence_and_is_dealt_with_at_the_next_start(
    template, tmp_path, sql
):
    where = copied(template, tmp_path)
    with Store(where) as store:
        break_row(where, sql)
        with suppress(DamagedFileError):
            assert look_at_everything(store) != []
        assert where.suspect.exists()
    with pytest.raises(StoreDamagedError, match="It was moved to"):
        Store(where)
    assert not where.suspect.exists()
    recovery.recover(where)
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


def test_a_file_under_suspicion_that_is_sound_stays_in_use(template, tmp_path):
    where = copied(template, tmp_path)
    where.mark_suspect()
    with reading(where) as source:
        assert source.value("SELECT count(*) FROM time_entry") > 30
    assert not where.suspect.exists()
    assert not list(where.directory.glob("corrupt-*"))


def test_a_fault_of_the_program_does_not_set_the_file_aside(template, tmp_path):
    where = copied(template, tmp_path)
    break_row(where, "UPDATE step SET state = 1 WHERE seq = 2")
    where.mark_suspect()
    with Store(where) as store:
        assert store.check(full=True) == [
            "1 steps can be done again though something newer was done."
        ]
        assert not where.suspect.exists()


def test_two_processes_that_find_the_damage_set_it_aside_once(template, tmp_path):
    where = copied(template, tmp_path)
    break_row(where, "DROP INDEX one_running")
    identity = (where.database.stat().st_dev, where.database.stat().st_ino)
    with pytest.raises(StoreDamagedError):
        Store(where)
    late = recovery.damaged(where, DamagedFileError("Broken."), identity)
    assert "It was moved away meanwhile." in late.sentence
    assert len(list(where.directory.glob("corrupt-*"))) == 1
    recovery.recover(where)
    later = recovery.damaged(where, DamagedFileError("Broken."), identity)
    assert "It was moved away meanwhile." in later.sentence
    assert where.database.exists()


def test_damage_twice_in_a_second_is_kept_twice(template, tmp_path):
    where = copied(template, tmp_path)
    for _ in range(2):
        shutil.copy2(template[0] / "data" / "toggl.sqlite3", where.database)
        recovery.damaged(where, DamagedFileError("Broken."))
    assert len(list(where.directory.glob("corrupt-*/toggl.sqlite3"))) == 2


def test_a_store_whose_file_was_replaced_while_it_was_open_writes_no_more(template, tmp_path):
    where = copied(template, tmp_path)
    with Store(where) as store:
        remove_file(where)
        with pytest.raises(StoreError, match="was replaced while it was open"):
            load(store, entry("lost", NOW, NOW + 1))
        recovery.recover(where)
        with pytest.raises(StoreError, match="was replaced while it was open"):
            load(store, entry("lost", NOW, NOW + 1))
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]
