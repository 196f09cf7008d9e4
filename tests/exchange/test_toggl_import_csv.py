"""Toggl's own import: its columns, its times, and only what comes back as it went in."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.exchange import toggl_import_csv
from toggl_desktop.exchange.records import Record

BERLIN = ZoneInfo("Europe/Berlin")
AT = 1_795_417_200  # 2026-11-23 08:00 in Berlin
ONE = Record(None, "mail", AT, AT + 5400, project="Website", client="Acme", tags=("a", "deep"))


def test_the_columns_are_those_that_toggl_names():
    told = toggl_import_csv.write([ONE], BERLIN, "me@example.com").decode()
    assert told == (
        "Email,Client,Project,Description,Start date,Start time,Duration,Tags\r\n"
        'me@example.com,Acme,Website,mail,2026-11-23,08:00:00,01:30:00,"a, deep"\r\n'
    )


def test_a_usual_entry_fits():
    assert toggl_import_csv.fits(ONE, BERLIN)
    assert toggl_import_csv.fits(replace(ONE, description="", project=None, client=None), BERLIN)


@pytest.mark.parametrize(
    "odd",
    [
        {"stop": None},
        {"stop": AT},
        {"stop": AT + 100 * 3600},
        {"billable": True},
        {"task": "Draw"},
        {"description": "=SUM(A1)"},
        {"description": " mail"},
        {"description": "two\nlines"},
        {"project": "-20 %"},
        {"tags": ("a, b",)},
        {"start": 1_792_888_200, "stop": 1_792_889_000},  # 02:30 on the night of two
    ],
)
def test_what_would_come_back_otherwise_does_not(odd):
    assert not toggl_import_csv.fits(replace(ONE, **odd), BERLIN)
