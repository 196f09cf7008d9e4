"""The long search: whole histories by the thousand, with all rules or with one taken away.

    python -m tests.sync.search --histories 5000
    python -m tests.sync.search --histories 500 --mutant sends_changed_fields_only
    python -m tests.sync.search --mutants          every switch, until its first failure

It prints histories, steps, faults, edits lost, rows doubled and, for mutants, which were caught.
"""

import argparse
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, replace
from itertools import count

from tests.sync.fake_track import Faults
from tests.sync.world import run
from toggl_desktop.sync.rules import RULES


def live(job):
    seed, steps, rules, collide, latest = job
    try:
        bad, world = run(seed, steps, rules=rules, collide=collide, faults=Faults(latest=latest))
    except Exception:
        return seed, ["crashed " + traceback.format_exc()[-800:]], Counter()
    counts = world.server.counts
    return (
        seed,
        bad,
        Counter(
            steps=world.steps,
            faults=counts.faults,
            requests=counts.requests,
            edits=len(world.edits),
        ),
    )


def without(switch):
    return replace(RULES, **{switch: 0 if switch.endswith("seconds") else False})


def search(args, rules, stops=False):
    """Returns failing histories, totals and how many histories were lived."""
    totals, failing, lived = Counter(), [], 0
    seeds = count(args.seed) if stops else range(args.seed, args.seed + args.histories)
    jobs = ((s, args.steps, rules, args.collide, args.latest) for s in seeds)
    with ProcessPoolExecutor(args.processes) as pool:
        pending = []
        for job in jobs:
            pending.append(pool.submit(live, job))
            if len(pending) < args.processes * 2:
                continue
            seed, bad, some = pending.pop(0).result()
            lived, totals = lived + 1, totals + some
            if bad:
                failing.append((seed, bad))
            if stops and (failing or lived >= args.histories):
                break
        for one in pending if not stops else ():
            seed, bad, some = one.result()
            lived, totals = lived + 1, totals + some
            if bad:
                failing.append((seed, bad))
    return failing, totals, lived


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=200)
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--latest", type=float, default=80.0, help="a commit is at most so late")
    parser.add_argument("--collide", action="store_true", help="entries that look alike")
    parser.add_argument("--mutant", choices=[f.name for f in fields(RULES)])
    parser.add_argument("--mutants", action="store_true")
    args = parser.parse_args()
    began = time.monotonic()
    if args.mutants:
        caught = 0
        switches = [f.name for f in fields(RULES)]
        for switch in switches:
            failing, _, lived = search(args, without(switch), stops=True)
            caught += bool(failing)
            first = f"first at {lived}: {failing[0][1][0][:70]}" if failing else "not found"
            print(f"{switch:34} {first}", flush=True)
        print(f"mutants caught {caught} of {len(switches)}, {time.monotonic() - began:.0f} s")
        return 0
    rules = RULES if args.mutant is None else without(args.mutant)
    failing, totals, lived = search(args, rules)
    for seed, bad in failing[:10]:
        print(f"seed {seed}: {bad[:3]}")
    lost = sum(line.startswith("lost") for _, bad in failing for line in bad)
    doubled = sum(line.startswith("doubled") for _, bad in failing for line in bad)
    print(
        f"histories {lived}, steps {totals['steps']}, seeds {args.seed}…{args.seed + lived - 1}, "
        f"requests {totals['requests']}, faults injected {totals['faults']}, "
        f"texts written {totals['edits']}, edits lost {lost}, doubled {doubled}, "
        f"histories failing {len(failing)}, {time.monotonic() - began:.0f} s"
    )
    return 1 if failing and args.mutant is None else 0


if __name__ == "__main__":
    sys.exit(main())
