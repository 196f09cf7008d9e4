"""Where new things go: this computer's own workspace, or the account's when both are kept apart."""

from toggl_desktop.domain.ids import LOCAL_WORKSPACE, WorkspaceId
from toggl_desktop.store.source import Source


def home(source: Source) -> WorkspaceId:
    """Returns the workspace of what names none.

    Joined with an account, this computer's own workspace is the account's. Kept apart, it keeps
    what was there before, and what is new goes to the account.
    """
    found = source.value(
        """SELECT b.lid FROM meta AS kept JOIN meta AS account JOIN binding AS b
           JOIN workspace AS w ON w.lid = b.lid AND w.deleted = 0
           WHERE kept.key = 'home' AND kept.value = 'apart' AND account.key = 'account.track'
           AND b.service = 'track' AND b.kind = 'workspace'
           AND b.rid = json_extract(account.value, '$.workspace')"""
    )
    return LOCAL_WORKSPACE if found is None else WorkspaceId(found)
