"""Which tags an entry bears: those of its own workspace. What stays the same of a tag is its name.

A tag belongs to one workspace, and Toggl refuses an entry with another's. So wherever an entry
goes it bears the tags of the same names there; those that are missing are made. Where only admins
may make them, one that a person names is made and waits, like everything a workspace's rules are
against; one that would only come along is left off, and the step says so.
"""

from collections.abc import Iterable
from dataclasses import replace

from toggl_desktop.actions import rights
from toggl_desktop.actions.ids import new_id
from toggl_desktop.domain.entities import Entry, Tag
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.ids import TagId, WorkspaceId
from toggl_desktop.domain.limits import check_name
from toggl_desktop.store import tables
from toggl_desktop.store.write import Transaction


def named(tx: Transaction, names: Iterable[str], workspace: WorkspaceId) -> tuple[TagId, ...]:
    """Returns the tags that are called so in a workspace; what is missing is made in this step.

    Raises:
        RefusedError: A name is too long, or none.
    """
    tags = (_find(tx, name, workspace) or _make(tx, name, workspace) for name in names)
    return tuple(dict.fromkeys(tag.lid for tag in tags))


def at_home(tx: Transaction, entry: Entry) -> Entry:
    """Returns the entry with the tags of its own workspace that are called as its tags are."""
    tx.look_up((Tag.kind, lid) for lid in entry.tags)
    borne = [tag for lid in entry.tags if (tag := tx.find(Tag, lid)) is not None]
    if all(tag.workspace == entry.workspace for tag in borne):
        return entry
    tags = (_there(tx, tag, entry.workspace) for tag in borne)
    return replace(entry, tags=tuple(dict.fromkeys(tag.lid for tag in tags if tag is not None)))


def without(tx: Transaction, tags: Iterable[TagId], gone: Iterable[TagId]) -> tuple[TagId, ...]:
    """Returns tags without those of these names: which workspace's was meant does not matter."""
    lids = set(gone)
    names = {fold(tag.name) for lid in lids if (tag := tx.find(Tag, lid)) is not None}
    kept = (lid for lid in tags if lid not in lids)
    return tuple(
        lid for lid in kept if (tag := tx.find(Tag, lid)) is None or fold(tag.name) not in names
    )


def _there(tx: Transaction, tag: Tag, workspace: WorkspaceId) -> Tag | None:
    """Returns the tag of that name in a workspace, made if it may be made; else None."""
    if tag.workspace == workspace:
        return tag
    if found := _find(tx, tag.name, workspace):
        return found
    if rights.may_make(tx, Tag.kind, workspace):
        return _make(tx, tag.name, workspace)
    rights.say_left_off(tx, tag, workspace)
    return None


def _find(tx: Transaction, name: str, workspace: WorkspaceId) -> Tag | None:
    """Returns the tag of that name in a workspace; one that is spelled just so comes first."""
    stored = tables.load(
        tx.source, Tag, "WHERE workspace = ? AND deleted = 0 ORDER BY lid", (workspace,)
    )
    tags = {tag.lid: tag for tag in stored}
    tags |= {one.lid: one for one in tx.saved() if isinstance(one, Tag)}
    key = fold(name.strip())
    found = [
        tag
        for tag in tags.values()
        if not tag.deleted and tag.workspace == workspace and fold(tag.name) == key
    ]
    return min(found, key=lambda tag: tag.name != name.strip(), default=None)


def _make(tx: Transaction, name: str, workspace: WorkspaceId) -> Tag:
    made = Tag(TagId(new_id()), check_name(Tag.kind, name), workspace)
    rights.say_new(tx, made, workspace)
    tx.save(made)
    return made
