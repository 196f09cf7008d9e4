"""Every fault with every kind of request: nothing is lost, nothing doubled, both sides end alike.

python -m tests.sync.matrix                        all of it, with figures
python -m tests.sync.matrix "half open"            one fault with every request
python -m tests.sync.matrix "" "create project"    every fault with one request
"""

import random
import re
import sys
import time
from collections import Counter

from tests.support.builders import NOW
from tests.support.track import Loopback
from tests.sync.rig import ODD, TOKEN, WS, Rig, do, template
from tests.sync.troubles import TARGETS, TROUBLES, cases
from toggl_desktop.domain.entities import KINDS
from toggl_desktop.domain.syncstate import Phase
from toggl_desktop.store import tables

ROUNDS = 14
_NOT_FOR_PEOPLE = re.compile(r"Traceback|Error\b|Exception|object at|<[a-z!/]|\{|httpx|None\b")


def play(loopback, trouble_name, target):
    """Lives one case through; returns everything that was not as it must be."""
    trouble = TROUBLES[trouble_name]
    with Rig(loopback, trouble.seconds) as rig:
        bad = []
        expected = _busy(rig, target)
        method, path = TARGETS[target]
        fault = trouble.make(method, path)
        fault.times = trouble.times
        rig.server.fail(fault)
        is_read = method == "GET"
        waits = set()
        for number in range(3):
            state = rig.turn(25_000 if is_read and number == 0 else 31, full=is_read)
            before, waits = waits, _waits(rig, state)
            bad += _dishonest(state)
            bad += [f"rests though it waits: {one}" for one in sorted(before & waits)]
        if fault.times == trouble.times:
            bad.append("the fault was never met")
        rig.server.heal(rig.clock.wall)
        bad += _settle(rig, trouble)
        bad += _judged(rig, expected, trouble, target)
    return bad


def _busy(rig, target):
    """A person works on both sides; returns the texts that must be there in the end."""
    verb, _, kind = target.partition(" ")
    lids = {k: [one.lid for one in tables.load(rig.store.source, KINDS[k])] for k in KINDS}
    by_text = {
        one.description: one.lid for one in tables.load(rig.store.source, KINDS["time_entry"])
    }
    rig.do(do.EditEntries((by_text["old 5"],), description="bystander"))
    rows = rig.server.world.entry.live()
    rig.web(
        "entry",
        {"description": "edited there"},
        next(r for r in rows if r["description"] == "old 4"),
    )
    rig.web("entry", {"description": "made there", "start": NOW - 5000, "stop": NOW - 4400})
    wanted = ["bystander", "edited there", "made there"]
    text = f"{verb} {ODD}"
    if verb == "create":
        wanted += _made(rig, kind, text, lids)
    elif verb == "update":
        wanted += _changed(rig, kind, text, lids, by_text)
    elif verb == "delete":
        gone = by_text["old 2"] if kind == "time_entry" else lids[kind][-1]
        rig.do(do.DeleteEntries((gone,)) if kind == "time_entry" else do.DeleteThing(kind, gone))
    elif verb == "patch":
        some = tuple(by_text[f"old {n}"] for n in (0, 1, 2))
        rig.do(do.EditEntries(some, description="all alike"))
        wanted += ["all alike"] * 3
    return wanted


def _made(rig, kind, text, lids):
    if kind == "time_entry":
        rig.do(do.AddEntry(NOW - 2000, NOW - 1400, text))
        return [text]
    command = {
        "client": lambda: do.AddClient(text),
        "project": lambda: do.AddProject(text),
        "tag": lambda: do.AddTag(text),
        "task": lambda: do.AddTask(text, lids["project"][-1]),
    }[kind]
    one = rig.made(command(), kind)
    if kind == "project":
        rig.do(do.AddEntry(NOW - 2000, NOW - 1400, "on the new one", one))
        return [text, "on the new one"]
    if kind == "tag":
        rig.do(do.AddEntry(NOW - 2000, NOW - 1400, "with the new one", tags=(one,)))
        return [text, "with the new one"]
    return [text]


def _changed(rig, kind, text, lids, by_text):
    if kind == "time_entry":
        rig.do(do.EditEntries((by_text["old 2"],), description=text))
        return [text]
    one = lids[kind][-1]
    command = {
        "client": do.EditClient,
        "project": do.EditProject,
        "tag": do.EditTag,
        "task": do.EditTask,
    }[kind]
    rig.do(command(one, name=text))
    return [text]


def _dishonest(state):
    """What the program says must be true and for people."""
    bad = []
    if state.text and (_NOT_FOR_PEOPLE.search(state.text) or not state.text.endswith((".", "?"))):
        bad.append(f"no sentence: {state.text!r}")
    if TOKEN in repr(state):
        bad.append("a secret in the state")
    return bad


def _waits(rig, state):
    """What might be sent and is not, though the program says that all is well."""
    if state.phase is not Phase.RESTING:
        return set()
    return {f"{job.op} {job.kind} {job.lid}" for job in rig.sendable()}


def _settle(rig, trouble):
    """Time passes, and a person does what is asked of them, until nothing is left to do."""
    if trouble.sign_in:
        rig.sign_in_again()
    elif trouble.update:
        rig.update()
    quiet = 0
    for number in range(ROUNDS):
        before = rig.writes()
        state = rig.turn(4000 if number == 2 else 200, full=quiet == 1)
        if state.phase is Phase.SIGN_IN:
            rig.sign_in_again()
        for problem in rig.problems():
            if problem.reason == "refused":
                rig.decide(problem, "retry")
            elif problem.reason == "undeleted":
                rig.decide(problem, "mine")
            else:  # what a person would see there, and then let go of
                rig.kept.append(f"{problem.mine} {problem.theirs}")
                rig.decide(problem, "drop")
        is_quiet = state.phase is Phase.RESTING and rig.writes() == before
        quiet = quiet + 1 if is_quiet and not rig.sendable() else 0
        if quiet == 2:
            return []
    return [f"no rest after {ROUNDS} turns: {rig.states[-1].phase} {rig.states[-1].text!r}"]


def _judged(rig, expected, trouble, target):
    bad = rig.differences()
    texts = Counter(rig.texts())
    wanted = Counter(expected)
    for text, count in wanted.items():
        is_kept = any(repr(text)[1:-1] in one for one in rig.kept)
        if texts[text] < count and not (trouble.lies and is_kept):
            bad.append(f"lost {text!r}, kept aside: {rig.kept}")
        if texts[text] > count and not (trouble.doubles and target == "create time_entry"):
            bad.append(f"doubled {text!r}: {texts[text]}")
    for text in ("Acme", "Website", "deep", "Draw", *(f"old {n}" for n in range(4))):
        if texts[text] > 1:
            bad.append(f"doubled {text!r}")
    bad += [f"a problem is left: {p.reason} {p.title}" for p in rig.problems()]
    bad += rig.store.check(full=True)
    before = rig.writes()
    rig.turn()
    if rig.writes() != before:
        bad.append("a further sync sends something")
    return bad


def main(arguments):
    fault, target = [*arguments, "", ""][:2]
    chosen = [
        c
        for c in cases()
        if c.makes_sense and fault in {"", c.trouble} and target in {"", c.target}
    ]
    random.Random(1).shuffle(chosen)
    template()
    began, failed, slow = time.monotonic(), [], []
    with Loopback() as loopback:
        for number, case in enumerate(chosen):
            if sys.stderr.isatty() or number % 100 == 0:
                print(f"… {number} of {len(chosen)}: {case.trouble}", file=sys.stderr, flush=True)
            then = time.monotonic()
            try:
                case.bad = play(loopback, case.trouble, case.target)
            except Exception as error:
                case.bad = [f"crashed: {type(error).__name__}: {error}"]
            slow.append((time.monotonic() - then, case.trouble, case.target))
            if case.bad:
                failed.append(case)
                print(f"{case.trouble} × {case.target}: {'; '.join(case.bad)[:600]}", flush=True)
    print(
        f"{len(chosen)} cases ({len(TROUBLES)} faults, {len(TARGETS)} requests) in "
        f"{time.monotonic() - began:.0f} s, {len(failed)} failed; slowest {max(slow)}; "
        f"workspace {WS}"
    )
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
