"""The long search: whole histories by the thousand, with all rules or with one taken away.

    python -m tests.sync.search --histories 5000
    python -m tests.sync.search --minutes 35 --processes 1
    python -m tests.sync.search --histories 500 --mutant "whole-entity PUT"
    python -m tests.sync.search --mutants          every mistake, until it is noticed first

It prints histories, steps, faults by kind, edits lost, rows doubled, what the model was asked about
and, for mutants, which were caught. Every third history makes entries that look alike; two of five
have older entries, which come on request; what was put aside is taken back at the end of every
fourth.
"""

import argparse
import sys
import time
import traceback
from collections import Counter, deque
from concurrent.futures import ProcessPoolExecutor
from itertools import count

from tests.sync.fake_track import Faults
from tests.sync.judge import judge_the_shelf
from tests.sync.mutants import MUTANTS, rules_of
from tests.sync.world import run
from toggl_desktop.sync.rules import RULES

LATEST = 80.0
OLD = {1: 3, 4: 55}
"""Of five histories, the number of one → how many older entries it has."""


def live(job):
    """Lives one history: returns its seed, what was wrong with it, and its figures."""
    seed, steps, rules, latest = job
    shelf = judge_the_shelf if rules is RULES and seed % 4 == 0 else None
    try:
        bad, world = run(
            seed, steps, rules=rules, collide=seed % 3 == 2, faults=Faults(latest=latest),
            afterwards=shelf, old=OLD.get(seed % 5, 0),
        )  # fmt: skip
    except Exception:
        return seed, ["crashed " + traceback.format_exc()[-800:]], Counter()
    counts = world.server.counts
    figures = Counter(steps=world.steps, requests=counts.requests, edits=len(world.edits))
    figures["faults"] = counts.faults
    figures.update({f"fault {name}": number for name, number in counts.by_fault.items()})
    figures.update({f"did {name}": number for name, number in world.counts.items()})
    figures[f"quiet {world.quiet_after}"] += 1
    if world.overheard is not None:
        figures.update({f"model {what}": n for what, n in world.overheard.asked.items()})
    return seed, bad, figures


def search(args, rules, stops=False):
    """Returns failing histories, totals and how many histories were lived."""
    totals, failing, lived = Counter(), [], 0
    until = time.monotonic() + args.minutes * 60 if args.minutes else None
    jobs = ((seed, args.steps, rules, args.latest) for seed in count(args.seed))
    with ProcessPoolExecutor(args.processes) as pool:
        pending = deque()
        sent = 0
        while True:
            is_over = stops and failing
            is_over = is_over or (until is not None and time.monotonic() > until)
            is_over = is_over or (until is None and sent >= args.histories)
            if not is_over and len(pending) < args.processes * 2:
                pending.append(pool.submit(live, next(jobs)))
                sent += 1
                continue
            if not pending:
                return failing, totals, lived
            seed, bad, some = pending.popleft().result()
            lived, totals = lived + 1, totals + some
            if bad:
                failing.append((seed, bad))
                if not stops:
                    print(f"seed {seed}: {bad[:3]}", flush=True)
            if stops and failing:
                for one in pending:
                    one.cancel()
                return failing, totals, lived


def try_mutants(args):
    began, caught = time.monotonic(), 0
    for name in MUTANTS:
        failing, _, lived = search(args, rules_of(name), stops=True)
        caught += bool(failing)
        seed = failing[0][0] if failing else None
        first = f"{lived} (seed {seed}: {failing[0][1][0][:60]})" if failing else "not found"
        print(f"{name:36} {first}", flush=True)
    print(f"mutants caught {caught} of {len(MUTANTS)}, {time.monotonic() - began:.0f} s")
    return 0 if caught == len(MUTANTS) else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=200)
    parser.add_argument("--minutes", type=float, help="so long instead of so many")
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--latest", type=float, default=LATEST, help="a commit is at most so late")
    parser.add_argument("--mutant", choices=list(MUTANTS))
    parser.add_argument("--mutants", action="store_true")
    args = parser.parse_args()
    if args.mutants:
        return try_mutants(args)
    began = time.monotonic()
    failing, totals, lived = search(args, rules_of(args.mutant))
    lost = sum(line.startswith("lost") for _, bad in failing for line in bad)
    doubled = sum(line.startswith("doubled") for _, bad in failing for line in bad)
    print(
        f"histories {lived}, steps {totals['steps']}, seeds {args.seed}…{args.seed + lived - 1}, "
        f"requests {totals['requests']}, faults injected {totals['faults']}, "
        f"texts written {totals['edits']}, edits lost {lost}, doubled {doubled}, "
        f"histories failing {len(failing)}, {time.monotonic() - began:.0f} s"
    )
    for prefix in ("fault", "did", "quiet", "model"):
        some = {k[len(prefix) + 1 :]: v for k, v in totals.items() if k.startswith(f"{prefix} ")}
        print(f"{prefix}: " + ", ".join(f"{k} {v}" for k, v in sorted(some.items())))
    return 1 if failing and args.mutant is None else 0


if __name__ == "__main__":
    sys.exit(main())
