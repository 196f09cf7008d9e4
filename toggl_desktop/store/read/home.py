"""Where new things go: the workspace that was chosen, the account's own, or this computer's."""

from typing import Final

from toggl_desktop.domain.ids import LOCAL_WORKSPACE, WorkspaceId
from toggl_desktop.store.source import Source

CHOSEN: Final = "home.chosen"
"""Meta key: the server's number of the workspace that a person has chosen for what is new."""


def home(source: Source) -> WorkspaceId:
    """Returns the workspace of what names none.

    One that a person has chosen counts while it can be reached. Else, joined with an account, this
    computer's own workspace is the account's; kept apart, it keeps what was there before, and what
    is new goes to the account, also while its owner is signed out: it waits then.
    """
    found = source.value(
        """SELECT b.lid FROM meta AS chosen JOIN meta AS account JOIN binding AS b
           JOIN workspace AS w ON w.lid = b.lid AND w.deleted = 0
           WHERE chosen.key = 'home.chosen' AND account.key = 'owner.track'
           AND b.service = 'track' AND b.kind = 'workspace' AND b.hold IS NULL
           AND b.rid = CAST(chosen.value AS INTEGER)
           UNION ALL
           SELECT b.lid FROM meta AS kept JOIN meta AS account JOIN binding AS b
           JOIN workspace AS w ON w.lid = b.lid AND w.deleted = 0
           WHERE kept.key = 'home' AND kept.value = 'apart' AND account.key = 'owner.track'
           AND b.service = 'track' AND b.kind = 'workspace'
           AND b.rid = json_extract(account.value, '$.workspace')
           LIMIT 1"""
    )
    return LOCAL_WORKSPACE if found is None else WorkspaceId(found)


def homes(source: Source) -> dict[str, str]:
    """Returns the names of the workspaces that new things may go to, by local id."""
    return dict(
        source.rows(
            """SELECT w.lid, w.name FROM workspace AS w JOIN binding AS b ON b.lid = w.lid
               WHERE w.deleted = 0 AND b.service = 'track' AND b.kind = 'workspace'
               AND b.rid IS NOT NULL AND b.gone = 0 AND b.hold IS NULL
               AND EXISTS (SELECT 1 FROM meta WHERE key = 'account.track')
               ORDER BY lower(w.name), w.lid"""
        )
    )
