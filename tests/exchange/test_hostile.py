"""Files that nobody should have to open: every one is read, or refused with a sentence."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toggl_desktop.exchange import records, rows
from toggl_desktop.exchange.read import FORMATS, read
from toggl_desktop.exchange.records import BadLine, Found, Unreadable

FILES = Path(__file__).parent / "files"
HEADER = (
    b"User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    b"Duration,Tags,Amount ()\n"
)
ROW = b"Jo,,,,,x,No,2026-05-04,09:00:00,2026-05-04,10:00:00,01:00:00,,\n"

PLAN_HEADER = (FILES / "plan_workspace.csv").read_bytes().partition(b"\n")[0] + b"\n"
PLAN_ROW = b"1,Ann,a@x,7,Imec,9,Web,42,Copy,2026-03-02,,2026-03-02,,30,Done,One,,every 1 week,,\n"


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.csv", HEADER + ROW)
    return out.getvalue()


REFUSED = {
    "nothing": b"",
    "blanks": b" \n\t\n",
    "zip": packed(),
    "gzip": gzip.compress(HEADER + ROW),
    "pdf": b"%PDF-1.7\n",
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
    "only nul": bytes(5000),
    "random": random.Random(1).randbytes(5000),
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "deep array": b"[" * 200_000,
    "deep array, closed": b"[" * 200_000 + b"]" * 200_000,
    "deep object": b'{"a":' * 200_000 + b"1" + b"}" * 200_000,
    "deep in a known key": b'{"projects":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
    "nan": b'[{"start": NaN}]',
    "half json": b'{"time_entries": [',
    "html": b"<!DOCTYPE html><html><body>Sign in</body></html>",
    "prose": b"Dear all,\nplease find attached\nnothing.\n",
    "sqlite head": b"SQLite format 3\x00",
    "sqlite head and noise": b"SQLite format 3\x00" + random.Random(2).randbytes(8192),
    "one line of quotes": b'"' * 100_000,
    "header only of another table": b"a,b,c\n1,2,3\n",
    "newer version": b'{"format": "toggl-desktop", "version": 99, "entries": []}',
    "version of the wrong kind": b'{"format": "toggl-desktop", "version": "1"}',
    "sep only": b"sep=,\n",
    "bom only": b"\xef\xbb\xbf",
    "utf-32 noise": b"\xff\xfe\x00\x00" + bytes(range(200)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_file_of_ours_is_refused_with_a_sentence(name: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(REFUSED[name], "x", UTC)
    assert caught.value.sentence.endswith((".", "?"))
    assert "Traceback" not in caught.value.sentence


def test_a_file_beyond_fifty_megabytes_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="50 MB"):
        read(b"[" + b" " * records.SIZE_LIMIT + b"]", "x.json", UTC)


@pytest.mark.parametrize(
    "content", [HEADER + b"a\n" * 500_001, b'[{"start":1}' + b",{}" * 500_001 + b"]"]
)
def test_more_entries_than_a_life_has_are_refused_before_they_fill_the_memory(
    content: bytes,
) -> None:
    with pytest.raises(Unreadable, match="500,000"):
        read(content, "x", UTC)


def test_more_cells_than_a_life_has_are_refused_before_they_fill_the_memory() -> None:
    with pytest.raises(Unreadable, match="too many cells"):
        read(HEADER + b"," * 8_000_001, "x.csv", UTC)


BAD_LINES = {
    "nul in a row": ROW.replace(b"x", b"a\x00b"),
    "5,000 digits in the duration": ROW.replace(b"01:00:00", b"9" * 5000).replace(b"10:00:00", b""),
    "5,000 digits in the date": ROW.replace(b"2026-05-04", b"9" * 5000, 1),
    "year 0": ROW.replace(b"2026", b"0000"),
    "a cell beyond every limit": ROW.replace(b"x", b"y" * 200_000),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_one_hostile_row_leaves_the_others_alone(name: str) -> None:
    found = read(HEADER + ROW + BAD_LINES[name] + ROW, "x.csv", UTC)
    assert [record.line for record in found.records if record.stop] == [2, 4]
    assert len(found.bad) + sum(record.stop is None for record in found.records) == 1
    assert all(len(bad.text) <= 200 for bad in found.bad)


BAD_TASKS = {
    "nul in a row": PLAN_ROW.replace(b"Copy", b"a\x00b"),
    "5,000 digits in the estimate": PLAN_ROW.replace(b",30,", b"," + b"9" * 5000 + b","),
    "5,000 digits in the date": PLAN_ROW.replace(b"2026-03-02", b"9" * 5000, 1),
    "year 0": PLAN_ROW.replace(b"2026", b"0000"),
    "year 9999": PLAN_ROW.replace(b"2026", b"9999"),
    "a cell beyond every limit": PLAN_ROW.replace(b"Copy", b"y" * 200_000),
    "a hundred cells": PLAN_ROW.replace(b"Copy", b"," * 100 + b"x"),
    "a quote that never ends": PLAN_ROW.replace(b"Copy", b'"Copy').replace(b"Imec", b'Im"ec'),
}


@pytest.mark.parametrize("name", BAD_TASKS)
def test_one_hostile_task_leaves_the_others_alone(name: str) -> None:
    good = PLAN_ROW.replace(b",42,", b",43,")
    found = read(PLAN_HEADER + PLAN_ROW + BAD_TASKS[name].replace(b",42,", b",7,") + good, "x", UTC)
    assert [task.line for task in found.plan] in ([2, 4], [2])
    assert found.bad
    assert all(len(bad.text) <= 200 for bad in found.bad)


HOSTILE_CELLS = {
    "a rule of 5,000 digits": (b"every 1 week", b"every " + b"9" * 5000 + b" weeks"),
    "a rule beyond the calendar": (b"every 1 week", b"every 1 year until 9999-12-31"),
    "a rule of formulas": (b"every 1 week", b"=cmd|' /C calc'!A0"),
    "a name of half characters": (b"Copy", b"\xed\xa0\x80"),
    "only backslashes": (b"Copy", b"\\" * 999),
    "tags without end": (b"Done,One,,", b"Done,One," + b"|".join([b"x"] * 9999) + b","),
    "a path for a project": (b"Web", b"../../.bashrc"),
}


@pytest.mark.parametrize("name", HOSTILE_CELLS)
def test_a_hostile_cell_is_only_text(name: str) -> None:
    was, now = HOSTILE_CELLS[name]
    answered(PLAN_HEADER + PLAN_ROW.replace(was, now) * 3, "x.csv")


def test_a_series_of_thousands_stays_quick() -> None:
    rows = [PLAN_ROW.replace(b",42,", b",%d," % n) for n in range(4000)]
    found = read(PLAN_HEADER + b"".join(rows), "x.csv", UTC)
    assert len({task.group for task in found.plan}) == 4000  # one day: not one series


def test_numbers_beyond_64_bits_are_refused_in_their_item_only() -> None:
    good = b'{"start":"2026-03-27T08:00:00Z","duration":60}'
    digits = b"9" * 5000
    found = read(b"[" + good + b',{"id":' + digits + b"}," + good + b"]", "x.json", UTC)
    assert (len(found.records), len(found.bad)) == (2, 1)


def test_half_characters_and_nul_in_json_do_no_harm() -> None:
    texts = [rb"a\u0000b", rb"\ud800 x", rb"\ud83c\udf89", rb"\\ud800", rb"\udc00\uD83C\\"]
    items = b",".join(
        b'{"start":"2026-03-27T08:00:00Z","duration":1,"description":"' + text + b'"}'
        for text in texts
    )
    found = read(b"[" + items + b"]", "x.json", UTC)
    assert [record.description for record in found.records] == [
        "ab",
        "\ufffd x",
        "🎉",
        "\\ud800",
        "\ufffd\ufffd\\",
    ]


def test_more_bad_lines_than_anybody_reads_refuse_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(records, "BAD_LIMIT", 20)
    with pytest.raises(Unreadable, match="More than 20 lines"):
        read(HEADER + b"a,b,c\n" * 21, "x.csv", UTC)


def test_many_broken_quotes_stay_linear_and_refuse_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "_BROKEN_LIMIT", 50)
    with pytest.raises(Unreadable, match="quotes"):
        read(HEADER + b'a","\n' * 20_000, "x.csv", UTC)


SAMPLES = sorted(path for path in FILES.iterdir() if path.name != "peers.json")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_to_a_real_file_raises_anything_else(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(SAMPLES))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        cut = data.draw(st.integers(0, 50))
        content[at : at + cut] = data.draw(st.binary(max_size=20))
    answered(bytes(content), path.name)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode), st.sampled_from(FORMATS))
def test_no_bytes_under_any_format_raise_anything_else(content: bytes, kind: str) -> None:
    answered(content, "x", kind)
    answered(HEADER + content, "x.csv", None)
    answered(PLAN_HEADER + content, "x.csv", None)
    answered(b"[" + content + b"]", "x.json", kind)


def answered(content: bytes, name: str, kind: str | None = None) -> None:
    try:
        found = read(content, name, UTC, kind)
    except Unreadable:
        return
    assert isinstance(found, Found)
    assert all(isinstance(bad, BadLine) and bad.reason for bad in found.bad)
    for task in found.plan:
        assert task.name
        assert task.start is None or task.end is None or task.start <= task.end
    for record in found.records:
        record.description.encode()
        assert record.stop is None or record.stop >= record.start


def test_an_unknown_format_name_is_refused() -> None:
    with pytest.raises(Unreadable, match="not the name of a format"):
        read(b"x", "x", UTC, "xlsx")
    with pytest.raises(Unreadable, match="SQLite"):
        read((FILES / "hamster.db").read_bytes(), "x.db", UTC, "csv")
