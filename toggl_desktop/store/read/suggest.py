"""What a person may mean while typing: favourites, recents and history, best first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from toggl_desktop.domain.folding import fold
from toggl_desktop.store.read import catalog, entries
from toggl_desktop.store.source import Source

Why = Literal["recent", "favourite", "project"]
_RECENT = 300
AMONG = 3000
"""How many of the newest entries are looked through; older ones answer to the list's search."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that can be started.

    Attributes:
        why: Where it comes from.
        project: Local id of its project.
        tag_ids: Local ids of its tags; their names stand in `tags`.
        at: When it was tracked last, epoch seconds UTC; None for what never was.
        folded: All its words, for matching.
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


def known(source: Source) -> list[Suggestion]:
    """Returns everything that can be suggested, each content once.

    Favourites come first, then contents tracked, latest first, then projects not tracked lately.
    """
    names = entries.tag_names(source)
    by_lid = {p.lid: p for p in catalog.projects(source)}
    rows: list[tuple[Why, str, str | None, str | None, str, int, int | None]] = [
        ("favourite", f.description, f.project, f.task, json.dumps(f.tags), f.billable, None)
        for f in catalog.favourites(source)
    ]
    rows += [
        ("recent", *row)
        for row in source.rows(
            """SELECT description, project, task, tags, billable, max(start) FROM (
                 SELECT * FROM time_entry WHERE deleted = 0 ORDER BY start DESC LIMIT ?)
               GROUP BY description, project, task, tags, billable ORDER BY max(start) DESC""",
            (AMONG,),
        )
    ]
    used = {project for _, _, project, *_ in rows}
    rows += [("project", "", p, None, "[]", 0, None) for p in by_lid if p not in used]
    found: list[Suggestion] = []
    seen: set[tuple[object, ...]] = set()
    for why, description, lid, task, tags, billable, at in rows:
        project = by_lid.get(lid) if lid else None
        if lid and project is None:
            continue  # archived: no longer offered
        tag_ids = () if tags == "[]" else tuple(t for t in source.parsed(tags, list) if t in names)
        key = (description, lid, task, tag_ids, bool(billable))
        if key in seen:
            continue
        seen.add(key)
        tag_words = tuple(names[t] for t in tag_ids)
        words = [description, *tag_words]
        if project:
            words += [project.name, project.client_name or ""]
        found.append(
            Suggestion(
                why,
                description,
                lid,
                project.name if project else None,
                project.color if project else None,
                project.client_name if project else None,
                task,
                tag_words,
                tag_ids,
                bool(billable),
                at,
                fold(" ".join(words)),
            )
        )
    return found


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
    scored = [
        (_rank(one, words), place, one)
        for place, one in enumerate(among)
        if all(w in one.folded for w in words)
    ]
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
