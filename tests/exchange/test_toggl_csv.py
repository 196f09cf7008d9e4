"""Toggl's detailed report in every language, layout and date style it comes in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import AmbiguousDates, Found, Unreadable

FILES = Path(__file__).parent / "files"
BERLIN = ZoneInfo("Europe/Berlin")
CLASSIC = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags,Amount ()\n"
)


def load(name: str) -> Found:
    return read((FILES / name).read_bytes(), name, BERLIN)


def one(row: str, header: str = CLASSIC, zone=BERLIN, **how) -> Found:
    return read((header + row).encode(), "x.csv", zone, **how)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def classic(start: str, stop: str, duration: str = "", text: str = "x") -> str:
    """A row from two `date time` pairs."""
    times = ",".join([*start.split(" ", 1), *stop.split(" ", 1)])
    return f"Jo,j@e.com,,,,{text},No,{times},{duration},,\n"


LANGUAGES = ["en", "us", "de", "fr", "es", "pt", "pl", "it", "ja"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_six_entries_come_out_of_every_language(language: str) -> None:
    found = load(f"toggl_{language}.csv")
    assert (found.format, found.bad) == ("csv", ())
    assert [(r.start, r.stop) for r in found.records] == [
        (utc("2026-03-27 08:03:10"), utc("2026-03-27 09:30:00")),
        (utc("2026-03-27 09:41:00"), utc("2026-03-27 10:05:05")),
        (utc("2026-03-28 12:07:00"), utc("2026-03-28 15:22:00")),
        (utc("2026-03-29 00:30:00"), utc("2026-03-29 01:30:00")),
        (utc("2026-10-25 00:30:00"), utc("2026-10-25 01:45:00")),
        (utc("2026-10-25 22:30:00"), utc("2026-10-25 23:30:00")),
    ]
    first, second, third, *_, last = found.records
    assert (first.client, first.project, first.task) == ("Acme", "Website", "Header")
    assert (first.description, first.tags) == ("Wireframes, first round", ("design", "call"))
    assert (second.project, second.client, second.tags) == (None, None, ())
    assert [r.billable for r in found.records] == [True, False, True, False, False, False]
    assert third.description == "Review of “Zürich” – d'été"
    assert last.description == 'Line one\nline "two"'
    assert last.tags == ("R&D", "a;b")
    assert first.user == "jo@example.com"
    assert [r.line for r in found.records] == [2, 3, 4, 5, 6, 7]


def test_stated_durations_are_those_of_the_records() -> None:
    records = load("toggl_de.csv").records
    assert [r.stop - r.start for r in records if r.stop] == [r.duration for r in records]


def test_the_newer_report_reads_dashes_as_nothing_and_keeps_a_running_entry_open() -> None:
    found = load("toggl_newer.csv")
    old = load("toggl_en.csv")
    assert [(r.start, r.stop, r.project, r.tags) for r in found.records[:6]] == [
        (r.start, r.stop, r.project, r.tags) for r in old.records
    ]
    assert found.records[6].stop is None
    assert found.records[6].description == "Still open"
    assert found.records[1].client is None


def test_the_template_of_toggls_own_importer_needs_no_end() -> None:
    header = "Email,Client,Project,Task,Description,Billable,Start date,Start time,Duration,Tags\n"
    found = one("a@b.c,Acme,Web,,Sketch,Y,2026-05-04,09:00:00,1:30:00,x\n", header)
    assert found.records[0].stop == found.records[0].start + 5400
    assert found.records[0].billable


def test_columns_are_found_by_position_when_the_language_is_unknown() -> None:
    header = ",".join(f"Sloupec {number}" for number in range(14)) + "\n"
    row = "Jo,j@e.com,Acme,Web,,Sketch,No,2026-05-04,09:00:00,2026-05-04,10:00:00,01:00:00,a,\n"
    found = one(row, header)
    record = found.records[0]
    assert (record.client, record.project, record.description) == ("Acme", "Web", "Sketch")
    assert any("position" in note for note in found.notes)


def test_a_header_half_understood_is_completed_by_position() -> None:
    header = CLASSIC.replace("Client", "Asiakas").replace("Description", "Kuvaus")
    record = one(classic("2026-05-04 09:00:00", "2026-05-04 10:00:00", "01:00:00"), header).records[
        0
    ]
    assert record.description == "x"


@pytest.mark.parametrize(
    "header",
    [
        "Project,Client,Duration\n",
        "Description,Duration,Member,Email,Project,Tags,Start time,Stop time\n",
    ],
)
def test_reports_without_dates_are_refused_with_what_to_do(header: str) -> None:
    with pytest.raises(Unreadable, match="Detailed report"):
        one("a,b,1:00:00\n", header)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_separators_and_encodings_are_recognised(separator: str, encoding: str) -> None:
    row = classic("2026-05-04 09:00:00", "2026-05-04 10:00:00", "01:00:00", "Ärger")
    data = (CLASSIC + row).replace(",", separator).encode(encoding)
    found = read(data, "x.csv", BERLIN)
    assert found.records[0].description == "Ärger"


def test_excels_separator_hint_is_passed_over_and_line_numbers_stay_true() -> None:
    data = "sep=;\n" + CLASSIC.replace(",", ";") + "Jo;;;;;x;No;2026-13-40;9;;;;;\n"
    found = read(data.encode(), "x.csv", BERLIN)
    assert [bad.line for bad in found.bad] == [3]


def test_old_windows_files_are_read_with_a_note() -> None:
    assert any("Windows-1252" in note for note in load("toggl_fr.csv").notes)


DATES = [
    ("2026-04-03", (2026, 4, 3)),
    ("2026/4/3", (2026, 4, 3)),
    ("2026年4月3日", (2026, 4, 3)),
    ("03.04.2026", (2026, 4, 3)),
    ("3.4.2026", (2026, 4, 3)),
]


@pytest.mark.parametrize(("written", "meant"), DATES)
def test_dates_that_can_be_read_one_way_only_are_read(written: str, meant: tuple) -> None:
    record = one(classic(f"{written} 09:00:00", f"{written} 10:00:00")).records[0]
    day = datetime.fromtimestamp(record.start, BERLIN)
    assert (day.year, day.month, day.day) == meant


def test_a_number_above_twelve_settles_the_order_of_the_whole_file() -> None:
    rows = classic("05/04/2026 09:00:00", "05/04/2026 10:00:00")
    rows += classic("25/04/2026 09:00:00", "25/04/2026 10:00:00")
    start = datetime.fromtimestamp(one(rows).records[0].start, BERLIN)
    assert (start.day, start.month) == (5, 4)
    rows = rows.replace("25/04", "04/25")
    start = datetime.fromtimestamp(one(rows).records[0].start, BERLIN)
    assert (start.day, start.month) == (4, 5)


def test_an_entry_across_midnight_settles_the_order_by_its_duration() -> None:
    rows = classic("03/04/2026 23:00:00", "04/04/2026 01:00:00", "02:00:00")
    start = datetime.fromtimestamp(one(rows).records[0].start, BERLIN)
    assert (start.day, start.month) == (3, 4)


def test_the_sorting_of_the_report_settles_the_order() -> None:
    days = ["01/02/2026", "02/02/2026", "03/02/2026", "01/03/2026", "02/03/2026"]
    rows = "".join(classic(f"{day} 09:00:00", f"{day} 10:00:00") for day in days)
    start = datetime.fromtimestamp(one(rows).records[1].start, BERLIN)
    assert (start.day, start.month) == (2, 2)


def test_the_range_in_the_name_settles_the_order() -> None:
    row = classic("03/04/2026 09:00:00", "03/04/2026 10:00:00")
    name = "TogglTrack_Report_Detailed_report_(from_03_01_2026_to_03_31_2026).csv"
    found = read((CLASSIC + row).encode(), name, BERLIN)
    start = datetime.fromtimestamp(found.records[0].start, BERLIN)
    assert (start.day, start.month) == (4, 3)


def test_dates_that_stay_ambiguous_are_refused_until_the_order_is_given() -> None:
    row = classic("03/04/2026 09:00:00", "03/04/2026 10:00:00")
    with pytest.raises(AmbiguousDates, match="03/04/2026") as caught:
        one(row)
    assert isinstance(caught.value, Unreadable)
    for order, day in (("dmy", 3), ("mdy", 4)):
        start = one(row, date_order=order).records[0].start
        assert datetime.fromtimestamp(start, BERLIN).day == day


def test_a_date_that_reads_the_same_both_ways_is_not_ambiguous() -> None:
    assert one(classic("05/05/2026 09:00:00", "05/05/2026 10:00:00")).records


def test_the_duration_tells_the_two_meanings_of_the_repeated_hour_apart() -> None:
    night = ("2026-10-25 02:30:00", "2026-10-25 03:30:00")
    long = one(classic(*night, "02:00:00")).records[0]
    short = one(classic(*night, "01:00:00")).records[0]
    assert (long.stop - long.start, short.stop - short.start) == (7200, 3600)
    assert short.start - long.start == 3600


def test_the_end_decides_when_the_duration_is_rounded() -> None:
    record = one(classic("2026-05-04 09:00:00", "2026-05-04 09:52:00", "01:00:00")).records[0]
    assert record.stop - record.start == 52 * 60


BAD_ROWS = [
    (classic("2026-02-30 09:00:00", "2026-02-30 10:00:00"), "is no date"),
    (classic("2026-02-03 25:00:00", "2026-02-03 26:00:00"), "is no time"),
    (classic("2026-02-03 10:00:00", "2026-02-03 09:00:00"), "stops before it starts"),
    (classic("0900-02-03 10:00:00", "0900-02-03 11:00:00"), "the year"),
    ("Jo,j@e.com,,\n", "it has 4 of 14 columns"),
    ("Jo,j@e.com,,,,a,b,c,d,e,f,g,h,i,j,k\n", "it has 16 columns"),
    (classic("2026-02-03 10:00:00", "2026-02-03 1١:00:00"), "is no time"),
    (classic("2026-02-03 10:00:00", "soon soon"), "the stop date “soon” is no date"),
]


@pytest.mark.parametrize(("row", "reason"), BAD_ROWS)
def test_a_bad_row_is_named_by_line_and_reason_and_the_others_come_in(
    row: str, reason: str
) -> None:
    good = classic("2026-05-04 09:00:00", "2026-05-04 10:00:00")
    found = one(good + row + good)
    assert [(bad.line, reason in bad.reason) for bad in found.bad] == [(3, True)]
    assert [record.line for record in found.records] == [2, 4]


def test_a_quote_that_is_never_closed_costs_its_own_line_only() -> None:
    good = classic("2026-05-04 09:00:00", "2026-05-04 10:00:00")
    found = one(good + 'Jo,"never closed,,,,,,,,,,,,\n' + good * 3)
    assert [bad.line for bad in found.bad] == [3]
    assert [record.line for record in found.records] == [2, 4, 5, 6]


def test_the_line_number_is_the_one_a_row_begins_on() -> None:
    good = classic("2026-05-04 09:00:00", "2026-05-04 10:00:00", text='"two\nlines"')
    found = one(good + good + "only,three,cells\n")
    assert [record.line for record in found.records] == [2, 4]
    assert [bad.line for bad in found.bad] == [6]


def test_an_unknown_word_for_billable_is_mentioned() -> None:
    found = one(classic("2026-05-04 09:00:00", "2026-05-04 10:00:00").replace(",No,", ",Kanske,"))
    assert not found.records[0].billable
    assert any("kanske" in note for note in found.notes)


def test_a_file_of_another_program_keeps_its_apostrophes() -> None:
    record = one(classic("2026-05-04 09:00:00", "2026-05-04 10:00:00", text="'=1+1")).records[0]
    assert record.description == "'=1+1"


def test_a_comma_without_a_blank_belongs_to_the_tag() -> None:
    header = CLASSIC
    row = 'Jo,,,,,x,No,2026-05-04,09:00:00,2026-05-04,10:00:00,01:00:00,"a,b, c",\n'
    assert one(row, header).records[0].tags == ("a,b", "c")


def test_dates_must_lie_in_the_range_that_the_name_gives() -> None:
    row = classic("02/12/2026 09:00:00", "02/12/2026 10:00:00")
    name = "TogglTrack_Report_Detailed_report_(from_01_02_2026_to_03_04_2026).csv"
    record = read((CLASSIC + row).encode(), name, BERLIN).records[0]
    start = datetime.fromtimestamp(record.start, BERLIN)
    assert (start.day, start.month) == (12, 2)
    with pytest.raises(AmbiguousDates):
        read((CLASSIC + row).encode(), name.replace("03_04_2026", "00_00_2026"), BERLIN)


def test_a_stated_length_that_fits_neither_order_settles_nothing() -> None:
    rows = classic("03/04/2026 23:00:00", "04/04/2026 01:00:00", "soon")
    with pytest.raises(AmbiguousDates):
        one(rows)


def test_an_end_without_a_date_is_the_next_one_on_the_clock() -> None:
    header = "Description,Start date,Start time,Stop time\n"
    found = one("late,2026-05-04,23:00,01:00\nearly,2026-05-04,09:00,10:00\n", header)
    assert [r.stop - r.start for r in found.records] == [7200, 3600]


def test_a_table_of_starts_alone_is_refused() -> None:
    with pytest.raises(Unreadable, match="neither a stop time nor a duration"):
        one("x,2026-05-04,23:00\n", "Description,Start date,Start time\n")


def test_empty_cells_beyond_the_header_do_no_harm_and_missing_ones_at_the_end_neither() -> None:
    row = classic("2026-05-04 09:00:00", "2026-05-04 10:00:00")
    found = one(row.replace("\n", ",,,\n") + row.replace(",,\n", "\n"))
    assert (len(found.records), found.bad) == (2, ())


def test_a_table_called_csv_is_told_what_it_lacks() -> None:
    with pytest.raises(Unreadable, match="no column Start date"):
        read(b"name,colour\na,b\n", "x.csv", BERLIN)
    with pytest.raises(Unreadable, match="no header"):
        read(b'"\n', "x.csv", BERLIN)


def test_a_foreign_table_of_the_right_width_is_not_taken_for_a_report() -> None:
    header = ",".join(f"c{number}" for number in range(14)) + "\n"
    for row in (",".join("x" * 14), "a,b"):
        with pytest.raises(Unreadable):
            read((header + row + "\n").encode(), "x", BERLIN)


def test_durations_prove_nothing_where_there_are_none() -> None:
    header = "Description,Start date,Start time,Stop time\n"
    with pytest.raises(AmbiguousDates):
        one("x,03/04/2026,23:00,01:00\n", header)
