"""Hamster's report and its database, friendly and hostile."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.exchange import hamster
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Unreadable

FILES = Path(__file__).parent / "files"
BERLIN = ZoneInfo("Europe/Berlin")
SCHEMA = """
CREATE TABLE facts (id integer primary key, activity_id integer, start_time timestamp,
                    end_time timestamp, description varchar2);
CREATE TABLE activities (id integer primary key, name varchar2(500), category_id integer);
CREATE TABLE categories (id integer primary key, name varchar2(500));
CREATE TABLE tags (id integer primary key, name text);
CREATE TABLE fact_tags (fact_id integer, tag_id integer);
"""


def database(path: Path, script: str, schema: str = SCHEMA) -> bytes:
    with closing(sqlite3.connect(path)) as file:
        file.executescript(schema + script)
    return path.read_bytes()


def test_both_files_of_the_peer_hold_the_same_entries() -> None:
    tsv = read((FILES / "hamster.tsv").read_bytes(), "hamster.tsv", BERLIN).records
    db = read((FILES / "hamster.db").read_bytes(), "hamster.db", BERLIN).records
    assert [(r.start, r.stop, r.description, r.project, set(r.tags)) for r in tsv] == [
        (r.start, r.stop, r.description, r.project, set(r.tags)) for r in db
    ]


def test_activity_description_category_and_tags_find_their_places() -> None:
    record = read((FILES / "hamster.tsv").read_bytes(), "hamster.tsv", BERLIN).records[2]
    assert record.description == "Übersicht – “Entwurf”, about Garten"
    assert record.project is None
    assert set(record.tags) == {"café", "ux"}
    assert record.start == int(datetime(2026, 3, 2, 12, 7, tzinfo=UTC).timestamp())


def test_nights_of_a_clock_change_have_their_real_length() -> None:
    found = read((FILES / "hamster.db").read_bytes(), "hamster.db", BERLIN)
    lengths = {r.description: (r.stop or 0) - r.start for r in found.records}
    assert lengths["The short night"] == 100 * 60
    assert lengths["The long night"] == 220 * 60


def test_a_report_in_another_language_is_recognised() -> None:
    text = (
        "Tätigkeit\tAnfang\tEnde\tDauer in Minuten\tKategorie\tBeschreibung\tSchlagwörter\r\n"
        "Mail\t2026-03-02 09:00:00\t2026-03-02 09:30:00\t30.0\tUnsortiert\t\ta, b\r\n"
    )
    found = read(text.encode(), "x.tsv", UTC)
    assert (found.format, found.records[0].project) == ("hamster-tsv", None)
    assert found.records[0].tags == ("a", "b")


def test_bad_lines_of_a_report_are_named() -> None:
    text = (
        "activity\tstart time\tend time\tduration minutes\tcategory\tdescription\ttags\n"
        "Mail\t2026-03-02 09:00\t2026-03-02 09:30\t30.0\t\t\t\n"
        "Mail\tyesterday\t2026-03-02 09:30\t30.0\t\t\t\n"
        "Mail\t2026-03-02 09:00\tlater\t30.0\t\t\t\n"
        "Mail\t2026-03-02 09:00\t2026-03-02 08:30\t30.0\t\t\t\n"
        "Mail\n"
    )
    found = read(text.encode(), "x.tsv", UTC)
    assert len(found.records) == 1
    assert [bad.line for bad in found.bad] == [3, 4, 5, 6]


def test_a_database_with_a_write_ahead_log_is_read_too(tmp_path: Path) -> None:
    data = database(
        tmp_path / "x.db",
        "INSERT INTO activities VALUES (1, 'Mail', -1);"
        "INSERT INTO facts VALUES (1, 1, '2026-03-02 09:00:00', NULL, NULL);",
    )
    found = read(data[:18] + b"\x02\x02" + data[20:], "x.db", UTC)
    assert found.records[0].stop is None


def test_wrong_rows_are_bad_lines_by_row_id(tmp_path: Path) -> None:
    data = database(
        tmp_path / "x.db",
        "INSERT INTO facts VALUES (3, 9, x'00ff', 5, x'ff');"
        "INSERT INTO facts VALUES (4, 9, '2026-03-02 09:00', '2026-03-02 08:00', '');"
        "INSERT INTO facts VALUES (5, 9, '2026-03-02 09:00', '2026-03-02 10:00', 'kept');",
    )
    found = read(data, "x.db", UTC)
    assert [bad.line for bad in found.bad] == [3, 4]
    assert [record.description for record in found.records] == ["kept"]


TWISTS = {
    "a view": """DROP TABLE facts; CREATE VIEW facts AS SELECT 1 id, 1 activity_id,
        '2026-03-02 09:00' start_time, NULL end_time, '' description;""",
    "a virtual table": "DROP TABLE tags; CREATE VIRTUAL TABLE tags USING fts3(id, name);",
    "a missing table": "DROP TABLE fact_tags;",
    "a missing column": "DROP TABLE tags; CREATE TABLE tags (id integer, other text);",
    "a computed column": """DROP TABLE tags; CREATE TABLE tags (id integer,
        name GENERATED ALWAYS AS (zeroblob(2000000)) VIRTUAL); INSERT INTO tags VALUES (1);""",
}


@pytest.mark.parametrize("twist", TWISTS)
def test_views_virtual_tables_and_strange_schemas_are_refused(tmp_path: Path, twist: str) -> None:
    with pytest.raises(Unreadable):
        read(database(tmp_path / "x.db", TWISTS[twist]), "x.db", UTC)


def test_triggers_are_never_run(tmp_path: Path) -> None:
    data = database(
        tmp_path / "x.db",
        "CREATE TRIGGER t AFTER INSERT ON facts BEGIN DELETE FROM facts; END;"
        "DROP TRIGGER t; INSERT INTO facts VALUES (1, 1, '2026-03-02 09:00', NULL, 'x');"
        "CREATE TRIGGER t BEFORE DELETE ON facts BEGIN SELECT load_extension('x'); END;",
    )
    assert len(read(data, "x.db", UTC).records) == 1


def test_nothing_on_disk_is_touched_or_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    read((FILES / "hamster.db").read_bytes(), "hamster.db", UTC)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_database_is_refused_wherever_the_damage_is() -> None:
    data = (FILES / "hamster.db").read_bytes()
    refused = 0
    for at in range(16, len(data), 499):
        broken = data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 60]) + data[at + 60 :]
        try:
            read(broken, "hamster.db", UTC)
        except Unreadable:
            refused += 1
    assert refused > 3
    for length in (16, 100, 4096, len(data) // 2):
        with pytest.raises(Unreadable):
            read(data[:length], "hamster.db", UTC)


def test_years_that_no_calendar_here_knows_are_bad_lines(tmp_path: Path) -> None:
    data = database(
        tmp_path / "x.db",
        "INSERT INTO facts VALUES (1, 1, '0900-03-02 09:00', NULL, '');"
        "INSERT INTO facts VALUES (2, 1, '2026-03-02 09:00', '9999-03-02 09:00', '');",
    )
    assert [bad.line for bad in read(data, "x.db", UTC).bad] == [1, 2]


def test_a_database_that_takes_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hamster, "_STEP", 1)
    monkeypatch.setattr(hamster, "_STEPS_LIMIT", 5)
    with pytest.raises(Unreadable):
        read((FILES / "hamster.db").read_bytes(), "x.db", UTC)
