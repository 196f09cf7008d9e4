"""Bytes of a file to what it holds; the format is found by looking at it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import tzinfo
from typing import Final

from toggl_desktop.domain.stopping import Pulse, go_on
from toggl_desktop.exchange import (
    gtimelog,
    hamster,
    own_json,
    plan_csv,
    timewarrior,
    toggl_csv,
    toggl_json,
)
from toggl_desktop.exchange.cells import DateOrder
from toggl_desktop.exchange.headers import looks_like_report, recognise
from toggl_desktop.exchange.json_items import mended, split_object
from toggl_desktop.exchange.plan_columns import looks_like_plan
from toggl_desktop.exchange.plan_records import VIEW, WORKSPACE
from toggl_desktop.exchange.records import Found, Unreadable
from toggl_desktop.exchange.rows import delimiter_of, table
from toggl_desktop.exchange.text import refuse_by_parts, refuse_by_size_and_shape, to_text

NAMES: Final = {
    toggl_csv.FORMAT: "Toggl's detailed report (CSV)",
    toggl_json.FORMAT: "Toggl Track's API answers (JSON)",
    VIEW: "Toggl Plan's tasks of a view (CSV)",
    WORKSPACE: "Toggl Plan's tasks of a workspace (CSV)",
    own_json.FORMAT: "Toggl Desktop's own JSON",
    timewarrior.FORMAT: "Timewarrior's export (JSON)",
    hamster.TSV: "Hamster's report (TSV)",
    hamster.DATABASE: "Hamster's database (SQLite)",
    gtimelog.FORMAT: "gtimelog's timelog.txt",
}
FORMATS: Final = tuple(NAMES)

_UNKNOWN: Final = f"This file is in no format known here. Known are: {'; '.join(NAMES.values())}."
_FIRST_START: Final = re.compile(r'"start"\s*:\s*"([^"]{0,40})"')
_COMPACT: Final = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_HEAD: Final = 200_000


def read(
    data: bytes,
    name: str,
    zone: tzinfo,
    format: str | None = None,  # noqa: A002 - the word that everybody uses
    date_order: DateOrder | None = None,
    pulse: Pulse = go_on,
) -> Found:
    """Everything the file holds, with every line that was not understood.

    `zone` is where the local times of CSV, Hamster and gtimelog files were written; `name` is the
    file's name, without which some formats are harder to tell; `date_order` settles dates that can
    be read both ways; `pulse` is asked between the rows of a plan. Nothing but the two refusals
    below (and what `pulse` raises) is ever raised, whatever the bytes.

    Raises:
        Unreadable: the file as a whole is refused; the sentence says why.
        AmbiguousDates: it needs `date_order`.
    """
    refuse_by_size_and_shape(data)
    if data.startswith(hamster.MAGIC):
        if format not in {None, hamster.DATABASE}:
            raise Unreadable(f"This is a SQLite database, not {NAMES.get(format, format)}.")
        return hamster.read_database(data, zone)
    text, note = to_text(data)
    refuse_by_parts(text)
    kind = format or _kind_of(text, name)
    if kind in {VIEW, WORKSPACE}:
        found = plan_csv.read(text, date_order, pulse)
    else:
        found = _parsed(kind, text, name, zone, date_order)
    return found if note is None else replace(found, notes=(*found.notes, note))


def _parsed(kind: str, text: str, name: str, zone: tzinfo, date_order: DateOrder | None) -> Found:
    if kind == toggl_csv.FORMAT:
        return toggl_csv.read(text, name, zone, date_order)
    if kind == hamster.TSV:
        return hamster.read_tsv(text, zone)
    if kind == gtimelog.FORMAT:
        return gtimelog.read(text, zone)
    data = mended(text.encode("utf-8", "replace"))
    if kind == own_json.FORMAT:
        return own_json.read(data)
    if kind == toggl_json.FORMAT:
        return toggl_json.read(data, zone)
    if kind == timewarrior.FORMAT:
        return timewarrior.read(data)
    raise Unreadable(f"“{kind}” is not the name of a format; there are {', '.join(FORMATS)}.")


def _kind_of(text: str, name: str) -> str:
    """The format, by content first and by the file's name where the content says nothing.

    Raises:
        Unreadable: it is none that is known.
    """
    start = text.lstrip()
    if start[:1] in {"{", "["}:
        return _json_kind(start)
    head = text[:_HEAD]
    if hamster.looks_like_tsv(head):
        return hamster.TSV
    rows = _first_rows(head)
    if rows and looks_like_plan(rows[0]):
        return VIEW
    if rows and _is_report(rows):
        return toggl_csv.FORMAT
    if _is_timelog(head):
        return gtimelog.FORMAT
    # Their readers say what is missing better than we could here.
    if name.casefold().endswith((".csv", ".tsv")):
        return toggl_csv.FORMAT
    raise Unreadable(_UNKNOWN)


def _json_kind(text: str) -> str:
    if text.startswith("{"):
        ours = own_json.is_ours(split_object(mended(text.encode("utf-8", "replace"))))
        return own_json.FORMAT if ours else toggl_json.FORMAT
    match = _FIRST_START.search(text, 0, _HEAD)
    if match is not None and _COMPACT.fullmatch(match[1]):
        return timewarrior.FORMAT
    if match is not None or text[1:].strip() in {"]", ""}:
        return toggl_json.FORMAT
    raise Unreadable(_UNKNOWN)


def _first_rows(head: str) -> list[list[str]]:
    lines = head.split("\n", 30)[:30]
    if lines[0].casefold().startswith("sep="):
        del lines[0]
    if not lines:
        return []
    return [cells for _, cells in table("\n".join(lines), delimiter_of(lines[0])).rows]


def _is_report(rows: list[list[str]]) -> bool:
    if looks_like_report(rows[0]):
        return True
    try:
        recognise(rows[0], rows[1:])
    except Unreadable:
        return False
    return True


def _is_timelog(head: str) -> bool:
    return any(gtimelog.LINE.match(line) for line in head.split("\n", 200)[:200])
