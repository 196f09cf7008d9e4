"""Stores, clocks and entries for tests: short to write, the same every time."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.entities import (
    KINDS,
    PALETTE,
    Client,
    Entity,
    Entry,
    Favourite,
    Project,
    Tag,
    Task,
    Workspace,
)
from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

NOW = 1_790_000_000
"""A Monday in September 2026, 14:13:20 UTC."""


class FakeClock:
    """A clock that stands still until it is told otherwise; wall and boot may be moved apart."""

    def __init__(self, wall: int = NOW, boot: float | None = 1000.0, boot_id: str = "boot-1"):
        self.wall, self.boot, self.boot_id = wall, boot, boot_id

    def now(self) -> Reading:
        return Reading(self.wall, self.boot, self.boot_id if self.boot is not None else None)

    def advance(self, seconds: int) -> Reading:
        """Time passes, also while the machine sleeps: both clocks go on."""
        self.wall += seconds
        if self.boot is not None:
            self.boot += seconds
        return self.now()

    def jump(self, seconds: int) -> Reading:
        """Somebody moves the wall clock; no time passes."""
        self.wall += seconds
        return self.now()

    def reboot(self, seconds: int = 60) -> Reading:
        """The machine starts again: the boot clock begins anew."""
        self.wall += seconds
        self.boot, self.boot_id = 5.0, f"{self.boot_id}+"
        return self.now()


def make_place(folder: Path) -> Place:
    return Place(folder / "data")


def make_store(folder: Path, **options: Any) -> Store:
    """Opens (or makes) the store in a folder's `data`."""
    return Store(make_place(folder), **options)


def load(store: Store, *entities: Entity, at: int = NOW - 10_000_000, **options: Any) -> None:
    """Puts entities in as one step."""
    with store.transaction("Load", at, **options) as tx:
        tx.save(*entities)


def entry(lid: str, start: int, stop: int | None = None, **fields: Any) -> Entry:
    return Entry(lid, start, stop, **fields)


def project(lid: str, name: str | None = None, **fields: Any) -> Project:
    return Project(lid, name or f"Project {lid}", fields.pop("color", PALETTE[0]), **fields)


def client(lid: str, name: str | None = None, **fields: Any) -> Client:
    return Client(lid, name or f"Client {lid}", **fields)


def task(lid: str, of: str, name: str | None = None, **fields: Any) -> Task:
    return Task(lid, name or f"Task {lid}", of, **fields)


def tag(lid: str, name: str | None = None, **fields: Any) -> Tag:
    return Tag(lid, name or f"tag {lid}", **fields)


def favourite(lid: str, **fields: Any) -> Favourite:
    return Favourite(lid, **fields)


def workspace(*required: str, lid: str = LOCAL_WORKSPACE, name: str = "This computer") -> Workspace:
    return Workspace(lid, name, required)


def entries_of(store: Store) -> list[Entry]:
    """Returns the entries that are there, oldest first."""
    return tables.load(store.source, Entry, "WHERE deleted = 0 ORDER BY start, lid")


def one(store: Store, lid: str) -> Entry:
    found = tables.get(store.source, Entry, lid)
    assert found is not None
    return found


DATA_TABLES = tuple(KINDS)


def rows_of(store: Store, names: Iterable[str] = DATA_TABLES) -> dict[str, list[Any]]:
    """Returns what a person's tables hold, for comparing."""
    return {name: store.source.rows(f"SELECT * FROM {name} ORDER BY 1") for name in names}


def dump(path: Path) -> str:
    """Returns the whole database as text: nothing that changed can hide from it."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return "\n".join(connection.iterdump())


def unchanged(store: Store) -> "Unchanged":
    return Unchanged(store)


class Unchanged:
    """Fails when what happens inside changes a single row, the journal's included."""

    def __init__(self, store: Store) -> None:
        self._path = store.place.database

    def __enter__(self) -> None:
        self._before = dump(self._path)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            assert dump(self._path) == self._before
