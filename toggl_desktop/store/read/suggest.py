"""What a person may mean while typing: favourites, recents and history, best first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from toggl_desktop.domain.folding import fold
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.store.read.catalog import ProjectRow
from toggl_desktop.store.source import Source

Why = Literal["recent", "favourite", "project", "planned"]
_RECENT = 300
AMONG = 3000
"""How many of the newest entries are looked through; older ones answer to the list's search."""

LATEST = 3
"""So many of what was tracked last stand before everything else."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be started.

    Attributes:
        why: Where it comes from.
        project: Local id of its project.
        tag_ids: Local ids of its tags; their names stand in `tags`.
        at: When it was tracked last, epoch seconds UTC; None for what never was.
        folded: All its words, for matching.
        favourite: Local id of the favourite that it is, whatever else it is; else None.
        plan_task: Local id of the plan task that it would be tracked for.
        note: Why a planned one is offered, in words.
        place: The name of its project's workspace, where another one's project is called alike.
    """

    why: Why
    description: str
    project: str | None
    project_name: str | None
    color: str | None
    client: str | None
    task: str | None
    tags: tuple[str, ...]
    tag_ids: tuple[str, ...]
    billable: bool
    at: int | None
    folded: str
    favourite: str | None = None
    plan_task: str | None = None
    note: str = ""
    place: str | None = None


class _Found(NamedTuple):
    """A content as a row of some table has it; tags are JSON."""

    why: Why
    description: str
    project: str | None
    task: str | None = None
    tags: str = "[]"
    billable: bool = False
    at: int | None = None
    favourite: str | None = None


def known(source: Source) -> list[Suggestion]:
    """Returns everything that can be suggested, each content once.

    The contents tracked last come first, then favourites in a person's order, then older contents,
    latest first, then projects not tracked lately.
    """
    recents = _recents(source)
    favourites = [
        _Found(
            "favourite",
            f.description,
            f.project,
            f.task,
            json.dumps(f.tags),
            f.billable,
            None,
            f.lid,
        )
        for f in catalog.favourites(source)
    ]
    used = {row.project for row in (*recents, *favourites)}
    names = entries.tag_names(source)
    projects = {p.lid: p for p in catalog.projects(source)}
    rest = [_Found("project", "", lid) for lid in projects if lid not in used]
    tags: dict[str, tuple[str, ...]] = {}  # many contents share one list of tags
    kept: dict[tuple[object, ...], str] = {}
    made: dict[tuple[object, ...], Suggestion] = {}
    for row in (*favourites, *recents[:LATEST], *favourites, *recents[LATEST:], *rest):
        project = projects.get(row.project) if row.project else None
        if row.project and project is None:
            continue  # archived: no longer offered
        if row.favourite is None and not (row.description or row.project):
            continue  # nothing that could be read or meant
        if row.tags not in tags:
            tags[row.tags] = _tags(source, row.tags, names)
        tag_ids = tags[row.tags]
        key = (row.description, row.project, row.task, tag_ids, row.billable)
        if row.favourite is not None and key not in kept:
            kept[key] = row.favourite  # the first pass only learns what is a favourite
        elif key not in made:
            made[key] = _made(row, project, tag_ids, names, kept.get(key))
    return list(made.values())


def _recents(source: Source) -> list[_Found]:
    rows = source.rows(
        """SELECT description, project, task, tags, billable, max(start) FROM (
             SELECT * FROM time_entry WHERE deleted = 0 ORDER BY start DESC LIMIT ?)
           GROUP BY description, project, task, tags, billable ORDER BY max(start) DESC""",
        (AMONG,),
    )
    return [
        _Found("recent", description, project, task, tags, bool(billable), at)
        for description, project, task, tags, billable, at in rows
    ]


def _tags(source: Source, text: str, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(tag for tag in source.parsed(text, list) if tag in names)


def _made(
    row: _Found,
    project: ProjectRow | None,
    tag_ids: tuple[str, ...],
    names: dict[str, str],
    favourite: str | None,
) -> Suggestion:
    tags = tuple(names[tag] for tag in tag_ids)
    words = [row.description, *tags]
    if project is not None:
        words += [project.name, project.owner or ""]
    return Suggestion(
        row.why,
        row.description,
        row.project,
        project.name if project else None,
        project.color if project else None,
        project.owner if project else None,
        row.task,
        tags,
        tag_ids,
        row.billable,
        row.at,
        fold(" ".join(words)),
        favourite,
        place=project.place if project else None,
    )


def of_plan(name: str, project: ProjectRow | None, plan_task: str, note: str) -> Suggestion:
    """Returns a plan task as something that can be started."""
    words = [name] if project is None else [name, project.name, project.owner or ""]
    return Suggestion(
        "planned",
        name,
        project.lid if project else None,
        project.name if project else None,
        project.color if project else None,
        project.owner if project else None,
        None,
        (),
        (),
        project.billable if project else False,
        None,
        fold(" ".join(words)),
        plan_task=plan_task,
        note=note,
        place=project.place if project else None,
    )


def recent_projects(source: Source) -> list[str]:
    """Returns the local ids of the projects tracked lately, latest first."""
    rows = source.rows(
        """SELECT project FROM (
             SELECT project, start FROM time_entry WHERE deleted = 0 ORDER BY start DESC LIMIT ?)
           WHERE project IS NOT NULL GROUP BY project ORDER BY max(start) DESC""",
        (_RECENT,),
    )
    return [lid for (lid,) in rows]


def matching(among: Sequence[Suggestion], text: str, limit: int = 8) -> list[Suggestion]:
    """Returns what fits a typed text, best first; all in their order when it is empty.

    Every word must stand somewhere; the beginning of the description counts most, then the
    beginning of any word. Only when too little fits so, near misses (typing errors) follow.
    """
    words = fold(text).split()
    if not words:
        return list(among[:limit])
    hits = list(enumerate(among))
    for word in words:  # one pass for each: half the cost of asking for all at once
        hits = [hit for hit in hits if word in hit[1].folded]
    scored = [(_rank(one, words), place, one) for place, one in hits]
    scored.sort(key=lambda s: s[:2])
    found = [one for _, _, one in scored[:limit]]
    if len(found) < limit and len("".join(words)) >= 3:
        found += _near(among, " ".join(words), found, limit - len(found))
    return found


def _rank(one: Suggestion, words: Sequence[str]) -> int:
    if one.folded.startswith(words[0]):
        return 0
    padded = f" {one.folded}"
    return 1 if all(f" {w}" in padded for w in words) else 2


def _near(
    among: Sequence[Suggestion], text: str, found: Sequence[Suggestion], limit: int
) -> list[Suggestion]:
    from rapidfuzz import fuzz, process

    taken = {id(one) for one in found}
    choices = {place: one.folded for place, one in enumerate(among) if id(one) not in taken}
    near = process.extract(
        text, choices, scorer=fuzz.partial_ratio, limit=limit, score_cutoff=80, processor=None
    )
    return [among[place] for _, _, place in near]
