"""A store with a past, and what may happen to it."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.support.builders import (
    NOW,
    client,
    favourite,
    load,
    make_place,
    make_store,
    project,
    rows_of,
    tag,
    task,
)
from toggl_desktop.actions import catalog, entries, history, timer
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import (
    AddEntry,
    AddProject,
    DeleteEntries,
    DeleteThing,
    EditEntries,
    SplitEntry,
    StartTimer,
    StopTimer,
)
from toggl_desktop.domain.entities import Entry
from toggl_desktop.store import backup, recovery, tables
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.place import Place
from toggl_desktop.store.read import entries as read

LISTS = (
    *("workspace", "client", "project", "task", "tag", "time_entry", "favourite"),
    "step",
    "change",
)


def work(store, first, count):
    """Does all sorts of things, as a person would."""
    for i in range(first, first + count):
        now = Reading(NOW + i * 600)
        timer.start(store, StartTimer(f"Work {i} " + "äöü " * (i % 40), tags=("t1",)), now)
        if i % 5 == 0:
            timer.stop(store, StopTimer(), Reading(now.wall + 300))
            history.undo(store, Reading(now.wall + 301))
        if i % 7 == 3:
            history.undo(store, Reading(now.wall + 5))
            history.redo(store, Reading(now.wall + 6))
        if i % 11 == 4:
            lid = read.latest_stopped(store.source).lid
            entries.edit(store, EditEntries((lid,), f"Edited {i}", project="p1"), now)
        if i % 13 == 5:
            entries.add(store, AddEntry(now.wall - 90_000, now.wall - 89_000, f"Added {i}"), now)
            lid = tables.load(store.source, Entry, "WHERE description = ?", (f"Added {i}",))[0].lid
            entries.split(store, SplitEntry(lid, now.wall - 89_500), now)
            entries.delete(store, DeleteEntries((lid,)), now)
        if i % 17 == 6:
            catalog.add(store, AddProject(f"Project {i}"), now)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A store with a past: two backups on the way, edits after them, a log; and what it holds."""
    folder = tmp_path_factory.mktemp("template")
    with make_store(folder) as store:
        load(
            store, client("c1"), project("p1", client="c1"), task("k1", "p1"), tag("t1"),
            project("gone"), favourite("f1", project="p1", task="k1", tags=("t1",)),
            at=NOW,
        )  # fmt: skip
        work(store, 0, 20)
        backup.make(store, NOW + 20 * 600)
        catalog.delete(store, DeleteThing("project", "gone"), Reading(NOW + 20 * 600))
        work(store, 20, 20)
        backup.make(store, NOW + 40 * 600 + 86400)
        with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
            tx.bindings.append(Binding("track", "time_entry", read.running(store.source).lid, 7))
        work(store, 40, 20)
        assert store.check(full=True) == []
        expected = rows_of(store, LISTS)
        shutil.copytree(
            folder / "data", folder / "open"
        )  # with its -wal, as a killed process leaves it
    return folder, expected


def copied(template, tmp_path, which="data") -> Place:
    shutil.copytree(template[0] / which, tmp_path / "data")
    return make_place(tmp_path)


def remove_file(where):
    for path in where.directory.glob("toggl.sqlite3*"):
        path.unlink()


def recovered_from_log(where):
    remove_file(where)
    if where.backups.exists():
        shutil.rmtree(where.backups)
    return recovery.recover(where)


def break_row(where, sql):
    """Changes a row behind the store's back."""
    with closing(sqlite3.connect(where.database, isolation_level=None)) as connection:
        connection.execute(sql)


def look_at_everything(store):
    """Uses the store as a program would, for as long as it lets us."""
    read.find(store.source, read.Wanted())
    read.find(store.source, read.Wanted(text="work"))
    read.recents(store.source, 10)
    tables.load(store.source, Entry)
    list(store.source.rows("SELECT * FROM change"))
    return store.check(full=True)
