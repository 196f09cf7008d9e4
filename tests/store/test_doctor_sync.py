"""What must never be between here and a server is found; each of the questions can fail."""

import sqlite3
from contextlib import closing

import pytest

from tests.support.builders import NOW, client, entry, load, make_store, project, tag
from toggl_desktop.domain.changes import Origin
from toggl_desktop.store import attempts, doctor, doctor_sync, progress, shelf
from toggl_desktop.store.attempts import Attempt
from toggl_desktop.store.bindings import Binding


def tied(kind, lid, rid, **base):
    return Binding("track", kind, lid, rid, base, unsent=False)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with make_store(tmp_path_factory.mktemp("store")) as made:
        load(made, client("c"), project("p", client="c"), tag("t"), tag("u"))
        load(made, entry("e", NOW, NOW + 60, project="p", tags=("t", "u")))
        load(
            made, entry("new", NOW, NOW + 9), entry("sure", NOW, NOW + 8), entry("twice", NOW, NOW)
        )
        with made.transaction("Bind", NOW, origin=Origin.TRACK) as tx:
            one = entry("e", NOW, NOW + 60)
            tx.bindings += [
                tied("workspace", "local", 7, name="Work"),
                tied("client", "c", 3, name=client("c").name, archived=False),
                tied(
                    "project", "p", 4, name=project("p").name, color=project("p").color, client=3,
                    billable=False, archived=False, workspace=7,
                ),
                tied("tag", "t", 1, name=tag("t").name),
                tied("tag", "u", 2, name=tag("u").name),
                tied(
                    "time_entry", "e", 9, description=one.description, start=NOW, stop=NOW + 60,
                    workspace=7, project=4, task=None, tags=[2, 1], billable=False,
                ),
                Binding("track", "time_entry", "new"),
                Binding("track", "time_entry", "sure", 10, {"description": ""}),
                Binding("track", "time_entry", "twice", hold={"reason": "duplicate", "rids": [9]}),
            ]  # fmt: skip
            key = ("track", "time_entry")
            tx.also += [
                attempts.put(Attempt(*key, "new", "create", {}, None, 0, 5.0, "boot")),
                attempts.put(Attempt(*key, "sure", "update", {}, None, 0)),
                progress.put_cursor("track", progress.Cursor("time_entry", NOW, 9, NOW)),
                shelf.put(shelf.Shelved(NOW, "trash", "time_entry", "e", 9, {})),
            ]
        with made.locked() as writer:
            progress.put_bucket(writer, progress.Bucket("me", "boot", 1.0, NOW, (1.0,)))
        assert made.check(full=True) == []
        yield made


E = "WHERE kind = 'time_entry' AND lid = 'e'"
NO_NUMBER = "UPDATE binding SET rid = NULL, base = NULL WHERE lid = 'sure'"
TWICE = (
    "DROP INDEX binding_by_rid; ALTER TABLE binding RENAME TO b;"
    "CREATE TABLE binding AS SELECT * FROM b;"
    "INSERT INTO binding SELECT * FROM b WHERE lid = 'local'"
)
FAULTS = [
    ("wait for an answer and have no tie", "DELETE FROM binding WHERE lid = 'new'"),
    ("have a number already", "UPDATE binding SET rid = 77 WHERE lid = 'new'"),
    ("changes were sent of rows that have no number", NO_NUMBER),
    ("are on their way at the same time",
     "UPDATE binding SET hold = '{\"reason\": \"duplicate\"}' WHERE lid = 'new'"),
    ("possible duplicates have a number", "UPDATE binding SET rid = 78 WHERE lid = 'twice'"),
    ("no known start of the machine", "UPDATE attempt SET boot_id = NULL"),
    ("held for no known reason", f"UPDATE binding SET hold = '{{\"reason\": \"mood\"}}' {E}"),
    ("held for no known reason", f"UPDATE binding SET hold = 'mood' {E}"),
    ("without ever having been there", "UPDATE binding SET gone = 1 WHERE lid = 'new'"),
    ("marks of the sync are neither", f"UPDATE binding SET unsent = 2 {E}"),
    ("are deleted there, and would never be sent", f"UPDATE binding SET gone = 1 {E}"),
    ("would never be deleted there", "UPDATE time_entry SET deleted = 1 WHERE lid = 'e'"),
    ("new rows would never be sent", "UPDATE binding SET unsent = 0 WHERE lid = 'new'"),
    ("sample rows are tied", f"UPDATE binding SET lid = 'sample-e' {E}"),
    ("up to a moment that cannot be", "UPDATE cursor SET fetched_at = NULL"),
    ("limits of a server make no sense", "UPDATE quota SET total = 0"),
    ("on the shelf for no known reason", "UPDATE shelf SET reason = 'whim'"),
    ("workspace is joined with two", TWICE),
]  # fmt: skip


@pytest.fixture
def copy(store):
    """What is done behind the store's back is done to a copy of it in memory."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        store._reading().backup(connection)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


def spoil(connection, sql):
    for one in sql.split(";"):
        connection.execute(one)


@pytest.mark.parametrize(("words", "sql"), FAULTS)
def test_what_must_never_be_is_found_by_a_count(copy, words, sql):
    spoil(copy, sql)
    found = list(doctor._asked(doctor_sync.CHECKS, copy))
    assert any(words in sentence for sentence in found), found


def test_every_check_of_the_list_is_shown_to_fail():
    shown = {words for words, _ in FAULTS}
    missed = [c.words for c in doctor_sync.CHECKS if not any(words in c.words for words in shown)]
    assert missed == []


EDITS = [
    ("time_entry", "UPDATE time_entry SET description = 'edited' WHERE lid = 'e'"),
    ("time_entry", "UPDATE time_entry SET stop = stop + 1 WHERE lid = 'e'"),
    ("time_entry", "UPDATE time_entry SET stop = NULL WHERE lid = 'e'"),
    ("time_entry", "UPDATE time_entry SET billable = 1 WHERE lid = 'e'"),
    ("time_entry", "UPDATE time_entry SET project = NULL WHERE lid = 'e'"),
    ("time_entry", "UPDATE binding SET rid = NULL, base = NULL, unsent = 1 WHERE lid = 'p'"),
    ("time_entry", "UPDATE time_entry SET tags = '[\"t\"]' WHERE lid = 'e'"),
    ("time_entry", "UPDATE binding SET rid = 5 WHERE lid = 'u'"),
    ("project", "UPDATE project SET name = 'other'"),
    ("project", "UPDATE project SET client = NULL"),
    ("client", "UPDATE client SET archived = 1"),
    ("tag", "UPDATE tag SET name = 'other' WHERE lid = 't'"),
]


@pytest.mark.parametrize(("kind", "sql"), EDITS)
def test_an_edit_that_is_not_marked_to_be_sent_is_found(copy, kind, sql):
    assert list(doctor._asked(doctor_sync.ROW_CHECKS, copy)) == []
    spoil(copy, sql)
    found = list(doctor._asked(doctor_sync.ROW_CHECKS, copy))
    words = f"of kind {kind} are not what the server has and would never be sent"
    assert any(words in sentence for sentence in found), found


def test_a_damaged_request_without_an_answer_is_found(store, copy):
    spoil(copy, "UPDATE attempt SET payload = '{\"x\": 1}' WHERE lid = 'new'")
    found = doctor.examine(store.place, copy, full=True)
    assert found.damage == ["1 requests without an answer do not fit their checksum."]


def test_the_questions_belong_to_every_look_at_a_store(store, copy):
    spoil(copy, "UPDATE binding SET unsent = 0 WHERE lid = 'new'")
    assert doctor.examine(store.place, copy).faults == ["1 new rows would never be sent."]
    spoil(copy, "UPDATE binding SET unsent = 1 WHERE lid = 'new'; UPDATE attempt SET boot_id = 'b'")
    assert doctor.examine(store.place, copy, full=False).faults == [
        "1 answers are awaited since a moment of no known start of the machine."
    ]
