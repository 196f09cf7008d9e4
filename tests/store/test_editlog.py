"""The log of edits has no gaps, believes no damaged line, and brings everything back alone."""

import json

from tests.store.past import LISTS, copied, recovered_from_log
from tests.support.builders import (
    NOW,
    client,
    entry,
    favourite,
    load,
    make_store,
    project,
    rows_of,
    task,
)
from toggl_desktop.actions import history
from toggl_desktop.domain.clock import Reading
from toggl_desktop.store import editlog
from toggl_desktop.store.database import Store

# The log's own accidents ------------------------------------------------------------------


def test_torn_and_foreign_lines_are_counted_and_the_others_count(template, tmp_path):
    where = copied(template, tmp_path)
    (log,) = where.directory.glob("edits-*")
    lines = log.read_bytes().splitlines(keepends=True)
    foreign = json.loads(lines[0]) | {"store": "somebody else's", "seq": 10_000}
    foreign.pop("crc")
    extra = [
        b"\n",
        b"garbage\n",
        b"\xff\xfe\n",
        b"{}\n",
        b'{"seq":1}\n',
        editlog.written(foreign).encode(),
    ]
    log.write_bytes(b"".join([*lines[:5], *extra, *lines[5:], b'{"seq":999,"store":"torn']))
    found = recovered_from_log(where)
    assert found.skipped == 5
    with Store(where) as store:
        assert rows_of(store, LISTS) == template[1]


def test_a_flipped_letter_in_a_line_is_noticed_and_not_believed(template, tmp_path):
    where = copied(template, tmp_path)
    (log,) = where.directory.glob("edits-*")
    log.write_text(log.read_text().replace("Added 5", "Added 6", 1))
    found = recovered_from_log(where)
    assert found.skipped == 1
    with Store(where) as store:
        assert store.check(full=True) == []


def test_steps_whose_neighbours_are_lost_still_come_back(tmp_path):
    with make_store(tmp_path) as store:
        load(store, client("c"), project("p", client="c"), task("k", "p"), at=NOW)  # lost below
        load(store, entry("a", NOW, NOW + 10, project="p", task="k"), at=NOW)
        load(store, entry("run1", NOW + 20), at=NOW)
        load(store, entry("run1", NOW + 20, NOW + 30), at=NOW)  # lost below
        load(store, entry("run2", NOW + 40), at=NOW)
        load(store, favourite("f", task="k", project="p"), at=NOW)
        history.undo(store, Reading(NOW))
        history.redo(store, Reading(NOW))
    where = store.place
    (log,) = where.directory.glob("edits-*")
    lines = log.read_text().splitlines(keepends=True)
    log.write_text("".join(line for i, line in enumerate(lines) if i not in (0, 3, 6)))
    found = recovered_from_log(where)
    assert found.replayed == 5
    with Store(where) as store:
        assert store.check(full=True) == []
        assert dict(store.source.rows("SELECT lid, stop FROM time_entry")) == {
            "a": NOW + 10,
            "run1": NOW + 40,
            "run2": None,
        }
        assert dict(store.source.rows("SELECT lid, name FROM project")) == {
            "p": "Unknown (recovered)"
        }
        assert store.source.rows("SELECT lid, project FROM task") == [("k", "p")]
        assert store.source.value("SELECT name FROM step ORDER BY seq DESC") == (
            "Make up for steps that were lost"
        )


def test_a_lost_client_and_workspace_get_a_name_too(tmp_path):
    from toggl_desktop.domain.entities import Workspace

    with make_store(tmp_path) as store:
        load(store, Workspace("w", "Work"), client("c", workspace="w"), at=NOW)
        load(store, project("p", client="c", workspace="w"), at=NOW)
    (log,) = store.place.directory.glob("edits-*")
    log.write_text(log.read_text().splitlines(keepends=True)[1])
    recovered_from_log(store.place)
    with Store(store.place) as store:
        assert store.source.value("SELECT name FROM client") == "Unknown (recovered)"
        assert store.source.value("SELECT name FROM workspace WHERE lid = 'w'") is not None


def test_a_line_of_a_newer_program_that_makes_no_sense_here_is_counted(tmp_path):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 10), at=NOW)
    (log,) = store.place.directory.glob("edits-*")
    line = editlog.parsed(log.read_text().rstrip("\n"))
    alien = {
        **line,
        "seq": 2,
        "changes": [["time_entry", "b", None, {"lid": "b"}], ["robot", "r", None, {}]],
    }
    known = {**line, "seq": 3, "changes": [["robot", "r", None, {}]]}
    log.write_text(log.read_text() + editlog.written(alien) + editlog.written(known))
    found = recovered_from_log(store.place)
    assert (found.replayed, found.skipped) == (2, 1)
    with Store(store.place) as store:
        assert store.seen == 3


def test_steps_that_the_log_missed_are_filled_in_by_the_next_one(tmp_path, monkeypatch):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 10), at=NOW)
        monkeypatch.setattr(
            editlog.EditLog, "_write", lambda *_: (_ for _ in ()).throw(OSError(28, "full"))
        )
        for i in range(5):
            load(store, entry("a", NOW, NOW + 10, description=str(i)), at=NOW)
        monkeypatch.undo()
        load(store, entry("b", NOW, NOW + 10), at=NOW)
        lines, unread = editlog.after(store.place, editlog.Mark(store._log.store, 0))
    assert ([line["seq"] for line in lines], unread) == ([1, 2, 3, 4, 5, 6, 7], 0)
    expected = [(f, json.loads(b)) for f, b in [("a", '{"description":"4"}')]]
    assert expected
    assert lines[5]["changes"][0][3]["description"] == "4"


def test_a_line_torn_by_a_full_disk_costs_only_itself(tmp_path):
    with make_store(tmp_path) as store:
        load(store, entry("a", NOW, NOW + 10), at=NOW)
        (log,) = store.place.directory.glob("edits-*")
        with log.open("a") as file:
            file.write('{"seq":2,"store":"')
        load(store, entry("b", NOW, NOW + 10), at=NOW)
        lines, unread = editlog.after(store.place, editlog.Mark(store._log.store, 0))
    assert ([line["seq"] for line in lines], unread) == ([1, 2], 1)
    found = recovered_from_log(store.place)
    assert (found.replayed, found.skipped) == (2, 1)


def test_a_log_that_was_removed_begins_again_with_what_fits(tmp_path, monkeypatch):
    monkeypatch.setattr(editlog, "FILLED_AT_MOST", 3)
    with make_store(tmp_path) as store:
        for i in range(3):
            load(store, entry("a", NOW, NOW + 10, description=str(i)), at=NOW)
        (log,) = store.place.directory.glob("edits-*")
        log.unlink()
    for i in range(3, 5):
        with make_store(tmp_path) as store:
            load(store, entry("a", NOW, NOW + 10, description=str(i)), at=NOW)
            log.unlink(missing_ok=i == 3)
            load(store, entry("b", NOW, NOW + 10, description=str(i)), at=NOW)
            lines, _ = editlog.after(store.place, editlog.Mark(store._log.store, 0))
            log.unlink()
    assert [line["seq"] for line in lines] == [7]


def test_the_log_keeps_twelve_months_whatever_the_clock_says(tmp_path):
    month = 31 * 86400
    with make_store(tmp_path) as store:
        for i in range(15):
            load(store, entry("a", NOW, NOW + 10, description=str(i)), at=NOW + i * month)
        assert len(editlog.files(store.place)) == 12
        load(store, entry("a", NOW, NOW + 10, description="1970"), at=1)
        assert (store.place.directory / "edits-197001.jsonl").exists()
        assert len(editlog.files(store.place)) == 12


def test_edits_made_under_a_wrong_clock_come_back_in_their_order(tmp_path):
    year = 366 * 86400
    with make_store(tmp_path) as store:
        for i, at in enumerate((NOW, NOW + year, NOW - year, NOW + 86400, NOW)):
            load(store, entry("a", NOW, NOW + 10, description=str(i)), at=at)
        expected = rows_of(store, LISTS)
        assert editlog.last(store.place).seq == 5
    assert recovered_from_log(store.place).replayed == 5
    with Store(store.place) as store:
        assert rows_of(store, LISTS) == expected


def test_the_end_of_a_log_with_a_very_long_line_is_found(tmp_path):
    with make_store(tmp_path) as store:
        long = [entry(f"e{i}", NOW, NOW + 1, description="x" * 3000) for i in range(100)]
        load(store, *long, at=NOW)
        assert editlog.last(store.place) == editlog.Mark(store._log.store, 1)
        (log,) = store.place.directory.glob("edits-*")
        with log.open("a") as file:
            file.write("garbage\n" + "y" * 200_000)
        assert editlog.last(store.place) == editlog.Mark(store._log.store, 1)
        load(store, entry("b", NOW, NOW + 1), at=NOW)
        assert editlog.last(store.place) == editlog.Mark(store._log.store, 2)
