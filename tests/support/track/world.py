"""Everything the server remembers: rows with their past, for replicas that lag."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.support.track.stamps import SECOND, micros

KEPT_SECONDS = 200
Fields = dict[str, Any]


@dataclass(frozen=True)
class Version:
    """How a row was from one moment on; `at` is what the API shows, `committed` the truth."""

    committed: int
    at: int
    fields: Fields
    deleted: int | None = None


class Row:
    """One thing on the server; `origin` is which local row it came from, seen by tests only."""

    def __init__(self, rid: int, version: Version, origin: str | None) -> None:
        self.id, self.origin = rid, origin
        self.versions = [version]

    @property
    def now(self) -> Version:
        return self.versions[-1]

    @property
    def is_live(self) -> bool:
        return self.now.deleted is None

    def __getitem__(self, name: str) -> Any:
        return self.now.fields.get(name)

    def seen(self, moment: int) -> Version | None:
        """Returns how a reader who is behind sees it; None when it was not there yet."""
        return next((v for v in reversed(self.versions) if v.committed <= moment), None)

    def write(self, version: Version) -> None:
        floor = version.committed - KEPT_SECONDS * SECOND
        keep = [v for v in self.versions[:-1] if v.committed >= floor]
        self.versions = [*keep, self.versions[-1], version]


@dataclass
class User:
    """A person with an account."""

    id: int
    email: str
    password: str
    token: str
    fullname: str = "Example User"
    timezone: str = "Europe/Berlin"
    default_workspace: int = 7001
    beginning_of_week: int = 1
    country_id: int | None = None
    preferences: Fields = field(default_factory=dict)


class Table(dict[int, Row]):
    """The rows of one kind by id."""

    def live(self, **wanted: Any) -> list[Row]:
        """Returns the rows that are there and have these values."""
        return [
            row
            for row in self.values()
            if row.is_live and all(row[name] == value for name, value in wanted.items())
        ]

    def seen(self, moment: int, *, gone: bool = False) -> Iterator[tuple[Row, Version]]:
        """Yields what a reader at a moment sees, the deleted too when asked."""
        for row in self.values():
            version = row.seen(moment)
            if version is not None and (gone or version.deleted is None):
                yield row, version


KINDS = (
    "organization",
    "workspace",
    "workspace_user",
    "client",
    "project",
    "project_user",
    "task",
    "tag",
    "entry",
    "favourite",
    "reminder",
    "rate",
    "invitation",
)


class World:
    """The server's memory. One user, one organization, one workspace to begin with.

    Attributes:
        locked_before: Epoch seconds before which entries may not be changed; None for never.
    """

    def __init__(self, now: float = 0.0) -> None:
        self.tables = {kind: Table() for kind in KINDS}
        self.users: dict[int, User] = {}
        self.locked_before: int | None = None
        self._last_at = 0
        self._ids = {kind: 10_000 * (i + 1) for i, kind in enumerate(KINDS)}
        # Beyond 32 bits, as the real ones are; distant from every other kind's.
        self._ids["entry"] = 4_100_000_000
        self.found(5001, "user@example.com", "0123456789abcdef0123456789abcdef", now)

    def __getattr__(self, name: str) -> Table:
        try:
            return self.__dict__["tables"][name]
        except KeyError as error:
            raise AttributeError(name) from error

    def found(self, user: int, email: str, token: str, now: float, *, plan: str = "free") -> User:
        """A person joins with an organization and a workspace of their own (6001/7001 first)."""
        number = len(self.users) + 1
        org, ws = 6000 + number, 7000 + number
        person = User(user, email, "correct horse", token, default_workspace=ws)
        self.users[user] = person
        self.add("organization", {"name": f"Example org {number}", "plan": plan}, now, rid=org)
        self.add("workspace", dict(WORKSPACE, organization_id=org), now, rid=ws)
        self.join(user, ws, now, admin=True)
        return person

    def join(self, user: int, ws: int, now: float, *, admin: bool = False) -> Row:
        """A person becomes a member of a workspace."""
        fields = {"user_id": user, "workspace_id": ws, "admin": admin, "inactive": False}
        fields |= {"role": "admin" if admin else "user", "email": self.users[user].email}
        return self.add("workspace_user", fields, now)

    def add(
        self,
        kind: str,
        fields: Fields,
        now: float,
        *,
        rid: int | None = None,
        origin: str | None = None,
    ) -> Row:
        """Makes a row."""
        if rid is None:
            self._ids[kind] += 1
            rid = self._ids[kind]
        committed = self.tick(now)
        row = Row(rid, Version(committed, committed, dict(fields, created=committed)), origin)
        self.tables[kind][rid] = row
        return row

    def change(self, row: Row, fields: Fields, now: float, *, silent: bool = False) -> Row:
        """Changes some fields; a silent change does not move `at` (a tag's deletion)."""
        committed = self.tick(now)
        old = row.now
        at = old.at if silent else committed
        row.write(Version(committed, at, old.fields | fields, old.deleted))
        return row

    def delete(self, row: Row, now: float) -> None:
        """Marks a row as deleted; it stays as a tombstone."""
        committed = self.tick(now)
        row.write(Version(committed, committed, row.now.fields, committed // SECOND))

    def tick(self, now: float) -> int:
        """Returns a moment that no other change has: `at` never repeats and never goes back."""
        self._last_at = max(micros(now), self._last_at + 1)
        return self._last_at

    def plan_of(self, ws: int) -> str:
        org = self.tables["workspace"][ws]["organization_id"]
        return str(self.tables["organization"][org]["plan"])

    def is_member(self, user: int, ws: int) -> bool:
        return bool(self.tables["workspace_user"].live(user_id=user, workspace_id=ws))

    def is_admin(self, user: int, ws: int) -> bool:
        return bool(self.tables["workspace_user"].live(user_id=user, workspace_id=ws, admin=True))


WORKSPACE: Fields = {
    "name": "Example workspace",
    "only_admins_may_create_projects": False,
    "only_admins_may_create_tags": False,
    "constraints": {
        "description_present": False,
        "project_present": False,
        "tag_present": False,
        "task_present": False,
        "time_entry_constraints_enabled": False,
    },
}
