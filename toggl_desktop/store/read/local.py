"""What was recorded on this computer alone: what an account would be joined with."""

from typing import Final, NamedTuple

from toggl_desktop.domain.ids import LOCAL_WORKSPACE
from toggl_desktop.store.bindings import only_planned
from toggl_desktop.store.source import Source

_NAMES: Final = {
    "client": "SELECT name FROM client WHERE deleted = 0 AND workspace = ?",
    "project": (  # sql: names only
        "SELECT name, (SELECT name FROM client WHERE client.lid = project.client) "
        "FROM project WHERE deleted = 0 AND workspace = ? "
        f"AND NOT {only_planned('project.lid')}"
    ),
    "tag": "SELECT name FROM tag WHERE deleted = 0 AND workspace = ?",
}


class LocalEntry(NamedTuple):
    """As much of an entry as it is recognised by."""

    start: int
    stop: int | None
    description: str


class LocalWork(NamedTuple):
    """What is here and in no account.

    Attributes:
        names: Of clients, projects and tags, by kind; a project's with its client's.
        entries: Those that started at or after the moment asked about, or still run.
        older: How many started before it.
    """

    names: dict[str, list[str]]
    entries: list[LocalEntry]
    older: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all."""
        return not (self.entries or self.older or any(self.names.values()))


def project_name(name: str, client: str | None = None) -> str:
    """Returns the name that a project has beside others: two clients may each have a “Website”."""
    return name if client is None else f"{name}\x1f{client}"


def work(source: Source, since: int) -> LocalWork:
    """Returns the work of this computer's own workspace."""
    names = {
        kind: [project_name(*row) for row in source.rows(sql, (LOCAL_WORKSPACE,))]
        for kind, sql in _NAMES.items()
    }
    rows = source.rows(
        "SELECT start, stop, description FROM time_entry "
        "WHERE deleted = 0 AND workspace = ? AND (start >= ? OR stop IS NULL)",
        (LOCAL_WORKSPACE, since),
    )
    older = source.value(
        "SELECT count(*) FROM time_entry "
        "WHERE deleted = 0 AND workspace = ? AND start < ? AND stop IS NOT NULL",
        (LOCAL_WORKSPACE, since),
    )
    return LocalWork(names, [LocalEntry(*row) for row in rows], int(older))
