"""Sample data: two weeks of believable work that one command brings and one takes away.

Its rows are told from a person's by their ids, which begin with `SAMPLE`; so they are found again
after a restart, after edits, and after an undo.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final, TypeVar
from zoneinfo import ZoneInfo

from toggl_desktop.actions.ids import new_id
from toggl_desktop.domain.changes import ChangeSet
from toggl_desktop.domain.clock import Reading
from toggl_desktop.domain.commands import LoadSample, RemoveSample
from toggl_desktop.domain.entities import Client, Entry, Favourite, Project, Tag
from toggl_desktop.domain.errors import NothingToDoError
from toggl_desktop.domain.ids import SAMPLE, ClientId, EntryId, FavouriteId, ProjectId, TagId
from toggl_desktop.domain.instants import day_of, resolve
from toggl_desktop.store import tables
from toggl_desktop.store.database import Store
from toggl_desktop.store.read import catalog
from toggl_desktop.store.read.beginning import has_sample
from toggl_desktop.store.write import Transaction

if TYPE_CHECKING:
    from toggl_desktop.domain.entities import Entity

E = TypeVar("E", bound="Entity")

_DAYS: Final = 14
_CLIENTS: Final = {"northwind": "Northwind", "lund": "Bakery Lund"}
_PROJECTS: Final = {
    "website": ("Website", "#0b83d9", "northwind"),
    "bakery": ("Bakery app", "#e36a00", "lund"),
    "team": ("Team", "#2da608", None),
    "book": ("Book", "#9e5bd9", None),
}
_TAGS: Final = ("ux", "code", "call", "writing")
_MORNINGS: Final = (
    (("8:30", 20, "Stand-up", "team", ""), ("8:55", 130, "Wireframes", "website", "ux")),
    (
        ("9:00", 95, "Orders by phone", "bakery", "code"),
        ("10:50", 40, "Call", "bakery", "call"),
    ),
    (("8:30", 20, "Stand-up", "team", ""), ("9:00", 150, "Checkout, second try", "website", "ux")),
    (
        ("9:10", 75, "Opening hours", "bakery", "code"),
        ("10:40", 60, "Interview", "website", ""),
    ),
    (("8:30", 45, "Plan the week", "team", ""), ("9:30", 110, "Wireframes", "website", "ux")),
)
_AFTERNOONS: Final = (
    (("13:00", 110, "Review", "website", "ux"), ("15:05", 65, "Chapter 3", "book", "writing")),
    (("13:15", 145, "Opening hours", "bakery", "code"),),
    (
        ("12:50", 80, "Orders by phone", "bakery", "code"),
        ("14:20", 90, "Review", "website", ""),
    ),
    (("13:30", 120, "Chapter 4", "book", "writing"),),
    (("13:00", 50, "Retrospective", "team", ""), ("14:00", 75, "Invoices", "team", "")),
)


def load(store: Store, _command: LoadSample, now: Reading, zone: str = "") -> ChangeSet:
    """Brings projects, tags, favourites and the entries of two weeks, as one step.

    Raises:
        NothingToDoError: It is there already.
    """
    with store.transaction("Load sample data", now.wall) as tx:
        if has_sample(tx.source):
            raise NothingToDoError("The sample data is there already.")
        taken = {name.casefold() for name in catalog.all_names(tx.source, "project")}
        tx.save(*(Client(ClientId(_id("c", key)), name) for key, name in _CLIENTS.items()))
        for key, (name, color, client) in _PROJECTS.items():
            shown = f"{name} (sample)" if name.casefold() in taken else name
            of = None if client is None else ClientId(_id("c", client))
            tx.save(Project(ProjectId(_id("p", key)), shown, color, of))
        tx.save(*(Tag(TagId(_id("t", name)), name) for name in _TAGS))
        tx.save(*_entries(now.wall, ZoneInfo(zone) if zone else UTC, zone))
        tx.save(_favourite("Stand-up", "team", 0), _favourite("Review", "website", 1))
    return tx.result


def _id(kind: str, name: str) -> str:
    return f"{SAMPLE}{kind}-{name}"


def _favourite(text: str, project: str, place: int) -> Favourite:
    lid = FavouriteId(_id("f", str(place)))
    return Favourite(lid, text, ProjectId(_id("p", project)), position=1000 + place)


def _entries(now: int, zone: tzinfo, zone_name: str) -> Iterator[Entry]:
    """Yields what is over by now on the working days of two weeks."""
    today = day_of(now, zone)
    for back in range(_DAYS, -1, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        pieces = (*_MORNINGS[day.weekday()], *_AFTERNOONS[(day.weekday() + back // 7) % 5])
        for place, (clock, minutes, text, project, tag) in enumerate(pieces):
            hour, _, minute = clock.partition(":")
            start = resolve(day, time(int(hour), int(minute)), zone)
            stop = start + minutes * 60
            if stop <= now:
                yield Entry(
                    EntryId(_id("e", f"{back:02}{place}")),
                    start,
                    stop,
                    text,
                    ProjectId(_id("p", project)),
                    tags=(TagId(_id("t", tag)),) if tag else (),
                    zone=zone_name,
                )


def remove(store: Store, _command: RemoveSample, now: Reading) -> ChangeSet:
    """Takes all of it away, as one step; what a person's own entries use stays.

    Raises:
        NothingToDoError: There is none.
    """
    with store.transaction("Remove sample data", now.wall) as tx:
        if not has_sample(tx.source):
            raise NothingToDoError("There is no sample data.")
        names: list[Entity] = [*_sampled(tx, Client)]
        names += [*_sampled(tx, Project), *_sampled(tx, Tag)]
        users = _users(tx)
        used = _used(users)
        used |= {one.client for one in names if isinstance(one, Project) and one.lid in used}
        # What a person works with becomes the person's own, under an id of its own.
        own: dict[str, str] = {one.lid: new_id() for one in names if one.lid in used}
        kept = [one for one in names if isinstance(one, Project) and one.lid in own]
        tx.save(*(_pointed(one, own, own[one.lid]) for one in names if one.lid in own))
        tx.save(*(_pointed(row, own) for row in users if _used((row,)) & own.keys()))
        tx.save(*(replace(one, deleted=True) for one in names))
        tx.save(*(replace(one, deleted=True) for one in _sampled(tx, Favourite)))
        tx.save(*(replace(one, deleted=True) for one in _sampled(tx, Entry)))
        if kept:
            tx.step.notice = (
                f"“{kept[0].name}” stays: your own entries use it."
                if len(kept) == 1
                else f"{len(kept)} sample projects stay: your own entries use them."
            )
    return tx.result


def _users(tx: Transaction) -> "list[Entity]":
    """Returns the living rows of a person's own that may point to something of the sample."""
    from toggl_desktop.domain.plan.entities import Milestone, PlanTag, PlanTask, Segment, Status

    where = "WHERE deleted = 0 AND substr(lid, 1, ?) <> ?"
    found: list[Entity] = []
    kinds: tuple[type[Entity], ...] = (
        *(Entry, Favourite),
        *(Segment, Status, PlanTag, PlanTask, Milestone),
    )
    for kind in kinds:
        found += tables.load(tx.source, kind, where, (len(SAMPLE), SAMPLE))
    return found


def _used(users: "Iterable[Entity]") -> set[str | None]:
    """Returns the ids of the projects and tags that rows point to."""
    used: set[str | None] = set()
    for row in users:
        used.add(getattr(row, "project", None))
        used.update(getattr(row, "tags", ()))
    return used


def _pointed(row: E, own: Mapping[str, str], lid: str = "") -> E:
    """Returns a row that points to a person's own things where it pointed to the sample's.

    Args:
        row: What may point to them.
        own: The new ids by those of the sample.
        lid: The new id of the row itself, if it gets one.
    """
    changes: dict[str, Any] = {"lid": lid} if lid else {}
    for name in ("project", "client"):
        if getattr(row, name, None) in own:
            changes[name] = own[getattr(row, name)]
    tags = getattr(row, "tags", ())
    if tags:
        changes["tags"] = tuple(own.get(tag, tag) for tag in tags)
    return replace(row, **changes)


def _sampled(tx: Transaction, cls: type[E]) -> list[E]:
    where = "WHERE deleted = 0 AND substr(lid, 1, ?) = ?"
    return tables.load(tx.source, cls, where, (len(SAMPLE), SAMPLE))
