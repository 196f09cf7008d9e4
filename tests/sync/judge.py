"""What must hold when everything is at rest: the oracles of the specification (3.3)."""

import json

from toggl_desktop.store import bindings
from toggl_desktop.store.read import problems
from toggl_desktop.sync import deciding
from toggl_desktop.sync.mapping import read
from toggl_desktop.sync.reading import AHEAD_DAYS
from toggl_desktop.sync.ties import Ties

FIELDS = ("description", "start", "stop", "project", "tags", "billable")


def origin_of(world, computer, lid):
    """Returns who made a row, wherever it is known by now."""
    bound = computer.binding(lid)
    rid = None if bound is None else bound.rid
    return world.server.origin.get(rid, (computer.name, lid))


def judge(world):
    """Returns everything that is not as it must be at rest."""
    bad = [*world.bad, *world.server.broken_rules]
    for computer in world.computers:
        bad += _diverged(world, computer)
        bad += [f"{computer.name}: {line}" for line in computer.store.check(full=True)]
    bad += _doubled(world) + _undead(world) + _lost(world)
    bad += [f"trampled {one}" for one in world.server.trampled]
    if sum(r["stop"] is None for r in world.server.live()) > 1:
        bad.append("two run on the server")
    return bad + _not_silent(world)


def _held(world, computer):
    return {b.lid for b in bindings.waiting(computer.store.source, "track") if b.hold is not None}


def _diverged(world, computer):
    source = computer.store.source
    ties, held, bad = Ties(source), _held(world, computer), []
    live = {r["id"]: read("time_entry", r).values for r in world.server.live()}
    mine = {}
    for one in computer.entries():
        bound = computer.binding(one.lid)
        if bound is not None and bound.rid is not None:
            mine[bound.rid] = one
        elif one.lid not in held and not _may_wait(world, one, held):
            bad.append(f"stuck {computer.name} {one.description}")
    bad += [
        f"diverged set {computer.name} {rid}"
        for rid in mine.keys() ^ live.keys()
        if rid in mine or _is_shown(world, live[rid])
    ]
    for rid in mine.keys() & live.keys():
        ours, theirs = ties.out(mine[rid]), live[rid]
        bad += [
            f"diverged {computer.name} {rid} {name} {ours[name]} {theirs[name]}"
            for name in FIELDS
            if ours[name] != theirs[name] and mine[rid].lid not in held
        ]
    names = sorted(p["name"] for p in world.server.live("project"))
    ours = sorted(p.name for p in computer.projects() if p.lid not in held)
    if names != ours:
        bad.append(f"diverged projects {computer.name} {names} {ours}")
    return bad


def _is_shown(world, values):
    """Whether a first read gets it; what is further away comes when it changes, or is asked for."""
    return -88 * 86_400 < values["start"] - world.t < (AHEAD_DAYS - 1) * 86_400


def _may_wait(world, one, held):
    """Its project is held; or it is older than can be looked for, and nobody has edited it."""
    return one.project in held or one.start < world.t - 88 * 86_400


def _doubled(world):
    seen = {}
    for row in world.server.live():
        seen.setdefault(world.server.origin[row["id"]], []).append(row["id"])
    return [
        f"doubled {origin} {rids}"
        for origin, rids in seen.items()
        if len(rids) > 1 and origin not in world.kept_both
    ]


def _undead(world):
    asked = {s.rid for c in world.computers for s in c.shelved() if s.reason == "undeleted"}
    unsure = any(
        (b.hold or {}).get("reason") == "duplicate"
        for c in world.computers
        for b in bindings.waiting(c.store.source, "track")
    )
    undone = _undone(world)
    return [
        f"undead {row['id']}"
        for row in world.server.live()
        if world.server.origin[row["id"]] in world.must_die - world.touched - undone
        and row["id"] not in asked
        and row["stop"] is not None
        and not unsure
    ]


def _undone(world):
    """What a person deleted and then took back."""
    found = set()
    for computer in world.computers:
        for one in computer.entries():
            found.add((computer.name, one.lid))
            found.add(origin_of(world, computer, one.lid))
    return found


def _lost(world):
    final = {r["description"] for r in world.server.live()}
    kept = set()
    for computer in world.computers:
        final |= {e.description for e in computer.entries()}
        rows = computer.store.source.rows("SELECT content FROM shelf")  # decided on or not
        kept |= {json.loads(content).get("description") for (content,) in rows}
    superseded = {saw for saw in world.edits.values() if saw}
    known = final | kept | superseded | _taken_back(world)
    known |= world.deleted_texts | world.server.blind | world.overwritten
    return [f"lost {text}" for text in world.edits if text not in known]


def _taken_back(world):
    """Texts that a person undid."""
    found = set()
    for computer in world.computers:
        rows = computer.store.source.rows(
            "SELECT c.before, c.after FROM change c JOIN step s ON s.seq = c.seq "
            "WHERE s.role = 'undo'"
        )
        for before, after in rows:
            for text in world.edits:
                if f'"{text}"' in (before or "") or f'"{text}"' in after:
                    found.add(text)
        never = computer.store.source.rows(
            "SELECT description FROM time_entry WHERE deleted = 1 AND lid IN "
            "(SELECT c.lid FROM change c JOIN step s ON s.seq = c.seq WHERE s.role = 'undo')"
        )
        found |= {text for (text,) in never}
    return found


def _not_silent(world):
    """One more turn of each sends nothing and changes nobody's row."""
    before = world.server.counts.writes, [_changes(c) for c in world.computers]
    for computer in world.computers:
        computer.finish()
    after = world.server.counts.writes, [_changes(c) for c in world.computers]
    return [] if before == after else [f"not silent {before} {after}"]


def _changes(computer):
    sql = "SELECT count(*) FROM change WHERE before IS NOT '{}'"
    return computer.store.source.value(sql)


def judge_the_shelf(world):
    """Everything that was put aside can be taken back, and then all agree again (O10)."""
    taken = 0
    for computer in world.computers:
        for problem in problems.problems(computer.store.source):
            if problem.reason in {"deleted elsewhere", "undeleted"}:
                verb = "mine" if problem.reason == "deleted elsewhere" else "theirs"
                deciding.decide(computer.store, problem, verb, computer.clock.wall())
                taken += 1
    if not taken:
        return []
    world.settle()
    bad = [line for computer in world.computers for line in _diverged(world, computer)]
    return [f"after the shelf: {line}" for line in [*bad, *_doubled(world)]]
