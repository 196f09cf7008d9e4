"""Backups: made daily, complete, never overwritten."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.builders import (
    NOW,
    dump,
    entry,
    load,
    make_place,
    make_store,
)
from toggl_desktop.domain.errors import RefusedError, StoreError
from toggl_desktop.store import backup, schema

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
    assert (found.version, found.entries, found.last_seq) == (schema.newest_version(), 2, 2)
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
