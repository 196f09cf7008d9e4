"""What joining an account would do to the work that is here, found out without doing it.

The rules are those of the join itself: names without regard to case, a project together with its
client, entries of three months by start, stop and description; what has the same description at
nearly the same time is asked about.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter
from typing import Final

from toggl_desktop.domain.accounts import Matched, Preview
from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.instants import Instant
from toggl_desktop.remote.track.me import Related
from toggl_desktop.remote.track.models import TimeEntry
from toggl_desktop.remote.track.moments import instant_of
from toggl_desktop.store.read.local import LocalEntry, LocalWork, project_name

WINDOW_DAYS: Final = 88
ALIKE_SECONDS: Final = 60


def preview(
    local: LocalWork, related: Related, entries: Iterable[TimeEntry], workspace: int | None
) -> Preview:
    """Returns what merging with a workspace would do.

    Args:
        local: What is here.
        related: What the account has by name.
        entries: The account's entries since the window's beginning.
        workspace: The workspace that this computer's own would become.
    """
    clients: dict[int | None, str] = {c.id: c.name for c in related.clients}
    there = {
        "client": (c.name for c in related.clients if c.wid == workspace),
        "project": (
            project_name(p.name, clients.get(p.client_id))
            for p in related.projects
            if p.workspace_id == workspace
        ),
        "tag": (t.name for t in related.tags if t.workspace_id == workspace),
    }
    names = {kind: _matched(local.names.get(kind, []), found) for kind, found in there.items()}
    title = next((w.name for w in related.workspaces if w.id == workspace), "")
    theirs = [e for one in entries if (e := _known(one, workspace)) is not None]
    known, alike, new = _sorted(local.entries, theirs)
    runs_here = any(entry.stop is None for entry in local.entries)
    runs_there = any(entry.stop is None for entry in theirs)
    return Preview(title, names, known, alike, new, local.older, both_run=runs_here and runs_there)


def _matched(here: list[str], there: Iterable[str]) -> Matched:
    taken = {fold(name) for name in there}
    known = sum(fold(name) in taken for name in here)
    return Matched(known, len(here) - known)


def _known(one: TimeEntry, workspace: int | None) -> LocalEntry | None:
    """Returns a server's entry as it is compared; None for one that makes no sense.

    Another workspace's is another entry, though one like it: it is asked about.
    """
    try:
        start = instant_of(one.start or "")
        stop = None if one.is_running else instant_of(one.stop or one.start or "")
    except ValueError:
        return None
    is_elsewhere = one.workspace_id not in {None, workspace}
    stop = _ELSEWHERE if is_elsewhere and stop is not None else stop
    return None if one.is_deleted else LocalEntry(start, stop, one.description or "")


_ELSEWHERE: Final = Instant(-1)


def _sorted(here: list[LocalEntry], there: list[LocalEntry]) -> tuple[int, int, int]:
    """Returns how many are the same, alike and new; each of theirs stands for one of ours."""
    same = Counter(there)
    rest: list[LocalEntry] = []
    known = 0
    for entry in here:
        if same[entry] > 0:
            same[entry] -= 1
            known += 1
        else:
            rest.append(entry)
    starts: dict[str, list[int]] = {}
    for entry in sorted(same.elements(), key=attrgetter("start")):
        starts.setdefault(entry.description, []).append(entry.start)
    alike = sum(_is_near(entry.start, starts.get(entry.description, [])) for entry in rest)
    return known, alike, len(rest) - alike


def _is_near(start: int, starts: list[int]) -> bool:
    place = bisect_left(starts, start - ALIKE_SECONDS)
    return place < len(starts) and starts[place] <= start + ALIKE_SECONDS
