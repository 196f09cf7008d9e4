"""What waits to be sent, as a file for Toggl's own import: quicker than thirty requests an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toggl_desktop.actions import export
from toggl_desktop.actions.files import refuse_existing, write_new
from toggl_desktop.domain.errors import KnownError, NothingToDoError, SignInError
from toggl_desktop.exchange import toggl_import_csv
from toggl_desktop.store import accounts
from toggl_desktop.sync import handing

if TYPE_CHECKING:
    from datetime import tzinfo
    from pathlib import Path

    from toggl_desktop.exchange.records import Record
    from toggl_desktop.store.database import Store
    from toggl_desktop.store.source import Source


class HandedOver(NamedTuple):
    """What went into a file.

    Attributes:
        entries: So many.
        rest: So many are sent as ever: a file would not tell Toggl all of them.
        zone: The time zone by which the file counts.
        is_sure: Whether that is the one of the person's Toggl profile.
    """

    entries: int
    rest: int
    zone: str
    is_sure: bool

    @property
    def sentence(self) -> str:
        """What was done and what is to be done now."""
        those = "1 entry is" if self.entries == 1 else f"{self.entries} entries are"
        by = f"by {self.zone}, your Toggl profile's zone"
        if not self.is_sure:
            by = f"by {self.zone}; that must be the zone of your Toggl profile"
        rest = {0: "", 1: " 1 more is sent as ever."}.get(
            self.rest, f" {self.rest} more are sent as ever."
        )
        return (
            f"{those} in the file and not sent meanwhile. Import it on Toggl's page "
            f"(Settings, Import; a workspace's admin may); its times count {by}. Then say that it "
            "is done: what Toggl has is recognised, and what it lacks is sent." + rest
        )


def hand_over(
    store: Store, target: Path, now: int, zone: tzinfo, *, may_replace: bool
) -> HandedOver:
    """Writes what waits and was never sent into a file, and keeps it from being sent.

    Raises:
        SignInError: Nobody is signed in.
        NothingToDoError: Nothing waits that a file could tell.
        RefusedError: The file cannot be written; everything is sent as ever.
    """
    owner = accounts.owner(store.source, "track")
    if owner is None or accounts.signed_in(store.source, "track") is None:
        raise SignInError("Nobody is signed in to Toggl Track. Nothing was written.")
    refuse_existing(target, may_replace=may_replace)
    counts, is_sure = _zone(store.source, zone)
    _home, waiting = handing.candidates(store.source)
    records = _fitting(export.by_lid(store.source, waiting), counts)
    if not records:
        raise NothingToDoError("Nothing waits that a file could take to Toggl.")
    held = handing.hand_out(store, records, now)
    try:
        chosen = [records[lid] for lid in held]
        data = toggl_import_csv.write(chosen, counts, owner[1])
        write_new(target, data, may_replace=may_replace)
    except KnownError:
        handing.drop(store, held, now)
        raise
    return HandedOver(len(held), len(waiting) - len(held), str(counts), is_sure)


def _zone(source: Source, here: tzinfo) -> tuple[tzinfo, bool]:
    """Returns the zone of the person's Toggl profile, and whether it is known."""
    name = accounts.zone(source)
    try:
        return (here, False) if name is None else (ZoneInfo(name), True)
    except (ZoneInfoNotFoundError, ValueError):
        return here, False


def _fitting(records: dict[str, Record], zone: tzinfo) -> dict[str, Record]:
    """Returns those that come back as they are; of two just alike an import makes one."""
    seen: set[object] = set()
    found = {}
    for lid, one in records.items():
        key = one.start, one.stop, one.description, one.project, one.client, one.tags
        if toggl_import_csv.fits(one, zone) and key not in seen:
            seen.add(key)
            found[lid] = one
    return found
