"""A file for Toggl's own import: what is in it is not sent, and everybody is told what to do."""

import csv

import pytest

from tests.cli.terminal import Terminal
from toggl_desktop.app.syncing import Blocking
from toggl_desktop.domain.accounts import Account, TokenPlace
from toggl_desktop.domain.syncstate import Phase, SyncState
from toggl_desktop.store import accounts, attempts
from toggl_desktop.store.bindings import Binding
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

URL = "https://api.track.toggl.com/api/v9"
ME = Account(5001, "me@example.com", "Me", 7001, "Work", URL, TokenPlace.KEYRING)


class Turn(Blocking):
    """What a terminal reaches; the server is not asked."""

    def sync(self, *, is_full, confirms, hear=None):
        del is_full, confirms, hear
        return SyncState(Phase.RESTING)


@pytest.fixture
def terminal(tmp_path):
    terminal = Terminal(tmp_path)
    machine = terminal.machine
    terminal.machine = lambda: machine()._replace(syncer=lambda store, _m: Turn(store, None, None))
    return terminal


@pytest.fixture
def signed_in(terminal):
    terminal("status").ok()
    with Store(Place(terminal.data)) as store, store.transaction("Sign in", terminal.now) as tx:
        tx.keep_even_if_empty = True
        accounts.remember(tx, "track", ME)
        tx.step.meta[accounts.ZONE] = "America/New_York"
        tx.bindings.append(
            Binding("track", "workspace", "local", 7001, {"premium": False}, unsent=False)
        )
    return terminal


def on_its_way(terminal):
    with Store(Place(terminal.data)) as store:
        return attempts.outstanding(store.source, "track")


def test_what_waits_goes_into_a_file_by_the_profiles_zone_and_is_not_sent(signed_in, tmp_path):
    signed_in("add", "mail", "8-8:30").ok()
    signed_in("add", "=SUM(A1)", "9-9:30").ok()
    signed_in("start", "running").ok()
    file = tmp_path / "out.csv"
    said = signed_in("export", "csv", "--unsent", "-o", str(file)).ok().out
    assert "1 entry is in the file and not sent meanwhile" in said
    assert "America/New_York, your Toggl profile's zone" in said
    assert "1 more is sent as ever" in said
    assert "sync --imported" in said
    (row,) = csv.DictReader(file.read_text().splitlines())
    assert (row["Email"], row["Description"]) == ("me@example.com", "mail")
    assert (row["Start date"], row["Start time"], row["Duration"]) == (
        "2026-11-23", "02:00:00", "00:30:00",
    )  # fmt: skip
    (tried,) = on_its_way(signed_in)
    assert tried.payload["description"] == "mail"
    listed = signed_in("problems").ok().out
    assert "1 in a file for an import" in listed
    assert "mail" not in listed


def test_saying_that_it_is_imported_lets_the_rest_be_sent(signed_in, tmp_path):
    signed_in("add", "mail", "8-8:30").ok()
    signed_in("export", "csv", "--unsent", "-o", str(tmp_path / "out.csv")).ok()
    signed_in("sync", "--imported").ok()
    (tried,) = on_its_way(signed_in)
    assert "handed" not in tried.payload
    assert "No entries are in a file" in signed_in("sync", "--imported").failed(3).err


def test_a_file_that_cannot_be_written_keeps_nothing_back(signed_in, tmp_path):
    signed_in("add", "mail", "8-8:30").ok()
    there = tmp_path / "there.csv"
    there.write_text("mine")
    signed_in("export", "csv", "--unsent", "-o", str(there)).failed(1)
    signed_in("export", "csv", "--unsent", "-o", str(tmp_path / "no" / "out.csv")).failed(1)
    assert there.read_text() == "mine"
    assert on_its_way(signed_in) == []


def test_a_disk_that_is_full_in_the_middle_keeps_nothing_back(signed_in, tmp_path, monkeypatch):
    from toggl_desktop.app import handover
    from toggl_desktop.domain.errors import RefusedError

    def full(*_args, **_kwargs):
        raise RefusedError("The disk is full.")

    signed_in("add", "mail", "8-8:30").ok()
    monkeypatch.setattr(handover, "write_new", full)
    signed_in("export", "csv", "--unsent", "-o", str(tmp_path / "out.csv")).failed(1)
    assert on_its_way(signed_in) == []


def test_it_needs_csv_a_file_an_account_and_something_that_waits(terminal, signed_in, tmp_path):
    file = str(tmp_path / "out.csv")
    signed_in("export", "json", "--unsent", "-o", file).failed(2)
    signed_in("export", "csv", "--unsent").failed(2)
    signed_in("export", "csv", "--unsent", "-o", file).failed(3)
    with Store(Place(terminal.data)) as store, store.transaction("Sign out", terminal.now) as tx:
        tx.keep_even_if_empty = True
        accounts.forget(tx, "track")
    terminal("export", "csv", "--unsent", "-o", file).failed(4)
