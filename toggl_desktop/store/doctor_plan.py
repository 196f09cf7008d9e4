"""What must never be in a plan: the questions that `doctor` asks about it."""

import sqlite3
from collections.abc import Iterator

from toggl_desktop.store.check import Check
from toggl_desktop.store.place import Place

_LIVE = "plan_task AS t WHERE t.deleted = 0"
_COLOR = f"GLOB '#{'[0-9a-f]' * 6}'"


def _not_of_its_project(field: str) -> str:
    # sql: names only
    return (
        f"SELECT count(*) FROM {_LIVE} AND t.{field} IS NOT NULL AND t.project IS NOT "
        f"(SELECT project FROM {field} AS f WHERE f.lid = t.{field} AND f.deleted = 0)"
    )


# sql: names only
CHECKS = (
    Check(
        "{} plan tasks belong to a deleted project",
        f"SELECT count(*) FROM {_LIVE} "
        "AND t.project IN (SELECT lid FROM project WHERE deleted = 1)",
    ),
    Check("{} plan tasks are in a segment of another project", _not_of_its_project("segment")),
    Check("{} plan tasks have a status of another project", _not_of_its_project("status")),
    Check(
        "{} plan tasks bear a tag of another project",
        "SELECT count(DISTINCT t.lid) FROM plan_task AS t, json_each(t.tags) AS j "
        "WHERE t.deleted = 0 AND t.tags <> '[]' AND t.project IS NOT "
        "(SELECT project FROM plan_tag AS g WHERE g.lid = j.value AND g.deleted = 0)",
    ),
    Check(
        "{} plan tasks are for somebody who is not there",
        "SELECT count(DISTINCT t.lid) FROM plan_task AS t, json_each(t.members) AS j "
        "WHERE t.deleted = 0 AND t.members <> '[]' "
        "AND j.value NOT IN (SELECT lid FROM member WHERE deleted = 0)",
    ),
    Check(
        "{} plan tasks are in another workspace than their project",
        f"SELECT count(*) FROM {_LIVE} AND t.project IS NOT NULL AND t.workspace IS NOT "
        "(SELECT workspace FROM project WHERE lid = t.project)",
    ),
    Check(
        "{} plan tasks have only one of their days",
        'SELECT count(*) FROM plan_task WHERE (start IS NULL) <> ("end" IS NULL)',
    ),
    Check(
        "{} plan tasks end before they start",
        'SELECT count(*) FROM plan_task WHERE "end" < start '
        'OR (deleted = 0 AND start = "end" AND end_minute < start_minute)',
    ),
    Check(
        "{} plan tasks have a time that no day has",
        "SELECT count(*) FROM plan_task WHERE start_minute NOT BETWEEN 0 AND 1440 "
        "OR end_minute NOT BETWEEN 0 AND 1440",
    ),
    Check(
        "{} plan tasks have an estimate that is none",
        "SELECT count(*) FROM plan_task WHERE estimate_minutes < 0 "
        "OR estimate_kind NOT IN ('daily', 'total')",
    ),
    Check(
        "{} plan tasks are not done though their status is",
        f"SELECT count(*) FROM {_LIVE} AND t.is_done = 0 "
        "AND t.status IN (SELECT lid FROM status WHERE is_done = 1)",
    ),
    Check(
        "{} plan tasks recur without a series",
        f"SELECT count(*) FROM {_LIVE} AND t.repeat <> '' AND t.series IS NULL",
    ),
    Check(
        "{} parts of a project's plan belong to a deleted project",
        " UNION ALL ".join(
            f"SELECT count(*) FROM {kind} WHERE deleted = 0 "
            "AND project IN (SELECT lid FROM project WHERE deleted = 1)"
            for kind in ("segment", "status", "plan_tag", "milestone")
        ),
    ),
    Check(
        "{} milestones belong to a deleted group",
        "SELECT count(*) FROM milestone WHERE deleted = 0 "
        'AND "group" IN (SELECT lid FROM plan_group WHERE deleted = 1)',
    ),
    Check(
        "{} members of groups are not there, or there twice",
        "SELECT count(*) FROM plan_group AS g, json_each(g.members) AS j WHERE g.deleted = 0 "
        "AND (j.value NOT IN (SELECT lid FROM member WHERE deleted = 0) OR EXISTS (SELECT 1 "
        "FROM json_each(g.members) AS k WHERE k.value = j.value AND k.key < j.key))",
    ),
    Check(
        "{} members work a week that is none",
        "SELECT count(*) FROM member AS m WHERE json_array_length(m.capacity) NOT IN (0, 7) "
        "OR EXISTS (SELECT 1 FROM json_each(m.capacity) AS j WHERE j.type <> 'integer' "
        "OR j.value NOT BETWEEN 0 AND 1440)",
    ),
    Check(
        "{} times off are of somebody who is not there, or end before they start",
        "SELECT count(*) FROM time_off WHERE deleted = 0 AND "
        '("end" < start OR member NOT IN (SELECT lid FROM member WHERE deleted = 0))',
    ),
    Check(
        "{} times off have a reason that is none",
        "SELECT count(*) FROM time_off WHERE reason NOT IN ('vacation', 'sick', 'other')",
    ),
    Check(
        "{} dependencies lack one of their plan tasks",
        "SELECT count(*) FROM dependency AS d WHERE d.deleted = 0 AND (d.before = d.after OR "
        "(SELECT count(*) FROM plan_task WHERE deleted = 0 AND lid IN (d.before, d.after)) <> 2)",
    ),
    Check(
        "{} dependencies are there twice",
        "SELECT count(*) - count(DISTINCT before || ' ' || after) FROM dependency "
        "WHERE deleted = 0",
    ),
    Check(
        "{} things of the plan have no name",
        " UNION ALL ".join(
            f"SELECT sum(trim(name) = '') FROM {kind}"
            for kind in (
                *("member", "plan_group", "segment", "status"),
                *("plan_tag", "plan_task", "milestone"),
            )
        ),
    ),
    Check(
        "{} things of the plan have a colour that is none",
        " UNION ALL ".join(
            f"SELECT count(*) FROM {kind} WHERE NOT color {_COLOR}"
            for kind in ("member", "plan_tag", "plan_task", "milestone")
        ),
    ),
)
"""What SQL can count."""


def circles(_where: Place, connection: sqlite3.Connection) -> Iterator[str]:
    """Whether some plan task waits for itself, by way of others."""
    waits: dict[str, int] = {}
    followers: dict[str, list[str]] = {}
    pairs = "SELECT DISTINCT before, after FROM dependency WHERE deleted = 0"
    for before, after in connection.execute(pairs):
        followers.setdefault(before, []).append(after)
        waits[after] = waits.get(after, 0) + 1
        waits.setdefault(before, 0)
    free = [lid for lid, count in waits.items() if not count]
    for lid in free:  # it grows while it is walked
        del waits[lid]
        for after in followers.get(lid, ()):
            waits[after] -= 1
            if not waits[after]:
                free.append(after)
    if waits:
        yield f"{len(waits)} plan tasks wait for each other in a circle."
