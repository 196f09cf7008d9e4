"""Every released shape of the file becomes the present one, whole, whatever happens meanwhile.

What waits to be sent, what is held and what was sent and not answered is in it. A process is
killed before statements of each update (before each with TOGGL_EFFORT=100), and the next to open
the file finds all of it.
"""

import multiprocessing
import shutil
import signal
import sqlite3
from contextlib import closing

import pytest

from tests.store import dying
from tests.support.builders import (
    NOW,
    client,
    dump,
    entry,
    load,
    make_place,
    make_store,
    project,
    tag,
    task,
)
from tests.support.effort import effort
from toggl_desktop.domain.changes import Origin
from toggl_desktop.domain.errors import StoreError
from toggl_desktop.store import attempts, backup, bindings, schema
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding

NEWEST = schema.newest_version()
OLD = range(1, NEWEST)
KEPT = ("client", "project", "task", "tag", "time_entry", "binding", "step", "change", "shelf")
HOLD = {"reason": "refused", "status": 400, "text": "No", "values": {}, "op": "create"}


@pytest.fixture(scope="session")
def present(tmp_path_factory):
    """A store of today with rows that wait, are held, or were sent without an answer."""
    folder = tmp_path_factory.mktemp("present")
    with make_store(folder) as store:
        load(
            store, client("c1"), project("p1", client="c1"), task("k1", "p1"), tag("t1"),
            *(entry(f"e{n}", NOW + n * 100, NOW + n * 100 + 50, project="p1", tags=("t1",))
              for n in range(6)),
        )  # fmt: skip
        with store.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
            tx.bindings += [
                Binding("track", "workspace", "local", 7001, {"name": "W"}, unsent=False),
                Binding("track", "project", "p1", 11, {"name": "Old"}),
                Binding("track", "time_entry", "e1", 21, {"description": "older"}),
                Binding("track", "time_entry", "e2"),
                Binding("track", "time_entry", "e3", hold=HOLD),
            ]
            tx.also.append(
                attempts.put(Attempt("track", "time_entry", "e4", "create", {"start": 1}, NOW, 9))
            )
    return folder


def file_of(version, present, folder):
    """Makes a store of an old version with what is in the present one, as far as it could be."""
    shutil.copytree(present / "data", folder / "data")
    place = make_place(folder)
    new = place.directory / "new.sqlite3"
    place.database.rename(new)
    with closing(sqlite3.connect(place.database, isolation_level=None)) as old:
        for path in sorted(schema.MIGRATIONS.glob("[0-9]*.sql"))[:version]:
            for statement in schema.statements(path.read_text(encoding="utf-8")):
                old.execute(statement)
        old.execute("PRAGMA journal_mode = WAL")
        old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        old.execute(f"PRAGMA user_version = {version}")
        old.execute("ATTACH ? AS new", (str(new),))
        names = [
            n for (n,) in old.execute("SELECT name FROM main.sqlite_master WHERE type='table'")
        ]
        for name in names:
            if name.startswith(("sqlite_", "entry_words")):
                continue
            columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA table_info({name})"))
            old.execute(f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM new.{name}")
        old.execute("DETACH new")
    for path in place.directory.glob("new.sqlite3*"):
        path.unlink()
    place.database.chmod(0o600)
    return place


def rows(path):
    with closing(sqlite3.connect(path)) as connection:
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall()
            for name in KEPT
        }


def is_whole(place, before):
    """Fails unless a store opens, is sound, of today, and has all that was in it."""
    with make_store(place.directory.parent) as store:
        assert store.source.value("PRAGMA user_version") == NEWEST
        assert store.check(full=True) == []
        waiting = {b.lid: b for b in bindings.waiting(store.source, "track")}
        assert {"p1", "e1", "e2", "e3"} <= waiting.keys()
        assert waiting["e3"].hold == HOLD
    assert rows(place.database) == before


@pytest.mark.parametrize("version", OLD)
def test_every_released_file_becomes_one_of_today_with_all_that_waits(present, tmp_path, version):
    place = file_of(version, present, tmp_path)
    before, text = rows(place.database), dump(place.database)
    is_whole(place, before)
    (kept,) = backup.known(place)
    assert kept.before_version == version
    assert dump(kept.path) == text


@pytest.mark.parametrize("version", OLD)
def test_killed_before_any_statement_of_the_update_nothing_is_lost(present, tmp_path, version):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.store.dying"])
    file_of(version, present, tmp_path / "template")
    before = rows(tmp_path / "template" / "data" / "toggl.sqlite3")
    note = tmp_path / "note"

    def run(place, last):
        process = context.Process(target=dying.die_at, args=(place.directory, last, note))
        process.start()
        process.join(60)
        return process.exitcode

    def copy(name):
        shutil.copytree(tmp_path / "template" / "data", tmp_path / name / "data")
        return make_place(tmp_path / name)

    assert run(copy("whole"), 0) == 0, note.read_text(encoding="utf-8")
    count = int(note.read_text(encoding="utf-8"))
    assert count > NEWEST - version
    for last in range(count, 0, -max(1, count // effort(5))):
        place = copy(f"killed {last}")
        assert run(place, last) == -signal.SIGKILL
        is_whole(place, before)
        shutil.rmtree(place.directory.parent)


def test_what_was_sent_and_not_answered_goes_on_into_the_next_version(
    present, tmp_path, monkeypatch
):
    shutil.copytree(present / "data", tmp_path / "data")
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    later = folder / f"{NEWEST + 1:04}_later.sql"
    later.write_text("ALTER TABLE shelf ADD COLUMN why TEXT;\nCREATE TABLE broken (")
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    later.write_text("ALTER TABLE shelf ADD COLUMN why TEXT;\nINSERT INTO nothing VALUES (1);")
    with pytest.raises(StoreError, match="could not be brought up to date"):
        make_store(tmp_path)
    later.write_text("ALTER TABLE shelf ADD COLUMN why TEXT;")
    with make_store(tmp_path) as store:
        (tried,) = attempts.outstanding(store.source, "track")
        assert (tried.lid, tried.payload, tried.max_rid) == ("e4", {"start": 1}, 9)
        assert {b.lid for b in bindings.waiting(store.source, "track")} >= {"e1", "e2", "e3"}
