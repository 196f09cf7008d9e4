"""What is exported and imported again is identical."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Bundle, Record
from toggl_desktop.exchange.write import OMITS_RUNNING, write

ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
).map(ZoneInfo)
SOUND = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TRICKY = st.sampled_from(
    ["=1+1", "'=1", "'", '"', '""', ",", "a, b", "a\\", "\\,", "\r\n", "\n", "-", "🎉", "tag:x",
     "project:p", "billable:yes", "client:", "  padded  ", "sep=;", "İ", "\u2028", "\x85", "{", "["]
)  # fmt: skip
TEXT = TRICKY | st.text(SOUND, max_size=30)
NAME = TEXT.filter(lambda text: text != "")
TAGS = st.lists(NAME.filter(lambda text: text.strip() != ""), max_size=4, unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn, *, running: bool = True, lossless: bool = False) -> Record:
    start = draw(st.integers(1_136_073_600, 1_924_991_999))
    length = draw(st.integers(0, 999 * 3600) | (st.none() if running else st.nothing()))
    record = Record(
        line=None,
        description=draw(TEXT),
        start=start,
        stop=None if length is None else start + length,
        project=draw(st.none() | NAME),
        client=draw(st.none() | NAME),
        task=draw(st.none() | NAME),
        tags=draw(TAGS),
        billable=draw(st.booleans()),
    )
    if not lossless:
        return record
    return replace(
        record,
        workspace=draw(st.none() | NAME),
        color=draw(st.none() | st.just("#0b83d9")),
        track_id=draw(st.none() | st.integers(-(2**63), 2**63 - 1)),
        user=draw(st.none() | NAME),
        project_track_id=draw(st.none() | st.integers(0, 2**62)),
    )


def bare(record: Record) -> Record:
    """Without what only the reading side adds."""
    return replace(record, line=None, duration=None)


@settings(max_examples=60, deadline=None)
@given(st.lists(records(running=False), max_size=5), ZONES, ZONES, st.booleans())
def test_csv_comes_back_identical_even_read_in_another_zone(
    entries: list[Record], here: ZoneInfo, there: ZoneInfo, raw: bool
) -> None:
    found = read(write("csv", entries, zone=here, raw=raw), "x.csv", there)
    assert found.bad == ()
    assert [bare(record) for record in found.records] == entries


@settings(max_examples=60, deadline=None)
@given(st.lists(records(lossless=True), max_size=5))
def test_our_json_comes_back_identical(entries: list[Record]) -> None:
    found = read(write("json", entries), "x.json", ZoneInfo("UTC"))
    assert (found.format, found.bad) == ("json", ())
    assert [bare(record) for record in found.records] == entries


@settings(max_examples=60, deadline=None)
@given(st.lists(records(), min_size=1, max_size=5))
def test_timewarrior_json_comes_back_identical(entries: list[Record]) -> None:
    found = read(write("timewarrior", entries), "x.json", ZoneInfo("UTC"))
    assert (found.format, found.bad) == ("timewarrior", ())
    assert [bare(record) for record in found.records] == entries


def test_the_repeated_hour_keeps_its_two_meanings_in_csv() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    entries = [Record(None, f"{at}", at, at + 600) for at in range(1792879200, 1792890000, 600)]
    found = read(write("csv", entries, zone=berlin), "x.csv", berlin)
    assert [bare(record) for record in found.records] == entries


@pytest.mark.parametrize("kind", sorted(OMITS_RUNNING))
def test_the_running_entry_is_left_out_of_csv_and_ics(kind: str) -> None:
    running, done = Record(None, "still open", 1_700_000_000, None), Record(None, "done", 0, 60)
    data = write(kind, [running, done])
    assert b"done" in data
    assert b"still open" not in data


ROW = st.dictionaries(
    st.text(SOUND, max_size=8),
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | TEXT
    | st.lists(TEXT, max_size=3),
    max_size=4,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(ROW, max_size=3), st.lists(ROW, max_size=3))
def test_the_lists_beside_the_entries_come_back_as_they_were(
    projects: list[dict[str, object]], favourites: list[dict[str, object]]
) -> None:
    bundle = Bundle(projects=tuple(projects), favourites=tuple(favourites))
    found = read(write("json", [], bundle=bundle), "x.json", ZoneInfo("UTC"))
    assert found.bundle == bundle


def test_rows_with_the_usual_keys_are_also_given_as_records() -> None:
    bundle = Bundle(
        projects=({"id": "p1", "name": "Web", "client": "Acme", "archived": True, "track_id": 7},),
        clients=({"name": "Acme"},),
        tags=({"name": "deep"}, {"nameless": True}),
        tasks=({"name": "Build", "project": "Web"},),
        workspaces=({"name": "Mine", "track_id": 9},),
    )
    found = read(write("json", [], bundle=bundle), "x.json", ZoneInfo("UTC"))
    project = found.projects[0]
    assert (project.name, project.client, project.archived, project.track_id) == (
        "Web",
        "Acme",
        True,
        7,
    )
    assert [tag.name for tag in found.tags] == ["deep"]
    assert (found.clients[0].name, found.tasks[0].project) == ("Acme", "Web")
    assert found.workspaces[0].track_id == 9


def test_a_spreadsheet_that_saves_our_csv_with_its_own_separator_loses_nothing() -> None:
    entry = Record(None, "=danger, 'quoted'", 1_780_000_000, 1_780_003_600, tags=("a, b", "=c"))
    rows = csv.reader(io.StringIO(write("csv", [entry]).decode("utf-8-sig"), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    found = read(out.getvalue().encode("utf-16"), "x.csv", ZoneInfo("Asia/Tokyo"))
    assert [bare(record) for record in found.records] == [entry]


def test_an_end_that_was_edited_in_a_spreadsheet_is_believed() -> None:
    entry = Record(None, "x", 1_780_000_000, 1_780_003_600)
    data = write("csv", [entry]).replace(b"21:26:40", b"21:56:40")
    found = read(data, "x.csv", ZoneInfo("UTC"))
    assert found.records[0].stop == entry.start + 5400
