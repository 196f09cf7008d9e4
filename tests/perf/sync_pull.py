"""Reading 10,000 entries into the store, beside the least that this stack can do.

    python -m tests.perf.sync_pull

The floor asks a loopback server with http.client, decodes with msgspec and writes one row each
with sqlite3. Ours asks through the program's client and stores with journal, ties, checksums and
the second copy: on the loop's thread, and beside it as the program does. The longest gap of the
loop meanwhile is what a screen would feel, the longest lock what another process would.
"""

import asyncio
import gc
import http.client
import json
import os
import shutil
import sqlite3
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tests.perf.window import Now, context
from tests.support.builders import NOW
from toggl_desktop.app import loop
from toggl_desktop.app.elsewhere import Elsewhere
from toggl_desktop.domain.ids import Ascending
from toggl_desktop.remote.http import Http
from toggl_desktop.store import lock
from toggl_desktop.store.database import Store
from toggl_desktop.store.place import Place
from toggl_desktop.sync import pull
from toggl_desktop.sync.cycle import Cycle, Moment
from toggl_desktop.sync.hands import Beside, Here
from toggl_desktop.sync.pace import Pace
from toggl_desktop.sync.pull import Answer, Understood
from toggl_desktop.sync.rules import RULES
from toggl_desktop.ui.theme.theme import Theme
from toggl_desktop.ui.timer.window import TimerWindow

COUNT, PAGE, REPORT = 10_000, 1000, 50
RUNS = 3


def row(n):
    """An entry of half an hour; twenty a day, the newest first."""
    day = (datetime(2026, 9, 20, 8) - timedelta(days=n // 20, minutes=-30 * (n % 20))).isoformat()
    end = (datetime.fromisoformat(day) + timedelta(minutes=30)).isoformat()
    return {
        "id": 3_900_000_000 + n, "workspace_id": 7001, "project_id": 8000 + n % 40,
        "task_id": None, "billable": False, "start": f"{day}+00:00",
        "stop": f"{end}+00:00", "duration": 1800,
        "description": f"Entry number {n} of a long life", "tags": ["deep"], "tag_ids": [9101],
        "duronly": True, "at": "2026-09-20T10:00:00.123456+00:00", "server_deleted_at": None,
        "user_id": 5001, "uid": 5001, "wid": 7001, "pid": 8000 + n % 40,
    }  # fmt: skip


class Entry(msgspec.Struct):
    id: int
    workspace_id: int
    description: str
    start: str
    stop: str | None
    duration: int
    billable: bool
    at: str
    project_id: int | None = None
    tag_ids: list[int] | None = None


def serve(bodies):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = bodies[int(self.path.rpartition("=")[2])]
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server


def floor(port, folder):
    began = time.process_time()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    found = []
    for page in range(COUNT // PAGE):
        connection.request("GET", f"/api/v9/me/time_entries?page={page}")
        found += msgspec.json.decode(connection.getresponse().read(), type=list[Entry])
    connection.close()
    with closing(sqlite3.connect(folder / "floor.sqlite3", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute(
            "CREATE TABLE e (id INTEGER PRIMARY KEY, ws, text, start, stop, pays, project, tags)"
        )
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO e VALUES (?,?,?,?,?,?,?,?)",
            [
                (e.id, e.workspace_id, e.description, e.start, e.stop, e.billable, e.project_id,
                 json.dumps(e.tag_ids)) for e in found
            ],
        )  # fmt: skip
        database.execute("COMMIT")
    return time.process_time() - began


class Held:
    """Notes how long the write lock was held each time."""

    def __init__(self):
        self.seconds = []
        self._began = threading.local()
        plain_acquire, plain_release = lock.WriteLock._acquire, lock._release

        def acquire(one, wait_seconds):
            plain_acquire(one, wait_seconds)
            self._began.at = time.perf_counter()

        def release(handle):
            if hasattr(self._began, "at"):
                self.seconds.append(time.perf_counter() - self._began.at)
                del self._began.at
            plain_release(handle)

        lock.WriteLock._acquire, lock._release = acquire, release

    def taken(self):
        found, self.seconds = sorted(self.seconds), []
        return found


class Still:
    """The clock of a sync, and its sleep."""

    def now(self):
        return Moment(time.perf_counter(), "boot")

    def wall(self):
        return NOW

    async def sleep(self, seconds):
        await asyncio.sleep(seconds)


async def watched(work):
    """Runs work; returns the longest time in which the loop was not reached."""
    gaps, is_done = [], False

    async def watch():
        last = time.perf_counter()
        while not is_done:
            await asyncio.sleep(0.005)  # more often would cost a tenth of what is measured
            now = time.perf_counter()
            gaps.append(now - last)
            last = now

    watching = asyncio.ensure_future(watch())
    await work
    is_done = True
    await watching
    return max(gaps)


async def measured(port, store, hands, work):
    async with Http(f"http://127.0.0.1:{port}/api/v9") as client:
        await client.ask("GET", "/me/time_entries", {"page": 0})  # the program's is open by then
        began = time.process_time()
        gap = await watched(work(client, store, hands))
        return time.process_time() - began, gap


async def pulled(client, store, hands):
    """Ten pages and what they say, as the first sync brings them."""
    clock, cycle = Still(), turn(store)
    found = Understood([], [])
    for page in range(COUNT // PAGE):
        answer = await client.ask("GET", "/me/time_entries", {"page": page})
        for _ in pull.understanding("time_entry", answer.anything(), found):
            await clock.sleep(0)
    await apply(cycle, hands, found.rows)


async def older(client, store, hands):
    """The same ten pages in fifties, as a report brings them: each is applied before the next."""
    cycle = turn(store)
    for page in range(COUNT // PAGE):
        answer = await client.ask("GET", "/me/time_entries", {"page": page})
        wires = answer.anything()
        for first in range(0, PAGE, REPORT):
            some = pull.understood("time_entry", wires[first : first + REPORT])
            await apply(cycle, hands, some.rows)
            await asyncio.sleep(0.002)


def turn(store):
    return Cycle(store, "", make_id, RULES, Still().wall, Pace(time.perf_counter))


async def apply(cycle, hands, rows):
    answer = Answer("time_entry", rows, [], 0.0, NOW)
    then = pull.finish(cycle, answer, Still().now)
    await hands.do(cycle, partial(pull.steps, answer=answer, then=then), len(rows))


ids = Ascending(os.urandom)


def make_id():
    """An id as the engine makes it."""
    return ids(NOW * 1000)


def resident():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


@contextmanager
def with_window(app, theme, store):
    """The timer's window, and what tells it of other processes, as in the program."""
    window = TimerWindow(context(store, theme, Now()))
    elsewhere = Elsewhere(store)
    window.resize(460, 640)
    window.show()
    app.processEvents()
    yield
    elsewhere.close()
    window.hide()
    window.deleteLater()
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def alone(_app, _theme, _store):
    yield


def main():
    pages = range(0, COUNT, PAGE)
    server = serve([json.dumps([row(n) for n in range(p, p + PAGE)]).encode() for p in pages])
    port = server.server_address[1]
    app = QApplication.instance() or QApplication(sys.argv)
    theme = Theme()
    theme.apply(app, "light")
    held = Held()
    here = Here(Still())
    ways = {
        "on the loop": (alone, pulled, here),
        "beside the loop": (alone, pulled, Beside(here)),
        "… with a window": (with_window, pulled, Beside(here)),
        "older, in fifties": (with_window, older, Beside(here)),
    }
    floors, rows = [], {name: [] for name in ways}
    for _ in range(RUNS):
        for name, (around, work, hands) in ways.items():
            floors.append(floor(port, Path(tempfile.mkdtemp())))
            folder = Path(tempfile.mkdtemp())
            with Store(Place(folder / "data")) as store, around(app, theme, store):
                held.taken()
                gc.freeze()  # as the program does once it has started (app/main.py)
                before = resident()
                spent, gap = loop.run(app, partial(measured, port, store, hands, work))
                locks = held.taken()
                usual = locks[len(locks) // 2]
                figures = spent, gap, len(locks), usual, locks[-1], resident() - before
                rows[name].append(figures)
                assert store.source.value("SELECT count(*) FROM time_entry") == COUNT
            shutil.rmtree(folder)
    server.shutdown()
    least = median(floors)
    print(f"{COUNT} entries, median of {RUNS}; CPU ms, ratio to the floor of the same run;")
    print("ms of the clock for the longest gap of the loop and for the locks, median and longest")
    print(f"{'':18}  ratio    CPU    gap  locks  median  longest  memory MB")
    print(f"{'floor':18}    1.0  {least * 1000:5.0f}")
    for name, some in rows.items():
        spent, gap, count, usual, longest, memory = (median(c) for c in zip(*some, strict=True))
        print(f"{name:18}  {spent / least:5.1f}  {spent * 1000:5.0f}", end="")
        print(f"  {gap * 1000:5.0f}  {count:5.0f}", end="")
        print(f"  {usual * 1000:6.0f}  {longest * 1000:7.0f}  {memory:9.1f}")


if __name__ == "__main__":
    main()
