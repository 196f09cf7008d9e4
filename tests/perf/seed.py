"""A store with years of work in it: the same every time."""

import random
import sys
import time
from pathlib import Path

from toggl_desktop.domain.entities import PALETTE, Client, Entry, Project, Tag
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place

_WORDS = (
    *("design", "review", "write", "docs", "fix", "build", "client", "call", "planning"),
    *("sprint", "invoice", "meeting", "research", "wireframes", "checkout", "copy", "launch"),
    *("api", "outline", "stand-up"),
)


def seed(folder: Path, entries: int, *, projects: int = 1000, running: bool = False) -> Path:
    """Fills a data directory that ends now; returns it."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(3)
    now = int(time.time())
    stretches = [(chance.randint(300, 5000), chance.randint(0, 900)) for _ in range(entries)]
    at = now - sum(map(sum, stretches)) + (stretches[-1][1] if running else 0)
    with Store(Place(folder)) as store, store.transaction("Load", now) as tx:
        clients = [Client(f"c{i}", f"Client {i}") for i in range(20)]
        made = [
            Project(f"p{i}", f"Project {i} {chance.choice(_WORDS)}", PALETTE[i % 14], f"c{i % 20}")
            for i in range(projects)
        ]
        tags = [Tag(f"t{i}", f"tag{i}") for i in range(40)]
        tx.save(*clients, *made, *tags)
        for i, (seconds, pause) in enumerate(stretches):
            words = " ".join(chance.sample(_WORDS, 3))
            stop = at + seconds
            tx.save(
                Entry(
                    f"01a00000-{i:08x}",
                    at,
                    None if running and i == entries - 1 else stop,
                    f"{words} {i % 3000}",
                    chance.choice(made).lid,
                    None,
                    tuple(t.lid for t in chance.sample(tags, chance.randint(0, 2))),
                )
            )
            at = stop + pause
    return folder


if __name__ == "__main__":
    seed(Path(sys.argv[1]), int(sys.argv[2]), running="--running" in sys.argv)
