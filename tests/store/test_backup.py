"""Backups: made daily, complete, never overwritten; a restore is one step that can be undone."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.store.past import break_row, copied
from tests.support.builders import (
    NOW,
    client,
    dump,
    entry,
    favourite,
    load,
    make_place,
    make_store,
    one,
    project,
    rows_of,
    tag,
    unchanged,
)
from toggl_desktop.actions import history
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store import backup, editlog, journal, recovery, schema
from toggl_desktop.store.bindings import Binding, by_rid, get
from toggl_desktop.store.database import Store

DAY = 86400
HOUR = 3600


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path) as made:
        load(made, entry("a", NOW, NOW + 1), at=NOW)
        yield made


def names(store):
    return [b.path.name for b in backup.known(store.place)]


# Making -----------------------------------------------------------------------------------


def test_a_backup_is_a_complete_sound_store_of_its_own(store):
    load(store, entry("b", NOW, NOW + 1), at=NOW)  # still in the log of SQLite, not in the file
    path = backup.make(store, NOW)
    assert path.name == "toggl-20260921T141320Z.sqlite3"
    assert dump(path) == dump(store.place.database)
    found = backup.examine(path)
    assert (found.version, found.entries, found.last_seq) == (1, 2, 2)
    assert found.store == schema.meta(store.source, schema.STORE_ID)
    assert [p.name for p in store.place.backups.iterdir()] == [path.name]  # no log, no draft


def test_a_backup_waits_for_nobody_and_nobody_for_it(store):
    with store._write_lock().held():  # another process is in the middle of a step
        path = backup.make(store, NOW)
    assert backup.examine(path).entries == 1


def test_two_backups_in_one_second_have_names_of_their_own(store):
    assert backup.make(store, NOW) != backup.make(store, NOW)


def test_a_backup_goes_where_it_is_told_and_thins_nothing_out(store, tmp_path):
    for day in range(20):
        shutil.copyfile(backup.make(store, NOW + day * DAY), tmp_path / f"{day}")
    kept = names(store)
    target = tmp_path / "my copy.sqlite3"
    assert backup.make(store, NOW, target) == target
    assert dump(target) == dump(store.place.database)
    assert names(store) == kept


@pytest.mark.parametrize("kind", ["file", "link", "directory"])
def test_a_backup_never_overwrites(store, tmp_path, kind):
    target = tmp_path / "copy"
    if kind == "file":
        target.write_text("precious")
    elif kind == "link":
        target.symlink_to(tmp_path / "nowhere")
    else:
        target.mkdir()
    with pytest.raises(RefusedError, match="exists already"):
        backup.make(store, NOW, target)
    assert not (tmp_path / "nowhere").exists()
    assert kind != "file" or target.read_text() == "precious"


def test_a_file_that_ends_in_part_is_not_taken_for_ours(store, tmp_path):
    (tmp_path / "copy.part").write_text("precious")
    backup.make(store, NOW, tmp_path / "copy")
    assert (tmp_path / "copy.part").read_text() == "precious"


def test_a_backup_into_a_directory_that_is_not_there_is_said(store, tmp_path):
    with pytest.raises(StoreError, match="No such file or directory"):
        backup.make(store, NOW, tmp_path / "missing" / "copy")


def test_a_backup_that_came_out_wrong_is_thrown_away(store, monkeypatch):
    real = backup.examine
    monkeypatch.setattr(backup, "examine", lambda path: replace(real(path), entries=99))
    with pytest.raises(StoreError, match="came out incomplete; it was thrown away"):
        backup.make(store, NOW)
    assert list(store.place.backups.iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from toggl_desktop.store import backup
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
backup.examine = lambda path: os.kill(os.getpid(), 9)
backup.make(Store(Place(Path(sys.argv[1]))), 1_790_000_000)
"""


def test_a_process_killed_while_it_makes_a_backup_leaves_a_draft_that_never_counts(store):
    command = [sys.executable, "-c", KILLED, store.place.directory]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -9
    (draft,) = store.place.backups.iterdir()
    assert draft.name.endswith(".part")
    assert names(store) == []
    assert backup.newest_good(store.place) is None
    old = draft.stat().st_mtime - 2 * HOUR
    os.utime(draft, (old, old))
    backup.make(store, NOW)
    assert not draft.exists()


# Daily ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("later", "due"),
    [(0, False), (HOUR, False), (DAY - 1, False), (DAY, True), (30 * DAY, True), (-HOUR, True)],
)
def test_a_backup_is_due_when_the_newest_is_a_day_old_or_of_a_wrong_clock(store, later, due):
    assert backup.make_if_due(store, NOW) is not None
    made = backup.make_if_due(store, NOW + later)
    assert (made is not None) is due


def test_backups_of_updates_and_restores_are_no_days_work(store):
    first = backup.make(store, NOW - 2 * DAY)
    shutil.copyfile(first, store.place.backups / "toggl-20260921T141320Z-v1.sqlite3")
    shutil.copyfile(first, store.place.backups / "toggl-20260921T141320Z-r.sqlite3")
    assert backup.make_if_due(store, NOW) is not None


def test_a_year_of_days_keeps_seven_daily_and_four_weekly_ones(store):
    made = []
    template = backup.make(store, NOW)
    template.unlink()
    with_content = store.place.backups / "content"
    backup.make(store, NOW, with_content)
    for day in range(365):
        at = NOW + day * DAY
        stamp = datetime.fromtimestamp(at, UTC).strftime("%Y%m%dT%H%M%SZ")
        shutil.copyfile(with_content, store.place.backups / f"toggl-{stamp}.sqlite3")
        made.append(at)
        backup.thin_out(store.place)
    kept = [b.at for b in backup.known(store.place)]
    assert kept[:7] == made[:-8:-1]
    weeks = [at // (7 * DAY) for at in kept]
    assert len(set(weeks)) == 4
    assert 7 <= len(kept) <= 11
    assert kept[-1] >= made[-1] - 28 * DAY


def test_of_one_day_the_newest_stays(store):
    for hour in range(5):
        backup.make(store, NOW + hour * HOUR)
    assert [b.at for b in backup.known(store.place)] == [NOW + 4 * HOUR]


def test_the_one_just_made_stays_even_under_a_clock_that_went_back_years(store):
    for day in range(40):
        backup.make(store, NOW + day * DAY)
    made = backup.make(store, NOW - 900 * DAY)
    assert made.exists()


def test_those_before_the_last_two_updates_and_last_four_restores_stay(store):
    first = backup.make(store, NOW)
    for version in range(1, 6):
        shutil.copyfile(
            first, store.place.backups / f"toggl-20250101T00000{version}Z-v{version}.sqlite3"
        )
        shutil.copyfile(first, store.place.backups / f"toggl-20250101T00000{version}Z-r.sqlite3")
    backup.thin_out(store.place)
    assert names(store) == [
        first.name,
        "toggl-20250101T000005Z-v5.sqlite3",
        "toggl-20250101T000005Z-r.sqlite3",
        "toggl-20250101T000004Z-v4.sqlite3",
        "toggl-20250101T000004Z-r.sqlite3",
        "toggl-20250101T000003Z-r.sqlite3",
        "toggl-20250101T000002Z-r.sqlite3",
    ]


def test_what_only_looks_like_a_backup_is_passed_over_and_left_alone(store):
    good = backup.make(store, NOW)
    strangers = (
        "toggl-.sqlite3", "toggl-20261399T999999Z.sqlite3", "toggl-20260101T000000Z-vx.sqlite3",
        "toggl-20260101T000000Z.sqlite3.part", "mine.sqlite3", "toggl-20260101T000000Z-x.sqlite3",
    )  # fmt: skip
    for name in strangers:
        (store.place.backups / name).write_text("x")
    (store.place.backups / "toggl-20260101T000000Z.sqlite3").mkdir()
    (store.place.backups / "toggl-20260102T000000Z.sqlite3").symlink_to(good)
    assert names(store) == [good.name]
    backup.thin_out(store.place)
    assert all((store.place.backups / name).exists() for name in strangers)


def test_the_newest_good_one_is_found_among_bad_ones(store):
    good = backup.make(store, NOW)
    bad = backup.make(store, NOW + DAY)
    bad.write_bytes(bad.read_bytes()[: 5 * 4096])
    (store.place.backups / "toggl-20270101T000000Z.sqlite3").write_bytes(b"")
    assert backup.newest_good(store.place).path == good


def test_without_a_directory_there_are_no_backups(tmp_path):
    assert backup.known(make_place(tmp_path)) == []
    assert backup.newest_good(make_place(tmp_path)) is None


# Examining --------------------------------------------------------------------------------


def other_database(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def planted(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER spy AFTER INSERT ON step BEGIN DELETE FROM tag; END")


def shortened(path):
    path.write_bytes(path.read_bytes()[: 6 * 4096])


def zeroed(path):
    raw = bytearray(path.read_bytes())
    raw[3 * 4096 : 4 * 4096] = bytes(4096)
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"no database" * 1000),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), other_database(path)),
        newer,
        planted,
        shortened,
        zeroed,
    ],
)  # fmt: skip
def test_a_file_that_is_no_good_backup_is_refused_and_nothing_changes(store, tmp_path, spoil):
    path = backup.make(store, NOW, tmp_path / "copy")
    spoil(path)
    with unchanged(store), pytest.raises(RefusedError) as refusal:
        backup.restore(store, path, NOW)
    assert str(path) in refusal.value.sentence
    assert "Nothing was changed" in refusal.value.sentence
    assert names(store) == []


def test_a_row_that_does_not_fit_its_checksum_stops_the_restore(store, tmp_path):
    path = backup.make(store, NOW, tmp_path / "copy")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE time_entry SET description = 'flipped'")
    with unchanged(store), pytest.raises(RefusedError, match="is damaged"):
        backup.restore(store, path, NOW)
    assert not store.place.suspect.exists()


# Restoring --------------------------------------------------------------------------------


def test_a_restore_brings_back_what_was_and_keeps_what_is(store):
    load(store, client("c"), project("p", client="c"), tag("t"), favourite("f", project="p"))
    load(store, entry("b", NOW, NOW + 5, project="p", tags=("t",)), entry("run", NOW + 10), at=NOW)
    before = rows_of(store)
    path = backup.make(store, NOW)
    load(store, project("p", "Renamed", client="c"), entry("run", NOW + 10, NOW + 20))
    load(store, entry("new", NOW, NOW + 1), entry("run2", NOW + 30), tag("t2"))
    load(store, entry("b", NOW, NOW + 5, deleted=True))
    mess = dump(store.place.database)
    last = store.seen
    kept = backup.restore(store, path, NOW + 100)
    assert store.seen == last + 1
    live = {
        kind: [r for r in rows if not r[-2] and not r[-1]] for kind, rows in rows_of(store).items()
    }
    assert live
    assert {e for (e,) in store.source.rows("SELECT lid FROM time_entry WHERE deleted = 0")} == {
        "a", "b", "run",
    }  # fmt: skip
    for kind, rows in before.items():
        now = rows_of(store, [kind])[kind]
        assert [r for r in now if r in rows] == rows
        gone = [r[0] for r in now if r not in rows]
        assert gone == {"time_entry": ["new", "run2"], "tag": ["t2"]}.get(kind, [])
    assert one(store, "new").deleted
    assert store.check(full=True) == []
    assert dump(kept) == mess
    assert backup.known(store.place)[0].before_restore


def test_a_restore_can_be_undone_like_any_step(store):
    path = backup.make(store, NOW)
    load(store, entry("a", NOW, NOW + 1, description="later"), entry("b", NOW, NOW + 1))
    before = rows_of(store)
    backup.restore(store, path, NOW + 100)
    assert journal.undoable(store.source).name == f"Restore {path.name}"
    history.undo(store, Reading(NOW + 101))
    assert rows_of(store) == before
    history.redo(store, Reading(NOW + 102))
    assert one(store, "b").deleted
    assert store.check(full=True) == []


def test_step_numbers_go_on_growing_and_the_epoch_with_every_restore(store):
    path = backup.make(store, NOW)
    for i in range(5):
        load(store, entry("a", NOW, NOW + 1, description=str(i)))
    for epoch in ("1", "2"):
        last = store.seen
        backup.restore(store, path, NOW + 100)
        assert store.seen == last + 1
        assert schema.meta(store.source, "epoch") == epoch


def test_another_process_with_the_store_open_sees_the_restored_rows_and_hears_of_them(store):
    path = backup.make(store, NOW)
    load(store, entry("a", NOW, NOW + 1, description="later"), entry("b", NOW, NOW + 1))
    with Store(store.place) as other:
        heard = []
        other.feed.subscribe(heard.append)
        backup.restore(store, path, NOW + 100)
        assert other.changed_elsewhere()
        assert other.catch_up()
        assert one(other, "a").description == ""
        (said,) = heard
        assert said.ids("time_entry") == {"a", "b"}
        assert (said.seq, said.low, said.high) == (3, NOW, NOW + 1)
        load(other, entry("c", NOW, NOW + 1))
        assert other.seen == 4
    store.catch_up()
    assert one(store, "c").stop == NOW + 1
    assert store.check(full=True) == []


def test_the_log_knows_of_a_restore_so_that_recovery_ends_in_the_same_state(store):
    load(store, entry("mess", NOW, NOW + 1), at=NOW)
    path = backup.make(store, NOW)
    load(store, entry("mess", NOW, NOW + 1, deleted=True), entry("b", NOW, NOW + 1), at=NOW)
    backup.restore(store, path, NOW + 100)
    load(store, entry("c", NOW, NOW + 1), at=NOW)
    expected = rows_of(store)
    where = store.place
    store.close()
    for file in where.directory.glob("toggl.sqlite3*"):
        file.unlink()
    recovery.recover(where)
    with Store(where) as again:
        assert rows_of(again) == expected


def test_what_is_known_of_the_servers_stays_and_what_is_not_comes_from_the_backup(store):
    load(store, entry("b", NOW, NOW + 1), entry("c", NOW, NOW + 1))
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings += [
            Binding("track", "time_entry", "a", 1, {"v": 1}, unsent=False),
            Binding("track", "time_entry", "b", 2, {"v": 1}, unsent=False),
            Binding("track", "time_entry", "c", 3, {"v": 1}, unsent=False),
        ]
    path = backup.make(store, NOW)
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings.append(Binding("track", "time_entry", "a", 1, {"v": 2}, unsent=False))
    load(store, entry("a", NOW, NOW + 1, description="later"), origin=Origin.TRACK)
    with store.locked() as connection:
        connection.execute("DELETE FROM binding WHERE lid IN ('b', 'c')")
    with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
        tx.bindings.append(Binding("track", "time_entry", "x", 3, {"v": 9}, unsent=False))
    backup.restore(store, path, NOW + 100)
    assert get(store.source, "track", "time_entry", "a").base == {"v": 2}
    assert get(store.source, "track", "time_entry", "a").unsent  # the old text must be sent again
    assert get(store.source, "track", "time_entry", "b").rid == 2
    assert get(store.source, "track", "time_entry", "c") is None  # its number is somebody else's
    assert by_rid(store.source, "track", "time_entry", 3).lid == "x"


def test_a_backup_of_an_older_version_is_brought_up_to_date_on_the_way(tmp_path, monkeypatch):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 1, description="old"), at=NOW)
        path = backup.make(store, NOW, tmp_path / "copy")
        load(store, entry("a", NOW, NOW + 1, description="new"), at=NOW)
        where = store.place
    content = path.read_bytes()
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    (folder / "0002_more.sql").write_text("CREATE TABLE more (x TEXT) STRICT;")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    with Store(where) as store:
        assert store.source.value("PRAGMA user_version") == 2
        backup.restore(store, path, NOW + 100)
        assert one(store, "a").description == "old"
        assert store.source.value("PRAGMA user_version") == 2
        assert store.check(full=True) == []
    assert path.read_bytes() == content
    assert not list(where.directory.glob("*.part*"))


def test_a_recovery_from_a_backup_of_an_older_version_brings_it_up_to_date(tmp_path, monkeypatch):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 1), at=NOW)
        backup.make(store, NOW)
        load(store, entry("b", NOW, NOW + 1), at=NOW)
        where = store.place
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    (folder / "0002_more.sql").write_text("ALTER TABLE shelf ADD COLUMN more TEXT;")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    for file in where.directory.glob("toggl.sqlite3*"):
        file.unlink()
    assert recovery.recover(where).replayed == 1
    with Store(where) as store:
        assert store.source.value("PRAGMA user_version") == 2
        assert store.check(full=True) == []


def test_a_copied_file_is_restored_with_the_edits_that_are_still_in_its_log(template, tmp_path):
    other = copied(template, tmp_path / "copy", "open")
    assert Path(f"{other.database}-wal").stat().st_size
    with make_store(tmp_path) as store:
        backup.restore(store, other.database, NOW)
        assert rows_of(store)["time_entry"] == template[1]["time_entry"]
        assert store.check(full=True) == []


def test_a_restore_of_what_is_there_already_changes_no_row(store):
    path = backup.make(store, NOW)
    before = rows_of(store)
    backup.restore(store, path, NOW + 100)
    assert rows_of(store) == before


def test_a_store_of_somebody_else_is_taken_over_whole_and_can_be_undone(store, tmp_path):
    with make_store(tmp_path / "other") as other:
        load(other, entry("theirs", NOW, NOW + 9), at=NOW)
        path = backup.make(other, NOW)
    before = rows_of(store)
    backup.restore(store, path, NOW)
    assert store.source.rows("SELECT lid FROM time_entry WHERE deleted = 0") == [("theirs",)]
    history.undo(store, Reading(NOW))
    assert [r[:12] for r in rows_of(store)["time_entry"] if not r[11]] == [
        r[:12] for r in before["time_entry"]
    ]
    lines, _ = editlog.after(store.place, editlog.Mark(store._log.store, 0))
    assert [line["name"] for line in lines][-2:] == [
        f"Restore {path.name}", f"Undo: Restore {path.name}",
    ]  # fmt: skip


def test_a_restore_that_fails_half_way_changes_nothing(store, monkeypatch):
    path = backup.make(store, NOW)
    load(store, entry("a", NOW, NOW + 1, description="later"))
    monkeypatch.setattr(
        journal, "write", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError)
    )
    with unchanged(store), pytest.raises(sqlite3.OperationalError):
        backup.restore(store, path, NOW)
    monkeypatch.undo()
    backup.restore(store, path, NOW)
    assert one(store, "a").description == ""


def test_a_restore_into_a_store_with_a_damaged_row_says_so(store):
    path = backup.make(store, NOW)
    break_row(store.place, "UPDATE time_entry SET description = 'flipped'")
    with pytest.raises(StoreError):
        backup.restore(store, path, NOW)
