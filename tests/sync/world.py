"""Two computers, a web page and a server, in virtual time: what can happen, and what must hold.

The computers run the real engine on real SQLite files. The driver lets a turn go on from await to
await, so that a person, the web page, a crash or the other computer come in between.
"""

from collections import Counter
from random import Random

from tests.support.builders import NOW
from tests.sync.computer import Computer
from tests.sync.fake_track import HOUR, NONE, ORG, POISON, Faults, Server
from tests.sync.happenings import ELSEWHERE, OF_A_COMPUTER, PAUSES, Happenings
from tests.sync.judge import judge
from tests.sync.long_ago import LongAgo
from tests.sync.overheard import Overheard
from toggl_desktop.store import schema
from toggl_desktop.sync.engine import Want
from toggl_desktop.sync.rules import RULES

PRIVATE = frozenset(name for name, _ in OF_A_COMPUTER)
NAMES = tuple(name for name, _ in OF_A_COMPUTER + ELSEWHERE)
WEIGHTS = tuple(weight for _, weight in OF_A_COMPUTER + ELSEWHERE)
PAUSES_AT_THE_END = (200, 400, 2000, 700, *[400] * 11)
"""What a name that was taken, a lost answer and a second look have to wait for (O9, O11)."""

FULL_ROUND = 2
"""When everything is read anew: deletions of names are asked for every six hours only."""


class World(Happenings, LongAgo):
    """One history: everything that happens, and everything that must hold.

    Args:
        seed: Which history.
        rules: What the engines live by; with all rules on, the reference model hears of everything
            that they decide.
        faults: What goes wrong on the way to the server, and how often.
        collide: Whether entries are made that look alike.
        computers: Their names.
        is_overheard: Whether the model listens.
        old: How many entries are there from the beginning that are older than what Track lists.
    """

    def __init__(
        self, seed, *, rules=RULES, faults=None, collide=False, computers="AB", is_overheard=True,
        old=0,
    ):  # fmt: skip
        self.seed = seed
        self.random = Random(f"world {seed}")
        self.t = float(NOW)
        self.server = Server(self, Random(f"server {seed}"))
        self.server.faults = Faults() if faults is None else faults
        self.server.quota = self.random.choice([40, 120, 10**9, 10**9])
        self.collide = collide
        self.tokens = 0
        self.edits: dict[str, str | None] = {}
        self.deleted_texts: set[str] = set()
        self.overwritten: set[str | None] = set()
        self.must_die: set[object] = set()
        self.touched: set[object] = set()
        self.kept_both: set[object] = set()
        self.steps = 0
        self.quiet_after = 0
        self.counts: Counter[str] = Counter()
        self.bad: list[str] = []
        self.old, self.aside = old, Random(f"long ago {seed}")
        self.fill_long_ago()
        skews = [self.random.choice([0, 0, 120, -3600, 3600]) for _ in computers]
        self.computers = [
            Computer(self, name, rules, skew) for name, skew in zip(computers, skews, strict=True)
        ]
        self.overheard = Overheard(self.bad) if rules == RULES and is_overheard else None

    def close(self):
        if self.overheard is not None:
            self.overheard.close()
        for computer in self.computers:
            computer.close()

    def value(self, saw=None):
        self.tokens += 1
        text = f"v{self.tokens}"
        if self.collide and self.random.random() < 0.5:
            text = "same"
        elif saw is None and self.random.random() < 0.03:
            text = f"{POISON} {text}"
        if text == "same":
            self.overwritten.add(saw)
        else:
            self.edits[text] = saw
        return text

    def happen(self):
        """Something happens."""
        self.steps += 1
        if self.random.random() < 0.7:
            self.pass_time(self.random.choice(PAUSES))
        self.server.tick()
        name = self.random.choices(NAMES, WEIGHTS)[0]
        self.counts[name] += 1
        verb, _, field = name.partition(" ")
        whose = (self.random.choice(self.computers),) if name in PRIVATE else ()
        getattr(self, verb)(*whose, *((field,) if field else ()))
        self.happen_long_ago()
        self.look()

    # What must hold ---------------------------------------------------------------------------

    def look(self):
        """What must hold after every step, on what is on disk (O4, O5)."""
        for computer in self.computers:
            self.bad += computer.look()

    def settle(self, pauses=PAUSES_AT_THE_END):
        """Everything works again, and time passes until nothing is left to do."""
        self.server.faults = NONE
        self.server.quota = 10**9
        self.server.banned_until.clear()
        self.regain_workspace()
        for computer in self.computers:
            computer.clear_disk()
            computer.crash()
            computer.signed_in = True
            computer.retry_what_was_refused()
        self.want_all()
        full_at, is_full = 0, False
        for number, pause in enumerate(pauses):
            is_full |= number == FULL_ROUND
            want = Want(full=is_full, is_asked=is_full)
            full_at, is_full = number if is_full else full_at, False
            writes = self.server.counts.writes
            self.t += pause
            self.server.tick()
            for computer in self.computers:
                computer.forget_limits()
                computer.engine.line.retry_at = None
                computer.engine.confirm()
                computer.finish(want)
            self.look()
            if self.server.counts.writes != writes:
                self.quiet_after = number + 1
            elif number >= max(self.quiet_after, FULL_ROUND) + 2:
                if full_at >= self.quiet_after:
                    break
                is_full = True  # which names were deleted is asked every six hours only
        self.bad += self.lacking()


def run(seed, steps=120, afterwards=None, **options):
    """Lives one history; returns what was wrong with it, and the world as it was left.

    Args:
        seed: Which history.
        steps: How much happens in it.
        afterwards: Asks more of a world that is as it must be, while its files are still there.
        options: What a `World` takes.
    """
    world = World(seed, **options)
    try:
        for _ in range(steps):
            world.happen()
        world.settle()
        bad = judge(world)
        if not bad and afterwards is not None:
            bad = afterwards(world)
        return bad, world
    finally:
        world.close()


__all__ = ["HOUR", "ORG", "World", "run", "schema"]
