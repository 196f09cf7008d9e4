"""Which bars a person wants to see: by words, people, projects, tags, statuses.

The line a person types has words, and words with a sign before them: `@website` a project,
`#ux` a tag, `+ann` somebody, `!blocked` a status; `-` before any of these means without.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from toggl_desktop.domain.folding import fold
from toggl_desktop.domain.plan.rows import Bar, Plan

SIGNS: Final = {"@": "project", "#": "tag", "+": "member", "!": "status"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; within one kind any will do, all kinds together must hold.

    Attributes:
        words: The line as it was typed.
        members: Only bars of these people.
        projects: Only bars of these projects.
        tags: Only bars with one of these tags.
        statuses: Only bars in one of these statuses.
        hides_done: Without what is done.
    """

    words: str = ""
    members: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    hides_done: bool = False

    def __bool__(self) -> bool:
        return bool(
            self.words.strip()
            or self.members
            or self.projects
            or self.tags
            or self.statuses
            or self.hides_done
        )


Test = Callable[[Bar], bool]


def matcher(wanted: Filter, plan: Plan) -> Test | None:
    """Returns what tells whether a bar is wanted; None when all are.

    Names are looked through once, so that each bar costs a few comparisons (tests/perf).
    """
    tests = [*_chosen(wanted), *_written(wanted.words, plan)]
    if not tests:
        return None
    if len(tests) == 1:
        return tests[0]

    def all_hold(bar: Bar) -> bool:
        return all(test(bar) for test in tests)

    return all_hold


def _chosen(wanted: Filter) -> Iterable[Test]:
    if wanted.members:
        yield _holder("member", wanted.members)
    if wanted.projects:
        yield _holder("project", wanted.projects)
    if wanted.tags:
        yield _holder("tag", wanted.tags)
    if wanted.statuses:
        yield _holder("status", wanted.statuses)
    if wanted.hides_done:
        yield _is_open


def _is_open(bar: Bar) -> bool:
    return not bar.is_done


def _holder(kind: str, lids: frozenset[str]) -> Test:
    """Returns what tells whether a bar has one of some people, projects, tags or statuses."""

    def by_member(bar: Bar) -> bool:
        return any(lid in lids for lid in bar.members)

    def by_tag(bar: Bar) -> bool:
        return any(lid in lids for lid in bar.tags)

    def by_project(bar: Bar) -> bool:
        return bar.project in lids

    def by_status(bar: Bar) -> bool:
        return bar.status in lids

    return {"member": by_member, "tag": by_tag, "project": by_project, "status": by_status}[kind]


def _written(line: str, plan: Plan) -> Iterable[Test]:
    names = _names(plan)
    for word in line.split():
        is_without = len(word) > 1 and word[0] == "-"
        bare = word[1:] if is_without else word
        kind = SIGNS.get(bare[0], "")
        text = fold(bare[1:] if kind else bare)
        if not text:
            continue
        test = _holder(kind, _found(names[kind], text)) if kind else _anywhere(text, names)
        yield _without(test) if is_without else test


def _without(test: Test) -> Test:
    def fails(bar: Bar) -> bool:
        return not test(bar)

    return fails


def _anywhere(text: str, names: Mapping[str, Sequence[tuple[str, str]]]) -> Test:
    """Returns what tells whether a bar's name, or the name of anything it has, holds a text."""
    holders = [_holder(kind, lids) for kind in names if (lids := _found(names[kind], text))]
    known: dict[str, bool] = {}

    def holds(bar: Bar) -> bool:
        name = bar.name
        found = known.get(name)
        if found is None:
            found = known[name] = text in fold(name)
        return found or any(test(bar) for test in holders)

    return holds


def _found(names: Sequence[tuple[str, str]], text: str) -> frozenset[str]:
    return frozenset(lid for lid, name in names if text in name)


def _names(plan: Plan) -> dict[str, list[tuple[str, str]]]:
    return {
        "project": [(p.lid, fold(f"{p.name} {p.client or ''}")) for p in plan.projects],
        "tag": [(t.lid, fold(t.name)) for t in plan.tags],
        "member": [(m.lid, fold(f"{m.name} {m.initials}")) for m in plan.members],
        "status": [(s.lid, fold(s.name)) for s in plan.statuses],
    }
