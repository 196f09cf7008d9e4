"""Which projects of several workspaces bear the same name, and how they are told apart."""

from toggl_desktop.store.source import Source


def places(source: Source) -> dict[str, str]:
    """Returns the workspace's name for each project whose name another workspace's bears too."""
    if source.value("SELECT count(*) FROM workspace WHERE deleted = 0") < 2:
        return {}
    rows = source.rows(
        """SELECT p.lid, w.name FROM project p JOIN workspace w ON w.lid = p.workspace
           WHERE p.deleted = 0 AND lower(p.name) IN (
               SELECT lower(name) FROM project WHERE deleted = 0
               GROUP BY lower(name) HAVING count(DISTINCT workspace) > 1)"""
    )
    return dict(rows)


def in_full(name: str, place: str | None) -> str:
    """Returns a project's name as it is typed, so that one workspace's is meant."""
    return name if place is None else f"{name} ({place})"


def owner(client: str | None, place: str | None) -> str | None:
    """Returns whose a project is, in words: its client's, and where it lies if that matters."""
    return " · ".join(filter(None, (client, place))) or None
