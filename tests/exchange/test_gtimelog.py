"""gtimelog's log of endings."""

from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest

from toggl_desktop.exchange.gtimelog import SLACKING
from toggl_desktop.exchange.read import read
from toggl_desktop.exchange.records import Found

BERLIN = ZoneInfo("Europe/Berlin")


def log(*lines: str, zone=UTC) -> Found:
    return read("\n".join(lines).encode(), "timelog.txt", zone)


def test_the_first_line_of_a_day_is_the_arrival() -> None:
    found = log(
        "2026-03-02 09:00: arrived",
        "2026-03-02 10:30: mail",
        "",
        "2026-03-03 09:15: arrived",
        "2026-03-03 09:45: mail",
    )
    assert [(r.stop or 0) - r.start for r in found.records] == [5400, 1800]
    assert [r.line for r in found.records] == [2, 5]


def test_the_day_turns_at_two_in_the_morning() -> None:
    found = log(
        "2026-03-02 23:00: arrived",
        "2026-03-03 01:30: late work",
        "2026-03-03 02:30: not the same day any more",
    )
    assert [r.description for r in found.records] == ["late work"]


TEXTS = [
    ("mail", (None, None, "mail", ())),
    ("Acme: mail", ("Acme", None, "mail", ())),
    ("Acme: Build: write code", ("Acme", "Build", "write code", ())),
    ("Acme: Build: fix: crash", ("Acme", "Build", "fix: crash", ())),
    ("Acme:", ("Acme", None, "", ())),
    ("see http://x", (None, None, "see http://x", ())),
    ("Acme: mail -- a b a", ("Acme", None, "mail", ("a", "b"))),
    ("lunch **", (None, None, "lunch", (SLACKING,))),
    ("lunch -- food **", (None, None, "lunch", ("food", SLACKING))),
]


@pytest.mark.parametrize(("text", "meant"), TEXTS)
def test_text_is_taken_apart_as_gtimelog_people_write_it(text: str, meant: tuple) -> None:
    record = log("2026-03-02 09:00: arrived", f"2026-03-02 10:00: {text}").records[0]
    assert (record.project, record.task, record.description, record.tags) == meant


def test_three_asterisks_are_not_counted() -> None:
    found = log(
        "2026-03-02 09:00: arrived",
        "2026-03-02 09:30: on the way ***",
        "2026-03-02 10:00: mail",
    )
    assert [r.description for r in found.records] == ["mail"]
    assert found.skipped == 1


def test_lines_out_of_order_are_sorted_as_gtimelog_does() -> None:
    found = log("2026-03-02 10:00: mail", "2026-03-02 09:00: arrived", "2026-03-02 11:00: code")
    assert [(r.description, (r.stop or 0) - r.start) for r in found.records] == [
        ("mail", 3600),
        ("code", 3600),
    ]


def test_the_nights_the_clock_changes_have_their_real_length() -> None:
    short = log("2026-03-29 02:00: arrived", "2026-03-29 04:00: work", zone=BERLIN)
    long = log("2026-10-25 02:00: arrived", "2026-10-25 04:00: work", zone=BERLIN)
    assert [(r.stop or 0) - r.start for r in (*short.records, *long.records)] == [3600, 10800]


def test_comments_are_passed_over_and_anything_else_is_a_bad_line() -> None:
    found = log(
        "# my log",
        "2026-03-02 09:00: arrived",
        "oops",
        "2026-02-31 10:00: mail",
        "2026-03-02 25:00: mail",
        "2026-03-02 11:00: mail",
    )
    assert [bad.line for bad in found.bad] == [3, 4, 5]
    assert len(found.records) == 1


def test_a_time_that_the_clock_skipped_can_only_be_a_bad_line() -> None:
    found = log(
        "2026-03-29 02:00: arrived",
        "2026-03-29 02:40: never happened",
        "2026-03-29 03:10: work",
        zone=BERLIN,
    )
    assert [bad.line for bad in found.bad] == [3]
