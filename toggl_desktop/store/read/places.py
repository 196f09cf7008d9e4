"""Which projects bear the same name, and how they are told apart: by client, by workspace."""

from collections import Counter, defaultdict
from typing import Final

from toggl_desktop.store.source import Row, Source

NO_CLIENT: Final = "no client"
"""What stands for the client of a project that has none, beside one of the same name with one."""

_BETWEEN: Final = " · "


def places(source: Source) -> dict[str, str]:
    """Returns what tells each project apart whose name another project bears too.

    That is the client's name where both lie in one workspace, the workspace's where they lie in
    several, and both where both are needed.
    """
    called = source.rows("SELECT lid, lower(name) FROM project WHERE deleted = 0")
    often = {name for name, count in Counter(name for _, name in called).items() if count > 1}
    if not often:
        return {}
    rows = source.rows(
        """SELECT p.lid, lower(p.name), p.workspace, w.name, c.name FROM project p
           LEFT JOIN workspace w ON w.lid = p.workspace LEFT JOIN client c ON c.lid = p.client
           WHERE p.deleted = 0"""
    )
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        alike[row[1]].append(row)
    found = {row[0]: _place(row, alike[row[1]]) for row in rows if row[1] in often}
    return {lid: place for lid, place in found.items() if place}


def _place(row: Row, alike: list[Row]) -> str:
    """Returns what tells a project from those that are called alike; empty where nothing does."""
    _, _, home, workspace, client = row
    parts = []
    if len({other[4] for other in alike if other[2] == home}) > 1:
        parts.append(client or NO_CLIENT)
    if len({other[2] for other in alike}) > 1:
        parts.append(workspace)
    return _BETWEEN.join(filter(None, parts))


def in_full(name: str, place: str | None) -> str:
    """Returns a project's name as it is typed, so that it alone is meant."""
    return name if place is None else f"{name} ({place})"


def owner(client: str | None, place: str | None) -> str | None:
    """Returns whose a project is, in words: its client's, and where it lies if that matters."""
    if client and place and place.split(_BETWEEN)[0] == client:
        return place
    return _BETWEEN.join(filter(None, (client, place))) or None
